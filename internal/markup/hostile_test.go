package markup_test

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"samhold/internal/markup"
	"samhold/internal/markup/hostile"
)

const rel = "nofollow noopener noreferrer ugc"

func TestHostileTextRendersToAllowedHTML(t *testing.T) {
	for _, v := range corpus(t) {
		t.Run(v.Technique+"/"+v.Name, func(t *testing.T) {
			started := time.Now()
			got, err := markup.Render(v.Input)
			if err != nil {
				t.Fatalf("Render: %v", err)
			}
			if took := time.Since(started); took > 2*time.Second {
				t.Errorf("Render took %v", took)
			}
			for _, wrong := range inspect(got, true) {
				t.Errorf("%s in %s", wrong, short(got))
			}
			if again := reparse(t, got); again != reparse(t, again) {
				t.Errorf("a browser's second reading differs: %s", short(again))
			}
		})
	}
}

// TestSanitiserHoldsAlone lets raw HTML through the first wall.
func TestSanitiserHoldsAlone(t *testing.T) {
	for _, v := range corpus(t) {
		if v.Repeat > 0 {
			continue // those are about the cost of reading, which the first wall bounds
		}
		t.Run(v.Technique+"/"+v.Name, func(t *testing.T) {
			got, err := markup.RenderRaw(v.Input, true)
			if err != nil {
				t.Fatalf("RenderRaw: %v", err)
			}
			for _, wrong := range inspect(got, false) {
				t.Errorf("%s in %s", wrong, short(got))
			}
		})
	}
}

// TestCorpusBitesWithoutTheWalls shows that the corpus would find a hole: without both walls most of it gets
// through, with every technique.
func TestCorpusBitesWithoutTheWalls(t *testing.T) {
	bites := map[string]int{}
	tried, total := 0, 0
	for _, v := range corpus(t) {
		if v.Repeat > 0 {
			continue
		}
		got, err := markup.RenderRaw(v.Input, false)
		if err != nil {
			t.Fatalf("RenderRaw: %v", err)
		}
		tried++
		bites[v.Technique] += 0
		if len(inspect(got, false)) > 0 {
			bites[v.Technique]++
			total++
		}
	}
	for technique, n := range bites {
		if n == 0 {
			t.Errorf("%s: no vector does harm without the sanitiser", technique)
		}
	}
	if total*3 < tried*2 {
		t.Errorf("only %d of %d vectors do harm without the sanitiser, want two thirds", total, tried)
	}
	t.Logf("%d of %d vectors do harm without the sanitiser", total, tried)
}

func TestCorpusIsWide(t *testing.T) {
	vectors := corpus(t)
	if len(vectors) < 160 {
		t.Errorf("got %d vectors, want at least 160", len(vectors))
	}
	seen := map[string]bool{}
	for _, v := range vectors {
		key := v.Technique + "/" + v.Name
		if seen[key] || v.Name == "" || v.Technique == "" || v.Input == "" {
			t.Errorf("%q is empty or stands twice", key)
		}
		seen[key] = true
		if len(v.Input) > markup.MaxBytes {
			t.Errorf("%s is %d bytes long, no form would take it", key, len(v.Input))
		}
	}
}

func FuzzRender(f *testing.F) {
	for _, v := range corpus(f) {
		if len(v.Input) < 2000 {
			f.Add(v.Input)
		}
	}
	f.Add("24. december\n26. december\n\n> citat\nmere\n\n**fed _skrå_** https://rødekors.dk/hjælp")
	f.Fuzz(func(t *testing.T, source string) {
		hung := time.AfterFunc(5*time.Second, func() { panic(fmt.Sprintf("still busy with %q", source)) })
		defer hung.Stop()
		got, err := markup.Render(source)
		if err != nil {
			return
		}
		for _, wrong := range inspect(got, true) {
			t.Errorf("%s in %s", wrong, short(got))
		}
		if strings.ContainsFunc(markup.Plain(source), unseen) {
			t.Errorf("Plain keeps an invisible character: %q", markup.Plain(source))
		}
		for line := range strings.SplitSeq(strings.TrimRight(markup.Quote("Stille Ørn", source), "\n"), "\n") {
			if !strings.HasPrefix(line, ">") {
				t.Errorf("a line escapes the quote: %q", line)
			}
		}
	})
}

