package account_test

import (
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"samhold/internal/account"
)

var update = flag.Bool("update", false, "write the golden files anew")

// TestRolesMayDoWhatTheTableSays prints who may do what, for a person to read.
func TestRolesMayDoWhatTheTableSays(t *testing.T) {
	var lines []string
	line := func(first string, rest func(account.Role) string) {
		text := fmt.Sprintf("%-15s", first)
		for _, role := range account.Roles {
			text += fmt.Sprintf(" %-17s", rest(role))
		}
		lines = append(lines, strings.TrimRight(text, " "))
	}
	line("", func(r account.Role) string { return string(r) })
	for _, c := range account.Capabilities {
		line(string(c), func(r account.Role) string {
			if r.Can(c) {
				return "yes"
			}
			return "-"
		})
	}
	got := strings.Join(lines, "\n") + "\n"
	const file = "testdata/roles.golden"
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("roles.golden (go test -update writes it anew):\n%s", diff)
	}
}

func TestAnAdminSeesNoContent(t *testing.T) {
	for _, c := range []account.Capability{
		account.ReadSpace, account.Moderate, account.WorkCases, account.OpenContact, account.AnswerGuests,
	} {
		if account.Admin.Can(c) {
			t.Errorf("an admin may %s", c)
		}
	}
}

func TestActorReachesWhereTheGrantsAre(t *testing.T) {
	a := account.Actor{Account: "a", Grants: []account.Grant{
		{Role: account.Moderator, Space: "one"}, {Role: account.Facilitator, Space: "two"}, {Role: account.Admin},
	}}
	for _, tc := range []struct {
		capability account.Capability
		space      string
		want       bool
	}{
		{account.Moderate, "one", true},
		{account.Moderate, "two", false},
		{account.ReadSpace, "two", true},
		{account.ReadSpace, "three", false},
		{account.ManageJobs, "three", true},
	} {
		if got := a.CanIn(tc.capability, tc.space); got != tc.want {
			t.Errorf("%s in %s: %v, want %v", tc.capability, tc.space, got, tc.want)
		}
	}
	if everywhere, spaces := a.Reach(account.ReadSpace); everywhere || !slices.Equal(spaces, []string{"one", "two"}) {
		t.Errorf("read_space reaches %v %v", everywhere, spaces)
	}
	if everywhere, _ := a.Reach(account.ManageStaff); !everywhere {
		t.Error("manage_staff does not reach everywhere")
	}
	if everywhere, spaces := a.Reach(account.SignCases); everywhere || !slices.Equal(spaces, []string{"one"}) {
		t.Errorf("sign_cases reaches %v %v", everywhere, spaces)
	}
}

func TestWhoCountsAsMinor(t *testing.T) {
	for _, tc := range []struct {
		year int
		at   time.Time
		want bool
	}{
		{2008, time.Date(2026, 12, 31, 12, 0, 0, 0, time.UTC), true},
		{2008, time.Date(2027, 1, 1, 12, 0, 0, 0, time.UTC), false},
		{2011, time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC), true},
		{1990, time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC), false},
		{0, time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC), false}, // staff
	} {
		if got := (account.Actor{Account: "a", BirthYear: tc.year, At: tc.at}).Minor(); got != tc.want {
			t.Errorf("born %d, at %s: %v, want %v", tc.year, tc.at.Format(time.DateOnly), got, tc.want)
		}
	}
	if (account.Actor{}).Minor() {
		t.Error("a guest counts as minor")
	}
}
