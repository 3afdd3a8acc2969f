package markup

import (
	"bufio"
	"bytes"
	stdhtml "html"
	"strings"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/renderer/html"
)

// Plain returns the words of a text on one line, for the search index and for excerpts: no syntax, quotes kept,
// whitespace folded. Text longer than MaxBytes is cut. The result is not HTML and must be escaped like any text.
func Plain(source string) string {
	source = strings.Map(visible, strings.ToValidUTF8(head(source, MaxBytes), ""))
	plain := source
	if !tangled(source) {
		tree, b := parse(source)
		plain = plainText(tree, b)
	}
	return strings.Join(strings.Fields(strings.Map(visible, plain)), " ")
}

// plainText collects the words under n.
func plainText(n ast.Node, source []byte) string {
	var b strings.Builder
	_ = ast.Walk(n, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if n.Type() == ast.TypeBlock {
			b.WriteByte(' ')
		}
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.Text:
			b.WriteString(textOf(n, source))
			if n.SoftLineBreak() || n.HardLineBreak() {
				b.WriteByte(' ')
			}
		case *ast.AutoLink:
			b.Write(n.Label(source))
		case *ast.FencedCodeBlock:
			b.Write(n.Lines().Value(source))
		case *ast.ListItem:
			if number, ok := n.AttributeString(attrNumber); ok {
				b.Write(number.([]byte))
				b.WriteString(". ")
			}
		}
		return ast.WalkContinue, nil
	})
	return b.String()
}

// textOf returns what a reader sees of a text node: entities and backslashes resolved as the page does it.
func textOf(n *ast.Text, source []byte) string {
	value := n.Segment.Value(source)
	if n.IsRaw() || n.Parent().Kind() == ast.KindCodeSpan || !bytes.ContainsAny(value, `&\`) {
		return string(value)
	}
	var out bytes.Buffer
	w := bufio.NewWriter(&out)
	html.DefaultWriter.Write(w, value)
	_ = w.Flush()
	return stdhtml.UnescapeString(out.String())
}

// head returns at most the first n bytes of s, cut between characters.
func head(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}
