package privacy_test

import (
	"log/slog"
	"strings"
	"testing"
	"time"

	"samhold/internal/account"
	"samhold/internal/audit"
	"samhold/internal/checkin"
	"samhold/internal/crisis"
	"samhold/internal/job"
	"samhold/internal/limit"
	"samhold/internal/passphrase"
	"samhold/internal/privacy"
	"samhold/internal/search"
	"samhold/internal/space"
	"samhold/internal/testkit"
)

// house is the service over one database with somebody in it: account a in space s as membership m, staff b, topic t.
type house struct {
	*testkit.Database
	*privacy.Service
	account *account.Service
	audit   *audit.Log
	t       testing.TB
}

func open(t testing.TB, db *testkit.Database) *house {
	t.Helper()
	ring := testkit.Vault(t, db)
	h := &house{Database: db, t: t, audit: audit.New(db.Store, db.Store.Audit(), ring.Derive("audit"))}
	queue := job.NewQueue(db.Store.Job(), db.Store, db.Clock)
	h.account = account.New(account.Deps{
		Store: db.Store.Accounts(), Tx: db.Store, Clock: db.Clock, Limiter: limit.New(db.Store.Limits(), db.Clock, ring.Derive("limit")),
		Vault: ring, Passphrase: passphrase.NewHasher(), Audit: h.audit,
	})
	h.Service = privacy.New(privacy.Deps{
		Store: db.Store.Privacy(), Tx: db.Store, Clock: db.Clock, Accounts: h.account,
		Spaces:   space.New(space.Deps{Store: db.Store.Spaces(), Tx: db.Store, Clock: db.Clock}),
		Cases:    crisis.NewService(crisis.Deps{Store: db.Store.Crisis(), Tx: db.Store, Clock: db.Clock}),
		CheckIns: checkin.New(checkin.Deps{Store: db.Store.CheckIns()}),
		Jobs:     search.Jobs{Queue: queue}, Queue: queue, Audit: h.audit, Vault: ring,
		Ledger: privacy.NewLedger("", [32]byte{}), Log: slog.New(slog.DiscardHandler),
	})
	h.plant(
		"INSERT INTO account (id, name, birth_year, locale, state, created_at) VALUES ('a', 'a', 1990, '', 'active', @)",
		"INSERT INTO account (id, name, birth_year, locale, state, created_at) VALUES ('b', 'b', 1990, '', 'active', @)",
		"INSERT INTO staff_grant (id, account_id, role, starts_at, created_at) VALUES ('ga', 'a', 'facilitator', @, @)",
		"INSERT INTO staff_grant (id, account_id, role, starts_at, created_at) VALUES ('gb', 'b', 'moderator', @, @)",
		`INSERT INTO space (id, kind, name, purpose, description, audience, team, age_band, see_policy, read_policy, write_policy, join_policy,
			approve_first_n, hours, time_zone, colour, sign, state, position, version, created_at)
			VALUES ('s', 'relatives', '', '', '', '', '', 'all', 'public', 'member', 'member', 'open', 0, '', '', '', '', 'open', 1, 1, @)`,
		`INSERT INTO membership (id, account_id, space_id, alias, alias_skeleton, role, state, approved_count, created_at)
			VALUES ('m', 'a', 's', 'x', 'x', 'member', 'active', 0, @)`,
		`INSERT INTO topic (id, space_id, membership_id, kind, title, state, visibility, promotable, last_seq, shown_seq, post_count, last_post_at,
			version, created_at) VALUES ('t', 's', 'm', 'conversation', 'x', 'open', 'visible', true, 1, 1, 1, @, 1, @)`,
		post("p", 1, "visible"),
	)
	return h
}

func post(id string, seq int, visibility string) string {
	return `INSERT INTO post (id, topic_id, space_id, membership_id, shown_alias, shown_role, seq, body, body_html, policy_version, visibility,
		held_reason, calm_banner, revision, version, created_at) VALUES ('` + id + `', 't', 's', 'm', 'x', 'member', ` +
		string(rune('0'+seq)) + `, 'x', 'x', 1, '` + visibility + `', '', false, 1, 1, @)`
}

