package audit_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"samhold/internal/audit"
	"samhold/internal/id"
)

var now = time.Date(2026, 11, 22, 3, 0, 0, 123456789, time.UTC)

// memory keeps events in a slice that a test can tamper with.
type memory struct {
	events []audit.Event
	head   audit.Head
	fail   error
}

func (m *memory) Head(context.Context) (audit.Head, error)     { return m.head, nil }
func (m *memory) LockHead(context.Context) (audit.Head, error) { return m.head, m.fail }

func (m *memory) SaveEvent(_ context.Context, e audit.Event, head audit.Head) error {
	m.events, m.head = append(m.events, e), head
	return nil
}

func (m *memory) Old(_ context.Context, before time.Time, actions []audit.Action, limit int) ([]audit.Event, error) {
	var found []audit.Event
	for _, e := range m.events {
		if !e.At.After(before) && e.PrunedMAC == nil && len(found) < limit && (len(actions) == 0 || slices.Contains(actions, e.Action)) {
			found = append(found, e)
		}
	}
	return found, nil
}

func (m *memory) Empty(_ context.Context, e audit.Event) error {
	m.events[slices.IndexFunc(m.events, func(x audit.Event) bool { return x.Seq == e.Seq })] = e
	return nil
}

func (m *memory) Events(_ context.Context, from int64, limit int) ([]audit.Event, error) {
	sorted := slices.Clone(m.events)
	slices.SortFunc(sorted, func(a, b audit.Event) int { return int(a.Seq - b.Seq) })
	var found []audit.Event
	for _, e := range sorted {
		if e.Seq >= from && len(found) < limit {
			found = append(found, e)
		}
	}
	return found, nil
}

// direct runs steps without a transaction.
type direct struct{}

func (direct) InTx(ctx context.Context, fn func(context.Context) error) error { return fn(ctx) }
func (direct) AfterCommit(_ context.Context, fn func())                       { fn() }

func event() audit.Event {
	return audit.Event{
		At: now, Actor: id.New(), Action: "case_taken", ObjectKind: "case", ObjectID: id.New(), SpaceID: id.New(),
		Code: "lease",
	}
}

func filled(t *testing.T, n int) (*audit.Log, *memory) {
	t.Helper()
	m := &memory{}
	l := audit.New(direct{}, m, [32]byte{1, 2, 3})
	for range n {
		if err := l.Append(t.Context(), event()); err != nil {
			t.Fatal(err)
		}
	}
	return l, m
}

func TestAppendChains(t *testing.T) {
	_, m := filled(t, 3)
	for i, e := range m.events {
		if e.Seq != int64(i+1) || len(e.MAC) != 32 {
			t.Errorf("event %d has number %d and a MAC of %d bytes", i, e.Seq, len(e.MAC))
		}
		if i > 0 && string(e.PrevMAC) != string(m.events[i-1].MAC) {
			t.Errorf("event %d does not name the one before", i)
		}
		if e.At.Nanosecond()%1000 != 0 {
			t.Errorf("event %d has a time that a database would change", i)
		}
	}
	if m.head.Seq != 3 || string(m.head.MAC) != string(m.events[2].MAC) {
		t.Errorf("the head is %d", m.head.Seq)
	}
}

func TestAppendRefusesFreeText(t *testing.T) {
	tests := map[string]func(*audit.Event){
		"no time":                func(e *audit.Event) { e.At = time.Time{} },
		"no action":              func(e *audit.Event) { e.Action = "" },
		"a sentence as action":   func(e *audit.Event) { e.Action = "tog sagen" },
		"capitals in the action": func(e *audit.Event) { e.Action = "Taken" },
		"a long action":          func(e *audit.Event) { e.Action = audit.Action(strings.Repeat("a", 41)) },
		"no kind":                func(e *audit.Event) { e.ObjectKind = "" },
		"a kind with a number":   func(e *audit.Event) { e.ObjectKind = "case1" },
		"a name as actor":        func(e *audit.Event) { e.Actor = "stille-hav-4821" },
		"a text as object":       func(e *audit.Event) { e.ObjectID = "min mand" },
		"a text as space":        func(e *audit.Event) { e.SpaceID = "Pårørende" },
		"a text as code":         func(e *audit.Event) { e.Code = "han drak igen" },
	}
	for name, change := range tests {
		t.Run(name, func(t *testing.T) {
			l, m := filled(t, 0)
			e := event()
			change(&e)
			if err := l.Append(t.Context(), e); err == nil || len(m.events) != 0 {
				t.Errorf("got %v and %d events, want a refusal", err, len(m.events))
			}
		})
	}
}

