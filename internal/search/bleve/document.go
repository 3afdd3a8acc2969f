package bleve

import (
	"strconv"
	"strings"
	"time"

	"github.com/blevesearch/bleve/v2/analysis/analyzer/custom"
	"github.com/blevesearch/bleve/v2/analysis/analyzer/keyword"
	"github.com/blevesearch/bleve/v2/analysis/tokenizer/whitespace"
	"github.com/blevesearch/bleve/v2/mapping"

	"samhold/internal/search"
)

// Fields beside those of search.Field.
const (
	spaceField = "s"
	dateField  = "d" // day, month and year of the post
	atField    = "u" // its moment, for order and for the exact bounds of a date filter
)

// options keep the index small in files and memory: few segments, each mapped from disk. A write is on disk
// when it returns.
func options() map[string]any {
	return map[string]any{
		"bolt_timeout": lockWait.String(),
		"unsafe_batch": false,
		"scorchMergePlanOptions": map[string]any{
			"MaxSegmentsPerTier": 4, "MaxSegmentSize": 5_000_000, "TierGrowth": 8.0,
			"SegmentsPerMergeTask": 4, "FloorSegmentSize": 2000, "ReclaimDeletesWeight": 2.0,
		},
	}
}

// newMapping takes terms as they are: the analysis is done before.
func newMapping() mapping.IndexMapping {
	const terms = "terms"
	m := mapping.NewIndexMapping()
	if err := m.AddCustomAnalyzer(terms, map[string]any{"type": custom.Name, "tokenizer": whitespace.Name}); err != nil {
		panic(err) // the names are constants
	}
	field := func(analyzer string) *mapping.FieldMapping {
		f := mapping.NewTextFieldMapping()
		f.Analyzer, f.Store, f.Index = analyzer, false, true
		f.IncludeInAll, f.IncludeTermVectors, f.DocValues, f.SkipFreqNorm = false, false, false, true
		return f
	}
	doc := mapping.NewDocumentStaticMapping()
	for _, name := range []search.Field{search.Stem, search.Exact, search.Part, search.Title, search.Strong, search.Pair, search.Alias} {
		doc.AddFieldMappingsAt(string(name), field(terms))
	}
	doc.AddFieldMappingsAt(spaceField, field(keyword.Name))
	doc.AddFieldMappingsAt(dateField, field(terms))
	at := field(keyword.Name)
	at.DocValues = true
	doc.AddFieldMappingsAt(atField, at)
	// Nobody asks for a word anywhere, and gathering every field once more costs a tenth of the work.
	doc.AddSubDocumentMapping("_all", mapping.NewDocumentDisabledMapping())
	m.DefaultMapping = doc
	m.IndexDynamic, m.StoreDynamic, m.DocValuesDynamic = false, false, false
	return m
}

// fields returns a document as the mapping wants it.
func fields(d search.Document) map[string]any {
	out := map[string]any{spaceField: d.Space, atField: moment(d.At), dateField: strings.Join(dates(d.At), " ")}
	for name, terms := range search.TermsOf(d) {
		out[string(name)] = strings.Join(terms, " ")
	}
	return out
}

// moment is a time in microseconds as short text that sorts like it, from 1970 to the year 6140.
func moment(t time.Time) string {
	text := strconv.FormatInt(min(max(0, t.UnixMicro()), latest), 36)
	return strings.Repeat("0", momentLength-len(text)) + text
}

const (
	momentLength = 11
	latest       = 131_621_703_842_267_135 // eleven times the last digit
)

func dates(t time.Time) []string {
	day := t.UTC().Format("20060102")
	return []string{day, day[:6], day[:4]}
}

// firstYear and lastYear bound an open range; no post is outside.
const firstYear, lastYear = 1970, 2199

// between returns the days, months and years that together hold every moment from one time to another, and at
// most a day more at each end.
func between(from, to time.Time) []string {
	day := time.Date(firstYear, 1, 1, 0, 0, 0, 0, time.UTC)
	if from.After(day) {
		from = from.UTC()
		day = time.Date(from.Year(), from.Month(), from.Day(), 0, 0, 0, 0, time.UTC)
	}
	end := time.Date(lastYear, 1, 1, 0, 0, 0, 0, time.UTC)
	if !to.IsZero() && to.Before(end) {
		end = to.UTC()
	}
	var out []string
	for day.Before(end) {
		year, month := day.AddDate(1, 0, 0), day.AddDate(0, 1, 0)
		switch {
		case day.YearDay() == 1 && !year.After(end):
			out = append(out, day.Format("2006"))
			day = year
		case day.Day() == 1 && !month.After(end):
			out = append(out, day.Format("200601"))
			day = month
		default:
			out = append(out, day.Format("20060102"))
			day = day.AddDate(0, 0, 1)
		}
	}
	return out
}
