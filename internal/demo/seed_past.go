package demo

import (
	"context"
	"fmt"
	"slices"
	"time"

	"samhold/internal/account"
	"samhold/internal/care"
	"samhold/internal/crisis"
	"samhold/internal/fault"
)

// pastDays is for how long the desk has been at work: a little more than the weeks that the figures show.
const pastDays = 86

// bygone is a case that is over: when somebody asked for help, how many minutes it took until somebody of the team had
// it and until they wrote, and how it ended.
type bygone struct {
	at      When
	taken   int
	reached int
	outcome string
	danger  bool // they said that they were in danger: it takes two to close
}

// bygones are the cases of the past months, as in a small team: most are met within the goal, some are not.
var bygones = []bygone{
	{at: ago(81, 20, 14), taken: 9, reached: 22, outcome: "contact_made"},
	{at: ago(77, 21, 40), taken: 4, reached: 9, outcome: "contact_made", danger: true},
	{at: ago(73, 19, 55), taken: 16, reached: 31, outcome: "false_alarm"},
	{at: ago(66, 22, 5), taken: 3, reached: 13, outcome: "referred", danger: true},
	{at: ago(63, 20, 30), taken: 12, reached: 40, outcome: "contact_made"},
	{at: ago(56, 21, 15), taken: 27, reached: 35, outcome: "contact_made"},
	{at: ago(52, 23, 20), taken: 44, reached: 18, outcome: "no_answer"},
	{at: ago(45, 20, 45), taken: 4, reached: 12, outcome: "false_alarm", danger: true},
	{at: ago(38, 19, 25), taken: 7, reached: 15, outcome: "contact_made"},
	{at: ago(34, 21, 50), taken: 11, reached: 48, outcome: "false_alarm"},
	{at: ago(30, 20, 10), taken: 8, reached: 24, outcome: "contact_made", danger: true},
	{at: ago(24, 21, 30), taken: 14, reached: 29, outcome: "referred"},
	{at: ago(17, 22, 15), taken: 2, reached: 7, outcome: "contact_made", danger: true},
	{at: ago(12, 19, 50), taken: 33, reached: 66, outcome: "contact_made"},
	{at: ago(8, 20, 20), taken: 6, reached: 19, outcome: "false_alarm"},
}

func ago(days, hour, minute int) When { return When{days: days, minute: hour*60 + minute} }

// past is what the desk has done in the months before: its rota, and cases that are over. The people are members of the
// first space who are in no trouble now.
func (s *seeder) past() []step {
	began := ago(pastDays, 8, 0).At(s.now)
	steps := []step{{began, func(ctx context.Context) error { return s.rota(ctx, began) }}}
	for _, days := range []int{60, 30} {
		steps = append(steps, step{ago(days, 8, 0).At(s.now), s.Rota.Extend})
	}
	// Now and then somebody is away, and nobody takes the shift.
	for i, days := range []int{70, 51, 33, 20, 6} {
		steps = append(steps, step{ago(days+4, 9, 0).At(s.now), func(ctx context.Context) error {
			team := s.onRota()
			return s.away(ctx, team[i%len(team)], ago(days, 0, 0).At(s.now))
		}})
	}
	room := s.c.Spaces[0].Key
	// Most evenings somebody reads what is worrying and nothing more; the evenings on which nothing was written are left
	// out, because the demo should open quickly.
	for _, days := range []int{82, 75, 68, 61, 53, 47, 40, 33, 25, 19, 14, 8} {
		steps = append(steps, step{ago(days, 22, 40).At(s.now), func(ctx context.Context) error {
			who, err := s.colleague(account.Moderate, room)
			if err != nil {
				return err
			}
			return s.readUp(ctx, who, 0)
		}})
	}
	calm := s.calm(room)
	for i, b := range bygones {
		by := account.WorkCases
		if i%3 == 2 { // whoever leads takes one now and then
			by = account.EditPlaybooks
		}
		steps = append(steps, step{b.at.At(s.now), func(ctx context.Context) error { return s.live(ctx, room, calm[i%len(calm)], by, b) }})
	}
	return steps
}

// calm are the adults of a space whose own case the files tell of nowhere, and who have been there all along.
func (s *seeder) calm(room string) []string {
	var found []string
	for _, p := range s.c.People {
		m := p.In(room)
		if m == nil || len(p.Staff) > 0 || p.Minor() || m.Listener || !m.Left.IsZero() || !p.Joined.Before(ago(pastDays, 0, 0)) || s.inTrouble(p.Key) {
			continue
		}
		found = append(found, p.Key)
	}
	return found
}

