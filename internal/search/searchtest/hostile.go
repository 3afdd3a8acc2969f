package searchtest

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"samhold/internal/search"
)

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
