package figure_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"samhold/internal/account"
	"samhold/internal/crisis"
	"samhold/internal/fault"
	"samhold/internal/figure"
	"samhold/internal/id"
	"samhold/internal/rota"
	"samhold/internal/testkit"
)

// desk is a house with two spaces, written row by row so that every number can be counted by hand.
type desk struct {
	*testkit.Database
	*figure.Service
	t         *testing.T
	now       time.Time
	zone      *time.Location
	rota      *rota.Service
	home, far string
	lead      account.Actor // leads at home
}

// defaults are the times without any of an NGO's own.
type defaults struct{}

func (defaults) Rules(context.Context) (crisis.Rules, error) { return crisis.Rules{}, nil }

func eachDesk(t *testing.T, test func(t *testing.T, d *desk)) {
	t.Helper()
	zone, err := time.LoadLocation("Europe/Copenhagen")
	if err != nil {
		t.Fatal(err)
	}
	testkit.EachDatabase(t, func(t *testing.T, db *testkit.Database) {
		// A Wednesday at noon, so that there are days of this week before it.
		db.Clock.Set(time.Date(2026, 11, 25, 11, 0, 0, 0, time.UTC))
		d := &desk{Database: db, t: t, now: db.Clock.Now(), zone: zone}
		d.rota = rota.New(rota.Deps{Store: db.Store.Rota(), Tx: db.Store, Clock: db.Clock, Zone: zone})
		d.Service = figure.New(figure.Deps{Store: db.Store.Figure(), Clock: db.Clock, Rota: d.rota, Rules: defaults{}, Zone: zone})
		d.home, d.far = d.space("Hjemme"), d.space("Ude")
		d.lead = account.Actor{Account: d.person(), At: d.now, Grants: []account.Grant{{Role: account.DutyLead, Space: d.home}}}
		test(t, d)
	})
}

func (d *desk) space(name string) string {
	made := id.New()
	d.Exec(d.t, `INSERT INTO space (id, kind, name, purpose, description, audience, team, age_band, see_policy, read_policy, write_policy,
		join_policy, approve_first_n, hours, time_zone, colour, sign, state, position, version, created_at)
		VALUES (?, 'relatives', ?, '', '', '', '', 'all', 'account', 'member', 'member', 'open', 0, '', '', 'moss', 'tree', 'open', 1, 1, ?)`,
		made, name, d.now)
	return made
}

func (d *desk) person() string {
	made := id.New()
	d.Exec(d.t, "INSERT INTO account (id, name, staff_name, birth_year, locale, state, created_at) VALUES (?, ?, 'Mette', 1980, 'da', 'active', ?)",
		made, "navn-"+made, d.now)
	return made
}

// step is something that happens to a case so long after its opening.
type step struct {
	after time.Duration
	kind  string
	to    crisis.State
	code  string
}

// open writes a case that began so long ago.
func (d *desk) open(spaceID, accountID string, ago time.Duration, level string, steps ...step) {
	d.t.Helper()
	began, made := d.now.Add(-ago), id.New()
	state, closed, peak := crisis.New, any(nil), level
	for _, s := range steps {
		state, closed = s.to, nil
		if !s.to.Open() {
			closed = began.Add(s.after)
		}
		if s.code == "crisis" {
			peak = s.code
		}
	}
	d.Exec(d.t, `INSERT INTO crisis_case (id, account_id, space_id, level, peak_level, category, subject, state, version, outcome,
		opened_at, due_at, closed_at) VALUES (?, ?, ?, ?, ?, 'suicide', 'author', ?, 1, '', ?, ?, ?)`,
		made, accountID, spaceID, peak, peak, string(state), began, began, closed)
	for i, s := range append([]step{{0, "opened", crisis.New, level}}, steps...) {
		d.Exec(d.t, `INSERT INTO case_event (id, case_id, seq, kind, from_state, to_state, code, key_id, created_at)
			VALUES (?, ?, ?, ?, '', ?, ?, '', ?)`, id.New(), made, i+1, s.kind, string(s.to), s.code, began.Add(s.after))
	}
}

