// Package searchtest is the suite that every search engine must pass. It is for tests only.
package searchtest

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"samhold/internal/fault"
	"samhold/internal/search"
)

// Open opens the index kept at a place; opening the same place again after Close finds what was stored.
type Open func(t testing.TB, place string) search.Index

// Run runs the whole suite.
func Run(t *testing.T, open Open) {
	for name, test := range map[string]func(*testing.T, Open){
		"spaces":     testSpaces,
		"text":       testText,
		"order":      testOrder,
		"alias":      testAlias,
		"dates":      testDates,
		"no words":   testNoWords,
		"changes":    testChanges,
		"paging":     testPaging,
		"hostile":    testHostile,
		"blind":      testBlind,
		"restart":    testRestart,
		"rebuild":    testRebuild,
		"serving":    testRebuildWhileServing,
		"failed":     testFailedRebuild,
		"deadline":   testDeadline,
		"closed":     testClosed,
		"concurrent": testConcurrent,
		"many":       testMany,
	} {
		t.Run(name, func(t *testing.T) { test(t, open) })
	}
}

var noon = time.Date(2026, 3, 10, 12, 0, 0, 0, time.UTC)

// fixture opens an index with documents.
func fixture(t testing.TB, open Open, docs ...search.Document) search.Index {
	t.Helper()
	x := open(t, t.TempDir())
	t.Cleanup(func() { _ = x.Close() })
	put(t, x, docs...)
	return x
}

func put(t testing.TB, x search.Index, docs ...search.Document) {
	t.Helper()
	for i := range docs {
		if docs[i].Space == "" {
			docs[i].Space = "s1"
		}
		if docs[i].At.IsZero() {
			docs[i].At = noon
		}
	}
	if err := x.Put(t.Context(), docs...); err != nil {
		t.Fatalf("put: %v", err)
	}
}

// ids finds and returns the ids, best first.
func ids(t testing.TB, x search.Index, q search.Query) []string {
	t.Helper()
	if q.Spaces == nil {
		q.Spaces = []string{"s1"}
	}
	hits, err := x.Find(t.Context(), q)
	if err != nil {
		t.Fatalf("find %+.60v: %v", q, err)
	}
	out := make([]string, 0, len(hits))
	for _, h := range hits {
		out = append(out, h.ID)
	}
	return out
}

func wantIDs(t *testing.T, x search.Index, q search.Query, want ...string) {
	t.Helper()
	got := ids(t, x, q)
	if !slices.Equal(got, want) {
		t.Errorf("%+v:\ngot  %q\nwant %q", q, got, want)
	}
}

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

func testChanges(t *testing.T, open Open) {
	x := fixture(t, open, search.Document{ID: "a", Body: "første"}, search.Document{ID: "b", Body: "andet emne"})
	count := func(want uint64) {
		t.Helper()
		if n, err := x.Count(t.Context()); err != nil || n != want {
			t.Errorf("count: got %d, %v, want %d", n, err, want)
		}
	}
	count(2)
	put(t, x, search.Document{ID: "a", Body: "rettet"})
	wantIDs(t, x, search.Query{Text: "første"})
	wantIDs(t, x, search.Query{Text: "rettet"}, "a")
	count(2)
	put(t, x, search.Document{ID: "a", Body: "rettet", Space: "s2"})
	wantIDs(t, x, search.Query{Text: "rettet"})
	// The last of one call wins.
	put(t, x, search.Document{ID: "c", Body: "tidlig"}, search.Document{ID: "c", Body: "sen"})
	wantIDs(t, x, search.Query{Text: "tidlig"})
	if err := x.Delete(t.Context(), "a", "b", "c", "never there"); err != nil {
		t.Fatal(err)
	}
	count(0)
	wantIDs(t, x, search.Query{Text: "emne"})
	put(t, x, search.Document{ID: "b", Body: "tilbage igen emne"})
	wantIDs(t, x, search.Query{Text: "emne"}, "b")
	if err := x.Put(t.Context()); err != nil {
		t.Errorf("put of nothing: %v", err)
	}
	if err := x.Delete(t.Context()); err != nil {
		t.Errorf("delete of nothing: %v", err)
	}
}

