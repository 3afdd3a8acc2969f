package triage_test

import (
	"testing"

	"samhold/internal/triage"
)

// TestDaysWithoutAreWithdrawal holds pairs: what a body does hours or days after a stop is filed as withdrawal, what it
// does after something was taken, or when nobody can be woken, as overdose. Both are urgent: the card differs.
func TestDaysWithoutAreWithdrawal(t *testing.T) {
	a := newAssessor(t)
	for _, pair := range [][2]string{
		{"Tredje dag uden sprut. Jeg ryster, og hjertet hamrer.", "Tredje dag med sprut. Jeg tog pillerne oveni, og hjertet hamrer."},
		{"Tredje dag uden sprut, og hjertet hamrer, så jeg ikke kan få luft.", "Tre dage med sprut, og hjertet hamrer, så jeg ikke kan få luft."},
		{"Min mand er på anden dag uden øl. Hans hjerte galoperer, og han ryster.", "Min mand har taget for mange piller. Hans hjerte hamrer, og han ryster."},
		{"Jeg har ikke drukket i to dage, og hjertet hamrer hele natten.", "Jeg har drukket i to dage, så jeg tog piller, og hjertet hamrer hele natten."},
		{"Han stoppede med at drikke i mandags og får kramper.", "Han stoppede med at drikke i mandags, men han tog noget hvidt i dag og får kramper."},
		{"Hun holdt op med benzo i lørdags, og nu har hun kramper og sveder.", "Hun holdt op med benzo i lørdags, og nu er hun bevidstløs og har kramper."},
		{"Fire dage ædru. Hjertet banker, og jeg får ikke luft.", "Fire dage ædru. Så tog jeg en hel æske piller. Hjertet banker, og jeg får ikke luft."},
		{"I haven't had a drink for two days and my heart is pounding. No booze, just shaking.", "I have had drinks for two days. I took something and my heart is pounding."},
		{"My brother quit drinking on Sunday and now he is having a seizure. He had vodka every day before.", "My brother took vodka and pills on Sunday and now he is having a seizure."},
		{"Pillerne slap op, og jeg er på anden dag uden tramadol. Jeg sveder, og hjertet hamrer.", "Jeg er på anden dag, så tog jeg tramadol. Jeg sveder, og hjertet hamrer."},
	} {
		for i, want := range []triage.Category{triage.Withdrawal, triage.Overdose} {
			got := a.Assess(triage.Input{Text: pair[i]})
			if got.Category != want || !got.Level.Urgent() {
				t.Errorf("%s %q, want %s: %s", got.Level, got.Category, want, a.Words(pair[i], got, "da"))
			}
		}
	}
}
