package totp_test

import (
	"encoding/base32"
	"net/url"
	"strings"
	"testing"
	"time"

	"samhold/internal/totp"
)

// rfc is the secret of RFC 6238, appendix B.
var rfc = []byte("12345678901234567890")

func TestCodesOfTheStandard(t *testing.T) {
	// The table of RFC 6238, appendix B, for SHA-1, has eight digits; the last six are those of a six-digit code.
	for at, want := range map[int64]string{
		59: "94287082", 1111111109: "07081804", 1111111111: "14050471", 1234567890: "89005924", 2000000000: "69279037",
		20000000000: "65353130",
	} {
		if got := totp.Code(rfc, totp.Step(time.Unix(at, 0))); got != want[2:] {
			t.Errorf("at %d: got %s, want %s", at, got, want[2:])
		}
	}
}

func TestMatch(t *testing.T) {
	now := time.Unix(1234567890, 0)
	step := totp.Step(now)
	for name, tc := range map[string]struct {
		typed string
		want  int64 // 0 for none
	}{
		"now":                      {totp.Code(rfc, step), step},
		"half a minute ago":        {totp.Code(rfc, step-1), step - 1},
		"half a minute ahead":      {totp.Code(rfc, step+1), step + 1},
		"a minute ago":             {totp.Code(rfc, step-2), 0},
		"a minute ahead":           {totp.Code(rfc, step+2), 0},
		"with spaces and a line":   {" 005-924 ", step},
		"full-width digits":        {"００５９２４", step},
		"another":                  {"005925", 0},
		"too short":                {"05924", 0},
		"too long":                 {"0059240", 0},
		"with a letter":            {"o05924", 0},
		"nothing":                  {"", 0},
		"digits of another script": {"٠٠٥٩٢٤", 0},
	} {
		if got, ok := totp.Match(rfc, tc.typed, now); got != tc.want || ok != (tc.want != 0) {
			t.Errorf("%s: got %d, %v, want %d", name, got, ok, tc.want)
		}
	}
}

func TestNextIsNewAndAccepted(t *testing.T) {
	now := time.Unix(1234567890, 0)
	last, seen := int64(0), map[string]bool{}
	for {
		code := totp.Next(rfc, last, now)
		if code == "" {
			break
		}
		step, ok := totp.Match(rfc, code, now)
		if !ok || step <= last || seen[code] {
			t.Fatalf("code %s of step %d after %d", code, step, last)
		}
		last, seen[code] = step, true
	}
	if len(seen) != 3 {
		t.Errorf("%d codes, want 3", len(seen))
	}
}

func TestSecretIsForTypingAndForACamera(t *testing.T) {
	secret := totp.NewSecret()
	if string(secret) == string(totp.NewSecret()) {
		t.Error("two secrets are equal")
	}
	text := totp.Text(secret)
	back, err := base32.StdEncoding.DecodeString(strings.ReplaceAll(text, " ", ""))
	if err != nil || string(back) != string(secret) {
		t.Errorf("%q does not read back: %v", text, err)
	}
	u, err := url.Parse(totp.URI(secret, "Samhold", "stille-bakke-4821"))
	if err != nil || u.Scheme != "otpauth" || u.Host != "totp" || u.Path != "/Samhold:stille-bakke-4821" ||
		u.Query().Get("secret") != strings.ReplaceAll(text, " ", "") || u.Query().Get("issuer") != "Samhold" {
		t.Errorf("got %v, %v", u, err)
	}
}
