package web_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"samhold/internal/account"
	"samhold/internal/crisis"
	"samhold/internal/fault"
	"samhold/internal/id"
	"samhold/internal/testkit/browse"
)

const (
	raises = "/mod/rules/again"
	sadNow = "Droslen tier. Jeg tænker på selvmord hver dag."
)

// overlooked writes a post that the rules of its day found calm, and that those of today do not.
func (h *house) overlooked(who, title, body string) string {
	h.t.Helper()
	post := h.write(who, title, body)
	h.forget()
	return post
}

// forget makes every post one that older rules found calm and that called nobody.
func (h *house) forget() {
	h.t.Helper()
	for _, q := range []string{
		"DELETE FROM case_signal", "DELETE FROM crisis_case", "DELETE FROM notice", "DELETE FROM reassessment",
		"UPDATE assessment SET rules_version = 'old', level = 'green', category = '', reasons = '[]'",
	} {
		h.Exec(h.t, q)
	}
}

// reassess does what a start does when the rules have changed, and all the work that it leaves.
func (h *house) reassess() {
	h.t.Helper()
	if err := h.app.Area.Crisis.BeginReassessment(h.t.Context()); err != nil {
		h.t.Fatal(err)
	}
	h.app.Runner.Drain(h.t.Context())
}

// level is what stands for a post, with how many cases and signals there are.
func (h *house) level(post string) string {
	h.t.Helper()
	return fmt.Sprintf("%s, %d cases, %d signals", h.Text(h.t, "SELECT level FROM assessment WHERE source_id = ? ORDER BY revision DESC LIMIT 1", post),
		h.Int(h.t, "SELECT COUNT(*) FROM crisis_case"), h.Int(h.t, "SELECT COUNT(*) FROM case_signal"))
}

// confirm says yes to what the page shows.
func confirm(t *testing.T, page *browse.Page) *browse.Page {
	t.Helper()
	return page.Submit(raises, "decision", "raise")
}

// TestNewRulesRaiseWhatAPersonConfirms: and nothing before, once only, and with a trace.
func TestNewRulesRaiseWhatAPersonConfirms(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		post := h.overlooked("writer", "Et tungt emne", sadNow)
		h.reassess()
		h.reassess()
		if got := h.level(post); got != "green, 0 cases, 0 signals" {
			t.Fatalf("before anybody has said yes: %s", got)
		}
		m := h.people["moderator"]
		for _, path := range []string{"/mod", "/mod/rules"} {
			if page := m.Get(path); !page.Has("Nye regler ville løfte") {
				t.Errorf("%s does not say that something waits", path)
			}
		}
		page, late := m.Get(raises), h.people["colleague"].Get(raises)
		if page.Find(".queue > .item").Length() != 1 || !page.Has(post) || page.Has("Droslen") {
			t.Fatalf("the list: %s", page.Text("main"))
		}
		want(t, confirm(t, page), http.StatusSeeOther, raises)
		if got := h.level(post); got != "red, 1 cases, 1 signals" {
			t.Errorf("confirmed: %s", got)
		}
		if reasons := h.Text(t, "SELECT reasons FROM assessment WHERE source_id = ?", post); !strings.Contains(reasons, "selvmord") {
			t.Errorf("staff read no reasons: %s", reasons)
		}
		if n := h.Int(t, "SELECT COUNT(*) FROM audit_event WHERE action = 'raise_confirmed' AND object_id = ? AND actor = ? AND code = 'red'", post, h.ids["moderator"]); n != 1 {
			t.Errorf("the log has it %d times", n)
		}
		want(t, confirm(t, late), http.StatusSeeOther, raises)
		h.reassess()
		if got := h.level(post); got != "red, 1 cases, 1 signals" {
			t.Errorf("confirmed by another, too: %s", got)
		}
		if page := m.Get(raises); page.Find(".item").Length() != 0 {
			t.Error("what was raised still waits")
		}
	})
}

// TestRaisesAreOfOnesOwnSpacesAndNotOfOneself: who may not review a post is shown nothing of it and decides nothing.
func TestRaisesAreOfOnesOwnSpacesAndNotOfOneself(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		post := h.overlooked("writer", "Et tungt emne", sadNow)
		h.reassess()
		reassessment := h.Text(t, "SELECT id FROM reassessment")
		h.Exec(t, "UPDATE staff_grant SET space_id = ? WHERE account_id = ?", h.front.room().ID, h.ids["colleague"])
		h.Exec(t, "UPDATE staff_grant SET account_id = ? WHERE account_id = ?", h.ids["writer"], h.ids["moderator"])
		h.ProveAll(t)
		for _, who := range []string{"colleague", "writer"} {
			page := h.people[who].Get(raises)
			if page.Status != http.StatusOK || page.Has(post) || page.Find(".item").Length() != 0 {
				t.Errorf("%s is shown it: %d", who, page.Status)
			}
			for _, decision := range []string{"raise", "leave"} {
				if got := h.people[who].Post(raises, "reassessment", reassessment, "posts", post, "decision", decision); got.Status != http.StatusSeeOther {
					t.Errorf("%s: %d", who, got.Status)
				}
			}
		}
		if got := h.level(post) + h.Text(t, "SELECT state FROM reassessment_item"); got != "green, 0 cases, 0 signalswaiting" {
			t.Errorf("got %s", got)
		}
	})
}

