package demo

import (
	"context"
	"errors"
	"fmt"
	"time"

	"samhold/internal/account"
	"samhold/internal/checkin"
	"samhold/internal/fault"
	"samhold/internal/message"
)

// talks are a member's conversation with those on duty: a question, an answer, and one more that waits.
func (s *seeder) talks() []step {
	var member string
	write := func(text string) func(context.Context) error {
		return func(ctx context.Context) (err error) {
			if member == "" {
				if member, err = s.atEase(ctx); err != nil {
					return err
				}
			}
			if _, err := s.Message.Send(ctx, s.actor(member), message.Text{Key: message.NewKey(), Body: text, Lang: "da"}); err != nil {
				return fmt.Errorf("%s writes to those on duty: %w", member, err)
			}
			return nil
		}
	}
	answer := func(text string) func(context.Context) error {
		return func(ctx context.Context) error {
			who, err := s.colleague(account.WorkCases, s.person(member).Memberships[0].Space)
			if err != nil {
				return err
			}
			waiting, err := s.Message.Waiting(ctx, s.actor(who))
			if err != nil || len(waiting) == 0 {
				return fmt.Errorf("%s finds %d conversations: %w", who, len(waiting), err)
			}
			door := message.Door{Thread: waiting[0].ID}
			if _, err := s.Message.Open(ctx, s.actor(who), door); err != nil {
				return fmt.Errorf("%s opens a conversation: %w", who, err)
			}
			signed := message.Text{Key: message.NewKey(), Body: text + "\n" + s.person(who).StaffName, Lang: "da"}
			if err := s.Message.Answer(ctx, s.actor(who), door, signed); err != nil {
				return fmt.Errorf("%s answers: %w", who, err)
			}
			return nil
		}
	}
	agree := func(ctx context.Context) error {
		who, err := s.colleague(account.WorkCases, s.person(member).Memberships[0].Space)
		if err != nil {
			return err
		}
		waiting, err := s.Message.Waiting(ctx, s.actor(who))
		if err != nil || len(waiting) == 0 {
			return fmt.Errorf("%s finds %d conversations: %w", who, len(waiting), err)
		}
		day, _ := s.CheckIn.Wall(s.now.Add(24 * time.Hour))
		wish := checkin.Wish{Day: day, At: "10:00", Grace: checkin.DefaultGrace, Days: 3, Note: "Bare et ord om, hvordan natten gik."}
		made, err := s.CheckIn.Propose(ctx, s.actor(who), message.Door{Thread: waiting[0].ID}, wish)
		if err != nil {
			return fmt.Errorf("%s proposes a time: %w", who, err)
		}
		if err := s.CheckIn.Agree(ctx, s.actor(member), made, wish); err != nil {
			return fmt.Errorf("%s says yes to a time: %w", member, err)
		}
		return nil
	}
	return []step{
		{s.now.Add(-22 * time.Hour), write("Hej. Min søster har spurgt, om vi holder jul sammen i år. Jeg ved ikke, hvad jeg skal sige til hende.")},
		{s.now.Add(-21 * time.Hour), answer("Hej. Godt, at du skriver det her. Du behøver ikke svare hende i dag. Hvad ville du selv ønske, hvis du bare måtte vælge? Skriv, når du har lyst.")},
		{s.now.Add(-25 * time.Minute), write("Tak for svaret. Hvornår har I tid igen?")},
		{s.now.Add(-20 * time.Minute), agree},
	}
}

// atEase is a grown-up member of one room who has no case.
func (s *seeder) atEase(ctx context.Context) (string, error) {
	for _, p := range s.c.People {
		if len(p.Staff) > 0 || p.Minor() || len(p.Memberships) != 1 || !p.Memberships[0].Left.IsZero() || p.Memberships[0].Listener {
			continue
		}
		if _, err := s.Crisis.OwnCard(ctx, s.actor(p.Key), ""); fault.Is(err, fault.NotFound) {
			return p.Key, nil
		}
	}
	return "", errors.New("every member has a case")
}
