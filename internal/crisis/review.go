package crisis

import (
	"context"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"samhold/internal/account"
	"samhold/internal/audit"
	"samhold/internal/fault"
	"samhold/internal/id"
	"samhold/internal/markup"
	"samhold/internal/seal"
)

// reviewWithin is how long the team has to look back at a crisis after its end.
const reviewWithin = 72 * time.Hour

// maxReview is the longest part of a review, in characters.
const maxReview = 4000

// CaseReview is a look back at a crisis after its end. What it says is sealed, and read by the case's staff alone.
type CaseReview struct {
	ID            string `gorm:"primaryKey"`
	CaseID        string
	EndedAt       time.Time
	DueAt         time.Time
	DoneAt        *time.Time
	AuthorID      *string
	SeenSealed    []byte
	LateSealed    []byte
	ChangedSealed []byte
	KeyID         string
}

// Late reports whether the review should have been written by now.
func (r *CaseReview) Late(now time.Time) bool { return r.DoneAt == nil && now.After(r.DueAt) }

func (r *CaseReview) place(column string) seal.Place {
	return seal.Place{Table: "case_review", Column: column, Row: r.ID}
}

// Lookback is what a review says.
type Lookback struct {
	Seen    string // what was seen
	Late    string // what was late
	Changed string // what is done otherwise from now on
}

func (l *Lookback) clean() error {
	var check fault.Check
	for _, f := range []struct {
		name, missing string
		value         *string
	}{
		{"review_seen", "reviews.seen_missing", &l.Seen},
		{"review_late", "reviews.late_missing", &l.Late},
		{"review_changed", "reviews.changed_missing", &l.Changed},
	} {
		v, err := markup.Clean(*f.value)
		if err := check.AddError(f.name, err); err != nil {
			return err
		}
		*f.value = strings.TrimSpace(v)
		check.Require(*f.value != "", f.name, f.missing)
		check.Require(utf8.RuneCountInString(*f.value) <= maxReview, f.name, "crisis.contact_long", "Max", maxReview)
	}
	return check.Err()
}

// ReviewFile is a review as its page shows it.
type ReviewFile struct {
	CaseReview
	Lookback
	Author   string
	Category string
}

type reviewStore interface {
	// AddReview saves r unless the case has a review that waits to be written.
	AddReview(ctx context.Context, r *CaseReview) error
	// WaitingReviews are the reviews to write, of cases within the scope, the longest due first.
	WaitingReviews(ctx context.Context, scope Scope) ([]CaseReview, error)
	// Review returns a review, or NotFound; inside a transaction it is locked.
	Review(ctx context.Context, reviewID string) (*CaseReview, error)
	FinishReview(ctx context.Context, r *CaseReview) error
	// CountReviews counts openings to look at and reviews to write, of cases within the scope.
	CountReviews(ctx context.Context, scope Scope, now time.Time) (Reviews, error)
	reporterStore
}

// askReview leaves a review to be written of a crisis that has ended.
func (s *Service) askReview(ctx context.Context, c *Case, now time.Time) error {
	if c.State.Open() || !c.NeedsTwo() {
		return nil
	}
	return s.store.AddReview(ctx, &CaseReview{ID: id.New(), CaseID: c.ID, EndedAt: now, DueAt: now.Add(reviewWithin)})
}

// CaseReviews are the reviews to write where the actor signs cases.
func (s *Service) CaseReviews(ctx context.Context, actor account.Actor) ([]CaseReview, error) {
	if !actor.Can(account.SignCases) {
		return nil, fault.Missing()
	}
	return s.store.WaitingReviews(ctx, scopeOf(actor))
}

// CaseReview returns a review, opened if it is written. Reading it is audited.
func (s *Service) CaseReview(ctx context.Context, actor account.Actor, reviewID string) (*ReviewFile, error) {
	var f *ReviewFile
	err := s.tx.InTx(ctx, func(ctx context.Context) error {
		r, err := s.store.Review(ctx, reviewID)
		if err != nil {
			return err
		}
		c, err := s.capable(ctx, actor, r.CaseID, account.SignCases)
		if err != nil {
			return err
		}
		names, err := s.store.StaffNames(ctx, []string{deref(r.AuthorID)})
		if err != nil {
			return err
		}
		f = &ReviewFile{CaseReview: *r, Author: names[deref(r.AuthorID)], Category: c.CategoryKey()}
		if r.DoneAt == nil {
			return nil
		}
		for _, p := range []struct {
			column string
			sealed []byte
			into   *string
		}{
			{"seen_sealed", r.SeenSealed, &f.Seen}, {"late_sealed", r.LateSealed, &f.Lookback.Late}, {"changed_sealed", r.ChangedSealed, &f.Changed},
		} {
			plain, err := s.vault.ForHouse().Open(ctx, seal.Sealed{KeyID: r.KeyID, Ciphertext: p.sealed}, r.place(p.column))
			if err != nil {
				return fmt.Errorf("open review: %w", err)
			}
			*p.into = string(plain)
		}
		return s.audit.Append(ctx, audit.Event{
			At: actor.At, Actor: actor.Account, Action: "case_review_read", ObjectKind: "case", ObjectID: c.ID, SpaceID: deref(c.SpaceID),
		})
	})
	return f, err
}

// WriteReview writes a review once; afterwards it stands. Who worked the case may write it.
func (s *Service) WriteReview(ctx context.Context, actor account.Actor, reviewID string, l Lookback) error {
	if err := l.clean(); err != nil {
		return err
	}
	return s.tx.InTx(ctx, func(ctx context.Context) error {
		r, err := s.store.Review(ctx, reviewID)
		if err != nil {
			return err
		}
		c, err := s.capable(ctx, actor, r.CaseID, account.SignCases)
		if err != nil {
			return err
		}
		if r.DoneAt != nil {
			return fault.Stale()
		}
		r.DoneAt, r.AuthorID = &actor.At, &actor.Account
		for _, p := range []struct {
			column, text string
			into         *[]byte
		}{{"seen_sealed", l.Seen, &r.SeenSealed}, {"late_sealed", l.Late, &r.LateSealed}, {"changed_sealed", l.Changed, &r.ChangedSealed}} {
			sealed, err := s.vault.ForHouse().Seal(ctx, []byte(p.text), r.place(p.column))
			if err != nil {
				return fmt.Errorf("seal review: %w", err)
			}
			*p.into, r.KeyID = sealed.Ciphertext, sealed.KeyID
		}
		if err := s.store.FinishReview(ctx, r); err != nil {
			return err
		}
		return s.record(ctx, actor, c, Event{Kind: "reviewed", FromState: c.State, ToState: c.State})
	})
}

// Reviews counts what waits for a second look.
type Reviews struct {
	Waiting int
	Late    int
}

// Reviews counts what waits for a second look where the actor signs cases.
func (s *Service) Reviews(ctx context.Context, actor account.Actor) (Reviews, error) {
	if !actor.Can(account.SignCases) {
		return Reviews{}, fault.Missing()
	}
	return s.store.CountReviews(ctx, scopeOf(actor), actor.At)
}
