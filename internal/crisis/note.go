package crisis

import (
	"context"
	"fmt"

	"samhold/internal/seal"
)

func (e *Event) place() seal.Place {
	return seal.Place{Table: "case_event", Column: "note_sealed", Row: e.ID}
}

func (s *Service) sealNote(ctx context.Context, e *Event, note string) error {
	sealed, err := s.vault.ForHouse().Seal(ctx, []byte(note), e.place())
	if err != nil {
		return fmt.Errorf("seal note: %w", err)
	}
	e.NoteSealed, e.KeyID = sealed.Ciphertext, sealed.KeyID
	return nil
}

func (s *Service) openNote(ctx context.Context, e Event) (string, error) {
	if len(e.NoteSealed) == 0 {
		return "", nil
	}
	plain, err := s.vault.ForHouse().Open(ctx, seal.Sealed{KeyID: e.KeyID, Ciphertext: e.NoteSealed}, e.place())
	if err != nil {
		return "", fmt.Errorf("open note: %w", err)
	}
	return string(plain), nil
}
