package searchtest

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"samhold/internal/search"
)

func testSpaces(t *testing.T, open Open) {
	x := fixture(t, open,
		search.Document{ID: "a", Space: "s1", Body: "tilbagefald"},
		search.Document{ID: "b", Space: "s2", Body: "tilbagefald", At: noon.Add(-time.Hour)},
		search.Document{ID: "c", Space: "S1", Body: "tilbagefald"},
		search.Document{ID: "d", Space: "s1 s2", Body: "tilbagefald"},
	)
	for _, c := range []struct {
		spaces []string
		want   []string
	}{
		{[]string{}, nil},
		{[]string{"s1"}, []string{"a"}},
		{[]string{"s1", "s2"}, []string{"a", "b"}},
		{[]string{"s3"}, nil},
		{[]string{""}, nil},
		{[]string{"*"}, nil},
		{[]string{"s1 OR s2"}, nil},
		{[]string{`s1", "s2`}, nil},
	} {
		wantIDs(t, x, search.Query{Text: "tilbagefald", Spaces: c.spaces}, c.want...)
	}
	hits, err := x.Find(t.Context(), search.Query{Text: "tilbagefald"})
	if err != nil || len(hits) != 0 {
		t.Errorf("without spaces: %v, %v", hits, err)
	}
}

func testText(t *testing.T, open Open) {
	x := fixture(t, open,
		search.Document{ID: "fald", Body: "Tilbagefaldet kom i går"},
		search.Document{ID: "beh", Body: "Vi taler om alkoholbehandling"},
		search.Document{ID: "alk", Body: "Behandling virkede, men alkoholen kom igen"},
		search.Document{ID: "børn", Body: "Mine børn har det svært"},
		search.Document{ID: "mor", Body: "Moderen til min ven"},
		search.Document{ID: "druk", Body: "Han drak hele natten"},
		search.Document{ID: "by", Body: "Vi bor i Aarhus"},
		search.Document{ID: "weed", Body: "Hun ryger weed"},
		search.Document{ID: "eng", Body: "My sister is struggling and we are afraid"},
		search.Document{ID: "frase", Body: "Det gør ondt langt inde"},
		search.Document{ID: "ej frase", Body: "Langt ude gør det kun ondt"},
		search.Document{ID: "titel", Title: "Økonomi og gæld", Body: "Hvad gør man"},
		search.Document{ID: "padel", Body: "Så er der padelturnering"},
		search.Document{ID: "kod", Body: "<b>ring</b> 112 &amp; vent"},
	)
	for _, c := range []struct {
		text string
		want []string
	}{
		{"tilbagefald", []string{"fald"}},
		{"TILBAGEFALDENE", []string{"fald"}},
		{"tilbgefaldet", []string{"fald"}},  // a letter missing
		{"tilbagfealdet", []string{"fald"}}, // two letters exchanged
		{"behandling", []string{"alk", "beh"}},
		{"alkoholbehandling", []string{"beh", "alk"}},
		{"barn", []string{"børn"}},
		{"boern", []string{"børn"}},
		{"mor", []string{"mor"}},
		{"drikker", []string{"druk"}},
		{"Århus", []string{"by"}},
		{"hash", []string{"weed"}},
		{"struggles", []string{"eng"}},
		{"ondt langt", []string{"frase", "ej frase"}},
		{`"ondt langt"`, []string{"frase"}},
		{"gæld", []string{"titel"}},
		{"112", []string{"kod"}},
		{"111", nil}, // numbers are not guessed
		{"mos", nil}, // nor short words
		{"padel", []string{"padel"}},
		{"pade", nil},
		{"hest", nil},
	} {
		wantIDs(t, x, search.Query{Text: c.text}, c.want...)
	}
}

func testOrder(t *testing.T, open Open) {
	x := fixture(t, open,
		search.Document{ID: "old", Body: "en samtale om skam", At: noon.Add(-time.Hour)},
		search.Document{ID: "new", Body: "en samtale om skam", At: noon},
		search.Document{ID: "title", Title: "Skam", Body: "Jeg ved ikke", At: noon.Add(-48 * time.Hour)},
		search.Document{ID: "part", Body: "en skamfølelse", At: noon},
		search.Document{ID: "both", Body: "skam og skyld", At: noon.Add(-72 * time.Hour)},
	)
	wantIDs(t, x, search.Query{Text: "skam"}, "title", "new", "old", "both", "part")
	if got := ids(t, x, search.Query{Text: "skam skyld"}); len(got) == 0 || got[0] != "both" {
		t.Errorf("the post with both words first: got %q", got)
	}
	wantIDs(t, x, search.Query{Text: "skam", Limit: 2}, "title", "new")
}

