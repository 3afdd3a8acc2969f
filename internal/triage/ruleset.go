package triage

import (
	"embed"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/parser"
)

//go:embed rules/*.yaml
var embedded embed.FS

// rule is a compiled rule.
type rule struct {
	ruleSource
	level   Level
	with    [][]int // any of the inner, all of the outer
	without []int
	scope   scope
	keeps   map[string]bool
	turn    turn
	seenAs  [Crisis + 1]string // as the model knows it, by the level that is left
}

// turn is a compiled turnSource.
type turn struct{ with, without []int }

type softener struct {
	softenerSource
	scope   scope
	without []int
}

type scope int

const (
	inClause scope = iota
	inSentence
	near
	inPost
)

func parseScope(name string, unset scope) (scope, error) {
	switch name {
	case "":
		return unset, nil
	case "clause":
		return inClause, nil
	case "sentence":
		return inSentence, nil
	case "near":
		return near, nil
	case "post":
		return inPost, nil
	}
	return 0, fmt.Errorf("unknown scope %q: want clause, sentence, near or post", name)
}

// owner says what a pattern belongs to.
type owner struct {
	kind  byte // 'r' rule, 's' softener, 'c' concept, 'a' age: 0 for a child, 1 for a grown-up
	index int
}

type ownedPattern struct {
	pattern
	owner  owner
	denies bool // the pattern has a negation of its own
}

// ruleset is everything that the rule files say, ready to be matched.
type ruleset struct {
	version   string
	rules     []rule
	softeners []softener
	concepts  []string // names, by index
	patterns  []ownedPattern
	byAnchor  [][]int // word set of the anchor -> patterns
	lex       *lexicon
	spell     *speller
	sets      map[string]int
	words     map[string][]string
	noAges    []int // concepts in whose sentence no age is heard
	agrees    int   // the concept of conceptAgrees

	listNames    []string // by set; empty for a set that is no word list
	conceptNames []string // by concept, as the model knows them
}

// at is where in a file a thing stands, for errors that a person can act on.
type at struct {
	file string
	src  []byte
	path string
}

func (a at) wrap(err error) error {
	if err == nil {
		return nil
	}
	line := 0
	if tree, perr := parser.ParseBytes(a.src, 0); perr == nil {
		if p, perr := yaml.PathString(a.path); perr == nil {
			if node, perr := p.FilterFile(tree); perr == nil && node.GetToken() != nil {
				line = node.GetToken().Position.Line
			}
		}
	}
	return fmt.Errorf("%s:%d: %w", a.file, line, err)
}

type located[T any] struct {
	at    at
	value T
}

// loader gathers the files before anything is compiled, because a rule may use
// words and concepts of any file.
type loader struct {
	version  string
	words    map[string]located[string]
	concepts map[string]located[[]string]
	ages     []located[agesSource]
	softens  []located[softenerSource]
	rules    []located[ruleSource]
}

func loadRules(files fs.FS) (*ruleset, error) {
	names, err := fs.Glob(files, "rules/*.yaml")
	if err != nil {
		return nil, fmt.Errorf("listing rule files: %w", err)
	}
	l := loader{words: map[string]located[string]{}, concepts: map[string]located[[]string]{}}
	for _, name := range names {
		src, err := fs.ReadFile(files, name)
		if err != nil {
			return nil, fmt.Errorf("reading %s: %w", name, err)
		}
		if err := l.file(name, src); err != nil {
			return nil, err
		}
	}
	if l.version == "" {
		return nil, fmt.Errorf("%s: no rule file names a version", "rules")
	}
	return l.compile()
}

func (l *loader) file(name string, src []byte) error {
	var f ruleFile
	if err := yaml.UnmarshalWithOptions(src, &f, yaml.Strict()); err != nil {
		return fmt.Errorf("%s: %s", name, yaml.FormatError(err, false, false))
	}
	if f.Version != "" {
		l.version = f.Version
	}
	for k, v := range f.Words {
		a := at{name, src, "$.words." + k}
		if _, twice := l.words[k]; twice {
			return a.wrap(fmt.Errorf("the word list %q exists already", k))
		}
		l.words[k] = located[string]{a, v}
	}
	for k, v := range f.Concepts {
		a := at{name, src, "$.concepts." + k}
		if _, twice := l.concepts[k]; twice {
			return a.wrap(fmt.Errorf("the concept %q exists already", k))
		}
		l.concepts[k] = located[[]string]{a, v}
	}
	l.ages = append(l.ages, located[agesSource]{at{name, src, "$.ages"}, f.Ages})
	for i, v := range f.Softens {
		l.softens = append(l.softens, located[softenerSource]{at{name, src, fmt.Sprintf("$.softens[%d]", i)}, v})
	}
	for i, v := range f.Rules {
		l.rules = append(l.rules, located[ruleSource]{at{name, src, fmt.Sprintf("$.rules[%d]", i)}, v})
	}
	return nil
}

