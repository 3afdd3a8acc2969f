package rota_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"samhold/internal/account"
	"samhold/internal/audit"
	"samhold/internal/fault"
	"samhold/internal/id"
	"samhold/internal/rota"
	"samhold/internal/space"
	"samhold/internal/testkit"
)

// desk is a rota with two spaces and a team.
type desk struct {
	*testkit.Database
	*rota.Service
	t      *testing.T
	spaces []string
	team   []account.Actor // two duty leads for all spaces, then moderators of one space each
	told   map[string][]string
	swept  int // how often others were told that the rota changed
}

func eachDesk(t *testing.T, test func(t *testing.T, d *desk)) {
	t.Helper()
	testkit.EachDatabase(t, func(t *testing.T, db *testkit.Database) {
		d := &desk{Database: db, t: t, told: map[string][]string{}}
		d.Service = rota.New(rota.Deps{
			Store: db.Store.Rota(), Tx: db.Store, Clock: db.Clock, Notifier: d, Zone: copenhagen(t),
			Audit:   audit.New(db.Store, db.Store.Audit(), testkit.Vault(t, db).Derive("audit")),
			Changed: func(context.Context) error { d.swept++; return nil },
		})
		rooms := space.New(space.Deps{Store: db.Store.Spaces(), Tx: db.Store, Clock: db.Clock})
		for i := range 2 {
			made, err := rooms.Create(t.Context(), space.Space{
				Kind: space.Relatives, Name: fmt.Sprintf("Rum %d", i), Purpose: "At prøve", Colour: "wheat", Sign: "house", AgeBand: space.BandAll,
				SeePolicy: space.ForAccount, ReadPolicy: space.ForMember, WritePolicy: space.ForMember, JoinPolicy: space.JoinOpen,
			}, "Det, der bliver sagt her, bliver her.")
			if err != nil {
				t.Fatal(err)
			}
			d.spaces = append(d.spaces, made.ID)
		}
		for i, role := range []account.Role{account.DutyLead, account.DutyLead, account.Moderator, account.Moderator, account.Moderator, account.Moderator} {
			room := ""
			if role == account.Moderator {
				room = d.spaces[i%2]
			}
			d.hire(fmt.Sprintf("Kollega %d", i), role, room)
		}
		test(t, d)
	})
}

// Notify implements rota.Notifier.
func (d *desk) Notify(_ context.Context, accountID, kind, _ string) error {
	d.told[kind] = append(d.told[kind], accountID)
	return nil
}

func (d *desk) hire(name string, role account.Role, room string) account.Actor {
	d.t.Helper()
	now, a := d.Clock.Now(), account.Actor{Account: id.New(), Grants: []account.Grant{{Role: role, Space: room}}}
	d.Exec(d.t, "INSERT INTO account (id, name, staff_name, birth_year, locale, state, created_at) VALUES (?, ?, ?, 1980, 'da', 'active', ?)",
		a.Account, "navn-"+a.Account, name, now)
	var in any
	if room != "" {
		in = room
	}
	d.Exec(d.t, "INSERT INTO staff_grant (id, account_id, role, space_id, starts_at, created_at) VALUES (?, ?, ?, ?, ?, ?)",
		id.New(), a.Account, string(role), in, now.AddDate(-1, 0, 0), now)
	d.team = append(d.team, a)
	return a
}

// as is a member of the team now.
func (d *desk) as(i int) account.Actor {
	a := d.team[i]
	a.At = d.Clock.Now()
	return a
}

func (d *desk) must(err error) {
	d.t.Helper()
	if err != nil {
		d.t.Fatal(err)
	}
}

func (d *desk) staffed(room string, from, to time.Time) []rota.Span {
	d.t.Helper()
	spans, err := d.Staffed(d.t.Context(), []string{room}, room == "", "", from, to)
	d.must(err)
	return spans
}

func span(from time.Time, hours float64) rota.Span {
	return rota.Span{From: from, To: from.Add(time.Duration(hours * float64(time.Hour)))}
}

