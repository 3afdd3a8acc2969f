package backup_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"filippo.io/age"
	"github.com/google/go-cmp/cmp"
	"github.com/klauspost/compress/zstd"

	"samhold/internal/backup"
)

var noon = time.Date(2026, 11, 22, 11, 0, 0, 123456000, time.UTC)

// shelf is a database in memory, and a target that takes anything.
type shelf struct {
	tables []backup.Table
	rows   map[string][][]any
	fail   error
	full   bool
}

func (s *shelf) Snapshot(ctx context.Context, fn func(context.Context, backup.Snapshot) error) error {
	if s.fail != nil {
		return s.fail
	}
	return fn(ctx, s)
}
func (s *shelf) Schema() int64          { return 6 }
func (s *shelf) Tables() []backup.Table { return slices.Clone(s.tables) }
func (s *shelf) Each(_ context.Context, t backup.Table, row func([]any) error) error {
	for _, r := range s.rows[t.Name] {
		if err := row(r); err != nil {
			return err
		}
	}
	return nil
}
func (s *shelf) Blank(context.Context) (bool, error) { return !s.full, nil }
func (s *shelf) Load(ctx context.Context, _ int64, fn func(context.Context, backup.Put) error) error {
	rows := map[string][][]any{}
	err := fn(ctx, func(_ context.Context, t backup.Table, more [][]any) error {
		rows[t.Name] = append(rows[t.Name], more...)
		return nil
	})
	if err == nil {
		s.rows = rows
	}
	return err
}

func filled() *shelf {
	s := &shelf{rows: map[string][][]any{}}
	for _, name := range []string{"account", "post", "session", "setting"} {
		s.tables = append(s.tables, backup.Table{Name: name, Columns: []backup.Column{
			{Name: "id", Kind: backup.Text},
			{Name: "n", Kind: backup.Integer},
			{Name: "flag", Kind: backup.Boolean},
			{Name: "sealed", Kind: backup.Bytes},
			{Name: "at", Kind: backup.Time},
		}})
	}
	for i := range 1234 {
		s.rows["post"] = append(s.rows["post"], []any{fmt.Sprintf("række <%d> & \"æøå\"\n\u2028", i), int64(-9_000_000_000_000_000_001), i%2 == 0, []byte{0, 255, '\n'}, noon})
	}
	s.rows["account"] = [][]any{{"", int64(0), false, []byte{}, time.Unix(0, 0).UTC()}, {nil, nil, nil, nil, nil}}
	s.rows["session"] = [][]any{{"must not be there", int64(1), true, []byte("x"), noon}}
	for i, t := range s.tables {
		s.tables[i].Rows = int64(len(s.rows[t.Name]))
	}
	return s
}

func keyPair(t *testing.T) *age.X25519Identity {
	t.Helper()
	identity, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	return identity
}

func written(t *testing.T, s *shelf, to *age.X25519Identity) []byte {
	t.Helper()
	var out bytes.Buffer
	got, err := backup.Write(t.Context(), &out, []age.Recipient{to.Recipient()}, s, noon, nil)
	if err != nil {
		t.Fatal(err)
	}
	if want := (backup.Summary{Schema: 6, MadeAt: noon, Rows: 1236}); got != want {
		t.Errorf("wrote %+v, want %+v", got, want)
	}
	return out.Bytes()
}

func restored(t *testing.T, file []byte, newest int64, to *shelf, identities ...age.Identity) error {
	t.Helper()
	r, err := backup.Open(bytes.NewReader(file), newest, identities...)
	if err != nil {
		return err
	}
	defer r.Close()
	return r.Restore(t.Context(), to, nil)
}

func TestWhatIsWrittenIsRead(t *testing.T) {
	key, source, target := keyPair(t), filled(), &shelf{}
	file := written(t, source, key)
	for _, secret := range []string{"række", "setting", "samhold"} {
		if bytes.Contains(file, []byte(secret)) {
			t.Errorf("the file shows %q", secret)
		}
	}
	var told [][2]int
	r, err := backup.Open(bytes.NewReader(file), 6, key)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	if got, want := r.Summary(), (backup.Summary{Schema: 6, MadeAt: noon, Rows: 1236}); got != want {
		t.Errorf("the header promises %+v, want %+v", got, want)
	}
	if err := r.Restore(t.Context(), target, func(done, total int) { told = append(told, [2]int{done, total}) }); err != nil {
		t.Fatal(err)
	}
	delete(source.rows, "session")
	if diff := cmp.Diff(source.rows, target.rows); diff != "" {
		t.Error(diff)
	}
	if len(told) < 3 || told[len(told)-1] != [2]int{1236, 1236} {
		t.Errorf("progress: %v", told)
	}
}

func TestOpenRefuses(t *testing.T) {
	key := keyPair(t)
	file := written(t, filled(), key)
	flipped := func(at int) []byte {
		b := bytes.Clone(file)
		b[at] ^= 1
		return b
	}
	tests := []struct {
		name   string
		file   []byte
		newest int64
		key    *age.X25519Identity
		want   error
	}{
		{"another identity", file, 6, keyPair(t), nil},
		{"a newer schema", file, 5, key, backup.ErrNewer},
		{"no backup", []byte("hello"), 6, key, backup.ErrBroken},
		{"an empty file", nil, 6, key, backup.ErrBroken},
		{"a changed header", flipped(250), 6, key, backup.ErrBroken},
		{"a changed end", flipped(len(file) - 5), 6, key, backup.ErrBroken},
		{"half a file", file[:len(file)/2], 6, key, backup.ErrBroken},
		{"all but the last byte", file[:len(file)-1], 6, key, backup.ErrBroken},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			target := &shelf{}
			err := restored(t, test.file, test.newest, target, test.key)
			if err == nil || test.want != nil && !errors.Is(err, test.want) {
				t.Errorf("got %v, want %v", err, test.want)
			}
			if len(target.rows) > 0 {
				t.Error("rows were kept")
			}
		})
	}
	if err := restored(t, file, 6, &shelf{full: true}, key); !errors.Is(err, backup.ErrNotBlank) {
		t.Errorf("into an installation in use: %v", err)
	}
}

