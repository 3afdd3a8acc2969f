package directory_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"samhold/internal/account"
	"samhold/internal/audit"
	"samhold/internal/directory"
	"samhold/internal/fault"
	"samhold/internal/id"
	"samhold/internal/testkit"
)

// desk is two of the team at the help lines of one database.
type desk struct {
	*testkit.Database
	*directory.Service
	one, two account.Actor
	told     []string
}

func (d *desk) Notify(_ context.Context, accountID, kind, refID string) error {
	d.told = append(d.told, accountID+" "+kind+" "+refID)
	return nil
}

func eachDesk(t *testing.T, test func(t *testing.T, d *desk)) {
	t.Helper()
	t.Parallel()
	testkit.EachDatabase(t, func(t *testing.T, db *testkit.Database) {
		ring := testkit.Vault(t, db)
		d := &desk{Database: db}
		d.Service = open(t, db, d, audit.New(db.Store, db.Store.Audit(), ring.Derive("audit")))
		if err := d.Seed(t.Context()); err != nil {
			t.Fatal(err)
		}
		if err := d.Refresh(t.Context()); err != nil {
			t.Fatal(err)
		}
		d.one, d.two = d.staff(t, "Mette", account.DutyLead), d.staff(t, "Jonas", account.SafeguardingLead)
		test(t, d)
	})
}

