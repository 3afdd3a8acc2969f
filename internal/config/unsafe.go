package config

import (
	"encoding/base64"
	"errors"
	"net/url"
	"slices"
	"strings"
)

// Unsafe says what must not be served with, a line each: secrets that others may know, and the address of an example. The
// demo and the tests are content with less.
func (c Config) Unsafe() error {
	var errs []error
	if guessable(c.SecretKey) {
		errs = append(errs, wrong("SAMHOLD_SECRET_KEY", "is an example, or was typed by hand; wants 32 random bytes in base64"))
	}
	if u, err := url.Parse(c.DatabaseURL); err == nil && wellKnown(u) {
		errs = append(errs, wrong("SAMHOLD_DATABASE_URL", "has a password that everybody would try first"))
	}
	if u, err := url.Parse(c.SMTPURL); err == nil && wellKnown(u) {
		errs = append(errs, wrong("SAMHOLD_SMTP_URL", "has a password that everybody would try first"))
	}
	host := c.BaseURL.Hostname()
	if host == "example.org" || strings.HasSuffix(host, ".example.org") || strings.HasSuffix(host, ".example.com") {
		errs = append(errs, wrong("SAMHOLD_BASE_URL", "is still the example; wants the address that members type"))
	}
	return errors.Join(errs...)
}

// guessable reports whether a secret is no work of chance: text that somebody typed, or bytes in a row. Of 32 random
// bytes, one secret in 10^13 would be taken for text.
func guessable(secret string) bool {
	raw, err := base64.StdEncoding.DecodeString(secret)
	if err != nil {
		return true
	}
	typed, row := true, true
	for i, b := range raw {
		typed = typed && b >= ' ' && b <= '~'
		row = row && (i < 2 || raw[i]-raw[i-1] == raw[1]-raw[0])
	}
	distinct := slices.Compact(slices.Sorted(slices.Values(raw)))
	return typed || row || len(distinct) < 10
}

// wellKnown reports whether the password of an address is its user's name, or stands in every manual.
func wellKnown(u *url.URL) bool {
	if u.User == nil {
		return false
	}
	password, there := u.User.Password()
	return there && (strings.EqualFold(password, u.User.Username()) || slices.Contains([]string{
		"", "password", "postgres", "samhold", "secret", "changeme", "change-me", "example", "admin", "root", "test", "1234", "123456",
		"kodeord", "adgangskode", "hemmelig",
	}, strings.ToLower(password)))
}

// Setting is a variable and its value as it may be shown.
type Setting struct{ Name, Value string }

// hidden stands where a secret is.
const hidden = "(set)"

// Settings are all that is in use, defaults too, with secrets left out.
func Settings(environment map[string]string, c Config) []Setting {
	defaults := map[string]string{
		"SAMHOLD_LISTEN": c.Listen, "SAMHOLD_EXIT_URL": c.ExitURL.String(), "SAMHOLD_LOCALE": string(c.Locale),
	}
	var all []Setting
	for _, v := range Variables {
		value := environment[v.Name]
		if value == "" {
			value = defaults[v.Name]
		}
		file := environment[v.Name+fileEnding]
		switch {
		case v.Secret && file != "":
			value = hidden + " in " + file
		case value == "":
			continue
		case v.Secret:
			value = hidden + where(value)
		}
		all = append(all, Setting{v.Name, value})
	}
	return all
}

// where is what an address says without its secrets.
func where(value string) string {
	if path, ok := strings.CutPrefix(value, "sqlite:"); ok {
		return " sqlite:" + path
	}
	u, err := url.Parse(value)
	if err != nil || u.Host == "" {
		return ""
	}
	return " " + (&url.URL{Scheme: u.Scheme, Host: u.Host, Path: u.Path}).String()
}