// plant runs statements in which @ stands for now.
func (h *house) plant(statements ...string) {
	h.t.Helper()
	for _, s := range statements {
		var args []any
		for range strings.Count(s, "@") {
			args = append(args, h.Clock.Now())
		}
		h.Exec(h.t, strings.ReplaceAll(s, "@", "?"), args...)
	}
}

func (h *house) must(err error) {
	h.t.Helper()
	if err != nil {
		h.t.Fatal(err)
	}
}

// sweep looks at every clock.
func (h *house) sweep() {
	h.t.Helper()
	h.Exec(h.t, "DELETE FROM setting")
	h.must(h.Sweep(h.t.Context()))
}

const (
	closedCase = `INSERT INTO crisis_case (id, account_id, level, peak_level, category, subject, state, version, outcome, opened_at, due_at, closed_at)
		VALUES ('c', 'a', 'red', 'red', '', '', 'closed', 1, '', @, @, @)`
	anAssessment = `INSERT INTO assessment (id, source_kind, source_id, revision, rules_version, level, category, subject, reasons, created_at)
		VALUES ('as', 'post', 'p', 1, '', 'red', '', '', '[1]', @)`
	aSignal = `INSERT INTO case_signal (id, case_id, membership_id, source_kind, source_id, assessment_id, level, category, subject, created_at)
		VALUES ('si', 'c', 'm', 'post', 'p', 'as', 'red', '', '', @)`
)

