package triage

import (
	"strings"
	"testing"
	"testing/fstest"
)

func TestABadRuleFileNamesFileLineAndReason(t *testing.T) {
	base := "version: \"1\"\nwords:\n  nej: ikke\n  jeg: jeg\n  voksen: han\n  barn: barn\n"
	tests := map[string]struct{ src, want string }{
		"unknown field":   {base + "rules:\n  - id: a\n    colour: red\n", "colour"},
		"unknown list":    {base + "concepts:\n  c:\n    - \"@nobody er\"\n", "rules/a.yaml:9: pattern \"@nobody er\": no word list is called \"nobody\""},
		"unknown level":   {base + "rules:\n  - id: a\n    level: blue\n", "rules/a.yaml:8: a: unknown level \"blue\""},
		"unknown concept": {base + "rules:\n  - id: a\n    level: red\n    category: suicide\n    with: [x]\n", "no concept is called \"x\""},
		"no example":      {base + "rules:\n  - id: a\n    level: red\n    category: suicide\n    patterns: [x]\n", "a: example is missing"},
		"note in one language": {
			base + "rules:\n  - id: a\n    level: red\n    category: suicide\n    patterns: [x]\n    example: x\n    counter: y\n    note: {da: z}\n",
			"rules/a.yaml:8: a: note.en is missing",
		},
		"after what must not follow": {base + "concepts:\n  c:\n    - \"a !b c\"\n", "stands behind what must not follow"},
		"no version":                 {"words:\n  nej: ikke\n", "no rule file names a version"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			_, err := loadRules(fstest.MapFS{"rules/a.yaml": {Data: []byte(tt.src)}})
			if err == nil || !strings.Contains(err.Error(), tt.want) || !strings.Contains(err.Error(), "rules") {
				t.Errorf("got %v, want %q", err, tt.want)
			}
		})
	}
}
