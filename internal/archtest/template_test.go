package archtest_test

import (
	"go/ast"
	"go/token"
	"io/fs"
	"path"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"samhold/templates"
)

// pages maps the type of a page to the template that its method Template names.
func pages(t *testing.T) map[string]string {
	t.Helper()
	found := map[string]string{}
	for _, f := range product(t) {
		if f.pkg != "internal/web/view" {
			continue
		}
		for _, d := range f.syntax.Decls {
			method, ok := d.(*ast.FuncDecl)
			if !ok || method.Name.Name != "Template" || method.Recv == nil {
				continue
			}
			receiver, ok := method.Recv.List[0].Type.(*ast.StarExpr)
			if !ok {
				continue
			}
			ast.Inspect(method.Body, func(n ast.Node) bool {
				if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.STRING {
					name, err := strconv.Unquote(lit.Value)
					if err != nil {
						t.Fatal(err)
					}
					found[receiver.X.(*ast.Ident).Name] = name
				}
				return true
			})
		}
	}
	return found
}

// used are the types of internal/web/view that the handlers name.
func used(t *testing.T) map[string]bool {
	t.Helper()
	names := map[string]bool{}
	for _, f := range product(t) {
		if f.pkg != "internal/web" {
			continue
		}
		ast.Inspect(f.syntax, func(n ast.Node) bool {
			if s, ok := n.(*ast.SelectorExpr); ok {
				if x, ok := s.X.(*ast.Ident); ok && x.Name == "view" {
					names[s.Sel.Name] = true
				}
			}
			return true
		})
	}
	return names
}

func TestEveryPageIsShownByAHandler(t *testing.T) {
	reached := map[string]bool{}
	handlers := used(t)
	for kind, template := range pages(t) {
		if !handlers[kind] {
			t.Errorf("no handler shows view.%s", kind)
		}
		reached["page/"+template+".html"] = true
	}
	each(t, func(name, _ string) {
		if strings.HasPrefix(name, "page/") && !reached[name] {
			t.Errorf("no page has the template %s", name)
		}
	})
}

var (
	define = regexp.MustCompile(`\{\{-?\s*define\s+"([^"]+)"`)
	call   = regexp.MustCompile(`\{\{-?\s*(?:template|block)\s+"([^"]+)"`)
)

func TestEveryPieceIsCalled(t *testing.T) {
	defined, called := map[string]string{}, map[string]bool{}
	each(t, func(name, text string) {
		for _, m := range define.FindAllStringSubmatch(text, -1) {
			if !strings.HasPrefix(name, "page/") && !strings.HasPrefix(m[1], "layout/") {
				defined[m[1]] = name
			}
		}
		for _, m := range call.FindAllStringSubmatch(text, -1) {
			called[m[1]] = true
		}
	})
	if len(defined) == 0 {
		t.Fatal("no piece found")
	}
	for piece, name := range defined {
		if !called[piece] {
			t.Errorf("%s: nothing calls %q", name, piece)
		}
	}
}

func each(t *testing.T, visit func(name, text string)) {
	t.Helper()
	err := fs.WalkDir(templates.Files, ".", func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || path.Ext(p) != ".html" {
			return err
		}
		text, err := fs.ReadFile(templates.Files, p)
		if err == nil {
			visit(p, string(text))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
