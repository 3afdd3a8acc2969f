package triage

// ruleFile is what one YAML file may hold.
type ruleFile struct {
	Version  string              `yaml:"version"`
	Words    map[string]string   `yaml:"words"`
	Concepts map[string][]string `yaml:"concepts"`
	Ages     agesSource          `yaml:"ages"`
	Softens  []softenerSource    `yaml:"softens"`
	Rules    []ruleSource        `yaml:"rules"`
}

// turnSource says what a rule's category becomes, and where: in the two sentences to each side stand With, and no Without.
type turnSource struct {
	Into    Category `yaml:"into"`
	With    []string `yaml:"with"`
	Without []string `yaml:"without"`
}

// agesSource tells a child from a grown-up by what is said of them.
type agesSource struct {
	Child []string `yaml:"child"`
	Adult []string `yaml:"adult"`
	// Without names what must not stand in the same sentence.
	Without []string `yaml:"without"`
}

// Both is a text in the two languages.
type Both struct {
	DA string `yaml:"da"`
	EN string `yaml:"en"`
}

// In gives the text in the language "da" or "en"; anything else reads Danish.
func (b Both) In(lang string) string {
	if lang == "en" {
		return b.EN
	}
	return b.DA
}

// ruleSource is a rule as staff read and edit it.
type ruleSource struct {
	ID       string   `yaml:"id"`
	Level    string   `yaml:"level"`
	Category Category `yaml:"category"`
	// Hint says that the rule is not enough by itself: it is shown, and the model weighs it.
	Hint bool `yaml:"hint"`
	// OfOther replaces the category when the risk is somebody else's.
	OfOther Category `yaml:"of_other"`
	// Turns replaces the category where concepts stand nearby; what is asked for today does not change.
	Turns    turnSource `yaml:"turns"`
	Patterns []string   `yaml:"patterns"`
	// With names what must stand nearby too, each a concept or several with "|".
	With []string `yaml:"with"`
	// Without names what must not.
	Without []string `yaml:"without"`
	// Scope is where With and Without look: sentence, near (two sentences to
	// each side) or post, which is the default.
	Scope string `yaml:"scope"`
	// About limits the rule to the author, to others, or to a child.
	About string `yaml:"about"`
	Marks []Mark `yaml:"marks"`
	// Keeps names the softeners that this rule is not lowered by.
	Keeps   []string `yaml:"keeps"`
	Example string   `yaml:"example"`
	Counter string   `yaml:"counter"`
	Note    Both     `yaml:"note"`
	Source  string   `yaml:"source"`
	DA      string   `yaml:"da"`
	EN      string   `yaml:"en"`
}

// softenerSource lowers the hits around it; it never removes one.
type softenerSource struct {
	ID       string   `yaml:"id"`
	Factor   float64  `yaml:"factor"`
	Scope    string   `yaml:"scope"`
	Patterns []string `yaml:"patterns"`
	Without  []string `yaml:"without"`
	// Asks limits the softener to sentences that ask and name neither the writer nor anybody of theirs.
	Asks    bool   `yaml:"asks"`
	Example string `yaml:"example"`
	Counter string `yaml:"counter"`
	Note    Both   `yaml:"note"`
	Source  string `yaml:"source"`
	DA      string `yaml:"da"`
	EN      string `yaml:"en"`
}
