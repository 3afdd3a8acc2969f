package directory_test

import (
	"testing"
	"time"

	"samhold/internal/directory"
)

var monday = time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC) // 10 in Denmark

func TestShippedLines(t *testing.T) {
	s, err := directory.New()
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]string{
		"emergency": "112", "police": "114", "livslinien": "70201201", "boernetelefonen": "116111",
		"giftlinjen": "82121212", "lev_uden_vold": "1888", "alkolinjen": "80200500",
		"den_blaa_linje": "70100130", "al_anon": "70209093",
	}
	lines := s.Lines()
	if len(lines) != len(want) {
		t.Errorf("got %d lines, want exactly %d", len(lines), len(want))
	}
	for _, l := range lines {
		if got := l.Dial(); got != want[l.Key] {
			t.Errorf("%s: got %s, want %s", l.Key, got, want[l.Key])
		}
		if l.Confirmed(monday) {
			t.Errorf("%s is shipped as confirmed; nobody has confirmed it", l.Key)
		}
		for _, c := range l.Ways() {
			if got := l.State(c, monday); got != directory.Unknown || !c.Hours.Empty() {
				t.Errorf("%s by %s is said to be %s", l.Key, c.Way, got)
			}
		}
	}
	if lines[0].Key != "emergency" || s.Emergency().Dial() != "112" {
		t.Error("112 does not come first")
	}
}

func TestOneLineThatSuitsAndOneToFallBackOn(t *testing.T) {
	s, err := directory.New()
	if err != nil {
		t.Fatal(err)
	}
	for _, tc := range []struct{ category, audience, first, other string }{
		{"suicide", "relatives", "livslinien", ""},
		{"suicide", "young", "boernetelefonen", "livslinien"},
		{"self_harm", "young", "boernetelefonen", "livslinien"},
		{"overdose", "aftercare", "giftlinjen", "alkolinjen"},
		{"overdose", "young", "boernetelefonen", "giftlinjen"},
		{"withdrawal", "aftercare", "giftlinjen", "alkolinjen"},
		{"violence", "relatives", "lev_uden_vold", "police"},
		{"violence", "young", "boernetelefonen", "lev_uden_vold"},
		{"child_at_risk", "young", "boernetelefonen", "den_blaa_linje"},
		{"child_at_risk", "relatives", "lev_uden_vold", "police"},
		{"hopelessness", "aftercare", "livslinien", "alkolinjen"},
		{"relapse", "relatives", "alkolinjen", "al_anon"},
		{"relapse", "aftercare", "alkolinjen", ""},
		{"third_party", "relatives", "livslinien", "al_anon"},
		{"third_party", "", "livslinien", "alkolinjen"},
	} {
		t.Run(tc.category+" "+tc.audience, func(t *testing.T) {
			var got [2]string
			for i, l := range s.For(tc.category, tc.audience, monday) {
				got[i] = l.Key
			}
			if got != [2]string{tc.first, tc.other} {
				t.Errorf("got %v, want %s and %q", got, tc.first, tc.other)
			}
		})
	}
}
