package recovery_test

import (
	"bytes"
	"crypto/rand"
	"errors"
	"math"
	"regexp"
	"strings"
	"testing"
	"testing/iotest"

	"samhold/internal/recovery"
)

func TestNew(t *testing.T) {
	form := regexp.MustCompile(`^([0-9A-HJKMNP-TV-Z]{4}-){5}[0-9A-HJKMNP-TV-Z]{4}$`)
	seen := map[string]bool{}
	for range 20 {
		codes, err := recovery.New(rand.Reader)
		if err != nil {
			t.Fatal(err)
		}
		if len(codes) != 10 {
			t.Fatalf("got %d codes", len(codes))
		}
		for _, c := range codes {
			if !form.MatchString(c) || seen[c] {
				t.Errorf("%q has another form or came twice", c)
			}
			seen[c] = true
			if recovery.Fold(c) != c {
				t.Errorf("Fold(%q) = %q", c, recovery.Fold(c))
			}
		}
	}
	if bits := recovery.Length * math.Log2(32); bits < 112 {
		t.Errorf("a code carries %.0f bits", bits)
	}
}

func TestNewUsesEverySignEqually(t *testing.T) {
	all := make([]byte, recovery.Count*recovery.Length)
	for i := range all {
		all[i] = byte(i)
	}
	codes, err := recovery.New(bytes.NewReader(all))
	if err != nil {
		t.Fatal(err)
	}
	counts := map[rune]int{}
	for _, r := range strings.ReplaceAll(strings.Join(codes, ""), "-", "") {
		counts[r]++
	}
	for r, n := range counts {
		if n < 7 || n > 8 {
			t.Errorf("%c comes %d times in 240", r, n)
		}
	}
	gone := errors.New("gone")
	if _, err := recovery.New(iotest.ErrReader(gone)); !errors.Is(err, gone) {
		t.Errorf("got %v", err)
	}
}

func TestFold(t *testing.T) {
	const code = "7K3M-01AB-CDEF-GHJK-MNPQ-RSTV"
	tests := []struct{ name, typed, want string }{
		{"as shown", code, code},
		{"small letters", strings.ToLower(code), code},
		{"no hyphens", strings.ReplaceAll(code, "-", ""), code},
		{"spaces and a newline", " 7K3M 01AB CDEF GHJK MNPQ RSTV\n", code},
		{"long dashes", strings.ReplaceAll(code, "-", " – "), code},
		{"letters that look like digits", "7K3M-OLAB-CDEF-GHJK-MNPQ-RSTV", code},
		{"another letter that looks like a digit", "7k3m-oiab-cdef-ghjk-mnpq-rstv", code},
		{"wide letters", "７K3M-01AB-CDEF-GHJK-MNPQ-RSTV", code},
		{"a sign that no code has", "UK3M-01AB-CDEF-GHJK-MNPQ-RSTV", ""},
		{"a Danish letter", "ØK3M-01AB-CDEF-GHJK-MNPQ-RSTV", ""},
		{"too short", "7K3M-01AB", ""},
		{"too long", code + "-0000", ""},
		{"nothing", "", ""},
		{"very long", strings.Repeat("0", 1<<16), ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := recovery.Fold(test.typed); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

func TestHash(t *testing.T) {
	const code = "7K3M-01AB-CDEF-GHJK-MNPQ-RSTV"
	key := [32]byte{1}
	if !bytes.Equal(recovery.Hash(key, code), recovery.Hash(key, "7k3m oiab cdef ghjk mnpq rstv")) {
		t.Error("one code typed in two ways gives two hashes")
	}
	if bytes.Equal(recovery.Hash(key, code), recovery.Hash([32]byte{2}, code)) {
		t.Error("another key gives the same hash")
	}
	if bytes.Equal(recovery.Hash(key, code), recovery.Hash(key, "8K3M-01AB-CDEF-GHJK-MNPQ-RSTV")) {
		t.Error("another code gives the same hash")
	}
	if recovery.Hash(key, "ikke en kode") != nil {
		t.Error("what is no code has a hash")
	}
}