// TestRaisesGrowStale: what was left out, edited, judged by a person or read by yet other rules is not raised by an old page.
func TestRaisesGrowStale(t *testing.T) {
	for name, change := range map[string]func(h *house, post string){
		"left out": func(h *house, _ string) {
			want(h.t, h.people["colleague"].Get(raises).Submit(raises, "decision", "leave"), http.StatusSeeOther, raises)
		},
		"edited": func(h *house, post string) {
			h.Exec(h.t, "UPDATE post SET revision = 2 WHERE id = ?", post)
			h.Exec(h.t, `INSERT INTO assessment (id, source_kind, source_id, revision, space_id, rules_version, level, category, subject, reasons, created_at)
				SELECT ?, source_kind, source_id, 2, space_id, rules_version, level, category, subject, reasons, created_at
				FROM assessment WHERE source_id = ?`, id.New(), post)
		},
		"deleted": func(h *house, post string) {
			h.Exec(h.t, "UPDATE post SET visibility = 'deleted' WHERE id = ?", post)
		},
		"judged": func(h *house, post string) {
			h.Exec(h.t, "UPDATE assessment SET correction = 'green' WHERE source_id = ?", post)
		},
		"rules changed": func(h *house, _ string) { h.Exec(h.t, "UPDATE reassessment SET rules_version = 'other'") },
		"read anew": func(h *house, _ string) {
			h.Exec(h.t, "UPDATE reassessment SET rules_version = 'other'")
			h.reassess()
		},
	} {
		t.Run(name, func(t *testing.T) {
			eachHouse(t, func(t *testing.T, h *house) {
				post := h.overlooked("writer", "Et tungt emne", sadNow)
				h.reassess()
				page := h.people["moderator"].Get(raises)
				change(h, post)
				if name != "read anew" && h.people["moderator"].Get(raises).Has(post) {
					t.Error("it still waits")
				}
				want(t, confirm(t, page), http.StatusSeeOther, raises)
				if got := h.level(post); got != "green, 0 cases, 0 signals" {
					t.Errorf("got %s", got)
				}
				if n := h.Int(t, "SELECT COUNT(*) FROM assessment WHERE level <> 'green'"); n != 0 {
					t.Errorf("%d assessments were raised", n)
				}
			})
		})
	}
}

// TestOfTwoWhoConfirmOneRaises: at the same moment, on both databases.
func TestOfTwoWhoConfirmOneRaises(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		post := h.overlooked("writer", "Et tungt emne", sadNow)
		other := h.overlooked("writer", "Et andet emne", "Jeg vil ikke leve mere, og jeg har pillerne klar i aften.")
		h.reassess()
		reassessment := h.Text(t, "SELECT id FROM reassessment")
		var raised atomic.Int64
		var all sync.WaitGroup
		for _, who := range []string{"moderator", "colleague", "moderator", "colleague"} {
			a := account.Actor{Account: h.ids[who], At: h.Clock.Now(), Grants: []account.Grant{{Role: account.Moderator, Space: h.room.ID}}}
			all.Go(func() {
				n, err := h.app.Area.Crisis.ConfirmRaises(t.Context(), a, reassessment, []string{post, other})
				if err != nil {
					t.Error(err)
				}
				raised.Add(int64(n))
			})
		}
		all.Wait()
		if got := h.level(other); raised.Load() != 2 || got != "crisis, 1 cases, 2 signals" {
			t.Errorf("%d raised: %s", raised.Load(), got)
		}
		if n := h.Int(t, "SELECT COUNT(*) FROM audit_event WHERE action = 'raise_confirmed'"); n != 2 {
			t.Errorf("the log has %d", n)
		}
	})
}

