package space_test

import (
	"errors"
	"strings"
	"testing"

	"samhold/internal/fault"
	"samhold/internal/space"
)

func TestSkeletonFoldsWhatLooksTheSame(t *testing.T) {
	for _, pair := range [][2]string{
		{"Havrefnug", "havre-FNUG"},
		{"Havrefnug", "Ｈａｖｒｅｆｎｕｇ"},
		{"Havrefnug", "Hаvrеfnug"}, // Cyrillic а and е
		{"NINA", "ΝΙΝΑ"},           // all Greek
		{"COPA", "СОРА"},           // all Cyrillic
		{"Lille Inger", "Iille lnger"},
		{"O1a", "0la"},
		{"Åse", "Aase"},
		{"Bølgen", "Boelgen"},
		{"Rene", "René"},
		{"Moden", "Rnoden"},
		{"Vinter", "Vi\u200bnter"},
	} {
		if a, b := space.Skeleton(pair[0]), space.Skeleton(pair[1]); a != b {
			t.Errorf("%q and %q differ: %q, %q", pair[0], pair[1], a, b)
		}
	}
	for _, pair := range [][2]string{{"Måne", "Mane"}, {"Bær", "Bar"}, {"Løg", "Log"}, {"Sol", "Sal"}, {"Bi", "By"}} {
		if space.Skeleton(pair[0]) == space.Skeleton(pair[1]) {
			t.Errorf("%q and %q are kept apart by every Dane, and fold to one", pair[0], pair[1])
		}
	}
}

func TestCleanAlias(t *testing.T) {
	for _, tc := range []struct {
		typed  string
		serves bool
		want   string
		fault  string
	}{
		{"  Stille   Bølge ", false, "Stille Bølge", ""},
		{"D'Artagnan", false, "D'Artagnan", ""},
		{"Mor til 3", false, "Mor til 3", ""},
		{"Årstid2026", false, "Årstid2026", ""},
		{"Мама", false, "Мама", ""},
		{"X", false, "", "short"},
		{"", false, "", "short"},
		{strings.Repeat("a", 25), false, "", "long"},
		{"--", false, "", "letters"},
		{"1234", false, "", "letters"},
		{"Smil 😀", false, "", "letters"},
		{"a\u202eb", false, "", "letters"},
		{"Zalgo\x00", false, "", "letters"},
		{"\xff\xfe", false, "", "letters"},
		{"Hаvre", false, "", "mixed"}, // one Cyrillic letter
		{"Moderator", false, "", "staff"},
		{"M0d3rator", false, "", "staff"},
		{"Sam-Hold", false, "", "staff"},
		{"Den rigtige admin", false, "", "staff"},
		{"Vagten", false, "", "staff"},
		{"m o d", false, "", "staff"},
		{"Mette fra teamet", false, "", "staff"},
		{"Mette fra teamet", true, "Mette fra teamet", ""},
		{"Modig", false, "Modig", ""},
		{"ida@eksempel.dk", false, "", "contact"},
		{"eksempel.dk", false, "", "contact"},
		{"Ida 12345678", false, "", "contact"},
		{"010190-1234 Ida", false, "", "contact"},
		{"٠١٢٣٤٥ Ida", false, "", "contact"},
	} {
		got, err := space.CleanAlias(tc.typed, tc.serves)
		var f *fault.Error
		if errors.As(err, &f); f != nil && f.Key != "space.alias_"+tc.fault || f == nil && tc.fault != "" || err == nil && got != tc.want {
			t.Errorf("%q: got %q, %v; want %q, %q", tc.typed, got, err, tc.want, tc.fault)
		}
	}
}
