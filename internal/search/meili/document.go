package meili

import (
	"encoding/hex"
	"iter"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"samhold/internal/search"
)

// Version changes when documents change so much that old ones would no longer be found; an index of another
// version is rebuilt at the next start.
const Version = "1." + search.TermsVersion

// Names of fields beside those of search.Field.
const (
	idField    = "id"
	spaceField = "s"
	atField    = "u"
	rootField  = "k" // what each term is looked up by, where that is no term itself
)

// document is a post as the server keeps it: terms and nothing to read. Ids, spaces and aliases are in hexadecimal,
// so that none of them can be anything else in a filter, and the server's folding of letters cannot make two one.
type document struct {
	ID     string   `json:"id"`
	Space  string   `json:"s"`
	At     int64    `json:"u"` // microseconds since 1970
	Alias  []string `json:"a,omitempty"`
	Title  string   `json:"t,omitempty"`
	Strong string   `json:"f,omitempty"`
	Stem   string   `json:"w,omitempty"`
	Exact  string   `json:"x,omitempty"`
	Part   string   `json:"p,omitempty"`
	Root   string   `json:"k,omitempty"`
	Pair   string   `json:"n,omitempty"`
}

func newDocument(d search.Document) document {
	terms := search.TermsOf(d)
	out := document{
		ID: code(d.ID), Space: code(d.Space), At: moment(d.At), Title: join(terms[search.Title]), Strong: join(terms[search.Strong]),
		Stem: join(terms[search.Stem]), Exact: join(terms[search.Exact]), Part: join(terms[search.Part]), Pair: joinPairs(terms[search.Pair]),
	}
	for _, a := range terms[search.Alias] {
		out.Alias = append(out.Alias, code(a))
	}
	known, roots := map[string]bool{}, map[string]bool{}
	for _, f := range []search.Field{search.Stem, search.Part} {
		for _, t := range terms[f] {
			known[t] = true
		}
	}
	for _, f := range []search.Field{search.Stem, search.Part, search.Exact} {
		for _, t := range terms[f] {
			if r := search.Root(t); !known[r] {
				roots[r] = true
			}
		}
	}
	out.Root = join(slices.Sorted(maps.Keys(roots)))
	return out
}

// code writes any text in letters that mean nothing to the server.
func code(s string) string { return hex.EncodeToString([]byte(s)) }

func decode(s string) (string, bool) {
	b, err := hex.DecodeString(s)
	return string(b), err == nil
}

// moment is a time as the server can compare it, exactly: it keeps numbers as floating point.
func moment(t time.Time) int64 { return min(max(0, t.UnixMicro()), latest) }

const latest = 1<<53 - 1

// token writes a term in letters that the server leaves as they are: it would make å a, and æ ae. In a folded
// term neither aa nor ae nor oe stands, so nothing is lost.
func token(term string) string {
	plain := true
	for i := range len(term) {
		if c := term[i]; (c < 'a' || c > 'z') && (c < '0' || c > '9') {
			plain = false
			break
		}
	}
	if plain {
		return term
	}
	var b strings.Builder
	for _, r := range term {
		switch {
		case 'a' <= r && r <= 'z', '0' <= r && r <= '9':
			b.WriteRune(r)
		case r == 'å':
			b.WriteString("aa")
		case r == 'æ':
			b.WriteString("ae")
		case r == 'ø':
			b.WriteString("oe")
		default:
			b.WriteString("q" + strconv.FormatInt(int64(r), 16) + "q")
		}
	}
	return b.String()
}

var letters = strings.NewReplacer("aa", "å", "ae", "æ", "oe", "ø")

// pairToken keeps the hashes of neighbours apart from words.
func pairToken(term string) string { return "0n" + term }

func join(terms []string) string {
	var b strings.Builder
	for i, t := range terms {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(token(t))
	}
	return b.String()
}

func joinPairs(terms []string) string {
	var b strings.Builder
	for i, t := range terms {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(pairToken(t))
	}
	return b.String()
}

// held is a document that came back, with a space at both ends of each field.
type held map[search.Field]string

func (d document) held() held {
	out := make(held, 6)
	for f, text := range map[search.Field]string{
		search.Title: d.Title, search.Strong: d.Strong, search.Stem: d.Stem, search.Exact: d.Exact, search.Part: d.Part, search.Pair: d.Pair,
	} {
		if text != "" {
			out[f] = " " + text + " "
		}
	}
	return out
}

// Has implements search.Held.
func (h held) Has(a search.Atom) bool {
	t := a.Term
	if a.Field == search.Pair {
		t = pairToken(t)
	} else {
		t = token(t)
	}
	return strings.Contains(h[a.Field], " "+t+" ")
}

// Each implements search.Held.
func (h held) Each(f search.Field) iter.Seq[string] {
	return func(yield func(string) bool) {
		for t := range strings.FieldsSeq(h[f]) {
			if !yield(letters.Replace(t)) {
				return
			}
		}
	}
}
