package privacy

import (
	"context"
	"fmt"
	"time"

	"samhold/internal/account"
	"samhold/internal/audit"
)

// Dormancy says which accounts nobody uses.
type Dormancy struct {
	Now          time.Time
	WarnBefore   time.Time // last seen before that, and not warned: to be warned
	EraseBefore  time.Time // last seen before that
	WarnedBefore time.Time // and warned before that: to be erased
	Limit        int
}

type clockStore interface {
	// Expire ends everything whose time under the clock was over before the given moment; what nobody ever answered or
	// looked at, from late on.
	Expire(ctx context.Context, key ClockKey, before, late time.Time) error
	// SweptAll is when all clocks were last looked at; zero for never.
	SweptAll(ctx context.Context) (time.Time, error)
	SetSweptAll(ctx context.Context, at time.Time) error
	// Dormant returns accounts to warn and to erase; none of staff. Closed ones, of an earlier version, are to be erased.
	Dormant(ctx context.Context, d Dormancy) (warn, erase []string, err error)
	// Warned notes that the account was told.
	Warned(ctx context.Context, accountID string, at time.Time) error
	// Shells are the accounts erased before the given moment.
	Shells(ctx context.Context, before time.Time) ([]string, error)
	// DropShell deletes an erased account unless something still names it. It is a transaction of its own.
	DropShell(ctx context.Context, accountID string) error
}

// Reads are the audited actions that only look, and that say when somebody of the team was here. They are forgotten
// sooner than those that change something, or that open what somebody has given so that they can be found.
var Reads = []audit.Action{
	"case_viewed", "case_text_opened", "concern_opened", "post_opened", "report_opened", "thread_opened", "case_thread_opened", "case_support_read",
	account.StaffEntered, account.StaffProven,
}

// NoticeDormant is the notice that an account is about to be erased because nobody uses it.
const NoticeDormant = "dormant"

const (
	warnedFor = 30 * day // between the warning and the end
	seenMonth = 31 * day // how much later somebody may have been here than account.seen_at says
	perSweep  = 100      // accounts at once
)

// Short reports whether the clock is looked at with every sweep; the others are once a day.
func (c Clock) Short() bool { return c.Lasts <= 2*day }

// daily is how often the long clocks are looked at.
const daily = 20 * time.Hour

// Sweep ends what has had its time: under the short clocks with every call, under all of them once a day. It may run
// as often as one likes, in several processes.
func (s *Service) Sweep(ctx context.Context) error {
	now := s.Clock.Now()
	last, err := s.Store.SweptAll(ctx)
	if err != nil {
		return err
	}
	all := now.Sub(last) >= daily
	for _, c := range Clocks {
		if !all && !c.Short() {
			continue
		}
		if err := s.run(ctx, c); err != nil {
			return fmt.Errorf("clock %s: %w", c.Key, err)
		}
	}
	if !all {
		return nil
	}
	return s.Tx.InTx(ctx, func(ctx context.Context) error { return s.Store.SetSweptAll(ctx, now) })
}

func (s *Service) run(ctx context.Context, c Clock) error {
	now := s.Clock.Now()
	before := now.Add(-c.Lasts)
	switch c.Key {
	case ClockReads:
		if err := s.Audit.Prune(ctx, before, Reads...); err != nil {
			return err
		}
	case ClockLog:
		return s.Audit.Prune(ctx, before)
	case ClockDormant:
		return s.sweepDormant(ctx, now, c.Lasts)
	case ClockShell:
		shells, err := s.Store.Shells(ctx, before)
		if err != nil {
			return err
		}
		for _, id := range shells {
			if err := s.Store.DropShell(ctx, id); err != nil {
				return err
			}
		}
		return nil
	default: // its rows expire
	}
	late := now.Add(-max(year, c.Lasts))
	return s.Tx.InTx(ctx, func(ctx context.Context) error { return s.Store.Expire(ctx, c.Key, before, late) })
}

// sweepDormant warns the owners of accounts that nobody uses, and a month later erases those that are still not used.
// Their posts stay without a name: nobody is there to choose.
func (s *Service) sweepDormant(ctx context.Context, now time.Time, lasts time.Duration) error {
	gone := now.Add(-lasts - seenMonth)
	warn, erase, err := s.Store.Dormant(ctx, Dormancy{
		Now: now, WarnBefore: gone.Add(warnedFor), EraseBefore: gone, WarnedBefore: now.Add(-warnedFor), Limit: perSweep,
	})
	if err != nil {
		return err
	}
	for _, id := range warn {
		err := s.Tx.InTx(ctx, func(ctx context.Context) error {
			if err := s.Store.Warned(ctx, id, now); err != nil {
				return err
			}
			return s.Accounts.Notify(ctx, id, NoticeDormant, "")
		})
		if err != nil {
			return err
		}
	}
	if len(erase) > 0 {
		if err := s.Ledger.Check(); err != nil {
			return err
		}
	}
	for _, id := range erase {
		if _, err := s.erase(ctx, Entry{Account: id, At: now, Choice: Stay}, codeDormant); err != nil {
			return err
		}
	}
	return nil
}
