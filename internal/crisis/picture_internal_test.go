package crisis

import (
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"
)

var update = flag.Bool("update", false, "write docs/case.md anew")

const picturePath = "../../docs/case.md"

// TestPictureIsTheTable holds docs/case.md to the tables: the picture is drawn from them.
func TestPictureIsTheTable(t *testing.T) {
	want := picture()
	if *update {
		if err := os.WriteFile(picturePath, []byte(want), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(picturePath)
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != want {
		t.Error("docs/case.md is not the table; go test ./internal/crisis -run Picture -update")
	}
}

func picture() string {
	var b strings.Builder
	b.WriteString("# How a case goes\n\nDrawn from the tables in `internal/crisis/transition.go`; a test holds it to them. Plain words are what people do,\n" +
		"words in brackets what happens when nobody does anything. Steps that leave a case where it is (a note, a level) are left out.\n" +
		"A case that was ever a crisis is closed by two people: until the second has signed it rests in `monitoring`.\n\n```mermaid\nstateDiagram-v2\n    [*] --> new: a signal\n")
	edges := map[[2]State][]string{}
	for _, a := range Actions {
		for _, from := range States {
			if to, ok := transitions[a][from]; ok && to != from {
				edges[[2]State{from, to}] = append(edges[[2]State{from, to}], string(a))
			}
		}
	}
	for _, from := range []State{Acknowledged, InContact, Escalated} {
		edges[[2]State{from, Monitoring}] = []string{"close a crisis"}
		edges[[2]State{from, FalseAlarm}] = []string{"close as a false alarm"}
	}
	edges[[2]State{Monitoring, FalseAlarm}] = []string{"sign a false alarm"}
	for _, l := range []Lapse{Paged, Exhausted, FollowUp, Lapsed} {
		for _, from := range States {
			if to, ok := lapses[l][from]; ok && to != from {
				edges[[2]State{from, to}] = append(edges[[2]State{from, to}], "("+string(l)+")")
			}
		}
	}
	for from, to := range heard {
		edges[[2]State{from, to}] = append(edges[[2]State{from, to}], "(the person writes)")
	}
	for _, from := range States {
		for _, to := range States {
			if words := edges[[2]State{from, to}]; len(words) > 0 {
				fmt.Fprintf(&b, "    %s --> %s: %s\n", from, to, strings.Join(words, ", "))
			}
		}
	}
	b.WriteString("    closed --> [*]\n    false_alarm --> [*]\n```\n\n## What time does\n\n| state | what happens when nobody does anything | crisis | red | amber |\n|---|---|---|---|---|\n")
	for _, s := range States {
		if !s.Open() {
			continue
		}
		row := []string{"`" + string(s) + "`"}
		for _, level := range []string{"crisis", "red", "amber"} {
			c := &Case{State: s, Level: level, ContactedAt: &at}
			kind, wait, counted := deadline(c, Rules{}, at)
			if len(row) == 1 {
				row = append(row, deadlineWords[kind])
			}
			words := span(wait)
			if counted {
				words += " of duty"
			}
			row = append(row, words)
		}
		b.WriteString("| " + strings.Join(row, " | ") + " |\n")
	}
	b.WriteString("\nHours of duty are those in which somebody is on duty where the case is. Where nobody is planned within a day, every hour counts, and\n" +
		"three days are the most. What is unstaffed is called for after that time at most, all of it together: who has just been reached about one such\n" +
		"case is not called again at the same moment about the others. It is also called for at the start of each shift, and whoever signs in is called at once.\n")
	b.WriteString("\nThese are the defaults; clinicians set their own at `/mod/times`. The ladder is climbed " + fmt.Sprint(maxTurns) + " times; then the case is `unstaffed`, everybody is called, and called again, until a human takes it.\n")
	return b.String()
}

// span says a time as people do.
func span(d time.Duration) string {
	switch {
	case d == 0:
		return "at once"
	case d < time.Hour:
		return fmt.Sprintf("%d min", int(d.Minutes()))
	case d < 2*day:
		return fmt.Sprintf("%d h", int(d.Hours()))
	default:
		return fmt.Sprintf("%d days", int(d/day))
	}
}

var deadlineWords = map[TimerKind]string{
	PageTimer: "the first rung of the ladder is called", RungTimer: "the next rung is called", AgainTimer: "everybody is called again",
	FirstMessageTimer: "whoever took it has written nothing: it is free, and the ladder is climbed anew",
	FollowUpTimer:     "it is time to ask how it goes: the ladder is climbed anew", ReceiveTimer: "it was not received: the ladder is climbed anew",
	SignatureTimer: "those who can sign are called again",
}

func TestEveryDeadlineHasWords(t *testing.T) {
	for _, s := range States {
		kind, _, _ := deadline(&Case{State: s, Level: "crisis", ContactedAt: &at}, Rules{}, at)
		if s.Open() && deadlineWords[kind] == "" {
			t.Errorf("no words for %q", kind)
		}
	}
	if !slices.Contains(States, New) {
		t.Error("no beginning")
	}
}
