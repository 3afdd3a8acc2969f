package crisis

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"time"

	"samhold/internal/fault"
	"samhold/internal/id"
)

// CallJob is the kind of job that carries one call out of the house.
const CallJob = "case_call"

// CallPayload names the call.
type CallPayload struct {
	Attempt string `json:"attempt"`
}

// Workbench is the way that everybody has: a notice beside the workbench. It never leaves the house and cannot fail.
const Workbench = "workbench"

// The kinds of notice that the desk makes; both name the case.
const (
	NoticeCase  = "case"
	NoticeLetGo = "case_let_go" // somebody had it, and nobody has it now
)

// Attempt is one call of one person by one way. It says how far the call came, never why: a gateway sees the level, a
// neutral text and a link.
type Attempt struct {
	ID             string `gorm:"primaryKey"`
	CaseID         string
	Generation     int
	AccountID      *string
	Way            string
	State          string // waiting, sent, failed
	Tries          int
	Code           string // of the last failure: a fault's kind, never text; or Carried
	IdempotencyKey string
	CreatedAt      time.Time
	UpdatedAt      time.Time
}

// TableName implements GORM's naming.
func (Attempt) TableName() string { return "call_attempt" }

// Call is what leaves the house.
type Call struct {
	Key     string // the same when a call is repeated, so that a gateway can leave out the second copy
	Account string
	Way     string
	Level   string
}

// Ways are the ways to call people outside the workbench. A way sees nothing of the case but its level.
type Ways interface {
	// Of returns the ways that the person has set up, in the order in which they are tried.
	Of(ctx context.Context, accountID string) ([]string, error)
	// Send calls. It runs outside transactions and may run twice with the same key. What is Invalid or NotFound is not
	// tried again: the next way is.
	Send(ctx context.Context, c Call) error
}

// maxTries is how often one way is tried before the next.
const maxTries = 3

// page calls the people: each finds a notice at the workbench, and the first of their ways out of the house is tried.
func (s *Service) page(ctx context.Context, c *Case, notice string, people []string, now time.Time) error {
	noticeFor, err := s.anyway(ctx, c, notice, people)
	if err != nil {
		return err
	}
	for _, p := range people {
		if err := s.notice(ctx, c, p, noticeFor(p), now); err != nil {
			return err
		}
		if s.ways == nil {
			continue
		}
		ways, err := s.ways.Of(ctx, p)
		if err != nil {
			return fmt.Errorf("ways to call: %w", err)
		}
		if len(ways) > 0 {
			if err := s.leave(ctx, c, p, ways[0], now); err != nil {
				return err
			}
		}
	}
	return nil
}

// notice calls a person at the workbench: with the record it is done.
func (s *Service) notice(ctx context.Context, c *Case, person, kind string, now time.Time) error {
	a := newAttempt(c, person, Workbench, now)
	a.State, a.Tries = "sent", 1
	fresh, err := s.store.AddAttempt(ctx, a)
	if err != nil || !fresh {
		return err
	}
	return s.notifier.Notify(ctx, person, kind, c.ID)
}

// leave records a call by a way out of the house; it leaves with a job.
func (s *Service) leave(ctx context.Context, c *Case, person, way string, now time.Time) error {
	a := newAttempt(c, person, way, now)
	fresh, err := s.store.AddAttempt(ctx, a)
	if err != nil || !fresh {
		return err
	}
	return s.jobs.Enqueue(ctx, CallJob, CallPayload{Attempt: a.ID}, apart(c, a, now))
}

func newAttempt(c *Case, person, way string, now time.Time) *Attempt {
	return &Attempt{
		ID: id.New(), CaseID: c.ID, Generation: c.Generation, AccountID: &person, Way: way, State: "waiting", CreatedAt: now, UpdatedAt: now,
		IdempotencyKey: callKey(c, person, way),
	}
}

// callKey is the same for the same call, and tells a gateway neither the case nor whom it calls: ids are random, so
// nobody finds them from it.
func callKey(c *Case, person, way string) string {
	sum := sha256.Sum256(fmt.Appendf(nil, "%s.%d.%s.%s", c.ID, c.Generation, person, way))
	return hex.EncodeToString(sum[:16])
}

// Deliver carries out one call, and goes on to the person's next way when this one keeps failing. It is the handler of
// CallJob and may run more than once, also at the same time. A case that is closed by now calls nobody any more.
func (s *Service) Deliver(ctx context.Context, attemptID string) error {
	a, err := s.store.Attempt(ctx, attemptID)
	if fault.Is(err, fault.NotFound) {
		return nil // the case, or the person's account, is gone
	}
	if err != nil || a.State != "waiting" || s.ways == nil {
		return err
	}
	c, err := s.store.Case(ctx, Scope{Everywhere: true, Guests: true}, a.CaseID)
	if err != nil {
		return err
	}
	carried, err := s.carried(ctx, c, a)
	if err != nil {
		return err
	}
	var sent error
	switch {
	case !c.State.Open():
		sent = fault.New(fault.Invalid, "fault.stale")
	case !carried:
		sent = s.ways.Send(ctx, Call{Key: a.IdempotencyKey, Account: deref(a.AccountID), Way: a.Way, Level: c.Level})
	}
	state := a.State
	err = s.tx.InTx(ctx, func(ctx context.Context) error {
		if c, err = s.store.Case(ctx, Scope{Everywhere: true, Guests: true}, a.CaseID); err != nil {
			return err
		}
		state, err = s.callEnds(ctx, c, a, sent, carried)
		return err
	})
	if fault.Is(err, fault.NotFound) {
		return nil // gone while it was called
	}
	if err == nil && state == "waiting" {
		return sent
	}
	return err
}

// callEnds writes down how a call went, and takes the next way when this one has failed for good. It returns the state
// of the call from now on. While it was under way another worker may have made it too, because the claim on the job ran
// out: what that one wrote stays, unless the call has arrived only now. A call that another one carried was not tried.
func (s *Service) callEnds(ctx context.Context, c *Case, seen *Attempt, sent error, carried bool) (state string, err error) {
	a, err := s.store.Attempt(ctx, seen.ID)
	if err != nil {
		return "", err
	}
	if a.State != "waiting" || sent != nil && a.Tries != seen.Tries {
		return a.State, nil
	}
	now := s.clock.Now()
	a.Tries, a.UpdatedAt = a.Tries+1, now
	switch {
	case carried:
		a.State, a.Code, a.Tries = "sent", Carried, seen.Tries
	case sent == nil:
		a.State, a.Code = "sent", ""
	case a.Tries >= maxTries, fault.Is(sent, fault.Invalid), fault.Is(sent, fault.NotFound):
		a.State, a.Code = "failed", fault.KindOf(sent).String()
	default:
		a.Code = fault.KindOf(sent).String()
	}
	if err := s.store.UpdateAttempt(ctx, a); err != nil || a.State != "failed" || !c.State.Open() {
		return a.State, err
	}
	return a.State, s.nextWay(ctx, c, a, now)
}

// nextWay tries the way that comes after the one that failed.
func (s *Service) nextWay(ctx context.Context, c *Case, failed *Attempt, now time.Time) error {
	ways, err := s.ways.Of(ctx, deref(failed.AccountID))
	if err != nil {
		return fmt.Errorf("ways to call: %w", err)
	}
	for i, w := range ways {
		if w == failed.Way && i+1 < len(ways) {
			c.Generation = failed.Generation
			return s.leave(ctx, c, deref(failed.AccountID), ways[i+1], now)
		}
	}
	return nil
}
