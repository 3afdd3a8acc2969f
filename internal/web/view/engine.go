// Package view turns typed pages into HTML: the template engine, the page types and the functions that
// templates use. It must never fetch data or decide what somebody may see.
package view

import (
	"bytes"
	"fmt"
	"html/template"
	"io"
	"io/fs"
	"path"
	"strings"
	"sync"

	"samhold/internal/clock"
	"samhold/internal/i18n"
)

// Page is a typed page. Every page embeds Base.
type Page interface {
	// Template is the page's path below templates/page, without the ending: "topic/show".
	Template() string
	base() *Base
}

// Engine implements fiber.Views: one template set per page and language, rendered to a buffer first so
// that a failing page never leaves half of itself. It is safe for concurrent use after Load.
type Engine struct {
	files   fs.FS
	catalog *i18n.Catalog
	assets  Assets
	clock   clock.Clock
	pages   map[i18n.Lang]map[string]*template.Template
	buffers sync.Pool
}

// NewEngine returns an engine over files, which has the folders layout, partial and page.
// Times are said as seen from clock: today, yesterday.
func NewEngine(files fs.FS, catalog *i18n.Catalog, assets Assets, clock clock.Clock) *Engine {
	return &Engine{
		files: files, catalog: catalog, assets: assets, clock: clock,
		buffers: sync.Pool{New: func() any { return new(bytes.Buffer) }},
	}
}

// Load parses every page in every language. It implements fiber.Views.
func (e *Engine) Load() error {
	names, err := PageNames(e.files)
	if err != nil {
		return err
	}
	e.pages = map[i18n.Lang]map[string]*template.Template{}
	for _, lang := range i18n.Langs {
		if e.pages[lang], err = e.load(lang, names); err != nil {
			return fmt.Errorf("in %s: %w", lang, err)
		}
	}
	return nil
}

func (e *Engine) load(lang i18n.Lang, names []string) (map[string]*template.Template, error) {
	empty := template.New("").Funcs(functions(e.catalog.Texts(lang), e.assets, e.clock)).Option("missingkey=error")
	frame, err := e.parse(empty, "layout/*.html", "partial/*.html")
	if err != nil {
		return nil, fmt.Errorf("frame: %w", err)
	}
	sets := []*template.Template{frame}
	for _, name := range names {
		own, err := e.parse(empty, "page/"+name+".html")
		if err != nil {
			return nil, fmt.Errorf("page %s: %w", name, err)
		}
		sets = append(sets, own)
	}
	fold := &folder{empty: empty, known: map[string][]byte{}}
	if err := fold.learn(sets...); err != nil {
		return nil, err
	}
	pages := make(map[string]*template.Template, len(names))
	for i, name := range names {
		if pages[name], err = pageSet(empty, frame, sets[i+1], fold); err != nil {
			return nil, fmt.Errorf("page %s: %w", name, err)
		}
	}
	return pages, nil
}

func (e *Engine) parse(empty *template.Template, patterns ...string) (*template.Template, error) {
	set, err := empty.Clone()
	if err == nil {
		set, err = set.ParseFS(e.files, patterns...)
	}
	if err != nil {
		return nil, fmt.Errorf("parse: %w", err)
	}
	return set, nil
}

// PageNames lists the pages in files, as Page.Template names them.
func PageNames(files fs.FS) ([]string, error) {
	var names []string
	err := fs.WalkDir(files, "page", func(p string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() && path.Ext(p) == ".html" {
			names = append(names, strings.TrimSuffix(strings.TrimPrefix(p, "page/"), ".html"))
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("list pages: %w", err)
	}
	return names, nil
}

// Render implements fiber.Views. The binding must be a Page whose template is name; layouts are the pages' own.
func (e *Engine) Render(w io.Writer, name string, binding any, _ ...string) error {
	page, ok := binding.(Page)
	if !ok {
		return fmt.Errorf("render %s: %T is no page", name, binding)
	}
	base := page.base()
	set := e.pages[base.Lang][name]
	if set == nil {
		return fmt.Errorf("render %s: no such page in %q", name, base.Lang)
	}
	buf := e.buffers.Get().(*bytes.Buffer)
	defer e.buffers.Put(buf)
	buf.Reset()
	if err := set.ExecuteTemplate(buf, "layout/"+base.layout(), page); err != nil {
		return fmt.Errorf("render %s: %w", name, err)
	}
	if _, err := buf.WriteTo(w); err != nil {
		return fmt.Errorf("write %s: %w", name, err)
	}
	return nil
}
