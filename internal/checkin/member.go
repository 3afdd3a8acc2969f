package checkin

import (
	"context"
	"errors"
	"fmt"
	"time"

	"samhold/internal/account"
	"samhold/internal/crisis"
	"samhold/internal/fault"
	"samhold/internal/id"
	"samhold/internal/seal"
)

// File is a check-in before whoever may see it.
type File struct {
	CheckIn
	Note string
	Name string // of the staff who proposed it; empty for the member's own
}

// Mine returns the actor's check-in that waits, else their newest, or NotFound.
func (s *Service) Mine(ctx context.Context, actor account.Actor) (*File, error) {
	if actor.Guest() {
		return nil, fault.Missing()
	}
	c, err := s.Store.Own(ctx, actor.Account)
	if err != nil {
		return nil, err
	}
	return s.file(ctx, c)
}

// file opens the note. What stands under a key that is gone is empty.
func (s *Service) file(ctx context.Context, c *CheckIn) (*File, error) {
	f := &File{CheckIn: *c}
	if len(c.NoteSealed) > 0 {
		plain, err := s.Vault.ForAccount(c.AccountID).Open(ctx, seal.Sealed{KeyID: c.KeyID, Ciphertext: c.NoteSealed}, c.place())
		if err != nil && !errors.Is(err, seal.ErrUnknownKey) {
			return nil, fmt.Errorf("open note of a check-in: %w", err)
		}
		f.Note = string(plain)
	}
	if c.StaffID != nil {
		names, err := s.Store.StaffNames(ctx, []string{*c.StaffID})
		if err != nil {
			return nil, err
		}
		f.Name = names[*c.StaffID]
	}
	return f, nil
}

// Ask is the member asking to be looked for, which is agreed at once. It is Conflict while another of theirs waits.
func (s *Service) Ask(ctx context.Context, actor account.Actor, w Wish) error {
	if actor.Guest() {
		return fault.Missing()
	}
	now := s.Clock.Now()
	w.Note = ""
	due, err := w.check(s.Zone, now)
	if err != nil {
		return err
	}
	return s.Tx.InTx(ctx, func(ctx context.Context) error {
		here, err := s.Talk.Here(ctx, actor, "")
		if err != nil {
			return err
		}
		return s.add(ctx, &CheckIn{
			AccountID: actor.Account, SpaceID: optional(here.ID), State: Agreed, AgreedAt: &now, DueAt: due, NextAt: &due, Grace: w.Grace, Days: w.Days - 1,
		}, "", now)
	})
}

// add seals the note and saves a new check-in.
func (s *Service) add(ctx context.Context, c *CheckIn, note string, now time.Time) error {
	c.ID, c.Version, c.CreatedAt = id.New(), 1, now
	if note != "" {
		sealed, err := s.Vault.ForAccount(c.AccountID).Seal(ctx, []byte(note), c.place())
		if err != nil {
			return fmt.Errorf("seal note of a check-in: %w", err)
		}
		c.NoteSealed, c.KeyID = sealed.Ciphertext, sealed.KeyID
	}
	return s.Store.Add(ctx, c)
}

// own returns the actor's check-in, locked.
func (s *Service) own(ctx context.Context, actor account.Actor, checkInID string) (*CheckIn, error) {
	c, err := s.Store.Lock(ctx, checkInID)
	if err == nil && (actor.Guest() || c.AccountID != actor.Account) {
		err = fault.Missing()
	}
	return c, err
}

// Agree is the member's yes to a proposal, at its time or at another that suits them better. What is no proposal any more
// is Conflict.
func (s *Service) Agree(ctx context.Context, actor account.Actor, checkInID string, w Wish) error {
	now := s.Clock.Now()
	return s.Tx.InTx(ctx, func(ctx context.Context) error {
		c, err := s.own(ctx, actor, checkInID)
		if err != nil {
			return err
		}
		if c.State != Proposed {
			return fault.Stale()
		}
		w.Grace, w.Note = c.Grace, "" // how long those on duty wait is theirs to say
		due, err := w.check(s.Zone, now)
		if err != nil {
			return err
		}
		c.State, c.AgreedAt, c.DueAt, c.NextAt, c.Days = Agreed, &now, due, &due, w.Days-1
		if err := s.Store.Update(ctx, c, c.Version); err != nil {
			return err
		}
		return s.tell(ctx, c)
	})
}

