package account_test

import (
	"encoding/base32"
	"errors"
	"strings"
	"testing"
	"time"

	"samhold/internal/account"
	"samhold/internal/fault"
	"samhold/internal/totp"
)

// colleague is a moderator, signed in by the passphrase alone.
func (h *house) colleague() (account.Account, string) {
	h.t.Helper()
	a := h.member()
	h.must(h.Grant(h.t.Context(), a.ID, account.Moderator, "", ""))
	return a, h.signIn(a.Name)
}

// secretOf is what an app keeps of an enrolment.
func secretOf(t *testing.T, e account.Enrolment) []byte {
	t.Helper()
	secret, err := base32.StdEncoding.DecodeString(strings.ReplaceAll(e.Text, " ", ""))
	if err != nil {
		t.Fatal(err)
	}
	return secret
}

// enrol connects an app to the account of the session.
func (h *house) enrol(t *testing.T, token string) []byte {
	t.Helper()
	e, err := h.BeginAuthenticator(h.identity(token))
	h.must(err)
	secret := secretOf(t, e)
	h.must(h.AddAuthenticator(t.Context(), h.actor(token), e.Slip, totp.Code(secret, totp.Step(h.Clock.Now()))))
	return secret
}

// wantKey fails the test unless err is an Invalid fault on the field "code" with the key.
func wantKey(t *testing.T, err error, key string) {
	t.Helper()
	f, ok := errors.AsType[*fault.Error](err)
	if !ok || f.Kind != fault.Invalid || len(f.Fields) != 1 || f.Fields[0].Name != "code" || f.Fields[0].Key != key {
		t.Errorf("got %v, want %s", err, key)
	}
}

func TestAnAppIsConnectedByItsFirstCode(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		a, token := h.colleague()
		there := h.signIn(a.Name)
		e, err := h.BeginAuthenticator(h.identity(token))
		h.must(err)
		secret := secretOf(t, e)
		code := totp.Code(secret, totp.Step(h.Clock.Now()))
		_, other := h.colleague()
		wantKey(t, h.AddAuthenticator(t.Context(), h.actor(other), e.Slip, code), "factor.again") // another's slip
		wantKey(t, h.AddAuthenticator(t.Context(), h.actor(token), "made up", code), "factor.again")
		wantKey(t, h.AddAuthenticator(t.Context(), h.actor(token), e.Slip, "000000"), "factor.code_new_wrong")
		if have, err := h.Factors(t.Context(), h.actor(token)); err != nil || have.Any() {
			t.Errorf("kept before it was proven: %+v, %v", have, err)
		}
		again, err := h.ResumeAuthenticator(h.identity(token), e.Slip)
		if err != nil || again.Text != e.Text {
			t.Errorf("a wrong code changes the secret: %v", err)
		}
		h.must(h.AddAuthenticator(t.Context(), h.actor(token), e.Slip, code))
		if who := h.identity(token); who.Unproven() || !who.Actor.Can(account.Moderate) {
			t.Errorf("not proven: %+v", who)
		}
		if _, err := h.Identify(t.Context(), there); !fault.Is(err, fault.Unauthenticated) {
			t.Errorf("the other session holds: %v", err)
		}
		if h.dump(string(secret)) || h.dump(strings.ReplaceAll(e.Text, " ", "")) {
			t.Error("the secret stands in the database")
		}
		h.Clock.Advance(30 * time.Minute)
		fresh := h.signIn(a.Name)
		late, err := h.BeginAuthenticator(h.identity(fresh))
		h.must(err)
		h.Clock.Advance(29 * time.Minute)
		h.identity(fresh)
		h.Clock.Advance(2 * time.Minute)
		wantKey(t, h.AddAuthenticator(t.Context(), h.actor(fresh), late.Slip, totp.Code(secretOf(t, late), totp.Step(h.Clock.Now()))), "factor.again")
	})
}

func TestACodeProvesOnce(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		a, token := h.colleague()
		secret := h.enrol(t, token)
		code := func(ahead int64) string { return totp.Code(secret, totp.Step(h.Clock.Now())+ahead) }
		one, two := h.signIn(a.Name), h.signIn(a.Name)
		wantKey(t, h.Prove(t.Context(), h.actor(one), code(0)), "factor.code_wrong") // it connected the app
		h.Clock.Advance(time.Minute)
		h.must(h.Prove(t.Context(), h.actor(one), code(0)))
		if who := h.identity(one); who.Unproven() || !who.Actor.Fresh() {
			t.Errorf("not proven: %+v", who)
		}
		wantKey(t, h.Prove(t.Context(), h.actor(two), code(0)), "factor.code_wrong")  // used
		wantKey(t, h.Prove(t.Context(), h.actor(two), code(-1)), "factor.code_wrong") // older than one that was used
		if who := h.identity(two); !who.Unproven() {
			t.Error("another session is proven")
		}
		h.must(h.Prove(t.Context(), h.actor(two), code(1)))
		h.Clock.Advance(11 * time.Minute)
		if who := h.identity(two); who.Unproven() || who.Actor.Fresh() {
			t.Errorf("eleven minutes later: %+v", who)
		}
		// A role without an app has nothing to prove with.
		_, bare := h.colleague()
		wantKey(t, h.Prove(t.Context(), h.actor(bare), code(0)), "factor.code_wrong")
	})
}

