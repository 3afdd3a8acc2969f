package app_test

import (
	"fmt"
	"testing"

	"samhold/internal/account"
	"samhold/internal/moderation"
	"samhold/internal/space"
	"samhold/internal/testkit"
)

// TestQueriesDoNotGrow counts the statements of the pages that are asked for most, and again when there is ten times as
// much of everything that they show.
func TestQueriesDoNotGrow(t *testing.T) {
	testkit.EachDatabase(t, func(t *testing.T, db *testkit.Database) {
		w := newPlace(t, db)
		w.room("home", space.ForAccount, nobody)
		w.person("reader", 1980)
		w.person("moderator", 0, account.Grant{Role: account.Moderator, Space: w.ids["home"]})
		w.enrol("reader", "home", "", nobody, 9)
		w.enrol("moderator", "home", space.RoleStaff, nobody, 9)
		n := 0
		grow := func(times int) {
			for range times {
				n++
				writer, talk := fmt.Sprint("writer ", n), fmt.Sprint("talk ", n)
				w.settle(writer, 1980)
				w.enrol(writer, "home", "", nobody, 9)
				w.start(writer, "home", talk, nobody, "Vi taler om tilbagefald.")
				w.reply(writer, "talk 1", fmt.Sprint("reply ", n), nobody)
				w.reply(writer, "talk 1", fmt.Sprint("more ", n), nobody)
				w.start(writer, "home", fmt.Sprint("cry ", n), nobody, "Jeg tager mit eget liv i aften.")
				_, err := w.app.Area.Moderation.Report(t.Context(), w.actor("reader"), w.ids[talk+" post"], moderation.NewReport{Reason: "harsh", Lang: "da"})
				w.must(err)
				late := fmt.Sprint("newcomer ", n)
				w.settle(late, 2010)
				w.enrol(late, "home", "", nobody, 0)
				w.start(late, "home", fmt.Sprint("waiting ", n), nobody)
			}
			w.app.Runner.Drain(t.Context())
		}
		count := func() map[string]int {
			search := w.clients["reader"].Post("/search", "q", "tilbagefald")
			pages := []struct{ who, path string }{
				{"reader", "/"},
				{"reader", "/spaces"},
				{"reader", "/s/" + w.ids["home"]},
				{"reader", "/t/" + w.ids["talk 1 topic"]},
				{"reader", "/me"},
				{"reader", search.Location},
				{"moderator", "/mod"},
				{"moderator", "/mod/queue/posts/" + w.ids["waiting 1 post"]},
			}
			got := map[string]int{}
			measure := func(name string, ask func()) {
				before := w.queries()
				ask()
				got[name] = w.queries() - before
			}
			measure("reader searches", func() { w.clients["reader"].Post("/search", "q", "tilbagefald") })
			for _, page := range pages {
				name := page.who + " " + w.named(page.path)
				w.clients[page.who].Get(page.path) // the second time everything is read already
				measure(name, func() {
					if status := w.clients[page.who].Get(page.path).Status; status != 200 {
						t.Fatalf("%s: %d", name, status)
					}
				})
			}
			return got
		}
		grow(2)
		for i := range 20 { // from a full page on, the pages of a topic are counted
			w.reply("writer 1", "talk 1", fmt.Sprint("early ", i), nobody)
		}
		few := count()
		grow(18)
		many := count()
		for name, before := range few {
			t.Logf("%-45s %d", name, before)
			if many[name] != before {
				t.Errorf("%s takes %d statements, and %d when there is ten times as much", name, before, many[name])
			}
			most := 13
			if name == "moderator /mod" { // cases, queues, rota, hand-overs, second looks, help lines, underretninger, debriefs, new rules, support plans: one question
				// each; the ladder takes three
				most = 29
			}
			if before == 0 || before > most {
				t.Errorf("%s takes %d statements", name, before)
			}
		}
	})
}
