package bleve_test

import (
	"io/fs"
	"path/filepath"
	"testing"

	"samhold/internal/search/searchtest"
)

func BenchmarkFind(b *testing.B) {
	searchtest.Bench(b, open, func(place string) (n int64) {
		err := filepath.WalkDir(place, func(_ string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			info, err := d.Info()
			if err == nil {
				n += info.Size()
			}
			return err
		})
		if err != nil {
			b.Fatal(err)
		}
		return n
	})
}

// BenchmarkQuality logs the figure of the golden queries.
func BenchmarkQuality(b *testing.B) {
	b.ReportMetric(searchtest.Quality(b, open, "../testdata/golden.yaml"), "nDCG@3")
}
