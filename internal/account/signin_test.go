package account_test

import (
	"errors"
	"fmt"
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
		h.Exec(t, "UPDATE account SET state = 'erased' WHERE id = ?", gone.ID)
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

// failing is a try with a wrong passphrase.
func (h *house) failing(name, from, device string) error {
	_, err := h.SignIn(h.t.Context(), account.Attempt{Name: name, Passphrase: "not it", Address: from, Device: device})
	return err
}

func TestFailuresSlowDownAndNeverLockOut(t *testing.T) {
	const elsewhere = "198.51.100.9"
	each(t, func(t *testing.T, h *house) {
		a := h.member()
		in := func(from, device string) error {
			_, err := h.SignIn(t.Context(), account.Attempt{Name: a.Name, Passphrase: known, Address: from, Device: device})
			return err
		}
		for range 12 { // good ones do not count
			h.must(in(address, ""))
		}
		for _, name := range []string{a.Name, "stille-regn-1234"} {
			for range 10 {
				if err := h.failing(name, elsewhere, ""); !fault.Is(err, fault.Invalid) {
					t.Fatalf("got %v", err)
				}
			}
			wait := 5 * time.Second
			for range 9 {
				err := h.failing(name, elsewhere, "")
				if f, ok := errors.AsType[*fault.Error](err); !ok || f.Kind != fault.RateLimited || f.Wait != min(wait, 15*time.Minute) {
					t.Fatalf("%s: got %v, want a wait of %v", name, err, wait)
				}
				h.Clock.Advance(min(wait, 15*time.Minute))
				if err := h.failing(name, elsewhere, ""); !fault.Is(err, fault.Invalid) {
					t.Fatalf("%s after the wait: %v", name, err)
				}
				wait *= 2
			}
		}
		// The owner is at another address, or has a device that is known.
		h.must(in(address, ""))
	})
}

func TestManyAddressesDoNotHoldUpAKnownDevice(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		a, stranger := h.member(), h.member()
		in := func(a account.Account, device string) (account.Entered, error) {
			return h.SignIn(t.Context(), account.Attempt{Name: a.Name, Passphrase: known, Address: address, Device: device, OwnDevice: true})
		}
		own, err := in(a, "")
		h.must(err)
		theirs, err := in(stranger, "")
		h.must(err)
		for n := range 100 {
			if err := h.failing(a.Name, fmt.Sprintf("203.0.113.%d", n), ""); !fault.Is(err, fault.Invalid) {
				t.Fatal(err)
			}
		}
		// Everybody else waits, for half a minute at most, a device of somebody else's too.
		for _, device := range []string{"", "made up", theirs.Device} {
			if err := h.failing(a.Name, "192.0.2.200", device); !fault.Is(err, fault.RateLimited) {
				t.Errorf("device %.10q: got %v", device, err)
			}
		}
		if _, err := in(a, own.Device); err != nil {
			t.Errorf("the owner is locked out: %v", err)
		}
		// A stolen device cannot guess without end either, and takes nothing from the owner.
		for range 10 {
			if err := h.failing(a.Name, address, own.Device); !fault.Is(err, fault.Invalid) {
				t.Fatal(err)
			}
		}
		if err := h.failing(a.Name, address, own.Device); !fault.Is(err, fault.RateLimited) {
			t.Errorf("a device guesses on: %v", err)
		}
		h.Clock.Advance(30 * time.Second)
		if _, err := in(a, ""); err != nil {
			t.Errorf("the owner waits for more than half a minute: %v", err)
		}
		h.Clock.Advance(account.KnownDevice + time.Second)
		_ = h.failing(a.Name, address, own.Device)
		if rows := h.rows("SELECT tries FROM brake"); len(rows) == 0 {
			t.Error("an old device is still known")
		}
	})
}

func TestKnownAndUnknownNamesCostTheSame(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		a, gone := h.member(), h.member()
		h.Exec(t, "UPDATE account SET state = 'erased' WHERE id = ?", gone.ID)
		// Hashing is what takes time: as many of them as for a name that exists, whatever is typed.
		runs := func(do func(name, passphrase string) error) func(name, passphrase string) int {
			return func(name, passphrase string) int {
				t.Helper()
				before := h.hasher.Runs()
				if err := do(name, passphrase); !fault.Is(err, fault.Invalid) {
					t.Fatalf("got %v", err)
				}
				return int(h.hasher.Runs() - before)
			}
		}
		signIn := runs(func(name, passphrase string) error {
			_, err := h.SignIn(t.Context(), account.Attempt{Name: name, Passphrase: passphrase})
			return err
		})
		recover := runs(func(name, code string) error {
			_, err := h.Recover(t.Context(), account.Recovery{Name: name, Code: code, Passphrase: another})
			return err
		})
		for _, name := range []string{a.Name, gone.Name, "stille-regn-1234", "", "\x00\xff"} {
			for _, typed := range []string{"not it", "", strings.Repeat("x", 10_000), "0000-0000-0000-0000-0000-0000"} {
				if got := signIn(name, typed); got != 1 {
					t.Errorf("signing in as %q with %.10q: %d hashes, want 1", name, typed, got)
				}
				if got := recover(name, typed); got != 1 {
					t.Errorf("recovering %q with %.10q: %d hashes, want 1", name, typed, got)
				}
			}
			h.Exec(t, "DELETE FROM brake")
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
