package crisis

import (
	"cmp"
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base32"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"samhold/internal/account"
	"samhold/internal/audit"
	"samhold/internal/fault"
	"samhold/internal/id"
	"samhold/internal/intake"
	"samhold/internal/markup"
	"samhold/internal/seal"
)

// Abouts are what a concern can be about, as codes; the texts are concern.about_CODE.
var Abouts = []string{"person", "post", "myself", "site", "other"}

const maxConcern = 6000

// crockford has no letters that are taken for another when a code is written down by hand.
var crockford = base32.NewEncoding("0123456789abcdefghjkmnpqrstvwxyz").WithPadding(base32.NoPadding)

// newReceipt makes a code of 120 random bits in groups of four: XXXX-XXXX-XXXX-XXXX-XXXX-XXXX.
func newReceipt() string {
	var b [15]byte
	_, _ = rand.Read(b[:]) // crypto/rand.Read never returns an error
	code := strings.ToUpper(crockford.EncodeToString(b[:]))
	var groups []string
	for part := range slices.Chunk([]byte(code), 4) {
		groups = append(groups, string(part))
	}
	return strings.Join(groups, "-")
}

// NewReceipt makes the receipt of a form that is about to be shown: sent twice, the form is one concern.
func NewReceipt() string { return newReceipt() }

// receiptLength is the number of characters of a folded receipt.
const receiptLength = 24

// isReceipt reports whether s has the form of a receipt of ours.
func isReceipt(s string) bool {
	_, err := crockford.DecodeString(foldReceipt(s))
	return err == nil && len(foldReceipt(s)) == receiptLength
}

// foldReceipt forgives case, spaces, missing hyphens and look-alikes.
func foldReceipt(typed string) string {
	return strings.NewReplacer("-", "", " ", "", "\t", "", "o", "0", "i", "1", "l", "1", "u", "v").
		Replace(strings.ToLower(typed))
}

func (s *Service) receiptHash(receipt string) []byte {
	key := s.vault.Derive("receipt")
	m := hmac.New(sha256.New, key[:])
	m.Write([]byte(foldReceipt(receipt)))
	return m.Sum(nil)
}

// NewConcern is a guest's worry as typed.
type NewConcern struct {
	Receipt string // that the form was made with; a new one is made if it is none of ours
	About   string
	Body    string
	Lang    string
}

// RaiseConcern keeps a guest's concern, sealed, and assesses it. The receipt is returned once and never kept;
// card is not nil when the text is urgent.
func (s *Service) RaiseConcern(ctx context.Context, n NewConcern) (receipt string, card *Card, err error) {
	var check fault.Check
	body, err := markup.Clean(n.Body)
	if err := check.AddError("body", err); err != nil {
		return "", nil, err
	}
	check.Require(slices.Contains(Abouts, n.About), "about", "concern.about_missing")
	check.Require(strings.TrimSpace(body) != "", "body", "concern.body_missing")
	check.Require(utf8.RuneCountInString(body) <= maxConcern, "body", "concern.body_long", "Max", maxConcern)
	if err := check.Err(); err != nil {
		return "", nil, err
	}
	receipt = n.Receipt
	if !isReceipt(receipt) {
		receipt = newReceipt()
	}
	err = s.tx.InTx(ctx, func(ctx context.Context) error {
		c, again, err := s.saveConcern(ctx, n, body, receipt)
		if fault.Is(err, fault.Conflict) {
			receipt = newReceipt() // the form was gone back to and says something new
			c, again, err = s.saveConcern(ctx, n, body, receipt)
		}
		if err == nil && !again {
			_, err = s.Receive(ctx, intake.Submission{
				Kind: intake.Concern, ID: c.ID, Revision: 1, Concern: c.ID, Text: body, Lang: n.Lang,
			})
		}
		if err != nil {
			return err
		}
		card, err = s.concernCard(ctx, c)
		return err
	})
	if err != nil {
		return "", nil, err
	}
	if card != nil {
		card.Receipt = receipt
	}
	return receipt, card, nil
}

