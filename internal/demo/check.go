package demo

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"samhold/internal/account"
	"samhold/internal/space"
	"samhold/internal/topic"
)

// The bounds that the content is held to. They are the demo's own: short enough to read well everywhere.
const (
	maxName        = 40
	maxLine        = 200
	maxTitle       = 90
	maxAlias       = 24
	maxPost        = 5000
	minAgreement   = 150 // words
	maxAgreement   = 300
	youngestMember = 16 // turns 16: certainly 15
)

var (
	keyForm      = regexp.MustCompile(`^[a-z][a-z0-9]*(-[a-z0-9]+)*$`)
	kinds        = []space.Kind{space.Relatives, space.Young, space.Aftercare}
	ageBands     = []string{"all", "adult", "young"}
	colours      = []string{"moss", "clay", "plum", "sea", "wheat", "stone"}
	signs        = []string{"tree", "lantern", "bridge", "harbour", "path", "house"}
	removals     = []Reason{Harsh, Identity, Advice, Selling, Other}
	reports      = append([]Reason{Worry}, removals...)
	heldReasons  = topic.HeldReasons
	reactions    = []Reaction{Here, Same, Thanks}
	concerns     = []string{"person", "post", "myself", "site", "other"}
	levels       = []Level{Red, Crisis}
	caseConcerns = []string{"suicide", "self_harm", "overdose", "violence", "child_at_risk", "relapse", "hopelessness", "third_party"}
)

// A checker holds a community to its rules and notes each problem in the file where it stands.
type checker struct {
	*Community
	files      map[string]*file
	topicFiles []*file // as Topics
	spaces     map[string]*Space
	people     map[string]*Person
	topics     map[string]*Topic
	written    map[string]int // posts that a member has had approved, by "person space"
	cases      map[string]bool
}

func newChecker(c *Community) *checker {
	return &checker{
		Community: c, files: map[string]*file{},
		spaces: map[string]*Space{}, people: map[string]*Person{}, topics: map[string]*Topic{},
		written: map[string]int{}, cases: map[string]bool{},
	}
}

func (c *checker) all() {
	for i, s := range c.Spaces {
		c.unique(c.files["spaces.yaml"], fmt.Sprintf("$[%d].key", i), s.Key, c.spaces[s.Key] != nil)
		c.spaces[s.Key] = s
	}
	for i, p := range c.People {
		c.unique(c.files["members.yaml"], fmt.Sprintf("$[%d].key", i), p.Key, c.people[p.Key] != nil)
		c.people[p.Key] = p
	}
	for i, t := range c.Topics {
		c.unique(c.topicFiles[i], "$.title", t.Slug, c.topics[t.Slug] != nil)
		c.topics[t.Slug] = t
		for _, p := range t.Posts {
			if p.Visible() {
				c.written[p.By+" "+t.Space]++
			}
		}
	}
	for i, s := range c.Spaces {
		c.space(c.files["spaces.yaml"], fmt.Sprintf("$[%d]", i), s)
	}
	aliases := map[string]bool{}
	for i, p := range c.People {
		c.person(c.files["members.yaml"], fmt.Sprintf("$[%d]", i), p, aliases)
	}
	for i, t := range c.Topics {
		c.topic(c.topicFiles[i], t)
	}
	for i, k := range c.Concerns {
		c.concern(c.files["concerns.yaml"], fmt.Sprintf("$[%d]", i), k)
	}
}

func (c *checker) unique(f *file, place, key string, taken bool) {
	if !keyForm.MatchString(key) {
		f.wrong(place, "%q is not a key: lower-case letters, digits and single hyphens", key)
	}
	if taken {
		f.wrong(place, "%q is used twice", key)
	}
}

func (c *checker) space(f *file, at string, s *Space) {
	text(f, at+".name", s.Name, maxName)
	text(f, at+".purpose", s.Purpose, maxLine)
	text(f, at+".description", s.Description, maxPost)
	text(f, at+".audience", s.Audience, 2*maxLine)
	text(f, at+".readers", s.Readers, 2*maxLine)
	text(f, at+".hours.text", s.Hours.Text, 2*maxLine)
	oneOf(f, at+".kind", s.Kind, kinds)
	oneOf(f, at+".age_band", s.AgeBand, ageBands)
	oneOf(f, at+".colour", s.Colour, colours)
	oneOf(f, at+".sign", s.Sign, signs)
	if n := len(strings.Fields(s.Agreement)); n < minAgreement || n > maxAgreement {
		f.wrong(at+".agreement", "an agreement has %d to %d words, this one has %d", minAgreement, maxAgreement, n)
	}
	if len(s.Hours.Weekly) == 0 {
		f.wrong(at+".hours", "no weekly hours")
	}
	if s.ApproveFirst < 0 || s.ApproveFirst > 10 {
		f.wrong(at+".approve_first", "%d is not between 0 and 10", s.ApproveFirst)
	}
	if len(s.Team) == 0 {
		f.wrong(at, "no team")
	}
	for i, key := range s.Team {
		place := fmt.Sprintf("%s.team[%d]", at, i)
		if p := c.people[key]; p == nil {
			f.wrong(place, "no person %q", key)
		} else if p.In(s.Key) == nil || p.RoleIn(s.Key) == space.RoleMember {
			f.wrong(place, "%q is in the team, but is neither staff nor facilitator in %q", key, s.Key)
		}
	}
}

