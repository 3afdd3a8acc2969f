package view

import (
	"time"

	"samhold/internal/figure"
)

// FiguresPage is how the desk did in the last weeks, drawn and as tables. The tables are the truth.
type FiguresPage struct {
	Base
	Nav     DeskNav
	Figures figure.Figures
}

// Template implements Page.
func (*FiguresPage) Template() string { return "moderation/figures" }

// Levels are the levels that the figures tell apart.
func (*FiguresPage) Levels() []string { return figure.Levels }

// First and Last are the numbers of the weeks at a chart's ends.
func (p *FiguresPage) First() int { return p.Figures.Weeks[0].Number }

// Last is the number of the present week.
func (p *FiguresPage) Last() int { return p.Figures.Weeks[len(p.Figures.Weeks)-1].Number }

// Open draws the open cases of a level.
func (p *FiguresPage) Open(id, title, level string) Chart {
	var values []float64
	for _, w := range p.Figures.Open {
		for i, l := range figure.Levels {
			if l == level {
				values = append(values, float64(w.Cases[i]))
			}
		}
	}
	return columns(id, title, values, atLeastFew)
}

// atLeastFew keeps a chart of counts from telling those that are too small to be told: they all look alike.
const atLeastFew = 2

// Uncovered draws the hours in which nobody was on duty.
func (p *FiguresPage) Uncovered(id, title string) Chart {
	var values []float64
	for _, w := range p.Figures.Uncovered.Weeks {
		values = append(values, w.Time.Hours())
	}
	return columns(id, title, values, 0)
}

// Amber draws the share of amber posts that somebody had seen in time.
func (p *FiguresPage) Amber(id, title string) Chart {
	var values []float64
	for _, w := range p.Figures.Amber.Weeks {
		values = append(values, float64(w.Seen.Percent))
	}
	return columnsTo(id, title, values, 100)
}

// Wait draws a median and a ninetieth percentile over one another, and the goal as a line.
func (*FiguresPage) Wait(id, title string, w figure.Wait) Chart {
	c := Chart{ID: id, Title: title, Height: 14}
	longest := max(w.P90, w.Goal).Seconds() * 1.05
	if !w.Known() || longest == 0 {
		return c
	}
	share := func(d time.Duration) float64 { return d.Seconds() / longest * chartWidth }
	c.Bars = []ChartBar{{Y: 2, W: share(w.P90), H: 10, Pale: true}, {Y: 2, W: share(w.Median), H: 10}}
	c.Line = &ChartLine{X1: share(w.Goal), X2: share(w.Goal), Y2: 14}
	return c
}

// Chart is a drawing in numbers of its own, stretched to the width of the page; words stand beside it.
type Chart struct {
	ID     string // on the page
	Title  string // a translation key
	Height float64
	Bars   []ChartBar
	Line   *ChartLine
}

// ChartBar is one bar.
type ChartBar struct {
	X, Y, W, H float64
	Pale       bool
}

// ChartLine is a line across.
type ChartLine struct{ X1, Y1, X2, Y2 float64 }

const (
	chartWidth  = 240.0
	chartHeight = 60.0
)

// columns draws values as columns up to the highest; what is above nothing is drawn as least at least.
func columns(id, title string, values []float64, least float64) Chart {
	most := 0.0
	for i, v := range values {
		if v > 0 {
			values[i] = max(v, least)
		}
		most = max(most, values[i])
	}
	return columnsTo(id, title, values, most)
}

// columnsTo draws values as columns on a scale that ends at most.
func columnsTo(id, title string, values []float64, most float64) Chart {
	c := Chart{ID: id, Title: title, Height: chartHeight, Line: &ChartLine{Y1: chartHeight, X2: chartWidth, Y2: chartHeight}}
	if most == 0 {
		return c
	}
	step := chartWidth / float64(len(values))
	for i, v := range values {
		if v > 0 {
			h := v / most * (chartHeight - 2)
			c.Bars = append(c.Bars, ChartBar{X: float64(i)*step + 2, Y: chartHeight - h, W: step - 4, H: h})
		}
	}
	return c
}
