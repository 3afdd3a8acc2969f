package search_test

import (
	"slices"
	"testing"

	"samhold/internal/search"
	"samhold/internal/search/searchtest"
)

func BenchmarkExcerpt(b *testing.B) {
	docs := slices.Collect(searchtest.Corpus(200, 1))
	q := search.Query{Text: "min bror fik et tilbagefald"}
	for i := 0; b.Loop(); i++ {
		search.Excerpt(docs[i%len(docs)].Body, q, 240)
	}
}

func BenchmarkTermsOf(b *testing.B) {
	docs := slices.Collect(searchtest.Corpus(200, 1))
	for i := 0; b.Loop(); i++ {
		search.TermsOf(docs[i%len(docs)])
	}
}
