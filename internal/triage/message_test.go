package triage_test

import (
	"strings"
	"testing"

	"samhold/internal/triage"
)

// What members write to those on duty is shorter than a post, and most of it is thanks and appointments. No lesson and no
// rule was made from these.
const (
	calmMessages = `Tak, det hjalp at læse. Er der en af jer på vagt i morgen også?
Tak for i dag. Det var rart at tale med dig.
Er du der i aften?
Hej, jeg vil bare sige tak for snakken i går. Jeg har det bedre.
Kan jeg skrive til dig igen i morgen?
Hvornår har I tid igen?
Det går lidt bedre i dag. Jeg har sovet.
Jeg har talt med min søster, og vi holder jul sammen.
Er der nogen på vagt?
Tak for svaret. Jeg tænker over det.
Må jeg ringe til nogen i aften?
Hej igen. Jeg fik ikke sovet i nat, men jeg er ok.
Jeg svarer senere, jeg er på arbejde.`
	urgentMessages = `Jeg har siddet med glasset med piller i hånden en time nu.
Er der nogen der? Min far råber, og der er gået en rude.
Hvis du ikke svarer i aften, er det også lige meget. Så er det slut.
Jeg drak ikke i to dage, og nu ser jeg ting på væggen.
Han sover og snorker så underligt, og jeg kan ikke få ham vågen.
Jeg vil ikke være her mere. Jeg har sagt farvel til hunden.
Min bror er gået ud med min fars bælte. Jeg er bange.
Jeg skar dybere end jeg ville. Det stopper ikke.
Jeg kan ikke love dig, at jeg er her i morgen.
Jeg tog flere, end jeg måtte. Mine hænder snurrer.
He has a gun in the drawer and he has been drinking all day.
I can't do another night. I have the pills next to me.`
)

// TestMessages counts how short messages are told apart. The bounds are where it stands, not where it should: four calm
// ones call somebody for nothing, and three urgent ones are not heard.
func TestMessages(t *testing.T) {
	a := newAssessor(t)
	urgent := func(texts string) (n int) {
		for text := range strings.Lines(texts) {
			if a.Assess(triage.Input{Text: text}).Level.Urgent() {
				n++
			}
		}
		return n
	}
	if n := urgent(calmMessages); n > 4 {
		t.Errorf("%d calm messages are called urgent", n)
	}
	if n := urgent(urgentMessages); n < 9 {
		t.Errorf("only %d urgent messages are heard", n)
	}
}