func testPaging(t *testing.T, open Open) {
	var docs []search.Document
	for i := range 120 {
		docs = append(docs, search.Document{ID: fmt.Sprintf("p%03d", i), Body: "alle siger det samme om håb", At: noon.Add(time.Duration(i/3) * time.Minute)})
	}
	x := fixture(t, open, docs...)
	first := ids(t, x, search.Query{Text: "håb"})
	if len(first) != 120 || !slices.Equal(first, ids(t, x, search.Query{Text: "håb"})) {
		t.Fatalf("the same question has another answer, or not 120: %d", len(first))
	}
	for _, limit := range []int{1, 10, 119, 120, 121} {
		if got := ids(t, x, search.Query{Text: "håb", Limit: limit}); !slices.Equal(got, first[:min(limit, 120)]) {
			t.Errorf("limit %d is not the beginning of the whole answer", limit)
		}
	}
}

// Hostile are query texts that people or machines send; none may be an error or find what the filter forbids.
var Hostile = []string{
	"+secret", "-secret", "secret*", "s?cret", "/secret.*/", "secret~2", "secret^9", "body:secret", "w:secret s:s2", "space:s2 OR secret",
	"(secret", "secret)", "[a TO z]", "{a TO z}", `"secret`, `secret"`, `"""secret"""`, `\secret`, "secret && true", "secret || true", "!secret", "NOT x", "* OR secret",
	"secret AND space_id = s2", "<b>secret</b>", "secret' OR '1'='1", "%00secret", "\x00secret", "secret\x00", "\xff\xfesecret", "sec\u00adret", "\u202esecret",
	"SECRET", "ＳＥＣＲＥＴ", "secrets", "sceret", "🔥 secret 👩‍👩‍👧", "*", "?", "", " ", "\n", "og i det", strings.Repeat("secret ", 1500), strings.Repeat("x", 10_000), strings.Repeat("ø", 10_000),
	strings.Repeat(`"`, 5000), strings.Repeat("(", 5000), strings.Repeat("a b c d e ", 1000), strings.Repeat("👩‍👦", 2000), strings.Repeat("e\u0301", 3000), "secret " + strings.Repeat("\u0301", 5000),
}

func testHostile(t *testing.T, open Open) {
	x := fixture(t, open,
		search.Document{ID: "hidden", Space: "s2", Title: "secret", Alias: "secret", Body: "secret s2 s1 true x a z 1 * e d c b " + strings.Repeat("x", 64)},
		search.Document{ID: "open", Space: "s1", Body: "noget helt andet"},
	)
	for _, text := range Hostile {
		for _, q := range []search.Query{{Text: text}, {Alias: text}, {Text: "secret", Alias: text}, {Text: text, From: noon.Add(-time.Hour)}} {
			q.Spaces = []string{"s1"}
			hits, err := x.Find(t.Context(), q)
			if err != nil {
				t.Errorf("%.40q: %v", text, err)
			}
			for _, h := range hits {
				if h.ID == "hidden" {
					t.Errorf("%.40q in %+.40v finds what the filter forbids", text, q)
				}
			}
		}
	}
	// Documents can hold the same.
	for i, text := range Hostile {
		put(t, x, search.Document{ID: fmt.Sprintf("h%d", i), Title: text, Body: text, Alias: text, Space: "s3"})
	}
	if n, err := x.Count(t.Context()); err != nil || int(n) != len(Hostile)+2 {
		t.Errorf("count %d, %v", n, err)
	}
}

// testBlind: what a person finds, and in which order and with which score, is the same whatever stands in spaces
// that they may not read.
func testBlind(t *testing.T, open Open) {
	mine := []search.Document{
		{ID: "a", Body: "Min bror har fået et tilbagefald, og jeg er bange"},
		{ID: "b", Body: "Tilbagefald igen, tilbagefald hele tiden", At: noon.Add(time.Minute)},
		{ID: "e", Body: "Padelturnering", At: noon},
		{ID: "c", Title: "Bange", Body: "Min søster flytter", At: noon.Add(2 * time.Minute)},
		{ID: "d", Body: "Søsteren og broren, bange begge to", At: noon.Add(3 * time.Minute)},
	}
	queries := []string{"padel", "bror bange", "tilbagefald bror", "tilbgefald", "søstre bange", "familiebehandling", "bagne"}
	answer := func(x search.Index) string {
		var b strings.Builder
		for _, q := range queries {
			hits, err := x.Find(t.Context(), search.Query{Text: q, Spaces: []string{"s1"}})
			if err != nil {
				t.Fatal(err)
			}
			fmt.Fprintln(&b, q, hits)
		}
		return b.String()
	}
	alone := answer(fixture(t, open, slices.Clone(mine)...))
	var hidden []search.Document
	for i := range 300 {
		hidden = append(hidden, search.Document{
			ID: fmt.Sprintf("x%d", i), Space: "s2", Title: "Bange bror", Body: "bagne tilbgefald bange bror familiebehandling søstre " + strings.Repeat("bange ", i%50) +
				fmt.Sprintf("padela%c%cbane tilbag%c%cald", 'a'+rune(i%26), 'a'+rune(i/26), 'a'+rune(i%26), 'a'+rune(i/26)),
		})
	}
	beside := answer(fixture(t, open, append(hidden, mine...)...))
	if alone != beside {
		t.Errorf("hidden posts change the answer:\nalone\n%s\nbeside\n%s", alone, beside)
	}
}

