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
	return []view.Page{
		&view.SearchPage{Base: form.Base}, &form, &wrong, &down,
		&view.SearchResultPage{SearchPage: form, Result: search.Page{Count: 0, Page: 1, Pages: 1}, Pager: view.Pager{Path: "/search/r", Page: 1, Pages: 1}},
		&view.SearchResultPage{SearchPage: form, Result: search.Page{Hits: []search.Found{hit}, Count: 1, Page: 1, Pages: 1}, Pager: view.Pager{Path: "/search/r", Page: 1, Pages: 1}},
		&view.SearchResultPage{SearchPage: form, Result: search.Page{Hits: []search.Found{hit, untitled}, Count: search.MaxHits, Page: 2, Pages: 30}, Pager: view.Pager{Path: "/search/r", Page: 2, Pages: 30}},
	}
}
