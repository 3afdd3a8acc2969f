// Package migrations carries the schema into the binary. A migration is one portable file NNNN_name.sql, or the
// pair NNNN_name.sqlite.sql and NNNN_name.postgres.sql where the databases differ. A file that has been released
// must never change: the next one mends it.
package migrations

import "embed"

// Files are the migrations, in the form that internal/store runs.
//
//go:embed *.sql
var Files embed.FS
