package search

import (
	"context"
	"time"

	"samhold/internal/account"
	"samhold/internal/fault"
)

// State says which index was built from the database, and how far a rebuild is. It is kept in the database, so that
// every process and every page knows.
type State struct {
	ID        int    `gorm:"primaryKey"`
	Build     string // the index's Build when it was last built from this database
	Running   bool
	Done      int // posts, of Total
	Total     int
	UpdatedAt time.Time
}

// TableName is the table of the one state.
func (State) TableName() string { return "search_state" }

// abandoned is after how long without a sign a rebuild counts as dead.
const abandoned = 10 * time.Minute

// Alive reports whether a rebuild is under way.
func (s State) Alive(now time.Time) bool { return s.Running && now.Sub(s.UpdatedAt) < abandoned }

// Standing is how the index stands, in numbers that staff may know.
type Standing struct {
	Down       bool // the engine does not answer
	Rebuilding bool
	Done       int // posts that are in the new index, of Total
	Total      int
	Waiting    int // posts whose change is not yet in the index
}

// State tells how the index stands. NotFound without ManageJobs.
func (s *Service) State(ctx context.Context, a account.Actor) (*Standing, error) {
	if !a.Can(account.ManageJobs) {
		return nil, fault.Missing()
	}
	state, err := s.Store.State(ctx)
	if err != nil {
		return nil, err
	}
	_, waiting, err := s.Store.SourceCount(ctx)
	if err != nil {
		return nil, err
	}
	ask, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	return &Standing{
		Down: s.Index.Healthy(ask) != nil, Rebuilding: state.Alive(s.Clock.Now()), Done: state.Done, Total: state.Total, Waiting: waiting,
	}, nil
}
