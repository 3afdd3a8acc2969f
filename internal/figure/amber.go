package figure

import (
	"context"
	"fmt"
	"time"

	"samhold/internal/crisis"
)

// recent is how many of the last weeks are held against those before them.
const recent = 4

// Amber is whether posts that are worrying and nothing more are still met by a human within the goal. Where urgent
// posts are pointed out, the others are easily left; that must be seen. A post counts when its goal has passed.
type Amber struct {
	Goal   time.Duration // for all spaces
	Weeks  []AmberWeek
	Before Met // the weeks before the last four
	Recent Met // the last four
}

// AmberWeek is the posts of one week.
type AmberWeek struct {
	Week
	Met
}

// Met says how many were met within the goal.
type Met struct {
	Seen     Share // somebody of the team had read it, or answered
	Answered Share // somebody of the team had written in its topic
}

// met counts posts.
type met struct{ all, seen, answered int }

func (m *met) add(o met) {
	m.all, m.seen, m.answered = m.all+o.all, m.seen+o.seen, m.answered+o.answered
}

func (m met) told() Met {
	return Met{Seen: shareOf(m.seen, m.all), Answered: shareOf(m.answered, m.all)}
}

func (s *Service) amber(ctx context.Context, scope crisis.Scope, weeks []Week, g *goals) (Amber, error) {
	found, since := Amber{Goal: g.rules.Times("amber", "").Goal}, weeks[0].From
	posts, err := s.Store.AmberPosts(ctx, scope, since)
	if err != nil {
		return found, fmt.Errorf("worrying posts: %w", err)
	}
	read, err := firsts(s.Store.Reads(ctx, scope, since))
	if err != nil {
		return found, fmt.Errorf("who read them: %w", err)
	}
	replied, err := firsts(s.Store.Replies(ctx, scope, since))
	if err != nil {
		return found, fmt.Errorf("who answered them: %w", err)
	}
	sums := make([]met, len(weeks))
	for _, p := range posts {
		m, err := g.measure(ctx, "amber", p.SpaceID, g.rules.Times("amber", p.SpaceID).Goal, p.At, g.at)
		if err != nil {
			return found, err
		}
		i := weekOf(weeks, p.At)
		if i < 0 || m.due.After(g.at) {
			continue
		}
		sums[i].all++
		answered := within(replied, p.PostID, m.due)
		if answered {
			sums[i].answered++
		}
		if answered || within(read, p.PostID, m.due) {
			sums[i].seen++
		}
	}
	var before, last met
	for i, w := range weeks {
		found.Weeks = append(found.Weeks, AmberWeek{Week: w, Met: sums[i].told()})
		if i < len(weeks)-recent {
			before.add(sums[i])
		} else {
			last.add(sums[i])
		}
	}
	found.Before, found.Recent = before.told(), last.told()
	return found, nil
}

// firsts is when each post was first met.
func firsts(answers []Answer, err error) (map[string]time.Time, error) {
	at := map[string]time.Time{}
	for _, a := range answers {
		if was, ok := at[a.PostID]; !ok || a.At.Before(was) {
			at[a.PostID] = a.At
		}
	}
	return at, err
}

func within(met map[string]time.Time, post string, due time.Time) bool {
	at, ok := met[post]
	return ok && !at.After(due)
}
