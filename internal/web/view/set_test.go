package view_test

import (
	"bytes"
	"strings"
	"testing"
	"testing/fstest"

	"samhold/internal/clock"
	"samhold/internal/i18n"
	"samhold/internal/web/view"
)

// markedAssets has a path that must be escaped.
type markedAssets struct{}

func (markedAssets) Path(name string) (string, error) { return `/static/1+2"/` + name, nil }

// The page's file overrides the frame's definition; what is said is the same whether it was known at the start or not.
func TestWhatIsKnownIsSaidAtTheStart(t *testing.T) {
	catalog, err := i18n.Load()
	if err != nil {
		t.Fatal(err)
	}
	const layout = `{{define "layout/base"}}<!doctype html>{{$key := "layout.help"}}<title>{{t .Kind}}</title>
{{block "main" .}}nothing{{end}}{{end}}{{define "layout/bare"}}{{template "main" .}}{{end}}`
	const partial = `{{define "partial/seen"}}seen {{t "layout.help"}}{{end}}{{define "partial/unseen"}}{{end}}`
	for _, test := range []struct{ name, main, want, wrong string }{
		{name: "a text", main: `<p>{{t "layout.help"}}, {{$k := "layout.help"}}{{t $k}}</p>`, want: `<p>Få hjælp nu, Få hjælp nu</p>`},
		{
			name: "an address", main: `{{$f := "a.css"}}<a href="{{asset "a.css"}}" title="{{asset "a.css"}}">{{asset "a.css"}} {{asset $f}}</a>`,
			want: `<a href="/static/1&#43;2&#34;/a.css" title="/static/1&#43;2&#34;/a.css">/static/1&#43;2&#34;/a.css /static/1&#43;2&#34;/a.css</a>`,
		},
		{name: "a sign", main: `{{sign "exit"}}`, want: `<svg class="sign" aria-hidden="true"><use href="/static/1+2&#34;/img/signs.svg#exit"/></svg>`},
		{
			name: "in branches", main: `{{range list 1 2}}{{with .}}{{t "layout.help"}}{{end}}{{else}}{{t "layout.exit"}}{{end}}`,
			want: `Få hjælp nuFå hjælp nu`,
		},
		{name: "a partial of the frame", main: `{{if .Kind}}{{template "partial/seen"}}{{end}}`, want: `seen Få hjælp nu`},
		{name: "no such text", main: `{{if false}}{{t "no.such_text"}}{{end}}`, wrong: `"no.such_text" is missing`},
		{name: "no such partial", main: `{{if false}}{{template "partial/gone"}}{{end}}`, wrong: `no template "partial/gone"`},
	} {
		t.Run(test.name, func(t *testing.T) {
			files := fstest.MapFS{
				"layout/base.html":            {Data: []byte(layout)},
				"partial/some.html":           {Data: []byte(partial)},
				"page/front/unavailable.html": {Data: []byte(`{{define "main"}}` + test.main + `{{end}}`)},
			}
			engine := view.NewEngine(files, catalog, markedAssets{}, clock.NewFixed(night))
			err := engine.Load()
			if test.wrong != "" {
				if err == nil || !strings.Contains(err.Error(), test.wrong) {
					t.Errorf("got %v, want an error with %s", err, test.wrong)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			page := &view.SearchPage{Base: view.Base{Lang: i18n.Danish, Kind: "layout.help"}}
			var got bytes.Buffer
			if err := engine.Render(&got, "front/unavailable", page); err != nil {
				t.Fatal(err)
			}
			if want := "<!doctype html><title>Få hjælp nu</title>\n" + test.want; got.String() != want {
				t.Errorf("got  %s\nwant %s", got.String(), want)
			}
		})
	}
}
