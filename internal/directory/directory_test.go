package directory_test

import (
	"testing"

	"samhold/internal/directory"
)

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
		if l.Confirmed() {
			t.Errorf("%s is shipped as confirmed; nobody has confirmed it", l.Key)
		}
	}
}

func TestLinesThatSuit(t *testing.T) {
	s, err := directory.New()
	if err != nil {
		t.Fatal(err)
	}
	for _, tc := range []struct{ category, audience, first, other string }{
		{"suicide", "relatives", "emergency", "livslinien"},
		{"suicide", "young", "emergency", "boernetelefonen"},
		{"overdose", "aftercare", "emergency", "giftlinjen"},
		{"violence", "relatives", "emergency", "lev_uden_vold"},
		{"hopelessness", "aftercare", "livslinien", "alkolinjen"},
		{"relapse", "relatives", "alkolinjen", "al_anon"},
	} {
		t.Run(tc.category+" "+tc.audience, func(t *testing.T) {
			got := s.For(tc.category, tc.audience)
			if len(got) == 0 || got[0].Key != tc.first {
				t.Fatalf("first line: got %v, want %s", got, tc.first)
			}
			found := false
			for _, l := range got {
				found = found || l.Key == tc.other
			}
			if !found {
				t.Errorf("%s is not among %v", tc.other, got)
			}
		})
	}
}
