package account_test

import (
	"slices"
	"testing"
	"time"

	"samhold/internal/account"
	"samhold/internal/fault"
	"samhold/internal/passkey/passkeytest"
)

const origin = "https://samhold.example"

// device makes a passkey for the session's account.
func (h *house) device(token string) *passkeytest.Device {
	h.t.Helper()
	d := passkeytest.New(h.t, origin, "samhold.example")
	d.Count = 1
	asked, err := h.OfferPasskey(h.t.Context(), h.identity(token))
	h.must(err)
	h.must(h.AddPasskey(h.t.Context(), h.identity(token), asked.Slip, d.Make(asked.Options), "min telefon"))
	return d
}

func wantRefused(t *testing.T, what string, err error) {
	t.Helper()
	if !fault.Is(err, fault.Invalid) {
		t.Errorf("%s: got %v", what, err)
	}
}

func TestAnAnswerOfAPasskeyIsGoodOnce(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		a, token := h.colleague()
		d := h.device(token)
		h.wantTrail("a passkey", a.ID, "staff_entered passphrase", "staff_access_changed passkey")
		enter := func(slip, answer string) error {
			_, err := h.SignInWithPasskey(t.Context(), "browser", slip, answer, address)
			return err
		}
		asked, err := h.AskPasskey("browser")
		h.must(err)
		answer := d.Answer(asked.Options)
		wantRefused(t, "another browser", func() error {
			_, err := h.SignInWithPasskey(t.Context(), "thief", asked.Slip, answer, address)
			return err
		}())
		h.must(enter(asked.Slip, answer))
		wantRefused(t, "the same again", enter(asked.Slip, answer))
		again, err := h.AskPasskey("browser")
		h.must(err)
		wantRefused(t, "to another question", enter(again.Slip, answer))
		// Within a session as well.
		here, err := h.AskPasskey(h.actor(token).Session)
		h.must(err)
		answer = d.Answer(here.Options)
		h.must(h.ProveWithPasskey(t.Context(), h.actor(token), here.Slip, answer))
		wantRefused(t, "the same proof again", h.ProveWithPasskey(t.Context(), h.actor(token), here.Slip, answer))
		h.wantTrail("answers", a.ID, "staff_entered passkey", "staff_proven passkey", "staff_proof_failed passkey")
	})
}

func TestTheOwnerOfACopiedPasskeyIsTold(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		a, token := h.colleague()
		d := h.device(token)
		h.trail(a.ID)
		told := func() (n int) {
			notices, err := h.Notices(t.Context(), h.actor(token))
			h.must(err)
			for _, one := range notices {
				if one.Kind == account.NoticePasskeyCopied {
					n++
				}
			}
			return n
		}
		copied := *d
		enter := func(d *passkeytest.Device) error {
			asked, err := h.AskPasskey("browser")
			h.must(err)
			_, err = h.SignInWithPasskey(t.Context(), "browser", asked.Slip, d.Answer(asked.Options), address)
			return err
		}
		h.must(enter(d))
		if told() != 0 {
			t.Error("told without a reason")
		}
		sessions := h.count("session")
		wantRefused(t, "a copy signs in", enter(&copied))
		if told() != 1 || h.count("session") != sessions {
			t.Errorf("told %d times, %d sessions", told(), h.count("session")-sessions)
		}
		copied.Count = 0
		here, err := h.AskPasskey(h.actor(token).Session)
		h.must(err)
		wantRefused(t, "a copy proves", h.ProveWithPasskey(t.Context(), h.actor(token), here.Slip, copied.Answer(here.Options)))
		if told() != 2 {
			t.Errorf("told %d times", told())
		}
		h.must(enter(d)) // the count stands where its owner left it
		h.wantTrail("copies", a.ID, "staff_entered passkey", "staff_proof_failed passkey_copied",
			"staff_proof_failed passkey_copied", "staff_entered passkey")
	})
}

func TestPasskeysAreRenamed(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		a := h.member()
		token := h.signIn(a.Name)
		h.device(token)
		h.Clock.Advance(time.Minute)
		h.device(token)
		names := func() (all []string) {
			list, err := h.Passkeys(t.Context(), h.actor(token))
			h.must(err)
			for _, p := range list {
				all = append(all, p.Name)
			}
			return all
		}
		list, err := h.Passkeys(t.Context(), h.actor(token))
		h.must(err)
		h.must(h.RenamePasskey(t.Context(), h.actor(token), list[0].ID, " den gamle telefon "))
		if got := names(); !slices.Equal(got, []string{"den gamle telefon", "min telefon"}) {
			t.Errorf("got %q", got)
		}
		wantRefused(t, "no name", h.RenamePasskey(t.Context(), h.actor(token), list[0].ID, "  "))
		other := h.signIn(h.member().Name)
		if err := h.RenamePasskey(t.Context(), h.actor(other), list[0].ID, "min"); !fault.Is(err, fault.NotFound) {
			t.Errorf("somebody else's: %v", err)
		}
		if h.dump("telefon") {
			t.Error("the name stands in the database")
		}
	})
}
