package meilitest

import (
	"encoding/json"
	"maps"
	"regexp"
	"slices"
	"strconv"
)

// index is one index.
type index struct {
	key      string // the field that names a document, empty until it is known
	settings map[string]any
	docs     []*doc // in the order in which they were first added
}

type doc struct {
	id     string
	fields map[string]any
	words  map[string][]string // by searchable field
}

// defaults are the settings of a new index, as the server answers them.
func defaults() map[string]any {
	var out map[string]any
	const text = `{"displayedAttributes":["*"],"searchableAttributes":["*"],"filterableAttributes":[],"sortableAttributes":[],
		"rankingRules":["words","typo","proximity","attributeRank","sort","wordPosition","exactness"],"stopWords":[],"nonSeparatorTokens":[],
		"separatorTokens":[],"dictionary":[],"synonyms":{},"distinctAttribute":null,"proximityPrecision":"byWord",
		"typoTolerance":{"enabled":true,"minWordSizeForTypos":{"oneTypo":5,"twoTypos":9},"disableOnWords":[],"disableOnAttributes":[],"disableOnNumbers":false},
		"faceting":{"maxValuesPerFacet":100,"sortFacetValuesBy":{"*":"alpha"}},"pagination":{"maxTotalHits":1000},"searchCutoffMs":null,
		"localizedAttributes":null,"facetSearch":true,"prefixSearch":"indexingTime","embedders":{}}`
	if err := json.Unmarshal([]byte(text), &out); err != nil {
		panic(err) // a constant
	}
	return out
}

func (x *index) list(setting string) []string {
	var out []string
	list, _ := x.settings[setting].([]any)
	for _, v := range list {
		if s, ok := v.(string); ok {
			out = append(out, s)
		}
	}
	return out
}

func getIndexes(s *Server, a *ask) *problem {
	limit, err := strconv.Atoi(a.URL.Query().Get("limit"))
	if err != nil {
		limit = 20
	}
	results := []map[string]any{}
	for _, name := range slices.Sorted(maps.Keys(s.indexes)) {
		if a.key.on(name) {
			results = append(results, map[string]any{"uid": name, "primaryKey": s.indexes[name].key})
		}
	}
	answer(a.ResponseWriter, 200, map[string]any{"results": results[:min(limit, len(results))], "total": len(results), "limit": limit, "offset": 0})
	return nil
}

var uidForm = regexp.MustCompile(`^[a-zA-Z0-9_-]{1,400}$`)

func createIndex(s *Server, a *ask) *problem {
	var in struct{ UID, PrimaryKey string }
	if json.Unmarshal(a.body, &in) != nil || !uidForm.MatchString(in.UID) {
		return &problem{400, "invalid_index_uid"}
	}
	if !a.key.on(in.UID) {
		return &problem{403, "invalid_api_key"}
	}
	s.enqueue(a, "indexCreation", in.UID, func() string {
		if s.indexes[in.UID] != nil {
			return "index_already_exists"
		}
		s.indexes[in.UID] = &index{key: in.PrimaryKey, settings: defaults()}
		return ""
	})
	return nil
}

func deleteIndex(s *Server, a *ask) *problem {
	name := a.PathValue("uid")
	s.enqueue(a, "indexDeletion", name, func() string {
		if s.indexes[name] == nil {
			return "index_not_found"
		}
		delete(s.indexes, name)
		return ""
	})
	return nil
}

func swapIndexes(s *Server, a *ask) *problem {
	var in []struct{ Indexes []string }
	if json.Unmarshal(a.body, &in) != nil || len(in) != 1 || len(in[0].Indexes) != 2 {
		return &problem{400, "invalid_swap_indexes"}
	}
	one, two := in[0].Indexes[0], in[0].Indexes[1]
	if !a.key.on(one) || !a.key.on(two) {
		return &problem{403, "invalid_api_key"}
	}
	s.enqueue(a, "indexSwap", "", func() string {
		if s.indexes[one] == nil || s.indexes[two] == nil {
			return "index_not_found"
		}
		s.indexes[one], s.indexes[two] = s.indexes[two], s.indexes[one]
		return ""
	})
	return nil
}

func getSettings(s *Server, a *ask) *problem {
	x := s.indexes[a.PathValue("uid")]
	if x == nil {
		return &problem{404, "index_not_found"}
	}
	answer(a.ResponseWriter, 200, x.settings)
	return nil
}