func TestAppendTakesEventsOfTheSystem(t *testing.T) {
	l, _ := filled(t, 0)
	if err := l.Append(t.Context(), audit.Event{At: now, Action: "key_rotated", ObjectKind: "key"}); err != nil {
		t.Error(err)
	}
}

func TestAppendReportsTheStore(t *testing.T) {
	l, m := filled(t, 0)
	m.fail = errors.New("gone")
	if err := l.Append(t.Context(), event()); !errors.Is(err, m.fail) {
		t.Errorf("got %v", err)
	}
}

func TestVerify(t *testing.T) {
	const n = 2100 // several batches
	forged := event()
	forged.PrevMAC, forged.MAC = make([]byte, 32), make([]byte, 32)
	edit := func(change func(*audit.Event)) func(*memory) { return func(m *memory) { change(&m.events[999]) } }
	tests := []struct {
		name   string
		tamper func(*memory)
		want   []audit.Problem
	}{
		{"untouched", func(*memory) {}, nil},
		{"edited actor", edit(func(e *audit.Event) { e.Actor = id.New() }), []audit.Problem{{1000, audit.Changed}}},
		{"edited action", edit(func(e *audit.Event) { e.Action = "case_closed" }), []audit.Problem{{1000, audit.Changed}}},
		{"edited kind", edit(func(e *audit.Event) { e.ObjectKind = "post" }), []audit.Problem{{1000, audit.Changed}}},
		{"edited object", edit(func(e *audit.Event) { e.ObjectID = "" }), []audit.Problem{{1000, audit.Changed}}},
		{"edited space", edit(func(e *audit.Event) { e.SpaceID = id.New() }), []audit.Problem{{1000, audit.Changed}}},
		{"edited code", edit(func(e *audit.Event) { e.Code = "other" }), []audit.Problem{{1000, audit.Changed}}},
		{"edited time", edit(func(e *audit.Event) { e.At = e.At.Add(time.Microsecond) }), []audit.Problem{{1000, audit.Changed}}},
		{"text moved between fields", edit(func(e *audit.Event) { e.ObjectKind, e.Action = "casecase", "_taken" }), []audit.Problem{{1000, audit.Changed}}},
		{"edited MAC", edit(func(e *audit.Event) { e.MAC = make([]byte, 32) }), []audit.Problem{{1000, audit.Changed}, {1001, audit.Unlinked}}},
		{"deleted event", func(m *memory) { m.events = slices.Delete(m.events, 999, 1000) }, []audit.Problem{{999, audit.Missing}}},
		{"deleted first event", func(m *memory) { m.events = m.events[1:] }, []audit.Problem{{0, audit.Missing}}},
		{"deleted and renumbered", func(m *memory) {
			m.events = slices.Delete(m.events, 2098, 2099)
			m.events[2098].Seq--
			m.head.Seq--
		}, []audit.Problem{{2099, audit.Changed}}},
		{
			"inserted event", func(m *memory) { forged.Seq = n + 1; m.events = append(m.events, forged) },
			[]audit.Problem{{n + 1, audit.Changed}, {n, audit.BeyondHead}},
		},
		{"copied event", func(m *memory) {
			e := m.events[0]
			e.Seq = n + 1
			m.events = append(m.events, e)
			m.head = audit.Head{Seq: e.Seq, MAC: e.MAC}
		}, []audit.Problem{{n + 1, audit.Changed}}},
		{"two events in the other order", func(m *memory) {
			m.events[4].Seq, m.events[5].Seq = m.events[5].Seq, m.events[4].Seq
		}, []audit.Problem{{5, audit.Changed}, {6, audit.Changed}, {7, audit.Unlinked}}},
		{"last events cut off", func(m *memory) { m.events = m.events[:2000] }, []audit.Problem{{2000, audit.Truncated}}},
		{"all events gone", func(m *memory) { m.events = nil }, []audit.Problem{{0, audit.Truncated}}},
		{"another head", func(m *memory) { m.head.MAC = make([]byte, 32) }, []audit.Problem{{n, audit.HeadDiffer}}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			l, m := filled(t, n)
			test.tamper(m)
			r, err := l.Verify(t.Context(), nil)
			if err != nil {
				t.Fatal(err)
			}
			if !slices.Equal(r.Problems, test.want) {
				t.Errorf("got %v, want %v", r.Problems, test.want)
			}
			if r.Checked != int64(len(m.events)) {
				t.Errorf("read %d events of %d", r.Checked, len(m.events))
			}
		})
	}
}