// clocked says for each clock what is planted now, and what counts it until its time is over.
var clocked = map[privacy.ClockKey]struct {
	plant []string
	left  string
}{
	privacy.ClockDraft: {
		[]string{"INSERT INTO draft (id, account_id, sealed, key_id, saved_at, expires_at) VALUES ('x', 'a', '', '', @, @)"},
		"SELECT COUNT(*) FROM draft",
	},
	privacy.ClockSearch: {
		[]string{"INSERT INTO search_result (id, account_id, sealed, key_id, created_at, expires_at) VALUES ('x', 'a', '', '', @, @)"},
		"SELECT COUNT(*) FROM search_result",
	},
	privacy.ClockSession: {
		[]string{"INSERT INTO session (id, account_id, token_hash, epoch, created_at, seen_at, expires_at) VALUES ('x', 'a', '', 0, @, @, @)"},
		"SELECT COUNT(*) FROM session",
	},
	privacy.ClockLink: {
		[]string{
			"INSERT INTO signin_link (id, account_id, token_hash, created_at, expires_at) VALUES ('x', 'a', '', @, @)",
			"INSERT INTO assisted_recovery (id, account_id, asked_by, first_hash, created_at, expires_at) VALUES ('x', 'a', 'b', '', @, @)",
		},
		"SELECT (SELECT COUNT(*) FROM signin_link) + (SELECT COUNT(*) FROM assisted_recovery)",
	},
	privacy.ClockLimit: {
		[]string{
			"INSERT INTO rate_limit (bucket, starts_at, hits) VALUES ('x', @, 1)", "INSERT INTO brake (bucket, tries, free_at) VALUES ('x', 1, @)",
			"INSERT INTO spent_answer (answer_hash, until) VALUES ('', @)",
		},
		"SELECT (SELECT COUNT(*) FROM rate_limit) + (SELECT COUNT(*) FROM brake) + (SELECT COUNT(*) FROM spent_answer)",
	},
	privacy.ClockReads: {
		[]string{"INSERT INTO opening (id, account_id, kind, role, opened_on) VALUES ('x', 'a', '', '', @)"}, "SELECT COUNT(*) FROM opening",
	},
	privacy.ClockNotice: {
		[]string{"INSERT INTO notice (id, account_id, kind, ref_id, created_at, seen_at) VALUES ('x', 'a', 'case', '', @, @)"},
		"SELECT COUNT(*) FROM notice",
	},
	privacy.ClockReadMark: {
		[]string{"INSERT INTO read_mark (membership_id, topic_id, seq, read_at) VALUES ('m', 't', 1, @)"}, "SELECT COUNT(*) FROM read_mark",
	},
	privacy.ClockGone: {
		[]string{
			"UPDATE post SET visibility = 'deleted', gone_at = @ WHERE id = 'p'",
			"INSERT INTO post_revision (id, post_id, revision, title, body, body_html, created_at) VALUES ('x', 'p', 1, 'x', 'x', 'x', @)",
		},
		"SELECT (SELECT COUNT(*) FROM post_revision) + (SELECT COUNT(*) FROM post WHERE body <> '' OR body_html <> '') + (SELECT COUNT(*) FROM topic WHERE title <> '')",
	},
	privacy.ClockRevision: {
		[]string{
			"UPDATE post SET edited_at = @ WHERE id = 'p'",
			"INSERT INTO post_revision (id, post_id, revision, title, body, body_html, created_at) VALUES ('x', 'p', 1, 'x', 'x', 'x', @)",
		},
		"SELECT COUNT(*) FROM post_revision",
	},
	privacy.ClockTalk: {
		[]string{
			"INSERT INTO thread (id, account_id, created_at) VALUES ('th', 'a', @)",
			"INSERT INTO message (id, thread_id, account_id, body_sealed, key_id, created_at, opened_at) VALUES ('x', 'th', 'a', '', '', @, @)",
			"INSERT INTO check_in (id, account_id, state, version, due_at, grace, days, key_id, answer, created_at) VALUES ('x', 'a', 'answered', 1, @, 60, 0, '', 'here', @)",
		},
		"SELECT (SELECT COUNT(*) FROM message) + (SELECT COUNT(*) FROM thread) + (SELECT COUNT(*) FROM check_in)",
	},
	privacy.ClockReasons:    {[]string{anAssessment}, "SELECT COUNT(*) FROM assessment WHERE reasons <> '[]'"},
	privacy.ClockAssessment: {[]string{anAssessment}, "SELECT COUNT(*) FROM assessment"},
	privacy.ClockReassessment: {
		[]string{
			"INSERT INTO reassessment (id, number, rules_version, after_post, looked, started_at) VALUES ('x', 1, '', '', 0, @)",
			"INSERT INTO reassessment_item (reassessment_id, post_id, revision, was, level, category, rules, state) VALUES ('x', 'p', 1, 'green', 'red', '', '', 'waiting')",
		},
		"SELECT (SELECT COUNT(*) FROM reassessment) + (SELECT COUNT(*) FROM reassessment_item)",
	},
	privacy.ClockContact: {
		[]string{closedCase, "INSERT INTO case_contact (case_id, key_id, version, given_at) VALUES ('c', '', 1, @)"},
		"SELECT COUNT(*) FROM case_contact",
	},
	privacy.ClockCase: {
		[]string{
			closedCase, anAssessment, aSignal,
			"INSERT INTO case_event (id, case_id, seq, kind, from_state, to_state, code, key_id, created_at) VALUES ('x', 'c', 1, 'x', '', '', '', '', @)",
			"INSERT INTO glass_opening (id, case_id, opener_id, role, field, reason, event_id, opened_at, ends_at, unsafe, review_by, verdict, version) VALUES ('x', 'c', 'b', '', 'phone', '', '', @, @, false, @, '', 1)",
			"INSERT INTO case_review (id, case_id, ended_at, due_at, key_id) VALUES ('x', 'c', @, @, '')",
			"INSERT INTO case_tick (id, case_id, step_hash, step, account_id, key_id, created_at) VALUES ('x', 'c', '', '', 'b', '', @)",
			"INSERT INTO referral (id, case_id, state, version, urgent, begun_by, begun_at, way, key_id, remind_at) VALUES ('x', 'c', 'draft', 1, false, 'b', @, '', '', @)",
			"INSERT INTO referral_revision (id, referral_id, case_id, version, author_id, body_sealed, key_id, created_at) VALUES ('x', 'x', 'c', 1, 'b', '', '', @)",
			"INSERT INTO emergency_call (id, case_id, caller_id, line, called_at, told_sealed, key_id, result, created_at) VALUES ('x', 'c', 'b', '112', @, '', '', 'sent', @)",
			"INSERT INTO case_timer (id, case_id, kind, generation, due_at, fired_at) VALUES ('x', 'c', 'due', 1, @, @)",
			"INSERT INTO debrief (id, case_id, account_id, asked_at, answer) VALUES ('x', 'c', 'b', @, '')",
			"INSERT INTO call_attempt (id, case_id, generation, way, state, tries, code, idempotency_key, created_at, updated_at) VALUES ('x', 'c', 1, '', 'sent', 1, '', 'x', @, @)",
		},
		"SELECT (SELECT COUNT(*) FROM crisis_case) + (SELECT COUNT(*) FROM case_signal) + (SELECT COUNT(*) FROM case_event) + (SELECT COUNT(*) FROM call_attempt) + (SELECT COUNT(*) FROM emergency_call) + (SELECT COUNT(*) FROM referral) + (SELECT COUNT(*) FROM referral_revision) + (SELECT COUNT(*) FROM glass_opening) + (SELECT COUNT(*) FROM case_review) + (SELECT COUNT(*) FROM case_tick) + (SELECT COUNT(*) FROM case_timer) + (SELECT COUNT(*) FROM debrief)",
	},
	privacy.ClockSupport: {
		[]string{
			"INSERT INTO support_plan (id, account_id, state, version, agreed_version, begun_at, changed_at) VALUES ('x', 'a', 'proposed', 1, 0, @, @)",
			"INSERT INTO support_revision (id, plan_id, account_id, version, body_sealed, key_id, created_at) VALUES ('x', 'x', 'a', 1, '', '', @)",
		},
		"SELECT (SELECT COUNT(*) FROM support_plan) + (SELECT COUNT(*) FROM support_revision)",
	},
	privacy.ClockConcern: {
		[]string{"INSERT INTO concern (id, receipt_hash, about, body_sealed, key_id, state, version, created_at, answered_at) VALUES ('x', '', 'other', '', '', 'answered', 1, @, @)"},
		"SELECT COUNT(*) FROM concern",
	},
	privacy.ClockReport: {
		[]string{"INSERT INTO report (id, space_id, account_id, target_kind, target_id, reason, key_id, state, version, created_at, decided_at) VALUES ('x', 's', 'a', 'post', 'p', 'harsh', '', 'acted', 1, @, @)"},
		"SELECT COUNT(*) FROM report",
	},
	privacy.ClockDecision: {
		[]string{"INSERT INTO decision (id, space_id, actor_id, kind, target_kind, target_id, reason, statement, created_at) VALUES ('x', 's', 'b', 'hold', 'post', 'p', '', 'x', @)"},
		"SELECT COUNT(*) FROM decision",
	},
	privacy.ClockLease: {
		[]string{"INSERT INTO review_item (kind, target_id, lease_holder, lease_until, version) VALUES ('post', 'p', 'b', @, 1)"},
		"SELECT COUNT(*) FROM review_item WHERE lease_holder IS NOT NULL",
	},
	privacy.ClockInvitation: {
		[]string{"INSERT INTO invitation (id, space_id, token_hash, created_by, created_at, expires_at) VALUES ('x', 's', '', 'b', @, @)"},
		"SELECT COUNT(*) FROM invitation",
	},
	privacy.ClockShift: {
		[]string{
			"INSERT INTO shift (id, account_id, starts_at, ends_at, created_at) VALUES ('x', 'b', @, @, @)",
			"INSERT INTO shift_swap (id, shift_id, from_id, state, created_at) VALUES ('x', 'x', 'b', 'offered', @)",
			"INSERT INTO staff_absence (id, account_id, starts_at, ends_at, created_at) VALUES ('x', 'b', @, @, @)",
			"INSERT INTO shift_vacancy (id, account_id, starts_at, ends_at, created_at) VALUES ('x', 'b', @, @, @)",
			`INSERT INTO shift_pattern (id, account_id, first_day, last_day, starts, ends, weeks, planned_to, created_at)
				VALUES ('x', 'b', '2020-01-01', '2020-01-01', '22:00', '08:00', 1, '2020-01-01', @)`,
		},
		`SELECT (SELECT COUNT(*) FROM shift) + (SELECT COUNT(*) FROM shift_swap) + (SELECT COUNT(*) FROM staff_absence)
			+ (SELECT COUNT(*) FROM shift_vacancy) + (SELECT COUNT(*) FROM shift_pattern)`,
	},
	privacy.ClockGrant: {
		[]string{"INSERT INTO staff_grant (id, account_id, role, starts_at, ends_at, created_at) VALUES ('x', 'b', 'admin', @, @, @)"},
		"SELECT COUNT(*) FROM staff_grant WHERE id = 'x'",
	},
	privacy.ClockService: {
		[]string{"INSERT INTO staff_file (account_id, name_sealed, key_id, duty, declared_version, ended_at) VALUES ('b', '', '', 'no', '', @)"},
		"SELECT COUNT(*) FROM staff_file",
	},
	privacy.ClockJob: {
		[]string{"INSERT INTO job (id, kind, payload, due_at, attempts, parked_at, last_error, created_at) VALUES ('x', 'x', '{}', @, 9, @, '', @)"},
		"SELECT COUNT(*) FROM job",
	},
	privacy.ClockShell: {
		[]string{"INSERT INTO account (id, name, birth_year, locale, state, created_at, erased_at) VALUES ('e', 'e', 0, '', 'erased', @, @)"},
		"SELECT COUNT(*) FROM account WHERE id = 'e'",
	},
}

