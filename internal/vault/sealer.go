package vault

import (
	"context"
	"errors"
	"fmt"

	"samhold/internal/fault"
	"samhold/internal/id"
	"samhold/internal/seal"
)

// Sealer seals and opens for one owner.
type Sealer struct {
	vault  *Vault
	owner  Owner
	orElse Owner // whose key a text may stand under too
}

// ForAccount returns the sealer for what is an account's own.
func (v *Vault) ForAccount(accountID string) Sealer {
	return Sealer{vault: v, owner: Owner{Account, accountID}}
}

// ForHouse returns the sealer for what is not one account's own: what guests and staff write.
func (v *Vault) ForHouse() Sealer { return Sealer{vault: v, owner: Owner{Kind: House}} }

// ForPerson returns the sealer for what is the own of a case's person: an account's, or the house's for a guest. What
// an erased account left to the house opens too.
func (v *Vault) ForPerson(accountID *string) Sealer {
	if accountID == nil {
		return v.ForHouse()
	}
	s := v.ForAccount(*accountID)
	s.orElse = Owner{Kind: House}
	return s
}

// ForText returns the sealer of a text whose row is the account's, or of nobody who has one.
func (v *Vault) ForText(t Text, accountID *string) Sealer {
	switch {
	case accountID == nil || t.Whose == TheHouses:
		return v.ForHouse()
	case t.Whose == ThePersons:
		return v.ForPerson(accountID)
	}
	return v.ForAccount(*accountID)
}

// Seal seals a text for one place, which must be declared in Texts. It is called in the transaction that saves the
// text: until that ends the key cannot be retired. For an account that is erased it is NotFound.
func (s Sealer) Seal(ctx context.Context, plain []byte, at seal.Place) (seal.Sealed, error) {
	if err := declared(at, s.owner); err != nil {
		return seal.Sealed{}, err
	}
	return s.seal(ctx, plain, at)
}

func (s Sealer) seal(ctx context.Context, plain []byte, at seal.Place) (seal.Sealed, error) {
	kept, err := s.vault.current(ctx, s.owner)
	if err != nil {
		return seal.Sealed{}, fmt.Errorf("key of %s: %w", s.owner.Kind, err)
	}
	key, err := s.vault.open(kept)
	if err != nil {
		return seal.Sealed{}, fmt.Errorf("key of %s: %w", s.owner.Kind, err)
	}
	return key.Seal(plain, at), nil
}

// Open returns the text that was sealed for this owner and place. When the account's key was destroyed it is
// NotFound; seal.ErrBroken says that the text was changed or moved.
func (s Sealer) Open(ctx context.Context, sealed seal.Sealed, at seal.Place) ([]byte, error) {
	if !id.Valid(sealed.KeyID) {
		return s.vault.keyring.OpenFirst(sealed, at)
	}
	key, err := s.key(ctx, sealed.KeyID)
	if err != nil {
		return nil, err
	}
	return key.Open(sealed, at)
}

// key returns the key that the database names, if it is one of the owner's, ready for use.
func (s Sealer) key(ctx context.Context, keyID string) (*seal.Key, error) {
	if s.owner.Kind == House || s.orElse.Kind == House {
		if ready := s.vault.opened(keyID); ready != nil {
			return ready, nil
		}
	}
	kept, err := s.vault.store.Key(ctx, keyID)
	switch {
	case fault.Is(err, fault.NotFound) && s.owner.Kind == Account:
		return nil, fault.Wrap(fault.NotFound, "fault.not_found", seal.ErrUnknownKey)
	case fault.Is(err, fault.NotFound):
		return nil, seal.ErrUnknownKey
	case err != nil:
		return nil, err
	case kept.Owner() != s.owner && kept.Owner() != s.orElse:
		return nil, seal.ErrBroken
	}
	return s.vault.open(kept)
}

// errUndeclared is a fault of the program: a text is sealed that rotation and erasure would not find.
var errUndeclared = errors.New("vault: the place is not declared in vault.Texts for this owner")
