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

func TestTextsAreFilled(t *testing.T) {
	c, err := i18n.Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		key  string
		args []any
		want string
	}{
		{"layout.help", nil, "Få hjælp nu"},
		{"time.day", []any{"Day", 3, "Month", "november", "Year", 2026}, "3. november 2026"},
		{"time.day", []any{"Year", 2026, "Unknown", "x", "Month", "november", "Day", 3}, "3. november 2026"},
		{"time.day", []any{"Day", 3}, "3. <no value> <no value>"}, // the pages' test looks for it
	} {
		got, err := c.Texts(i18n.Danish).T(test.key, test.args...)
		if err != nil || got != test.want {
			t.Errorf("%s of %v: %q, %v, want %q", test.key, test.args, got, err, test.want)
		}
		values := map[string]any{}
		for i := 0; i < len(test.args); i += 2 {
			values[test.args[i].(string)] = test.args[i+1]
		}
		if got, err := c.Texts(i18n.Danish).Map(test.key, values); err != nil || got != test.want {
			t.Errorf("%s of %v: %q, %v, want %q", test.key, values, got, err, test.want)
		}
	}
	if got, err := c.Texts(i18n.Danish).T("no.such_key"); err == nil {
		t.Errorf("a missing key gives %q", got)
	}
}
