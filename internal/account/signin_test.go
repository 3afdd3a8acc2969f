package account_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"samhold/internal/account"
	"samhold/internal/fault"
)

func TestSignInForgivesHowANameIsTyped(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		a := h.member()
		for _, typed := range []string{
			a.Name, " " + strings.ToUpper(a.Name) + " ", strings.ReplaceAll(a.Name, "-", " "),
		} {
			if got := h.actor(h.signIn(typed)).Account; got != a.ID {
				t.Errorf("%q signs %q in", typed, got)
			}
		}
	})
}

func TestSignInNeverTellsWhichNamesExist(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		a, gone := h.member(), h.member()
		h.must(h.Close(t.Context(), h.actor(h.signIn(gone.Name)), known))
		var answers []string
		for _, try := range []account.Attempt{
			{Name: a.Name, Passphrase: "not it, I am afraid"},
			{Name: "stille-regn-1234", Passphrase: known},
			{Name: gone.Name, Passphrase: known},
			{Name: "", Passphrase: ""},
			{Name: "\x00\xff", Passphrase: strings.Repeat("x", 10_000)},
		} {
			_, err := h.SignIn(t.Context(), try)
			f, ok := errors.AsType[*fault.Error](err)
			if !ok || f.Kind != fault.Invalid {
				t.Fatalf("got %v, want an Invalid fault", err)
			}
			answers = append(answers, f.Key)
		}
		for _, key := range answers {
			if key != answers[0] {
				t.Errorf("answers differ: %v", answers)
			}
		}
	})
}

func TestSignInIsLimitedAndNeverForEver(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		a := h.member()
		try := func(name, passphrase, from string) error {
			_, err := h.SignIn(t.Context(), account.Attempt{Name: name, Passphrase: passphrase, Address: from})
			return err
		}
		// Good ones do not count.
		for range 12 {
			h.must(try(a.Name, known, address))
		}
		for range 10 {
			if err := try(a.Name, "wrong", address); !fault.Is(err, fault.Invalid) {
				t.Fatalf("got %v", err)
			}
		}
		err := try(a.Name, known, "198.51.100.9")
		if !fault.Is(err, fault.RateLimited) {
			t.Fatalf("after ten failures: got %v", err)
		}
		// A name that nobody has is limited in the same way.
		for range 10 {
			if err := try("stille-regn-1234", "wrong", address); !fault.Is(err, fault.Invalid) {
				t.Fatalf("got %v", err)
			}
		}
		if err := try("stille-regn-1234", "wrong", address); !fault.Is(err, fault.RateLimited) {
			t.Errorf("unknown name: got %v", err)
		}
		h.Clock.Advance(15 * time.Minute)
		h.must(try(a.Name, known, address))
	})
}

func TestNoAddressIsStored(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		_, err := h.SignIn(t.Context(), account.Attempt{Name: "stille-regn-1234", Passphrase: known, Address: address})
		if !fault.Is(err, fault.Invalid) {
			t.Fatal(err)
		}
		for _, mark := range []string{address, "stille-regn"} {
			if h.dump(mark) {
				t.Errorf("%s stands in the database", mark)
			}
		}
	})
}
