package search_test

import (
	"sync/atomic"
	"testing"
	"time"

	"samhold/internal/clock"
	"samhold/internal/fault"
	"samhold/internal/search"
	"samhold/internal/search/bleve"
	"samhold/internal/testkit"
)

func TestLateIndexOpensWhenItsFolderIsFree(t *testing.T) {
	dir := t.TempDir()
	holder, err := bleve.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	now := clock.NewFixed(testkit.Noon)
	var tries atomic.Int32
	opened := make(chan search.Index, 2)
	late := search.NewLate(now, func() (search.Index, error) {
		tries.Add(1)
		return bleve.Open(dir)
	}, func(x search.Index) { opened <- x })
	down := func() {
		t.Helper()
		if err := late.Healthy(t.Context()); !fault.Is(err, fault.Unavailable) {
			t.Errorf("got %v", err)
		}
	}
	down()
	down()
	if tries.Load() != 1 {
		t.Errorf("%d tries at once", tries.Load())
	}
	if err := holder.Close(); err != nil {
		t.Fatal(err)
	}
	down()
	now.Advance(5 * time.Second)
	if err := late.Put(t.Context(), search.Document{ID: "a", Space: "s", Body: "mor", At: testkit.Noon}); err != nil {
		t.Fatal(err)
	}
	if x := <-opened; x != search.Index(late) {
		t.Error("another index was opened")
	}
	if hits, err := late.Find(t.Context(), search.Query{Text: "mor", Spaces: []string{"s"}}); err != nil || len(hits) != 1 {
		t.Errorf("%v, %v", hits, err)
	}
	if err := late.Close(); err != nil {
		t.Fatal(err)
	}
	down()
}