var allowed = map[string][]string{
	"p": nil, "br": nil, "em": nil, "strong": nil, "del": nil, "ul": nil, "ol": {"start"}, "li": {"value"},
	"blockquote": nil, "code": nil, "pre": nil, "a": {"href", "rel"}, "span": {"class"},
}

// inspect lists what is wrong with a piece of HTML as a browser would read it. With exact it also wants every
// link to be complete.
func inspect(source string, exact bool) []string {
	body := &html.Node{Type: html.ElementNode, Data: "body", DataAtom: atom.Body}
	nodes, err := html.ParseFragment(strings.NewReader(source), body)
	if err != nil {
		return []string{err.Error()}
	}
	var wrong []string
	var walk func(n *html.Node)
	walk = func(n *html.Node) {
		switch n.Type {
		case html.TextNode:
			if i := strings.IndexFunc(n.Data, unseen); i >= 0 {
				wrong = append(wrong, fmt.Sprintf("invisible character %q", n.Data[i:min(len(n.Data), i+4)]))
			}
		case html.ElementNode:
			wrong = append(wrong, inspectElement(n, exact)...)
		default:
			wrong = append(wrong, "a comment or declaration")
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
	}
	for _, n := range nodes {
		walk(n)
	}
	return wrong
}

func inspectElement(n *html.Node, exact bool) []string {
	attributes, ok := allowed[n.Data]
	if !ok || n.Namespace != "" {
		return []string{"element " + n.Data}
	}
	var wrong []string
	seen := map[string]string{}
	for _, a := range n.Attr {
		seen[a.Key] = a.Val
		if a.Namespace != "" || !contains(attributes, a.Key) {
			wrong = append(wrong, "attribute "+a.Key+" of "+n.Data)
		}
	}
	if href, ok := seen["href"]; ok {
		u, err := url.Parse(href)
		if err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.User != nil || !strings.Contains(u.Host, ".") {
			wrong = append(wrong, "address "+href)
		}
		for _, r := range href {
			if r <= ' ' || r > '~' || r == '\\' {
				wrong = append(wrong, fmt.Sprintf("character %q in an address", r))
			}
		}
	}
	if n.Data == "a" && exact && (seen["rel"] != rel || seen["href"] == "") {
		wrong = append(wrong, "a link without rel or href")
	}
	if class, ok := seen["class"]; ok && class != "host" {
		wrong = append(wrong, "class "+class)
	}
	return wrong
}

func contains(list []string, s string) bool {
	return slices.Contains(list, s)
}

func unseen(r rune) bool {
	switch r {
	case '\n', '\t', '\u200c', '\u200d', '\u200e', '\u200f', '\u061c':
		return false
	}
	return unicode.IsControl(r) || (unicode.Is(unicode.Cf, r) && (r < 0x600 || r > 0x8ff) && r < 0x10000)
}

// reparse writes the HTML as a browser's innerHTML would give it back.
func reparse(t *testing.T, source string) string {
	t.Helper()
	body := &html.Node{Type: html.ElementNode, Data: "body", DataAtom: atom.Body}
	nodes, err := html.ParseFragment(strings.NewReader(source), body)
	if err != nil {
		t.Fatalf("parse: %v", err)
	}
	var b strings.Builder
	for _, n := range nodes {
		if err := html.Render(&b, n); err != nil {
			t.Fatalf("write: %v", err)
		}
	}
	return b.String()
}

func corpus(tb testing.TB) []hostile.Vector {
	tb.Helper()
	vectors, err := hostile.Vectors()
	if err != nil {
		tb.Fatal(err)
	}
	return vectors
}

func short(s string) string {
	if len(s) > 600 {
		return fmt.Sprintf("%q…", s[:600])
	}
	return fmt.Sprintf("%q", s)
}
