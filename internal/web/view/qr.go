package view

import (
	"fmt"
	"strings"

	"rsc.io/qr"
)

// QR is a square of dark and light for a camera. It is drawn into the page itself, so that a secret in it has no address
// and stands in no cache.
type QR struct {
	Size int    // of a side with its light margin, in modules
	Path string // the dark modules, as the path of an SVG
}

// quiet is the light margin around the code, in modules.
const quiet = 4

// NewQR draws a short text.
func NewQR(text string) (QR, error) {
	code, err := qr.Encode(text, qr.M)
	if err != nil {
		return QR{}, fmt.Errorf("draw code for a camera: %w", err)
	}
	var path strings.Builder
	for y := range code.Size {
		for x := 0; x < code.Size; x++ {
			from := x
			for x < code.Size && code.Black(x, y) {
				x++
			}
			if x > from {
				fmt.Fprintf(&path, "M%d %dh%dv1h-%dz", from+quiet, y+quiet, x-from, x-from)
			}
		}
	}
	return QR{Size: code.Size + 2*quiet, Path: path.String()}, nil
}
