package meili_test

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"net/http"
	"os"
	"testing"
	"time"

	"samhold/internal/search"
	"samhold/internal/search/meili"
	"samhold/internal/search/searchtest"
)

// prefix names the indexes of one place of the suite.
func prefix(place string) string {
	sum := sha256.Sum256([]byte(place))
	return "samhold-" + hex.EncodeToString(sum[:6])
}

// real opens indexes on the server that SAMHOLD_TEST_MEILI_URL names.
func real(url, key string) searchtest.Open {
	return func(t testing.TB, place string) search.Index {
		t.Helper()
		x, err := meili.Open(t.Context(), meili.Options{URL: url, Key: key, Prefix: prefix(place), Ask: 30 * time.Second})
		if err != nil {
			t.Fatal(err)
		}
		// The suite closes what it opens; what it leaves on the server goes with the test.
		t.Cleanup(func() { sweep(t, url, key, prefix(place)) })
		return x
	}
}

// sweep removes an index of the suite.
func sweep(t testing.TB, url, key, prefix string) {
	t.Helper()
	r, err := http.NewRequestWithContext(context.WithoutCancel(t.Context()), http.MethodDelete, url+"/indexes/"+prefix+"-posts", nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer "+key)
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Error(err)
		return
	}
	_ = answer.Body.Close()
}

func TestRealServer(t *testing.T) {
	url, key := os.Getenv("SAMHOLD_TEST_MEILI_URL"), os.Getenv("SAMHOLD_TEST_MEILI_KEY")
	if url == "" {
		t.Skip("SAMHOLD_TEST_MEILI_URL names no server")
	}
	report, err := meili.Check(t.Context(), meili.Options{URL: url, Key: key, Ask: 30 * time.Second})
	if err != nil {
		t.Fatalf("the key or the server will not do: %v", err)
	}
	t.Logf("Meilisearch %s; the key may do more than it needs: %v", report.Version, report.Mighty)
	t.Run("suite", func(t *testing.T) { searchtest.Run(t, real(url, key)) })
	t.Run("golden", func(t *testing.T) { searchtest.Golden(t, real(url, key), "../testdata/golden.yaml") })
}

// BenchmarkFind measures the server that SAMHOLD_TEST_MEILI_URL names. The key needs stats.get too, for the size.
func BenchmarkFind(b *testing.B) {
	url, key := os.Getenv("SAMHOLD_TEST_MEILI_URL"), os.Getenv("SAMHOLD_TEST_MEILI_KEY")
	if url == "" {
		b.Skip("SAMHOLD_TEST_MEILI_URL names no server")
	}
	b.ReportMetric(searchtest.Quality(b, real(url, key), "../testdata/golden.yaml"), "nDCG@3")
	searchtest.Bench(b, real(url, key), func(string) int64 {
		r, err := http.NewRequestWithContext(b.Context(), http.MethodGet, url+"/stats", nil)
		if err != nil {
			b.Fatal(err)
		}
		r.Header.Set("Authorization", "Bearer "+key)
		answer, err := http.DefaultClient.Do(r)
		if err != nil {
			b.Fatal(err)
		}
		defer answer.Body.Close()
		var stats struct {
			DatabaseSize int64 `json:"databaseSize"`
		}
		if err := json.NewDecoder(answer.Body).Decode(&stats); err != nil {
			b.Fatal(err)
		}
		return stats.DatabaseSize
	})
}
