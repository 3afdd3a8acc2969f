package markup_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"samhold/internal/fault"
	"samhold/internal/markup"
)

func link(href, label string) string {
	return `<a href="` + href + `" rel="` + rel + `">` + label + `</a>`
}

func host(name string) string { return ` <span class="host">(` + name + `)</span>` }

func TestRender(t *testing.T) {
	tests := []struct{ name, source, want string }{
		{"paragraphs and line breaks", "Hej\nmed jer\n\nTak", "<p>Hej<br>\nmed jer</p>\n<p>Tak</p>"},
		{"emphasis", "**fed** _skrå_ ~~væk~~ `kode`", "<p><strong>fed</strong> <em>skrå</em> <del>væk</del> <code>kode</code></p>"},
		{"something that looks like a tag", "jeg <suk> ved ikke <3", "<p>jeg &lt;suk&gt; ved ikke &lt;3</p>"},
		{"an indented line is not code", "Kære alle\n\n     her er jeg", "<p>Kære alle</p>\n<p>her er jeg</p>"},
		{"indented lines are kept in lists and quotes", "- a\n\n        b\n\n>      c", "<ul>\n<li>\n<p>a</p>\n<p>b</p>\n</li>\n</ul>\n<blockquote>\n<p>c</p>\n</blockquote>"},
		{"an indented first line", "\t\tHej\n        du", "<p>Hej<br>\ndu</p>"},
		{"headings are bold paragraphs", "# Én\n\nTo\n---\n\n###### Seks", "<p><strong>Én</strong></p>\n<p><strong>To</strong></p>\n<p><strong>Seks</strong></p>"},
		{"a dividing line", "a\n\n***\n\nb", "<p>a</p>\n<p>* * *</p>\n<p>b</p>"},
		{
			"dates keep their number", "24. december\n26. december\n27. december",
			"<ol start=\"24\">\n<li>december</li>\n<li value=\"26\">december</li>\n<li>december</li>\n</ol>",
		},
		{"numbers that count on need no value", "1. a\n2. b\n3. c", "<ol>\n<li>a</li>\n<li>b</li>\n<li>c</li>\n</ol>"},
		{"quote", "> hun sagde\n> det", "<blockquote>\n<p>hun sagde<br>\ndet</p>\n</blockquote>"},
		{"code block without its language", "```js\na < b\n```", "<pre><code>a &lt; b\n</code></pre>"},
		{
			"link with its host", "[læs her](https://example.org/a?b=c&d=e#f)",
			"<p>" + link("https://example.org/a?b=c&amp;d=e#f", "læs her") + host("example.org") + "</p>",
		},
		{
			"link whose text is the address", "[https://example.org/a](https://example.org/a)",
			"<p>" + link("https://example.org/a", "https://example.org/a") + "</p>",
		},
		{"link whose text is the host", "[Example.org](https://example.org/a)", "<p>" + link("https://example.org/a", "Example.org") + "</p>"},
		{"bare address", "Se https://example.org/a.", "<p>Se " + link("https://example.org/a", "https://example.org/a") + ".</p>"},
		{
			"bare address with Danish letters", "https://rødekors.dk/hjælp",
			"<p>" + link("https://xn--rdekors-q1a.dk/hj%C3%A6lp", "https://rødekors.dk/hjælp") + host("xn--rdekors-q1a.dk") + "</p>",
		},
		{"address without a scheme", "www.example.org", "<p>" + link("http://www.example.org", "www.example.org") + "</p>"},
		{"text that names another host", "[https://dr.dk](https://evil.example)", "<p>" + link("https://evil.example", "https://dr.dk") + host("evil.example") + "</p>"},
		{"letters of another alphabet", "[apple.com](https://аpple.com)", "<p>" + link("https://xn--pple-43d.com", "apple.com") + host("xn--pple-43d.com") + "</p>"},
		{"port", "[x](https://example.org:8443/)", "<p>" + link("https://example.org:8443/", "x") + host("example.org:8443") + "</p>"},
		{"link without text", "[](https://example.org)", "<p>" + link("https://example.org", "example.org") + "</p>"},
		{"user name before the host", "[x](https://dr.dk@evil.example)", "<p>x</p>"},
		{"link into the forum", "[x](/signout)", "<p>x</p>"},
		{"numeric host", "[x](http://127.0.0.1/)", "<p>x</p>"},
		{"mail address", "<nogen@example.org> og nogen@example.org", "<p>nogen@example.org og nogen@example.org</p>"},
		{"picture", "![en kat](https://example.org/kat.png)", "<p>" + link("https://example.org/kat.png", "en kat") + host("example.org") + "</p>"},
		{"picture without text", "![](https://example.org/kat.png)", "<p>" + link("https://example.org/kat.png", "example.org") + "</p>"},
		{"picture in a link", "[![kat](https://a.example/k.png)](https://b.example)", "<p>" + link("https://b.example", "kat") + host("b.example") + "</p>"},
		{"override written as an entity", "a&#x202e;b", "<p>ab</p>"},
		{"emoji stay whole", "👩‍👩‍👧 ❤️", "<p>👩‍👩‍👧 ❤️</p>"},
		{"empty", "", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, err := markup.Render(test.source)
			if err != nil {
				t.Fatalf("Render: %v", err)
			}
			if got = strings.TrimRight(got, "\n"); got != test.want {
				t.Errorf("\n got %s\nwant %s", got, test.want)
			}
		})
	}
}