// Whatever people do with the rota, what it says of a space is what somebody finds who looks at every quarter of an hour
// in the shifts and roles themselves; absences, swaps and vacancies lose no hour of what was planned; and nobody is on
// duty while away, nor without a role.
func TestTheRotaIsItsShifts(t *testing.T) {
	eachDesk(t, func(t *testing.T, d *desk) {
		rng := rand.New(rand.NewPCG(5, 6))
		start := d.Clock.Now().Truncate(time.Hour)
		days := []rota.Day{"2026-11-24", "2026-11-27", "2026-12-01"}
		for round := range 60 {
			who, room := rng.IntN(len(d.team)), append([]string{""}, d.spaces...)[rng.IntN(3)]
			at := start.Add(time.Duration(rng.IntN(14*24*4)) * 15 * time.Minute)
			before := d.planned(start)
			keeps := true // the step may give hours to others, and loses none
			var err error
			switch rng.IntN(7) {
			case 0:
				keeps = false
				err = d.AddOnce(t.Context(), d.as(0), d.team[who].Account, room, span(at, float64(1+rng.IntN(12))))
			case 1:
				keeps = false
				err = d.Add(t.Context(), d.as(0), rota.Plan{
					AccountID: d.team[who].Account, SpaceID: room, Day: days[rng.IntN(3)], Weeks: 1 + rng.IntN(2),
					Starts: minute(rng.IntN(1440)), Ends: minute(rng.IntN(1440)),
				})
			case 2:
				err = d.Away(t.Context(), d.as(who), d.team[who].Account, span(at, float64(1+rng.IntN(60))))
			case 3:
				err = d.something(who, func(b *rota.Board) error {
					return d.Back(t.Context(), d.as(who), b.Absences[rng.IntN(len(b.Absences))].ID)
				}, func(b *rota.Board) int { return len(b.Absences) })
			case 4:
				err = d.something(who, func(b *rota.Board) error {
					return d.Take(t.Context(), d.as(who), b.Vacancies[rng.IntN(len(b.Vacancies))].ID)
				}, func(b *rota.Board) int { return len(b.Vacancies) })
			case 5:
				err = d.something(who, func(b *rota.Board) error {
					return d.Offer(t.Context(), d.as(who), b.Shifts[rng.IntN(len(b.Shifts))].ID, "")
				}, func(b *rota.Board) int { return len(b.Shifts) })
			case 6:
				err = d.something(who, func(b *rota.Board) error {
					offers := b.Offers()
					return d.Accept(t.Context(), d.as(who), offers[rng.IntN(len(offers))].SwapID)
				}, func(b *rota.Board) int { return len(b.Offers()) })
			}
			if err != nil && !fault.Is(err, fault.Invalid) && !fault.Is(err, fault.NotFound) && !fault.Is(err, fault.Conflict) {
				t.Fatalf("round %d: %v", round, err)
			}
			if after := d.planned(start); keeps && !slices.Equal(before, after) {
				t.Fatalf("round %d: what was planned went from\n%v to\n%v", round, before, after)
			}
			d.compare(round, start, start.AddDate(0, 0, 15))
		}
	})
}

func (d *desk) something(who int, do func(*rota.Board) error, count func(*rota.Board) int) error {
	d.t.Helper()
	board, err := d.Board(d.t.Context(), d.as(who))
	d.must(err)
	if count(board) == 0 {
		return nil
	}
	return do(board)
}