func (d *desk) figures(a account.Actor) *figure.Figures {
	d.t.Helper()
	f, err := d.Figures(d.t.Context(), a)
	if err != nil {
		d.t.Fatal(err)
	}
	return f
}

const (
	minute = time.Minute
	day    = 24 * time.Hour
)

func TestWaitsAreAsCountedByHand(t *testing.T) {
	eachDesk(t, func(t *testing.T, d *desk) {
		// Taken after 3 and 20 minutes; after 4, counted from when it became a crisis; never, for a day.
		d.open(d.home, d.person(), 10*day, "crisis", step{3 * minute, "take", crisis.Acknowledged, ""}, step{10 * minute, "reach", crisis.InContact, ""},
			step{day, "close", crisis.Monitoring, "contact_made"}, step{2 * day, "sign", crisis.Closed, "contact_made"})
		d.open(d.home, d.person(), 9*day, "crisis", step{20 * minute, "take", crisis.Acknowledged, ""}, step{50 * minute, "reach", crisis.InContact, ""})
		d.open(d.home, d.person(), 8*day, "red", step{time.Hour, "signal", crisis.New, "crisis"}, step{64 * minute, "take", crisis.Acknowledged, ""})
		d.open(d.home, d.person(), day, "crisis")
		// Not late yet, so it does not count.
		d.open(d.home, d.person(), 2*minute, "crisis")
		// Somewhere else, and the lead's own: neither is theirs to count. The last began before the weeks.
		d.open(d.far, d.person(), 9*day, "crisis", step{time.Minute, "take", crisis.Acknowledged, ""})
		d.open(d.home, d.lead.Account, 9*day, "crisis", step{time.Minute, "take", crisis.Acknowledged, ""})
		d.open(d.home, d.person(), 200*day, "crisis", step{time.Minute, "take", crisis.Acknowledged, ""})
		f := d.figures(d.lead)
		want := figure.Wait{
			Level: "crisis", Goal: 5 * minute, Within: figure.Share{Of: 4, Percent: 50}, Done: 3, Median: 4 * minute, P90: 20 * minute,
		}
		if got := f.Taken[0]; got != want {
			t.Errorf("taken: got %+v, want %+v", got, want)
		}
		// Written after 7 and 30 minutes, and not at all: too few for a median.
		want = figure.Wait{Level: "crisis", Goal: 15 * minute, Within: figure.Share{Of: 3, Percent: 33}, Done: 2}
		if got := f.Written[0]; got != want {
			t.Errorf("written: got %+v, want %+v", got, want)
		}
		if got := f.Taken[1]; got.Within.Of != 0 {
			t.Errorf("a case that became a crisis counts as red: %+v", got)
		}
		everywhere := d.lead
		everywhere.Account, everywhere.Grants = d.person(), []account.Grant{{Role: account.Admin}}
		if got := d.figures(everywhere).Taken[0].Done; got != 5 {
			t.Errorf("everywhere %d were taken, want 5", got)
		}
	})
}

func TestOpenAndEndedAreAsCountedByHand(t *testing.T) {
	eachDesk(t, func(t *testing.T, d *desk) {
		// Three were open at the end of the week before last, and ended as no danger; one of them is open again. One more
		// was open for a day within a week.
		for i := range 3 {
			steps := []step{{9 * day, "close", crisis.FalseAlarm, "false_alarm"}}
			if i == 0 {
				steps = append(steps, step{10 * day, "reopen", crisis.Reopened, "red"})
			}
			d.open(d.home, d.person(), 12*day, "red", steps...)
		}
		d.open(d.home, d.person(), 11*day, "red", step{day, "close", crisis.Closed, "contact_made"})
		f := d.figures(d.lead)
		var got []figure.Count
		for _, w := range f.Open[len(f.Open)-3:] {
			got = append(got, w.Cases[1])
		}
		// The weeks end on 16 and 23 November, and now. They began on the 13th, ended on the 22nd, and one began again on the
		// 23rd at noon.
		if want := fmt.Sprint([]figure.Count{3, 0, 1}); fmt.Sprint(got) != want {
			t.Errorf("open red cases: got %v, want %v", got, want)
		}
		if got, want := f.Ended[1], (figure.Ended{Level: "red", False: figure.Share{Of: 4, Percent: 75}, Count: 3}); got != want {
			t.Errorf("ended: got %+v, want %+v", got, want)
		}
	})
}

