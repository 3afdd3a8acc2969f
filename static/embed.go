// Package static carries what the browser fetches beside the pages: one style
// sheet, one small script, the typeface and the signs. Everything here is the
// same for everyone and may be cached for ever under a hashed name; nothing
// that belongs to a person is ever placed in it. docs/design-system.md is its
// catalogue.
package static

import "embed"

// Files holds css/, js/, font/ and img/ with their paths as in this folder.
//
//go:embed css js font img
var Files embed.FS