// planned are the hours that were ever planned, by space, whoever has them and whether or not anybody does.
func (d *desk) planned(from time.Time) []rota.Span {
	d.t.Helper()
	board, err := d.Board(d.t.Context(), d.as(0))
	d.must(err)
	var all []rota.Span
	for i, room := range append([]string{""}, d.spaces...) {
		var spans []rota.Span
		for _, s := range board.Shifts {
			if s.SpaceID == nil && room == "" || s.SpaceID != nil && *s.SpaceID == room {
				spans = append(spans, s.Span())
			}
		}
		for _, v := range board.Vacancies {
			if v.SpaceID == nil && room == "" || v.SpaceID != nil && *v.SpaceID == room {
				spans = append(spans, rota.Span{From: v.StartsAt, To: v.EndsAt})
			}
		}
		for _, s := range rota.Merge(spans) { // a year of its own for each space, so that they compare as one list
			all = append(all, rota.Span{From: s.From.AddDate(i*10, 0, 0), To: s.To.AddDate(i*10, 0, 0)})
		}
	}
	_ = from
	return all
}

// compare looks at every quarter of an hour.
func (d *desk) compare(round int, from, to time.Time) {
	d.t.Helper()
	board, err := d.Board(d.t.Context(), d.as(0))
	d.must(err)
	roles := map[string]string{}
	for _, a := range d.team {
		roles[a.Account] = a.Grants[0].Space
	}
	for _, room := range d.spaces {
		staffed := d.staffed(room, from, to)
		for at := from; at.Before(to); at = at.Add(15 * time.Minute) {
			want := false
			for _, s := range board.Shifts {
				serves := roles[s.AccountID] == "" || roles[s.AccountID] == room
				want = want || s.Span().Has(at) && serves && (s.SpaceID == nil || *s.SpaceID == room)
			}
			if got := in(staffed, at); got != want {
				d.t.Fatalf("round %d: %s at %s: staffed is %v, want %v", round, room, at, got, want)
			}
		}
		uncovered, err := d.Uncovered(d.t.Context(), room, from, to)
		d.must(err)
		if uncovered != to.Sub(from)-rota.Total(staffed) {
			d.t.Fatalf("round %d: %s uncovered of %v", round, uncovered, staffed)
		}
	}
	for _, away := range board.Absences {
		for _, s := range board.Shifts {
			if s.AccountID == away.AccountID && s.Span().Meets(away.Span()) {
				d.t.Fatalf("round %d: somebody is on duty %v and away %v", round, s.Span(), away.Span())
			}
		}
	}
}

func TestWhoCanBePutOnDuty(t *testing.T) {
	eachDesk(t, func(t *testing.T, d *desk) {
		now := d.Clock.Now()
		facilitator := d.hire("Vibeke", account.Facilitator, "")
		d.must(d.AddOnce(t.Context(), d.as(0), d.team[2].Account, d.spaces[0], span(now.Add(time.Hour), 4)))
		for name, test := range map[string]struct {
			actor, who int
			account    string
			room       string
			in         rota.Span
			want       string // the field
		}{
			"a moderator in another's space": {0, 2, "", d.spaces[1], span(now, 2), "account"},
			"a facilitator":                  {0, 0, facilitator.Account, d.spaces[0], span(now, 2), "account"},
			"twice at the same time":         {0, 2, "", d.spaces[0], span(now.Add(4*time.Hour), 4), "starts"},
			"twice, once for all spaces":     {0, 2, "", "", span(now, 2), "starts"},
			"too long":                       {0, 3, "", d.spaces[1], span(now, 26), "ends"},
			"over":                           {0, 3, "", d.spaces[1], span(now.Add(-5*time.Hour), 4), "starts"},
			"backwards":                      {0, 3, "", d.spaces[1], span(now, -1), "ends"},
			"next to it":                     {0, 2, "", d.spaces[0], span(now.Add(5*time.Hour), 1), ""},
		} {
			t.Run(name, func(t *testing.T) {
				who := test.account
				if who == "" {
					who = d.team[test.who].Account
				}
				err := d.AddOnce(t.Context(), d.as(test.actor), who, test.room, test.in)
				got := ""
				if f, ok := err.(*fault.Error); ok { //nolint:errorlint // it comes from the check itself
					got = f.Fields[0].Name
				}
				if got != test.want {
					t.Errorf("got %q (%v), want %q", got, err, test.want)
				}
			})
		}
		if err := d.AddOnce(t.Context(), d.as(2), d.team[2].Account, d.spaces[0], span(now.Add(9*time.Hour), 1)); !fault.Is(err, fault.NotFound) {
			t.Errorf("a moderator plans: %v", err)
		}
	})
}