// saveConcern keeps a concern, or finds the one that the same form sent before, however short a time before. A form
// that says something else now is a Conflict.
func (s *Service) saveConcern(ctx context.Context, n NewConcern, body, receipt string) (c *Concern, again bool, err error) {
	fresh := &Concern{
		ID: id.New(), About: n.About, State: "open", Version: 1, SealedVersion: 1, CreatedAt: s.clock.Now(),
		ReceiptHash: s.receiptHash(receipt),
	}
	sealed, err := s.vault.ForHouse().Seal(ctx, []byte(body), fresh.place("body_sealed"))
	if err != nil {
		return nil, false, fmt.Errorf("seal concern: %w", err)
	}
	fresh.BodySealed, fresh.KeyID = sealed.Ciphertext, sealed.KeyID
	c, created, err := s.store.SaveConcern(ctx, fresh)
	if err != nil || created {
		return c, false, err
	}
	before, err := s.unseal(ctx, c, "body_sealed", c.BodySealed)
	if err == nil && before != body {
		err = fault.Stale()
	}
	return c, true, err
}

// concernCard is the card of a concern, nil when it was not urgent or its case is closed.
func (s *Service) concernCard(ctx context.Context, c *Concern) (*Card, error) {
	open, err := s.store.OpenCaseOfConcern(ctx, c.ID)
	if fault.Is(err, fault.NotFound) {
		return nil, nil //nolint:nilnil // no card is an answer
	}
	if err != nil {
		return nil, err
	}
	return s.card(ctx, open, "")
}

// Answer is what somebody with the receipt reads.
type Answer struct {
	State      string
	CreatedAt  time.Time
	AnsweredAt time.Time
	ClosedAt   time.Time // zero while it is open
	Text       string
	Duty       Duty
	Heard      bool // something was done about it
}

// ReadAnswer returns where a concern stands to whoever has its receipt; NotFound for any other code.
func (s *Service) ReadAnswer(ctx context.Context, receipt string) (*Answer, error) {
	c, err := s.store.ConcernByReceipt(ctx, s.receiptHash(receipt))
	if err != nil {
		return nil, err
	}
	a := &Answer{State: c.State, CreatedAt: c.CreatedAt, AnsweredAt: deref(c.AnsweredAt), ClosedAt: deref(c.ClosedAt), Heard: c.HeardAt != nil}
	if len(c.AnswerSealed) > 0 {
		if a.Text, err = s.unseal(ctx, c, "answer_sealed", c.AnswerSealed); err != nil {
			return nil, err
		}
	}
	a.Duty, err = s.store.Duty(ctx, "", "", s.clock.Now())
	return a, err
}

func (c *Concern) place(column string) seal.Place {
	return seal.Place{Table: "concern", Column: column, Row: c.ID, Version: c.SealedVersion}
}

func (s *Service) unseal(ctx context.Context, c *Concern, column string, sealed []byte) (string, error) {
	plain, err := s.vault.ForHouse().Open(ctx, seal.Sealed{KeyID: c.KeyID, Ciphertext: sealed}, c.place(column))
	if err != nil {
		return "", fmt.Errorf("open concern: %w", err)
	}
	return string(plain), nil
}

// Concerns returns the guests' concerns that are not closed, oldest first, without their text.
func (s *Service) Concerns(ctx context.Context, actor account.Actor) ([]Concern, error) {
	if !actor.Can(account.AnswerGuests) {
		return nil, fault.Missing()
	}
	return s.store.Concerns(ctx)
}

// Concern returns a guest's concern without its text.
func (s *Service) Concern(ctx context.Context, actor account.Actor, concernID string) (*Concern, error) {
	if !actor.Can(account.AnswerGuests) {
		return nil, fault.Missing()
	}
	c, err := s.store.Concern(ctx, concernID)
	if err != nil {
		return nil, err
	}
	c.BodySealed, c.AnswerSealed = nil, nil
	return c, nil
}

// Worry is a concern opened by staff.
type Worry struct {
	Concern
	Text   string
	Answer string
}

