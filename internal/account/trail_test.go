package account_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"samhold/internal/account"
	"samhold/internal/recovery"
	"samhold/internal/totp"
)

// trail is what the account did to come in, as "action code", and forgets it.
func (h *house) trail(accountID string) []string {
	h.t.Helper()
	var all []string
	for _, row := range h.rows("SELECT action, code FROM audit_event WHERE object_kind = 'access' AND actor = '" + accountID + "' ORDER BY seq") {
		all = append(all, strings.TrimSpace(strings.ReplaceAll(row, "\n", " ")))
	}
	h.Exec(h.t, "DELETE FROM audit_event")
	return all
}

// wantTrail fails the test unless the account left just that.
func (h *house) wantTrail(what, accountID string, want ...string) {
	h.t.Helper()
	if got := h.trail(accountID); !slices.Equal(got, want) {
		h.t.Errorf("%s left %q, want %q", what, got, want)
	}
}

func TestWaysInOfStaffLeaveATrail(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		in, err := h.AddStaff(t.Context(), account.NewStaff{Role: account.DutyLead, StaffName: "Karla", Locale: "da"})
		h.must(err)
		joined, err := h.UseLink(t.Context(), in.Token, known)
		h.must(err)
		h.wantTrail("the link", in.AccountID, "staff_entered link")
		secret := h.enrol(t, joined.Token)
		h.wantTrail("an app", in.AccountID, "staff_access_changed app")
		token := h.signIn(in.Name)
		h.wantTrail("the passphrase", in.AccountID, "staff_entered passphrase")
		_ = h.Prove(t.Context(), h.actor(token), "000000")
		_ = h.Prove(t.Context(), h.actor(token), strings.Repeat("A", recovery.Length))
		h.Clock.Advance(time.Minute)
		h.must(h.Prove(t.Context(), h.actor(token), totp.Code(secret, totp.Step(h.Clock.Now()))))
		h.wantTrail("the extra step", in.AccountID, "staff_proof_failed app", "staff_proof_failed recovery", "staff_proven app")
		h.must(h.Prove(t.Context(), h.actor(token), joined.Codes[0]))
		h.wantTrail("a code", in.AccountID, "staff_proven recovery")
		token, err = h.ChangePassphrase(t.Context(), h.actor(token), known, another)
		h.must(err)
		codes, err := h.NewCodes(t.Context(), h.actor(token), another)
		h.must(err)
		h.wantTrail("changes", in.AccountID, "staff_access_changed passphrase", "staff_access_changed codes")
		_, err = h.Recover(t.Context(), account.Recovery{Name: in.Name, Code: codes[0], Passphrase: known, Address: address})
		h.must(err)
		h.wantTrail("recovery", in.AccountID, "staff_entered recovery")
		if _, err := h.SignIn(t.Context(), account.Attempt{Name: in.Name, Passphrase: another, Address: address}); err == nil {
			t.Fatal("the old passphrase works")
		}
		h.wantTrail("a wrong passphrase", in.AccountID)
	})
}

func TestMembersSignInsLeaveNoTrail(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		a := h.member()
		token := h.signIn(a.Name)
		_ = h.Prove(t.Context(), h.actor(token), "000000")
		codes, err := h.NewCodes(t.Context(), h.actor(token), known)
		h.must(err)
		h.must(h.Prove(t.Context(), h.actor(token), codes[0]))
		_, err = h.Recover(t.Context(), account.Recovery{Name: a.Name, Code: codes[1], Passphrase: another, Address: address})
		h.must(err)
		if n := h.count("audit_event"); n != 0 {
			t.Errorf("%d events", n)
		}
	})
}
