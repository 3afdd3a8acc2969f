package moderation

import (
	"context"
	"slices"

	"samhold/internal/account"
	"samhold/internal/fault"
)

// shown is how many rows of a kind the workbench lists; the counts know of all. Of what is only to be read today,
// the newest few are enough.
const (
	shown       = 100
	shownUnread = 20
)

// Desk is what waits for the actor, beside cases and guests' concerns. It holds no text.
type Desk struct {
	Posts       []Post
	PostCount   int
	Reports     []HeldReport
	ReportCount int
	Unread      []Post
	UnreadCount int
}

// Worries are the reports by people who are afraid for somebody, the oldest first.
func (d *Desk) Worries() []HeldReport {
	return slices.DeleteFunc(slices.Clone(d.Reports), func(r HeldReport) bool { return r.Reason != ReasonWorry })
}

// Others are the reports that can wait a little.
func (d *Desk) Others() []HeldReport {
	return slices.DeleteFunc(slices.Clone(d.Reports), func(r HeldReport) bool { return r.Reason == ReasonWorry })
}

// Desk returns what waits in the spaces that the actor moderates.
func (s *Service) Desk(ctx context.Context, a account.Actor) (*Desk, error) {
	if !a.Can(account.Moderate) && !a.Can(account.WorkCases) {
		return nil, fault.Missing()
	}
	var d Desk
	var err error
	if d.Posts, d.PostCount, err = s.Store.Waiting(ctx, a, shown); err != nil {
		return nil, err
	}
	if d.Reports, d.ReportCount, err = s.Store.Reports(ctx, a, shown); err != nil {
		return nil, err
	}
	if d.Unread, d.UnreadCount, err = s.Store.Unread(ctx, a, shownUnread); err != nil {
		return nil, err
	}
	return &d, nil
}
