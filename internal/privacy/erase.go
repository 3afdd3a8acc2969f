package privacy

import (
	"context"
	"fmt"
	"time"

	"samhold/internal/account"
	"samhold/internal/audit"
	"samhold/internal/fault"
	"samhold/internal/id"
	"samhold/internal/job"
)

// Choice is what becomes of the posts of somebody who erases their account.
type Choice string

// The choices.
const (
	Stay   Choice = "stay"   // they stay, without a name, as by a former member
	Remove Choice = "remove" // their texts go too
)

func (c Choice) valid() bool { return c == Stay || c == Remove }

// Subject is somebody who may be erased.
type Subject struct {
	State    string
	OpenCase bool
}

// Erasure is what the store is asked to do.
type Erasure struct {
	Account string
	Choice  Choice
	Name    string // takes the place of the sign-in name; the same for nobody else, and about nobody
	At      time.Time
}

type eraseStore interface {
	// Subject returns the account and keeps others from changing it until the transaction ends; NotFound if there is
	// none.
	Subject(ctx context.Context, accountID string) (Subject, error)
	// Erase does with every row of the account what Schema says, and returns the posts that the index must look at
	// again.
	Erase(ctx context.Context, e Erasure) (posts []string, err error)
}

// LedgerJob is the kind of job that makes sure that an erasure stands in the ledger.
const LedgerJob = "erasure_ledger"

// LedgerPayload is what the job needs: ids, a time and a code.
type LedgerPayload struct {
	Account string    `json:"account"`
	At      time.Time `json:"at"`
	Choice  Choice    `json:"choice"`
}

// The audited ways in which an account ends: by its owner, by its clock, or again after a restore.
const (
	accountErased audit.Action = "account_erased"

	codeDormant     = "dormant"
	codeAfterBackup = "restored"
)

// Erase erases the actor's account for good. No choice is a fault on the field "choice"; somebody who has not shown
// lately that they are the actor erases nothing: it is NotFound. When it returns, nothing that names the person is left in the
// database but what cases and the log keep until their clocks end, and the erasure stands in the ledger.
func (s *Service) Erase(ctx context.Context, actor account.Actor, choice Choice) error {
	var check fault.Check
	check.Require(choice.valid(), "choice", "erase.choice_missing")
	if err := check.Err(); err != nil {
		return err
	}
	if !actor.Confirmed() {
		return fault.Missing()
	}
	// Somebody who cannot be remembered as erased would come back with the next restored backup.
	if err := s.Ledger.Check(); err != nil {
		return fault.Wrap(fault.Unavailable, "fault.unavailable", err)
	}
	_, err := s.erase(ctx, Entry{Account: actor.Account, At: s.Clock.Now(), Choice: choice}, string(choice))
	return err
}

// erase erases one account, unless it is erased already, and writes it into the ledger.
func (s *Service) erase(ctx context.Context, e Entry, code string) (done bool, err error) {
	remember := s.Ledger.Kept() && code != codeAfterBackup // what is replayed stands there already
	err = s.Tx.InTx(ctx, func(ctx context.Context) error {
		subject, err := s.Store.Subject(ctx, e.Account)
		if err != nil || subject.State == account.Erased {
			return err
		}
		done = true
		if err := s.Spaces.RetireAliases(ctx, e.Account); err != nil {
			return err
		}
		if err := s.CheckIns.PersonLeft(ctx, e.Account); err != nil {
			return err
		}
		posts, err := s.Store.Erase(ctx, Erasure{Account: e.Account, Choice: e.Choice, Name: tombstone(), At: e.At})
		if err != nil {
			return fmt.Errorf("erase account: %w", err)
		}
		if err := s.Vault.DestroyAccount(ctx, e.Account); err != nil {
			return err
		}
		for _, post := range posts {
			if err := s.Jobs.IndexPost(ctx, post); err != nil {
				return err
			}
		}
		if len(posts) > 0 {
			if err := s.Jobs.Renew(ctx, s.Clock.Now()); err != nil {
				return err
			}
		}
		if remember {
			if err := s.Queue.Enqueue(ctx, LedgerJob, LedgerPayload(e), job.Once(e.Account)); err != nil {
				return err
			}
		}
		if subject.OpenCase {
			if err := s.Cases.PersonLeft(ctx, e.Account); err != nil {
				return err
			}
		}
		// The log says that it happened and not to whom: the ledger knows.
		return s.Audit.Append(ctx, audit.Event{At: s.Clock.Now(), Action: accountErased, ObjectKind: "account", Code: code})
	})
	if err != nil || !done || !remember {
		return done && err == nil, err
	}
	if err := s.Ledger.Append(e); err != nil {
		// The account is gone, and the job tries again until the ledger knows it.
		s.Log.ErrorContext(ctx, "erasure not in the ledger yet", "err", err.Error())
	}
	return true, nil
}

// tombstone is a name that nobody is given: sign-in names have no colon.
func tombstone() string { return "erased:" + id.New() }

// WriteLedger makes sure that an erasure stands in the ledger. It is the handler of LedgerJob.
func (s *Service) WriteLedger(_ context.Context, p LedgerPayload) error {
	entries, _, err := s.Ledger.Read()
	if err != nil {
		return err
	}
	for _, e := range entries {
		if e.Account == p.Account {
			return nil
		}
	}
	return s.Ledger.Append(Entry(p))
}

// Replayed is what became of the ledger's lines.
type Replayed struct {
	Erased  int   // accounts that the restored database still had, and that are gone again
	Already int   // accounts that were erased in it already
	Unknown int   // accounts that it never had
	Bad     []int // lines that are not whole, or were not written by this installation
}

// Replay erases again everybody whom the ledger names, with the choice that they made. It is called after a restore,
// before anybody is served; calling it twice does no more than once. Bad lines are passed over and returned.
func (s *Service) Replay(ctx context.Context) (Replayed, error) {
	entries, bad, err := s.Ledger.Read()
	r := Replayed{Bad: bad}
	if err != nil {
		return r, err
	}
	for _, e := range entries {
		done, err := s.erase(ctx, e, codeAfterBackup)
		switch {
		case fault.Is(err, fault.NotFound):
			r.Unknown++
		case err != nil:
			return r, err
		case done:
			r.Erased++
		default:
			r.Already++
		}
	}
	return r, nil
}
