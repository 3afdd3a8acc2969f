package web_test

import (
	"log/slog"
	"net/http"
	"strings"
	"testing"
	"time"

	"samhold/internal/account"
	"samhold/internal/app"
	"samhold/internal/config"
	"samhold/internal/id"
	"samhold/internal/space"
	"samhold/internal/testkit"
	"samhold/internal/testkit/browse"
	"samhold/internal/topic"
)

// house is the whole of Samhold with a room, two writers, and staff.
type house struct {
	*front
	app    *app.App
	room   space.Space
	people map[string]*browse.Client
	ids    map[string]string // accounts
	post   string            // a visible post by "writer"
}

func eachHouse(t *testing.T, test func(t *testing.T, h *house)) {
	t.Helper()
	t.Parallel()
	testkit.EachDatabase(t, func(t *testing.T, db *testkit.Database) {
		c, err := config.Load(map[string]string{
			"SAMHOLD_BASE_URL": "http://localhost:8080", "SAMHOLD_EXIT_URL": "http://neutral.test/",
			"SAMHOLD_DATABASE_URL": db.URL, "SAMHOLD_SEARCH_URL": "bleve:" + t.TempDir(),
			"SAMHOLD_SECRET_KEY": "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=", "SAMHOLD_METRICS_LISTEN": "127.0.0.1:0",
		})
		if err != nil {
			t.Fatal(err)
		}
		a, err := app.Open(t.Context(), c, app.Options{Clock: db.Clock, Log: slog.New(slog.DiscardHandler), Volatile: true, MaxPosts: 1000})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() {
			if err := a.Close(); err != nil {
				t.Error(err)
			}
		})
		h := &house{
			front: &front{
				Database: db, t: t, server: a.Web, account: a.Area.Account, forum: forum{space: a.Area.Space, topic: a.Area.Topic},
			},
			app: a, people: map[string]*browse.Client{}, ids: map[string]string{},
		}
		h.room = h.front.room()
		for _, who := range []string{"writer", "reader"} {
			b, acc := h.insider(h.room, who+"navn")
			h.people[who], h.ids[who] = b, acc.ID
		}
		for who, role := range map[string]account.Role{
			"moderator": account.Moderator, "colleague": account.Moderator, "facilitator": account.Facilitator,
			"safeguarding": account.SafeguardingLead, "duty_lead": account.DutyLead, "admin": account.Admin,
		} {
			b, acc := h.member()
			h.people[who], h.ids[who] = b, acc.ID
			var in any
			if role == account.Moderator || role == account.Facilitator {
				in = h.room.ID
			}
			h.Exec(t, "UPDATE account SET staff_name = ? WHERE id = ?", who, acc.ID)
			h.Exec(t, "INSERT INTO staff_grant (id, account_id, role, space_id, starts_at, created_at) VALUES (?, ?, ?, ?, ?, ?)",
				id.New(), acc.ID, string(role), in, h.Clock.Now().Add(-24*time.Hour), h.Clock.Now())
		}
		h.post = h.write("writer", "Et stille emne", "Kanariefuglen synger om køkkenet.")
		h.Exec(t, "UPDATE post SET visibility = 'visible', held_reason = '', shown_at = created_at WHERE id = ?", h.post)
		h.Exec(t, "UPDATE topic SET visibility = 'visible'")
		test(t, h)
	})
}

// write starts a topic and returns its post.
func (h *house) write(who, title, body string) string {
	h.t.Helper()
	page := h.people[who].Get("/s/"+h.room.ID+"/new").Submit("/s/"+h.room.ID+"/new", "title", title, "body", body)
	if page.Status != http.StatusSeeOther && page.Status != http.StatusOK {
		h.t.Fatalf("%s writes: %d", who, page.Status)
	}
	return h.Text(h.t, "SELECT post.id FROM post JOIN topic ON topic.id = post.topic_id WHERE topic.title = ?", title)
}