// A swap is somebody's by name before it is anybody else's, and never nobody's.
func TestASwapLeavesNoHourUncovered(t *testing.T) {
	eachDesk(t, func(t *testing.T, d *desk) {
		now := d.Clock.Now()
		in := span(now.Add(24*time.Hour), 8)
		d.must(d.AddOnce(t.Context(), d.as(0), d.team[2].Account, d.spaces[0], in))
		shift := d.shift(2)
		d.must(d.Offer(t.Context(), d.as(2), shift.ID, "Kollega 4"))
		if err := d.Offer(t.Context(), d.as(2), shift.ID, ""); !fault.Is(err, fault.Conflict) {
			t.Errorf("offered twice: %v", err)
		}
		if got := d.told[rota.NoticeOffered]; !slices.Equal(got, []string{d.team[4].Account}) {
			t.Errorf("%v are told", got)
		}
		swap := d.shift(2).SwapID
		for _, other := range []int{0, 2, 3} { // not offered to them, their own, no role there
			if err := d.Accept(t.Context(), d.as(other), swap); err == nil {
				t.Errorf("%d accepts", other)
			}
		}
		d.must(d.Away(t.Context(), d.as(4), d.team[4].Account, span(now.Add(25*time.Hour), 1)))
		if err := d.Accept(t.Context(), d.as(4), swap); !fault.Is(err, fault.Invalid) || d.shift(2).ID == "" {
			t.Errorf("somebody who is away accepts: %v", err)
		}
		d.must(d.something(4, func(b *rota.Board) error { return d.Back(t.Context(), d.as(4), b.Absences[0].ID) }, func(*rota.Board) int { return 1 }))
		d.must(d.Accept(t.Context(), d.as(4), swap))
		if got := d.staffed(d.spaces[0], in.From.Add(-time.Hour), in.To.Add(time.Hour)); len(got) != 1 || got[0] != in {
			t.Errorf("on duty: %v, want %v", got, in)
		}
		if d.shift(4).ID != shift.ID || d.shift(2).ID != "" {
			t.Error("the shift is not the colleague's")
		}
		if n := d.Int(t, "SELECT COUNT(*) FROM audit_event WHERE action = 'swap_accepted' AND actor = ? AND object_id = ?", d.team[4].Account, shift.ID); n != 1 {
			t.Errorf("%d lines in the log", n)
		}
		if err := d.Accept(t.Context(), d.as(4), swap); !fault.Is(err, fault.NotFound) {
			t.Errorf("accepted twice: %v", err)
		}
	})
}

// shift is the first shift of somebody.
func (d *desk) shift(i int) rota.Planned {
	d.t.Helper()
	board, err := d.Board(d.t.Context(), d.as(0))
	d.must(err)
	for _, s := range board.Shifts {
		if s.AccountID == d.team[i].Account {
			return s
		}
	}
	return rota.Planned{}
}