// TestEveryClockRuns plants something, and finds it just before its time is over and not just after.
func TestEveryClockRuns(t *testing.T) {
	t.Parallel()
	for _, c := range privacy.Clocks {
		if c.Key == privacy.ClockLog || c.Key == privacy.ClockDormant {
			continue // below
		}
		t.Run(string(c.Key), func(t *testing.T) {
			testkit.EachDatabase(t, func(t *testing.T, db *testkit.Database) {
				h := open(t, db)
				row, ok := clocked[c.Key]
				if !ok {
					t.Fatal("nothing is planted for this clock")
				}
				h.plant(row.plant...)
				for _, table := range privacy.Schema {
					if table.Clock == c.Key && !strings.Contains(row.left+" ", " "+table.Name+" ") && !strings.Contains(row.left, " "+table.Name+")") {
						t.Errorf("%s has this clock, and nobody looks whether it runs", table.Name)
					}
				}
				before := h.Int(t, row.left)
				if before == 0 {
					t.Fatal("what was planted is not found")
				}
				h.Clock.Advance(c.Lasts - time.Minute)
				h.sweep()
				if left := h.Int(t, row.left); left != before {
					t.Errorf("%d of %d are left before the time is over", left, before)
				}
				h.Clock.Advance(2 * time.Minute)
				h.sweep()
				if left := h.Int(t, row.left); left != 0 {
					t.Errorf("%d are left", left)
				}
				if n := h.Int(t, "SELECT COUNT(*) FROM account WHERE id IN ('a', 'b')"); n != 2 {
					t.Error("somebody is gone")
				}
			})
		})
	}
}

