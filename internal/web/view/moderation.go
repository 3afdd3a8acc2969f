package view

import (
	"slices"
	"time"

	"samhold/internal/care"
	"samhold/internal/crisis"
	"samhold/internal/directory"
	"samhold/internal/message"
	"samhold/internal/moderation"
	"samhold/internal/rota"
	"samhold/internal/safeguarding"
	"samhold/internal/support"
	"samhold/internal/topic"
)

// ReportPage is where a member reports a post.
type ReportPage struct {
	Base
	Target  moderation.Target
	Reasons []string
	Form    Form
	Kept    bool
}

// Template implements Page.
func (*ReportPage) Template() string { return "moderation/report" }

// ReportedPage thanks for a report and says who reads it and when.
type ReportedPage struct {
	Base
	Target moderation.Target
	Duty   crisis.Duty
	Again  bool // it took the place of an earlier one
}

// Template implements Page.
func (*ReportedPage) Template() string { return "moderation/reported" }

// DeskNav is the second row of entries of the staff's pages: those that the person may open.
type DeskNav struct {
	Desk, Handover, Reviews, Playbooks, Rota, Staff, Times, Log, Numbers, Jobs, Search, Access, Lines, Rules, Figures, Care, Board bool
	// At is the current one: desk, handover, reviews, playbooks, rota, staff, times, log, numbers, jobs, search, access, lines, rules, figures, care, board.
	At string
}

// Deep reports whether the current entry is among those that nobody needs in a hurry.
func (n DeskNav) Deep() bool {
	return !slices.Contains([]string{"desk", "board", "handover", "reviews"}, n.At)
}

// DeskPage is the workbench. It holds no text that somebody wrote.
type DeskPage struct {
	Base
	Nav        DeskNav
	Desk       moderation.Desk
	Rota       []rota.Watch
	Gaps       []rota.Gap         // that begin within three days
	EmptyRungs []crisis.EmptyRung // rungs of the ladder on which nobody stands
	Unreached  []string           // on duty within a day, and called by nothing while they are not signed in
	Handover   crisis.Handover
	Cases      []crisis.Row
	Concerns   []crisis.Concern
	Guests     bool                    // the person answers guests
	Lines      directory.Count         // of help lines that must be looked at; zero for whoever does not keep them
	Referrals  []safeguarding.Referral // to municipalities: not sent, or not answered in time
	Supports   []support.Plan          // of members, that the team must look at
	Asked      []care.Debrief          // whether the person wants to talk
	Wanted     []care.Wanted           // who of the team does; empty for whoever does not lead it
	Reviews    crisis.Reviews          // what a second person must look at
	Threads    []message.Row           // members who have written, and wait for an answer
	Raises     []crisis.LevelCount     // what would be higher since the rules changed
	Me         string
	Now        time.Time
}

// Template implements Page.
func (*DeskPage) Template() string { return "moderation/desk" }

// Owner is what staff call who has the case now, empty for nobody.
func (p *DeskPage) Owner(row crisis.Row) string {
	if row.Owner(p.Now) == "" {
		return ""
	}
	return row.OwnerName
}

// OtherReports is how many reports wait beside the worries, which are listed first and so all of them.
func (p *DeskPage) OtherReports() int { return p.Desk.ReportCount - len(p.Desk.Worries()) }

// Empty reports whether nothing at all waits.
func (p *DeskPage) Empty() bool {
	return p.Reviews.Waiting+len(p.Referrals)+len(p.Supports)+len(p.Cases)+len(p.Threads)+len(p.Concerns)+p.Desk.PostCount+p.Desk.ReportCount+p.Desk.UnreadCount == 0
}

// ReviewPage is a post or a report before its moderator. Text is nil until somebody opened it.
type ReviewPage struct {
	Base
	Post        moderation.Post
	Report      *moderation.HeldReport // nil on the page of a post
	Reports     []moderation.HeldReport
	Past        []moderation.Past
	Choices     []moderation.Kind
	Text        *moderation.Text
	Form        Form // the decision
	LevelForm   Form
	Conflict    bool
	Kept        bool
	Changes     []Change
	Grounds     []string
	Levels      []string
	Corrections []string
	Me          string
	Now         time.Time
}

// Template implements Page.
func (*ReviewPage) Template() string { return "moderation/review" }

// Path is the address of the item.
func (p *ReviewPage) Path() string {
	if p.Report != nil {
		return "/mod/queue/reports/" + p.Report.ID
	}
	return "/mod/queue/posts/" + p.Post.ID
}

// Lease says who has the item.
func (p *ReviewPage) Lease() moderation.Lease {
	if p.Report != nil {
		return p.Report.Lease
	}
	return p.Post.Lease
}

// Blocked reports whether somebody else has the item.
func (p *ReviewPage) Blocked() bool { return p.Lease().Blocks(p.Me, p.Now) }

// Held reports whether the person has the item.
func (p *ReviewPage) Held() bool { return p.Lease().Live(p.Now) && !p.Blocked() }

// Deciding reports whether the page offers decisions: after the text was opened, or with what was typed.
func (p *ReviewPage) Deciding() bool { return p.Text != nil || p.Kept || p.Conflict }

// May reports whether the decision fits the post as it stands.
func (p *ReviewPage) May(kind string) bool {
	for _, k := range p.Choices {
		if string(k) == kind {
			return true
		}
	}
	return false
}

// Explains reports whether there is a decision that takes a reason and a statement.
func (p *ReviewPage) Explains() bool { return p.May("hold") || p.May("remove") }

// Left is a statement that was typed for a decision which the item no longer takes, so that it is not lost.
func (p *ReviewPage) Left() string {
	if p.Report == nil && p.Explains() || p.Report != nil && p.Report.State == moderation.Open && p.Shown() {
		return ""
	}
	return p.Form.Value("statement")
}

// Shown reports whether the post is there to be removed.
func (p *ReviewPage) Shown() bool {
	return p.Post.Visibility == topic.Visible || p.Post.Visibility == topic.Held
}

// JudgementPage is a decision before the author of the post.
type JudgementPage struct {
	Base
	Judgement moderation.Judgement
}

// Template implements Page.
func (*JudgementPage) Template() string { return "moderation/judgement" }
