package store

import (
	"samhold/internal/privacy"
)

// Privacy implements privacy.Store.
type Privacy struct{ s *Store }

// Privacy returns the queries of the clocks, of copies and of erasure.
func (s *Store) Privacy() *Privacy { return &Privacy{s} }

var _ privacy.Store = (*Privacy)(nil)