// OpenConcern opens a guest's concern; it is audited.
func (s *Service) OpenConcern(ctx context.Context, actor account.Actor, concernID string) (*Worry, error) {
	if !actor.Can(account.AnswerGuests) {
		return nil, fault.Missing()
	}
	var w Worry
	err := s.tx.InTx(ctx, func(ctx context.Context) error {
		c, err := s.store.Concern(ctx, concernID)
		if err != nil {
			return err
		}
		w.Concern = *c
		if w.Text, err = s.unseal(ctx, c, "body_sealed", c.BodySealed); err != nil {
			return err
		}
		if len(c.AnswerSealed) > 0 {
			if w.Answer, err = s.unseal(ctx, c, "answer_sealed", c.AnswerSealed); err != nil {
				return err
			}
		}
		return s.auditConcern(ctx, actor, c, "concern_opened")
	})
	if err != nil {
		return nil, err
	}
	return &w, nil
}

// Reply is what staff do with a guest's concern, as its form says it.
type Reply struct {
	Version int // of the concern as the person saw it
	Text    string
	Close   bool // it leaves the workbench; then it may go without an answer
}

func (r *Reply) clean() error {
	var check fault.Check
	text, err := markup.Clean(r.Text)
	if err := check.AddError("answer", err); err != nil {
		return err
	}
	r.Text = strings.TrimSpace(text)
	check.Require(r.Text != "" || r.Close, "answer", "concern.answer_missing")
	check.Require(utf8.RuneCountInString(r.Text) <= maxConcern, "answer", "concern.body_long", "Max", maxConcern)
	return check.Err()
}

// AnswerConcern answers a guest, closes the concern, or both; whoever has the receipt reads it. A concern whose case
// is open is not closed. A stale version, and a concern that is closed already, is refused with Conflict.
func (s *Service) AnswerConcern(ctx context.Context, actor account.Actor, concernID string, reply Reply) error {
	if !actor.Can(account.AnswerGuests) {
		return fault.Missing()
	}
	if err := reply.clean(); err != nil {
		return err
	}
	return s.tx.InTx(ctx, func(ctx context.Context) error {
		c, err := s.store.Concern(ctx, concernID)
		if err != nil {
			return err
		}
		if c.ClosedAt != nil {
			return fault.Stale()
		}
		var actions []audit.Action
		if reply.Text != "" {
			if err := s.sealAnswer(ctx, c, reply.Text); err != nil {
				return err
			}
			c.State, c.AnsweredAt, c.AnsweredBy = "answered", &actor.At, &actor.Account
			actions = append(actions, "concern_answered")
		}
		if reply.Close {
			if err := s.mayClose(ctx, c); err != nil {
				return err
			}
			c.State, c.ClosedAt = "closed", &actor.At
			actions = append(actions, "concern_closed")
		}
		if err := s.store.AnswerConcern(ctx, c, reply.Version); err != nil {
			return err
		}
		for _, action := range actions {
			if err := s.auditConcern(ctx, actor, c, action); err != nil {
				return err
			}
		}
		return nil
	})
}

// sealAnswer seals the body anew too, so that one key and one version describe the row.
func (s *Service) sealAnswer(ctx context.Context, c *Concern, text string) error {
	body, err := s.unseal(ctx, c, "body_sealed", c.BodySealed)
	if err != nil {
		return err
	}
	c.SealedVersion++
	sealedBody, err := s.vault.ForHouse().Seal(ctx, []byte(body), c.place("body_sealed"))
	if err != nil {
		return fmt.Errorf("seal concern: %w", err)
	}
	sealed, err := s.vault.ForHouse().Seal(ctx, []byte(text), c.place("answer_sealed"))
	if err != nil {
		return fmt.Errorf("seal answer: %w", err)
	}
	c.BodySealed, c.AnswerSealed, c.KeyID = sealedBody.Ciphertext, sealed.Ciphertext, sealed.KeyID
	return nil
}

// mayClose refuses while the guest's case is open: closing would tell them that we are done.
func (s *Service) mayClose(ctx context.Context, c *Concern) error {
	_, err := s.store.OpenCaseOfConcern(ctx, c.ID)
	if fault.Is(err, fault.NotFound) {
		return nil
	}
	var check fault.Check
	check.Add("answer", "worry.case_open")
	return cmp.Or(err, check.Err())
}

func (s *Service) auditConcern(ctx context.Context, actor account.Actor, c *Concern, action audit.Action) error {
	return s.audit.Append(ctx, audit.Event{
		At: actor.At, Actor: actor.Account, Action: action, ObjectKind: "concern", ObjectID: c.ID,
	})
}
