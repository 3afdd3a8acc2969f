package archtest_test

import (
	"go/ast"
	"path"
	"strings"
	"testing"
)

func TestEveryPackageSaysWhatItIsFor(t *testing.T) {
	docs := map[string]string{}
	for _, f := range product(t) {
		if f.syntax.Doc != nil {
			docs[f.pkg] += f.syntax.Doc.Text()
		} else {
			docs[f.pkg] += ""
		}
	}
	for pkg, doc := range docs {
		want := "Package " + path.Base(pkg) + " "
		if within(pkg, "cmd/...", "internal/testkit/pgserver") {
			want = "Command " + path.Base(pkg) + " "
		}
		if !strings.HasPrefix(doc, want) {
			t.Errorf("the doc comment of %s begins %.40q, want %q", pkg, doc, want)
		}
	}
}

func TestNobodyLooksAtTheWatch(t *testing.T) {
	for _, f := range product(t) {
		if within(f.pkg, append(forTests, "internal/clock")...) {
			continue
		}
		ast.Inspect(f.syntax, func(n ast.Node) bool {
			s, ok := n.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			x, ok := s.X.(*ast.Ident)
			if ok && x.Name == "time" && (s.Sel.Name == "Now" || s.Sel.Name == "Since" || s.Sel.Name == "Until") {
				t.Errorf("%s: time.%s; take the clock that is passed in", f.fset.Position(n.Pos()), s.Sel.Name)
			}
			return true
		})
	}
}

func TestFilesStayShort(t *testing.T) {
	const most = 500
	for _, f := range product(t) {
		if f.lines > most && !within(f.pkg, forTests...) {
			t.Errorf("%s has %d lines, want at most %d: is it still one subject?", f.path, f.lines, most)
		}
	}
}
