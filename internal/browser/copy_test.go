package browser_test

import (
	"archive/zip"
	"bytes"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"testing"

	"github.com/chromedp/chromedp"
)

// exports: somebody takes their copy along and opens it from their own disk, where Samhold is not. It can be read, asks for
// nothing else (see watch), and axe has nothing to say of it.
func exports(t *testing.T, w *world) {
	axe := newAxe(t)
	for _, way := range []way{
		{phone: true, script: true, lang: "da", database: "sqlite"},
		{phone: false, script: false, lang: "da", database: "postgres"},
	} {
		t.Run(way.String(), func(t *testing.T) {
			t.Parallel()
			p := w.visitor(t, way)
			const written = "Det her tager jeg med <b>hjem</b> & læser igen."
			member, _ := p.house.author(t, written)
			p.signIn(member.Name)
			p.visit("/me/export")
			name, file := p.download("form[action='/me/export'] .button")
			if name != "data.zip" {
				t.Errorf("the copy is called %q", name)
			}

			p = w.visitor(t, way) // another browser, which has never been to Samhold
			p.disk = (&url.URL{Scheme: "file", Path: unpacked(t, file, "data.html")}).String()
			p.load("open the copy", chromedp.Navigate(p.disk))
			p.reads("copy.title")
			p.shows(written)
			for _, selector := range []string{"script", "link", "img", "iframe", "form", "[src]", "[href]", "[onload]"} {
				if n := p.count(selector); n > 0 {
					t.Errorf("the copy holds %d times %s", n, selector)
				}
			}
			if way.script {
				axe.look(p, "the copy")
			}
			p.fits("the copy")
		})
	}
}

// unpacked is the path of a file of the archive, on the disk.
func unpacked(t *testing.T, archive []byte, name string) string {
	t.Helper()
	from, err := zip.NewReader(bytes.NewReader(archive), int64(len(archive)))
	if err != nil {
		t.Fatal(err)
	}
	f, err := from.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	body, err := io.ReadAll(f)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, body, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}