func (c *checker) person(f *file, at string, p *Person, aliases map[string]bool) {
	if p.Turns < youngestMember || p.Turns > 100 {
		f.wrong(at+".turns", "%d is not an age between %d and 100", p.Turns, youngestMember)
	}
	if p.Joined.IsZero() {
		f.wrong(at, "%q has not joined at any time", p.Key)
	}
	if (p.StaffName == "") != (len(p.Staff) == 0) {
		f.wrong(at, "%q needs a staff_name exactly when they have a grant", p.Key)
	}
	for i, g := range p.Staff {
		place := fmt.Sprintf("%s.staff[%d]", at, i)
		oneOf(f, place+".role", g.Role, account.Roles)
		for j, key := range g.Spaces {
			if c.spaces[key] == nil {
				f.wrong(fmt.Sprintf("%s.spaces[%d]", place, j), "no space %q", key)
			}
		}
		if g.Role == account.Admin && len(p.Memberships) > 0 {
			f.wrong(place, "an admin sees no content and is a member of nothing")
		}
	}
	own := map[string]string{}
	for i, m := range p.Memberships {
		place := fmt.Sprintf("%s.memberships[%d]", at, i)
		s := c.spaces[m.Space]
		if s == nil {
			f.wrong(place+".space", "no space %q", m.Space)
			continue
		}
		if len(p.Staff) == 0 && !account.AgeBand(s.AgeBand, p.BirthYear(someYear), someDay) {
			f.wrong(place, "%q turns %d and %q is for %s", p.Key, p.Turns, s.Key, s.AgeBand)
		}
		text(f, place+".alias", m.Alias, maxAlias)
		folded := strings.ToLower(m.Alias)
		if aliases[m.Space+" "+folded] {
			f.wrong(place+".alias", "the alias %q is taken in %q", m.Alias, m.Space)
		}
		aliases[m.Space+" "+folded] = true
		if _, twice := own[m.Space]; twice {
			f.wrong(place+".space", "%q is in %q twice", p.Key, m.Space)
		}
		for other, alias := range own {
			if alias == folded && len(p.Staff) == 0 {
				f.wrong(place+".alias", "%q has the same alias in %q and %q, which ties the two together", p.Key, other, m.Space)
			}
		}
		own[m.Space] = folded
		if m.Joined.IsZero() {
			m.Joined = p.Joined
		}
		if m.Joined.Before(p.Joined) || !m.Left.IsZero() && !m.Joined.Before(m.Left) {
			f.wrong(place, "joins %q before joining Samhold, or leaves it before joining", m.Space)
		}
	}
}

func (c *checker) concern(f *file, at string, k *Concern) {
	text(f, at+".text", k.Text, maxPost)
	oneOf(f, at+".about", k.About, concerns)
	if k.At.IsZero() {
		f.wrong(at, "no time")
	}
	if k.Space != "" && c.spaces[k.Space] == nil {
		f.wrong(at+".space", "no space %q", k.Space)
	}
	if k.Post != "" {
		if p := c.Post(k.Post); p == nil || !p.At.Before(k.At) {
			f.wrong(at+".post", "no post %q at that time", k.Post)
		}
	}
	if k.Answer != nil {
		c.note(f, at+".answer", *k.Answer, account.AnswerGuests, k.Space, k.At)
	}
}

func text(f *file, place, s string, most int) {
	if n := utf8.RuneCountInString(s); n > most {
		f.wrong(place, "%d characters, at most %d", n, most)
	}
	if strings.TrimSpace(s) == "" {
		f.wrong(place, "%s is missing or empty", place[strings.LastIndex(place, ".")+1:])
	}
}

func oneOf[T ~string](f *file, place string, got T, allowed []T) {
	if !slices.Contains(allowed, got) {
		f.wrong(place, "%q is none of %v", got, allowed)
	}
}
