package crisis

import (
	"context"
	"time"

	"samhold/internal/intake"
)

// Scope says which cases a person may know of. Stores put it into the WHERE clause.
type Scope struct {
	Everywhere bool
	Spaces     []string // those with a signal in one of these spaces, and those of members who are in no space
	Guests     bool     // those of guests' concerns
	Account    string   // never one's own case
}

// Row is a case on the workbench: no text, no alias.
type Row struct {
	Case
	SpaceNames []string
	OwnerName  string // the owner's staff alias, or empty
	Signals    int
}

// Source is the text of a signal, for staff who opened it.
type Source struct {
	Kind       string
	ID         string
	TopicID    string
	Title      string
	Alias      string
	SpaceName  string
	BodyHTML   string
	Visibility string
	At         time.Time // of an agreed time, that time
	Level      string
	Reasons    string
	Body       string
	Current    bool   // the post still reads as it was assessed
	Sealed     []byte // of a report or a concern, instead of BodyHTML
	AboutPost  string // the post that a report is about
	KeyID      string
	// SealedVersion counts how often the report or concern was sealed.
	SealedVersion int
}

// assessed is the text of a post that the reasons were found in, as topic hands it in; "" once it was edited.
func (s *Source) assessed() string {
	switch {
	case !s.Current:
		return ""
	case s.Title != "":
		return intake.Opening(s.Title, s.Body)
	}
	return s.Body
}

// Correction is what a person found instead of the rules.
type Correction struct {
	Kind     string
	ID       string
	Revision int
	Level    string
	By       string
	At       time.Time
}

// Duty says who looks next.
type Duty struct {
	Now   bool      // somebody is on duty
	Until time.Time // the end of that shift
	Next  time.Time // the start of the next shift, zero if none is planned
}