func changeSettings(s *Server, a *ask) *problem {
	name := a.PathValue("uid")
	var in map[string]any
	if json.Unmarshal(a.body, &in) != nil {
		return &problem{400, "bad_request"}
	}
	for field := range in {
		if _, ok := defaults()[field]; !ok {
			return &problem{400, "bad_request"}
		}
	}
	s.enqueue(a, "settingsUpdate", name, func() string { return s.change(name, in) })
	return nil
}

// settingNames are the names of settings in addresses.
var settingNames = map[string]string{
	"stop-words": "stopWords", "synonyms": "synonyms", "separator-tokens": "separatorTokens", "non-separator-tokens": "nonSeparatorTokens",
	"dictionary": "dictionary", "distinct-attribute": "distinctAttribute", "facet-search": "facetSearch",
}

func changeSetting(s *Server, a *ask) *problem {
	name, field := a.PathValue("uid"), settingNames[a.PathValue("name")]
	if field == "" {
		return &problem{404, "not_found"}
	}
	value := defaults()[field]
	if a.Method == "PUT" && json.Unmarshal(a.body, &value) != nil {
		return &problem{400, "bad_request"}
	}
	s.enqueue(a, "settingsUpdate", name, func() string { return s.change(name, map[string]any{field: value}) })
	return nil
}

func (s *Server) change(name string, in map[string]any) string {
	x := s.indexes[name]
	if x == nil {
		x = &index{settings: defaults()}
		s.indexes[name] = x
	}
	maps.Copy(x.settings, in)
	for _, d := range x.docs {
		d.analyse(x)
	}
	return ""
}

var docForm = regexp.MustCompile(`^[a-zA-Z0-9_-]{1,511}$`)

func addDocuments(s *Server, a *ask) *problem {
	name, key := a.PathValue("uid"), a.URL.Query().Get("primaryKey")
	var in []map[string]any
	if json.Unmarshal(a.body, &in) != nil {
		return &problem{400, "malformed_payload"}
	}
	if s.indexes[name] == nil && !a.key.may("indexes.create") {
		return &problem{403, "index_creation_forbidden"}
	}
	s.enqueue(a, "documentAdditionOrUpdate", name, func() string {
		x := s.indexes[name]
		if x == nil { // the server makes an index of its own accord
			x = &index{key: key, settings: defaults()}
			s.indexes[name] = x
		}
		if x.key == "" {
			x.key = key
		}
		for _, fields := range in {
			if v, ok := fields[x.key].(string); !ok || !docForm.MatchString(v) {
				return "invalid_document_id"
			}
		}
		for _, fields := range in {
			x.put(fields)
		}
		return ""
	})
	return nil
}

func (x *index) put(fields map[string]any) {
	d := &doc{id: fields[x.key].(string), fields: fields}
	d.analyse(x)
	for i := range x.docs {
		if x.docs[i].id == d.id {
			x.docs[i] = d
			return
		}
	}
	x.docs = append(x.docs, d)
}

func fetchDocuments(s *Server, a *ask) *problem {
	var in struct {
		Ids    []string
		Fields []string
		Limit  *int
	}
	x := s.indexes[a.PathValue("uid")]
	if x == nil {
		return &problem{404, "index_not_found"}
	}
	if json.Unmarshal(a.body, &in) != nil {
		return &problem{400, "bad_request"}
	}
	found := []map[string]any{}
	for _, d := range x.docs {
		if in.Ids == nil || slices.Contains(in.Ids, d.id) {
			found = append(found, d.pick(in.Fields))
		}
	}
	total, limit := len(found), 20
	if in.Limit != nil {
		limit = *in.Limit
	}
	answer(a.ResponseWriter, 200, map[string]any{"results": found[:min(limit, total)], "total": total, "limit": limit, "offset": 0})
	return nil
}

func (d *doc) pick(fields []string) map[string]any {
	if len(fields) == 0 {
		return d.fields
	}
	out := map[string]any{}
	for _, f := range fields {
		if v, ok := d.fields[f]; ok {
			out[f] = v
		}
	}
	return out
}

func deleteDocuments(s *Server, a *ask) *problem {
	name := a.PathValue("uid")
	var in struct{ Filter any }
	if json.Unmarshal(a.body, &in) != nil {
		return &problem{400, "invalid_document_filter"}
	}
	f, err := parseFilter(in.Filter)
	if err != nil {
		return &problem{400, "invalid_document_filter"}
	}
	s.enqueue(a, "documentDeletion", name, func() string {
		x := s.indexes[name]
		switch {
		case x == nil:
			return "index_not_found"
		case !f.allowed(x.list("filterableAttributes")):
			return "invalid_document_filter"
		}
		x.docs = slices.DeleteFunc(x.docs, f.holds)
		return ""
	})
	return nil
}