func (d *desk) shift(who string, from time.Time, hours int) {
	d.t.Helper()
	d.Exec(d.t, "INSERT INTO shift (id, account_id, space_id, starts_at, ends_at, created_at) VALUES (?, ?, ?, ?, ?, ?)",
		id.New(), who, d.home, from, from.Add(time.Duration(hours)*time.Hour), d.now)
}

func (d *desk) moderator() string {
	who := d.person()
	d.Exec(d.t, "INSERT INTO staff_grant (id, account_id, role, space_id, starts_at, created_at) VALUES (?, ?, 'moderator', ?, ?, ?)",
		id.New(), who, d.home, d.now.AddDate(-1, 0, 0), d.now)
	return who
}

func TestUncoveredHoursAreAsCountedByHand(t *testing.T) {
	eachDesk(t, func(t *testing.T, d *desk) {
		if !d.figures(d.lead).Uncovered.None {
			t.Error("without any shift there is a rota")
		}
		who := d.moderator()
		monday := time.Date(2026, 11, 15, 23, 0, 0, 0, time.UTC) // Monday the 16th in Denmark
		d.shift(who, monday, 10)
		d.shift(who, monday.Add(8*time.Hour), 4) // two of them twice
		d.shift(who, monday.Add(7*day), 24)
		got := d.figures(d.lead).Uncovered
		last := got.Weeks[len(got.Weeks)-2:]
		// 168 hours without 12; then from Monday to Wednesday noon, 60 hours, without 24.
		if a, b := last[0].Time.Hours(), last[1].Time.Hours(); a != 156 || b != 36 {
			t.Errorf("uncovered: got %g and %g hours, want 156 and 36", a, b)
		}
		if got.Weeks[0].Begun || got.Weeks[0].Time != 0 || len(got.Spaces) != 1 || got.Spaces[0].Time.Hours() != 192 {
			t.Errorf("uncovered: got %+v", got)
		}
		whole, err := d.rota.Uncovered(t.Context(), d.home, monday, d.now)
		if err != nil || whole != got.Spaces[0].Time {
			t.Errorf("the rota says %s, the figures %s (%v)", whole, got.Spaces[0].Time, err)
		}
	})
}

// Whoever has left had their shifts all the same: what was covered stays covered, and what is to come does not.
func TestShiftsOfThoseWhoLeftStayCovered(t *testing.T) {
	eachDesk(t, func(t *testing.T, d *desk) {
		who := d.moderator()
		d.shift(d.moderator(), d.now.Add(-10*day), 1) // from when there was a rota
		d.shift(who, d.now.Add(-9*day), 5)
		d.shift(who, d.now.Add(-2*time.Hour), 4)
		uncovered := func() time.Duration {
			t.Helper()
			gap, err := d.rota.Uncovered(t.Context(), d.home, d.now.Add(-9*day), d.now.Add(2*time.Hour))
			if err != nil {
				t.Fatal(err)
			}
			return gap
		}
		before, told := uncovered(), d.figures(d.lead).Uncovered.Spaces[0].Time
		for _, left := range []string{
			"UPDATE account SET state = 'paused' WHERE id = ?", "UPDATE account SET state = 'closed' WHERE id = ?",
			"UPDATE staff_grant SET ends_at = '" + d.now.Format("2006-01-02 15:04:05+00:00") + "' WHERE account_id = ?",
		} {
			d.Exec(t, left, who)
			if got := d.figures(d.lead).Uncovered.Spaces[0].Time; got != told {
				t.Errorf("%s: %s are uncovered, and before it was %s", left, got, told)
			}
			if got := uncovered(); got != before+2*time.Hour {
				t.Errorf("%s: with what is to come %s are uncovered, want %s more than %s", left, got, 2*time.Hour, before)
			}
		}
	})
}

