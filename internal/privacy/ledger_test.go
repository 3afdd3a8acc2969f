package privacy_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"samhold/internal/id"
	"samhold/internal/privacy"
	"samhold/internal/testkit"
)

func TestLedgerKeepsWhatItWasTold(t *testing.T) {
	path := filepath.Join(t.TempDir(), "erased")
	l := privacy.NewLedger(path, [32]byte{1})
	want := []privacy.Entry{
		{Account: id.New(), At: testkit.Noon, Choice: privacy.Stay},
		{Account: id.New(), At: testkit.Noon.Add(time.Hour), Choice: privacy.Remove},
	}
	for _, e := range want {
		if err := l.Append(e); err != nil {
			t.Fatal(err)
		}
	}
	got, bad, err := privacy.NewLedger(path, [32]byte{1}).Read()
	if diff := cmp.Diff(want, got); diff != "" || len(bad) > 0 || err != nil {
		t.Errorf("bad lines %v, %v:\n%s", bad, err, diff)
	}
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the file: %v, %v", info.Mode(), err)
	}
}

func TestLedgerKnowsForgedAndTornLines(t *testing.T) {
	path := filepath.Join(t.TempDir(), "erased")
	l := privacy.NewLedger(path, [32]byte{1})
	first := privacy.Entry{Account: id.New(), At: testkit.Noon, Choice: privacy.Stay}
	if err := l.Append(first); err != nil {
		t.Fatal(err)
	}
	body, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	whole := string(body)
	forged := strings.Replace(whole, first.Account, id.New(), 1)
	torn := whole[:len(whole)/2]
	if err := os.WriteFile(path, []byte(whole+forged+torn), 0o600); err != nil {
		t.Fatal(err)
	}
	last := privacy.Entry{Account: id.New(), At: testkit.Noon, Choice: privacy.Remove}
	if err := l.Append(last); err != nil {
		t.Fatal(err)
	}
	got, bad, err := l.Read()
	if diff := cmp.Diff([]privacy.Entry{first, last}, got); diff != "" || err != nil {
		t.Errorf("%v:\n%s", err, diff)
	}
	if diff := cmp.Diff([]int{2, 3}, bad); diff != "" {
		t.Errorf("bad lines:\n%s", diff)
	}
	if got, _, _ := privacy.NewLedger(path, [32]byte{2}).Read(); len(got) != 0 {
		t.Error("another installation's ledger is believed")
	}
}

func TestLedgerMayBeMissing(t *testing.T) {
	l := privacy.NewLedger(filepath.Join(t.TempDir(), "erased"), [32]byte{})
	if got, bad, err := l.Read(); len(got)+len(bad) > 0 || err != nil {
		t.Errorf("got %v, %v, %v", got, bad, err)
	}
	nowhere := privacy.NewLedger(filepath.Join(t.TempDir(), "no", "folder"), [32]byte{})
	if nowhere.Check() == nil {
		t.Error("a ledger that cannot be written passes")
	}
	if none := privacy.NewLedger("", [32]byte{}); none.Kept() || none.Check() != nil || none.Append(privacy.Entry{}) != nil {
		t.Error("no ledger is a fault")
	}
}