// reply answers a post and returns the new one.
func (h *house) reply(who, post, body string) string {
	h.t.Helper()
	at := "/t/" + h.Text(h.t, "SELECT topic_id FROM post WHERE id = ?", post) + "/reply"
	page := h.people[who].Get(at+"?quote="+post).Submit(at, "body", body)
	if page.Status != http.StatusSeeOther && page.Status != http.StatusOK {
		h.t.Fatalf("%s answers: %d", who, page.Status)
	}
	return h.Text(h.t, "SELECT id FROM post WHERE body = ?", body)
}

func TestOnlyStaffHaveTheWorkbench(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		held := h.write("writer", "Ventende emne", "Mejsen venter.")
		h.Exec(t, "UPDATE post SET visibility = 'held', held_reason = 'first_posts' WHERE id = ?", held)
		for path, may := range map[string][]string{
			"/mod":                     {"moderator", "colleague", "safeguarding", "duty_lead"},
			"/mod/queue/posts/" + held: {"moderator", "colleague", "safeguarding", "duty_lead"},
			"/mod/rota":                {"moderator", "colleague", "safeguarding", "duty_lead", "admin"},
			"/mod/rules":               {"moderator", "colleague", "safeguarding", "duty_lead"},
			"/mod/rules/again":         {"moderator", "colleague", "safeguarding", "duty_lead"},
			"/mod/rules/corrections":   {"moderator", "colleague", "safeguarding", "duty_lead"},
			"/mod/audit":               {"safeguarding", "admin"},
			"/admin":                   {"admin"},
			"/admin/jobs":              {"admin"},
		} {
			for who, b := range h.people {
				want := http.StatusNotFound
				for _, m := range may {
					if m == who {
						want = http.StatusOK
					}
				}
				if got := b.Get(path); got.Status != want {
					t.Errorf("%s asks for %s: got %d, want %d", who, path, got.Status, want)
				}
			}
			if got := h.browser().Get(path); got.Status != http.StatusSeeOther || !strings.HasPrefix(got.Location, "/signin") {
				t.Errorf("a guest asks for %s: got %d to %s", path, got.Status, got.Location)
			}
		}
	})
}

func TestNoTextStandsOnTheWorkbench(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		held := h.write("writer", "Solsorten flyver", "Rødhalsen venter.")
		h.Exec(t, "UPDATE post SET visibility = 'held', held_reason = 'first_posts' WHERE id = ?", held)
		path := "/p/" + h.post + "/report"
		want(t, h.people["reader"].Get(path).Submit(path, "reason", "harsh", "body", "Gråspurven hakker."), http.StatusOK, "")
		report := h.Text(t, "SELECT id FROM report")
		m := h.people["moderator"]
		for _, page := range []string{"/mod", "/mod/queue/posts/" + held, "/mod/queue/posts/" + h.post, "/mod/queue/reports/" + report} {
			got := m.Get(page)
			if got.Status != http.StatusOK {
				t.Fatalf("%s: %d", page, got.Status)
			}
			for _, text := range []string{"Solsorten", "Rødhalsen", "Gråspurven", "Kanariefuglen", "readernavn"} {
				if got.Has(text) {
					t.Errorf("%s shows %q before it is opened", page, text)
				}
			}
		}
		desk := m.Get("/mod")
		if desk.Text("#reports-title + span") != "1 anmeldelse" || desk.Text("#queue-title + span") != "1 indlæg" {
			t.Errorf("the counts: %s, %s", desk.Text("#reports-title + span"), desk.Text("#queue-title + span"))
		}
		if desk.Find("body[data-refresh='60']").Length() != 1 || !desk.Has(`<noscript><meta http-equiv="refresh" content="60;url=?refresh=1">`) {
			t.Error("the workbench does not ask for itself again")
		}
		opened := m.Get("/mod/queue/reports/" + report).Submit("/mod/queue/reports/" + report + "/open")
		if !opened.Has("Gråspurven hakker.") || !opened.Has("Kanariefuglen") || opened.Has("readernavn") {
			t.Error("the opened report is not what was reported, or tells who did")
		}
		if n := h.Int(t, "SELECT COUNT(*) FROM audit_event WHERE action = 'report_opened' AND actor = ?", h.ids["moderator"]); n != 1 {
			t.Errorf("%d openings in the log, want 1", n)
		}
	})
}