func TestVerifyWithAnotherKeyFindsOnlyForgeries(t *testing.T) {
	_, m := filled(t, 5)
	r, err := audit.New(direct{}, m, [32]byte{9}).Verify(t.Context(), nil)
	if err != nil || len(r.Problems) != 5 {
		t.Errorf("got %v, %v", r.Problems, err)
	}
}

func TestVerifyOfAnEmptyLog(t *testing.T) {
	l, _ := filled(t, 0)
	if r, err := l.Verify(t.Context(), nil); err != nil || len(r.Problems) != 0 || r.Checked != 0 {
		t.Errorf("got %+v, %v", r, err)
	}
}

// TestCheckpointCatchesWhatTheHeadRowCannot sets the head row back together with the events.
func TestCheckpointCatchesWhatTheHeadRowCannot(t *testing.T) {
	path := filepath.Join(t.TempDir(), "checkpoint")
	l, m := filled(t, 10)
	if _, err := l.Checkpoint(t.Context(), path); err != nil {
		t.Fatal(err)
	}
	checkpoint, err := audit.ReadCheckpoint(path)
	if err != nil || checkpoint.Seq != 10 {
		t.Fatalf("got %+v, %v", checkpoint, err)
	}
	if r, err := l.Verify(t.Context(), checkpoint); err != nil || len(r.Problems) != 0 {
		t.Fatalf("an untouched log: %v, %v", r.Problems, err)
	}
	m.events = m.events[:7]
	m.head = audit.Head{Seq: 7, MAC: m.events[6].MAC}
	if r, _ := l.Verify(t.Context(), nil); len(r.Problems) != 0 {
		t.Fatalf("the head row alone finds %v; this test wants it fooled", r.Problems)
	}
	r, _ := l.Verify(t.Context(), checkpoint)
	if !slices.Equal(r.Problems, []audit.Problem{{7, audit.Truncated}}) {
		t.Errorf("after truncation: got %v", r.Problems)
	}
	if _, err := l.Checkpoint(t.Context(), path); !errors.Is(err, audit.ErrRewritten) {
		t.Errorf("a checkpoint of the shorter log: got %v", err)
	}
	for range 5 { // grown again past the checkpoint
		if err := l.Append(t.Context(), event()); err != nil {
			t.Fatal(err)
		}
	}
	r, _ = l.Verify(t.Context(), checkpoint)
	if !slices.Equal(r.Problems, []audit.Problem{{10, audit.Checkpoint}}) {
		t.Errorf("after growing again: got %v", r.Problems)
	}
	if _, err := l.Checkpoint(t.Context(), path); !errors.Is(err, audit.ErrRewritten) {
		t.Errorf("a checkpoint of the other log: got %v", err)
	}
	if again, err := audit.ReadCheckpoint(path); err != nil || again.Seq != 10 {
		t.Errorf("the evidence is gone: %+v, %v", again, err)
	}
}

