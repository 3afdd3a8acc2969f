package view_test

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"samhold/internal/figure"
	"samhold/internal/i18n"
	"samhold/internal/rota"
	"samhold/internal/web/view"
)

func figureExamples() []view.Page {
	base := view.Base{Kind: "figure.kind", Signed: true, OnDuty: true, Wide: true, Section: "mod"}
	f := figure.Figures{}
	for i := range 2 {
		w := figure.Week{Span: rota.Span{From: night.AddDate(0, 0, 7*i-7), To: night.AddDate(0, 0, 7*i)}, Number: 46 + i}
		f.Weeks = append(f.Weeks, w)
		f.Open = append(f.Open, figure.OpenWeek{Week: w, Cases: []figure.Count{1, 4, 0}})
		f.Uncovered.Weeks = append(f.Uncovered.Weeks, figure.UncoveredWeek{Week: w, Time: 7 * time.Hour, Begun: i > 0})
		f.Amber.Weeks = append(f.Amber.Weeks, figure.AmberWeek{Week: w, Met: figure.Met{Seen: figure.Share{Of: 9, Percent: 67}, Answered: figure.Share{Of: 9, Percent: 33}}})
	}
	for _, level := range figure.Levels {
		f.Taken = append(f.Taken, figure.Wait{
			Level: level, Goal: 5 * time.Minute, Within: figure.Share{Of: 4, Percent: 75}, Done: 4, Median: 3 * time.Minute, P90: 9 * time.Minute,
		})
		f.Written = append(f.Written, figure.Wait{Level: level, Goal: 15 * time.Minute, Within: figure.Share{Of: 2}, Done: 2})
		f.Ended = append(f.Ended, figure.Ended{Level: level, False: figure.Share{Of: 4, Percent: 25}, Count: 1})
	}
	f.Uncovered.Spaces = []figure.UncoveredSpace{{Name: "Bordet", Time: 9 * time.Hour}}
	bare := f
	bare.Uncovered = figure.Uncovered{None: true}
	return []view.Page{&view.FiguresPage{Base: base, Figures: f}, &view.FiguresPage{Base: base, Figures: bare}}
}

// A count of one or two and a share that would give it away stand nowhere on the page, not in a drawing either.
func TestFiguresTellNoSmallCount(t *testing.T) {
	engine := load(t)
	page := figureExamples()[0]
	view.BaseOf(page).Lang = i18n.Danish
	var told bytes.Buffer
	if err := engine.Render(&told, page.Template(), page); err != nil {
		t.Fatal(err)
	}
	page.(*view.FiguresPage).Figures.Open[0].Cases[0] = 2
	var same bytes.Buffer
	if err := engine.Render(&same, page.Template(), page); err != nil {
		t.Fatal(err)
	}
	if told.String() != same.String() {
		t.Error("the page tells one open case from two")
	}
	if got := told.String(); strings.Contains(got, "25 %") || !strings.Contains(got, "under 3") || !strings.Contains(got, "<rect") {
		t.Error("the page tells the share of a small count, or draws nothing")
	}
}