func testAlias(t *testing.T, open Open) {
	x := fixture(t, open,
		search.Document{ID: "a", Alias: "Stille Ø", Body: "ro på"},
		search.Document{ID: "b", Alias: "Stille Vand", Body: "ro på", At: noon.Add(-time.Hour)},
		search.Document{ID: "c", Body: "stille ro"},
	)
	wantIDs(t, x, search.Query{Text: "ro", Alias: "stille ø"}, "a")
	wantIDs(t, x, search.Query{Text: "ro", Alias: "STILLE"}, "a", "b")
	wantIDs(t, x, search.Query{Alias: "Stille  Oe"}, "a")
	wantIDs(t, x, search.Query{Text: "ro", Alias: "vred"})
	wantIDs(t, x, search.Query{Alias: "stille", Spaces: []string{"s2"}})
	// An alias without a letter names nobody, and must not widen the answer.
	wantIDs(t, x, search.Query{Text: "ro", Alias: "!?"})
	wantIDs(t, x, search.Query{Alias: "👩"})
}

func testDates(t *testing.T, open Open) {
	var docs []search.Document
	for i, at := range []string{
		"2024-12-31T23:59:59.999999Z", "2025-01-01T00:00:00Z", "2026-02-28T12:00:00Z", "2026-03-01T00:00:00Z", "2026-03-10T12:00:00.000001Z",
	} {
		when, err := time.Parse(time.RFC3339Nano, at)
		if err != nil {
			t.Fatal(err)
		}
		docs = append(docs, search.Document{ID: fmt.Sprint(i), Body: "møde", At: when})
	}
	x := fixture(t, open, docs...)
	day := func(y, m, d int) time.Time { return time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC) }
	for _, c := range []struct {
		name     string
		from, to time.Time
		want     string
	}{
		{"open", time.Time{}, time.Time{}, "4 3 2 1 0"},
		{"from", day(2025, 1, 1), time.Time{}, "4 3 2 1"},
		{"to", time.Time{}, day(2025, 1, 1), "0"},
		{"year", day(2025, 1, 1), day(2026, 1, 1), "1"},
		{"over a month's end", day(2026, 2, 28), day(2026, 3, 1), "2"},
		{"to is exclusive", docs[3].At, docs[4].At, "3"},
		{"from is inclusive", docs[4].At, time.Time{}, "4"},
		{"microseconds", docs[4].At.Add(time.Microsecond), time.Time{}, ""},
		{"empty", day(2026, 3, 1), day(2026, 3, 1), ""},
		{"reversed", day(2027, 1, 1), day(2024, 1, 1), ""},
		{"far", day(1, 1, 2), day(9999, 1, 1), "4 3 2 1 0"},
		{"other zone", day(2026, 3, 1).In(time.FixedZone("", 7200)), day(2026, 3, 2), "3"},
	} {
		for _, text := range []string{"møde", ""} {
			if text == "" && c.name == "open" {
				continue
			}
			if got := strings.Join(ids(t, x, search.Query{Text: text, From: c.from, To: c.to}), " "); got != c.want {
				t.Errorf("%s, text %q: got %q, want %q", c.name, text, got, c.want)
			}
		}
	}
}

func testNoWords(t *testing.T, open Open) {
	x := fixture(t, open, search.Document{ID: "a", Alias: "Ro", Body: "og det er"}, search.Document{ID: "b", Body: "mor"})
	for _, text := range []string{"", " ", "og det", "👩‍👦", "!!", "\x00"} {
		wantIDs(t, x, search.Query{Text: text})
	}
	wantIDs(t, x, search.Query{Text: "og det", Alias: "ro"}, "a")
}

func testPaging(t *testing.T, open Open) {
	var docs []search.Document
	for i := range 96 {
		docs = append(docs, search.Document{ID: fmt.Sprintf("p%03d", i), Body: "alle siger det samme om håb", At: noon.Add(time.Duration(i/3) * time.Minute)})
	}
	x := fixture(t, open, docs...)
	first := ids(t, x, search.Query{Text: "håb"})
	if len(first) != 96 || !slices.Equal(first, ids(t, x, search.Query{Text: "håb"})) {
		t.Fatalf("the same question has another answer, or not 96: %d", len(first))
	}
	for _, limit := range []int{1, 10, 95, 96, 97} {
		if got := ids(t, x, search.Query{Text: "håb", Limit: limit}); !slices.Equal(got, first[:min(limit, 96)]) {
			t.Errorf("limit %d is not the beginning of the whole answer", limit)
		}
	}
}

func testMany(t *testing.T, open Open) {
	var docs []search.Document
	for i := range 1300 {
		docs = append(docs, search.Document{ID: fmt.Sprint(i), Body: "fælles ord", At: noon.Add(time.Duration(i) * time.Second)})
	}
	x := fixture(t, open, docs...)
	if got := ids(t, x, search.Query{Text: "fælles"}); len(got) != search.MaxHits {
		t.Errorf("got %d hits, want %d", len(got), search.MaxHits)
	}
	if got := ids(t, x, search.Query{Text: "fælles", Limit: 1 << 30}); len(got) != search.MaxHits {
		t.Errorf("got %d hits, want %d", len(got), search.MaxHits)
	}
	wantIDs(t, x, search.Query{From: noon, Limit: 2}, "1299", "1298")
}
