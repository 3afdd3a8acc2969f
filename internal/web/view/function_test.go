package view_test

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"samhold/internal/crisis"
	"samhold/internal/i18n"
	"samhold/internal/web/view"
)

func TestTimesAreSaidAsPeopleSayThem(t *testing.T) {
	engine := load(t) // it is 22 November 2026, 3.10 at night in Denmark
	for name, tc := range map[string]struct {
		at   time.Time
		lang i18n.Lang
		want string
	}{
		"today":                     {night.Add(-time.Hour), i18n.Danish, "i dag kl. 02.10"},
		"yesterday in Denmark":      {night.Add(-4 * time.Hour), i18n.Danish, "i går kl. 23.10"},
		"this year":                 {night.AddDate(0, -3, 0), i18n.Danish, "22. august kl. 04.10"},
		"another year":              {night.AddDate(-1, 0, 0), i18n.Danish, "22. november 2025 kl. 03.10"},
		"English":                   {night.AddDate(0, 0, -1), i18n.English, "yesterday at 03.10"},
		"across the turn of a year": {time.Date(2025, 12, 31, 23, 30, 0, 0, time.UTC), i18n.Danish, "1. januar kl. 00.30"},
	} {
		t.Run(name, func(t *testing.T) {
			page := &view.AnswerPage{
				Base:   view.Base{Lang: tc.lang, Kind: "concern.kind"},
				Answer: crisis.Answer{Text: "Tak", AnsweredAt: tc.at},
			}
			var buf bytes.Buffer
			if err := engine.Render(&buf, page.Template(), page); err != nil {
				t.Fatal(err)
			}
			if !strings.Contains(buf.String(), tc.want) {
				t.Errorf("%q is not on the page", tc.want)
			}
		})
	}
}
