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
		own   bool
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
		"own device, back after a month":    {own: true, every: 30*24*time.Hour - time.Minute, times: 1, holds: true},
		"own device, used every day":        {own: true, every: 24 * time.Hour, times: 29, holds: true},
		"own device, nobody stays longer":   {own: true, every: 24 * time.Hour, times: 30},
		"staff have no own device":          {own: true, staff: true, every: 30 * time.Minute, times: 1},
		"staff are signed out every day":    {own: true, staff: true, every: 20 * time.Minute, times: 36},
	} {
		t.Run(name, func(t *testing.T) {
			each(t, func(t *testing.T, h *house) {
				a := h.member()
				if tc.staff {
					h.must(h.Grant(t.Context(), a.ID, account.Moderator, "", ""))
				}
				in, err := h.SignIn(t.Context(), account.Attempt{Name: a.Name, Passphrase: known, OwnDevice: tc.own})
				h.must(err)
				if in.Staff != tc.staff || in.Own != (tc.own && !tc.staff) || (in.Device != "") != in.Own {
					t.Errorf("got %+v", in)
				}
				token := in.Token
				for range tc.times {
					h.Clock.Advance(tc.every)
					h.must(h.Sweep(t.Context()))
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
			len(who.Grants) != 2 || len(who.Actor.Grants) != 0 || !who.Unproven() || !who.Actor.At.Equal(h.Clock.Now()) {
			t.Errorf("got %+v", who)
		}
		if !who.Can(account.Moderate) || !who.Can(account.ManageJobs) {
			t.Error("the grants are not those given")
		}
		h.ProveAll(t)
		if who = h.identity(token); len(who.Actor.Grants) != 2 || who.Unproven() || !who.Actor.Can(account.Moderate) || !who.Actor.Fresh() {
			t.Errorf("after the second factor was proven: %+v", who)
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

// identity is who holds the token.
func (h *house) identity(token string) account.Identity {
	h.t.Helper()
	who, err := h.Identify(h.t.Context(), token)
	h.must(err)
	return who
}

func TestAMemberWhoIsGivenARoleHasNoOwnDevice(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		a := h.member()
		in, err := h.SignIn(t.Context(), account.Attempt{Name: a.Name, Passphrase: known, OwnDevice: true})
		h.must(err)
		h.Clock.Advance(13 * time.Hour)
		h.identity(in.Token)
		h.must(h.Grant(t.Context(), a.ID, account.Moderator, "", ""))
		if _, err := h.Identify(t.Context(), in.Token); !fault.Is(err, fault.Unauthenticated) {
			t.Errorf("the long session holds for staff: %v", err)
		}
	})
}

func TestAPauseClosesWhatIsSealedUntilConfirmed(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		a := h.member()
		token := h.signIn(a.Name)
		for range 4 {
			h.Clock.Advance(29 * time.Minute)
			if who := h.identity(token); who.Rested {
				t.Fatal("somebody who is there has to confirm")
			}
		}
		h.Clock.Advance(30 * time.Minute)
		for range 3 { // being there again is not enough
			if who := h.identity(token); !who.Rested || who.Actor.Confirmed() {
				t.Errorf("after a pause: %+v", who)
			}
			h.Clock.Advance(10 * time.Minute)
		}
		if err := h.Confirm(t.Context(), h.actor(token), "not it"); !fault.Is(err, fault.Invalid) {
			t.Errorf("a wrong passphrase: %v", err)
		}
		h.must(h.Confirm(t.Context(), h.actor(token), known))
		if who := h.identity(token); who.Rested || !who.Actor.Confirmed() || !who.Actor.ProvenAt.IsZero() {
			t.Errorf("after the passphrase: %+v", who)
		}
		h.Clock.Advance(10*time.Minute + time.Second)
		if who := h.identity(token); who.Rested || who.Actor.Confirmed() {
			t.Errorf("ten minutes later: %+v", who)
		}
	})
}
