package searchtest

import (
	"context"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"samhold/internal/clock"
	"samhold/internal/search"
)

// benchSizes are the numbers of posts that an engine is measured with; SAMHOLD_TEST_BENCH_POSTS names others, with commas
// between, a million for example.
const benchSizes = "10000,100000"

// Bench builds indexes of several sizes and asks kinds of questions of each. It reports the middle and the slowest
// hundredth, how long building took and how large the index became. Size returns the bytes kept at a place.
func Bench(b *testing.B, open Open, size func(place string) int64) {
	sizes := os.Getenv("SAMHOLD_TEST_BENCH_POSTS")
	if sizes == "" {
		sizes = benchSizes
	}
	for text := range strings.SplitSeq(sizes, ",") {
		posts, err := strconv.Atoi(strings.TrimSpace(text))
		if err != nil {
			b.Fatal(err)
		}
		b.Run(fmt.Sprintf("posts=%d", posts), func(b *testing.B) { bench(b, open, size, posts) })
	}
}

func bench(b *testing.B, open Open, size func(place string) int64, posts int) {
	place := b.TempDir()
	enough(b, place, posts)
	watch := clock.System{}
	x := open(b, place)
	began := watch.Now()
	ctx, cancel := context.WithTimeout(b.Context(), buildTakes)
	defer cancel()
	err := x.Rebuild(ctx, func(put func(...search.Document) error) error {
		docs := make([]search.Document, 0, 500)
		for d := range Corpus(posts, 1) {
			if docs = append(docs, d); len(docs) == cap(docs) {
				if err := put(docs...); err != nil {
					return err
				}
				docs = docs[:0]
			}
		}
		return put(docs...)
	})
	if err != nil {
		b.Fatal(err)
	}
	took := watch.Now().Sub(began)
	b.Run("build", func(b *testing.B) {
		for b.Loop() { //nolint:revive // it is built already, and only its numbers are wanted
		}
		b.ReportMetric(took.Seconds(), "s")
		b.ReportMetric(float64(posts)/took.Seconds(), "posts/s")
		b.ReportMetric(float64(size(place))/(1<<20), "MB")
	})
	if err := x.Close(); err != nil {
		b.Fatal(err)
	}
	x = open(b, place)
	defer x.Close()
	for _, kind := range questions {
		b.Run(strings.ReplaceAll(kind.name, " ", "_"), func(b *testing.B) { ask(b, x, kind.queries) })
	}
	b.Run("put", func(b *testing.B) {
		n := posts
		for b.Loop() {
			n++
			for d := range Corpus(1, uint64(n)) {
				d.ID = fmt.Sprint("new", n)
				if err := x.Put(b.Context(), d); err != nil {
					b.Fatal(err)
				}
			}
		}
	})
}

// Bounds of one size: how long building may take, and how many bytes a post may take on the disk while it is built. The
// search server needs most.
const (
	buildTakes = 2 * time.Hour
	perPost    = 40 << 10
)

// enough ends a measurement that would fill the disk.
func enough(b *testing.B, place string, posts int) {
	b.Helper()
	var fs syscall.Statfs_t
	if err := syscall.Statfs(place, &fs); err != nil {
		b.Fatal(err)
	}
	if free := int64(fs.Bavail) * fs.Bsize; free < int64(posts)*perPost {
		b.Fatalf("%d posts may take %d MB, and %d are left", posts, posts*perPost>>20, free>>20)
	}
}

// questions are the kinds of questions.
var questions = []struct {
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
}

func ask(b *testing.B, x search.Index, queries []search.Query) {
	all := []string{"space0", "space1", "space2", "space3", "space4", "space5", "space6", "space7"}
	watch := clock.System{}
	var took []time.Duration
	found := 0
	for i := 0; b.Loop(); i++ {
		q := queries[i%len(queries)]
		q.Spaces = all[:1+i%len(all)]
		began := watch.Now()
		hits, err := x.Find(b.Context(), q)
		if err != nil {
			b.Fatal(err)
		}
		took = append(took, watch.Now().Sub(began))
		found += len(hits)
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)/2].Microseconds()), "p50-µs")
	b.ReportMetric(float64(took[len(took)*99/100].Microseconds()), "p99-µs")
	b.ReportMetric(float64(found)/float64(len(took)), "hits")
}

func texts(list ...string) []search.Query {
	out := make([]search.Query, 0, len(list))
	for _, t := range list {
		out = append(out, search.Query{Text: t})
	}
	return out
}