func TestReportAPost(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		b, path := h.people["reader"], "/p/"+h.post+"/report"
		again := b.Get(path).Submit(path, "body", "Det her gør ondt.")
		if again.Status != http.StatusUnprocessableEntity || again.Text("textarea#body") != "Det her gør ondt." || again.Find("#reason-error").Length() != 1 {
			t.Errorf("without a reason: %d %s", again.Status, again.Text("main"))
		}
		thanks := b.Get(path).Submit(path, "reason", "harsh", "body", "Det her gør ondt.")
		if thanks.Status != http.StatusOK || !thanks.Has("Tak, fordi du sagde det") || !thanks.Has("ved ikke, hvornår næste vagt begynder") {
			t.Errorf("thanks: %d %s", thanks.Status, thanks.Text("main"))
		}
		h.Exec(t, "INSERT INTO shift (id, account_id, space_id, starts_at, ends_at, created_at) VALUES (?, ?, NULL, ?, ?, ?)",
			id.New(), h.ids["moderator"], h.Clock.Now().Add(-time.Hour), h.Clock.Now().Add(time.Hour), h.Clock.Now())
		if thanks = b.Get(path).Submit(path, "reason", "worry"); !thanks.Has("Der er nogen på vagt nu, til kl. 13.00.") || !thanks.Has("i stedet for") {
			t.Errorf("thanks again: %s", thanks.Text("main"))
		}
		if n := h.Int(t, "SELECT COUNT(*) FROM report"); n != 1 {
			t.Errorf("%d reports, want 1", n)
		}
		if got := h.people["writer"].Get(path); got.Status != http.StatusNotFound {
			t.Errorf("one's own post: %d", got.Status)
		}
		if got := h.people["admin"].Get(path); got.Status != http.StatusNotFound {
			t.Errorf("an admin: %d", got.Status)
		}
	})
}

func TestUrgentReports(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		path := "/p/" + h.post + "/report"
		// Words about oneself are one's own case: the card comes in the same response.
		card := h.people["reader"].Get(path).Submit(path, "reason", "harsh", "body", "Jeg vil ikke leve mere. Jeg tager mit liv i aften.")
		if card.Status != http.StatusOK || card.Find(".crisis").Length() != 1 || !card.Has("Er gemt og låst") {
			t.Fatalf("the reporter sees no card: %d %s", card.Status, card.Text("main"))
		}
		if n := h.Int(t, "SELECT COUNT(*) FROM crisis_case WHERE account_id = ?", h.ids["reader"]); n != 1 {
			t.Errorf("the reporter has %d cases, want 1", n)
		}
		// Words about the author are the author's, and the reporter learns of no case.
		other, acc := h.insider(h.room, "Trediemand")
		thanks := other.Get(path).Submit(path, "reason", "worry", "body", "Hun vil tage sit liv i aften.")
		if thanks.Status != http.StatusOK || thanks.Find(".crisis").Length() != 0 || !thanks.Has("Tak, fordi du sagde det") {
			t.Errorf("the worried reporter sees: %d %s", thanks.Status, thanks.Text("main"))
		}
		if own, author := h.Int(t, "SELECT COUNT(*) FROM crisis_case WHERE account_id = ?", acc.ID),
			h.Int(t, "SELECT COUNT(*) FROM crisis_case WHERE account_id = ?", h.ids["writer"]); own != 0 || author != 1 {
			t.Errorf("the worried has %d cases, the author %d, want 0 and 1", own, author)
		}
	})
}

