package demo

// A Topic is a conversation; its space and slug come from the file's path.
type Topic struct {
	Space  string  `yaml:"-"`
	Slug   string  `yaml:"-"` // unique in the whole community, for references such as "fredag-aften#3"
	Title  string  `yaml:"title"`
	Pinned bool    `yaml:"pinned"`
	Locked *Lock   `yaml:"locked"`
	Posts  []*Post `yaml:"posts"` // in order of time; the first opens the topic
}

// A Lock says that nobody but staff may write more, and why.
type Lock struct {
	By     string `yaml:"by"`
	At     When   `yaml:"at"`
	Reason string `yaml:"reason"` // everybody reads it
}

// A Post is one message. At most one of Deleted, Removed and Held is set; a post with none of them is visible.
type Post struct {
	By        string                `yaml:"by"`
	At        When                  `yaml:"at"`
	Text      string                `yaml:"text"` // Markdown
	Quote     *Quote                `yaml:"quote"`
	Edited    *Edit                 `yaml:"edited"`
	Deleted   When                  `yaml:"deleted"` // when the author took it back
	Removed   *Removal              `yaml:"removed"`
	Held      string                `yaml:"held"`      // why it waits for a moderator, as package topic says; only the author and staff see it
	Reactions map[Reaction][]string `yaml:"reactions"` // one from each person at most
	Reports   []*Report             `yaml:"reports"`   // all open
	Case      *Case                 `yaml:"case"`
}

// Visible tells whether members may read the post.
func (p *Post) Visible() bool { return p.Deleted.IsZero() && p.Removed == nil && p.Held == "" }

// A Quote is what a post answers: an earlier post of the topic, and words from it exactly as they stand there.
type Quote struct {
	Post int    `yaml:"post"` // counted from 1
	Text string `yaml:"text"`
}

// An Edit says that the text was changed once, and how it read before.
type Edit struct {
	At     When   `yaml:"at"`
	Before string `yaml:"before"`
}

// Reaction is a quiet answer without words.
type Reaction string

// The reactions.
const (
	Here   Reaction = "here"   // "jeg er her"
	Same   Reaction = "same"   // "det kender jeg"
	Thanks Reaction = "thanks" // "tak"
)

// Reason is a ground for a report or a removal.
type Reason string

// The grounds.
const (
	Worry    Reason = "worry"    // worried about somebody; for reports only
	Harsh    Reason = "harsh"    // hurts others
	Identity Reason = "identity" // gives away who somebody is
	Advice   Reason = "advice"   // may be dangerous to follow
	Selling  Reason = "selling"  // sells or recruits
	Other    Reason = "other"
)

// A Removal is a moderator's decision that a post must not be read.
type Removal struct {
	By        string `yaml:"by"`
	At        When   `yaml:"at"`
	Reason    Reason `yaml:"reason"`
	Statement string `yaml:"statement"` // the author reads it
}

// A Report is a member's word to the moderators about a post.
type Report struct {
	By     string `yaml:"by"`
	At     When   `yaml:"at"`
	Reason Reason `yaml:"reason"`
	Text   string `yaml:"text"`
}

// Level is how soon a person must look.
type Level string

// The levels that open a case.
const (
	Red    Level = "red"
	Crisis Level = "crisis"
)

// A Case is what the post opened: the author's open crisis case.
type Case struct {
	Level        Level  `yaml:"level"`
	Category     string `yaml:"category"` // as in package triage: suicide, self_harm, ...
	Owner        string `yaml:"owner"`    // who has taken it; empty while nobody has
	Acknowledged When   `yaml:"acknowledged"`
	Notes        []Note `yaml:"notes"`
}

// A Note is staff's own, and never shown to members.
type Note struct {
	By   string `yaml:"by"`
	At   When   `yaml:"at"`
	Text string `yaml:"text"`
}

// A Concern is a worry from somebody without an account.
type Concern struct {
	At     When   `yaml:"at"`
	About  string `yaml:"about"` // person, post, myself, site, other
	Space  string `yaml:"space"` // empty when the guest did not say
	Post   string `yaml:"post"`  // the post it is about, as SLUG#NUMBER, or empty
	Text   string `yaml:"text"`
	Answer *Note  `yaml:"answer"` // what the guest reads with the receipt; nil while it waits
}