// TestNoWordIsLost writes random layouts: whatever people do with spaces and signs, their words are shown.
func TestNoWordIsLost(t *testing.T) {
	starts := []string{
		"", "", "", " ", "    ", "        ", "\t", "> ", ">", ">     ", "- ", "-     ", "  - ", "* ", "1. ", "7) ", "1.     ", "# ", "   > - ",
		"    - ", "    > ", "    1. ", "**", "~~", "> > > ", "- - - ", "- > - ",
	}
	random := rand.New(rand.NewPCG(1, 2))
	for range 4000 {
		var source strings.Builder
		var words []string
		for i := range 2 + random.IntN(9) {
			word := fmt.Sprintf("ord%dx", i)
			words = append(words, word)
			source.WriteString(starts[random.IntN(len(starts))] + word + strings.Repeat("\n", 1+random.IntN(2)))
			if random.IntN(8) == 0 {
				source.WriteString([]string{"---\n", "===\n", "```\n", "\n\n\n", "    \n", "***\n"}[random.IntN(6)])
			}
		}
		html, err := markup.Render(source.String())
		if err != nil {
			t.Fatal(err)
		}
		plain := markup.Plain(source.String())
		for _, word := range words {
			if strings.Count(html, word) != 1 || strings.Count(plain, word) != 1 {
				t.Fatalf("%q is not shown once:\n%q\n%s\n%q", word, source.String(), html, plain)
			}
		}
	}
}

func TestRenderFlattensDeepNesting(t *testing.T) {
	got, err := markup.Render(strings.Repeat("> ", 15) + "dybt")
	if err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(got, "<blockquote>"); n != 8 || !strings.Contains(got, "dybt") {
		t.Errorf("got %d quotes in each other, want 8: %s", n, got)
	}
	got, err = markup.Render(strings.Repeat("**a *b ", 20) + strings.Repeat("c* d**", 20))
	if err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(got, "<strong>") + strings.Count(got, "<em>"); n > 12 {
		t.Errorf("got %d emphases: %s", n, got)
	}
}

func TestRenderShowsTangledTextAsItIs(t *testing.T) {
	for _, source := range []string{strings.Repeat("*a_", 2500), strings.Repeat("1. ", 3000) + strings.Repeat("\n", 9000)} {
		got, err := markup.Render(source)
		if err != nil {
			t.Fatal(err)
		}
		if want := "<p>" + strings.TrimSpace(source) + "</p>\n"; got != want {
			t.Errorf("got %s", short(got))
		}
	}
}

func TestRenderRefuses(t *testing.T) {
	for name, source := range map[string]string{
		"over-long": strings.Repeat("a", markup.MaxBytes+1), "invalid UTF-8": "a\xffb", "NUL": "a\x00b",
	} {
		if _, err := markup.Render(source); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: got %v, want an Invalid fault", name, err)
		}
	}
}

