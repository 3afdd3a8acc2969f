package call

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/binary"
	"fmt"
	"net/mail"
	"regexp"
	"strings"
	"time"

	"samhold/internal/account"
	"samhold/internal/audit"
	"samhold/internal/fault"
	"samhold/internal/id"
	"samhold/internal/limit"
)

// The audited changes of how one is called; the code is the kind.
const (
	wayAdded   audit.Action = "call_way_added"
	wayRemoved audit.Action = "call_way_removed"
)

// The jobs that this package leaves.
const (
	CodeJob  = "call_code"  // sends a code to an address that was given
	TrialJob = "call_trial" // calls once, to see whether it works
)

// WayPayload names a way.
type WayPayload struct {
	Way string `json:"way"`
}

const (
	codeLasts   = 30 * time.Minute
	codeTries   = 5
	maxAddress  = 254 // characters, as mail has it
	maxBrowsers = 5
)

// What a person may send out in an hour: to an address that may not be theirs, and to themselves.
var (
	codesByAccount  = limit.Rule{Kind: "call_code", Max: 5, Window: time.Hour}
	trialsByAccount = limit.Rule{Kind: "call_trial", Max: 20, Window: time.Hour}
)

// Mine is one of a person's own ways, as only they see it.
type Mine struct {
	Way
	Address string // empty for a browser
}

// Mine lists the actor's ways in the order in which they are tried.
func (s *Service) Mine(ctx context.Context, actor account.Actor) ([]Mine, error) {
	all, err := s.Store.Ways(ctx, actor.Account)
	if err != nil {
		return nil, err
	}
	mine := make([]Mine, len(all))
	for i := range all {
		mine[i] = Mine{Way: all[i]}
		if all[i].Kind == Push {
			continue
		}
		if mine[i].Address, err = s.address(ctx, &all[i]); err != nil {
			return nil, err
		}
	}
	return mine, nil
}

// numberForm is a number of a telephone with its country's code, or what a pager is known by.
var numberForm = regexp.MustCompile(`^\+?[0-9A-Za-z._-]{3,40}$`)

// tidy returns the address as it is used, or false.
func tidy(kind Kind, typed string) (string, bool) {
	typed = strings.TrimSpace(typed)
	switch kind {
	case Mail:
		// What ParseAddress takes besides a bare address, a name say, has no place here.
		parsed, err := mail.ParseAddress(typed)
		return typed, err == nil && parsed.Address == typed && len(typed) <= maxAddress
	case Webhook:
		number := strings.NewReplacer(" ", "", "(", "", ")", "").Replace(typed)
		if len(number) == 8 && strings.Trim(number, "0123456789") == "" {
			number = "+45" + number
		}
		return number, numberForm.MatchString(number)
	default:
		return "", false
	}
}

// SetAddress takes a mail address or a number for calls, in the place of the one before, and sends a code to it: until
// that is typed back, nobody is called there. Faults stand on the field "address".
func (s *Service) SetAddress(ctx context.Context, actor account.Actor, kind Kind, typed string) error {
	if !actor.Can(account.WorkCases) || s.Gateways[kind] == nil || kind == Push {
		return fault.Missing()
	}
	address, ok := tidy(kind, typed)
	var check fault.Check
	check.Require(ok, "address", "call.address_wrong_"+string(kind))
	if err := check.Err(); err != nil {
		return err
	}
	if err := s.Limiter.Take(ctx, codesByAccount, actor.Account); err != nil {
		return err
	}
	until := actor.At.Add(codeLasts)
	return s.Tx.InTx(ctx, func(ctx context.Context) error {
		all, err := s.Store.Ways(ctx, actor.Account)
		if err != nil {
			return err
		}
		for _, w := range all {
			if w.Kind != kind {
				continue
			}
			if err := s.Store.DeleteWay(ctx, actor.Account, w.ID); err != nil {
				return err
			}
		}
		w := &Way{AccountID: actor.Account, Kind: kind, CodeUntil: &until}
		if err := s.add(ctx, actor, w, address, all); err != nil {
			return err
		}
		return s.Jobs.Enqueue(ctx, CodeJob, WayPayload{Way: w.ID})
	})
}

// add saves a way after those that the actor has, and audits it last.
func (s *Service) add(ctx context.Context, actor account.Actor, w *Way, address string, before []Way) error {
	w.ID, w.CreatedAt, w.Position = id.New(), actor.At, 1
	for _, b := range before {
		if w.Position <= b.Position {
			w.Position = b.Position + 1
		}
		if b.Kind == w.Kind {
			w.Position = b.Position
			break
		}
	}
	sealed, err := s.Vault.ForAccount(actor.Account).Seal(ctx, []byte(address), w.place())
	if err != nil {
		return fmt.Errorf("seal an address: %w", err)
	}
	w.AddressSealed, w.KeyID = sealed.Ciphertext, sealed.KeyID
	if err := s.Store.AddWay(ctx, w); err != nil {
		return err
	}
	return s.note(ctx, actor, wayAdded, w)
}

func (s *Service) note(ctx context.Context, actor account.Actor, action audit.Action, w *Way) error {
	return s.Audit.Append(ctx, audit.Event{
		At: actor.At, Actor: actor.Account, Action: action, ObjectKind: "account", ObjectID: actor.Account, Code: string(w.Kind),
	})
}

