package playbook_test

import (
	"regexp"
	"strings"
	"testing"

	"samhold/internal/playbook"
)

func TestTheShippedBookIsWholeAndHonest(t *testing.T) {
	service, err := playbook.New(playbook.Deps{})
	if err != nil {
		t.Fatal(err)
	}
	book := service.Shipped()
	if want := 2 * len(playbook.Categories) * len(playbook.Subjects); len(book) != want {
		t.Errorf("%d playbooks, want %d", len(book), want)
	}
	placeholder := regexp.MustCompile(`\[\[[^\[\]]+\]\]`)
	for _, v := range book {
		name := v.Key().Path() + " in " + v.Lang
		if v.Approved() {
			t.Errorf("%s is approved, and nobody did", name)
		}
		for _, text := range []string{v.FirstMessage, v.FollowUp} {
			if strings.Contains(text, "!") || strings.Count(text, "?") == 0 && v.Category != "overdose" {
				t.Errorf("%s shouts, or asks nothing: %s", name, text)
			}
			if playbook.Ready(text, "") == nil {
				t.Errorf("%s could be sent unread", name)
			}
			filled := placeholder.ReplaceAllString(text, "noget")
			if playbook.Ready(filled, "Mette") == nil {
				t.Errorf("%s could be sent unsigned", name)
			}
			if err := playbook.Ready(filled+" Mette", "Mette"); err != nil {
				t.Errorf("%s cannot be sent when it is somebody's own: %v", name, err)
			}
		}
		if strings.Contains(v.Category, "withdrawal") && !strings.Contains(v.FirstMessage, map[string]string{"da": "brat", "en": "sudden"}[v.Lang]) {
			t.Errorf("%s does not warn of a sudden stop", name)
		}
	}
}

func TestEveryCaseHasAPlaybook(t *testing.T) {
	tests := []struct{ category, subject, want string }{
		{"suicide", "author", "suicide-author"},
		{"child_at_risk", "child", "child_at_risk-child"},
		{"", "", "hopelessness-unknown"},
		{"unheard_of", "other_adult", "hopelessness-other_adult"},
	}
	for _, test := range tests {
		got := playbook.For(test.category, test.subject, "da")
		if got.Path() != test.want {
			t.Errorf("%q about %q: %s, want %s", test.category, test.subject, got.Path(), test.want)
		}
		if back, ok := playbook.ParsePath(got.Path(), "da"); !ok || back != got {
			t.Errorf("%s is not found again: %v", got.Path(), back)
		}
	}
	for _, path := range []string{"", "suicide", "suicide-", "-author", "suicide-author-x", "../suicide-author"} {
		if _, ok := playbook.ParsePath(path, "da"); ok {
			t.Errorf("%q is a playbook", path)
		}
	}
}