// negations is the word list that every rule set must have.
const negations = "nej"

func (l *loader) compile() (*ruleset, error) {
	rs := &ruleset{version: l.version, lex: newLexicon(), sets: map[string]int{}, words: map[string][]string{}}
	for name, w := range l.words {
		rs.words[name] = strings.Fields(w.value)
	}
	for name, w := range l.words {
		if err := l.expand(rs, name, nil); err != nil {
			return nil, w.at.wrap(err)
		}
	}
	c := &compiler{words: rs.words, lex: rs.lex, sets: rs.sets}
	for _, name := range slices.Sorted(maps.Keys(rs.words)) {
		if _, _, err := c.set("@" + name); err != nil {
			return nil, fmt.Errorf("rules: %w", err)
		}
	}
	conceptIndex := map[string]int{}
	for name := range l.concepts {
		rs.concepts = append(rs.concepts, name)
	}
	slices.Sort(rs.concepts)
	for i, name := range rs.concepts {
		conceptIndex[name] = i
		con := l.concepts[name]
		if err := rs.own(c, l, owner{'c', i}, con.value); err != nil {
			return nil, con.at.wrap(err)
		}
	}
	for _, a := range l.ages {
		without, err := conceptRefs(a.value.Without, conceptIndex)
		if err != nil {
			return nil, a.at.wrap(err)
		}
		rs.noAges = append(rs.noAges, without...)
		for i, of := range [][]string{a.value.Child, a.value.Adult} {
			if len(of) == 0 {
				continue
			}
			if err := rs.own(c, l, owner{'a', i}, of); err != nil {
				return nil, a.at.wrap(err)
			}
		}
	}
	seen := map[string]bool{}
	for i, s := range l.softens {
		compiled, err := compileSoftener(s.value, conceptIndex, seen)
		if err == nil {
			err = rs.own(c, l, owner{'s', i}, s.value.Patterns)
		}
		if err != nil {
			return nil, s.at.wrap(err)
		}
		rs.softeners = append(rs.softeners, compiled)
	}
	for i, r := range l.rules {
		compiled, err := compileRule(r.value, conceptIndex, seen)
		if err == nil {
			err = rs.own(c, l, owner{'r', i}, r.value.Patterns)
		}
		if err != nil {
			return nil, r.at.wrap(err)
		}
		for level := Green; level <= Crisis; level++ {
			compiled.seenAs[level] = compiled.ID + ":" + level.String()
		}
		rs.rules = append(rs.rules, compiled)
	}
	for _, name := range []string{negations, wordsAuthor, wordsAdult, wordsChild, wordsMine, wordsSays, wordsFiction, wordsPronoun, wordsOwner, wordsYoung} {
		if _, _, err := c.set("@" + name); err != nil {
			return nil, err
		}
	}
	refs, err := conceptRefs([]string{conceptAgrees}, conceptIndex)
	if err != nil {
		return nil, fmt.Errorf("rules: %w", err)
	}
	rs.agrees = refs[0]
	rs.spell = newSpeller(strings.Fields(knownWords), slices.Sorted(maps.Keys(rs.lex.whole)))
	rs.listNames = make([]string, len(rs.sets))
	for name, set := range rs.sets {
		if name[0] == '@' && !strings.Contains(name, "|") {
			rs.listNames[set] = name
		}
	}
	for _, name := range rs.concepts {
		rs.conceptNames = append(rs.conceptNames, "="+name)
	}
	return rs, nil
}

// expand replaces the lists that a list names ("@mor") by their words.
func (l *loader) expand(rs *ruleset, name string, path []string) error {
	if slices.Contains(path, name) {
		return fmt.Errorf("the word list %q contains itself", name)
	}
	var out []string
	for _, w := range rs.words[name] {
		inner, ok := strings.CutPrefix(w, "@")
		if !ok {
			out = append(out, w)
			continue
		}
		if _, known := rs.words[inner]; !known {
			return fmt.Errorf("no word list is called %q", inner)
		}
		if err := l.expand(rs, inner, append(path, name)); err != nil {
			return err
		}
		out = append(out, rs.words[inner]...)
	}
	rs.words[name] = out
	return nil
}