func open(t *testing.T, db *testkit.Database, n directory.Notifier, log directory.Auditor) *directory.Service {
	t.Helper()
	s, err := directory.Load(directory.Deps{Store: db.Store.Directory(), Tx: db.Store, Clock: db.Clock, Audit: log, Notify: n})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func (d *desk) staff(t *testing.T, name string, role account.Role) account.Actor {
	t.Helper()
	a := account.Actor{Account: id.New(), At: d.Clock.Now(), Grants: []account.Grant{{Role: role}}}
	d.Exec(t, "INSERT INTO account (id, name, staff_name, birth_year, locale, state, created_at) VALUES (?, ?, ?, 1980, 'da', 'active', ?)",
		a.Account, "navn-"+name, name, d.Clock.Now())
	d.Exec(t, "INSERT INTO staff_grant (id, account_id, role, starts_at, created_at) VALUES (?, ?, ?, ?, ?)",
		id.New(), a.Account, string(role), d.Clock.Now(), d.Clock.Now())
	return a
}

// draft is a line of the NGO's own.
func (d *desk) draft(name string) directory.Draft {
	return directory.Draft{
		Facts: directory.Facts{
			Name: name, Purpose: "For dig, der er vågen.", Need: "local", Source: "Ringet til dem i dag",
			Channels: []directory.Channel{{Way: directory.Call, Address: "00 00 00 01"}},
		},
		HoursTyped: map[directory.Way]string{}, ExpiresOn: d.Clock.Now().AddDate(0, 3, 0).Format(time.DateOnly),
	}
}

func (d *desk) propose(t *testing.T, who account.Actor, lineID string, version int, draft directory.Draft) string {
	t.Helper()
	lineID, err := d.Propose(t.Context(), who, lineID, version, draft)
	if err != nil {
		t.Fatal(err)
	}
	return lineID
}

func (d *desk) sheet(t *testing.T, lineID string) *directory.Sheet {
	t.Helper()
	s, err := d.Sheet(t.Context(), d.one, lineID)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func (d *desk) agree(t *testing.T, who account.Actor, lineID string) {
	t.Helper()
	if err := d.Agree(t.Context(), who, lineID, d.sheet(t, lineID).Entry.Version); err != nil {
		t.Fatal(err)
	}
}

func (d *desk) shown(key string) *directory.Line {
	for _, l := range d.Lines() {
		if l.Key == key {
			return &l
		}
	}
	return nil
}

func TestNothingIsShownBeforeASecondPersonHasAgreed(t *testing.T) {
	eachDesk(t, func(t *testing.T, d *desk) {
		line := d.shown("livslinien")
		draft := directory.Draft{Facts: line.Facts, HoursTyped: map[directory.Way]string{directory.Call: "man-søn 11-5"}, ExpiresOn: d.draft("").ExpiresOn}
		draft.Source = "Deres egen side"
		draft.Channels = append(draft.Channels, directory.Channel{Way: directory.Chat, Address: "https://chat.example.org/"})
		d.propose(t, d.one, line.ID, 1, draft)
		if err := d.Refresh(t.Context()); err != nil {
			t.Fatal(err)
		}
		if got := d.shown("livslinien"); got.Confirmed(d.Clock.Now()) || got.Channel(directory.Chat).Known() {
			t.Error("a proposal is shown to people in need")
		}
		if err := d.Agree(t.Context(), d.one, line.ID, 2); !fault.Is(err, fault.Forbidden) {
			t.Errorf("who proposed it agrees: got %v, want Forbidden", err)
		}
		if err := d.Agree(t.Context(), d.two, line.ID, 1); !fault.Is(err, fault.Conflict) {
			t.Errorf("an older version: got %v, want Stale", err)
		}
		d.agree(t, d.two, line.ID)
		got := d.shown("livslinien")
		if !got.Confirmed(d.Clock.Now()) || got.Channel(directory.Chat).Host() != "chat.example.org" || got.Dial() != "70201201" {
			t.Errorf("agreed, everybody reads %+v", got)
		}
		sheet := d.sheet(t, line.ID)
		if sheet.Verifier != "Mette" || sheet.Confirmer != "Jonas" || sheet.Proposal != nil || len(sheet.Pasts) != 1 {
			t.Errorf("staff read %+v", sheet)
		}
		if err := d.Agree(t.Context(), d.two, line.ID, sheet.Entry.Version); !fault.Is(err, fault.Conflict) {
			t.Errorf("agreed twice: got %v, want Stale", err)
		}
		for action, want := range map[string]int{"line_proposed": 1, "line_confirmed": 1} {
			if n := d.Int(t, "SELECT COUNT(*) FROM audit_event WHERE action = ? AND object_id = ?", action, line.ID); n != want {
				t.Errorf("%s stands %d times in the log, want %d", action, n, want)
			}
		}
	})
}

func TestOwnLinesAndWhatIsTakenAway(t *testing.T) {
	eachDesk(t, func(t *testing.T, d *desk) {
		before := len(d.Lines())
		own := d.propose(t, d.one, "", 0, d.draft("Nattelefonen"))
		d.propose(t, d.one, "", 0, d.draft("En, der ikke blev til noget"))
		if got := len(d.Lines()); got != before {
			t.Errorf("%d lines are shown, want %d", got, before)
		}
		d.agree(t, d.two, own)
		if got := len(d.Lines()); got != before+1 {
			t.Errorf("%d lines are shown, want %d", got, before+1)
		}
		gone := d.draft("Nattelefonen")
		gone.Retired = true
		d.propose(t, d.two, own, d.sheet(t, own).Entry.Version, gone)
		if err := d.Withdraw(t.Context(), d.one, own, d.sheet(t, own).Entry.Version); err != nil {
			t.Fatal(err)
		}
		if got := len(d.Lines()); got != before+1 {
			t.Error("a proposal that was dropped has taken the line away")
		}
		d.propose(t, d.two, own, d.sheet(t, own).Entry.Version, gone)
		d.agree(t, d.one, own)
		if got := len(d.Lines()); got != before {
			t.Errorf("%d lines are shown, want %d", got, before)
		}
	})
}

func Test112Stays112(t *testing.T) {
	eachDesk(t, func(t *testing.T, d *desk) {
		line := d.shown("emergency")
		for field, change := range map[string]func(*directory.Draft){
			"call": func(f *directory.Draft) {
				f.Channels = []directory.Channel{{Way: directory.Call, Address: "12 34 56 78"}}
			},
			"retired": func(f *directory.Draft) { f.Retired = true },
		} {
			draft := d.draft("Alarm")
			draft.Channels = line.Channels
			change(&draft)
			_, err := d.Propose(t.Context(), d.one, line.ID, 1, draft)
			wantFault(t, err, field)
		}
	})
}

func wantFault(t *testing.T, err error, field string) {
	t.Helper()
	if e, ok := errors.AsType[*fault.Error](err); ok && slices.ContainsFunc(e.Fields, func(f fault.Field) bool { return f.Name == field }) {
		return
	}
	t.Errorf("got %v, want a fault on %s", err, field)
}

func TestWhatIsWrongWithALine(t *testing.T) {
	eachDesk(t, func(t *testing.T, d *desk) {
		for field, change := range map[string]func(*directory.Draft){
			"name":    func(f *directory.Draft) { f.Name = " " },
			"purpose": func(f *directory.Draft) { f.Purpose = "" },
			"need":    func(f *directory.Draft) { f.Need = "andet" },
			"source":  func(f *directory.Draft) { f.Source = "" },
			"call":    func(f *directory.Draft) { f.Channels[0].Address = "ring bare" },
			"chat": func(f *directory.Draft) {
				f.Channels[0] = directory.Channel{Way: directory.Chat, Address: "http://example.org/"}
			},
			"call_hours": func(f *directory.Draft) { f.HoursTyped[directory.Call] = "når vi kan" },
			"expires_on": func(f *directory.Draft) { f.ExpiresOn = "2099-01-01" },
		} {
			draft := d.draft("Nattelefonen")
			change(&draft)
			_, err := d.Propose(t.Context(), d.one, "", 0, draft)
			wantFault(t, err, field)
		}
		if _, err := d.Propose(t.Context(), account.Actor{Account: id.New()}, "", 0, d.draft("Nattelefonen")); !fault.Is(err, fault.NotFound) {
			t.Errorf("somebody without the capability: got %v, want NotFound", err)
		}
	})
}

func TestStaffAreToldOnceThatALineGoesStale(t *testing.T) {
	eachDesk(t, func(t *testing.T, d *desk) {
		own := d.propose(t, d.one, "", 0, d.draft("Nattelefonen"))
		d.agree(t, d.two, own)
		remind := func(want int) {
			t.Helper()
			if err := d.Remind(t.Context()); err != nil {
				t.Fatal(err)
			}
			if len(d.told) != want {
				t.Errorf("told %v, want %d", d.told, want)
			}
		}
		remind(0)
		d.Clock.Advance(80 * 24 * time.Hour)
		remind(2)
		remind(2)
		count, err := d.Count(t.Context())
		if want := (directory.Count{Lines: 10, Unconfirmed: 9, Stale: 1}); err != nil || count != want {
			t.Errorf("got %+v, %v, want %+v", count, err, want)
		}
		d.Clock.Advance(20 * 24 * time.Hour)
		for _, l := range d.Lines() {
			if l.Confirmed(d.Clock.Now()) {
				t.Errorf("%s is still said to be confirmed", l.Name)
			}
		}
	})
}

func TestEveryProcessLearnsOfAChangeAndKeepsItWithoutADatabase(t *testing.T) {
	eachDesk(t, func(t *testing.T, d *desk) {
		other := open(t, d.Database, d, nil)
		if err := other.Refresh(t.Context()); err != nil {
			t.Fatal(err)
		}
		own := d.propose(t, d.one, "", 0, d.draft("Nattelefonen"))
		d.agree(t, d.two, own)
		if err := other.Refresh(t.Context()); err != nil {
			t.Fatal(err)
		}
		if got := len(other.Lines()); got != 10 {
			t.Errorf("the other process shows %d lines, want 10", got)
		}
		gone, cancel := context.WithCancel(t.Context())
		cancel()
		if err := other.Refresh(gone); err == nil {
			t.Error("the database answers, so this shows nothing")
		}
		if got := len(other.Lines()); got != 10 {
			t.Errorf("without a database there are %d lines, want 10", got)
		}
	})
}
