package account_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"samhold/internal/account"
	"samhold/internal/fault"
)

func TestRecoverLetsBackInOnce(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		a := h.member()
		old := h.signIn(a.Name)
		codes, err := h.NewCodes(t.Context(), h.actor(old), known)
		h.must(err)
		use := func(name, code string) (string, error) {
			return h.Recover(t.Context(), account.Recovery{Name: name, Code: code, Passphrase: another, Address: address})
		}
		stranger := h.member()
		for _, wrong := range [][2]string{
			{a.Name, "0000-0000-0000-0000-0000-0000"}, {a.Name, ""}, {stranger.Name, codes[0]}, {"stille-regn-1234", codes[0]},
		} {
			_, err := use(wrong[0], wrong[1])
			if f, ok := errors.AsType[*fault.Error](err); !ok || f.Kind != fault.Invalid || f.Key != "recover.wrong" {
				t.Errorf("got %v", err)
			}
		}
		token, err := use(strings.ToUpper(a.Name), strings.ToLower(strings.ReplaceAll(codes[0], "-", " ")))
		h.must(err)
		if _, err := h.Identify(t.Context(), old); !fault.Is(err, fault.Unauthenticated) {
			t.Error("the old session still holds")
		}
		actor := h.actor(token)
		if left, err := h.CodesLeft(t.Context(), actor); err != nil || left != 9 {
			t.Errorf("%d codes left, want 9 (%v)", left, err)
		}
		if _, err := use(a.Name, codes[0]); !fault.Is(err, fault.Invalid) {
			t.Errorf("the code works twice: %v", err)
		}
		if _, err := h.SignIn(t.Context(), account.Attempt{Name: a.Name, Passphrase: known}); !fault.Is(err, fault.Invalid) {
			t.Errorf("the old passphrase still works: %v", err)
		}
		if _, err := h.SignIn(t.Context(), account.Attempt{Name: a.Name, Passphrase: another}); err != nil {
			t.Errorf("the new passphrase does not work: %v", err)
		}
		notices, err := h.Notices(t.Context(), actor)
		if err != nil || len(notices) != 1 || notices[0].Kind != account.NoticeRecovered || notices[0].SeenAt != nil {
			t.Errorf("notices %+v, %v", notices, err)
		}
		if who, err := h.Identify(t.Context(), token); err != nil || who.Notices != 0 {
			t.Errorf("%d unseen after looking, %v", who.Notices, err)
		}
	})
}

func TestChangePassphraseEndsOtherSessions(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		a := h.member()
		here, there := h.signIn(a.Name), h.signIn(a.Name)
		if _, err := h.ChangePassphrase(t.Context(), h.actor(here), "not it", another); !fault.Is(err, fault.Invalid) {
			t.Errorf("a wrong passphrase: got %v", err)
		}
		if _, err := h.ChangePassphrase(t.Context(), h.actor(here), known, "kort"); !fault.Is(err, fault.Invalid) {
			t.Errorf("a short new one: got %v", err)
		}
		fresh, err := h.ChangePassphrase(t.Context(), h.actor(here), known, another)
		h.must(err)
		for _, token := range []string{here, there} {
			if _, err := h.Identify(t.Context(), token); !fault.Is(err, fault.Unauthenticated) {
				t.Errorf("an old session holds: %v", err)
			}
		}
		if h.actor(fresh).Account != a.ID {
			t.Error("the new session is somebody else's")
		}
	})
}

func TestConfirmingIsLimited(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		actor := h.actor(h.signIn(h.member().Name))
		for range 10 {
			if _, err := h.NewCodes(t.Context(), actor, "wrong"); !fault.Is(err, fault.Invalid) {
				t.Fatal(err)
			}
		}
		if _, err := h.NewCodes(t.Context(), actor, known); !fault.Is(err, fault.RateLimited) {
			t.Errorf("got %v", err)
		}
	})
}

func TestCodesAreShownToTheirOwnerForHalfAnHour(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		actor := h.actor(h.signIn(h.member().Name))
		stranger := h.actor(h.signIn(h.member().Name))
		sealed, err := h.SealCodes(actor.Account, account.Codes{List: []string{"A", "B"}, First: true})
		h.must(err)
		if got := h.OpenCodes(actor, sealed); len(got.List) != 2 || !got.First {
			t.Errorf("got %+v", got)
		}
		if got := h.OpenCodes(stranger, sealed); len(got.List) != 0 {
			t.Error("a stranger sees the codes")
		}
		if got := h.OpenCodes(account.Actor{}, sealed); len(got.List) != 0 {
			t.Error("a guest sees the codes")
		}
		h.Clock.Advance(31 * time.Minute)
		if got := h.OpenCodes(actor, sealed); len(got.List) != 0 {
			t.Error("the codes are shown for too long")
		}
	})
}
