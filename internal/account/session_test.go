package account_test

import (
	"strings"
	"testing"
	"time"

	"samhold/internal/account"
	"samhold/internal/fault"
	"samhold/internal/store"
)

func TestSessionEndsByItself(t *testing.T) {
	for name, tc := range map[string]struct {
		staff bool
		every time.Duration // between two requests
		times int
		holds bool
	}{
		"member back after an hour":         {every: time.Hour, times: 1, holds: true},
		"member away for two hours":         {every: 2 * time.Hour, times: 1},
		"member busy for eleven hours":      {every: time.Hour, times: 11, holds: true},
		"nobody stays longer than a day":    {every: time.Hour, times: 12},
		"staff back after twenty minutes":   {staff: true, every: 20 * time.Minute, times: 1, holds: true},
		"staff away for half an hour":       {staff: true, every: 30 * time.Minute, times: 1},
		"staff stay no longer than members": {staff: true, every: 20 * time.Minute, times: 36},
	} {
		t.Run(name, func(t *testing.T) {
			each(t, func(t *testing.T, h *house) {
				a := h.member()
				if tc.staff {
					h.must(h.Grant(t.Context(), a.ID, account.Moderator, "", ""))
				}
				token := h.signIn(a.Name)
				var err error
				for range tc.times {
					h.Clock.Advance(tc.every)
					if _, err = h.Identify(t.Context(), token); err != nil {
						break
					}
				}
				if tc.holds && err != nil {
					t.Errorf("the session has ended: %v", err)
				}
				if !tc.holds && !fault.Is(err, fault.Unauthenticated) {
					t.Errorf("got %v, want an Unauthenticated fault", err)
				}
			})
		})
	}
}

func TestIdentifyTellsWhoAsks(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		a := h.member()
		h.must(h.Grant(t.Context(), a.ID, account.Moderator, "", a.ID))
		h.must(h.Grant(t.Context(), a.ID, account.Admin, "", a.ID))
		h.must(h.Notify(t.Context(), a.ID, account.NoticeRecovered, ""))
		token := h.signIn(a.Name)
		ctx, queries := store.CountQueries(t.Context())
		who, err := h.Identify(ctx, token)
		if err != nil {
			t.Fatal(err)
		}
		if n := queries(); n != 1 {
			t.Errorf("%d queries, want 1: this is on every request's way", n)
		}
		if who.Actor.Account != a.ID || who.Name != a.Name || who.Actor.BirthYear != 1990 || who.Notices != 1 ||
			len(who.Actor.Grants) != 2 || !who.Actor.At.Equal(h.Clock.Now()) {
			t.Errorf("got %+v", who)
		}
		if !who.Actor.Can(account.Moderate) || !who.Actor.Can(account.ManageJobs) {
			t.Error("the grants are not those given")
		}
		for _, wrong := range []string{"", "x", token + "x"} {
			if _, err := h.Identify(t.Context(), wrong); !fault.Is(err, fault.Unauthenticated) {
				t.Errorf("token %q: got %v", wrong, err)
			}
		}
	})
}

func TestNobodyStaysWhenTheAccountMovesOn(t *testing.T) {
	for name, change := range map[string]string{
		"everybody was signed out meanwhile": "UPDATE account SET session_epoch = session_epoch + 1",
		"the account was closed":             "UPDATE account SET state = 'closed'",
		"the account was erased":             "UPDATE account SET state = 'erased'",
	} {
		t.Run(name, func(t *testing.T) {
			each(t, func(t *testing.T, h *house) {
				a := h.member()
				token := h.signIn(a.Name)
				codes, err := h.NewCodes(t.Context(), h.actor(token), known)
				h.must(err)
				h.Exec(t, change)
				if _, err := h.Identify(t.Context(), token); !fault.Is(err, fault.Unauthenticated) {
					t.Errorf("the session holds: %v", err)
				}
				if _, err := h.ExpiredOwner(t.Context(), token); !fault.Is(err, fault.NotFound) {
					t.Errorf("the session has an owner: %v", err)
				}
				if strings.Contains(change, "epoch") {
					return
				}
				_, err = h.Recover(t.Context(), account.Recovery{Name: a.Name, Code: codes[0], Passphrase: another})
				if !fault.Is(err, fault.Invalid) {
					t.Errorf("a code lets in: %v", err)
				}
			})
		})
	}
}

func TestSignOutEndsOneOrAll(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		a, stranger := h.member(), h.member()
		one, two, three := h.signIn(a.Name), h.signIn(a.Name), h.signIn(a.Name)
		other := h.signIn(stranger.Name)
		live := func(token string, want bool) {
			t.Helper()
			if _, err := h.Identify(t.Context(), token); (err == nil) != want {
				t.Errorf("session holds: %v, want %v", err == nil, want)
			}
		}
		h.must(h.SignOut(t.Context(), one))
		live(one, false)
		live(two, true)
		// Somebody else's session cannot be ended, even by its id.
		h.must(h.SignOutOther(t.Context(), h.actor(other), h.actor(two).Session))
		live(two, true)
		h.must(h.SignOutOther(t.Context(), h.actor(three), h.actor(two).Session))
		live(two, false)
		all, err := h.Sessions(t.Context(), h.actor(three))
		if err != nil || len(all) != 1 {
			t.Errorf("%d sessions left, want 1 (%v)", len(all), err)
		}
		h.must(h.SignOutEverywhere(t.Context(), h.actor(three)))
		live(three, false)
		live(other, true)
	})
}

func TestExpiredOwnerServesOneHour(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		a := h.member()
		idle, ended := h.signIn(a.Name), h.signIn(a.Name)
		h.must(h.SignOut(t.Context(), ended))
		check := func(token string, want bool) {
			t.Helper()
			owner, err := h.ExpiredOwner(t.Context(), token)
			if want && (err != nil || owner != a.ID) {
				t.Errorf("got %q, %v", owner, err)
			}
			if !want && !fault.Is(err, fault.NotFound) {
				t.Errorf("got %v, want NotFound", err)
			}
		}
		check(idle, false) // it has not expired
		check(ended, false)
		h.Clock.Advance(2*time.Hour + time.Minute)
		check(idle, true)
		check(ended, false)
		h.must(h.Sweep(t.Context()))
		check(idle, true)
		h.Clock.Advance(time.Hour)
		check(idle, false)
		check("", false)
	})
}

// must fails the test on an error.
func (h *house) must(err error) {
	h.t.Helper()
	if err != nil {
		h.t.Fatal(err)
	}
}