// Store is what the desk keeps. Every method runs in the transaction of ctx if there is one.
type Store interface {
	emergencyStore
	glassStore
	reviewStore
	reassessStore

	SaveAssessment(ctx context.Context, a *Assessment) error
	// CorrectAssessment notes a person's level and returns the assessment; NotFound if there is none.
	CorrectAssessment(ctx context.Context, c Correction) (*Assessment, error)
	// Judged returns the assessments since then that were above green or that a human has judged, in the given spaces.
	Judged(ctx context.Context, everywhere bool, spaces []string, since time.Time) ([]Judged, error)
	// Written returns what is known of an account that writes, with the levels of its signals in that time.
	Written(ctx context.Context, w WrittenIn) (Written, error)
	// Answered is a post with the level of its newest assessment, if somebody else than the account wrote it; else nothing.
	Answered(ctx context.Context, postID, accountID string) (Answered, error)
	// OpenCase saves c unless its person has an open case; it returns the open case, locked.
	OpenCase(ctx context.Context, c *Case) (open *Case, created bool, err error)
	// OpenCaseOf returns the open case of an account, or NotFound.
	OpenCaseOf(ctx context.Context, accountID string) (*Case, error)
	// OwnSignals returns the signals of a case that are the account's own words, oldest first: its posts, what it wrote
	// itself in reports, its urgent messages, and the button.
	OwnSignals(ctx context.Context, accountID, caseID string) ([]Signal, error)
	// OpenCaseOfConcern returns the open case of a guest's concern, or NotFound.
	OpenCaseOfConcern(ctx context.Context, concernID string) (*Case, error)
	// Case returns a case within the scope, or NotFound; inside a transaction it is locked.
	Case(ctx context.Context, scope Scope, id string) (*Case, error)
	// UpdateCase saves c if its version is still the one given, and counts the version up; else Stale.
	UpdateCase(ctx context.Context, c *Case, version int) error
	// MoveCase saves a locked case without counting its version up.
	MoveCase(ctx context.Context, c *Case) error
	Cases(ctx context.Context, scope Scope) ([]Row, error)
	// LastClosed returns the account's case that was closed last, if that was after the given time; else NotFound.
	LastClosed(ctx context.Context, accountID string, after time.Time) (*Case, error)
	AddSignal(ctx context.Context, s *Signal) error
	// Signals returns the signals of a case that lie within the scope.
	Signals(ctx context.Context, scope Scope, caseID string) ([]Signal, error)
	// Sources returns the texts of a case's signals that lie within the scope, oldest first.
	Sources(ctx context.Context, scope Scope, caseID string) ([]Source, error)
	// AddEvent numbers the event and saves it.
	AddEvent(ctx context.Context, e *Event) error
	Events(ctx context.Context, caseID string) ([]Event, error)
	// AddTimer saves a timer; each kind stands once in a generation.
	AddTimer(ctx context.Context, t *Timer) error
	// DueTimers returns timers that are due and have not fired, the earliest first.
	DueTimers(ctx context.Context, now time.Time, limit int) ([]Timer, error)
	// FireTimer records that a timer fired; NotFound if it has fired before.
	FireTimer(ctx context.Context, timerID string, at time.Time) error
	// Waiting returns the open cases whose deadline hangs on the rota, with that timer, each locked, in the order of ids.
	Waiting(ctx context.Context) ([]Waiting, error)
	// UnstaffedCases returns the open cases that everybody was called to and nobody has taken, each locked, in the order of
	// ids.
	UnstaffedCases(ctx context.Context) ([]Case, error)
	// TakenBy returns the open cases within the scope that the account took last and that nobody else was given since, the
	// highest level first.
	TakenBy(ctx context.Context, scope Scope, accountID string) ([]Case, error)
	// HeldCases returns the open cases that the account took last or that wait for it to receive them, each locked, in
	// the order of ids.
	HeldCases(ctx context.Context, accountID string) ([]Case, error)
	// Timers returns the timers of the cases that have not fired.
	Timers(ctx context.Context, caseIDs []string) ([]Timer, error)
	// MoveTimer gives a timer that has not fired another due time.
	MoveTimer(ctx context.Context, timerID string, due time.Time) error
	// AddAttempt records a call unless one with its key is there.
	AddAttempt(ctx context.Context, a *Attempt) (fresh bool, err error)
	// Attempt returns a call; in a transaction it is locked. NotFound if there is none.
	Attempt(ctx context.Context, attemptID string) (*Attempt, error)
	// Attempts returns the newest calls of a case, newest first, and how many there were.
	Attempts(ctx context.Context, caseID string, limit int) (newest []Attempt, all int, err error)
	UpdateAttempt(ctx context.Context, a *Attempt) error
	// Carried reports whether the person was called about the same case by the same way before this call, after whatever
	// its person said last, and was reached that way after since because of another case that is unstaffed, at one of the levels.
	Carried(ctx context.Context, a *Attempt, levels []string, since time.Time) (bool, error)
	SaveContact(ctx context.Context, c *Contact) error
	Contact(ctx context.Context, caseID string) (*Contact, error)
	// Duty says who looks next in a space, or anywhere when it is empty, without counting one account if it is given.
	Duty(ctx context.Context, spaceID, without string, at time.Time) (Duty, error)
	// Callees returns the accounts to call, sorted.
	Callees(ctx context.Context, who Callees) ([]string, error)
	// Standing are the roles that active accounts have at that moment.
	Standing(ctx context.Context, at time.Time) ([]Standing, error)
	// Busy returns the accounts that have a crisis other than the case in their hands.
	Busy(ctx context.Context, caseID string, at time.Time) ([]string, error)
	StaffNames(ctx context.Context, accountIDs []string) (map[string]string, error)
	// Settings returns the newest version of everything that is set.
	Settings(ctx context.Context) ([]Setting, error)
	// SettingHistory returns every version of a place, the newest first.
	SettingHistory(ctx context.Context, place string) ([]Setting, error)
	// AddSetting saves a version; Stale when it is there already.
	AddSetting(ctx context.Context, s *Setting) error
	// SpaceNames returns the names of all spaces, or of those given, in their order.
	SpaceNames(ctx context.Context, everywhere bool, spaceIDs []string) ([]Named, error)
	// SpaceKind is the kind of a space.
	SpaceKind(ctx context.Context, spaceID string) (string, error)

	// SaveConcern saves c, or returns the concern that has its receipt already.
	SaveConcern(ctx context.Context, c *Concern) (kept *Concern, created bool, err error)
	ConcernByReceipt(ctx context.Context, hash []byte) (*Concern, error)
	Concern(ctx context.Context, id string) (*Concern, error)
	Concerns(ctx context.Context) ([]Concern, error)
	// AnswerConcern saves the answer if the version is still the one given; else Stale.
	AnswerConcern(ctx context.Context, c *Concern, version int) error
}
