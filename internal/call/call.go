// Package call carries calls out of the house: by mail, by web push, and by a signed webhook to whoever sends text
// messages. It knows whom to call and how, and of a case nothing but its level. It must never put into a call what
// somebody wrote, who it is about, or what kind of site this is.
package call

import (
	"context"
	"fmt"
	"slices"
	"time"

	"samhold/internal/account"
	"samhold/internal/audit"
	"samhold/internal/clock"
	"samhold/internal/crisis"
	"samhold/internal/fault"
	"samhold/internal/i18n"
	"samhold/internal/job"
	"samhold/internal/limit"
	"samhold/internal/seal"
	"samhold/internal/tx"
	"samhold/internal/vault"
)

// Kind is one way of calling.
type Kind string

// The kinds.
const (
	Mail    Kind = "mail"
	Push    Kind = "push"
	Webhook Kind = "webhook" // to whoever sends text messages, or to a pager
)

// The states of a trial call.
const (
	Waiting = "waiting"
	Sent    = "sent"
	Failed  = "failed"
)

// Way is one way to call one person: an address, or one browser.
type Way struct {
	ID            string `gorm:"primaryKey"`
	AccountID     string
	Kind          Kind
	Position      int // in which order a person's kinds are tried
	AddressSealed []byte
	KeyID         string
	CodeUntil     *time.Time // until when the code that was sent may be typed back
	CodeTries     int
	ConfirmedAt   *time.Time // nil: nobody has shown that the address is theirs
	TestedAt      *time.Time
	TestState     string
	CreatedAt     time.Time
}

// TableName implements GORM's naming.
func (Way) TableName() string { return "call_way" }

func (w *Way) place() seal.Place {
	return seal.Place{Table: "call_way", Column: "address_sealed", Row: w.ID}
}

// Message is what a gateway carries. All of it may be read by everybody on its way.
type Message struct {
	Key      string // the same when a message is sent again
	Subject  string
	Body     string // with the link
	Short    string // in a few words, with the link
	Link     string
	Priority int // 1 is the most urgent, 4 the least; 0 for what is no call
	At       time.Time
}

// Gateway carries messages by one kind of way. Its faults say what to do: Unavailable, try again; Invalid, it is
// refused for good; NotFound, the address is no more.
type Gateway interface {
	Send(ctx context.Context, address string, m Message) error
}

// Store keeps ways.
type Store interface {
	AddWay(ctx context.Context, w *Way) error
	// Ways lists the account's ways in the order in which they are tried.
	Ways(ctx context.Context, accountID string) ([]Way, error)
	// Way returns a way; in a transaction it is locked. NotFound if there is none.
	Way(ctx context.Context, wayID string) (*Way, error)
	UpdateWay(ctx context.Context, w *Way) error
	DeleteWay(ctx context.Context, accountID, wayID string) error
	// DeleteWaysOfFormerStaff deletes the ways of those who hold no role any more.
	DeleteWaysOfFormerStaff(ctx context.Context, at time.Time) error
	// Reachable are those of the accounts that have a way by one of the kinds.
	Reachable(ctx context.Context, accountIDs []string, kinds []Kind) ([]string, error)
	// Locale is the language that the account has chosen, or empty.
	Locale(ctx context.Context, accountID string) (string, error)
}

// Jobs is where work that follows a commit is left.
type Jobs interface {
	Enqueue(ctx context.Context, kind string, payload any, options ...job.Option) error
}

// Deps are what calling is built from; all are needed.
type Deps struct {
	Store    Store
	Tx       tx.Runner
	Clock    clock.Clock
	Vault    *vault.Vault
	Jobs     Jobs
	Limiter  *limit.Limiter
	Audit    *audit.Log
	Texts    *i18n.Catalog
	Gateways map[Kind]Gateway // those that this installation has
	Link     string           // where a call leads to: it tells nothing, and asks who comes
}

// Service keeps the ways of the team, and calls by them. It implements crisis.Ways.
type Service struct {
	Deps
	codeKey [32]byte
}

var _ crisis.Ways = (*Service)(nil)

// New builds the service.
func New(d Deps) *Service {
	return &Service{Deps: d, codeKey: d.Vault.Derive("call code")}
}

// sendTakes bounds one attempt to call by one way.
const sendTakes = 10 * time.Second

// Kinds are those that this installation has, in a fixed order.
func (s *Service) Kinds() []Kind {
	return slices.DeleteFunc([]Kind{Push, Webhook, Mail}, func(k Kind) bool { return s.Gateways[k] == nil })
}

