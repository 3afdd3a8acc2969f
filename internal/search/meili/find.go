package meili

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strings"

	client "github.com/meilisearch/meilisearch-go"

	"samhold/internal/search"
)

// candidates is how many posts the server picks for us to order, the most telling fields first and then the newest. They
// are what a search costs: with 400 of them the server took six to twelve times as long for a single word as with 50.
const candidates = search.MaxHits + 50

// Find implements search.Index.
func (x *Index) Find(ctx context.Context, q search.Query) ([]search.Hit, error) {
	wants := search.Parse(q)
	if len(q.Spaces) == 0 || wants.None {
		return nil, nil
	}
	if q.Limit <= 0 || q.Limit > search.MaxHits {
		q.Limit = search.MaxHits
	}
	if err := x.ready(ctx); err != nil {
		return nil, err
	}
	hits, err := x.find(ctx, q, wants, false)
	if err == nil && len(hits) < search.Few && len(wants.Words) > 0 {
		if hits, err = x.find(ctx, q, wants, true); len(hits) > search.MostLoose {
			hits = hits[:search.MostLoose]
		}
	}
	if err != nil {
		return nil, x.noticed(err)
	}
	return hits[:min(len(hits), q.Limit)], nil
}

// find asks for candidates and orders them: best first, then newest.
func (x *Index) find(ctx context.Context, q search.Query, wants search.Wants, loose bool) ([]search.Hit, error) {
	found, err := x.candidates(ctx, q, wants, loose)
	if err != nil {
		return nil, err
	}
	allowed := allow(q, wants)
	type scored struct {
		search.Hit
		at int64
	}
	var list []scored
	for _, d := range found {
		postID, ok := decode(d.ID)
		if !ok || !allowed(d) {
			continue
		}
		if score, ok := wants.Score(d.held(), loose); ok {
			list = append(list, scored{search.Hit{ID: postID, Score: score}, d.At})
		}
	}
	slices.SortFunc(list, func(a, b scored) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(b.at, a.at), cmp.Compare(a.ID, b.ID))
	})
	hits := make([]search.Hit, 0, min(len(list), search.MaxHits))
	for _, s := range list[:min(len(list), search.MaxHits)] {
		hits = append(hits, s.Hit)
	}
	return hits, nil
}

// candidates asks the server one question of many queries and gets one list.
func (x *Index) candidates(ctx context.Context, q search.Query, wants search.Wants, loose bool) ([]document, error) {
	fields := []string{
		idField, spaceField, atField, string(search.Alias), string(search.Title), string(search.Strong), string(search.Stem),
		string(search.Exact), string(search.Part),
	}
	if len(wants.Must)+len(wants.Near) > 0 {
		fields = append(fields, string(search.Pair))
	}
	only := filter(q, wants)
	var list []*client.SearchRequest
	for _, p := range plan(wants, loose) {
		strategy := client.All
		if p.last {
			strategy = client.Last
		}
		list = append(list, &client.SearchRequest{
			IndexUID: x.o.live(), Query: p.text, Filter: only, Sort: []string{atField + ":desc"}, MatchingStrategy: strategy,
			AttributesToRetrieve: fields, FederationOptions: &client.SearchFederationOptions{Weight: p.weight},
		})
	}
	ask, cancel := x.ask(ctx)
	defer cancel()
	got, err := x.server.MultiSearchWithContext(ask, &client.MultiSearchRequest{Federation: &client.MultiSearchFederation{Limit: candidates}, Queries: list})
	if err != nil {
		return nil, x.failed(ctx, "search", err)
	}
	docs := make([]document, 0, len(got.Hits))
	for _, h := range got.Hits {
		d, err := read(h)
		if err != nil {
			return nil, down("read an answer", ErrRefused)
		}
		docs = append(docs, d)
	}
	return docs, nil
}

// filter is what every candidate must meet. All values are hexadecimal or numbers.
func filter(q search.Query, wants search.Wants) []string {
	spaces := make([]string, 0, len(q.Spaces))
	for _, s := range q.Spaces {
		spaces = append(spaces, quoted(s))
	}
	out := []string{spaceField + " IN [" + strings.Join(spaces, ",") + "]"}
	for _, a := range wants.Alias {
		out = append(out, string(search.Alias)+" = "+quoted(a))
	}
	if !q.From.IsZero() {
		out = append(out, fmt.Sprintf("%s >= %d", atField, moment(q.From)))
	}
	if !q.To.IsZero() {
		out = append(out, fmt.Sprintf("%s < %d", atField, moment(q.To)))
	}
	return out
}

// quoted is a text as a value of a filter: hexadecimal, so that nothing in it can end the value.
func quoted(s string) string { return `"` + code(s) + `"` }

// allow holds the filter once more: an answer of the server can only be narrowed.
func allow(q search.Query, wants search.Wants) func(document) bool {
	spaces := map[string]bool{}
	for _, s := range q.Spaces {
		spaces[code(s)] = true
	}
	from, to := int64(0), int64(math.MaxInt64)
	if !q.From.IsZero() {
		from = moment(q.From)
	}
	if !q.To.IsZero() {
		to = moment(q.To)
	}
	return func(d document) bool {
		if !spaces[d.Space] || d.At < from || d.At >= to {
			return false
		}
		for _, a := range wants.Alias {
			if !slices.Contains(d.Alias, code(a)) {
				return false
			}
		}
		return true
	}
}

// read reads a hit. The fields of terms are plain ASCII, and there are many, so they are not decoded letter by letter.
func read(h client.Hit) (d document, err error) {
	for name, to := range map[string]*string{
		idField: &d.ID, spaceField: &d.Space, string(search.Title): &d.Title, string(search.Strong): &d.Strong, string(search.Stem): &d.Stem,
		string(search.Exact): &d.Exact, string(search.Part): &d.Part, string(search.Pair): &d.Pair,
	} {
		raw, ok := h[name]
		if !ok {
			continue
		}
		if n := len(raw); n >= 2 && raw[0] == '"' && raw[n-1] == '"' && !slices.Contains(raw, '\\') {
			*to = string(raw[1 : n-1])
		} else if err := json.Unmarshal(raw, to); err != nil {
			return d, err
		}
	}
	if raw, ok := h[string(search.Alias)]; ok {
		if err := json.Unmarshal(raw, &d.Alias); err != nil {
			return d, err
		}
	}
	if raw, ok := h[atField]; ok {
		err = json.Unmarshal(raw, &d.At)
	}
	return d, err
}
