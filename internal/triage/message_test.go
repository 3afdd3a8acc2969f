package triage_test

import (
	"slices"
	"testing"

	"samhold/internal/triage"
)

// TestMessages counts how short messages are told apart. What members write to those on duty is shorter than a post, and
// much of it is thanks and appointments. Rules were written with the older and the odd ones in sight; of the even ones
// nobody has seen more than these counts. The bounds are where it stands, not where it should.
func TestMessages(t *testing.T) {
	a := newAssessor(t)
	all := lessons(t, "messages.jsonl")
	odd := func(id string) bool { return (id[len(id)-1]-'0')%2 == 1 }
	for name, part := range map[string]struct {
		of             func(id string) bool
		missed, alarms int
	}{
		"older":  {func(id string) bool { return id[0] == 'o' }, 2, 4},
		"seen":   {func(id string) bool { return id[0] == 'm' && odd(id) }, 0, 2},
		"unseen": {func(id string) bool { return id[0] == 'm' && !odd(id) }, 3, 2},
	} {
		urgent, missed, alarms := 0, 0, 0
		of := assess(a, slices.DeleteFunc(slices.Clone(all), func(l triage.Lesson) bool { return !part.of(l.ID) }))
		for _, o := range of {
			if o.lesson.Level.Urgent() {
				urgent++
			}
			switch want, got := o.lesson.Level.Urgent(), o.got.Urgent(); {
			case want == got:
				continue
			case want:
				missed++
			default:
				alarms++
			}
			if name != "unseen" {
				t.Logf("%s: %s", o.got, o.lesson.Text)
			}
		}
		t.Logf("%s: %d of %d urgent ones missed, %d of %d calm ones urgent", name, missed, urgent, alarms, len(of)-urgent)
		if missed > part.missed || alarms > part.alarms {
			t.Errorf("%s: %d missed, at most %d; %d alarms, at most %d", name, missed, part.missed, alarms, part.alarms)
		}
	}
}