// Of implements crisis.Ways.
func (s *Service) Of(ctx context.Context, accountID string) ([]string, error) {
	all, err := s.Store.Ways(ctx, accountID)
	if err != nil {
		return nil, err
	}
	var kinds []string
	for _, w := range all {
		if w.ConfirmedAt != nil && s.Gateways[w.Kind] != nil && !slices.Contains(kinds, string(w.Kind)) {
			kinds = append(kinds, string(w.Kind))
		}
	}
	return kinds, nil
}

// Send implements crisis.Ways. It returns nil when the call left by at least one address of that kind.
func (s *Service) Send(ctx context.Context, c crisis.Call) error {
	m, err := s.message(ctx, c.Account, "call", c.Level)
	if err != nil {
		return err
	}
	m.Key = c.Key
	all, err := s.Store.Ways(ctx, c.Account)
	if err != nil {
		return err
	}
	failed := error(fault.Missing())
	for _, w := range all {
		if w.ConfirmedAt == nil || w.Kind != Kind(c.Way) {
			continue
		}
		err := s.carry(ctx, &w, m)
		if err == nil {
			failed = nil
		} else if failed != nil {
			failed = err
		}
	}
	return failed
}

// carry sends a message by one way. An address that is no more is forgotten.
func (s *Service) carry(ctx context.Context, w *Way, m Message) error {
	gateway := s.Gateways[w.Kind]
	if gateway == nil {
		return fault.Missing()
	}
	address, err := s.address(ctx, w)
	if err != nil {
		return err
	}
	bounded, cancel := context.WithTimeout(ctx, sendTakes)
	defer cancel()
	err = gateway.Send(bounded, address, m)
	if fault.Is(err, fault.NotFound) {
		gone := s.Tx.InTx(ctx, func(ctx context.Context) error { return s.Store.DeleteWay(ctx, w.AccountID, w.ID) })
		if gone != nil {
			return gone
		}
	}
	return err
}

func (s *Service) address(ctx context.Context, w *Way) (string, error) {
	plain, err := s.Vault.ForAccount(w.AccountID).Open(ctx, seal.Sealed{KeyID: w.KeyID, Ciphertext: w.AddressSealed}, w.place())
	if err != nil {
		return "", fmt.Errorf("open an address: %w", err)
	}
	return string(plain), nil
}

// priority is how urgent a level is, in a word that says nothing of what it is about.
func priority(level string) int {
	return map[string]int{"crisis": 1, "red": 2, "amber": 3}[level]
}

// message words a message for a person in their language. The texts are call.WHAT_subject and call.WHAT_body.
func (s *Service) message(ctx context.Context, accountID, what, level string, args ...any) (Message, error) {
	locale, err := s.Store.Locale(ctx, accountID)
	if err != nil {
		return Message{}, err
	}
	lang, ok := i18n.ParseLang(locale)
	if !ok {
		lang = i18n.Danish
	}
	texts := s.Texts.Texts(lang)
	m := Message{At: s.Clock.Now(), Link: s.Link}
	if level != "" {
		m.Priority = priority(level)
		if m.Priority == 0 {
			m.Priority = 4
		}
	}
	urgency, err := texts.T(fmt.Sprintf("call.priority_%d", m.Priority))
	if err != nil {
		return Message{}, err
	}
	args = append([]any{"Link", s.Link, "Priority", urgency}, args...)
	if m.Subject, err = texts.T("call."+what+"_subject", args...); err != nil {
		return Message{}, err
	}
	if m.Body, err = texts.T("call."+what+"_body", args...); err != nil {
		return Message{}, err
	}
	m.Short, err = texts.T("call."+what+"_short", args...)
	return m, err
}

// Unreachable returns those of the accounts whom nothing calls out of the house.
func (s *Service) Unreachable(ctx context.Context, accountIDs []string) ([]string, error) {
	if len(accountIDs) == 0 {
		return nil, nil
	}
	reached, err := s.Store.Reachable(ctx, accountIDs, s.Kinds())
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(slices.Clone(accountIDs), func(a string) bool { return slices.Contains(reached, a) }), nil
}

// Sweep forgets how to call those who are not of the team any more.
func (s *Service) Sweep(ctx context.Context) error {
	return s.Tx.InTx(ctx, func(ctx context.Context) error { return s.Store.DeleteWaysOfFormerStaff(ctx, s.Clock.Now()) })
}

// own returns one of the actor's ways, locked.
func (s *Service) own(ctx context.Context, actor account.Actor, wayID string) (*Way, error) {
	w, err := s.Store.Way(ctx, wayID)
	if err == nil && w.AccountID != actor.Account {
		return nil, fault.Missing()
	}
	return w, err
}
