// Package archtest holds the house to its picture in docs/architecture.md. It reads the files themselves rather than
// asking "go list", because Go then knows which files a kept result depends on.
package archtest_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
)

const (
	module = "samhold/"
	root   = "../.." // the top of the project
)

// file is one Go file; its package is named by its folder.
type file struct {
	path   string // from the top of the project, with slashes
	pkg    string
	test   bool
	lines  int
	syntax *ast.File
	fset   *token.FileSet
}

// imports are the paths that the file imports; those of Samhold begin with "internal/" and the like.
func (f file) imports() []string {
	var paths []string
	for _, spec := range f.syntax.Imports {
		p, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			continue // the parser has seen to it
		}
		paths = append(paths, strings.TrimPrefix(p, module))
	}
	return paths
}

// house reads every Go file of the project once.
var house = sync.OnceValues(func() ([]file, error) {
	fset := token.NewFileSet()
	var files []file
	for _, top := range []string{"cmd", "internal", "migrations", "static", "templates"} {
		err := filepath.WalkDir(filepath.Join(root, top), func(p string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || filepath.Ext(p) != ".go" {
				return err
			}
			body, err := os.ReadFile(p)
			if err != nil {
				return err
			}
			syntax, err := parser.ParseFile(fset, p, body, parser.ParseComments|parser.SkipObjectResolution)
			if err != nil {
				return err
			}
			rel, err := filepath.Rel(root, p)
			if err != nil {
				return err
			}
			rel = filepath.ToSlash(rel)
			files = append(files, file{
				path: rel, pkg: path.Dir(rel), test: strings.HasSuffix(rel, "_test.go"),
				lines: strings.Count(string(body), "\n"), syntax: syntax, fset: fset,
			})
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	return files, nil
})

// product are the files that are not tests.
func product(t *testing.T) []file {
	t.Helper()
	files, err := house()
	if err != nil {
		t.Fatal(err)
	}
	return slices.DeleteFunc(slices.Clone(files), func(f file) bool { return f.test })
}

// within reports whether the package is one of the patterns, or below one that ends in "/...".
func within(pkg string, patterns ...string) bool {
	return slices.ContainsFunc(patterns, func(p string) bool {
		top, deep := strings.CutSuffix(p, "/...")
		return pkg == top || deep && strings.HasPrefix(pkg, top+"/")
	})
}
