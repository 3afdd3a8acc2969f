package account_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"samhold/internal/account"
	"samhold/internal/fault"
)

func TestStaffComeInByALinkOnce(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		in, err := h.AddStaff(t.Context(), account.NewStaff{Role: account.DutyLead, StaffName: " Karla ", Locale: "da"})
		h.must(err)
		if name, err := h.LinkOwner(t.Context(), in.Token); err != nil || name != in.Name {
			t.Fatalf("link of %q, %v", name, err)
		}
		if _, err := h.UseLink(t.Context(), in.Token, "kort"); !fault.Is(err, fault.Invalid) {
			t.Fatalf("a short passphrase: %v", err)
		}
		joined, err := h.UseLink(t.Context(), in.Token, known)
		h.must(err)
		who, err := h.Identify(t.Context(), joined.Token)
		h.must(err)
		if who.StaffName != "Karla" || !who.Can(account.Moderate) || !who.Unproven() || who.Actor.Minor() || len(joined.Codes) != 10 {
			t.Errorf("got %+v", who)
		}
		if _, err := h.UseLink(t.Context(), in.Token, known); !fault.Is(err, fault.NotFound) {
			t.Errorf("the link works twice: %v", err)
		}
		if _, err := h.LinkOwner(t.Context(), in.Token); !fault.Is(err, fault.NotFound) {
			t.Errorf("the used link still shows whose it is: %v", err)
		}
		if h.dump(in.Token) {
			t.Error("the link stands in the database")
		}
		audited := h.rows("SELECT action, object_id, code FROM audit_event WHERE object_kind = 'account'")
		if want := []string{"staff_granted\n" + in.AccountID + "\nduty_lead\n"}; !slices.Equal(audited, want) {
			t.Errorf("audited: %q, want %q", audited, want)
		}
	})
}

func TestStaffLinkHoldsForADay(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		in, err := h.AddStaff(t.Context(), account.NewStaff{Role: account.Admin, StaffName: "Karla"})
		h.must(err)
		h.Clock.Advance(24 * time.Hour)
		if _, err := h.LinkOwner(t.Context(), in.Token); !fault.Is(err, fault.NotFound) {
			t.Errorf("got %v", err)
		}
	})
}

func TestAddStaffRefuses(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		for _, n := range []account.NewStaff{
			{Role: "king", StaffName: "Karla"},
			{Role: account.Admin, StaffName: "  "},
			{Role: account.Admin, StaffName: "Kar\x00la"},
			{Role: account.Admin, StaffName: strings.Repeat("a", 61)},
		} {
			if _, err := h.AddStaff(t.Context(), n); !fault.Is(err, fault.Invalid) {
				t.Errorf("%+v: got %v", n, err)
			}
		}
	})
}
