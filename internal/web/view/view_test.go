package view_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"samhold/internal/clock"
	"samhold/internal/i18n"
	"samhold/internal/web/view"
	"samhold/templates"
)

// examples are pages of every kind; each area's test file adds its own.
func examples() []view.Page {
	return slices.Concat(
		frontExamples(), accountExamples(), spaceExamples(), topicExamples(), moderationExamples(), adminExamples(), searchExamples(), crisisExamples(), talkExamples(), checkInExamples(), timesExamples(), rotaExamples(), handoverExamples(), lineExamples(), planExamples(), rulesExamples(), figureExamples(), referralExamples(), careExamples(), boardExamples(),
	)
}

type plainAssets struct{}

func (plainAssets) Path(name string) (string, error) { return "/static/" + name, nil }

func load(t *testing.T) *view.Engine {
	t.Helper()
	catalog, err := i18n.Load()
	if err != nil {
		t.Fatal(err)
	}
	engine := view.NewEngine(templates.Files, catalog, plainAssets{}, clock.NewFixed(night))
	if err := engine.Load(); err != nil {
		t.Fatal(err)
	}
	return engine
}

func TestEveryPageRenders(t *testing.T) {
	engine := load(t)
	seen := map[string]bool{}
	for _, page := range examples() {
		seen[page.Template()] = true
		for _, lang := range i18n.Langs {
			b := view.BaseOf(page)
			b.Lang = lang
			var buf bytes.Buffer
			if err := engine.Render(&buf, page.Template(), page); err != nil {
				t.Errorf("%s in %s: %v", page.Template(), lang, err)
				continue
			}
			got := buf.String()
			for _, bad := range []string{"<no value>", "&lt;no value&gt;", "ZgotmplZ", "%!", " style=", "<script>", " onclick"} {
				if strings.Contains(got, bad) {
					t.Errorf("%s in %s has %q", page.Template(), lang, bad)
				}
			}
			if !strings.Contains(got, `<html lang="`+string(lang)+`"`) {
				t.Errorf("%s in %s does not name its language", page.Template(), lang)
			}
		}
	}
	names, err := view.PageNames(templates.Files)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		if !seen[name] {
			t.Errorf("no example of page %s", name)
		}
	}
}
