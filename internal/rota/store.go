package rota

import (
	"context"
	"time"
)

// Store is what the rota keeps. Every method runs in the transaction of ctx if there is one.
type Store interface {
	// Served returns the parts of shifts between two moments in which their people could be on duty, for as long as they
	// have, or had, a role there that works cases. From now on only active accounts can.
	Served(ctx context.Context, from, to, now time.Time) ([]Served, error)
	// Duties are the shifts between two moments within the reach and for all spaces.
	Duties(ctx context.Context, r Reach, from, to time.Time) ([]Duty, error)
	// Planned are the shifts that end after a moment, within the reach and for all spaces, the first to begin first.
	Planned(ctx context.Context, r Reach, at time.Time) ([]Planned, error)
	// Shift returns a shift that has not ended, within the reach or for all spaces; inside a transaction it is locked.
	Shift(ctx context.Context, r Reach, id string, at time.Time) (*Shift, error)
	// ShiftsOf are the shifts of an account that end after a moment, locked inside a transaction.
	ShiftsOf(ctx context.Context, accountID string, at time.Time) ([]Shift, error)
	AddShift(ctx context.Context, s *Shift) error
	// UpdateShift saves account and times.
	UpdateShift(ctx context.Context, s *Shift) error
	// RemoveShift removes a shift and the offers of it.
	RemoveShift(ctx context.Context, id string) error

	// Ending are the shifts that end up to a moment and whose people were not asked yet to hand over, locked.
	Ending(ctx context.Context, after, to time.Time) ([]Shift, error)
	// Asked notes that they were.
	Asked(ctx context.Context, shiftID string, at time.Time) error

	AddPattern(ctx context.Context, p *Pattern) error
	// Patterns are those within the reach and for all spaces that have not ended before a day.
	Patterns(ctx context.Context, r Reach, day Day) ([]Repeated, error)
	// Pattern returns a pattern within the reach, locked inside a transaction.
	Pattern(ctx context.Context, r Reach, id string) (*Pattern, error)
	// Unmade are the patterns whose shifts are not made up to a day.
	Unmade(ctx context.Context, day Day) ([]Pattern, error)
	// Made moves on up to which day the shifts of a pattern are made, if it stood where the caller saw it; else NotFound.
	Made(ctx context.Context, id string, seen, to Day) error
	EndPattern(ctx context.Context, id string, last Day) error
	// EndFor ends every pattern of an account after a day, and withdraws what is offered by it or to it.
	EndFor(ctx context.Context, accountID string, last Day) error
	// RemoveMade removes the shifts and vacancies of a pattern that begin at a moment or later.
	RemoveMade(ctx context.Context, patternID string, from time.Time) error

	AddAbsence(ctx context.Context, a *Absence) error
	// Absences are those that end after a moment, of one account or of all when it is empty.
	Absences(ctx context.Context, accountID string, at time.Time) ([]Absence, error)
	RemoveAbsence(ctx context.Context, id string) error
	AddVacancy(ctx context.Context, v *Vacancy) error
	// Vacancies are those that end after a moment, within the reach and for all spaces.
	Vacancies(ctx context.Context, r Reach, at time.Time) ([]Vacancy, error)
	// VacanciesOf are those that an absence left, and that end after a moment.
	VacanciesOf(ctx context.Context, absenceID string, at time.Time) ([]Vacancy, error)
	// RemoveVacancy removes a vacancy; NotFound if somebody was first.
	RemoveVacancy(ctx context.Context, id string) error

	AddSwap(ctx context.Context, s *Swap) error
	// Swap returns an open offer, locked inside a transaction.
	Swap(ctx context.Context, id string) (*Swap, error)
	// AnswerSwap closes an open offer; NotFound if it is not open any more.
	AnswerSwap(ctx context.Context, s *Swap) error

	// Workers are the people who have a role that works cases in the space for that whole time; in any space when it is
	// empty.
	Workers(ctx context.Context, spaceID string, in Span) ([]Person, error)
	// People are those of the reach who work cases now or later.
	People(ctx context.Context, r Reach, at time.Time) ([]Person, error)
	// Spaces are the spaces of the reach, and OpenSpaces those that are open.
	Spaces(ctx context.Context, r Reach) ([]Space, error)
	OpenSpaces(ctx context.Context, r Reach) ([]Space, error)
}
