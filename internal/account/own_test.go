package account_test

import (
	"testing"
	"time"

	"samhold/internal/account"
	"samhold/internal/fault"
)

func TestWithdrawnConsentPausesAndCanBeGivenAgain(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		token := h.signIn(h.member().Name)
		h.Clock.Advance(time.Minute)
		h.must(h.WithdrawConsent(t.Context(), h.actor(token)))
		actor := h.actor(token)
		if c, err := h.Consent(t.Context(), actor); err != nil || c.WithdrawnAt == nil || !actor.Paused {
			t.Errorf("paused %v, consent %+v, %v", actor.Paused, c, err)
		}
		h.Clock.Advance(time.Minute)
		h.must(h.GiveConsent(t.Context(), actor))
		h.must(h.GiveConsent(t.Context(), actor))
		actor = h.actor(token)
		if c, err := h.Consent(t.Context(), actor); err != nil || c.WithdrawnAt != nil || actor.Paused {
			t.Errorf("paused %v, consent %+v, %v", actor.Paused, c, err)
		}
	})
}

func TestPauseIsOnesOwnAndEndsWhenOneLikes(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		token := h.signIn(h.member().Name)
		h.must(h.Pause(t.Context(), h.actor(token)))
		if withdrawn, err := h.Withdrawn(t.Context(), h.actor(token)); !h.actor(token).Paused || withdrawn || err != nil {
			t.Errorf("paused %v, withdrawn %v, %v", h.actor(token).Paused, withdrawn, err)
		}
		h.must(h.Resume(t.Context(), h.actor(token)))
		if h.actor(token).Paused {
			t.Error("the pause does not end")
		}
		// Who took their consent back cannot go round it.
		h.must(h.WithdrawConsent(t.Context(), h.actor(token)))
		if err := h.Resume(t.Context(), h.actor(token)); !fault.Is(err, fault.Conflict) || !h.actor(token).Paused {
			t.Errorf("got %v", err)
		}
	})
}

func TestLanguageIsKept(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		token := h.signIn(h.member().Name)
		h.must(h.SetLocale(t.Context(), h.actor(token), "en"))
		if who, err := h.Identify(t.Context(), token); err != nil || who.Locale != "en" {
			t.Errorf("got %q, %v", who.Locale, err)
		}
		if err := h.SetLocale(t.Context(), h.actor(token), "xx"); !fault.Is(err, fault.Invalid) {
			t.Errorf("an unknown language: %v", err)
		}
	})
}

func TestSweepDeletesWhatHasHadItsTime(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		a := h.member()
		h.signIn(a.Name)
		_, err := h.AddStaff(t.Context(), account.NewStaff{Role: account.Admin, StaffName: "Karla"})
		h.must(err)
		if got := h.count("session") + h.count("signin_link") + h.count("rate_limit"); got < 3 {
			t.Fatalf("only %d rows to begin with", got)
		}
		h.must(h.Sweep(t.Context()))
		if h.count("session") != 1 || h.count("signin_link") != 1 {
			t.Error("something was deleted too early")
		}
		h.Clock.Advance(49 * time.Hour)
		h.must(h.Sweep(t.Context()))
		for _, table := range []string{"session", "rate_limit"} {
			if n := h.count(table); n != 0 {
				t.Errorf("%d rows left in %s", n, table)
			}
		}
	})
}
