package markup

import (
	"bytes"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/renderer/html"
)

// RenderRaw is what an ordinary forum would do: goldmark as it comes, with raw HTML let through. With sanitise
// it passes the second wall alone.
func RenderRaw(source string, sanitise bool) (string, error) {
	md := goldmark.New(
		goldmark.WithExtensions(extension.Strikethrough, extension.Linkify),
		goldmark.WithRendererOptions(html.WithUnsafe()),
	)
	var b bytes.Buffer
	if err := md.Convert([]byte(source), &b); err != nil {
		return "", err
	}
	if !sanitise {
		return b.String(), nil
	}
	return seal(b.String()), nil
}
