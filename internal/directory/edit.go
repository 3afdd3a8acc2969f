package directory

import (
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"samhold/internal/account"
	"samhold/internal/audit"
	"samhold/internal/fault"
	"samhold/internal/id"
	"samhold/internal/markup"
)

// The lengths of what staff write, in characters.
const (
	maxName    = 80
	maxPurpose = 300
	maxSource  = 200
	maxLines   = 60 // of the directory
)

// lastsFor is how long facts count at most before they must be checked again.
const lastsFor = 366 * 24 * time.Hour

// Draft is what the form of a line holds.
type Draft struct {
	Facts
	HoursTyped map[Way]string
	ExpiresOn  string // a day, 2027-06-30
}

// Sheet is a line before staff: what is shown, what is proposed, and what it said before.
type Sheet struct {
	Line
	Entry     Entry
	Proposal  *Facts // nil if nothing waits
	Proposer  string // the staff names
	Verifier  string
	Confirmer string
	MayAgree  bool // the actor may be the second person
	Stale     bool // it was confirmed once, and must be checked again, now or within two weeks
	Pasts     []Former
}

// Former is what a line said before.
type Former struct {
	Past
	Facts     Facts
	Verifier  string
	Confirmer string
}

// Sheets are all lines before staff. NotFound without EditLines.
func (s *Service) Sheets(ctx context.Context, a account.Actor) ([]Sheet, error) {
	if !may(a) {
		return nil, fault.Missing()
	}
	entries, err := s.Store.HelpLines(ctx)
	if err != nil {
		return nil, err
	}
	sheets := make([]Sheet, len(entries))
	for i, e := range entries {
		if sheets[i], err = s.sheet(ctx, a, e); err != nil {
			return nil, err
		}
	}
	return sheets, nil
}

// Sheet is one line before staff, with its past. NotFound without EditLines.
func (s *Service) Sheet(ctx context.Context, a account.Actor, lineID string) (*Sheet, error) {
	if !may(a) {
		return nil, fault.Missing()
	}
	e, err := s.Store.HelpLine(ctx, lineID)
	if err != nil {
		return nil, err
	}
	sheet, err := s.sheet(ctx, a, *e)
	if err != nil {
		return nil, err
	}
	pasts, err := s.Store.Pasts(ctx, lineID)
	if err != nil {
		return nil, err
	}
	for _, p := range pasts {
		f := Former{Past: p}
		if err := json.Unmarshal([]byte(p.Facts), &f.Facts); err != nil {
			return nil, fmt.Errorf("help line %s: %w", lineID, err)
		}
		names, err := s.names(ctx, p.VerifiedBy, p.ConfirmedBy)
		if err != nil {
			return nil, err
		}
		f.Verifier, f.Confirmer = names[0], names[1]
		sheet.Pasts = append(sheet.Pasts, f)
	}
	return &sheet, nil
}

func (s *Service) sheet(ctx context.Context, a account.Actor, e Entry) (Sheet, error) {
	sheet := Sheet{Entry: e, Line: Line{ID: e.ID, Key: e.key(), zone: s.zone}}
	if e.Facts != "" {
		l, err := s.line(e)
		if err != nil {
			return sheet, err
		}
		sheet.Line = l
	}
	if e.Proposed != "" {
		sheet.Proposal = &Facts{}
		if err := json.Unmarshal([]byte(e.Proposed), sheet.Proposal); err != nil {
			return sheet, fmt.Errorf("help line %s: %w", e.ID, err)
		}
		sheet.MayAgree = e.ProposedBy == nil || *e.ProposedBy != a.Account
	}
	names, err := s.names(ctx, e.ProposedBy, e.VerifiedBy, e.ConfirmedBy)
	if err != nil {
		return sheet, err
	}
	sheet.Proposer, sheet.Verifier, sheet.Confirmer = names[0], names[1], names[2]
	sheet.Stale = stale(e, a.At)
	return sheet, nil
}

func (s *Service) names(ctx context.Context, ids ...*string) ([]string, error) {
	var asked []string
	for _, id := range ids {
		if id != nil {
			asked = append(asked, *id)
		}
	}
	found, err := s.Store.StaffNames(ctx, asked)
	if err != nil {
		return nil, err
	}
	names := make([]string, len(ids))
	for i, id := range ids {
		if id != nil {
			names[i] = found[*id]
		}
	}
	return names, nil
}

