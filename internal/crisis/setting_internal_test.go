package crisis

import (
	"encoding/json"
	"slices"
	"testing"
	"time"

	"samhold/internal/account"
	"samhold/internal/fault"
)

func setting(t *testing.T, place, kind string, value any) Setting {
	t.Helper()
	b, err := json.Marshal(value)
	if err != nil {
		t.Fatal(err)
	}
	return Setting{Place: place, Kind: kind, Value: string(b)}
}

func TestTheNearestSettingHolds(t *testing.T) {
	with := func(rung int) TimesValue {
		v := DefaultTimes["crisis"].Value()
		v.Rung = rung
		return v
	}
	all, here := setting(t, "", "crisis", with(7)), setting(t, "s", "crisis", with(3))
	for _, test := range []struct {
		name  string
		set   []Setting
		space string
		want  time.Duration
	}{
		{"nothing is set", nil, "s", 5 * time.Minute},
		{"for all", []Setting{all}, "s", 7 * time.Minute},
		{"for this space", []Setting{all, here}, "s", 3 * time.Minute},
		{"for another space", []Setting{all, here}, "x", 7 * time.Minute},
		{"for no space", []Setting{all, here}, "", 7 * time.Minute},
		{"taken back here", []Setting{all, {Place: "s", Kind: "crisis"}}, "s", 7 * time.Minute},
		{"spoilt", []Setting{{Kind: "crisis", Value: "{"}}, "s", 5 * time.Minute},
		{"beyond all bounds", []Setting{setting(t, "", "crisis", with(100_000))}, "s", 5 * time.Minute},
	} {
		if got := (Rules{settings: test.set}).Times("crisis", test.space).Rung; got != test.want {
			t.Errorf("%s: got %s, want %s", test.name, got, test.want)
		}
	}
}

func TestDefaultsAreWithinTheBounds(t *testing.T) {
	for level, times := range DefaultTimes {
		if err := checkTimes(level, times.Value(), ""); err != nil {
			t.Errorf("%s: %v", level, err)
		}
	}
	if err := checkLadder(DefaultLadder.Value()); err != nil {
		t.Error(err)
	}
}

func TestACrisisIsNotSlowWithoutAReason(t *testing.T) {
	for _, test := range []struct {
		name   string
		change func(*TimesValue)
		reason string
		want   []string // fields with a fault
	}{
		{"as it is", func(*TimesValue) {}, "", nil},
		{"slow", func(v *TimesValue) { v.Rung = 11 }, "", []string{"reason"}},
		{"slow with a reason", func(v *TimesValue) { v.Rung = 11 }, "Vi er kun tre.", nil},
		{"too slow for any reason", func(v *TimesValue) { v.Rung = 61 }, "Vi er kun tre.", []string{"rung"}},
		{"none", func(v *TimesValue) { v.Goal = 0 }, "", []string{"goal"}},
		{"followed up late", func(v *TimesValue) { v.FollowUps = []int{48} }, "", []string{"reason"}},
		{"never followed up", func(v *TimesValue) { v.FollowUps = nil }, "", []string{"follow_ups"}},
		{"followed up backwards", func(v *TimesValue) { v.FollowUps = []int{4, 4} }, "", []string{"follow_ups"}},
	} {
		v := DefaultTimes["crisis"].Value()
		test.change(&v)
		if got := fields(checkTimes("crisis", v, test.reason)); !slices.Equal(got, test.want) {
			t.Errorf("%s: got %v, want %v", test.name, got, test.want)
		}
	}
}

func TestALadderHasNoEmptyRung(t *testing.T) {
	lead := RungValue{Roles: []account.Role{account.DutyLead}}
	for _, test := range []struct {
		name string
		v    LadderValue
		want []string
	}{
		{"one rung", LadderValue{1, []RungValue{lead}}, nil},
		{"by name", LadderValue{5, []RungValue{{People: []string{"a"}}}}, nil},
		{"no rung", LadderValue{1, nil}, []string{"rung1"}},
		{"an empty rung", LadderValue{1, []RungValue{lead, {OnDuty: true}, lead}}, []string{"rung2"}},
		{"a role without cases", LadderValue{1, []RungValue{{Roles: []account.Role{account.Admin}}}}, []string{"rung1"}},
		{"never", LadderValue{0, []RungValue{lead}}, []string{"turns"}},
		{"for ever", LadderValue{6, []RungValue{lead}}, []string{"turns"}},
	} {
		if got := fields(checkLadder(test.v)); !slices.Equal(got, test.want) {
			t.Errorf("%s: got %v, want %v", test.name, got, test.want)
		}
	}
}

func fields(err error) []string {
	var names []string
	if f, ok := err.(*fault.Error); ok { //nolint:errorlint // it comes from the check itself
		for _, field := range f.Fields {
			names = append(names, field.Name)
		}
	}
	return names
}
