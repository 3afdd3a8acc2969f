package searchtest

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"testing"

	"samhold/internal/fault"
	"samhold/internal/search"
)

func testChanges(t *testing.T, open Open) {
	x := fixture(t, open, search.Document{ID: "a", Body: "første"}, search.Document{ID: "b", Body: "andet emne"})
	count := func(want uint64) {
		t.Helper()
		if n, err := x.Count(t.Context()); err != nil || n != want {
			t.Errorf("count: got %d, %v, want %d", n, err, want)
		}
	}
	count(2)
	put(t, x, search.Document{ID: "a", Body: "rettet"})
	wantIDs(t, x, search.Query{Text: "første"})
	wantIDs(t, x, search.Query{Text: "rettet"}, "a")
	count(2)
	put(t, x, search.Document{ID: "a", Body: "rettet", Space: "s2"})
	wantIDs(t, x, search.Query{Text: "rettet"})
	// The last of one call wins.
	put(t, x, search.Document{ID: "c", Body: "tidlig"}, search.Document{ID: "c", Body: "sen"})
	wantIDs(t, x, search.Query{Text: "tidlig"})
	if err := x.Delete(t.Context(), "a", "b", "c", "never there"); err != nil {
		t.Fatal(err)
	}
	count(0)
	wantIDs(t, x, search.Query{Text: "emne"})
	put(t, x, search.Document{ID: "b", Body: "tilbage igen emne"})
	wantIDs(t, x, search.Query{Text: "emne"}, "b")
	if err := x.Put(t.Context()); err != nil {
		t.Errorf("put of nothing: %v", err)
	}
	if err := x.Delete(t.Context()); err != nil {
		t.Errorf("delete of nothing: %v", err)
	}
}

func testRestart(t *testing.T, open Open) {
	place := t.TempDir()
	x := open(t, place)
	put(t, x, search.Document{ID: "a", Body: "før"}, search.Document{ID: "b", Body: "før"})
	if err := x.Delete(t.Context(), "b"); err != nil {
		t.Fatal(err)
	}
	if err := x.Close(); err != nil {
		t.Fatal(err)
	}
	x = open(t, place)
	wantIDs(t, x, search.Query{Text: "før"}, "a")
	if err := x.Rebuild(t.Context(), fill([]search.Document{{ID: "c", Body: "bygget", Space: "s1", At: noon}})); err != nil {
		t.Fatal(err)
	}
	put(t, x, search.Document{ID: "d", Body: "siden"})
	if err := x.Close(); err != nil {
		t.Fatal(err)
	}
	x = open(t, place)
	defer x.Close()
	wantIDs(t, x, search.Query{Text: "før"})
	wantIDs(t, x, search.Query{Text: "bygget"}, "c")
	wantIDs(t, x, search.Query{Text: "siden"}, "d")
	if lacks, err := x.Incomplete(t.Context()); err != nil || lacks {
		t.Errorf("incomplete after a rebuild: %v, %v", lacks, err)
	}
}

// testRestartWhileBuilding ends the process in the middle of a rebuild: what was found before is still found, what was put
// meanwhile too, nothing of the half is, and the next rebuild makes it whole.
func testRestartWhileBuilding(t *testing.T, open Open) {
	place := t.TempDir()
	x := open(t, place)
	put(t, x, search.Document{ID: "a", Body: "før"})
	ctx, end := context.WithCancel(t.Context())
	err := x.Rebuild(ctx, func(give func(...search.Document) error) error {
		if err := give(search.Document{ID: "half", Body: "halvt", Space: "s1", At: noon}); err != nil {
			return err
		}
		put(t, x, search.Document{ID: "b", Body: "imens"})
		end()
		if err := x.Close(); err != nil {
			t.Error(err)
		}
		return give(search.Document{ID: "rest", Body: "halvt", Space: "s1", At: noon})
	})
	if !fault.Is(err, fault.Unavailable) {
		t.Errorf("a rebuild in a process that ends: %v", err)
	}
	x = open(t, place)
	defer x.Close()
	wantIDs(t, x, search.Query{Text: "før"}, "a")
	wantIDs(t, x, search.Query{Text: "imens"}, "b")
	wantIDs(t, x, search.Query{Text: "halvt"})
	if lacks, err := x.Incomplete(t.Context()); err != nil || !lacks {
		t.Errorf("it was never built whole, and says so: %v, %v", lacks, err)
	}
	if err := x.Rebuild(t.Context(), fill([]search.Document{{ID: "c", Body: "bygget", Space: "s1", At: noon}})); err != nil {
		t.Fatal(err)
	}
	wantIDs(t, x, search.Query{Text: "før"})
	wantIDs(t, x, search.Query{Text: "bygget"}, "c")
}

func testDeadline(t *testing.T, open Open) {
	x := fixture(t, open, search.Document{ID: "a", Body: "håb"})
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := x.Find(ctx, search.Query{Text: "håb", Spaces: []string{"s1"}})
	for name, err := range map[string]error{
		"find": err, "put": x.Put(ctx, search.Document{ID: "b", Space: "s1", At: noon}), "delete": x.Delete(ctx, "a"),
		"rebuild": x.Rebuild(ctx, fill([]search.Document{{ID: "b"}})),
	} {
		if !fault.Is(err, fault.Unavailable) {
			t.Errorf("%s after the deadline: %v", name, err)
		}
	}
	wantIDs(t, x, search.Query{Text: "håb"}, "a")
	put(t, x, search.Document{ID: "c", Body: "mod"})
}

func testClosed(t *testing.T, open Open) {
	x := open(t, t.TempDir())
	for range 2 {
		if err := x.Close(); err != nil {
			t.Errorf("close: %v", err)
		}
	}
	_, err := x.Find(t.Context(), search.Query{Text: "håb", Spaces: []string{"s1"}})
	for name, err := range map[string]error{
		"find": err, "put": x.Put(t.Context(), search.Document{ID: "a"}), "healthy": x.Healthy(t.Context()), "rebuild": x.Rebuild(t.Context(), fill(nil)),
	} {
		if !fault.Is(err, fault.Unavailable) {
			t.Errorf("%s after close: %v", name, err)
		}
	}
}

func testConcurrent(t *testing.T, open Open) {
	x := fixture(t, open)
	var wait sync.WaitGroup
	for worker := range 6 {
		wait.Go(func() {
			for i := range 15 {
				d := search.Document{ID: fmt.Sprintf("w%d-%d", worker, i), Space: "s1", Body: "samtidig", At: noon}
				if err := x.Put(t.Context(), d); err != nil {
					t.Error(err)
				}
				if _, err := x.Find(t.Context(), search.Query{Text: "samtidig", Spaces: []string{"s1"}}); err != nil {
					t.Error(err)
				}
				if i%3 == 0 {
					if err := x.Delete(t.Context(), d.ID); err != nil {
						t.Error(err)
					}
				}
			}
		})
	}
	err := x.Rebuild(t.Context(), fill([]search.Document{{ID: "rebuilt", Space: "s1", Body: "samtidig", At: noon}}))
	if err != nil {
		t.Error(err)
	}
	wait.Wait()
	got := ids(t, x, search.Query{Text: "samtidig"})
	if !slices.Contains(got, "rebuilt") {
		t.Error("the rebuilt post is lost")
	}
	for worker := range 6 {
		if !slices.Contains(got, fmt.Sprintf("w%d-14", worker)) {
			t.Errorf("the last post of writer %d is lost", worker)
		}
		if slices.Contains(got, fmt.Sprintf("w%d-12", worker)) {
			t.Errorf("a deleted post of writer %d is back", worker)
		}
	}
}
