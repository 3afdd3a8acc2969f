package account

import (
	"encoding/base64"
	"encoding/json"
	"fmt"

	"samhold/internal/seal"
)

// A slip is a small sealed note that a person's own browser keeps for us, bound to its kind and its holder.

func (s *Service) sealSlip(kind, holder string, v any) (string, error) {
	plain, err := json.Marshal(v)
	if err != nil {
		return "", fmt.Errorf("write slip %s: %w", kind, err)
	}
	sealed := s.slipKey.Seal(plain, slipPlace(kind, holder))
	return base64.RawURLEncoding.EncodeToString(sealed.Ciphertext), nil
}

// openSlip reports whether text is a slip of this kind for this holder, and reads it into v.
func (s *Service) openSlip(kind, holder, text string, v any) bool {
	ciphertext, err := base64.RawURLEncoding.Strict().DecodeString(text)
	if err != nil || holder == "" {
		return false
	}
	plain, err := s.slipKey.Open(seal.Sealed{KeyID: s.slipKey.ID(), Ciphertext: ciphertext}, slipPlace(kind, holder))
	if err != nil {
		return false
	}
	return json.Unmarshal(plain, v) == nil
}

func slipPlace(kind, holder string) seal.Place {
	return seal.Place{Table: "slip", Column: kind, Row: holder}
}