func testRestart(t *testing.T, open Open) {
	place := t.TempDir()
	x := open(t, place)
	put(t, x, search.Document{ID: "a", Body: "før"}, search.Document{ID: "b", Body: "før"})
	if err := x.Delete(t.Context(), "b"); err != nil {
		t.Fatal(err)
	}
	if err := x.Close(); err != nil {
		t.Fatal(err)
	}
	x = open(t, place)
	wantIDs(t, x, search.Query{Text: "før"}, "a")
	if err := x.Rebuild(t.Context(), fill([]search.Document{{ID: "c", Body: "bygget", Space: "s1", At: noon}})); err != nil {
		t.Fatal(err)
	}
	put(t, x, search.Document{ID: "d", Body: "siden"})
	if err := x.Close(); err != nil {
		t.Fatal(err)
	}
	x = open(t, place)
	defer x.Close()
	wantIDs(t, x, search.Query{Text: "før"})
	wantIDs(t, x, search.Query{Text: "bygget"}, "c")
	wantIDs(t, x, search.Query{Text: "siden"}, "d")
	if lacks, err := x.Incomplete(t.Context()); err != nil || lacks {
		t.Errorf("incomplete after a rebuild: %v, %v", lacks, err)
	}
}

func fill(docs []search.Document) func(func(...search.Document) error) error {
	return func(put func(...search.Document) error) error { return put(docs...) }
}

func testRebuild(t *testing.T, open Open) {
	x := fixture(t, open, search.Document{ID: "gone", Body: "mor"}, search.Document{ID: "kept", Body: "mor"})
	if lacks, err := x.Incomplete(t.Context()); err != nil || !lacks {
		t.Errorf("a new index is incomplete until it is built: %v, %v", lacks, err)
	}
	err := x.Rebuild(t.Context(), fill([]search.Document{{ID: "kept", Body: "far", Space: "s1", At: noon}}))
	if err != nil {
		t.Fatal(err)
	}
	wantIDs(t, x, search.Query{Text: "mor"})
	wantIDs(t, x, search.Query{Text: "far"}, "kept")
	if err := x.Rebuild(t.Context(), fill(nil)); err != nil {
		t.Fatal(err)
	}
	if n, err := x.Count(t.Context()); err != nil || n != 0 {
		t.Errorf("built from nothing: %d, %v", n, err)
	}
	if lacks, err := x.Incomplete(t.Context()); err != nil || lacks {
		t.Errorf("incomplete after a rebuild: %v, %v", lacks, err)
	}
}

func testRebuildWhileServing(t *testing.T, open Open) {
	x := fixture(t, open, search.Document{ID: "old", Body: "håb"}, search.Document{ID: "edited", Body: "håb"}, search.Document{ID: "deleted", Body: "håb", At: noon.Add(-time.Hour)})
	err := x.Rebuild(t.Context(), func(put func(...search.Document) error) error {
		doc := func(id string) search.Document {
			return search.Document{ID: id, Body: "håb", Space: "s1", At: noon}
		}
		if err := put(doc("edited"), doc("deleted"), doc("old")); err != nil {
			return err
		}
		if got := ids(t, x, search.Query{Text: "håb"}); len(got) != 3 {
			t.Errorf("while building: %q", got)
		}
		if err := x.Put(t.Context(), search.Document{ID: "edited", Body: "mod", Space: "s1", At: noon}, search.Document{ID: "born", Body: "mod", Space: "s1", At: noon.Add(-time.Hour)}); err != nil {
			return err
		}
		if err := x.Delete(t.Context(), "deleted", "late"); err != nil {
			return err
		}
		if got := ids(t, x, search.Query{Text: "mod"}); !slices.Equal(got, []string{"edited", "born"}) {
			t.Errorf("what is put while building is found at once: %q", got)
		}
		return put(doc("late"))
	})
	if err != nil {
		t.Fatal(err)
	}
	wantIDs(t, x, search.Query{Text: "håb"}, "old")
	wantIDs(t, x, search.Query{Text: "mod"}, "edited", "born")
}

