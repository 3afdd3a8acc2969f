package i18n_test

import (
	"slices"
	"testing"

	"samhold/internal/i18n"
)

func TestLanguagesHaveTheSameKeys(t *testing.T) {
	c, err := i18n.Load()
	if err != nil {
		t.Fatal(err)
	}
	da, en := c.Keys(i18n.Danish), c.Keys(i18n.English)
	for _, k := range da {
		if !slices.Contains(en, k) {
			t.Errorf("key %q is missing in English", k)
		}
	}
	for _, k := range en {
		if !slices.Contains(da, k) {
			t.Errorf("key %q is missing in Danish", k)
		}
	}
}

func TestNegotiate(t *testing.T) {
	for header, want := range map[string]i18n.Lang{
		"":                          i18n.Danish,
		"en-GB,en;q=0.9":            i18n.English,
		"da-DK,da;q=0.9,en;q=0.8":   i18n.Danish,
		"pl-PL,pl;q=0.9":            i18n.Danish,
		"pl-PL,pl;q=0.9,en;q=0.5":   i18n.English,
		"not a header \x00 ;;;q=xx": i18n.Danish,
	} {
		if got := i18n.Negotiate(header); got != want {
			t.Errorf("Negotiate(%q) = %q, want %q", header, got, want)
		}
	}
}
