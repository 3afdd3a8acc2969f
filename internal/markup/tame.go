package markup

import (
	"regexp"
	"strconv"
	"strings"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

const (
	maxBlockDepth  = 8 // quotes and lists inside each other; deeper ones are shown at this depth
	maxInlineDepth = 6 // emphasis inside each other
	// maxMarkers is how many characters that open or close emphasis, links or code a text may hold and still be
	// read as Markdown: 20 kB of "*a_" took 190 ms without it.
	maxMarkers = 4000
)

// openers finds a line that opens more than twenty quotes and lists: 3,333 times "1. " and then empty lines took
// 30 seconds.
var openers = regexp.MustCompile(`(?m)^(?:[ \t]*(?:>|[*+-][ \t]|[0-9]{1,9}[.)][ \t])){21}`)

// attrNumber marks every item of an ordered list with the number that it shows; it is not written into the HTML.
const attrNumber = "samhold-number"

// tangled reports whether reading the text as Markdown would cost more than a person's text ever does.
func tangled(source string) bool {
	markers := 0
	for i := range len(source) {
		if strings.IndexByte("*_~[]!<>`", source[i]) >= 0 {
			markers++
		}
	}
	return markers > maxMarkers || openers.MatchString(source)
}

// tamer changes the tree between parsing and showing.
type tamer struct{}

// Transform implements parser.ASTTransformer.
func (tamer) Transform(document *ast.Document, reader text.Reader, _ parser.Context) {
	tame(document, reader.Source(), 0, 0)
}

func tame(parent ast.Node, source []byte, blocks, inlines int) {
	for n := parent.FirstChild(); n != nil; {
		b, i := blocks, inlines
		switch n.Kind() {
		case ast.KindBlockquote, ast.KindList:
			b++
		case ast.KindEmphasis, extast.KindStrikethrough:
			i++
		}
		if b > maxBlockDepth || i > maxInlineDepth {
			n = unwrap(parent, n)
			continue
		}
		if list, ok := n.(*ast.List); ok && list.IsOrdered() {
			keepNumbers(list, source)
		}
		tame(n, source, b, i)
		n = n.NextSibling()
	}
}

// unwrap puts the children of n in its place and returns the first node to look at next.
func unwrap(parent, n ast.Node) ast.Node {
	next := n.NextSibling()
	var first ast.Node
	move := func(from ast.Node) {
		for c := from.FirstChild(); c != nil; {
			after := c.NextSibling()
			parent.InsertBefore(parent, n, c)
			if first == nil {
				first = c
			}
			c = after
		}
	}
	if n.Kind() == ast.KindList {
		for item := n.FirstChild(); item != nil; item = item.NextSibling() {
			move(item)
		}
	} else {
		move(n)
	}
	parent.RemoveChild(parent, n)
	if first == nil {
		return next
	}
	return first
}

// keepNumbers makes an ordered list show the numbers that were written. Markdown counts on from the first one,
// which would turn "24. december" and "26. december" into neighbours that nobody wrote.
func keepNumbers(list *ast.List, source []byte) {
	want := list.Start
	for item := list.FirstChild(); item != nil; item = item.NextSibling() {
		if got, ok := writtenNumber(item, source); ok && got != want {
			item.SetAttributeString("value", []byte(strconv.Itoa(got)))
			want = got
		}
		item.SetAttributeString(attrNumber, []byte(strconv.Itoa(want)))
		want++
	}
}

// writtenNumber reads the number before a list item's first line.
func writtenNumber(item ast.Node, source []byte) (int, bool) {
	first := item.FirstChild()
	if first == nil || first.Type() != ast.TypeBlock || first.Lines() == nil || first.Lines().Len() == 0 {
		return 0, false
	}
	start := first.Lines().At(0).Start
	before := strings.TrimRight(string(source[max(0, start-16):start]), " \t")
	if before == "" || (before[len(before)-1] != '.' && before[len(before)-1] != ')') {
		return 0, false
	}
	before = before[:len(before)-1]
	digits := len(before)
	for digits > 0 && before[digits-1] >= '0' && before[digits-1] <= '9' {
		digits--
	}
	number, err := strconv.Atoi(before[digits:])
	return number, err == nil
}
