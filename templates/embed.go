// Package templates holds the pages as files, so that the binary carries them.
package templates

import "embed"

// Files are the layouts, partials and pages.
//
//go:embed layout partial page
var Files embed.FS