// Propose keeps what somebody of the team found out about a line, or a new line when lineID is empty. Nothing of it is
// shown before a second person has agreed. It is audited. Faults name the fields of the form; Stale when the line has
// changed since version; NotFound without EditLines.
func (s *Service) Propose(ctx context.Context, a account.Actor, lineID string, version int, d Draft) (string, error) {
	if !may(a) {
		return "", fault.Missing()
	}
	facts, expires, err := s.check(d, a.At)
	if err != nil {
		return "", err
	}
	err = s.Tx.InTx(ctx, func(ctx context.Context) error {
		now := s.Clock.Now()
		e := &Entry{ID: id.New(), Version: 1, CreatedAt: now}
		action := audit.Action("line_proposed")
		if lineID != "" {
			if e, err = s.Store.HelpLine(ctx, lineID); err != nil {
				return err
			}
			if err := s.fits(e, &facts); err != nil {
				return err
			}
		} else if err := s.fresh(ctx, e, facts); err != nil {
			return err
		}
		typed, err := json.Marshal(facts)
		if err != nil {
			return fmt.Errorf("encode line: %w", err)
		}
		e.Proposed, e.ProposedBy, e.ProposedAt, e.ProposedFor, e.UpdatedAt = string(typed), &a.Account, &now, &expires, now
		if lineID == "" {
			lineID = e.ID
			err = s.Store.AddLine(ctx, e)
		} else {
			err = s.Store.ChangeLine(ctx, e, version)
		}
		if err != nil {
			return err
		}
		return s.record(ctx, a, action, lineID)
	})
	return lineID, err
}

// fits keeps what must not be changed of a shipped line: 112 stays 112.
func (s *Service) fits(e *Entry, f *Facts) error {
	var check fault.Check
	for _, l := range s.shipped {
		if l.Key != e.key() || !l.Emergency {
			continue
		}
		check.Require(f.Channel(Call).Dial() == l.Dial(), "call", "resource.emergency_number")
		check.Require(!f.Retired, "retired", "resource.emergency_stays")
	}
	check.Require(e.key() != "" || f.Name != "", "name", "resource.name_missing")
	check.Require(e.key() != "" || f.Purpose != "", "purpose", "resource.purpose_missing")
	return check.Err()
}

func (s *Service) fresh(ctx context.Context, e *Entry, f Facts) error {
	entries, err := s.Store.HelpLines(ctx)
	if err != nil {
		return err
	}
	e.Position = len(entries)
	var check fault.Check
	check.Require(f.Name != "", "name", "resource.name_missing")
	check.Require(f.Purpose != "", "purpose", "resource.purpose_missing")
	check.Require(len(entries) < maxLines, "name", "resource.too_many", "Max", maxLines)
	return check.Err()
}

// Agree is the second look: what is proposed is shown from then on, and its hours count until they expire. It takes
// somebody other than who proposed it. It is audited.
func (s *Service) Agree(ctx context.Context, a account.Actor, lineID string, version int) error {
	return s.settle(ctx, a, lineID, version, "line_confirmed", func(ctx context.Context, e *Entry) error {
		if e.ProposedBy == nil || *e.ProposedBy == a.Account {
			return fault.New(fault.Forbidden, "resource.second_person")
		}
		if e.Facts != "" {
			err := s.Store.AddPast(ctx, &Past{
				ID: id.New(), LineID: e.ID, Version: e.Version, Facts: e.Facts, VerifiedBy: e.VerifiedBy,
				ConfirmedBy: e.ConfirmedBy, CreatedAt: s.Clock.Now(),
			})
			if err != nil {
				return err
			}
		}
		now := s.Clock.Now()
		e.Facts, e.VerifiedBy, e.VerifiedOn, e.ExpiresOn = e.Proposed, e.ProposedBy, e.ProposedAt, e.ProposedFor
		e.ConfirmedBy, e.ConfirmedAt, e.ToldAt = &a.Account, &now, nil
		return nil
	})
}

// Withdraw drops what is proposed. It is audited.
func (s *Service) Withdraw(ctx context.Context, a account.Actor, lineID string, version int) error {
	return s.settle(ctx, a, lineID, version, "line_withdrawn", func(context.Context, *Entry) error { return nil })
}

