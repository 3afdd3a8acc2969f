package simulate_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// tally counts what several worlds have lived through.
type tally struct {
	worlds, cases, signals, timers, calls, byGateways, repeated, failed, deaths, cuts, open, unstaffed int
	edges                                                                                              map[string][2]int // deaths before and after a commit
}

func (s *tally) add(w *world) {
	w.t.Helper()
	count := func(query string) int { return w.Int(w.t, query) }
	s.worlds++
	s.cases += count("SELECT COUNT(*) FROM crisis_case")
	s.signals += count("SELECT COUNT(*) FROM case_signal")
	s.timers += count("SELECT COUNT(*) FROM case_timer WHERE fired_at IS NOT NULL")
	s.calls += count("SELECT COUNT(*) FROM call_attempt")
	s.open += count("SELECT COUNT(*) FROM crisis_case WHERE closed_at IS NULL")
	s.unstaffed += count("SELECT COUNT(*) FROM crisis_case WHERE state = 'unstaffed'")
	s.byGateways += len(w.gateway.sent)
	for _, n := range w.gateway.sent {
		if n > 1 {
			s.repeated++
		}
	}
	s.failed += w.gateway.failed
	s.deaths += w.deaths
	s.cuts += w.tx.cuts
	if s.edges == nil {
		s.edges = map[string][2]int{}
	}
	for _, what := range slices.Concat(slices.Collect(maps.Keys(w.tx.before)), slices.Collect(maps.Keys(w.tx.after))) {
		e := s.edges[what]
		s.edges[what] = [2]int{e[0] + w.tx.before[what], e[1] + w.tx.after[what]}
		delete(w.tx.before, what)
		delete(w.tx.after, what)
	}
}

func (s *tally) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%d worlds, %d cases, %d signals, %d timers fired, %d calls (%d by gateways, %d of them twice, %d failures), %d deaths of the process, "+
		"the database's connections cut %d times; still open %d, of them unstaffed %d",
		s.worlds, s.cases, s.signals, s.timers, s.calls, s.byGateways, s.repeated, s.failed, s.deaths, s.cuts, s.open, s.unstaffed)
	for _, what := range slices.Sorted(maps.Keys(s.edges)) {
		fmt.Fprintf(&b, "\n  %-18s died before the commit %6d, after it %6d", what, s.edges[what][0], s.edges[what][1])
	}
	return b.String()
}
