package crisis

import (
	"context"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"samhold/internal/account"
	"samhold/internal/fault"
	"samhold/internal/markup"
	"samhold/internal/seal"
)

// Trusted is whom the team may call for somebody in a crisis: left in advance, of their own will, each field sealed.
// For under-18s it is an adult whom they choose themselves. It ends with the account.
type Trusted struct {
	AccountID      string `gorm:"primaryKey"`
	NameSealed     []byte
	PhoneSealed    []byte
	RelationSealed []byte
	KeyID          string
	Version        int
	GivenAt        time.Time
}

// TableName implements GORM's naming.
func (Trusted) TableName() string { return "trusted_contact" }

func (t *Trusted) place(column string) seal.Place {
	return seal.Place{Table: "trusted_contact", Column: column, Row: t.AccountID, Version: t.Version}
}

func (t *Trusted) sealed(column string) []byte {
	return map[string][]byte{"name_sealed": t.NameSealed, "phone_sealed": t.PhoneSealed, "relation_sealed": t.RelationSealed}[column]
}

// TrustedPerson is the same as its owner types and reads it.
type TrustedPerson struct {
	Name     string
	Phone    string
	Relation string // what they are to the person; may be empty
}

func (p *TrustedPerson) clean() error {
	var check fault.Check
	for _, f := range []struct {
		name  string
		value *string
		most  int
	}{{"trusted_name", &p.Name, 120}, {"trusted_phone", &p.Phone, 40}, {"trusted_relation", &p.Relation, 120}} {
		v, err := markup.Clean(*f.value)
		if err := check.AddError(f.name, err); err != nil {
			return err
		}
		*f.value = strings.TrimSpace(v)
		check.Require(utf8.RuneCountInString(*f.value) <= f.most, f.name, "crisis.contact_long", "Max", f.most)
	}
	check.Require(p.Name != "", "trusted_name", "trusted.name_missing")
	check.Require(p.Phone != "", "trusted_phone", "trusted.phone_missing")
	return check.Err()
}

// Trust keeps whom the actor leaves, in place of whoever was there before.
func (s *Service) Trust(ctx context.Context, actor account.Actor, p TrustedPerson) error {
	if actor.Guest() {
		return fault.Missing()
	}
	if err := p.clean(); err != nil {
		return err
	}
	return s.tx.InTx(ctx, func(ctx context.Context) error {
		kept := &Trusted{AccountID: actor.Account, Version: 1, GivenAt: actor.At}
		before, err := s.store.Trusted(ctx, actor.Account)
		switch {
		case err == nil:
			kept.Version = before.Version + 1
		case !fault.Is(err, fault.NotFound):
			return err
		}
		for _, f := range []struct {
			column, text string
			into         *[]byte
		}{
			{"name_sealed", p.Name, &kept.NameSealed},
			{"phone_sealed", p.Phone, &kept.PhoneSealed},
			{"relation_sealed", p.Relation, &kept.RelationSealed},
		} {
			sealed, err := s.vault.ForAccount(actor.Account).Seal(ctx, []byte(f.text), kept.place(f.column))
			if err != nil {
				return fmt.Errorf("seal trusted contact: %w", err)
			}
			*f.into, kept.KeyID = sealed.Ciphertext, sealed.KeyID
		}
		return s.store.SaveTrusted(ctx, kept)
	})
}

// TrustedPerson returns whom the actor has left, or NotFound.
func (s *Service) TrustedPerson(ctx context.Context, actor account.Actor) (*TrustedPerson, error) {
	t, err := s.store.Trusted(ctx, actor.Account)
	if err != nil {
		return nil, err
	}
	var p TrustedPerson
	for column, into := range map[string]*string{"name_sealed": &p.Name, "phone_sealed": &p.Phone, "relation_sealed": &p.Relation} {
		plain, err := s.vault.ForAccount(t.AccountID).Open(ctx, seal.Sealed{KeyID: t.KeyID, Ciphertext: t.sealed(column)}, t.place(column))
		if err != nil {
			return nil, fmt.Errorf("open trusted contact: %w", err)
		}
		*into = string(plain)
	}
	return &p, nil
}

// Distrust forgets whom the actor had left.
func (s *Service) Distrust(ctx context.Context, actor account.Actor) error {
	return s.tx.InTx(ctx, func(ctx context.Context) error { return s.store.DropTrusted(ctx, actor.Account) })
}

// trusted is whom the case's person has left; NotFound for nobody, and for a guest.
func (s *Service) trusted(ctx context.Context, c *Case) (*Trusted, error) {
	if c.AccountID == nil {
		return nil, fault.Missing()
	}
	return s.store.Trusted(ctx, *c.AccountID)
}
