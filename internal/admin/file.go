package admin

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"samhold/internal/account"
	"samhold/internal/audit"
	"samhold/internal/fault"
	"samhold/internal/markup"
	"samhold/internal/seal"
)

// Duty says whether somebody has the heightened duty to notify a municipality about a child.
type Duty string

// The duties. What a person's is follows from the law and their post, so a human writes it down.
const (
	DutyUnknown Duty = "unknown"
	DutyYes     Duty = "yes"
	DutyNo      Duty = "no"
)

// Duties are all duties, in the order in which a page offers them.
var Duties = []Duty{DutyUnknown, DutyYes, DutyNo}

// File is what the house must know of somebody who works here or has done. It is kept after the account is erased, for as
// long as its clock says: the promise of confidentiality goes on. Those who manage staff read it, and each their own duty.
type File struct {
	AccountID       string `gorm:"primaryKey"`
	Name            string `gorm:"-"` // among staff, as it was when the file was begun
	NameSealed      []byte
	KeyID           string
	Duty            Duty
	DutySince       *time.Time
	DutyBy          *string
	DutyAt          *time.Time
	DeclaredOn      *time.Time // the day on which they signed
	DeclaredVersion string     // of the text that they signed
	DeclaredBy      *string    // who wrote it down
	DeclaredAt      *time.Time
	EndedAt         *time.Time // the end of their service
	EndedBy         *string
}

// TableName implements GORM's naming.
func (File) TableName() string { return "staff_file" }

func (f *File) place() seal.Place {
	return seal.Place{Table: "staff_file", Column: "name_sealed", Row: f.AccountID}
}

// Declared reports whether they have promised confidentiality.
func (f File) Declared() bool { return f.DeclaredOn != nil }

// The audited changes of a file; the code of the first is the duty.
const (
	DutySet       audit.Action = "staff_duty_set"
	DeclaredSet   audit.Action = "staff_declared"
	StaffFinished audit.Action = "staff_finished"
)

type fileStore interface {
	// Files returns the files of the accounts that have one.
	Files(ctx context.Context, accountIDs []string) ([]File, error)
	// PastFiles returns the files of those whose service has ended, the last first.
	PastFiles(ctx context.Context, limit int) ([]File, error)
	SaveFile(ctx context.Context, f *File) error
}

// Member returns somebody else of the team that the actor manages; NotFound otherwise.
func (s *Service) Member(ctx context.Context, a account.Actor, accountID string) (*Member, error) {
	return s.member(ctx, a, accountID)
}

// member is somebody else of the team that the actor manages, with their file; NotFound otherwise.
func (s *Service) member(ctx context.Context, a account.Actor, accountID string) (*Member, error) {
	team, err := s.Team(ctx, a)
	if err != nil {
		return nil, err
	}
	at := slices.IndexFunc(team.People, func(m Member) bool { return m.ID == accountID && !m.Me })
	if at < 0 {
		return nil, fault.Missing()
	}
	return &team.People[at], nil
}

// change saves what fn does to somebody's file, and audits it.
func (s *Service) change(ctx context.Context, a account.Actor, accountID string, action audit.Action, code string, fn func(*File)) error {
	return s.Tx.InTx(ctx, func(ctx context.Context) error {
		m, err := s.member(ctx, a, accountID)
		if err != nil {
			return err
		}
		if err := s.keep(ctx, m, fn); err != nil {
			return err
		}
		return s.Audit.Append(ctx, audit.Event{
			At: a.At, Actor: a.Account, Action: action, ObjectKind: "account", ObjectID: accountID, Code: code,
		})
	})
}

// keep saves a file after fn changed it; its first version seals what the person is called.
func (s *Service) keep(ctx context.Context, m *Member, fn func(*File)) error {
	f := m.File
	if f.AccountID == "" {
		f.AccountID = m.ID
		sealed, err := s.Vault.ForHouse().Seal(ctx, []byte(m.Name), f.place())
		if err != nil {
			return fmt.Errorf("seal a name: %w", err)
		}
		f.NameSealed, f.KeyID = sealed.Ciphertext, sealed.KeyID
	}
	fn(&f)
	return s.Store.SaveFile(ctx, &f)
}