func (s *Service) settle(
	ctx context.Context, a account.Actor, lineID string, version int, action audit.Action, change func(context.Context, *Entry) error,
) error {
	if !may(a) {
		return fault.Missing()
	}
	err := s.Tx.InTx(ctx, func(ctx context.Context) error {
		e, err := s.Store.HelpLine(ctx, lineID)
		if err != nil {
			return err
		}
		if e.Proposed == "" || e.Version != version {
			return fault.Stale()
		}
		if err := change(ctx, e); err != nil {
			return err
		}
		e.Proposed, e.ProposedBy, e.ProposedAt, e.ProposedFor, e.UpdatedAt = "", nil, nil, nil, s.Clock.Now()
		if err := s.Store.ChangeLine(ctx, e, version); err != nil {
			return err
		}
		return s.record(ctx, a, action, lineID)
	})
	if err != nil {
		return err
	}
	return s.Refresh(ctx)
}

func (s *Service) record(ctx context.Context, a account.Actor, action audit.Action, lineID string) error {
	return s.Audit.Append(ctx, audit.Event{
		At: s.Clock.Now(), Actor: a.Account, Action: action, ObjectKind: "help_line", ObjectID: lineID,
	})
}

// check returns what the form says, cleaned, and until when it counts.
func (s *Service) check(d Draft, at time.Time) (Facts, time.Time, error) {
	var check fault.Check
	f := d.Facts
	for _, field := range []struct {
		name  string
		value *string
		most  int
	}{
		{"name", &f.Name, maxName},
		{"purpose", &f.Purpose, maxPurpose},
		{"purpose_en", &f.PurposeEN, maxPurpose},
		{"place", &f.Place, maxPurpose},
		{"source", &f.Source, maxSource},
	} {
		v, err := markup.Clean(*field.value)
		if err := check.AddError(field.name, err); err != nil {
			return f, time.Time{}, err
		}
		*field.value = strings.TrimSpace(v)
		check.Require(utf8.RuneCountInString(*field.value) <= field.most, field.name, "resource.long", "Max", field.most)
	}
	check.Require(slices.Contains(Needs, f.Need), "need", "resource.need_missing")
	check.Require(f.Source != "", "source", "resource.source_missing")
	f.Categories = slices.DeleteFunc(f.Categories, func(c string) bool { return !slices.Contains(Categories, c) })
	f.Audiences = slices.DeleteFunc(f.Audiences, func(a string) bool { return !slices.Contains(Audiences, a) })
	reached := f.Place != ""
	for i := range f.Channels {
		c := &f.Channels[i]
		c.Address = strings.TrimSpace(c.Address)
		hours, err := ParseHours(d.HoursTyped[c.Way])
		if err := check.AddError(string(c.Way)+"_hours", err); err != nil {
			return f, time.Time{}, err
		}
		c.Hours = hours
		if c.None {
			c.Address, c.Hours = "", Hours{}
		}
		check.Require(c.Address == "" || good(*c), string(c.Way), "resource.bad_"+string(c.Way))
		reached = reached || c.Known()
	}
	check.Require(reached || f.Retired, "call", "resource.unreachable")
	expires, err := time.ParseInLocation(time.DateOnly, d.ExpiresOn, s.zone)
	check.Require(err == nil && expires.After(at) && expires.Sub(at) < lastsFor, "expires_on", "resource.expires_when")
	return f, expires.UTC(), check.Err()
}

// Categories are the concerns of the assessment for which a line may be offered on a card.
var Categories = []string{
	"suicide", "self_harm", "overdose", "withdrawal", "violence", "child_at_risk", "relapse", "hopelessness", "third_party",
}

// Audiences are the kinds of space that a line may be for.
var Audiences = []string{"relatives", "young", "aftercare"}

// good reports whether the address of a channel leads somewhere: a Danish number, or a page over https that shows its
// host plainly.
func good(c Channel) bool {
	if c.Way != Chat {
		n := len(c.Dial())
		return n >= 3 && n <= 12 && utf8.RuneCountInString(c.Address) <= 20
	}
	u, err := url.Parse(c.Address)
	return err == nil && u.Scheme == "https" && u.Host != "" && u.User == nil && strings.Contains(u.Hostname(), ".") && len(c.Address) <= 200
}

// Host is where a chat leads, for the reader to see before they go.
func (c Channel) Host() string {
	u, err := url.Parse(c.Address)
	if err != nil {
		return ""
	}
	return u.Hostname()
}
