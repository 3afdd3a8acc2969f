// Package playbook holds what staff lean on in a case: a checklist and the beginnings of messages, by category and
// subject, that an NGO's own people edit and approve. It must never send anything, and never call a text approved that
// nobody approved by name.
package playbook

import (
	"embed"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/BurntSushi/toml"

	"samhold/internal/triage"
)

// Categories and Subjects are what a playbook is for: each pair has one.
var (
	Categories = []string{
		string(triage.Suicide), string(triage.SelfHarm), string(triage.Overdose), string(triage.Withdrawal), string(triage.Violence),
		string(triage.ChildAtRisk), string(triage.Relapse), string(triage.Hopelessness), string(triage.ThirdParty),
	}
	Subjects = []string{string(triage.Author), string(triage.OtherAdult), string(triage.Child), unknown}
)

const unknown = "unknown"

// Key names a playbook: what it is for, and in which language.
type Key struct {
	Category string
	Subject  string
	Lang     string // da or en
}

// valid reports whether there is such a playbook.
func (k Key) valid() bool {
	return slices.Contains(Categories, k.Category) && slices.Contains(Subjects, k.Subject) && (k.Lang == "da" || k.Lang == "en")
}

// Path is the last part of the playbook's address.
func (k Key) Path() string { return k.Category + "-" + k.Subject }

// ParsePath is the key that Path makes; ok is false for every other text.
func ParsePath(path, lang string) (k Key, ok bool) {
	category, subject, _ := strings.Cut(path, "-")
	k = Key{category, subject, lang}
	return k, k.valid()
}

// For is the playbook of a case: one without a category is met as hopelessness, like the card that its person sees.
func For(category, subject, lang string) Key {
	k := Key{category, subject, lang}
	if !slices.Contains(Categories, category) {
		k.Category = string(triage.Hopelessness)
	}
	if !slices.Contains(Subjects, subject) {
		k.Subject = unknown
	}
	return k
}

// Version is one version of a playbook. Version 0 is the one that Samhold comes with. Staff who work cases read it.
type Version struct {
	ID           string `gorm:"primaryKey"`
	Category     string
	Subject      string
	Lang         string
	Version      int
	Steps        string // one a line
	FirstMessage string
	FollowUp     string
	EditedBy     string
	CreatedAt    time.Time
	ApprovedBy   *string
	ApprovedAt   *time.Time
}

// TableName implements GORM's naming.
func (Version) TableName() string { return "playbook" }

// Key is what the version is for.
func (v Version) Key() Key { return Key{v.Category, v.Subject, v.Lang} }

// Approved reports whether somebody has approved this version by name.
func (v Version) Approved() bool { return v.ApprovedBy != nil }

// List are the steps, without empty lines.
func (v Version) List() []string {
	var list []string
	for line := range strings.Lines(v.Steps) {
		if step := strings.TrimSpace(line); step != "" && !slices.Contains(list, step) {
			list = append(list, step)
		}
	}
	return list
}

// Templates name the beginnings of messages that a playbook has.
var Templates = []string{"first", "follow_up"}

// Template is the beginning of a message, by its name; empty for any other name.
func (v Version) Template(name string) string {
	switch name {
	case "first":
		return v.FirstMessage
	case "follow_up":
		return v.FollowUp
	}
	return ""
}

//go:embed book/da.toml book/en.toml
var files embed.FS

// texts is one file of the shipped book.
type texts struct {
	First    []string            `toml:"first"`
	Last     []string            `toml:"last"`
	Subject  map[string][]string `toml:"subject"`
	FollowUp messages            `toml:"follow_up"`
	Category map[string]struct {
		Steps  []string `toml:"steps"`
		Author string   `toml:"author"`
		Other  string   `toml:"other"`
	} `toml:"category"`
}

type messages struct {
	Author string `toml:"author"`
	Other  string `toml:"other"`
}

func (m messages) about(subject string) string {
	if subject == string(triage.Author) || subject == unknown {
		return m.Author
	}
	return m.Other
}

// shipped reads the book that Samhold comes with: a version 0 for every key.
func shipped() (map[Key]Version, error) {
	book := map[Key]Version{}
	for _, lang := range []string{"da", "en"} {
		var t texts
		meta, err := toml.DecodeFS(files, "book/"+lang+".toml", &t)
		if err != nil {
			return nil, fmt.Errorf("playbooks, %s: %w", lang, err)
		}
		if extra := meta.Undecoded(); len(extra) > 0 {
			return nil, fmt.Errorf("playbooks, %s: nothing is called %s", lang, extra[0])
		}
		for _, category := range Categories {
			for _, subject := range Subjects {
				c := t.Category[category]
				v := Version{
					Category: category, Subject: subject, Lang: lang, FollowUp: t.FollowUp.about(subject),
					FirstMessage: messages{c.Author, c.Other}.about(subject),
					Steps:        strings.Join(slices.Concat(t.First, c.Steps, t.Subject[subject], t.Last), "\n"),
				}
				if len(c.Steps) == 0 || len(t.Subject[subject]) == 0 || v.FirstMessage == "" || v.FollowUp == "" {
					return nil, fmt.Errorf("playbooks, %s: %s is not whole", lang, v.Key().Path())
				}
				book[v.Key()] = v
			}
		}
	}
	return book, nil
}
