package view_test

import (
	"time"

	"samhold/internal/fault"
	"samhold/internal/search"
	"samhold/internal/web/view"
)

func searchExamples() []view.Page {
	form := view.SearchPage{
		Base:   view.Base{Kind: "search.kind", Signed: true, Section: "search"},
		Form:   view.Form{Values: map[string]string{"q": "tilbagefald", "space": "s1", "from": "2026-01-01"}},
		Spaces: []search.Space{{ID: "s1", Name: "Ved køkkenbordet", Colour: "clay"}, {ID: "s2", Name: "Havnen", Colour: "sea"}},
	}
	wrong := form
	wrong.Form.Faults = []fault.Field{
		{Name: "q", Key: "search.too_long", Args: map[string]any{"Max": 200}},
		{Name: "alias", Key: "search.too_long", Args: map[string]any{"Max": 80}},
		{Name: "space", Key: "search.no_space"},
		{Name: "from", Key: "search.no_day"},
		{Name: "to", Key: "search.reversed"},
	}
	down := form
	down.Down = true
	hit := search.Found{
		Post:    search.Post{ID: "p1", TopicID: "t1", SpaceName: "Havnen", SpaceColour: "sea", Title: "Om <b>", Alias: "Bølgen", CreatedAt: time.Date(2026, 9, 3, 12, 0, 0, 0, time.UTC)},
		Heading: []search.Segment{{Text: "Om <b>"}, {Text: "tilbagefald", Mark: true}},
		Excerpt: []search.Segment{{Text: "… et "}, {Text: "tilbagefald", Mark: true}, {Text: " & <script>alert(1)</script> …"}},
	}
	untitled := hit
	untitled.Heading, untitled.Alias = nil, ""
	synonyms := view.SynonymsPage{
		Base: view.Base{Kind: "synonyms.kind", Signed: true, Admin: true, Wide: true, Section: "admin"}, House: []string{"hash, cannabis", "stof > hash"},
		Nav: view.DeskNav{Rota: true, Log: true, Numbers: true, Jobs: true, Search: true, At: "search"},
	}
	busy := synonyms
	busy.Groups = []search.Group{{ID: "g1", Words: "lattergas, smarties", Version: 2, UpdatedAt: time.Date(2026, 9, 3, 12, 0, 0, 0, time.UTC)}}
	busy.State = search.Standing{Down: true, Rebuilding: true, Done: 500, Total: 12_000, Waiting: 3}
	var pages []view.Page
	for _, f := range []fault.Field{
		{Name: "words", Key: "search.word_long", Args: map[string]any{"Max": 40}},
		{Name: "words", Key: "search.word_single", Args: map[string]any{"Word": "to ord"}},
		{Name: "words", Key: "search.word_empty", Args: map[string]any{"Word": "og"}},
		{Name: "words", Key: "search.words_few"},
		{Name: "words", Key: "search.words_many", Args: map[string]any{"Max": 12}},
		{Name: "words", Key: "search.groups_many", Args: map[string]any{"Max": 300}},
		{Name: "words", Key: "search.group_there"},
	} {
		page := busy
		page.Form = view.Form{Values: map[string]string{"words": "og", "group": "g1", "version": "2"}, Faults: []fault.Field{f}}
		pages = append(pages, &page)
	}
	return append(pages, []view.Page{
		&synonyms, &busy,
		&view.SearchPage{Base: form.Base}, &form, &wrong, &down,
		&view.SearchResultPage{SearchPage: form, Result: search.Page{Count: 0, Page: 1, Pages: 1}, Pager: view.Pager{Path: "/search/r", Page: 1, Pages: 1}},
		&view.SearchResultPage{SearchPage: form, Result: search.Page{Hits: []search.Found{hit}, Count: 1, Page: 1, Pages: 1}, Pager: view.Pager{Path: "/search/r", Page: 1, Pages: 1}},
		&view.SearchResultPage{SearchPage: form, Result: search.Page{Hits: []search.Found{hit, untitled}, Count: search.MaxHits, Page: 2, Pages: 10}, Pager: view.Pager{Path: "/search/r", Page: 2, Pages: 10}},
	}...)
}
