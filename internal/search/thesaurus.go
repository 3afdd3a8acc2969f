package search

import (
	"context"
	"slices"
	"strings"
	"sync"
	"time"
	"unicode"
	"unicode/utf8"

	"samhold/internal/account"
	"samhold/internal/audit"
	"samhold/internal/fault"
	"samhold/internal/id"
)

// Group is words that staff have tied together: a search for one finds the others, a little lower. Drug names and
// slang change faster than our word files. Staff with ManageJobs see and change them; they are about nobody.
type Group struct {
	ID        string `gorm:"primaryKey"`
	Words     string // single words with a comma and a space between
	Version   int
	CreatedAt time.Time
	UpdatedAt time.Time
}

// TableName is the table of groups.
func (Group) TableName() string { return "search_synonym" }

// Limits of the groups.
const (
	MaxGroups    = 300
	MaxGroupWord = 12
	MaxWord      = 40 // characters
)

// Thesaurus is groups made ready for searching. It is never changed.
type Thesaurus struct {
	groups  []Group
	similar map[string][]string // spelling or stem to the terms that mean nearly the same
}

// NewThesaurus makes groups ready.
func NewThesaurus(groups []Group) *Thesaurus {
	l := words()
	t := &Thesaurus{groups: groups, similar: map[string][]string{}}
	for _, g := range groups {
		// Each word by its stem and as it is written: the rules make latterga of lattergas, and lattergas of lattergassen.
		var forms [][]string
		for w := range strings.SplitSeq(g.Words, ",") {
			if s := spell(strings.TrimSpace(w)); s != "" {
				forms = append(forms, slices.Compact([]string{s, l.stem(s, false)}))
			}
		}
		for i, from := range forms {
			for j, to := range forms {
				if i != j {
					t.tie(from, to)
				}
			}
		}
	}
	return t
}

func (t *Thesaurus) tie(from, to []string) {
	for _, f := range from {
		for _, term := range to {
			if !slices.Contains(t.similar[f], term) {
				t.similar[f] = append(t.similar[f], term)
			}
		}
	}
}

// of returns the stems that mean nearly the same as a word; nil is an empty thesaurus.
func (t *Thesaurus) of(w Word) (out []string) {
	if t == nil {
		return nil
	}
	for _, form := range slices.Compact([]string{w.Exact, w.Stem}) {
		for _, term := range t.similar[form] {
			if !slices.Contains(out, term) {
				out = append(out, term)
			}
		}
	}
	return out
}

// House returns the groups that Samhold brings along, each as words with commas between.
func House() []string {
	var out []string
	for line := range lines("synonyms") {
		out = append(out, line)
	}
	return out
}

// thesaurus is the service's present one. It is made again only when a group has changed.
type thesaurus struct {
	mu  sync.Mutex
	now *Thesaurus
}

// similar returns the groups of the database, ready.
func (s *Service) similar(ctx context.Context) (*Thesaurus, error) {
	groups, err := s.Store.Groups(ctx)
	if err != nil {
		return nil, err
	}
	same := func(a, b Group) bool { return a.ID == b.ID && a.Version == b.Version }
	s.words.mu.Lock()
	defer s.words.mu.Unlock()
	if s.words.now == nil || !slices.EqualFunc(s.words.now.groups, groups, same) {
		s.words.now = NewThesaurus(groups)
	}
	return s.words.now, nil
}

// Groups returns all groups in the order of their words. NotFound without ManageJobs.
func (s *Service) Groups(ctx context.Context, a account.Actor) ([]Group, error) {
	if !a.Can(account.ManageJobs) {
		return nil, fault.Missing()
	}
	return s.Store.Groups(ctx)
}

