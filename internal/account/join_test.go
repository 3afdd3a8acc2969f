package account_test

import (
	"testing"
	"time"

	"samhold/internal/account"
	"samhold/internal/fault"
)

func application(h *house, name string) account.Application {
	return account.Application{
		Joining:    account.Joining{BirthYear: 1990, Consent: account.ConsentVersion, Name: name},
		Passphrase: known, Address: address,
	}
}

func TestJoinMakesAnAccountThatCanComeBack(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		name, err := h.IssueName(t.Context())
		h.must(err)
		joined, err := h.Join(t.Context(), application(h, name))
		h.must(err)
		actor := h.actor(joined.Token)
		if actor.Account != joined.AccountID || actor.BirthYear != 1990 || actor.Paused || actor.Staff() {
			t.Errorf("got %+v", actor)
		}
		if got := h.actor(h.signIn(name)).Account; got != joined.AccountID {
			t.Error("the new account cannot sign in")
		}
		c, err := h.Consent(t.Context(), actor)
		if err != nil || c.Version != account.ConsentVersion || c.WithdrawnAt != nil || !c.GivenAt.Equal(h.Clock.Now()) {
			t.Errorf("consent %+v, %v", c, err)
		}
		if left, err := h.CodesLeft(t.Context(), actor); err != nil || left != 10 || len(joined.Codes) != 10 {
			t.Errorf("%d codes left of %d, %v", left, len(joined.Codes), err)
		}
		for _, mark := range append(joined.Codes, known, joined.Token) {
			if h.dump(mark) {
				t.Error("a secret stands in the database")
			}
		}
		if _, err := h.Join(t.Context(), application(h, name)); !fault.Is(err, fault.Conflict) {
			t.Errorf("the same name twice: got %v", err)
		}
	})
}

func TestJoinWantsEveryStep(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		for name, change := range map[string]func(*account.Application){
			"no year":       func(a *account.Application) { a.Joining.BirthYear = 0 },
			"no consent":    func(a *account.Application) { a.Joining.Consent = 0 },
			"old consent":   func(a *account.Application) { a.Joining.Consent = account.ConsentVersion - 1 },
			"no name":       func(a *account.Application) { a.Joining.Name = "" },
			"short":         func(a *account.Application) { a.Passphrase = "kort" },
			"contains name": func(a *account.Application) { a.Passphrase = a.Joining.Name + "!" },
		} {
			app := application(h, "stille-regn-1234")
			change(&app)
			if _, err := h.Join(t.Context(), app); !fault.Is(err, fault.Conflict) && !fault.Is(err, fault.Invalid) {
				t.Errorf("%s: got %v", name, err)
			}
		}
		if h.dump("stille-regn") {
			t.Error("a failed try left something behind")
		}
	})
}

func TestJoiningBelongsToOneBrowserForTwoHours(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		sealed, err := h.SealJoining("browser", account.Joining{BirthYear: 1990, Name: "stille-regn-1234"})
		h.must(err)
		if got := h.OpenJoining("browser", sealed); got.Name != "stille-regn-1234" || got.BirthYear != 1990 {
			t.Errorf("got %+v", got)
		}
		middle := len(sealed) / 2
		forged := sealed[:middle] + string(sealed[middle]^1) + sealed[middle+1:]
		for name, got := range map[string]account.Joining{
			"another browser": h.OpenJoining("other", sealed), "no browser": h.OpenJoining("", sealed),
			"changed": h.OpenJoining("browser", forged), "nonsense": h.OpenJoining("browser", "a.b"),
		} {
			if got != (account.Joining{}) {
				t.Errorf("%s: got %+v", name, got)
			}
		}
		if codes, err := h.SealCodes("browser", account.Codes{List: []string{"x"}}); err != nil ||
			h.OpenJoining("browser", codes) != (account.Joining{}) {
			t.Errorf("codes open as joining: %v", err)
		}
		h.Clock.Advance(2*time.Hour + time.Second)
		if got := h.OpenJoining("browser", sealed); got != (account.Joining{}) {
			t.Errorf("too late: got %+v", got)
		}
	})
}

func TestAdmit(t *testing.T) {
	yes, no := true, false
	at := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	for _, tc := range []struct {
		year   int
		turned *bool
		want   account.Admission
	}{
		{2027, nil, account.NoYear},
		{1910, nil, account.NoYear},
		{1911, nil, account.Admitted},
		{2026, nil, account.TooYoung},
		{2012, nil, account.TooYoung},
		{2012, &yes, account.TooYoung},
		{2011, nil, account.AskBirthday},
		{2011, &yes, account.Admitted},
		{2011, &no, account.TooYoung},
		{2010, nil, account.Admitted},
		{2010, &no, account.Admitted},
	} {
		if got := account.Admit(tc.year, tc.turned, at); got != tc.want {
			t.Errorf("Admit(%d, %v) = %s, want %s", tc.year, tc.turned, got, tc.want)
		}
	}
}