// Confirm takes the code that was sent to an address; from then on the person is called there. A wrong code is a fault
// on the field "code"; after five of them, or half an hour, a new one has to be asked for.
func (s *Service) Confirm(ctx context.Context, actor account.Actor, wayID, code string) error {
	wrong := &fault.Error{Kind: fault.Invalid, Key: "fault.form", Fields: []fault.Field{{Name: "code", Key: "call.code_wrong"}}}
	good := false
	err := s.Tx.InTx(ctx, func(ctx context.Context) error {
		w, err := s.own(ctx, actor, wayID)
		if err != nil || w.ConfirmedAt != nil {
			good = err == nil
			return err
		}
		if w.CodeUntil == nil || !actor.At.Before(*w.CodeUntil) || w.CodeTries >= codeTries {
			return nil
		}
		typed := strings.ReplaceAll(strings.TrimSpace(code), " ", "")
		good = subtle.ConstantTimeCompare([]byte(typed), []byte(s.code(w))) == 1
		w.CodeTries++
		if good {
			w.ConfirmedAt, w.CodeUntil, w.CodeTries = &actor.At, nil, 0
		}
		return s.Store.UpdateWay(ctx, w)
	})
	if err == nil && !good {
		return wrong
	}
	return err
}

// code is what is typed back for a way: six digits of a keyed hash. A new address is a new way, and has another.
func (s *Service) code(w *Way) string {
	mac := hmac.New(sha256.New, s.codeKey[:])
	mac.Write([]byte(w.ID))
	return fmt.Sprintf("%06d", binary.BigEndian.Uint64(mac.Sum(nil))%1_000_000)
}

// SendCode sends the code of a way. It is the handler of CodeJob, and may run more than once.
func (s *Service) SendCode(ctx context.Context, wayID string) error {
	w, err := s.Store.Way(ctx, wayID)
	if fault.Is(err, fault.NotFound) {
		return nil
	}
	if err != nil || w.CodeUntil == nil || !s.Clock.Now().Before(*w.CodeUntil) {
		return err
	}
	m, err := s.message(ctx, w.AccountID, "code", "", "Code", s.code(w))
	if err != nil {
		return err
	}
	m.Key = "code" + w.ID
	return final(s.carry(ctx, w, m))
}

// final is nil for what another try cannot mend.
func final(err error) error {
	if fault.Is(err, fault.Invalid) || fault.Is(err, fault.NotFound) {
		return nil
	}
	return err
}

// Remove forgets one of the actor's ways.
func (s *Service) Remove(ctx context.Context, actor account.Actor, wayID string) error {
	return s.Tx.InTx(ctx, func(ctx context.Context) error {
		w, err := s.own(ctx, actor, wayID)
		if err != nil {
			return err
		}
		if err := s.Store.DeleteWay(ctx, actor.Account, w.ID); err != nil {
			return err
		}
		return s.note(ctx, actor, wayRemoved, w)
	})
}

// First lets a kind of way be tried before the actor's others.
func (s *Service) First(ctx context.Context, actor account.Actor, kind Kind) error {
	return s.Tx.InTx(ctx, func(ctx context.Context) error {
		all, err := s.Store.Ways(ctx, actor.Account)
		if err != nil || len(all) == 0 {
			return err
		}
		first := all[0].Position - 1
		for i := range all {
			if all[i].Kind != kind {
				continue
			}
			all[i].Position = first
			if err := s.Store.UpdateWay(ctx, &all[i]); err != nil {
				return err
			}
		}
		return nil
	})
}

// Try calls the actor once by each way that they have, so that they see whether it works. Without one it is a Conflict.
func (s *Service) Try(ctx context.Context, actor account.Actor) error {
	if err := s.Limiter.Take(ctx, trialsByAccount, actor.Account); err != nil {
		return err
	}
	return s.Tx.InTx(ctx, func(ctx context.Context) error {
		all, err := s.Store.Ways(ctx, actor.Account)
		if err != nil {
			return err
		}
		tried := 0
		for i := range all {
			w := &all[i]
			if w.ConfirmedAt == nil || s.Gateways[w.Kind] == nil {
				continue
			}
			w.TestedAt, w.TestState = &actor.At, Waiting
			if err := s.Store.UpdateWay(ctx, w); err != nil {
				return err
			}
			if err := s.Jobs.Enqueue(ctx, TrialJob, WayPayload{Way: w.ID}); err != nil {
				return err
			}
			tried++
		}
		if tried == 0 {
			return fault.New(fault.Conflict, "call.none_to_try")
		}
		return nil
	})
}

// SendTrial makes one trial call and writes down how it went. It is the handler of TrialJob; it does not try again, so
// that what a person sees is what happened.
func (s *Service) SendTrial(ctx context.Context, wayID string) error {
	w, err := s.Store.Way(ctx, wayID)
	if fault.Is(err, fault.NotFound) {
		return nil
	}
	if err != nil || w.TestState != Waiting || w.TestedAt == nil {
		return err
	}
	m, err := s.message(ctx, w.AccountID, "trial", "")
	if err != nil {
		return err
	}
	sum := sha256.Sum256(fmt.Appendf(nil, "%s.%d", w.ID, w.TestedAt.UnixMicro()))
	m.Key = fmt.Sprintf("%x", sum[:16])
	sent := s.carry(ctx, w, m)
	if sent != nil && ctx.Err() != nil {
		return sent // the process ends: another one tries
	}
	return s.Tx.InTx(ctx, func(ctx context.Context) error {
		w, err := s.Store.Way(ctx, wayID)
		if err != nil {
			return final(err)
		}
		if w.TestState = Sent; sent != nil {
			w.TestState = Failed
		}
		return s.Store.UpdateWay(ctx, w)
	})
}