// TestOfTwoWhoSawItWaitOneDecides: the second has read that a post waits, and writes when the first has decided. Only the
// condition of that one statement keeps the log from having both.
func TestOfTwoWhoSawItWaitOneDecides(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		post := h.overlooked("writer", "Et tungt emne", sadNow)
		h.reassess()
		reassessment, desk := h.Text(t, "SELECT id FROM reassessment"), h.app.Area.Crisis
		decide := func(ctx context.Context, who string) (int, error) {
			a := account.Actor{Account: h.ids[who], At: h.Clock.Now(), Grants: []account.Grant{{Role: account.Moderator, Space: h.room.ID}}}
			return desk.LeaveOut(ctx, a, reassessment, []string{post})
		}
		second := make(chan error, 1)
		meanwhile := func() {
			go func() {
				n, err := decide(t.Context(), "colleague")
				if err == nil && n != 0 {
					err = errors.New("the second decides too")
				}
				second <- err
			}()
			// SQLite lets the second in only afterwards; PostgreSQL lets it read what waits, and stop where it would write.
			for h.Name == "postgres" && len(second) == 0 &&
				h.Int(t, "SELECT COUNT(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'") == 0 {
				runtime.Gosched()
			}
		}
		err := h.app.Store.InTx(t.Context(), func(ctx context.Context) error {
			if n, err := decide(ctx, "moderator"); n != 1 || err != nil {
				t.Errorf("the first decides %d: %v", n, err)
			}
			meanwhile()
			return nil
		})
		if err := errors.Join(err, <-second); err != nil {
			t.Error(err)
		}
		if n := h.Int(t, "SELECT COUNT(*) FROM audit_event WHERE action = 'raise_left'"); n != 1 {
			t.Errorf("the log has %d", n)
		}
	})
}

// TestReassessmentReadsWhatIsRecent: page by page, going on where it was broken off, and never lowering anything.
func TestReassessmentReadsWhatIsRecent(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		post := h.overlooked("writer", "Et tungt emne", sadNow)
		h.Exec(t, "UPDATE assessment SET level = 'crisis' WHERE source_id = ?", h.post) // calm by the rules of today
		const more = 110
		for i := range more {
			copied := id.New()
			h.Exec(t, `INSERT INTO post (id, topic_id, space_id, membership_id, shown_alias, shown_role, seq, body, body_html, policy_version,
					visibility, held_reason, calm_banner, revision, version, created_at)
				SELECT ?, topic_id, space_id, membership_id, shown_alias, shown_role, ?, body, body_html, policy_version,
					visibility, held_reason, calm_banner, revision, version, created_at FROM post WHERE id = ?`, copied, i+10, post)
			h.Exec(t, `INSERT INTO assessment (id, source_kind, source_id, revision, space_id, rules_version, level, category, subject, reasons, created_at)
				SELECT ?, source_kind, ?, revision, space_id, rules_version, level, category, subject, reasons, created_at
				FROM assessment WHERE source_id = ?`, id.New(), copied, post)
		}
		old := h.Text(t, "SELECT MIN(id) FROM post WHERE seq >= 10")
		h.Exec(t, "UPDATE post SET created_at = ? WHERE id = ?", h.Clock.Now().Add(-31*24*time.Hour), old)
		desk := h.app.Area.Crisis
		if err := desk.BeginReassessment(t.Context()); err != nil {
			t.Fatal(err)
		}
		work := crisis.ReassessPayload{Reassessment: h.Text(t, "SELECT id FROM reassessment")}
		if err := desk.Reassess(t.Context(), work); err != nil {
			t.Fatal(err)
		}
		if n := h.Int(t, "SELECT looked FROM reassessment WHERE done_at IS NULL"); n != 50 {
			t.Errorf("the first job read %d", n)
		}
		h.Exec(t, "DELETE FROM job") // the process dies here
		h.reassess()
		if err := desk.Reassess(t.Context(), work); err != nil {
			t.Fatal(err)
		}
		if got := h.Rows(t, "SELECT looked FROM reassessment WHERE done_at IS NOT NULL"); len(got) != 1 || got[0] != fmt.Sprintf("looked=%d ", more+1) {
			t.Errorf("read: %v", got)
		}
		if n := h.Int(t, "SELECT COUNT(*) FROM reassessment_item"); n != more {
			t.Errorf("%d would be higher, want %d", n, more)
		}
		if n := h.Int(t, "SELECT COUNT(*) FROM reassessment_item WHERE post_id IN (?, ?)", h.post, old); n != 0 {
			t.Error("what would be lower or is too old is among them")
		}
		page := h.people["moderator"].Get(raises)
		if page.Find(".item").Length() != 50 {
			t.Errorf("%d are shown at once", page.Find(".item").Length())
		}
		if _, err := desk.Raises(t.Context(), account.Actor{At: h.Clock.Now()}, "da"); !fault.Is(err, fault.NotFound) {
			t.Errorf("a stranger: %v", err)
		}
	})
}
