package web

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"math/bits"
	"mime"
	"path"
	"strings"
	"sync"

	"github.com/andybalholm/brotli"
	"github.com/gofiber/fiber/v2"

	"samhold/static"
)

// assets serves the static files from memory, compressed once at start. Their address carries a digest of all
// of them, so that they are cached for a year and style sheets refer to fonts relatively.
type assets struct {
	version string
	files   map[string]asset
}

type asset struct {
	kind               string
	plain, gzip, brotl []byte
}

// staticAssets are those of this binary, compressed once.
var staticAssets = sync.OnceValues(func() (*assets, error) { return newAssets(static.Files) })

func newAssets(files fs.FS) (*assets, error) {
	a := &assets{files: map[string]asset{}}
	digest := sha256.New()
	err := fs.WalkDir(files, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		body, err := fs.ReadFile(files, name)
		if err != nil {
			return err
		}
		fmt.Fprintf(digest, "%s %d\n", name, len(body))
		digest.Write(body)
		f := asset{kind: kindOf(name), plain: body}
		if compressible(name) {
			if f.gzip, f.brotl, err = squash(body); err != nil {
				return err
			}
		}
		a.files[name] = f
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read static files: %w", err)
	}
	a.version = hex.EncodeToString(digest.Sum(nil))[:12]
	return a, nil
}

func kindOf(name string) string {
	if kind := mime.TypeByExtension(path.Ext(name)); kind != "" {
		return kind
	}
	if path.Ext(name) == ".woff2" {
		return "font/woff2"
	}
	return "text/plain; charset=utf-8"
}

func compressible(name string) bool {
	switch path.Ext(name) {
	case ".css", ".js", ".svg", ".txt", ".webmanifest":
		return true
	}
	return false
}

func squash(body []byte) (gz, br []byte, err error) {
	var g, b bytes.Buffer
	gw, err := gzip.NewWriterLevel(&g, gzip.BestCompression)
	if err != nil {
		return nil, nil, err
	}
	if _, err := gw.Write(body); err != nil {
		return nil, nil, err
	}
	if err := gw.Close(); err != nil {
		return nil, nil, err
	}
	// A window as wide as the file: with the usual one the eight files took 160 MB before the first page was served.
	window := min(max(10, bits.Len(uint(len(body)))), 22)
	bw := brotli.NewWriterOptions(&b, brotli.WriterOptions{Quality: brotli.BestCompression, LGWin: window})
	if _, err := bw.Write(body); err != nil {
		return nil, nil, err
	}
	if err := bw.Close(); err != nil {
		return nil, nil, err
	}
	return g.Bytes(), b.Bytes(), nil
}

// Path implements view.Assets.
func (a *assets) Path(name string) (string, error) {
	if _, ok := a.files[name]; !ok {
		return "", fmt.Errorf("no static file %q", name)
	}
	return "/static/" + a.version + "/" + name, nil
}

func (a *assets) serve(c *fiber.Ctx) error {
	f, ok := a.files[c.Params("*")]
	if !ok {
		return fiber.ErrNotFound
	}
	if c.Params("version") == a.version {
		c.Set(fiber.HeaderCacheControl, "public, max-age=31536000, immutable")
	} else {
		// An older page after an upgrade: today's file, not to be kept.
		c.Set(fiber.HeaderCacheControl, "no-cache")
	}
	c.Set(fiber.HeaderContentType, f.kind)
	c.Vary(fiber.HeaderAcceptEncoding)
	accepted := c.Get(fiber.HeaderAcceptEncoding)
	switch {
	case f.brotl != nil && strings.Contains(accepted, "br"):
		c.Set(fiber.HeaderContentEncoding, "br")
		return c.Send(f.brotl)
	case f.gzip != nil && strings.Contains(accepted, "gzip"):
		c.Set(fiber.HeaderContentEncoding, "gzip")
		return c.Send(f.gzip)
	}
	return c.Send(f.plain)
}