// Whose role ends is on duty no more, and the rota says so: as a gap, and as a name without a role.
func TestWhoeverLeavesLeavesAGap(t *testing.T) {
	eachDesk(t, func(t *testing.T, d *desk) {
		now := d.Clock.Now()
		in := span(now.Add(24*time.Hour), 8)
		for _, i := range []int{2, 3} {
			d.must(d.AddOnce(t.Context(), d.as(0), d.team[i].Account, d.spaces[i%2], in))
		}
		ends := in.From.Add(2 * time.Hour)
		d.Exec(t, "UPDATE staff_grant SET ends_at = ? WHERE account_id = ?", ends, d.team[2].Account)
		gaps, err := d.Gaps(t.Context(), d.as(0), in.From, in.To)
		d.must(err)
		want := rota.Gap{Span: rota.Span{From: ends, To: in.To}, Spaces: []string{"Rum 0"}}
		if len(gaps) != 1 || gaps[0].Span != want.Span || !slices.Equal(gaps[0].Spaces, want.Spaces) || gaps[0].All {
			t.Errorf("got %v, want %v", gaps, want)
		}
		board, err := d.Board(t.Context(), d.as(0))
		d.must(err)
		if stray := board.Stray(); len(stray) != 1 || stray[0].AccountID != d.team[2].Account {
			t.Errorf("without a role: %v", stray)
		}
		soon, err := d.Soon(t.Context(), d.as(4))
		d.must(err)
		if len(soon) == 0 || slices.ContainsFunc(soon, func(g rota.Gap) bool { return slices.Contains(g.Spaces, "Rum 1") }) {
			t.Errorf("a moderator of one space reads of %v", soon)
		}
		d.Exec(t, "UPDATE account SET state = 'paused' WHERE id = ?", d.team[3].Account)
		if got := d.staffed(d.spaces[1], in.From, in.To); len(got) != 0 {
			t.Errorf("somebody who paused is on duty: %v", got)
		}
	})
}

func TestWeeklyShiftsAreMadeAhead(t *testing.T) {
	eachDesk(t, func(t *testing.T, d *desk) {
		now := d.Clock.Now()
		first := rota.DayOf(now, d.Zone).Add(1)
		plan := rota.Plan{AccountID: d.team[2].Account, SpaceID: d.spaces[0], Day: first, Starts: "22:00", Ends: "08:00", Weeks: 1}
		d.must(d.Add(t.Context(), d.as(0), plan))
		count := func() int { return d.Int(t, "SELECT COUNT(*) FROM shift") }
		if got := count(); got != 8 {
			t.Fatalf("%d shifts in eight weeks", got)
		}
		d.must(d.Remove(t.Context(), d.as(0), d.shift(2).ID))
		d.must(d.Extend(t.Context()))
		if got := count(); got != 7 {
			t.Errorf("%d shifts: what was taken off is made again", got)
		}
		d.Clock.Advance(7 * 24 * time.Hour)
		d.must(d.Extend(t.Context()))
		d.must(d.Extend(t.Context()))
		if got := count(); got != 8 {
			t.Errorf("%d shifts a week later, want one more", got)
		}
		d.must(d.something(0, func(b *rota.Board) error { return d.EndPattern(t.Context(), d.as(0), b.Patterns[0].ID) }, func(*rota.Board) int { return 1 }))
		d.must(d.Extend(t.Context()))
		if got := d.Int(t, "SELECT COUNT(*) FROM shift WHERE starts_at > ?", d.Clock.Now()); got != 0 {
			t.Errorf("%d shifts are left of a weekly one that ended", got)
		}
	})
}

// Across the night in which the clocks go back, two weekly shifts that meet at half past two leave no gap.
func TestAWeekWithAChangeOfTheClocks(t *testing.T) {
	eachDesk(t, func(t *testing.T, d *desk) {
		d.Clock.Set(time.Date(2027, 10, 29, 12, 0, 0, 0, time.UTC))
		for i, hours := range [][2]rota.Minute{{"18:00", "02:30"}, {"02:30", "12:00"}} {
			day := rota.Day("2027-10-30").Add(i)
			d.must(d.Add(t.Context(), d.as(0), rota.Plan{AccountID: d.team[0].Account, Day: day, Starts: hours[0], Ends: hours[1], Weeks: 1}))
		}
		want := rota.Span{From: time.Date(2027, 10, 30, 16, 0, 0, 0, time.UTC), To: time.Date(2027, 10, 31, 11, 0, 0, 0, time.UTC)}
		if got := d.staffed("", want.From.Add(-time.Hour), want.To.Add(time.Hour)); len(got) != 1 || got[0] != want {
			t.Errorf("got %v, want %v", got, want)
		}
	})
}
