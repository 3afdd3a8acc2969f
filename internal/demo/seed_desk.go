package demo

import (
	"context"
	"fmt"
	"time"

	"samhold/internal/account"
	"samhold/internal/admin"
	"samhold/internal/crisis"
	"samhold/internal/plan"
	"samhold/internal/playbook"
	"samhold/internal/safeguarding"
	"samhold/internal/support"
	"samhold/internal/triage"
)

// desk is what the team has done beside talking: a call to 112, a step of a playbook, looks back at crises. One
// look back is still to be written. A member has left somebody whom we may call.
func (s *seeder) desk(ctx context.Context) error {
	room := s.c.Spaces[0].Key
	lead, err := s.colleague(account.EditPlaybooks, room)
	if err != nil {
		return err
	}
	if err := s.lookBack(ctx, lead); err != nil {
		return err
	}
	key := playbook.For(string(triage.Suicide), string(triage.Author), "da")
	if err := s.Playbook.Approve(ctx, s.actor(lead), key, 0); err != nil {
		return fmt.Errorf("approve a playbook: %w", err)
	}
	for _, p := range s.c.People {
		if len(p.Staff) == 0 && len(p.Memberships) > 0 {
			if err := s.Crisis.Trust(ctx, s.actor(p.Key), crisis.TrustedPerson{Name: "Bente", Phone: "00 00 00 00", Relation: "min nabo"}); err != nil {
				return fmt.Errorf("somebody to call: %w", err)
			}
			break
		}
	}
	cases, err := s.Crisis.Cases(ctx, s.actor(lead))
	if err != nil {
		return err
	}
	for _, c := range cases {
		if c.Level == triage.Crisis.String() {
			if err := s.help(ctx, lead, c.ID); err != nil {
				return err
			}
			if err := s.share(ctx, *c.AccountID); err != nil {
				return err
			}
			if err := s.support(ctx, lead, c.ID); err != nil {
				return err
			}
			break
		}
	}
	if len(cases) == 0 {
		return nil
	}
	// Where the rules heard of no child, somebody of the team did.
	about := cases[len(cases)-1].ID
	for _, c := range cases {
		if safeguarding.ChildAtRisk(&c.Case) {
			about = c.ID
			break
		}
	}
	if err := s.concern(ctx, lead, about); err != nil {
		return err
	}
	return s.promises(ctx, lead)
}

// promises are what the house knows of the team: all but the lead have signed, and who has which duty.
func (s *seeder) promises(ctx context.Context, lead string) error {
	boss, err := s.colleague(account.ManageJobs, "")
	if err != nil {
		return err
	}
	by, signed := s.actor(boss), s.now.AddDate(0, -3, 0)
	for _, p := range s.c.People {
		if len(p.Staff) == 0 || p.Key == boss {
			continue
		}
		who := s.accounts[p.Key].ID
		if p.Key != lead {
			if err := s.Admin.Declare(ctx, by, who, signed, "2026-1"); err != nil {
				return fmt.Errorf("a promise: %w", err)
			}
		}
		duty := admin.DutyNo
		if p.Key == lead {
			duty = admin.DutyYes
		}
		if err := s.Admin.SetDuty(ctx, by, who, duty, signed); err != nil {
			return fmt.Errorf("a duty: %w", err)
		}
	}
	return nil
}

// concern begins an underretning about the child of a case.
func (s *seeder) concern(ctx context.Context, who, caseID string) error {
	writer := s.actor(who)
	writer.ProvenAt = writer.At // whoever seeds the demo stands beside the desk
	err := s.Guarding.Save(ctx, writer, caseID, 0, safeguarding.Words{
		Municipality: "Lillehavn Kommune (vi har spurgt og venter på svar)",
		Child:        "Et barn, som vi ikke kender navnet på. Efter det, der er skrevet, mellem 8 og 12 år.",
		Said:         "»Når de drikker, går jeg ud og sidder i skuret.« Skrevet søndag aften.",
		Told:         "Vi har skrevet, at vi er nødt til at sige det til nogen, der kan hjælpe.",
		Danger:       "no", Writer: "Ellen, 00 00 00 00", Capacity: "Frivillig bagvagt",
	})
	if err != nil {
		return fmt.Errorf("an underretning: %w", err)
	}
	return nil
}

