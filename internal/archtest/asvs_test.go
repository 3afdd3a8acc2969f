package archtest_test

import (
	"go/ast"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestSecurityTableIsWhole holds docs/asvs.md to what it says: each requirement of levels 1 and 2 of the OWASP
// Application Security Verification Standard 5.0.0 is answered, in its chapter or among what does not apply, and
// every test and file that it names exists.
func TestSecurityTableIsWhole(t *testing.T) {
	doc := read(t, "docs/asvs.md")
	rows := firstColumns(doc)
	for number := range strings.FieldsSeq(read(t, "internal/archtest/testdata/asvs-5.0-level-2.txt")) {
		if !rows[number] {
			t.Errorf("docs/asvs.md says nothing of %s", number)
		}
		delete(rows, number)
	}
	for number := range rows {
		t.Errorf("docs/asvs.md speaks of %s, which the standard does not have at these levels", number)
	}
	tests := testNames(t)
	for _, name := range regexp.MustCompile("`(Test[A-Za-z]+)`").FindAllStringSubmatch(doc, -1) {
		if !tests[name[1]] {
			t.Errorf("docs/asvs.md names %s, and there is no such test", name[1])
		}
	}
	for _, file := range regexp.MustCompile("`((?:docs|internal|scripts|static|deploy)/?[a-z0-9_/.-]*|Dockerfile|docker-compose.yml)`").FindAllStringSubmatch(doc, -1) {
		if _, err := os.Stat(filepath.Join(root, file[1])); err != nil {
			t.Errorf("docs/asvs.md names %s: %v", file[1], err)
		}
	}
}

// firstColumns are the numbers that stand in the first cell of a row.
func firstColumns(doc string) map[string]bool {
	numbers := map[string]bool{}
	for line := range strings.Lines(doc) {
		cells := strings.Split(line, "|")
		if len(cells) < 3 {
			continue
		}
		for _, n := range regexp.MustCompile(`V\d+\.\d+\.\d+`).FindAllString(cells[1], -1) {
			numbers[n] = true
		}
	}
	return numbers
}

func testNames(t *testing.T) map[string]bool {
	t.Helper()
	files, err := house()
	if err != nil {
		t.Fatal(err)
	}
	names := map[string]bool{}
	for _, f := range files {
		for _, d := range f.syntax.Decls {
			if fn, ok := d.(*ast.FuncDecl); ok && f.test {
				names[fn.Name.Name] = true
			}
		}
	}
	return names
}

func read(t *testing.T, path string) string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(root, path))
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}