// own compiles patterns for their owner; "=name" stands for all patterns of a concept.
func (rs *ruleset) own(c *compiler, l *loader, o owner, sources []string) error {
	if len(sources) == 0 {
		return fmt.Errorf("no patterns")
	}
	for _, src := range sources {
		if name, ok := strings.CutPrefix(src, "="); ok {
			con, known := l.concepts[name]
			if !known {
				return fmt.Errorf("no concept is called %q", name)
			}
			if err := rs.own(c, l, o, con.value); err != nil {
				return err
			}
			continue
		}
		for one := range strings.SplitSeq(src, " / ") {
			p, err := c.pattern(one)
			if err != nil {
				return err
			}
			n := len(rs.patterns)
			rs.patterns = append(rs.patterns, ownedPattern{pattern: p, owner: o, denies: rs.denies(one)})
			anchor := p.steps[p.anchor].set
			for len(rs.byAnchor) <= anchor {
				rs.byAnchor = append(rs.byAnchor, nil)
			}
			rs.byAnchor[anchor] = append(rs.byAnchor[anchor], n)
		}
	}
	return nil
}

// denies says whether a pattern reckons with a negation itself.
func (rs *ruleset) denies(source string) bool {
	for field := range strings.FieldsSeq(source) {
		for alt := range strings.SplitSeq(strings.TrimSuffix(field, "?"), "|") {
			if alt == "@"+negations || slices.Contains(rs.words[negations], alt) {
				return true
			}
		}
	}
	return false
}

func conceptRefs(names []string, index map[string]int) ([]int, error) {
	var out []int
	for _, n := range names {
		i, ok := index[n]
		if !ok {
			return nil, fmt.Errorf("no concept is called %q", n)
		}
		out = append(out, i)
	}
	return out, nil
}

func compileSoftener(src softenerSource, concepts map[string]int, seen map[string]bool) (softener, error) {
	s := softener{softenerSource: src}
	var err error
	if s.scope, err = parseScope(src.Scope, inSentence); err != nil {
		return s, err
	}
	if s.without, err = conceptRefs(src.Without, concepts); err != nil {
		return s, err
	}
	if src.Factor <= 0 || src.Factor >= 1 {
		return s, fmt.Errorf("%s: factor %v is not between 0 and 1: a softener lowers, it never hides", src.ID, src.Factor)
	}
	return s, complete(seen, src.ID, src.Example, src.Counter, src.Note.DA, src.Note.EN, src.Source, src.DA, src.EN)
}

func compileRule(src ruleSource, concepts map[string]int, seen map[string]bool) (rule, error) {
	r := rule{ruleSource: src, keeps: map[string]bool{}}
	var err error
	if r.level, err = ParseLevel(src.Level); err != nil {
		return r, fmt.Errorf("%s: %w", src.ID, err)
	}
	if r.level == Green {
		return r, fmt.Errorf("%s: a rule raises; to lower, write a softener", src.ID)
	}
	if !slices.Contains(categories, src.Category) {
		return r, fmt.Errorf("%s: unknown category %q", src.ID, src.Category)
	}
	for _, other := range []Category{src.OfOther, src.Turns.Into} {
		if other != "" && !slices.Contains(categories, other) {
			return r, fmt.Errorf("%s: unknown category %q", src.ID, other)
		}
	}
	if !slices.Contains([]string{"", "author", "other", "child"}, src.About) {
		return r, fmt.Errorf("%s: about %q: want author, other or child", src.ID, src.About)
	}
	for _, m := range src.Marks {
		if !slices.Contains([]Mark{Method, Dose, Place, Farewell}, m) {
			return r, fmt.Errorf("%s: unknown mark %q", src.ID, m)
		}
	}
	if r.scope, err = parseScope(src.Scope, inPost); err != nil {
		return r, fmt.Errorf("%s: %w", src.ID, err)
	}
	for _, group := range src.With {
		refs, err := conceptRefs(strings.Split(group, "|"), concepts)
		if err != nil {
			return r, fmt.Errorf("%s: %w", src.ID, err)
		}
		r.with = append(r.with, refs)
	}
	if r.without, err = conceptRefs(src.Without, concepts); err != nil {
		return r, fmt.Errorf("%s: %w", src.ID, err)
	}
	if r.turn.with, err = conceptRefs(src.Turns.With, concepts); err != nil {
		return r, fmt.Errorf("%s: %w", src.ID, err)
	}
	if r.turn.without, err = conceptRefs(src.Turns.Without, concepts); err != nil {
		return r, fmt.Errorf("%s: %w", src.ID, err)
	}
	for _, k := range src.Keeps {
		r.keeps[k] = true
	}
	return r, complete(seen, src.ID, src.Example, src.Counter, src.Note.DA, src.Note.EN, src.Source, src.DA, src.EN)
}

// complete refuses a rule that a moderator could not judge.
func complete(seen map[string]bool, id string, parts ...string) error {
	if id == "" {
		return fmt.Errorf("a rule has no id")
	}
	if seen[id] {
		return fmt.Errorf("%s: the id exists already", id)
	}
	seen[id] = true
	for i, name := range []string{"example", "counter", "note.da", "note.en", "source", "da", "en"} {
		if parts[i] == "" {
			return fmt.Errorf("%s: %s is missing", id, name)
		}
	}
	return nil
}