// help ticks the first step of the case's playbook and writes a call to 112 down.
func (s *seeder) help(ctx context.Context, who, caseID string) error {
	list, err := s.Playbook.Checklist(ctx, s.actor(who), caseID, "da")
	if err != nil {
		return err
	}
	if len(list.Open) > 0 {
		err := s.Playbook.Check(ctx, s.actor(who), caseID, "da", playbook.StepHash(list.Open[0]), "Læst to gange.")
		if err != nil {
			return fmt.Errorf("a step: %w", err)
		}
	}
	return s.Crisis.CallEmergency(ctx, s.actor(who), caseID, crisis.NewEmergency{
		Line: "112", At: s.now.Add(-25 * time.Minute), Result: "waiting",
		Told: "En person skriver til os om at ville dø i nat. Vi kender ikke navn eller sted endnu, og vi spørger.",
	})
}

// share lets the person with the account have a safety plan, which whoever has their case may read.
func (s *seeder) share(ctx context.Context, accountID string) error {
	for _, p := range s.c.People {
		if s.accounts[p.Key].ID != accountID {
			continue
		}
		a := s.actor(p.Key)
		_, err := s.Plan.Save(ctx, a, 0, map[string]string{
			plan.Signs:  "Jeg holder op med at svare på beskeder. Jeg bliver oppe hele natten.",
			plan.Helps:  "En tur om blokken med hunden. Radioen lavt om natten.",
			plan.People: "Min faster, hun sover let og har sagt, at jeg må ringe.",
			plan.Safe:   "Min faster har nøglen til skabet.",
		}, "da")
		if err != nil {
			return fmt.Errorf("a safety plan: %w", err)
		}
		if err := s.Plan.Share(ctx, a); err != nil {
			return fmt.Errorf("share a safety plan: %w", err)
		}
	}
	return nil
}

// support is what the team suggests for a support plan.
func (s *seeder) support(ctx context.Context, lead, caseID string) error {
	who := s.actor(lead)
	who.ProvenAt = who.At
	err := s.Support.Propose(ctx, who, caseID, support.Draft{
		Words: support.Words{
			Before:  "Nætter uden søvn, og dagene omkring en fødselsdag.",
			Helps:   "At nogen spørger lige ud. At få lov at skrive, uden at skulle ringe.",
			Agreed:  "Du skriver til vagten, før det bliver nat. Vi svarer, så snart der er vagt.",
			Answers: "Den, der har vagt. Tiderne står på din side, og om natten er der ikke altid nogen.",
			Outside: "Din faster, lægen, Livslinien.",
		},
		ReviewOn: s.now.AddDate(0, 0, 21),
	})
	if err != nil {
		return fmt.Errorf("suggest a support plan: %w", err)
	}
	return nil
}

// lookBack writes the looks back at crises that ended, but for the newest.
func (s *seeder) lookBack(ctx context.Context, who string) error {
	waiting, err := s.Crisis.CaseReviews(ctx, s.actor(who))
	if err != nil || len(waiting) == 0 {
		return err
	}
	for _, r := range waiting[:len(waiting)-1] {
		if err := s.writeLookback(ctx, who, r.ID); err != nil {
			return err
		}
	}
	return nil
}

func (s *seeder) writeLookback(ctx context.Context, who, reviewID string) error {
	err := s.Crisis.WriteReview(ctx, s.actor(who), reviewID, crisis.Lookback{
		Seen:    "Ordene om i aften blev set med det samme, og sagen blev taget.",
		Late:    "Vi var længe om at spørge, hvem der var hos personen.",
		Changed: "Vi spørger om det i den første besked.",
	})
	if err != nil {
		return fmt.Errorf("look back: %w", err)
	}
	return nil
}
