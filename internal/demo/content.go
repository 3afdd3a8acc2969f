// Package demo holds the invented Danish community that "samhold demo" opens with: spaces, people, conversations and
// guests' concerns, in the YAML files under content, which a person can edit without knowing Go.
//
// It reads those files and holds them to the rules of the forum, so that a mistake in a file is reported with its file
// and line and never reaches a database. Everything in it is made up. It must never hold anything that a real person
// wrote, said or is called, and it must never touch a real community's data.
package demo

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
)

//go:embed content
var content embed.FS

// Load returns the community built into the program.
func Load() (*Community, error) {
	dir, err := fs.Sub(content, "content")
	if err != nil {
		return nil, fmt.Errorf("demo content: %w", err)
	}
	return Read(dir)
}

// Read returns the community described by spaces.yaml, members.yaml, concerns.yaml and topics/SPACE/SLUG.yaml in dir.
// Spaces, people and concerns keep the order of their files; topics come by space, then slug.
// The error joins everything that is wrong, one line for each problem: "FILE:LINE: what is wrong".
func Read(dir fs.FS) (*Community, error) {
	c := &Community{}
	check := newChecker(c)

	var files []*file
	for _, list := range []struct {
		name string
		into any
	}{{"spaces.yaml", &c.Spaces}, {"members.yaml", &c.People}, {"concerns.yaml", &c.Concerns}} {
		f := readFile(dir, list.name, list.into)
		check.files[list.name] = f
		files = append(files, f)
	}
	names, err := fs.Glob(dir, "topics/*/*.yaml")
	if err != nil {
		return nil, fmt.Errorf("demo content: %w", err)
	}
	for _, name := range names {
		t := &Topic{Space: path.Base(path.Dir(name)), Slug: strings.TrimSuffix(path.Base(name), ".yaml")}
		f := readFile(dir, name, t)
		files = append(files, f)
		c.Topics = append(c.Topics, t)
		check.topicFiles = append(check.topicFiles, f)
	}
	if err := problems(files); err != nil {
		return nil, err
	}
	check.all()
	if err := problems(files); err != nil {
		return nil, err
	}
	return c, nil
}

// A file is one YAML file, kept with its syntax tree so that a problem found later can still name a line.
type file struct {
	name     string
	tree     *ast.File
	problems []error
}

func readFile(dir fs.FS, name string, into any) *file {
	f := &file{name: name}
	data, err := fs.ReadFile(dir, name)
	if err != nil {
		f.problems = append(f.problems, fmt.Errorf("%s: %w", name, err))
		return f
	}
	f.tree, err = parser.ParseBytes(data, 0)
	if err == nil && len(f.tree.Docs) != 1 {
		err = errors.New("one YAML document is wanted")
	}
	if err == nil {
		err = yaml.NodeToValue(f.tree.Docs[0].Body, into, yaml.Strict())
	}
	if err != nil {
		line, message := 1, err.Error()
		if at := yaml.Error(nil); errors.As(err, &at) {
			message = at.GetMessage()
			if token := at.GetToken(); token != nil {
				line = token.Position.Line
			}
		}
		f.problems = append(f.problems, fmt.Errorf("%s:%d: %s", name, line, message))
	}
	return f
}

// wrong notes a problem at a place such as "$.posts[2].by"; where the place does not exist, at the nearest one around it.
func (f *file) wrong(place, format string, args ...any) {
	f.problems = append(f.problems, fmt.Errorf("%s:%d: %s", f.name, f.line(place), fmt.Sprintf(format, args...)))
}

func (f *file) line(place string) int {
	for place != "$" {
		if p, err := yaml.PathString(place); err == nil {
			if node, err := p.FilterFile(f.tree); err == nil && node != nil {
				return node.GetToken().Position.Line
			}
		}
		cut := strings.LastIndexAny(place, ".[")
		if cut < 1 {
			break
		}
		place = place[:cut]
	}
	return 1
}

func problems(files []*file) error {
	var all []error
	for _, f := range files {
		all = append(all, f.problems...)
	}
	return errors.Join(all...)
}