func TestOpenCasesAndWhatTheyNeedHaveNoClock(t *testing.T) {
	t.Parallel()
	testkit.EachDatabase(t, func(t *testing.T, db *testkit.Database) {
		h := open(t, db)
		h.plant(closedCase, anAssessment, aSignal, "INSERT INTO case_contact (case_id, key_id, version, given_at) VALUES ('c', '', 1, @)",
			"UPDATE crisis_case SET closed_at = NULL, state = 'new'",
			`INSERT INTO report (id, space_id, account_id, target_kind, target_id, reason, key_id, state, version, created_at)
				VALUES ('x', 's', 'a', 'post', 'p', 'worry', '', 'open', 1, @)`)
		h.Clock.Advance(5 * 365 * 24 * time.Hour)
		h.sweep()
		left := h.Int(t, `SELECT (SELECT COUNT(*) FROM crisis_case) + (SELECT COUNT(*) FROM case_signal) + (SELECT COUNT(*) FROM case_contact) +
			(SELECT COUNT(*) FROM assessment WHERE reasons <> '[]') + (SELECT COUNT(*) FROM report)`)
		if left != 5 {
			t.Errorf("%d of 5 are left", left)
		}
	})
}

func TestTheLogForgetsAndStaysWhole(t *testing.T) {
	t.Parallel()
	testkit.EachDatabase(t, func(t *testing.T, db *testkit.Database) {
		h := open(t, db)
		for _, action := range []audit.Action{"case_viewed", "case_take", "post_opened"} {
			h.must(h.audit.Append(t.Context(), audit.Event{At: h.Clock.Now(), Action: action, ObjectKind: "case", Code: "mark"}))
		}
		says := func(want int) {
			t.Helper()
			if n := h.Int(t, "SELECT COUNT(*) FROM audit_event WHERE code = 'mark'"); n != want {
				t.Errorf("%d events say something, want %d", n, want)
			}
			if r, err := h.audit.Verify(t.Context(), nil); err != nil || len(r.Problems) > 0 || r.Checked != 3 {
				t.Errorf("the log: %+v, %v", r, err)
			}
		}
		for _, step := range []struct {
			after time.Duration
			want  int
		}{
			{privacy.ClockOf(privacy.ClockReads).Lasts - time.Minute, 3},
			{privacy.ClockOf(privacy.ClockReads).Lasts + time.Minute, 1},
			{privacy.ClockOf(privacy.ClockLog).Lasts - time.Minute, 1},
			{privacy.ClockOf(privacy.ClockLog).Lasts + time.Minute, 0},
		} {
			h.Clock.Advance(testkit.Noon.Add(step.after).Sub(h.Clock.Now()))
			h.sweep()
			says(step.want)
		}
	})
}

