package web_test

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"os"
	"regexp"
	"strings"
	"testing"

	"samhold/internal/account"
	"samhold/internal/i18n"
	"samhold/templates"
)

const consentFile = "testdata/consent.txt"

// The text that people say yes to and account.ConsentVersion change together: testdata/consent.txt has a line for each
// version with the digest of the words that it stands for, and no line of it is ever changed.
func TestConsentHasAVersionOfItsOwnForEveryText(t *testing.T) {
	file, err := os.ReadFile(consentFile)
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(string(file)), "\n")
	seen := map[string]bool{}
	for i, line := range lines {
		version, digest, _ := strings.Cut(line, " ")
		if version != fmt.Sprint(i+1) || seen[digest] {
			t.Errorf("%s, line %d: want version %d and a text that has no version yet", consentFile, i+1, i+1)
		}
		seen[digest] = true
	}
	want := fmt.Sprintf("%d %s", account.ConsentVersion, consentDigest(t))
	if got := lines[len(lines)-1]; got != want {
		t.Errorf("the text of the consent has changed. Raise account.ConsentVersion and add the line\n%s\nto %s, which ends with\n%s",
			want, consentFile, got)
	}
}

// consentDigest is of what people read beside the yes, in every language.
func consentDigest(t *testing.T) string {
	t.Helper()
	partial, err := fs.ReadFile(templates.Files, "partial/account.html")
	if err != nil {
		t.Fatal(err)
	}
	_, shown, _ := strings.Cut(string(partial), `{{define "partial/consent"}}`)
	shown, _, _ = strings.Cut(shown, "</dl>{{end}}")
	keys := []string{"consent.yes"}
	for _, m := range regexp.MustCompile(`\{\{t "([a-z_.]+)"\}\}`).FindAllStringSubmatch(shown, -1) {
		keys = append(keys, m[1])
	}
	if len(keys) < 8 {
		t.Fatalf("partial/consent has %d texts", len(keys)-1)
	}
	catalog, err := i18n.Load()
	if err != nil {
		t.Fatal(err)
	}
	sum := sha256.New()
	for _, lang := range i18n.Langs {
		for _, key := range keys {
			text, err := catalog.Texts(lang).T(key)
			if err != nil {
				t.Fatal(err)
			}
			fmt.Fprintf(sum, "%s %s %s\n", lang, key, text)
		}
	}
	return hex.EncodeToString(sum.Sum(nil))
}