// End is the member's no to a proposal, or to what they had agreed to. What is over already stays as it is.
func (s *Service) End(ctx context.Context, actor account.Actor, checkInID string) error {
	return s.Tx.InTx(ctx, func(ctx context.Context) error {
		c, err := s.own(ctx, actor, checkInID)
		if err != nil || !c.State.Waits() {
			return err
		}
		agreed := c.State == Agreed
		c.settle(Ended, "", s.Clock.Now())
		if err := s.Store.Update(ctx, c, c.Version); err != nil {
			return err
		}
		if agreed {
			if err := s.Desk.Heard(ctx, c.AccountID, "check_in_ended"); err != nil {
				return err
			}
		}
		return s.tell(ctx, c)
	})
}

// Say is the member's answer, in time or too late. Hard is a press of the button for help as well, at any time. Said twice
// it is one answer; too early it is Conflict.
func (s *Service) Say(ctx context.Context, actor account.Actor, checkInID string, answer Answer) error {
	if answer != Here && answer != Hard {
		var check fault.Check
		check.Add("answer", "check_in.answer_missing")
		return check.Err()
	}
	return s.Tx.InTx(ctx, func(ctx context.Context) error {
		now := s.Clock.Now()
		c, err := s.own(ctx, actor, checkInID)
		if err != nil {
			return err
		}
		switch {
		case c.Answerable(now):
			if err := s.answered(ctx, c, answer, now); err != nil {
				return err
			}
		case c.State == Agreed && answer == Here:
			return fault.New(fault.Conflict, "check_in.early")
		case answer == Here && c.Answer == "": // it was taken back meanwhile: nobody waits for it
			return fault.Stale()
		}
		if answer != Hard {
			return nil
		}
		membership, err := s.Store.Membership(ctx, c.AccountID, deref(c.SpaceID))
		if err != nil {
			return err
		}
		return s.Desk.Press(ctx, actor, crisis.Where{Space: deref(c.SpaceID), Membership: membership})
	})
}

// answered keeps an answer, writes it into the open case, and begins the next day's.
func (s *Service) answered(ctx context.Context, c *CheckIn, answer Answer, now time.Time) error {
	kind, state := "check_in_answered", Answered
	if c.State == Missed {
		kind, state = "check_in_late", Missed // that it was missed stays true
	}
	c.settle(state, answer, now)
	if err := s.Store.Update(ctx, c, c.Version); err != nil {
		return err
	}
	if err := s.Desk.Heard(ctx, c.AccountID, kind); err != nil {
		return err
	}
	if err := s.tell(ctx, c); err != nil || state == Missed {
		return err
	}
	return s.again(ctx, c, now)
}

// again begins the check-in of the next day of a row of them, at the same time of the wall's clock.
func (s *Service) again(ctx context.Context, c *CheckIn, now time.Time) error {
	due, passed := nextDay(c.DueAt, now, s.Zone)
	if passed > c.Days {
		return nil
	}
	f, err := s.file(ctx, c)
	if err != nil {
		return err
	}
	return s.add(ctx, &CheckIn{
		AccountID: c.AccountID, SpaceID: c.SpaceID, StaffID: c.StaffID, State: Agreed, AgreedAt: &now,
		DueAt: due, NextAt: &due, Grace: c.Grace, Days: c.Days - passed,
	}, f.Note, now)
}

// tell lets whoever proposed it know that something was heard of it, if they still work there.
func (s *Service) tell(ctx context.Context, c *CheckIn) error {
	if c.StaffID == nil {
		return nil
	}
	team, err := s.Desk.Everybody(ctx, deref(c.SpaceID), c.AccountID)
	if err != nil {
		return fmt.Errorf("who works there: %w", err)
	}
	for _, p := range team {
		if p == *c.StaffID {
			return s.Notifier.Notify(ctx, p, NoticeHeard, c.ID)
		}
	}
	return nil
}

// Wall gives a moment as the two fields of a form show it.
func (s *Service) Wall(at time.Time) (day, clock string) {
	at = at.In(s.Zone)
	return at.Format(time.DateOnly), at.Format("15:04")
}