func testFailedRebuild(t *testing.T, open Open) {
	x := fixture(t, open, search.Document{ID: "a", Body: "håb"})
	boom := fault.New(fault.Unavailable, "test.boom")
	for range 2 {
		err := x.Rebuild(t.Context(), func(put func(...search.Document) error) error {
			if err := put(search.Document{ID: "b", Body: "håb", Space: "s1", At: noon}); err != nil {
				return err
			}
			return boom
		})
		if err == nil {
			t.Fatal("no error")
		}
	}
	wantIDs(t, x, search.Query{Text: "håb"}, "a")
	put(t, x, search.Document{ID: "c", Body: "mod"})
	wantIDs(t, x, search.Query{Text: "mod"}, "c")
}

func testDeadline(t *testing.T, open Open) {
	x := fixture(t, open, search.Document{ID: "a", Body: "håb"})
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := x.Find(ctx, search.Query{Text: "håb", Spaces: []string{"s1"}})
	for name, err := range map[string]error{
		"find": err, "put": x.Put(ctx, search.Document{ID: "b", Space: "s1", At: noon}), "delete": x.Delete(ctx, "a"),
		"rebuild": x.Rebuild(ctx, fill([]search.Document{{ID: "b"}})),
	} {
		if !fault.Is(err, fault.Unavailable) {
			t.Errorf("%s after the deadline: %v", name, err)
		}
	}
	wantIDs(t, x, search.Query{Text: "håb"}, "a")
	put(t, x, search.Document{ID: "c", Body: "mod"})
}

func testClosed(t *testing.T, open Open) {
	x := open(t, t.TempDir())
	for range 2 {
		if err := x.Close(); err != nil {
			t.Errorf("close: %v", err)
		}
	}
	_, err := x.Find(t.Context(), search.Query{Text: "håb", Spaces: []string{"s1"}})
	for name, err := range map[string]error{
		"find": err, "put": x.Put(t.Context(), search.Document{ID: "a"}), "healthy": x.Healthy(t.Context()), "rebuild": x.Rebuild(t.Context(), fill(nil)),
	} {
		if !fault.Is(err, fault.Unavailable) {
			t.Errorf("%s after close: %v", name, err)
		}
	}
}

func testConcurrent(t *testing.T, open Open) {
	x := fixture(t, open)
	var wait sync.WaitGroup
	for worker := range 6 {
		wait.Go(func() {
			for i := range 15 {
				d := search.Document{ID: fmt.Sprintf("w%d-%d", worker, i), Space: "s1", Body: "samtidig", At: noon}
				if err := x.Put(t.Context(), d); err != nil {
					t.Error(err)
				}
				if _, err := x.Find(t.Context(), search.Query{Text: "samtidig", Spaces: []string{"s1"}}); err != nil {
					t.Error(err)
				}
				if i%3 == 0 {
					if err := x.Delete(t.Context(), d.ID); err != nil {
						t.Error(err)
					}
				}
			}
		})
	}
	err := x.Rebuild(t.Context(), fill([]search.Document{{ID: "rebuilt", Space: "s1", Body: "samtidig", At: noon}}))
	if err != nil {
		t.Error(err)
	}
	wait.Wait()
	got := ids(t, x, search.Query{Text: "samtidig"})
	if !slices.Contains(got, "rebuilt") {
		t.Error("the rebuilt post is lost")
	}
	for worker := range 6 {
		if !slices.Contains(got, fmt.Sprintf("w%d-14", worker)) {
			t.Errorf("the last post of writer %d is lost", worker)
		}
		if slices.Contains(got, fmt.Sprintf("w%d-12", worker)) {
			t.Errorf("a deleted post of writer %d is back", worker)
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
