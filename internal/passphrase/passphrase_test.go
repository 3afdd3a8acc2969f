package passphrase_test

import (
	"context"
	"errors"
	"os"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/alexedwards/argon2id"

	"samhold/internal/fault"
	"samhold/internal/passphrase"
)

func TestCheckTakesGoodPassphrases(t *testing.T) {
	for _, plain := range []string{
		"fire grønne cykler ved søen",
		"Kaffen blev kold i går",
		"vinduet knirker lidt",
		"hB7#qv2!Lmx9",
		"korrekt hest og 12 hæfteklammer",
		"Min mormors gamle kommode",
		"дом у синей реки",
		"hos os " + strings.Repeat("æblegrød og fløde ", 13),
	} {
		if err := passphrase.Check(plain, "stille-bakke-4821", "hu"); err != nil {
			t.Errorf("%q: %v", plain, err)
		}
	}
}

func TestCheckRefuses(t *testing.T) {
	tests := map[string][]string{
		"passphrase.rule.too_short":     {"", "kort", "elleve tegn", "ååååååååååå", "a\u030aa\u030aa\u030aa\u030aa\u030aa\u030a"},
		"passphrase.rule.too_long":      {strings.Repeat("æblegrød og fløde ", 15)},
		"passphrase.rule.not_text":      {"abc\xffdefghijkl", "abcd\x00efgh ijkl", "fire grønne\ncykler"},
		"passphrase.rule.contains_name": {"stille-bakke-4821", "Stille Bakke 4821!", "stillebakke og mere", "jeg er st1lle b4kke"},
		"passphrase.rule.repeats":       {"aaaaaaaaaaaa", "abababababab", "kodeord kodeord", "1212121212121", "abcdefabcdefab", "kjd9kjd9kjd9kjd9"},
		"passphrase.rule.common": {
			"password1234", "Password2026!", "p4ssw0rd!!!!", "PASSWORD PASSWORD 1", "password1password2", "passwordpassword12", "!!!welcome2026",
			"qwertyuiop12", "qwertyuiopåasdf", "asdfghjklæø1", "1qaz2wsx3edc", "123456789012", "abcdefghijkl", "0987654321qwerty", "zxcvbnmasdfg",
			"adgangskode1", "4dg4ngsk0de!", "Adgangskode2026", "4dgangskode2026", "jegelskerdig", "Jeg elsker dig", "jeg-elsker-dig-1", "jeg elsker mia",
			"brøndbyforever", "broendbyforever", "Brondby Forever!", "fckøbenhavn1992", "sommerferie2026", "efterår 202600", "december2026!",
			"hemmelighed12", "kærligheden1", "kaerligheden1", "correct horse battery staple", "iloveyou2026", "liverpoolfc1892", "24-12-1986 0101", "+45 12 34 56 78",
			"mitkodeord123", "dette er mit kodeord", "samhold samhold1",
		},
	}
	for key, list := range tests {
		for _, plain := range list {
			err := passphrase.Check(plain, "stille-bakke-4821")
			e, ok := errors.AsType[*fault.Error](err)
			if !ok || e.Kind != fault.Invalid || len(e.Fields) != 1 || e.Fields[0].Key != key {
				t.Errorf("%q: got %v, want %s", plain, err, key)
				if ok && len(e.Fields) > 0 {
					t.Logf("it is %s", e.Fields[0].Key)
				}
			}
		}
	}
}

func TestListOfCommonPassphrases(t *testing.T) {
	text, err := os.ReadFile("common.txt")
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(string(text)), "\n")
	if len(lines) < 3000 {
		t.Errorf("%d entries, want at least 3,000", len(lines))
	}
	long := 0
	for _, line := range lines {
		if len([]rune(line)) < passphrase.MinRunes {
			continue
		}
		long++
		if passphrase.Check(line) == nil || passphrase.Check(strings.ToUpper(line)+"2026!") == nil {
			t.Errorf("%q is taken", line)
		}
	}
	if long < 1000 {
		t.Errorf("only %d entries are long enough to matter as they are", long)
	}
}

func TestHashAndVerify(t *testing.T) {
	ctx := t.Context()
	h := passphrase.NewHasher()
	hash, err := h.Hash(ctx, "fire grønne cykler")
	if err != nil {
		t.Fatal(err)
	}
	again, err := h.Hash(ctx, "fire grønne cykler")
	if err != nil || again == hash {
		t.Errorf("two hashes of one passphrase are equal: %v", err)
	}
	tests := []struct {
		name, plain string
		want        bool
	}{
		{"right", "fire grønne cykler", true},
		{"another", "fire grønne cyklet", false},
		{"other capitals", "Fire grønne cykler", false},
		{"empty", "", false},
		{"over-long", strings.Repeat("a", 1<<20), false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got, err := h.Verify(ctx, test.plain, hash); err != nil || got != test.want {
				t.Errorf("got %v, %v", got, err)
			}
		})
	}
	composed, _ := h.Hash(ctx, "bl\u00e5 og gr\u00f8nne")
	if ok, err := h.Verify(ctx, "bla\u030a og gr\u00f8nne", composed); !ok || err != nil {
		t.Errorf("another form of the same letters does not match: %v", err)
	}
	if _, err := h.Verify(ctx, "x", "ikke en hash"); err == nil {
		t.Error("a broken hash is no error")
	}
}

func TestHashCostsWhatWasDecided(t *testing.T) {
	h := passphrase.NewHasher()
	hash, err := h.Hash(t.Context(), "fire grønne cykler")
	if err != nil {
		t.Fatal(err)
	}
	got, _, _, err := argon2id.DecodeHash(hash)
	if err != nil {
		t.Fatal(err)
	}
	want := argon2id.Params{Memory: 19 * 1024, Iterations: 2, Parallelism: 1, SaltLength: 16, KeyLength: 32}
	if *got != want {
		t.Errorf("got %+v, want %+v", *got, want)
	}
	dummy, _, _, err := argon2id.DecodeHash(passphrase.Dummy)
	if err != nil || *dummy != want {
		t.Errorf("an unknown name costs %+v, %v, want %+v", dummy, err, want)
	}
	if err := h.VerifyDummy(t.Context(), "x"); err != nil {
		t.Error(err)
	}
}

// TestTwoAtOnce fills both slots and shows that a third waits for one, or for the end of its context.
func TestTwoAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := passphrase.NewHasher()
		release := passphrase.Occupy(h, 2)
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if _, err := h.Hash(ctx, "fire grønne cykler"); !fault.Is(err, fault.Unavailable) || !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("got %v, want Unavailable after the deadline", err)
		}
		if err := h.VerifyDummy(ctx, "x"); !fault.Is(err, fault.Unavailable) {
			t.Errorf("with an ended context: got %v, want Unavailable", err)
		}
		done := make(chan error)
		go func() { done <- h.VerifyDummy(t.Context(), "x") }()
		synctest.Wait()
		select {
		case err := <-done:
			t.Fatalf("a third hash did not wait: %v", err)
		default:
		}
		release()
		if err := <-done; err != nil {
			t.Error(err)
		}
	})
}

func BenchmarkHash(b *testing.B) {
	h := passphrase.NewHasher()
	for b.Loop() {
		if _, err := h.Hash(b.Context(), "fire grønne cykler"); err != nil {
			b.Fatal(err)
		}
	}
}
