package account_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"samhold/internal/account"
	"samhold/internal/clock"
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

func TestUnknownNamesCostAsMuch(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		a := h.member()
		// The quickest of a few tries, taken in turns, is the work itself without the waiting of a busy machine.
		there, nowhere := time.Hour, time.Hour
		for range 5 {
			there = min(there, h.failing(a.Name))
			nowhere = min(nowhere, h.failing("stille-regn-1234"))
		}
		if nowhere < there/4 {
			t.Errorf("a name that exists takes %v, one that does not %v", there, nowhere)
		}
	})
}

// failing is how long a failed try takes.
func (h *house) failing(name string) time.Duration {
	h.t.Helper()
	began := clock.System{}.Now()
	_, err := h.SignIn(h.t.Context(), account.Attempt{Name: name, Passphrase: "not it"})
	if !fault.Is(err, fault.Invalid) {
		h.t.Fatal(err)
	}
	return clock.System{}.Now().Sub(began)
}

func TestFailuresCountForNameAndAddress(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		a := h.member()
		for range 3 {
			_, err := h.SignIn(t.Context(), account.Attempt{Name: a.Name, Passphrase: "not it", Address: address})
			if !fault.Is(err, fault.Invalid) {
				t.Fatal(err)
			}
		}
		h.signIn(a.Name)
		if hits := h.rows("SELECT hits FROM rate_limit"); !slices.Equal(hits, []string{"3\n", "3\n"}) {
			t.Errorf("counted %q, want 3 for the name and 3 for the address", hits)
		}
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
