package markup

import (
	"bytes"
	"strings"
	"unicode"

	"github.com/yuin/goldmark/ast"
)

// quoteRunes is about how many characters of a post a quoting reply repeats.
const quoteRunes = 600

// Quote returns the Markdown that starts a reply quoting a post: who wrote, then the post with "> " before each
// line. What the post itself quoted is left out, and the rest is cut at a word after about 600 characters.
func Quote(alias, source string) string {
	source, _ = Clean(strings.ReplaceAll(strings.ToValidUTF8(head(source, MaxBytes), ""), "\x00", ""))
	var b strings.Builder
	b.WriteString("> **" + escapeMarkdown(alias) + ":**\n")
	if body := shorten(withoutQuotes(source), quoteRunes); body != "" {
		b.WriteString(">\n")
		for line := range strings.SplitSeq(body, "\n") {
			b.WriteString(strings.TrimRight("> "+line, " ") + "\n")
		}
	}
	b.WriteString("\n")
	return b.String()
}

// withoutQuotes leaves out every line that belongs to a quote, also those that go on without a ">".
func withoutQuotes(source string) string {
	quoted := make(map[int]bool) // by the offset of a line's first byte
	if !tangled(source) {
		tree, b := parse(source)
		_ = ast.Walk(tree, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
			if entering && n.Type() == ast.TypeBlock && n.Lines() != nil && insideQuote(n) {
				for i := range n.Lines().Len() {
					quoted[lineStart(b, n.Lines().At(i).Start)] = true
				}
			}
			return ast.WalkContinue, nil
		})
	}
	var kept []string
	offset := 0
	for line := range strings.SplitSeq(source, "\n") {
		blank := strings.TrimSpace(line) == ""
		if !quoted[offset] && !strings.HasPrefix(strings.TrimSpace(line), ">") &&
			!(blank && (len(kept) == 0 || kept[len(kept)-1] == "")) {
			kept = append(kept, strings.TrimRight(line, " \t"))
		}
		offset += len(line) + 1
	}
	return strings.TrimSpace(strings.Join(kept, "\n"))
}

func insideQuote(n ast.Node) bool {
	for ; n != nil; n = n.Parent() {
		if n.Kind() == ast.KindBlockquote {
			return true
		}
	}
	return false
}

func lineStart(source []byte, offset int) int {
	return bytes.LastIndexByte(source[:offset], '\n') + 1
}

// shorten cuts s at the last word that ends within limit characters. A text without any spaces is cut in it.
func shorten(s string, limit int) string {
	runes := []rune(s)
	if len(runes) <= limit {
		return s
	}
	end := limit
	for end > limit/2 && !unicode.IsSpace(runes[end]) {
		end--
	}
	if end == limit/2 {
		end = limit
	}
	return strings.TrimSpace(string(runes[:end])) + " …"
}

// escapeMarkdown keeps an alias from being read as Markdown.
func escapeMarkdown(s string) string {
	var b strings.Builder
	for _, r := range strings.Join(strings.Fields(strings.Map(visible, s)), " ") {
		if r < 0x80 && unicode.In(r, unicode.P, unicode.S) {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}
