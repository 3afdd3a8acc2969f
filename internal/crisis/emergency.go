package crisis

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"samhold/internal/account"
	"samhold/internal/fault"
	"samhold/internal/id"
	"samhold/internal/markup"
	"samhold/internal/seal"
)

// Emergencies are the numbers that somebody of the team can have called: 112 where a life is in danger, 114 to the
// police and, out of hours, through them to the municipality.
var Emergencies = []string{"112", "114"}

// EmergencyResults are what came of a call, as codes; the texts are emergency.result_CODE.
var EmergencyResults = []string{"waiting", "sent", "found", "not_found", "not_sent"}

// emergencyCodes name the numbers in the record, whose codes have no digits; the texts are emergency.code_CODE.
var emergencyCodes = map[string]string{"112": "rescue", "114": "police"}

const (
	maxTold      = 2000
	maxReference = 120
)

// EmergencyCall is a call to 112 or 114 about a case. What was passed on, and the reference that the other end gave,
// are sealed: only the case's staff read them.
type EmergencyCall struct {
	ID              string `gorm:"primaryKey"`
	CaseID          string
	CallerID        string
	Line            string
	CalledAt        time.Time
	ToldSealed      []byte
	ReferenceSealed []byte
	KeyID           string
	Result          string
	CreatedAt       time.Time
}

// OpenCall is a call to 112 or 114 as the case shows it.
type OpenCall struct {
	EmergencyCall
	Name      string // what the team calls who called
	Told      string
	Reference string
}

// NewEmergency is a call as its form says it.
type NewEmergency struct {
	Line      string
	At        time.Time // when it was made: zero for now, never later than now
	Told      string
	Reference string // may be empty
	Result    string
}

type emergencyStore interface {
	AddEmergency(ctx context.Context, c *EmergencyCall) error
	// Emergencies returns a case's calls, oldest first.
	Emergencies(ctx context.Context, caseID string) ([]EmergencyCall, error)
	// SetEmergencyResult changes what came of a case's call; NotFound if the case has no such call.
	SetEmergencyResult(ctx context.Context, caseID, callID, result string) error
}

func (n *NewEmergency) clean(now time.Time) error {
	var check fault.Check
	for _, f := range []struct {
		name  string
		value *string
		most  int
	}{{"emergency_told", &n.Told, maxTold}, {"emergency_reference", &n.Reference, maxReference}} {
		v, err := markup.Clean(*f.value)
		if err := check.AddError(f.name, err); err != nil {
			return err
		}
		*f.value = strings.TrimSpace(v)
		check.Require(utf8.RuneCountInString(*f.value) <= f.most, f.name, "crisis.contact_long", "Max", f.most)
	}
	check.Require(slices.Contains(Emergencies, n.Line), "emergency_line", "emergency.line_missing")
	check.Require(slices.Contains(EmergencyResults, n.Result), "emergency_result", "emergency.result_missing")
	check.Require(n.Told != "", "emergency_told", "emergency.told_missing")
	check.Require(!n.At.After(now), "emergency_clock", "emergency.clock_wrong")
	if n.At.IsZero() {
		n.At = now
	}
	return check.Err()
}

// CallEmergency writes down that the actor called 112 or 114. It takes the capability where the case is: a peer never
// has it. NotFound for everybody else.
func (s *Service) CallEmergency(ctx context.Context, actor account.Actor, caseID string, n NewEmergency) error {
	if err := n.clean(actor.At); err != nil {
		return err
	}
	return s.tx.InTx(ctx, func(ctx context.Context) error {
		c, err := s.capable(ctx, actor, caseID, account.CallEmergency)
		if err != nil {
			return err
		}
		call := &EmergencyCall{
			ID: id.New(), CaseID: c.ID, CallerID: actor.Account, Line: n.Line, CalledAt: n.At, Result: n.Result, CreatedAt: actor.At,
		}
		for _, f := range []struct {
			column, text string
			into         *[]byte
		}{{"told_sealed", n.Told, &call.ToldSealed}, {"reference_sealed", n.Reference, &call.ReferenceSealed}} {
			if f.text == "" {
				continue
			}
			sealed, err := s.vault.ForHouse().Seal(ctx, []byte(f.text), call.place(f.column))
			if err != nil {
				return fmt.Errorf("seal emergency call: %w", err)
			}
			*f.into, call.KeyID = sealed.Ciphertext, sealed.KeyID
		}
		if err := s.store.AddEmergency(ctx, call); err != nil {
			return err
		}
		return s.record(ctx, actor, c, Event{Kind: "emergency", FromState: c.State, ToState: c.State, Code: emergencyCodes[n.Line]})
	})
}

// EndEmergency writes down what came of a call. It takes the same capability.
func (s *Service) EndEmergency(ctx context.Context, actor account.Actor, caseID, callID, result string) error {
	var check fault.Check
	check.Require(slices.Contains(EmergencyResults, result), "emergency_result", "emergency.result_missing")
	if err := check.Err(); err != nil {
		return err
	}
	return s.tx.InTx(ctx, func(ctx context.Context) error {
		c, err := s.capable(ctx, actor, caseID, account.CallEmergency)
		if err != nil {
			return err
		}
		if err := s.store.SetEmergencyResult(ctx, c.ID, callID, result); err != nil {
			return err
		}
		return s.record(ctx, actor, c, Event{Kind: "emergency_result", FromState: c.State, ToState: c.State, Code: result})
	})
}

// capable returns the case locked, if the person works it and has the capability there; else NotFound.
func (s *Service) capable(ctx context.Context, actor account.Actor, caseID string, capability account.Capability) (*Case, error) {
	c, err := s.workable(ctx, actor, caseID)
	if err != nil {
		return nil, err
	}
	signals, err := s.store.Signals(ctx, scopeOf(actor), c.ID)
	if err == nil && !canIn(actor, capability, c, signals) {
		err = fault.Missing()
	}
	return c, err
}

func (k *EmergencyCall) place(column string) seal.Place {
	return seal.Place{Table: "emergency_call", Column: column, Row: k.ID}
}

// openCalls opens a case's calls for its staff.
func (s *Service) openCalls(ctx context.Context, calls []EmergencyCall, names map[string]string) ([]OpenCall, error) {
	var opened []OpenCall
	for _, k := range calls {
		o := OpenCall{EmergencyCall: k, Name: names[k.CallerID]}
		for _, f := range []struct {
			column string
			sealed []byte
			into   *string
		}{{"told_sealed", k.ToldSealed, &o.Told}, {"reference_sealed", k.ReferenceSealed, &o.Reference}} {
			if len(f.sealed) == 0 {
				continue
			}
			plain, err := s.vault.ForHouse().Open(ctx, seal.Sealed{KeyID: k.KeyID, Ciphertext: f.sealed}, k.place(f.column))
			if err != nil {
				return nil, fmt.Errorf("open emergency call: %w", err)
			}
			*f.into = string(plain)
		}
		opened = append(opened, o)
	}
	return opened, nil
}
