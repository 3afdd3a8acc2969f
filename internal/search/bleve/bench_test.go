package bleve_test

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"samhold/internal/search"
	"samhold/internal/search/bleve"
	"samhold/internal/search/searchtest"
)

// BenchmarkFind asks kinds of questions of an index of SAMHOLD_BENCH_POSTS posts (20,000 unless set) and reports
// the middle and the slowest hundredth, with the size of the index in files and of the process in memory.
func BenchmarkFind(b *testing.B) {
	posts := 20_000
	if v := os.Getenv("SAMHOLD_BENCH_POSTS"); v != "" {
		var err error
		if posts, err = strconv.Atoi(v); err != nil {
			b.Fatal(err)
		}
	}
	dir := b.TempDir()
	x, err := bleve.Open(dir)
	if err != nil {
		b.Fatal(err)
	}
	start := time.Now()
	err = x.Rebuild(b.Context(), func(put func(...search.Document) error) error {
		for d := range searchtest.Corpus(posts, 1) {
			if err := put(d); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
	b.Logf("%d posts built in %v, %d MB of files, memory at the peak %s", posts, time.Since(start).Round(time.Second/10), size(b, dir)>>20, memory("VmHWM"))
	if err := x.Close(); err != nil {
		b.Fatal(err)
	}
	debug.FreeOSMemory()
	if x, err = bleve.Open(dir); err != nil {
		b.Fatal(err)
	}
	defer x.Close()
	all := []string{"space0", "space1", "space2", "space3", "space4", "space5", "space6", "space7"}
	for _, kind := range []struct {
		name    string
		queries []search.Query
	}{
		{"common word", texts("drikke", "moderen", "angst", "behandling")},
		{"rarer word", texts("kaffe", "skoven", "hunden", "frivillig")},
		{"two words", texts("angst kokain", "mor drikker", "håb efterværn", "søster penge")},
		{"four words", texts("min bror fik tilbagefald i julen", "kommunen sagen om husleje og gæld", "læge medicin dosis trang")},
		{"compound", texts("alkoholbehandling", "familiesamtale", "stofmisbrug")},
		{"phrase", texts(`"mor drikker"`, `"angst panik"`)},
		{"typing error", texts("behnadling", "tilbagfald", "fælleskab")},
		{"rare word", texts("bakelo", "trisvebla", "mølædru")},
		{"dates", []search.Query{{Text: "drikke", From: time.Date(2024, 6, 3, 0, 0, 0, 0, time.UTC)}, {Text: "angst", To: time.Date(2024, 3, 9, 0, 0, 0, 0, time.UTC)}}},
	} {
		b.Run(strings.ReplaceAll(kind.name, " ", "_"), func(b *testing.B) {
			var took []time.Duration
			found := 0
			for i := 0; b.Loop(); i++ {
				q := kind.queries[i%len(kind.queries)]
				q.Spaces = all[:1+i%len(all)]
				began := time.Now()
				hits, err := x.Find(b.Context(), q)
				if err != nil {
					b.Fatal(err)
				}
				took = append(took, time.Since(began))
				found += len(hits)
			}
			slices.Sort(took)
			b.ReportMetric(float64(took[len(took)/2].Microseconds()), "p50-µs")
			b.ReportMetric(float64(took[len(took)*99/100].Microseconds()), "p99-µs")
			b.ReportMetric(float64(found)/float64(len(took)), "hits")
		})
	}
	b.Run("put", func(b *testing.B) {
		n := posts
		for b.Loop() {
			n++
			for d := range searchtest.Corpus(1, uint64(n)) {
				d.ID = fmt.Sprint("new", n)
				if err := x.Put(b.Context(), d); err != nil {
					b.Fatal(err)
				}
			}
		}
	})
	runtime.GC()
	b.Logf("memory now %s, of it files %s, own %s", memory("VmRSS"), memory("RssFile"), memory("RssAnon"))
}

func texts(list ...string) []search.Query {
	out := make([]search.Query, 0, len(list))
	for _, t := range list {
		out = append(out, search.Query{Text: t})
	}
	return out
}

func size(b *testing.B, dir string) (n int64) {
	b.Helper()
	err := filepath.WalkDir(dir, func(_ string, d fs.DirEntry, err error) error {
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
}

// memory reads one line of the kernel's account of this process.
func memory(key string) string {
	data, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return "unknown"
	}
	for line := range strings.Lines(string(data)) {
		if v, ok := strings.CutPrefix(line, key+":"); ok {
			return strings.TrimSpace(v)
		}
	}
	return "unknown"
}
