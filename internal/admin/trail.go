package admin

import (
	"context"
	"errors"
	"io/fs"
	"time"

	"samhold/internal/account"
	"samhold/internal/audit"
	"samhold/internal/fault"
)

// Filter says which events of the audit log somebody looks for.
type Filter struct {
	Action string    // empty for every action
	From   time.Time // zero for every day
	To     time.Time
	Page   int // from 1
}

// Whole reports whether the filter leaves nothing out and stands at the newest event.
func (f Filter) Whole() bool { return f.Action == "" && f.From.IsZero() && f.Page == 1 }

// PerPage is how many events a page of the log has.
const PerPage = 50

// Trace is an event with the names that staff know.
type Trace struct {
	audit.Event
	Name      string // of the actor among staff, empty for Samhold itself
	SpaceName string
	Hidden    bool // it is about the reader: they learn its number and time only
}

// shownTo leaves out what the reader may not know. The stored chain stays as it is.
func (t Trace) shownTo(a account.Actor) Trace {
	switch {
	case t.Hidden:
		return Trace{Event: audit.Event{Seq: t.Seq, At: t.At}, Hidden: true}
	case t.ObjectKind == "case" && !a.Can(account.WorkCases):
		t.ObjectID, t.Code = "", ""
	}
	return t
}

// Check is what verifying the log said.
type Check struct {
	Done       bool // false when it took too long
	Checked    int64
	Problems   []audit.Problem
	Checkpoint int64 // the number of the newest checkpoint, 0 if there is none
	Unreadable bool  // there is a checkpoint file and it cannot be read
}

// Trail is a page of the audit log.
type Trail struct {
	Events []Trace
	Total  int
	Pages  int
	Check  *Check // on the newest page only
}

// checkTime is how long the page waits for the log to be verified. "samhold audit verify" waits longer.
const checkTime = 3 * time.Second

// Trail returns a page of the log to whoever may read it, without what is about themselves and, for readers who work
// no cases, without which case and its level. The newest page also says whether the chain holds.
func (s *Service) Trail(ctx context.Context, a account.Actor, f Filter) (*Trail, error) {
	if !a.Can(account.ReadAudit) {
		return nil, fault.Missing()
	}
	events, total, err := s.Store.Trail(ctx, a.Account, f)
	if err != nil {
		return nil, err
	}
	for i := range events {
		events[i] = events[i].shownTo(a)
	}
	t := &Trail{Events: events, Total: total, Pages: max(1, (total+PerPage-1)/PerPage)}
	if f.Whole() {
		t.Check, err = s.check(ctx)
	}
	return t, err
}

func (s *Service) check(ctx context.Context) (*Check, error) {
	ctx, cancel := context.WithTimeout(ctx, checkTime)
	defer cancel()
	var c Check
	var checkpoint *audit.Head
	if s.Checkpoint != "" {
		var err error
		checkpoint, err = audit.ReadCheckpoint(s.Checkpoint)
		switch {
		case errors.Is(err, fs.ErrNotExist):
		case err != nil:
			c.Unreadable = true
		default:
			c.Checkpoint = checkpoint.Seq
		}
	}
	r, err := s.Audit.Verify(ctx, checkpoint)
	if errors.Is(err, context.DeadlineExceeded) {
		return &c, nil
	}
	if err != nil {
		return nil, err
	}
	c.Done, c.Checked, c.Problems = true, r.Checked, r.Problems
	return &c, nil
}
