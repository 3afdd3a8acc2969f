// Package searchtest is the suite that every search engine must pass. It is for tests only.
package searchtest

import (
	"slices"
	"testing"
	"time"

	"samhold/internal/search"
)

// Open opens the index kept at a place; opening the same place again after Close finds what was stored.
type Open func(t testing.TB, place string) search.Index

// Run runs the whole suite.
func Run(t *testing.T, open Open) {
	for name, test := range map[string]func(*testing.T, Open){
		"spaces":     testSpaces,
		"text":       testText,
		"order":      testOrder,
		"alias":      testAlias,
		"dates":      testDates,
		"no words":   testNoWords,
		"changes":    testChanges,
		"paging":     testPaging,
		"hostile":    testHostile,
		"blind":      testBlind,
		"restart":    testRestart,
		"middle":     testRestartWhileBuilding,
		"rebuild":    testRebuild,
		"serving":    testRebuildWhileServing,
		"failed":     testFailedRebuild,
		"deadline":   testDeadline,
		"closed":     testClosed,
		"concurrent": testConcurrent,
		"many":       testMany,
	} {
		t.Run(name, func(t *testing.T) { test(t, open) })
	}
}

var noon = time.Date(2026, 3, 10, 12, 0, 0, 0, time.UTC)

// fixture opens an index with documents.
func fixture(t testing.TB, open Open, docs ...search.Document) search.Index {
	t.Helper()
	x := open(t, t.TempDir())
	t.Cleanup(func() { _ = x.Close() })
	put(t, x, docs...)
	return x
}

func put(t testing.TB, x search.Index, docs ...search.Document) {
	t.Helper()
	for i := range docs {
		if docs[i].Space == "" {
			docs[i].Space = "s1"
		}
		if docs[i].At.IsZero() {
			docs[i].At = noon
		}
	}
	if err := x.Put(t.Context(), docs...); err != nil {
		t.Fatalf("put: %v", err)
	}
}

// ids finds and returns the ids, best first.
func ids(t testing.TB, x search.Index, q search.Query) []string {
	t.Helper()
	if q.Spaces == nil {
		q.Spaces = []string{"s1"}
	}
	hits, err := x.Find(t.Context(), q)
	if err != nil {
		t.Fatalf("find %+.60v: %v", q, err)
	}
	out := make([]string, 0, len(hits))
	for _, h := range hits {
		out = append(out, h.ID)
	}
	return out
}

func wantIDs(t *testing.T, x search.Index, q search.Query, want ...string) {
	t.Helper()
	got := ids(t, x, q)
	if !slices.Equal(got, want) {
		t.Errorf("%+v:\ngot  %q\nwant %q", q, got, want)
	}
}