func TestClean(t *testing.T) {
	tests := []struct{ name, source, want string }{
		{"line ends", "a\r\nb\rc\u2028d", "a\nb\nc\nd"},
		{"one form of å", "Blå", "Blå"},
		{"tabs stay", "a\tb", "a\tb"},
		{"control characters", "a\x01\x7f\u0085b\u009b", "a\nb"},
		{"reading direction", "a\u202eb\u2066c", "abc"},
		{"words that are split", "selv\u200bm\u00adord\u2060", "selvmord"},
		{"letters that join", "می\u200cخواهم", "می\u200cخواهم"},
		{"tower of marks", "e" + strings.Repeat("\u0338", 40), "e" + strings.Repeat("\u0338", 5)},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, err := markup.Clean(test.source)
			if err != nil || got != test.want {
				t.Errorf("got %q, %v, want %q", got, err, test.want)
			}
			if again, _ := markup.Clean(got); again != got {
				t.Errorf("a second cleaning changes %q to %q", got, again)
			}
		})
	}
	for _, source := range []string{"a\x00", "\xc3"} {
		if _, err := markup.Clean(source); !fault.Is(err, fault.Invalid) {
			t.Errorf("Clean(%q): got %v, want an Invalid fault", source, err)
		}
	}
}

func TestPlain(t *testing.T) {
	tests := []struct{ name, source, want string }{
		{"syntax goes", "# Titel\n\n**fed** og `kode` [tekst](https://example.org)", "Titel fed og kode tekst"},
		{"quotes stay", "> citat\n\nsvar", "citat svar"},
		{"numbers stay", "24. december\n26. december", "24. december 26. december"},
		{"entities and backslashes", `a &amp; b \* c \&amp; d`, "a & b * c &amp; d"},
		{"picture", "![en kat](https://example.org/k.png)", "en kat"},
		{"bare address", "se https://example.org/a", "se https://example.org/a"},
		{"tags are text", "<suk> hm", "<suk> hm"},
		{"code block", "```\na  b\nc\n```", "a b c"},
		{"broken text", "a\xff\x00b", "ab"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := markup.Plain(test.source); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
	if got := markup.Plain(strings.Repeat("å", markup.MaxBytes)); len(got) != markup.MaxBytes {
		t.Errorf("over-long text gives %d bytes, want %d", len(got), markup.MaxBytes)
	}
}

func TestQuote(t *testing.T) {
	tests := []struct{ name, source, want string }{
		{"lines", "Hej\n\n\n**fed**", "> **Stille Ørn:**\n>\n> Hej\n>\n> **fed**\n\n"},
		{"quotes in it go", "> gammelt\nmere gammelt\n\nnyt", "> **Stille Ørn:**\n>\n> nyt\n\n"},
		{"quotes in lists go", "- et\n  > gammelt\n- to", "> **Stille Ørn:**\n>\n> - et\n> - to\n\n"},
		{"nothing but a quote", "> gammelt", "> **Stille Ørn:**\n\n"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := markup.Quote("Stille Ørn", test.source); got != test.want {
				t.Errorf("\n got %q\nwant %q", got, test.want)
			}
		})
	}
	long := markup.Quote("A", strings.Repeat("ordet ", 300))
	if n := len([]rune(long)); n < 500 || n > 640 || !strings.HasSuffix(long, "ordet …\n\n") {
		t.Errorf("a long text gives %d characters ending in %q", n, long[len(long)-20:])
	}
	if got := markup.Quote("*Ulv*\n# x", "a"); !strings.HasPrefix(got, "> **\\*Ulv\\* \\# x:**\n") {
		t.Errorf("the alias is read as Markdown: %q", got)
	}
	if html, err := markup.Render(markup.Quote("A_b", "```\nkode") + "Svar"); err != nil || !strings.HasSuffix(html, "</blockquote>\n<p>Svar</p>\n") {
		t.Errorf("an open code block swallows the reply: %s, %v", html, err)
	}
}

func BenchmarkRender(b *testing.B) {
	source := strings.Repeat("Hej alle. Min **mand** er kommet hjem fra behandling, og jeg ved ikke, hvad jeg skal sige.\n\n", 12)
	for b.Loop() {
		if _, err := markup.Render(source); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkHostile measures the dearest texts found by trying all short patterns at full length.
func BenchmarkHostile(b *testing.B) {
	for name, unit := range map[string]string{"emphasis": "*a_", "www": "_www.", "numbers": "1. ", "images": "![", "quotes": ">- - "} {
		source := strings.Repeat(unit, markup.MaxBytes/len(unit))
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if _, err := markup.Render(source); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