// amber writes an amber post; seen and answered are how long after it, or zero for never.
func (d *desk) amber(at time.Time, seen, answered time.Duration) {
	d.t.Helper()
	topic, posted := id.New(), id.New()
	d.Exec(d.t, `INSERT INTO topic (id, space_id, kind, title, state, visibility, promotable, last_seq, shown_seq, post_count, last_post_at, version, created_at)
		VALUES (?, ?, 'conversation', '', 'open', 'visible', ?, 2, 2, 2, ?, 1, ?)`, topic, d.home, true, at, at)
	write := func(postID, role string, seq int, when time.Time) {
		d.Exec(d.t, `INSERT INTO post (id, topic_id, space_id, shown_alias, shown_role, seq, body, body_html, policy_version, visibility, held_reason,
			calm_banner, revision, version, created_at) VALUES (?, ?, ?, 'x', ?, ?, '', '', 1, 'visible', '', ?, 1, 1, ?)`,
			postID, topic, d.home, role, seq, false, when)
	}
	write(posted, "member", 1, at)
	var read any
	if seen > 0 {
		read = at.Add(seen)
	}
	for revision := 1; revision <= 2; revision++ { // edited an hour later, and no better
		d.Exec(d.t, `INSERT INTO assessment (id, source_kind, source_id, revision, space_id, rules_version, level, category, subject, reasons,
			corrected_at, created_at) VALUES (?, 'post', ?, ?, ?, '1', 'amber', '', '', '[]', ?, ?)`,
			id.New(), posted, revision, d.home, read, at.Add(time.Duration(revision-1)*time.Hour))
	}
	write(id.New(), "member", 2, at.Add(time.Minute)) // another member is not the team
	if answered > 0 {
		write(id.New(), "staff", 3, at.Add(answered))
	}
}

func TestAmberNeglectIsAsCountedByHand(t *testing.T) {
	eachDesk(t, func(t *testing.T, d *desk) {
		who := d.moderator()
		start := time.Date(2026, 11, 3, 8, 0, 0, 0, time.UTC)
		d.shift(who, start, 6)
		d.shift(who, start.Add(20*time.Hour), 6) // the goal of four hours on duty ends two hours in
		late := start.Add(4 * time.Hour)
		d.amber(late, 21*time.Hour, 0) // the goal ends 18 hours after: 2 hours on duty, 14 without, 2 more
		d.amber(late, 17*time.Hour, 0)
		d.amber(late, 0, 17*time.Hour)
		d.amber(late, 0, 0)
		d.amber(d.now.Add(-minute), minute, 0) // its goal has not passed
		f := d.figures(d.lead)
		want := figure.Met{Seen: figure.Share{Of: 4, Percent: 50}, Answered: figure.Share{Of: 4, Percent: 25}}
		if got := f.Amber.Recent; got != want {
			t.Errorf("recently: got %+v, want %+v", got, want)
		}
		if got := f.Amber.Before; got.Seen.Of != 0 {
			t.Errorf("before: got %+v", got)
		}
	})
}

func TestFiguresAreForThoseWhoLead(t *testing.T) {
	eachDesk(t, func(t *testing.T, d *desk) {
		for _, role := range account.Roles {
			a := d.lead
			a.Grants = []account.Grant{{Role: role}}
			_, err := d.Figures(t.Context(), a)
			if may := role == account.DutyLead || role == account.SafeguardingLead || role == account.Admin; may != (err == nil) || err != nil && !fault.Is(err, fault.NotFound) {
				t.Errorf("%s: %v", role, err)
			}
		}
	})
}
