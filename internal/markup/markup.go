// Package markup turns what people write into HTML that is safe to show, and is the only package that makes
// trusted HTML. Two walls stand behind each other: goldmark without raw HTML writes only what render.go lets it,
// and bluemonday then lets through only what policy.go names. Nothing that is shown may load anything from
// another host, run anything, or disturb the page around it. It must never be handed a page's own HTML.
//
// The dialect is CommonMark with strikethrough and bare links, made kinder to people who have never heard of
// Markdown: a line break is a line break, an indented line is not code, "<sigh>" is text and not a tag, and
// "24. december" keeps its number. Headings become bold paragraphs, pictures become links.
package markup

import (
	"bytes"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"samhold/internal/fault"
)

// PolicyVersion names the rules that made a piece of HTML. It is stored beside the HTML; raise it with every
// change to what this package lets through, so that older HTML can be made anew from its Markdown.
const PolicyVersion = 1

// MaxBytes is the longest Markdown that is rendered. Forms refuse longer text before it comes here.
const MaxBytes = 20000

// markdown and policy never change after the program has started; both are safe for concurrent use.
var (
	markdown = newMarkdown()
	policy   = newPolicy()
)

// Render returns the HTML of a text, safe to put into a page as it is. The fault Invalid is returned for text
// that is longer than MaxBytes or that Clean refuses.
func Render(source string) (string, error) {
	if len(source) > MaxBytes {
		return "", fault.New(fault.Invalid, "markup.too_long")
	}
	source, err := Clean(source)
	if err != nil {
		return "", err
	}
	var b bytes.Buffer
	if tangled(source) {
		writeVerbatim(&b, source)
	} else if err := markdown.Convert([]byte(source), &b); err != nil {
		return "", err
	}
	return seal(b.String()), nil
}

// seal is the second wall. What arrived as an entity (&#x202e;) is a plain character only after the sanitiser,
// so the characters that Clean refuses are taken out once more; in escaped HTML that cannot make new markup.
func seal(unsafe string) string {
	return strings.Map(visible, policy.Sanitize(unsafe))
}

// newMarkdown lists the parsers one by one: raw HTML and indented code are missing on purpose.
func newMarkdown() goldmark.Markdown {
	return goldmark.New(
		goldmark.WithParser(parser.NewParser(
			parser.WithBlockParsers(blockParsers()...),
			parser.WithInlineParsers(inlineParsers()...),
			parser.WithParagraphTransformers(parser.DefaultParagraphTransformers()...),
			parser.WithASTTransformers(util.Prioritized(tamer{}, 1000)),
		)),
		goldmark.WithRenderer(renderer.NewRenderer(renderer.WithNodeRenderers(
			util.Prioritized(nodes{}, 100),
			util.Prioritized(extension.NewStrikethroughHTMLRenderer(), 500),
			util.Prioritized(html.NewRenderer(html.WithHardWraps()), 1000),
		))),
	)
}

func blockParsers() []util.PrioritizedValue {
	return []util.PrioritizedValue{
		util.Prioritized(parser.NewSetextHeadingParser(), 100),
		util.Prioritized(parser.NewThematicBreakParser(), 200),
		util.Prioritized(parser.NewListParser(), 300),
		util.Prioritized(parser.NewListItemParser(), 400),
		util.Prioritized(parser.NewATXHeadingParser(), 600),
		util.Prioritized(parser.NewFencedCodeBlockParser(), 700),
		util.Prioritized(parser.NewBlockquoteParser(), 800),
		util.Prioritized(paragraphParser{parser.NewParagraphParser()}, 1000),
	}
}

// paragraphParser also takes indented lines. Without it goldmark drops them where indented code is not parsed.
type paragraphParser struct{ parser.BlockParser }

// CanAcceptIndentedLine implements parser.BlockParser.
func (paragraphParser) CanAcceptIndentedLine() bool { return true }

func inlineParsers() []util.PrioritizedValue {
	return []util.PrioritizedValue{
		util.Prioritized(parser.NewCodeSpanParser(), 100),
		util.Prioritized(parser.NewLinkParser(), 200),
		util.Prioritized(parser.NewAutoLinkParser(), 300),
		util.Prioritized(parser.NewEmphasisParser(), 500),
		util.Prioritized(extension.NewStrikethroughParser(), 500),
		util.Prioritized(extension.NewLinkifyParser(extension.WithLinkifyURLRegexp(bareURL)), 999),
	}
}

// parse returns the tree of a text and the bytes that its segments point into.
func parse(source string) (document, []byte) {
	b := []byte(source)
	return markdown.Parser().Parse(text.NewReader(b)), b
}
