package meili_test

import (
	"testing"

	"samhold/internal/search"
	"samhold/internal/search/meili"
	"samhold/internal/search/meili/meilitest"
	"samhold/internal/search/searchtest"
)

// leastKey may do what meili.Actions lists, on meili.Pattern.
const leastKey = "stand-in-least-key"

func standIn(t *testing.T) *meilitest.Server {
	t.Helper()
	s := meilitest.New(t)
	s.AddKey(leastKey, meilitest.Key{Actions: meili.Actions, Patterns: []string{meili.Pattern}})
	return s
}

// on opens indexes on the stand-in with the least key.
func on(s *meilitest.Server) searchtest.Open {
	return func(t testing.TB, place string) search.Index {
		t.Helper()
		x, err := meili.Open(t.Context(), meili.Options{URL: s.URL, Key: leastKey, Prefix: prefix(place)})
		if err != nil {
			t.Fatal(err)
		}
		return x
	}
}

func TestConformance(t *testing.T) { searchtest.Run(t, on(standIn(t))) }

func TestGoldenQueries(t *testing.T) {
	searchtest.Golden(t, on(standIn(t)), "../testdata/golden.yaml")
}
