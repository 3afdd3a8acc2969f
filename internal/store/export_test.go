package store

import (
	"context"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"samhold/internal/account"
)

// DB gives tests the connection, to lay out rows as no service would.
func (s *Store) DB(ctx context.Context) *gorm.DB { return s.db(ctx) }

// Scopes are the conditions by name, with the table whose rows they are about.
var Scopes = map[string]struct {
	Table string
	Where func(account.Actor) clause.Expr
}{
	"see space":  {"space", maySeeSpace},
	"read space": {"space", mayReadSpace},
	"read topic": {"topic", mayReadTopic},
	"read post":  {"post", mayReadPost},
	"meet post":  {"post", func(a account.Actor) clause.Expr { return both(mayReadTopic(a), hasPlace(a)) }},
}

// Translate gives tests the translation of PostgreSQL's errors.
var Translate = postgresDialect.translate
