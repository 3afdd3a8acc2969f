package meilitest

import (
	"bytes"
	"cmp"
	"encoding/json"
	"slices"
	"strings"
	"unicode"
)

// fold is how the server compares letters.
func fold(s string) string {
	return strings.NewReplacer("å", "a", "æ", "ae", "ø", "o").Replace(strings.ToLower(s))
}

func split(text string) []string {
	return strings.FieldsFunc(fold(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

// analyse takes the document apart into words, as the settings say.
func (d *doc) analyse(x *index) {
	d.words = map[string][]string{}
	fields := x.list("searchableAttributes")
	for name, v := range d.fields {
		if text, ok := v.(string); ok && (slices.Contains(fields, name) || slices.Contains(fields, "*")) {
			d.words[name] = split(text)
		}
	}
}

// searchQuery is one query of a federated search; what is not here is refused.
type searchQuery struct {
	IndexUID             string   `json:"indexUid"`
	Q                    string   `json:"q"`
	Filter               any      `json:"filter"`
	Sort                 []string `json:"sort"`
	MatchingStrategy     string   `json:"matchingStrategy"`
	AttributesToRetrieve []string `json:"attributesToRetrieve"`
	Hybrid               any      `json:"hybrid"`
	FederationOptions    struct {
		Weight *float64 `json:"weight"`
	} `json:"federationOptions"`
}

type hit struct {
	doc   *doc
	score float64
	sort  float64
	pick  []string
}

func multiSearch(s *Server, a *ask) *problem {
	var in struct {
		Federation *struct {
			Limit int `json:"limit"`
		} `json:"federation"`
		Queries []searchQuery `json:"queries"`
	}
	read := json.NewDecoder(bytes.NewReader(a.body))
	read.DisallowUnknownFields()
	if err := read.Decode(&in); err != nil || in.Federation == nil {
		return &problem{400, "bad_request"}
	}
	best := map[*doc]hit{}
	for _, q := range in.Queries {
		if !a.key.on(q.IndexUID) {
			return &problem{403, "invalid_api_key"}
		}
		hits, p := s.search(q)
		if p != nil {
			return p
		}
		for _, h := range hits {
			if old, ok := best[h.doc]; !ok || h.score > old.score {
				best[h.doc] = h
			}
		}
	}
	var list []hit
	for _, x := range s.indexes { // in the order of the documents, so that equal ones always come out alike
		for _, d := range x.docs {
			if h, ok := best[d]; ok {
				list = append(list, h)
			}
		}
	}
	slices.SortStableFunc(list, func(a, b hit) int { return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(b.sort, a.sort)) })
	hits := []map[string]any{}
	for _, h := range list[:min(in.Federation.Limit, len(list))] {
		hits = append(hits, h.doc.pick(h.pick))
	}
	answer(a.ResponseWriter, 200, map[string]any{"hits": hits, "processingTimeMs": 0, "limit": in.Federation.Limit, "offset": 0, "estimatedTotalHits": len(list)})
	return nil
}

func (s *Server) search(q searchQuery) ([]hit, *problem) {
	x := s.indexes[q.IndexUID]
	if x == nil {
		return nil, &problem{404, "index_not_found"}
	}
	f, err := parseFilter(q.Filter)
	if err != nil || !f.allowed(x.list("filterableAttributes")) {
		return nil, &problem{400, "invalid_search_filter"}
	}
	by := ""
	for _, s := range q.Sort {
		field, ok := strings.CutSuffix(s, ":desc")
		if !ok || !slices.Contains(x.list("sortableAttributes"), field) {
			return nil, &problem{400, "invalid_search_sort"}
		}
		by = field
	}
	if w := q.FederationOptions.Weight; w != nil && *w < 0 {
		return nil, &problem{400, "invalid_multi_search_weight"}
	}
	weight := 1.0
	if w := q.FederationOptions.Weight; w != nil {
		weight = *w
	}
	terms := x.terms(q.Q)
	var out []hit
	for _, d := range x.docs {
		if !f.holds(d) {
			continue
		}
		score, ok := x.rank(d, terms, q.MatchingStrategy)
		if !ok {
			continue
		}
		at, _ := d.fields[by].(float64)
		out = append(out, hit{d, weight * score, at, q.AttributesToRetrieve})
	}
	return out, nil
}

// wanted is one word of a query.
type wanted struct {
	word   string
	exact  bool // between quotation marks
	prefix bool // the last word, with nothing after it
}

func (x *index) terms(q string) (out []wanted) {
	for i, piece := range strings.Split(q, `"`) {
		for _, w := range split(piece) {
			out = append(out, wanted{word: w, exact: i%2 == 1})
		}
	}
	if n := len(out); n > 0 && !out[n-1].exact && !strings.HasSuffix(q, " ") && x.settings["prefixSearch"] == "indexingTime" {
		out[n-1].prefix = true
	}
	return out
}

// rank scores a document from 0 to 1: how many words, then how few errors, then how telling the fields.
func (x *index) rank(d *doc, terms []wanted, strategy string) (float64, bool) {
	errs, fields, held := 0, 0, 0
	all := x.list("searchableAttributes")
	for _, w := range terms {
		e, field := x.find(d, w, all)
		if e < 0 {
			if strategy == "all" {
				return 0, false
			}
			break // the others are left out from the end
		}
		held, errs, fields = held+1, errs+e, fields+field
	}
	if len(terms) == 0 {
		return 1, true
	}
	if held == 0 {
		return 0, false
	}
	n := float64(len(terms))
	return float64(held)/n - 0.1*float64(errs)/(2*n+1) - 0.01*float64(fields)/(n*float64(len(all)+1)), true
}

// find returns the fewest errors with which the document holds the word, and the most telling field; -1 for none.
func (x *index) find(d *doc, w wanted, fields []string) (errs, field int) {
	errs = -1
	typos, _ := x.settings["typoTolerance"].(map[string]any)
	off := anyList(typos["disableOnAttributes"])
	for i, name := range fields {
		for _, word := range d.words[name] {
			e := -1
			switch {
			case word == w.word, w.prefix && strings.HasPrefix(word, w.word):
				e = 0
			case !w.exact && !slices.Contains(off, name):
				e = distance(w.word, word)
			}
			if e >= 0 && (errs < 0 || e < errs) {
				errs, field = e, i
			}
		}
	}
	return errs, field
}

func anyList(v any) (out []string) {
	list, _ := v.([]any)
	for _, e := range list {
		if s, ok := e.(string); ok {
			out = append(out, s)
		}
	}
	return out
}

// distance counts typing errors as the server does, where an error in the first letter counts for two; -1 when
// there are more than a word of its length is forgiven.
func distance(query, word string) int {
	allowed := 0
	switch n := len([]rune(query)); {
	case n >= 9:
		allowed = 2
	case n >= 5:
		allowed = 1
	}
	if allowed == 0 || strings.ContainsAny(query, "0123456789") && strings.Trim(query, "0123456789") == "" {
		return -1
	}
	a, b := []rune(query), []rune(word)
	if len(a)-len(b) > allowed || len(b)-len(a) > allowed || len(b) == 0 {
		return -1
	}
	rows := [3][]int{make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)}
	for j := range rows[1] {
		rows[1][j] = j
	}
	for i := 1; i <= len(a); i++ {
		before, last, next := rows[0], rows[1], rows[2]
		next[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			next[j] = min(last[j]+1, next[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				next[j] = min(next[j], before[j-2]+1)
			}
		}
		rows = [3][]int{last, next, before}
	}
	n := rows[1][len(b)]
	if a[0] != b[0] {
		n++
	}
	if n > allowed {
		return -1
	}
	return n
}