func TestGuessingAtCodesIsLimited(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		_, token := h.colleague()
		secret := h.enrol(t, token)
		h.Clock.Advance(time.Minute)
		for range 10 {
			wantKey(t, h.Prove(t.Context(), h.actor(token), "000000"), "factor.code_wrong")
		}
		if err := h.Prove(t.Context(), h.actor(token), totp.Code(secret, totp.Step(h.Clock.Now()))); !fault.Is(err, fault.RateLimited) {
			t.Errorf("got %v", err)
		}
		h.Clock.Advance(15 * time.Minute)
		h.must(h.Prove(t.Context(), h.actor(token), totp.Code(secret, totp.Step(h.Clock.Now()))))
	})
}

func TestARecoveryCodeStandsInForThePhone(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		a, token := h.colleague()
		h.enrol(t, token)
		codes, err := h.NewCodes(t.Context(), h.actor(token), known)
		h.must(err)
		lost := h.signIn(a.Name)
		wantKey(t, h.Prove(t.Context(), h.actor(lost), "0000-0000-0000-0000-0000-0000"), "factor.recovery_wrong")
		h.must(h.Prove(t.Context(), h.actor(lost), strings.ToLower(codes[0])))
		if who := h.identity(lost); who.Unproven() || who.Notices != 1 {
			t.Errorf("got %+v", who)
		}
		if _, err := h.Identify(t.Context(), token); !fault.Is(err, fault.Unauthenticated) {
			t.Errorf("the other session holds: %v", err)
		}
		if left, err := h.CodesLeft(t.Context(), h.actor(lost)); err != nil || left != 9 {
			t.Errorf("%d codes left, %v", left, err)
		}
		wantKey(t, h.Prove(t.Context(), h.actor(lost), codes[0]), "factor.recovery_wrong")
	})
}

func TestOneSheetOfCodesIsNotBothKeys(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		a, token := h.colleague()
		h.enrol(t, token)
		codes, err := h.NewCodes(t.Context(), h.actor(token), known)
		h.must(err)
		found, err := h.Recover(t.Context(), account.Recovery{Name: a.Name, Code: codes[0], Passphrase: another})
		h.must(err)
		if who := h.identity(found); !who.Unproven() || len(who.Actor.Grants) != 0 {
			t.Errorf("a code gives the role: %+v", who)
		}
		wantKey(t, h.Prove(t.Context(), h.actor(found), codes[1]), "factor.recovery_wrong")
	})
}

func TestStaffKeepAFactor(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		a, token := h.colleague()
		h.enrol(t, token)
		there := h.signIn(a.Name)
		if err := h.RemoveAuthenticator(t.Context(), h.identity(token)); !fault.Is(err, fault.Conflict) {
			t.Errorf("the last factor is removed: %v", err)
		}
		h.Exec(t, "UPDATE staff_grant SET ends_at = ?", h.Clock.Now().Add(-time.Minute))
		h.must(h.RemoveAuthenticator(t.Context(), h.identity(token)))
		if have, err := h.Factors(t.Context(), h.actor(token)); err != nil || have.Any() {
			t.Errorf("left: %+v, %v", have, err)
		}
		if _, err := h.Identify(t.Context(), there); !fault.Is(err, fault.Unauthenticated) {
			t.Errorf("the other session holds: %v", err)
		}
	})
}

func TestChangingThePassphraseKeepsTheProof(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		_, token := h.colleague()
		h.enrol(t, token)
		fresh, err := h.ChangePassphrase(t.Context(), h.actor(token), known, another)
		h.must(err)
		if who := h.identity(fresh); who.Unproven() {
			t.Error("the proof is lost")
		}
		_, bare := h.colleague()
		fresh, err = h.ChangePassphrase(t.Context(), h.actor(bare), known, another)
		h.must(err)
		if who := h.identity(fresh); !who.Unproven() {
			t.Error("a proof from nowhere")
		}
	})
}

func TestPresentCodesAreNewAndWork(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		a, token := h.colleague()
		if code, err := h.PresentCode(t.Context(), h.actor(token)); err != nil || code != "" {
			t.Errorf("a code without an app: %q, %v", code, err)
		}
		h.must(h.EnrolAuthenticator(t.Context(), a.ID))
		for range 3 {
			code, err := h.PresentCode(t.Context(), h.actor(token))
			h.must(err)
			h.must(h.Prove(t.Context(), h.actor(token), code))
		}
		if code, err := h.PresentCode(t.Context(), h.actor(token)); err != nil || code != "" {
			t.Errorf("a fourth within half a minute: %q, %v", code, err)
		}
	})
}