func TestDecideAboutAPost(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		m, path := h.people["moderator"], "/mod/queue/posts/"+h.post
		opened := m.Get(path).Submit(path + "/open")
		if !opened.Has("Kanariefuglen synger") || !opened.Has("Du har det til kl. 12.15.") {
			t.Fatalf("opened: %s", opened.Text("main"))
		}
		lacking := opened.Submit(path+"/decide", "decision", "remove", "statement", "Du nævner en nabo.")
		if lacking.Status != http.StatusUnprocessableEntity || lacking.Text("textarea#statement") != "Du nævner en nabo." || lacking.Find("#reason-error").Length() != 1 {
			t.Errorf("without a reason: %d", lacking.Status)
		}
		want(t, lacking.Submit(path+"/decide", "decision", "remove", "reason", "personal"), http.StatusSeeOther, "/mod")

		notices := h.people["writer"].Get("/me/notices")
		decision := notices.Find("a[href^='/me/decisions/']").AttrOr("href", "")
		read := h.people["writer"].Get(decision)
		if read.Status != http.StatusOK || !read.Has("Du nævner en nabo.") || !read.Has("Røber, hvem nogen er") {
			t.Errorf("the author reads: %d %s", read.Status, read.Text("main"))
		}
		for who, b := range h.people {
			if who != "writer" && b.Get(decision).Status != http.StatusNotFound {
				t.Errorf("%s reads the author's decision", who)
			}
		}
		if read.Has("moderator</") || read.Has(h.ids["moderator"]) {
			t.Error("the author learns who decided")
		}
	})
}

func TestStaleDecisionShowsWhatChanged(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		path := "/mod/queue/posts/" + h.post
		mine := h.people["moderator"].Get(path).Submit(path + "/open")
		h.Exec(t, "UPDATE post SET visibility = 'removed', version = version + 1 WHERE id = ?", h.post)
		stale := mine.Submit(path+"/decide", "decision", "hold", "reason", "harsh", "statement", "Tonen rammer andre.")
		if stale.Status != http.StatusConflict || stale.Text("dl.changes del") != "Kan ses af andre" || stale.Text("dl.changes ins") != "Fjernet" {
			t.Errorf("got %d: %s", stale.Status, stale.Text("main"))
		}
		if !stale.Has("Tonen rammer andre.") {
			t.Error("what was typed is gone")
		}
		if n := h.Int(t, "SELECT COUNT(*) FROM decision"); n != 0 {
			t.Errorf("%d decisions", n)
		}
	})
}

func TestTakenItemsAreShownAndRespected(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		path := "/mod/queue/posts/" + h.post
		h.people["moderator"].Get(path).Submit(path + "/open")
		other := h.people["colleague"].Get(path)
		if !other.Has("moderator ser på det, til kl. 12.15") {
			t.Errorf("the colleague sees %s", other.Text("main"))
		}
		refused := other.Submit(path+"/open").Submit(path+"/decide", "decision", "remove", "reason", "harsh", "statement", "Tonen rammer andre.")
		if refused.Status != http.StatusConflict || !refused.Has("En anden ser på det nu") || !refused.Has("Tonen rammer andre.") {
			t.Errorf("got %d: %s", refused.Status, refused.Text("main"))
		}
		h.Clock.Advance(15 * time.Minute)
		late := h.people["colleague"].Get(path).Submit(path + "/open")
		want(t, late.Submit(path+"/decide", "decision", "remove", "reason", "harsh", "statement", "Tonen rammer andre."), http.StatusSeeOther, "/mod")
	})
}

func TestReportIsSettled(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		path := "/p/" + h.post + "/report"
		h.people["reader"].Get(path).Submit(path, "reason", "harsh")
		report := "/mod/queue/reports/" + h.Text(t, "SELECT id FROM report")
		opened := h.people["moderator"].Get(report).Submit(report + "/open")
		want(t, opened.Submit(report+"/decide", "decision", "dismiss"), http.StatusSeeOther, "/mod")
		if got := h.people["reader"].Get("/me/notices"); !got.Has("Vi har set på det, du skrev til os.") {
			t.Errorf("the reporter hears %s", got.Text("main"))
		}
		if got := h.people["writer"].Get("/me/notices"); got.Has("anmeld") || got.Has("set på det") {
			t.Errorf("the author hears %s", got.Text("main"))
		}
		if got := h.people["moderator"].Get(report); got.Status != http.StatusOK || !got.Has("Anmeldelsen er afgjort.") {
			t.Errorf("afterwards: %d", got.Status)
		}
	})
}

