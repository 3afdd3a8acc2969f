package app_test

import (
	"log/slog"
	"net/http"
	"net/url"
	"slices"
	"testing"
	"time"

	"samhold/internal/account"
	"samhold/internal/app"
	"samhold/internal/crisis"
	"samhold/internal/figure"
	"samhold/internal/testkit"
	"samhold/internal/testkit/browse"
)

// The community that the files describe is there afterwards: every page has something to show.
func TestTheDemoIsLivedThrough(t *testing.T) {
	testkit.EachDatabase(t, func(t *testing.T, db *testkit.Database) {
		a, err := app.Open(t.Context(), settings(t, db), app.Options{Log: slog.New(slog.DiscardHandler), Volatile: true, Clock: db.Clock})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() {
			if err := a.Close(); err != nil {
				t.Error(err)
			}
		})
		seeded, err := a.SeedDemo(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		roles := map[string]bool{}
		for _, s := range seeded.SignIns {
			roles[s.Role] = true
			if _, err := a.Area.Account.SignIn(t.Context(), account.Attempt{Name: s.Name, Passphrase: app.DemoPassphrase}); err != nil {
				t.Errorf("%s cannot sign in: %v", s.Role, err)
			}
		}
		for _, r := range account.Roles {
			if !roles[string(r)] {
				t.Errorf("nobody signs in as %s", r)
			}
		}
		lead := account.Actor{Account: "lead", At: db.Clock.Now(), Grants: []account.Grant{{Role: account.DutyLead}}}
		cases, err := a.Area.Crisis.Cases(t.Context(), lead)
		if err != nil || len(cases) < 2 {
			t.Errorf("got %d open cases, %v, want at least two", len(cases), err)
		}
		for _, c := range cases {
			if c.State == crisis.New && db.Clock.Now().Sub(c.OpenedAt) > time.Hour {
				t.Errorf("a case about %s has waited since %s and nobody has taken it", c.Category, c.OpenedAt)
			}
		}
		desk, err := a.Area.Moderation.Desk(t.Context(), lead)
		if err != nil {
			t.Fatal(err)
		}
		if desk.PostCount < 4 || desk.ReportCount < 4 {
			t.Errorf("got %d posts and %d reports waiting, want at least four of each", desk.PostCount, desk.ReportCount)
		}
		for _, p := range desk.Unread {
			if db.Clock.Now().Sub(p.Since) > 72*time.Hour {
				t.Errorf("an old post is unread since %s", p.Since)
			}
		}
		concerns, err := a.Area.Crisis.Concerns(t.Context(), lead)
		concerns = slices.DeleteFunc(concerns, func(c crisis.Concern) bool { return c.State != "open" })
		if err != nil || len(concerns) != 1 {
			t.Errorf("got %d concerns, %v, want the one that is not answered", len(concerns), err)
		}
		figures, err := a.Area.Figure.Figures(t.Context(), lead)
		if err != nil {
			t.Fatal(err)
		}
		for _, waits := range [][]figure.Wait{figures.Taken, figures.Written} {
			for _, w := range waits {
				if w.Level != "amber" && (!w.Known() || w.Within.Percent == 100 || w.Within.Percent < 50) {
					t.Errorf("%s: %d were met, %d %% of them in time", w.Level, w.Done, w.Within.Percent)
				}
			}
		}
		if met := figures.Amber; met.Before.Seen.Percent < 50 || met.Recent.Seen.Percent < 50 || met.Before.Seen.Percent == 100 || met.Before.Answered.Percent == 0 {
			t.Errorf("what is only worrying was met so: %+v, then %+v", met.Before, met.Recent)
		}
		for _, week := range figures.Uncovered.Weeks {
			if !week.Begun {
				t.Errorf("week %d had no rota", week.Number)
			}
		}
		result, err := a.Area.Audit.Verify(t.Context(), nil)
		if err != nil || len(result.Problems) > 0 || result.Checked == 0 {
			t.Errorf("the audit log: %+v, %v", result, err)
		}
		if n, err := a.Index.Count(t.Context()); err != nil || n < 240 {
			t.Errorf("the index has %d posts, %v", n, err)
		}
	})
}

// TestDemoStaffReachTheWorkbench tries the printed line and one more press, as somebody does who has no telephone with
// the app of invented people.
func TestDemoStaffReachTheWorkbench(t *testing.T) {
	testkit.EachDatabase(t, func(t *testing.T, db *testkit.Database) {
		c := settings(t, db)
		a, err := app.Open(t.Context(), c, app.Options{Clock: db.Clock, Log: slog.New(slog.DiscardHandler), Volatile: true, Demo: true})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() {
			if err := a.Close(); err != nil {
				t.Error(err)
			}
		})
		seeded, err := a.SeedDemo(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		first := map[string]string{
			"moderator": "/mod", "duty_lead": "/mod", "safeguarding_lead": "/mod", "admin": "/admin", "facilitator": "/",
		}
		for _, s := range seeded.SignIns {
			next, staff := first[s.Role]
			if !staff {
				continue
			}
			for range 3 { // three browsers within half a minute
				b := browse.New(t, a.Web.App())
				in := b.Post("/signin", "name", s.Name, "passphrase", app.DemoPassphrase, "next", next)
				if pressed := in.Follow().Submit("/me/confirm"); pressed.Location != next || pressed.Follow().Status != http.StatusOK {
					t.Errorf("%s: %d %s", s.Role, pressed.Status, pressed.Location)
				}
			}
		}
		c.BaseURL = &url.URL{Scheme: "https", Host: "forum.example.org"}
		if _, err := app.Open(t.Context(), c, app.Options{Demo: true}); err == nil {
			t.Error("a demo opens under https")
		}
	})
}
