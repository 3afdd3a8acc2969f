package account

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"strings"

	"samhold/internal/seal"
)

// A slip is a small sealed note that a person's own browser keeps for us, bound to its kind and its holder.

func (s *Service) sealSlip(kind, holder string, v any) (string, error) {
	plain, err := json.Marshal(v)
	if err != nil {
		return "", fmt.Errorf("write slip %s: %w", kind, err)
	}
	sealed, err := s.seal.Seal(plain, "slip", kind, holder)
	if err != nil {
		return "", fmt.Errorf("seal slip %s: %w", kind, err)
	}
	return sealed.KeyID + "." + base64.RawURLEncoding.EncodeToString(sealed.Ciphertext), nil
}

// openSlip reports whether text is a slip of this kind for this holder, and reads it into v.
func (s *Service) openSlip(kind, holder, text string, v any) bool {
	key, body, ok := strings.Cut(text, ".")
	if !ok || holder == "" {
		return false
	}
	ciphertext, err := base64.RawURLEncoding.Strict().DecodeString(body)
	if err != nil {
		return false
	}
	plain, err := s.seal.Open(seal.Sealed{KeyID: key, Ciphertext: ciphertext}, "slip", kind, holder)
	if err != nil {
		return false
	}
	return json.Unmarshal(plain, v) == nil
}