func TestDormantAccountsAreWarnedAndThenErased(t *testing.T) {
	t.Parallel()
	testkit.EachDatabase(t, func(t *testing.T, db *testkit.Database) {
		h := open(t, db)
		const day = 24 * time.Hour
		h.Exec(t, "UPDATE account SET seen_at = ?", testkit.Noon)
		h.Exec(t, "DELETE FROM staff_grant WHERE account_id = 'a'")
		state := func() string { return h.Text(t, "SELECT state FROM account WHERE id = 'a'") }
		warned := func() int { return h.Int(t, "SELECT COUNT(*) FROM notice WHERE account_id = 'a' AND kind = 'dormant'") }
		at := func(after time.Duration) {
			h.Clock.Advance(testkit.Noon.Add(after).Sub(h.Clock.Now()))
			h.sweep()
		}
		lasts := privacy.ClockOf(privacy.ClockDormant).Lasts
		if at(lasts - 2*day); state() != account.Active || warned() != 0 {
			t.Fatalf("%s, warned %d times", state(), warned())
		}
		if at(lasts + 2*day); state() != account.Active || warned() != 1 {
			t.Fatalf("%s, warned %d times", state(), warned())
		}
		if at(lasts + 31*day); state() != account.Active {
			t.Fatal("erased before the month is over")
		}
		if at(lasts + 33*day); state() != account.Erased {
			t.Error("nobody came, and the account is still there")
		}
		if got := h.Text(t, "SELECT body FROM post WHERE id = 'p'"); got != "x" {
			t.Error("the posts went too")
		}
		if got := h.Text(t, "SELECT state FROM account WHERE id = 'b'"); got != account.Active {
			t.Error("somebody of the team was erased")
		}
	})
}

func TestWhoComesBackIsNotErased(t *testing.T) {
	t.Parallel()
	testkit.EachDatabase(t, func(t *testing.T, db *testkit.Database) {
		h := open(t, db)
		hash, err := passphrase.NewHasher().Hash(t.Context(), "fire stole uden ben")
		h.must(err)
		a, err := h.account.CreateMember(t.Context(), account.NewMember{BirthYear: 1990, Hash: hash, JoinedAt: h.Clock.Now()})
		h.must(err)
		h.Clock.Advance(privacy.ClockOf(privacy.ClockDormant).Lasts + 10*24*time.Hour)
		h.sweep()
		if n := h.Int(t, "SELECT COUNT(*) FROM account WHERE id = ? AND warned_at IS NOT NULL", a.ID); n != 1 {
			t.Fatal("nobody was warned")
		}
		if _, err := h.account.SignIn(t.Context(), account.Attempt{Name: a.Name, Passphrase: "fire stole uden ben"}); err != nil {
			t.Fatal(err)
		}
		h.Clock.Advance(60 * 24 * time.Hour)
		h.sweep()
		if n := h.Int(t, "SELECT COUNT(*) FROM account WHERE id = ? AND state = 'active' AND warned_at IS NULL", a.ID); n != 1 {
			t.Error("the account went although its owner came back")
		}
		// Nobody can read from the database on which day somebody was here.
		if n := h.Int(t, "SELECT COUNT(*) FROM account WHERE id = ? AND seen_at = ?", a.ID, time.Date(2028, 12, 1, 0, 0, 0, 0, time.UTC)); n != 1 {
			t.Errorf("seen at %s", h.Text(t, "SELECT CAST(seen_at AS TEXT) FROM account WHERE id = ?", a.ID))
		}
	})
}