// SetDuty writes down whether somebody else of the team has the heightened duty, and since when. It is audited.
func (s *Service) SetDuty(ctx context.Context, a account.Actor, accountID string, d Duty, since time.Time) error {
	var check fault.Check
	check.Require(slices.Contains(Duties, d), "duty", "team.duty_missing")
	check.Require(!since.After(a.At), "duty_since", "team.day_ahead")
	if err := check.Err(); err != nil {
		return err
	}
	return s.change(ctx, a, accountID, DutySet, string(d), func(f *File) {
		f.Duty, f.DutySince, f.DutyBy, f.DutyAt = d, day(since), &a.Account, &a.At
	})
}

// maxDeclared is the longest name of a version, in characters.
const maxDeclared = 60

// Declare writes down that somebody else of the team signed the declaration of confidentiality. It is audited.
func (s *Service) Declare(ctx context.Context, a account.Actor, accountID string, on time.Time, version string) error {
	version, err := markup.Clean(version)
	if err != nil {
		return err
	}
	version = strings.TrimSpace(version)
	var check fault.Check
	check.Require(!on.IsZero() && !on.After(a.At), "declared_on", "team.day_ahead")
	check.Require(version != "" && utf8.RuneCountInString(version) <= maxDeclared, "declared_version", "team.version_missing")
	if err := check.Err(); err != nil {
		return err
	}
	return s.change(ctx, a, accountID, DeclaredSet, "", func(f *File) {
		f.DeclaredOn, f.DeclaredVersion, f.DeclaredBy, f.DeclaredAt = day(on), version, &a.Account, &a.At
		f.EndedAt, f.EndedBy = nil, nil // they work here again
	})
}

func day(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	t = t.UTC()
	return &t
}

// OwnDuty is the actor's own duty, for the page on which they need it.
func (s *Service) OwnDuty(ctx context.Context, a account.Actor) (Duty, error) {
	files, err := s.Store.Files(ctx, []string{a.Account})
	if err != nil || len(files) == 0 {
		return DutyUnknown, err
	}
	return files[0].Duty, nil
}

// Past are those whose service has ended, for those who manage the staff of all spaces.
func (s *Service) Past(ctx context.Context, a account.Actor) ([]File, error) {
	if everywhere, _ := a.Reach(account.ManageStaff); !everywhere {
		return nil, nil
	}
	files, err := s.Store.PastFiles(ctx, pastShown)
	if err != nil {
		return nil, err
	}
	for i := range files {
		f := &files[i]
		name, err := s.Vault.ForHouse().Open(ctx, seal.Sealed{KeyID: f.KeyID, Ciphertext: f.NameSealed}, f.place())
		if err != nil {
			return nil, fmt.Errorf("open a name: %w", err)
		}
		f.Name = string(name)
	}
	return files, nil
}

const pastShown = 100

// Finish ends somebody's service here in one act: their roles, their sessions and links, what they hold in the queue and
// the cases in their hands, which go back to the ladder at once, their shifts, and every way to call them. Their own
// account as a member stays. It takes the right to end each of their roles; nobody finishes for themselves. It is
// audited, and either all of it happens or nothing.
func (s *Service) Finish(ctx context.Context, a account.Actor, accountID string) error {
	if !a.Fresh() {
		return fault.New(fault.Forbidden, "fault.confirm")
	}
	return s.Tx.InTx(ctx, func(ctx context.Context) error {
		m, err := s.member(ctx, a, accountID)
		if err != nil {
			return err
		}
		if !m.MayFinish() {
			return fault.Missing()
		}
		if err := s.Store.Finish(ctx, accountID, a.At); err != nil {
			return err
		}
		if err := s.Rota.Leave(ctx, accountID); err != nil {
			return err
		}
		if err := s.keep(ctx, m, func(f *File) { f.EndedAt, f.EndedBy = &a.At, &a.Account }); err != nil {
			return err
		}
		if err := s.Cases.Release(ctx, a, accountID); err != nil {
			return err
		}
		for _, g := range m.Grants {
			e := audit.Event{
				At: a.At, Actor: a.Account, Action: account.StaffEnded, ObjectKind: "account", ObjectID: accountID, SpaceID: g.SpaceID,
				Code: string(g.Role),
			}
			if err := s.Audit.Append(ctx, e); err != nil {
				return err
			}
		}
		return s.record(ctx, a, StaffFinished, "account", accountID, "")
	})
}

// MayFinish reports whether the actor may end every role of this person.
func (m *Member) MayFinish() bool {
	return !m.Me && !slices.ContainsFunc(m.Grants, func(h Held) bool { return !h.MayEnd })
}