func TestAmberIsReadOnce(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		h.Exec(t, "UPDATE assessment SET level = 'amber' WHERE source_id = ?", h.post)
		m := h.people["moderator"]
		desk := m.Get("/mod")
		if desk.Text("#unread-title + span") != "1 indlæg" {
			t.Fatalf("the workbench: %s", desk.Text("main"))
		}
		want(t, desk.Submit("/mod/queue/posts/"+h.post+"/read"), http.StatusSeeOther, "/mod")
		if m.Get("/mod").Find("#unread-title").Length() != 0 {
			t.Error("it is still to be read")
		}
	})
}

func TestCorrectingToUrgentOpensTheCase(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		path := "/mod/queue/posts/" + h.post
		opened := h.people["moderator"].Get(path).Submit(path + "/open")
		bare := opened.Submit(path+"/level", "level", "red")
		if bare.Status != http.StatusUnprocessableEntity || bare.Find("#correction-error").Length() != 1 {
			t.Errorf("without a reason: %d", bare.Status)
		}
		want(t, bare.Submit(path+"/level", "level", "red", "correction", "missed"), http.StatusSeeOther, path)
		if n := h.Int(t, "SELECT COUNT(*) FROM crisis_case WHERE account_id = ? AND level = 'red'", h.ids["writer"]); n != 1 {
			t.Errorf("%d cases, want 1", n)
		}
		if got := h.people["moderator"].Get("/mod"); got.Text("#cases-title + span") != "1 åben" {
			t.Errorf("the workbench: %s", got.Text("main"))
		}
	})
}

func TestDraftOfADecisionComesBack(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		m, path := h.people["moderator"], "/mod/queue/posts/"+h.post
		opened := m.Get(path).Submit(path + "/open")
		h.Exec(t, "UPDATE session SET expires_at = ? WHERE account_id = ?", h.Clock.Now().Add(-time.Minute), h.ids["moderator"])
		sent := opened.Submit(path+"/decide", "decision", "remove", "reason", "harsh", "statement", "Tonen rammer andre.")
		if sent.Status != http.StatusSeeOther || !strings.Contains(sent.Location, "kept=1") {
			t.Fatalf("got %d to %s", sent.Status, sent.Location)
		}
		m.SignIn(h.Text(t, "SELECT name FROM account WHERE id = ?", h.ids["moderator"]), known)
		h.ProveAll(t)
		back := m.Get(path + "/decide")
		if back.Text("textarea#statement") != "Tonen rammer andre." || back.Find("#reason option[value=harsh][selected]").Length() != 1 {
			t.Errorf("what was typed is gone: %s", back.Text("main"))
		}
	})
}

func TestShifts(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		lead := h.people["duty_lead"]
		page := lead.Get("/mod/rota")
		bad := page.Submit("/mod/rota", "day", "i går", "starts", "sent")
		if bad.Status != http.StatusUnprocessableEntity || bad.Find("#day-error").Length() != 1 {
			t.Errorf("bad times: %d", bad.Status)
		}
		want(t, page.Submit("/mod/rota", "account", h.ids["moderator"], "space", h.room.ID, "day", "2026-11-22", "starts", "22:00", "ends", "08:00"),
			http.StatusSeeOther, "/mod/rota")
		if n := h.Int(t, "SELECT COUNT(*) FROM shift WHERE starts_at = ? AND ends_at = ?",
			time.Date(2026, 11, 22, 21, 0, 0, 0, time.UTC), time.Date(2026, 11, 23, 7, 0, 0, 0, time.UTC)); n != 1 {
			t.Error("the shift does not stand from 22 to 8 in Danish time")
		}
		facilitator := page.Submit("/mod/rota", "account", h.ids["facilitator"], "day", "2026-11-22", "starts", "22:00", "ends", "08:00")
		if facilitator.Status != http.StatusUnprocessableEntity {
			t.Errorf("a facilitator on duty: %d", facilitator.Status)
		}
		shift := "/mod/rota/" + h.Text(t, "SELECT id FROM shift")
		remove := shift + "/remove"
		want(t, lead.Get(shift).Submit(remove), http.StatusSeeOther, "/mod/rota")
		if n := h.Int(t, "SELECT COUNT(*) FROM shift"); n != 0 {
			t.Errorf("%d shifts", n)
		}
		if n := h.Int(t, "SELECT COUNT(*) FROM audit_event WHERE action IN ('shift_added', 'shift_removed') AND actor = ?", h.ids["duty_lead"]); n != 2 {
			t.Errorf("%d lines in the log, want 2", n)
		}
	})
}

