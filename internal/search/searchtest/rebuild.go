package searchtest

import (
	"slices"
	"testing"
	"time"

	"samhold/internal/fault"
	"samhold/internal/search"
)

func fill(docs []search.Document) func(func(...search.Document) error) error {
	return func(put func(...search.Document) error) error { return put(docs...) }
}

func testRebuild(t *testing.T, open Open) {
	x := fixture(t, open, search.Document{ID: "gone", Body: "mor"}, search.Document{ID: "kept", Body: "mor"})
	if lacks, err := x.Incomplete(t.Context()); err != nil || !lacks {
		t.Errorf("a new index is incomplete until it is built: %v, %v", lacks, err)
	}
	err := x.Rebuild(t.Context(), fill([]search.Document{{ID: "kept", Body: "far", Space: "s1", At: noon}}))
	if err != nil {
		t.Fatal(err)
	}
	wantIDs(t, x, search.Query{Text: "mor"})
	wantIDs(t, x, search.Query{Text: "far"}, "kept")
	if err := x.Rebuild(t.Context(), fill(nil)); err != nil {
		t.Fatal(err)
	}
	if n, err := x.Count(t.Context()); err != nil || n != 0 {
		t.Errorf("built from nothing: %d, %v", n, err)
	}
	if lacks, err := x.Incomplete(t.Context()); err != nil || lacks {
		t.Errorf("incomplete after a rebuild: %v, %v", lacks, err)
	}
}

func testRebuildWhileServing(t *testing.T, open Open) {
	x := fixture(t, open, search.Document{ID: "old", Body: "håb"}, search.Document{ID: "edited", Body: "håb"}, search.Document{ID: "deleted", Body: "håb", At: noon.Add(-time.Hour)})
	err := x.Rebuild(t.Context(), func(put func(...search.Document) error) error {
		doc := func(id string) search.Document {
			return search.Document{ID: id, Body: "håb", Space: "s1", At: noon}
		}
		if err := put(doc("edited"), doc("deleted"), doc("old")); err != nil {
			return err
		}
		if got := ids(t, x, search.Query{Text: "håb"}); len(got) != 3 {
			t.Errorf("while building: %q", got)
		}
		if err := x.Put(t.Context(), search.Document{ID: "edited", Body: "mod", Space: "s1", At: noon}, search.Document{ID: "born", Body: "mod", Space: "s1", At: noon.Add(-time.Hour)}); err != nil {
			return err
		}
		if err := x.Delete(t.Context(), "deleted", "late"); err != nil {
			return err
		}
		if got := ids(t, x, search.Query{Text: "mod"}); !slices.Equal(got, []string{"edited", "born"}) {
			t.Errorf("what is put while building is found at once: %q", got)
		}
		return put(doc("late"))
	})
	if err != nil {
		t.Fatal(err)
	}
	wantIDs(t, x, search.Query{Text: "håb"}, "old")
	wantIDs(t, x, search.Query{Text: "mod"}, "edited", "born")
}

func testFailedRebuild(t *testing.T, open Open) {
	x := fixture(t, open, search.Document{ID: "a", Body: "håb"})
	boom := fault.New(fault.Unavailable, "test.boom")
	for range 2 {
		err := x.Rebuild(t.Context(), func(put func(...search.Document) error) error {
			if err := put(search.Document{ID: "b", Body: "håb", Space: "s1", At: noon}); err != nil {
				return err
			}
			return boom
		})
		if err == nil {
			t.Fatal("no error")
		}
	}
	wantIDs(t, x, search.Query{Text: "håb"}, "a")
	put(t, x, search.Document{ID: "c", Body: "mod"})
	wantIDs(t, x, search.Query{Text: "mod"}, "c")
}
