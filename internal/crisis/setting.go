package crisis

import (
	"encoding/json"
	"slices"
	"time"

	"samhold/internal/account"
)

// Setting is one version of what an NGO's clinicians decided, for one space or for all. The newest version of a place
// and kind holds; the earlier ones are its history.
type Setting struct {
	ID      string `gorm:"primaryKey"`
	Place   string // a space; empty for all
	Kind    string // a level, whose times it holds, or LadderKind
	Version int
	Value   string  // JSON of TimesValue or LadderValue; empty: what holds without it
	Reason  string  // why a crisis may be slower than is safe; empty when it is not
	SetBy   *string // null: the account is gone
	SetAt   time.Time
}

// TableName implements GORM's naming.
func (Setting) TableName() string { return "desk_setting" }

// LadderKind is the kind of a setting that holds a ladder.
const LadderKind = "ladder"

// SettingKinds are what can be set, in the order in which a page shows them.
var SettingKinds = []string{"crisis", "red", "amber", LadderKind}

// TimesValue are times as they are stored and typed: minutes, and hours between follow-ups.
type TimesValue struct {
	Goal         int   `json:"goal"`
	Rung         int   `json:"rung"`
	FirstMessage int   `json:"first_message"`
	Again        int   `json:"again"`
	Receive      int   `json:"receive"`
	Signature    int   `json:"signature"`
	FollowUps    []int `json:"follow_ups"`
}

// Value gives times as they are stored.
func (t Times) Value() TimesValue {
	v := TimesValue{
		Goal: minutes(t.Goal), Rung: minutes(t.Rung), FirstMessage: minutes(t.FirstMessage), Again: minutes(t.Again),
		Receive: minutes(t.Receive), Signature: minutes(t.Signature),
	}
	for _, step := range t.FollowUps {
		v.FollowUps = append(v.FollowUps, int(step/time.Hour))
	}
	return v
}

func minutes(d time.Duration) int { return int(d / time.Minute) }

func (v TimesValue) times() Times {
	t := Times{
		Goal: time.Duration(v.Goal) * time.Minute, Rung: time.Duration(v.Rung) * time.Minute,
		FirstMessage: time.Duration(v.FirstMessage) * time.Minute, Again: time.Duration(v.Again) * time.Minute,
		Receive: time.Duration(v.Receive) * time.Minute, Signature: time.Duration(v.Signature) * time.Minute,
	}
	for _, hours := range v.FollowUps {
		t.FollowUps = append(t.FollowUps, time.Duration(hours)*time.Hour)
	}
	return t
}

// LadderValue is a ladder as it is stored and typed.
type LadderValue struct {
	Turns int         `json:"turns"`
	Rungs []RungValue `json:"rungs"`
}

// RungValue is a rung as it is stored and typed.
type RungValue struct {
	Roles  []account.Role `json:"roles,omitempty"`
	People []string       `json:"people,omitempty"` // accounts
	OnDuty bool           `json:"on_duty,omitempty"`
}

// Value gives a ladder as it is stored.
func (l Ladder) Value() LadderValue {
	v := LadderValue{Turns: l.Turns}
	for _, r := range l.Rungs {
		v.Rungs = append(v.Rungs, RungValue(r))
	}
	return v
}

func (v LadderValue) ladder() Ladder {
	l := Ladder{Turns: v.Turns}
	for _, r := range v.Rungs {
		l.Rungs = append(l.Rungs, Rung(r))
	}
	return l
}

// Rules are the times and ladders that hold now. The zero Rules are the defaults.
type Rules struct {
	settings []Setting
	hours    Hours // of duty, where the case is
}

// Times are the times of a level in a space: its own, else those for all spaces, else the defaults. Green, which only a
// person can give an open case, waits as long as amber.
func (r Rules) Times(level, spaceID string) Times {
	if _, ok := DefaultTimes[level]; !ok {
		level = "amber"
	}
	var v TimesValue
	if _, ok := r.find(level, spaceID, &v); ok && checkTimes(level, v, "x") == nil {
		return v.times()
	}
	return DefaultTimes[level]
}

// Ladder is the ladder of a space: its own, else that for all spaces, else the default.
func (r Rules) Ladder(spaceID string) Ladder {
	var v LadderValue
	if _, ok := r.find(LadderKind, spaceID, &v); ok && checkLadder(v) == nil {
		return v.ladder()
	}
	return DefaultLadder
}

// From says where a setting comes from: the space, all spaces ("" and true), or nowhere, which is the default.
func (r Rules) From(kind, spaceID string) (place string, set bool) {
	var any json.RawMessage
	return r.find(kind, spaceID, &any)
}

// find opens the setting that holds. What cannot be read counts as not set: a case must never wait for a spoilt row.
func (r Rules) find(kind, spaceID string, into any) (place string, ok bool) {
	for _, place := range slices.Compact([]string{spaceID, ""}) {
		for _, s := range r.settings {
			if s.Place == place && s.Kind == kind && s.Value != "" && json.Unmarshal([]byte(s.Value), into) == nil {
				return place, true
			}
		}
	}
	return "", false
}

// of are the times of a case: those of the space where it began.
func (r Rules) of(c *Case) Times { return r.Times(c.Level, deref(c.SpaceID)) }

// ladder is the ladder of a case.
func (r Rules) ladder(c *Case) Ladder { return r.Ladder(deref(c.SpaceID)) }