func TestParkedJobsAreTriedAgain(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		a := h.people["admin"]
		h.Exec(t, "DELETE FROM job")
		parked := id.New()
		h.Exec(t, `INSERT INTO job (id, kind, payload, due_at, attempts, parked_at, last_error, created_at)
			VALUES (?, 'index_post', '{"post":"hemmelig"}', ?, 12, ?, 'unavailable', ?)`, parked, h.Clock.Now(), h.Clock.Now(), h.Clock.Now().Add(-time.Hour))
		page := a.Get("/admin/jobs")
		if !page.Has("Læg et indlæg i søgningen") || !page.Has("Noget svarer ikke") || page.Has("hemmelig") {
			t.Errorf("the page: %s", page.Text("main"))
		}
		if overview := a.Get("/admin"); !overview.Has("1 opgave er gået i stå") {
			t.Errorf("the overview: %s", overview.Text("main"))
		}
		want(t, page.Submit("/admin/jobs/"+parked+"/retry"), http.StatusSeeOther, "/admin/jobs")
		if n := h.Int(t, "SELECT COUNT(*) FROM job WHERE parked_at IS NULL AND attempts = 0 AND id = ?", parked); n != 1 {
			t.Error("the job is not due")
		}
		if got := a.Post("/admin/jobs/" + parked + "/retry"); got.Status != http.StatusNotFound {
			t.Errorf("a second time: %d", got.Status)
		}
		if n := h.Int(t, "SELECT COUNT(*) FROM audit_event WHERE action = 'job_retried'"); n != 1 {
			t.Errorf("%d lines in the log, want 1", n)
		}
	})
}

func TestAuditLog(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		path := "/mod/queue/posts/" + h.post
		m := h.people["moderator"].Get(path).Submit(path + "/open")
		m.Submit(path+"/decide", "decision", "remove", "reason", "harsh", "statement", "Svalen hører andre steder til.")
		a := h.people["admin"]
		log := a.Get("/mod/audit")
		for _, text := range []string{"Kæden er hel", "Åbnede et indlæg i køen", "Afgjorde: fjernede et indlæg", "Kan gøre ondt på andre", "moderator"} {
			if !log.Has(text) {
				t.Errorf("the log lacks %q: %s", text, log.Text("main"))
			}
		}
		for _, text := range []string{"Svalen", "Kanariefuglen", "writernavn", "Et stille emne"} {
			if log.Has(text) {
				t.Errorf("the log shows %q", text)
			}
		}
		if one := a.Get("/mod/audit?action=post_opened&day=2026-11-22"); one.Find("tbody tr").Length() != 1 {
			t.Errorf("filtered: %s", one.Text("main"))
		}
		if none := a.Get("/mod/audit?day=2026-11-21"); none.Find("tbody tr").Length() != 0 || !none.Has("Ingen linjer passer.") {
			t.Errorf("another day: %s", none.Text("main"))
		}
		if odd := a.Get("/mod/audit?day=x&action=%22&page=9"); odd.Status != http.StatusOK {
			t.Errorf("odd filters: %d", odd.Status)
		}
		h.Exec(t, "UPDATE audit_event SET code = 'spam' WHERE code = 'harsh'")
		if broken := a.Get("/mod/audit"); !broken.Has("Loggen er ikke, som den blev skrevet") {
			t.Errorf("a changed line is not told: %s", broken.Text("main"))
		}
	})
}