func TestCheckpointMovesOn(t *testing.T) {
	path := filepath.Join(t.TempDir(), "checkpoint")
	l, _ := filled(t, 0)
	for want := range int64(3) {
		if head, err := l.Checkpoint(t.Context(), path); err != nil || head.Seq != want {
			t.Fatalf("got %d, %v, want %d", head.Seq, err, want)
		}
		if got, err := audit.ReadCheckpoint(path); err != nil || got.Seq != want {
			t.Fatalf("read %+v, %v, want %d", got, err, want)
		}
		if err := l.Append(t.Context(), event()); err != nil {
			t.Fatal(err)
		}
	}
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the file is %v, %v", info.Mode(), err)
	}
	left, _ := os.ReadDir(filepath.Dir(path))
	if len(left) != 1 {
		t.Errorf("%d files are left beside the checkpoint", len(left)-1)
	}
}

func TestReadCheckpointRefuses(t *testing.T) {
	path := filepath.Join(t.TempDir(), "checkpoint")
	if _, err := audit.ReadCheckpoint(path); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a missing file: got %v", err)
	}
	for _, text := range []string{"", "x", "5", "5 zz", "-1 " + strings.Repeat("ab", 32), "5 abcd", "5 " + strings.Repeat("ab", 32) + " x"} {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if got, err := audit.ReadCheckpoint(path); err == nil {
			t.Errorf("%q is read as %+v", text, got)
		}
	}
}

func TestPruneKeepsTheChain(t *testing.T) {
	l, m := filled(t, 0)
	for i := range 2100 {
		e := event()
		e.At = now.Add(time.Duration(i) * time.Minute)
		if i%2 == 0 {
			e.Action = "case_viewed"
		}
		if err := l.Append(t.Context(), e); err != nil {
			t.Fatal(err)
		}
	}
	head := m.head
	if err := l.Prune(t.Context(), now.Add(999*time.Minute+time.Second), "case_viewed"); err != nil {
		t.Fatal(err)
	}
	for i, e := range m.events {
		if gone := i < 1000 && i%2 == 0; gone != (e.Action == audit.Pruned) || gone && e.Actor+e.ObjectID+e.SpaceID+e.Code != "" {
			t.Fatalf("event %d says %q by %q", e.Seq, e.Action, e.Actor)
		}
	}
	whole := func(want bool) {
		t.Helper()
		r, err := l.Verify(t.Context(), &head)
		if err != nil || (len(r.Problems) == 0) != want {
			t.Errorf("problems %v, %v; want whole: %v", r.Problems, err, want)
		}
	}
	whole(true)
	if err := l.Append(t.Context(), event()); err != nil {
		t.Fatal(err)
	}
	whole(true)
	// Somebody without the key empties an event, lets an emptied one say something, or moves the mark.
	untouched := slices.Clone(m.events)
	for name, tamper := range map[string]func(){
		"emptied by hand": func() {
			e := m.events[1]
			m.events[1] = audit.Event{Seq: e.Seq, At: e.At, Action: audit.Pruned, ObjectKind: "pruned", PrevMAC: e.PrevMAC, MAC: e.MAC}
		},
		"a mark of another":   func() { m.events[1].PrunedMAC = m.events[0].PrunedMAC },
		"words put back":      func() { m.events[0].ObjectID = untouched[1].ObjectID },
		"another action":      func() { m.events[0].Action = "case_taken" },
		"a mark taken away":   func() { m.events[0].PrunedMAC = nil },
		"another time":        func() { m.events[0].At = m.events[0].At.Add(time.Minute) },
		"an emptied one gone": func() { m.events = slices.Delete(m.events, 2, 3) },
	} {
		t.Run(name, func(t *testing.T) {
			m.events = slices.Clone(untouched)
			tamper()
			if r, err := l.Verify(t.Context(), nil); err != nil || len(r.Problems) == 0 {
				t.Errorf("nobody notices: %v", err)
			}
		})
	}
}