func (s *seeder) inTrouble(key string) bool {
	for _, t := range s.c.Topics {
		if slices.ContainsFunc(t.Posts, func(p *Post) bool { return p.By == key && p.Case != nil }) {
			return true
		}
	}
	return false
}

// live lets somebody ask for help, and plans what the team does about it.
func (s *seeder) live(ctx context.Context, room, who string, by account.Capability, b bygone) error {
	a := s.actor(who)
	if err := s.Crisis.Press(ctx, a, crisis.Where{Space: s.spaces[room].ID}); err != nil {
		return fmt.Errorf("%s asks for help: %w", who, err)
	}
	if b.danger {
		if err := s.Crisis.Say(ctx, a, crisis.DangerNow); err != nil {
			return fmt.Errorf("%s says more: %w", who, err)
		}
	}
	first, err := s.colleague(by, room)
	if err != nil {
		return err
	}
	second, err := s.colleague(account.SignCases, room, first)
	if err != nil {
		return err
	}
	caseID, err := s.caseOf(ctx, first, who)
	if err != nil {
		return err
	}
	taken := s.Clock.Now().Add(time.Duration(b.taken) * time.Minute)
	reached := taken.Add(time.Duration(b.reached) * time.Minute)
	over := reached.Add(3 * time.Hour)
	s.then(
		step{taken, func(ctx context.Context) error { return s.work(ctx, first, caseID, crisis.Step{Action: crisis.Take}) }},
		step{reached, func(ctx context.Context) error { return s.answerCase(ctx, first, caseID) }},
		step{over, func(ctx context.Context) error { return s.end(ctx, first, second, caseID, b.outcome) }},
	)
	if b.danger {
		s.then(step{over.Add(20 * time.Hour), func(ctx context.Context) error { return s.afterCrisis(ctx, first, second) }})
	}
	return nil
}

// caseOf is the open case of somebody, as a colleague sees it.
func (s *seeder) caseOf(ctx context.Context, colleague, who string) (string, error) {
	cases, err := s.Crisis.Cases(ctx, s.actor(colleague))
	if err != nil {
		return "", err
	}
	for _, c := range cases {
		if c.AccountID != nil && *c.AccountID == s.accounts[who].ID {
			return c.ID, nil
		}
	}
	return "", fmt.Errorf("%s has no case", who)
}

// end closes a case, with a second person if it takes two.
func (s *seeder) end(ctx context.Context, first, second, caseID, outcome string) error {
	file, err := s.Crisis.File(ctx, s.actor(first), caseID)
	if err != nil {
		return err
	}
	if slices.Contains(file.Actions, crisis.Take) {
		if err := s.work(ctx, first, caseID, crisis.Step{Action: crisis.Take}); err != nil {
			return err
		}
	}
	if err := s.work(ctx, first, caseID, crisis.Step{Action: crisis.Close, Outcome: outcome}); err != nil {
		return err
	}
	file, err = s.Crisis.File(ctx, s.actor(second), caseID)
	if err != nil || !file.State.Open() {
		return err
	}
	return s.work(ctx, second, caseID, crisis.Step{Action: crisis.Sign})
}

// afterCrisis is the day after: those who worked on it say whether they want to talk, whoever leads meets who does, and
// the look back is written.
func (s *seeder) afterCrisis(ctx context.Context, first, second string) error {
	for who, answer := range map[string]string{first: care.Want, second: care.Talked} {
		asked, err := s.Care.Asked(ctx, s.actor(who))
		if err != nil {
			return err
		}
		for _, d := range asked {
			if err := s.Care.Answer(ctx, s.actor(who), d.ID, answer); err != nil {
				return fmt.Errorf("%s is asked how they are: %w", who, err)
			}
		}
	}
	wanted, err := s.Care.Wanted(ctx, s.actor(second))
	if err != nil {
		return err
	}
	for _, w := range wanted {
		if err := s.Care.Settle(ctx, s.actor(second), w.ID); err != nil && !fault.Is(err, fault.NotFound) {
			return fmt.Errorf("%s is met: %w", w.Name, err)
		}
	}
	waiting, err := s.Crisis.CaseReviews(ctx, s.actor(second))
	if err != nil {
		return err
	}
	for _, r := range waiting {
		if err := s.writeLookback(ctx, second, r.ID); err != nil {
			return err
		}
	}
	return nil
}