func TestAWorkbenchLeftAloneEnds(t *testing.T) {
	for path, signedIn := range map[string]bool{"/mod": true, "/mod?refresh=1": false} {
		t.Run(path, func(t *testing.T) {
			eachHouse(t, func(t *testing.T, h *house) {
				m := h.people["moderator"]
				m.Get("/mod")
				for range 29 {
					h.Clock.Advance(time.Minute)
					want(t, m.Get(path), http.StatusOK, "")
				}
				h.Clock.Advance(time.Minute)
				if got := m.Get(path); (got.Status == http.StatusOK) != signedIn {
					t.Errorf("after half an hour: %d %s", got.Status, got.Location)
				}
			})
		})
	}
}

func TestAuditLogHidesWhatIsAboutItsReader(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		h.write("writer", "En svær nat", farewell)
		crisisCase := h.Text(t, "SELECT id FROM crisis_case")
		h.Exec(t, "UPDATE audit_event SET actor = ? WHERE object_kind = 'case'", h.ids["colleague"])
		path := "/p/" + h.post + "/report"
		h.people["reader"].Get(path).Submit(path, "reason", "worry", "body", "Jeg er urolig for hende.")
		report := h.Text(t, "SELECT id FROM report")
		path = "/mod/queue/reports/" + report
		h.people["moderator"].Get(path).Submit(path + "/open")
		path = "/mod/queue/posts/" + h.post
		h.people["moderator"].Get(path).Submit(path + "/open")
		all := h.Int(t, "SELECT COUNT(*) FROM audit_event")

		if log := h.people["safeguarding"].Get("/mod/audit"); !log.Has(crisisCase) || !log.Has("(Krise)") || log.Has("Skjult") {
			t.Errorf("who works cases reads: %s", log.Text("main"))
		}
		if log := h.people["admin"].Get("/mod/audit"); log.Has(crisisCase) || log.Has("(Krise)") || !log.Has("En sag blev åbnet") || !log.Has(h.post) || !log.Has(report) {
			t.Errorf("an admin reads: %s", log.Text("main"))
		}
		for who, hidden := range map[string][]string{
			"writer": {crisisCase, h.post, report, "colleague", "(Krise)"}, "reader": {report},
		} {
			h.Exec(t, "INSERT INTO staff_grant (id, account_id, role, starts_at, created_at) VALUES (?, ?, ?, ?, ?)",
				id.New(), h.ids[who], string(account.SafeguardingLead), h.Clock.Now().Add(-time.Hour), h.Clock.Now())
			log := h.people[who].Get("/mod/audit")
			if log.Find("tbody tr").Length() != all || !log.Has("Skjult") {
				t.Errorf("rows are missing: %s", log.Text("main"))
			}
			for _, text := range hidden {
				if log.Has(text) {
					t.Errorf("the %s reads %q: %s", who, text, log.Text("main"))
				}
			}
		}
		if rows := h.people["writer"].Get("/mod/audit?action=case_opened").Find("tbody tr").Length(); rows != 0 {
			t.Errorf("the filter tells of %d cases of one's own", rows)
		}
	})
}

func TestModerationBadInput(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		m := h.people["moderator"]
		for _, path := range []string{"/mod/queue/posts/x", "/mod/queue/posts/" + topic.NewKey(), "/mod/queue/reports/" + topic.NewKey(), "/me/decisions/" + topic.NewKey(), "/p/" + topic.NewKey() + "/report"} {
			if got := m.Get(path); got.Status != http.StatusNotFound {
				t.Errorf("%s: %d", path, got.Status)
			}
		}
		path := "/mod/queue/posts/" + h.post
		for name, fields := range map[string][]string{
			"no fields":        {},
			"a word as number": {"decision", "remove", "version", "et"},
			"unknown":          {"decision", "burn", "version", "1"},
			"bad bytes":        {"decision", "remove", "version", "1", "reason", "harsh", "statement", "\xff\x00"},
		} {
			if got := m.Post(path+"/decide", fields...); got.Status != http.StatusConflict && got.Status != http.StatusUnprocessableEntity {
				t.Errorf("%s: %d", name, got.Status)
			}
		}
	})
}