// TestForgedContentIsFound changes what is inside, as somebody who knows the recipient could.
func TestForgedContentIsFound(t *testing.T) {
	key := keyPair(t)
	plain := open(t, written(t, filled(), key), key)
	lines := strings.SplitAfter(plain, "\n")
	at := func(start string) int {
		return slices.IndexFunc(lines, func(l string) bool { return strings.HasPrefix(l, start) })
	}
	row := at(`["række <3>`)
	edit := func(i int, old, new string) func([]string) []string {
		return func(l []string) []string { l[i] = strings.Replace(l[i], old, new, 1); return l }
	}
	tests := map[string]func([]string) []string{
		"a changed row":          edit(row, "<3>", "<4>"),
		"a row less":             func(l []string) []string { return slices.Delete(l, row, row+1) },
		"a row more":             func(l []string) []string { return slices.Insert(l, row, l[row]) },
		"rows in another order":  func(l []string) []string { l[row], l[row+1] = l[row+1], l[row]; return l },
		"a row of another table": func(l []string) []string { l[row] = "[1]\n"; return l },
		"no row":                 func(l []string) []string { l[row] = "nonsense\n"; return l },
		"a changed number":       edit(at(`{"end":"post"`), `"rows":1234`, `"rows":1233`),
		"a changed header":       edit(0, `"made_at":"2026`, `"made_at":"2025`),
		"an unknown kind":        edit(0, `"kind":"bytes"`, `"kind":"blob"`),
		"another end":            edit(at(`{"whole"`), `"sha256":"`, `"sha256":"0`),
		"no end":                 func(l []string) []string { return l[:at(`{"whole"`)] },
		"more after the end":     func(l []string) []string { return append(l, "x") },
	}
	for name, change := range tests {
		t.Run(name, func(t *testing.T) {
			changed := change(slices.Clone(lines))
			target := &shelf{}
			err := restored(t, packed(t, strings.Join(changed, ""), key), 6, target, key)
			if !errors.Is(err, backup.ErrBroken) || len(target.rows) > 0 {
				t.Errorf("got %v", err)
			}
			if err != nil && strings.Contains(err.Error(), "række") {
				t.Errorf("the error repeats what somebody wrote: %v", err)
			}
		})
	}
}

func open(t *testing.T, file []byte, key age.Identity) string {
	t.Helper()
	plain, err := age.Decrypt(bytes.NewReader(file), key)
	if err != nil {
		t.Fatal(err)
	}
	unpacked, err := zstd.NewReader(plain)
	if err != nil {
		t.Fatal(err)
	}
	defer unpacked.Close()
	text, err := io.ReadAll(unpacked)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func packed(t *testing.T, text string, key *age.X25519Identity) []byte {
	t.Helper()
	var out bytes.Buffer
	encrypted, err := age.Encrypt(&out, key.Recipient())
	if err != nil {
		t.Fatal(err)
	}
	w, err := zstd.NewWriter(encrypted)
	if err != nil {
		t.Fatal(err)
	}
	_, err = io.WriteString(w, text)
	if err := errors.Join(err, w.Close(), encrypted.Close()); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestToFile(t *testing.T) {
	dir, to := t.TempDir(), []age.Recipient{keyPair(t).Recipient()}
	path := filepath.Join(dir, "backup")
	made, err := backup.ToFile(t.Context(), path, to, filled(), noon, nil)
	if err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o600 || info.Size() != made.Bytes {
		t.Errorf("got %v of %d bytes, %v; want 0600 and %d bytes", info.Mode(), info.Size(), err, made.Bytes)
	}
	if _, err := backup.ToFile(t.Context(), path, to, filled(), noon, nil); !errors.Is(err, os.ErrExist) {
		t.Errorf("a second backup of that name: %v", err)
	}
	if _, err := backup.ToFile(t.Context(), filepath.Join(dir, "open"), nil, filled(), noon, nil); !errors.Is(err, backup.ErrNoRecipient) {
		t.Errorf("for nobody: %v", err)
	}
	broken := filled()
	broken.fail = errors.New("gone")
	if _, err := backup.ToFile(t.Context(), filepath.Join(dir, "broken"), to, broken, noon, nil); !errors.Is(err, broken.fail) {
		t.Errorf("from a broken database: %v", err)
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) != 1 {
		t.Errorf("%d files are left, want the one backup; %v", len(left), err)
	}
}

func TestRecipients(t *testing.T) {
	one, two := keyPair(t).Recipient().String(), keyPair(t).Recipient().String()
	for text, want := range map[string]int{one: 1, one + "," + two: 2, one + ", " + two + "\n": 2, "": 0, "age1nonsense": 0} {
		got, err := backup.Recipients(text)
		if len(got) != want || (err == nil) != (want > 0) {
			t.Errorf("%.12s…: %d recipients, %v; want %d", text, len(got), err, want)
		}
	}
}
