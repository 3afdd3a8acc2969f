package triage_test

import (
	"strings"
	"testing"

	"samhold/internal/triage"
)

func TestCorrectionsSayWhichRulesToLookAt(t *testing.T) {
	a := newAssessor(t)
	export := strings.Repeat(`{"month":"2026-10","level":"red","found":"green","rules":["selvmord.tanke","selvmord.tanke","fiktion"]}`+"\n", 11) +
		`{"month":"2026-10","level":"amber","found":"crisis","rules":["uro.bekymring"]}` + "\n\n" +
		`{"month":"2026-10","level":"crisis","found":"crisis","rules":[]}` + "\n"
	all, err := triage.ReadCorrections(strings.NewReader(export))
	if err != nil || len(all) != 13 {
		t.Fatalf("got %d, %v", len(all), err)
	}
	var out strings.Builder
	if err := a.Write(&out, triage.Judge(all), "en"); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"corrections 13, same level 1", "crisis seen as urgent 1 of 2", "urgent for nothing 11 of 12",
		"selvmord.tanke                  11     0       11       0  look: too eager", "uro.bekymring                    1     0        0       1",
	} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("%q is not in\n%s", want, out.String())
		}
	}
	_, err = triage.ReadCorrections(strings.NewReader(export + `{"level":"red","found":"blue"}`))
	if err == nil || !strings.Contains(err.Error(), "line 15") {
		t.Errorf("an unknown level gives %v, want an error with its line", err)
	}
}
