package passkey_test

import (
	"errors"
	"net/url"
	"testing"

	"samhold/internal/passkey"
	"samhold/internal/passkey/passkeytest"
)

const origin = "https://samhold.example"

func open(t *testing.T, at string) *passkey.Site {
	t.Helper()
	base, err := url.Parse(at)
	if err != nil {
		t.Fatal(err)
	}
	site, err := passkey.New(base)
	if err != nil {
		t.Fatal(err)
	}
	return site
}

func TestAnswersAreGoodForTheirQuestionAlone(t *testing.T) {
	site := open(t, origin)
	d := passkeytest.New(t, origin, "samhold.example")
	d.Count = 7
	asked, err := site.Register([]byte("who"), "navn", nil)
	if err != nil {
		t.Fatal(err)
	}
	key, err := site.Registered([]byte("who"), asked.State, d.Make(asked.Options))
	if err != nil || key.Count != 7 {
		t.Fatalf("%+v, %v", key, err)
	}
	keys := func([]byte) ([]passkey.Key, error) { return []passkey.Key{key}, nil }
	one, err := site.Ask()
	if err != nil {
		t.Fatal(err)
	}
	answer := d.Answer(one.Options)
	handle, used, err := site.Answered(one.State, answer, keys)
	if err != nil || string(handle) != "who" || used.Count != 8 {
		t.Fatalf("%s, %+v, %v", handle, used, err)
	}
	other, err := site.Ask()
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := site.Answered(other.State, answer, keys); !errors.Is(err, passkey.ErrAnswer) {
		t.Errorf("the answer to another question: %v", err)
	}
	elsewhere := passkeytest.New(t, "https://samhold.example.org", "samhold.example.org")
	if _, err := site.Registered([]byte("who"), asked.State, elsewhere.Make(asked.Options)); !errors.Is(err, passkey.ErrAnswer) {
		t.Errorf("made for another site: %v", err)
	}
}

func TestCountsThatDoNotGoUpAreCopies(t *testing.T) {
	site := open(t, origin)
	for name, c := range map[string]struct {
		kept, said uint32
		want       error
	}{
		"it counts":         {7, 8, nil},
		"it jumps":          {7, 900, nil},
		"it never counts":   {0, 0, nil},
		"the same again":    {7, 7, passkey.ErrCopied},
		"it goes back":      {7, 3, passkey.ErrCopied},
		"it stops to count": {7, 0, passkey.ErrCopied},
	} {
		t.Run(name, func(t *testing.T) {
			d := passkeytest.New(t, origin, "samhold.example")
			asked, err := site.Register([]byte("who"), "navn", nil)
			if err != nil {
				t.Fatal(err)
			}
			key, err := site.Registered([]byte("who"), asked.State, d.Make(asked.Options))
			if err != nil {
				t.Fatal(err)
			}
			key.Count = c.kept
			if d.Count = c.said; c.said > 0 {
				d.Count-- // it counts when it answers
			}
			asked, err = site.Ask()
			if err != nil {
				t.Fatal(err)
			}
			handle, _, err := site.Answered(asked.State, d.Answer(asked.Options), func([]byte) ([]passkey.Key, error) {
				return []passkey.Key{key}, nil
			})
			if !errors.Is(err, c.want) || string(handle) != "who" {
				t.Errorf("%s, %v; want %v", handle, err, c.want)
			}
		})
	}
}

func TestAddressesWithoutANameHaveNone(t *testing.T) {
	if open(t, "http://127.0.0.1:8080") != nil {
		t.Error("a number is no site")
	}
}
