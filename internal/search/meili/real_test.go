package meili_test

import (
	"crypto/sha256"
	"encoding/hex"
	"os"
	"testing"

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
	return func(t *testing.T, place string) search.Index {
		t.Helper()
		x, err := meili.Open(t.Context(), meili.Options{URL: url, Key: key, Prefix: prefix(place)})
		if err != nil {
			t.Fatal(err)
		}
		return x
	}
}

func TestRealServer(t *testing.T) {
	url, key := os.Getenv("SAMHOLD_TEST_MEILI_URL"), os.Getenv("SAMHOLD_TEST_MEILI_KEY")
	if url == "" {
		t.Skip("SAMHOLD_TEST_MEILI_URL names no server")
	}
	t.Run("suite", func(t *testing.T) { searchtest.Run(t, real(url, key)) })
	t.Run("golden", func(t *testing.T) { searchtest.Golden(t, real(url, key), "../testdata/golden.yaml") })
}