// AddGroup ties words together from the next search on. It is audited. NotFound without ManageJobs.
func (s *Service) AddGroup(ctx context.Context, a account.Actor, typed string) error {
	if !a.Can(account.ManageJobs) {
		return fault.Missing()
	}
	words, err := groupWords(typed)
	if err != nil {
		return err
	}
	return s.Tx.InTx(ctx, func(ctx context.Context) error {
		groups, err := s.Store.Groups(ctx)
		if err != nil {
			return err
		}
		if err := roomFor(groups, "", words); err != nil {
			return err
		}
		now := s.Clock.Now()
		g := &Group{ID: id.New(), Words: strings.Join(words, ", "), Version: 1, CreatedAt: now, UpdatedAt: now}
		if err := s.Store.AddGroup(ctx, g); err != nil {
			return err
		}
		return s.recordGroup(ctx, a, "synonyms_added", g.ID)
	})
}

// ChangeGroup replaces the words of a group as it was in a version; a Conflict when it has changed since. It is
// audited. NotFound without ManageJobs, or when there is no such group.
func (s *Service) ChangeGroup(ctx context.Context, a account.Actor, groupID string, version int, typed string) error {
	if !a.Can(account.ManageJobs) {
		return fault.Missing()
	}
	words, err := groupWords(typed)
	if err != nil {
		return err
	}
	return s.Tx.InTx(ctx, func(ctx context.Context) error {
		groups, err := s.Store.Groups(ctx)
		if err != nil {
			return err
		}
		if !slices.ContainsFunc(groups, func(g Group) bool { return g.ID == groupID }) {
			return fault.Missing()
		}
		if err := roomFor(groups, groupID, words); err != nil {
			return err
		}
		g := &Group{ID: groupID, Words: strings.Join(words, ", "), Version: version, UpdatedAt: s.Clock.Now()}
		if err := s.Store.ChangeGroup(ctx, g); err != nil {
			return err
		}
		return s.recordGroup(ctx, a, "synonyms_changed", groupID)
	})
}

// RemoveGroup unties the words of a group. It is audited. NotFound without ManageJobs, or when there is no such group.
func (s *Service) RemoveGroup(ctx context.Context, a account.Actor, groupID string) error {
	if !a.Can(account.ManageJobs) {
		return fault.Missing()
	}
	return s.Tx.InTx(ctx, func(ctx context.Context) error {
		if err := s.Store.RemoveGroup(ctx, groupID); err != nil {
			return err
		}
		return s.recordGroup(ctx, a, "synonyms_removed", groupID)
	})
}

func (s *Service) recordGroup(ctx context.Context, a account.Actor, action audit.Action, groupID string) error {
	return s.Audit.Append(ctx, audit.Event{At: s.Clock.Now(), Actor: a.Account, Action: action, ObjectKind: "synonyms", ObjectID: groupID})
}

// groupWords reads typed words: two or more single words that carry a meaning, each once.
func groupWords(typed string) ([]string, error) {
	var check fault.Check
	var out []string
	l, seen := words(), map[string]bool{}
	for w := range strings.FieldsFuncSeq(typed, func(r rune) bool { return r == ',' || r == ';' || r == '\n' || r == '\r' }) {
		w = strings.ToLower(strings.Join(strings.Fields(w), " "))
		if w == "" {
			continue
		}
		folded := spell(w)
		switch {
		case utf8.RuneCountInString(w) > MaxWord:
			check.Add("words", "search.word_long", "Max", MaxWord)
		case folded == "" || strings.ContainsFunc(w, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }):
			check.Add("words", "search.word_single", "Word", w)
		case l.stop[folded]:
			check.Add("words", "search.word_empty", "Word", w)
		case !seen[folded]:
			seen[folded] = true
			out = append(out, w)
		}
		if check.Err() != nil {
			return nil, check.Err()
		}
	}
	check.Require(len(out) >= 2, "words", "search.words_few")
	check.Require(len(out) <= MaxGroupWord, "words", "search.words_many", "Max", MaxGroupWord)
	return out, check.Err()
}

// roomFor refuses more groups than there may be, and the same words twice.
func roomFor(groups []Group, groupID string, words []string) error {
	var check fault.Check
	check.Require(groupID != "" || len(groups) < MaxGroups, "words", "search.groups_many", "Max", MaxGroups)
	for _, g := range groups {
		check.Require(g.ID == groupID || g.Words != strings.Join(words, ", "), "words", "search.group_there")
	}
	return check.Err()
}
