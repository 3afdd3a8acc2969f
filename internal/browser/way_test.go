package browser_test

import "testing"

// way is how a person meets Samhold.
type way struct {
	phone    bool
	script   bool
	lang     string
	database string
}

// ways hold every pair of choices at least once.
var ways = []way{
	{phone: true, script: true, lang: "da", database: "sqlite"},
	{phone: true, script: false, lang: "en", database: "postgres"},
	{phone: false, script: true, lang: "en", database: "postgres"},
	{phone: false, script: false, lang: "da", database: "postgres"},
	{phone: false, script: false, lang: "en", database: "sqlite"},
}

func (w way) String() string {
	device, script := "desktop", "plain"
	if w.phone {
		device = "phone"
	}
	if w.script {
		script = "script"
	}
	return device + "-" + script + "-" + w.lang + "-" + w.database
}

// traits are the choices of a way.
func (w way) traits() [4]any { return [4]any{w.phone, w.script, w.lang, w.database} }

func TestWaysHoldEveryPair(t *testing.T) {
	choices := [4][2]any{{true, false}, {true, false}, {"da", "en"}, {"sqlite", "postgres"}}
	met := map[[4]any]bool{}
	for _, w := range ways {
		traits := w.traits()
		for i := range traits {
			for j := range i {
				met[[4]any{j, traits[j], i, traits[i]}] = true
			}
		}
	}
	for i := range choices {
		for j := range i {
			for _, a := range choices[j] {
				for _, b := range choices[i] {
					if !met[[4]any{j, a, i, b}] {
						t.Errorf("no way is both %v and %v", a, b)
					}
				}
			}
		}
	}
}
