package markup

import (
	"bytes"
	stdhtml "html"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/util"
)

type document = ast.Node

// linkRel tells search engines and browsers that a member, not Samhold, set the link, and that the site behind
// it must not learn where the reader came from.
const linkRel = "nofollow noopener noreferrer ugc"

// nodes writes the nodes that Samhold shows in its own way.
type nodes struct{}

// RegisterFuncs implements renderer.NodeRenderer.
func (nodes) RegisterFuncs(reg renderer.NodeRendererFuncRegisterer) {
	reg.Register(ast.KindHeading, renderHeading)
	reg.Register(ast.KindThematicBreak, renderBreak)
	reg.Register(ast.KindFencedCodeBlock, renderCode)
	reg.Register(ast.KindLink, renderLink)
	reg.Register(ast.KindAutoLink, renderAutoLink)
	reg.Register(ast.KindImage, renderImage)
}

func renderHeading(w util.BufWriter, _ []byte, _ ast.Node, entering bool) (ast.WalkStatus, error) {
	return ast.WalkContinue, either(w, entering, "<p><strong>", "</strong></p>\n")
}

func renderBreak(w util.BufWriter, _ []byte, _ ast.Node, entering bool) (ast.WalkStatus, error) {
	return ast.WalkContinue, either(w, entering, "<p>* * *</p>\n", "")
}

func renderCode(w util.BufWriter, source []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if entering {
		_, _ = w.WriteString("<pre><code>")
		lines := n.Lines()
		for i := range lines.Len() {
			line := lines.At(i)
			html.DefaultWriter.RawWrite(w, line.Value(source))
		}
	}
	return ast.WalkContinue, either(w, entering, "", "</code></pre>\n")
}

func renderLink(w util.BufWriter, source []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	t, ok := parseTarget(n.(*ast.Link).Destination)
	if !ok || insideLink(n) {
		return ast.WalkContinue, nil
	}
	label := shownText(n, source)
	if entering {
		writeAnchor(w, t)
		if label == "" {
			_, _ = w.WriteString(t.host)
		}
		return ast.WalkContinue, nil
	}
	_, _ = w.WriteString("</a>")
	writeHost(w, t, label)
	return ast.WalkContinue, nil
}

func renderAutoLink(w util.BufWriter, source []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		return ast.WalkContinue, nil
	}
	n := node.(*ast.AutoLink)
	writeWhole(w, n, n.URL(source), string(n.Label(source)))
	return ast.WalkContinue, nil
}

// renderImage writes a link: showing the picture would tell its host who reads here.
func renderImage(w util.BufWriter, source []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		return ast.WalkContinue, nil
	}
	n := node.(*ast.Image)
	writeWhole(w, n, n.Destination, shownText(n, source))
	return ast.WalkSkipChildren, nil
}

func writeWhole(w util.BufWriter, n ast.Node, destination []byte, label string) {
	t, ok := parseTarget(destination)
	if !ok || insideLink(n) {
		_, _ = w.WriteString(stdhtml.EscapeString(label))
		return
	}
	if label == "" {
		label = t.host
	}
	writeAnchor(w, t)
	_, _ = w.WriteString(stdhtml.EscapeString(label))
	_, _ = w.WriteString("</a>")
	writeHost(w, t, label)
}

func writeAnchor(w util.BufWriter, t target) {
	_, _ = w.WriteString(`<a href="` + stdhtml.EscapeString(t.url) + `" rel="` + linkRel + `">`)
}

func writeHost(w util.BufWriter, t target, label string) {
	if label == "" || t.shownBy(label) {
		return
	}
	_, _ = w.WriteString(` <span class="host">(` + stdhtml.EscapeString(t.host) + `)</span>`)
}

// shownText is what a reader sees of n's text; characters that do not show do not count.
func shownText(n ast.Node, source []byte) string {
	return strings.TrimSpace(strings.Map(visible, plainText(n, source)))
}

// insideLink is needed because a link may hold a picture, which is itself shown as a link.
func insideLink(n ast.Node) bool {
	for p := n.Parent(); p != nil; p = p.Parent() {
		if p.Kind() == ast.KindLink {
			return true
		}
	}
	return false
}

// writeVerbatim shows a text as it was typed, for the rare one that is not read as Markdown.
func writeVerbatim(w *bytes.Buffer, source string) {
	for paragraph := range strings.SplitSeq(source, "\n\n") {
		if paragraph = strings.TrimSpace(paragraph); paragraph != "" {
			w.WriteString("<p>" + strings.ReplaceAll(stdhtml.EscapeString(paragraph), "\n", "<br>\n") + "</p>\n")
		}
	}
}

func either(w util.BufWriter, entering bool, open, end string) error {
	if !entering {
		open = end
	}
	_, err := w.WriteString(open)
	return err
}
