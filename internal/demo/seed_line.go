package demo

import (
	"context"
	"errors"
	"fmt"
	"time"

	"samhold/internal/account"
	"samhold/internal/directory"
)

// offer adds one invented offer nearby, which says that it is invented. The real help lines stay unconfirmed: nobody has
// called them.
func (s *seeder) offer(ctx context.Context) error {
	var keepers []string
	for _, p := range s.c.People {
		if s.actor(p.Key).Can(account.EditLines) {
			keepers = append(keepers, p.Key)
		}
	}
	if len(keepers) < 2 {
		return errors.New("the demo has not two people who keep the help lines")
	}
	id, err := s.Directory.Propose(ctx, s.actor(keepers[0]), "", 0, directory.Draft{
		Facts: directory.Facts{
			Name: "Kaffebordet (opdigtet, kun i demoen)", Purpose: "Et opdigtet sted, så du kan se, hvordan et tilbud i nærheden står her.",
			PurposeEN: "An invented place, to show how an offer nearby looks here.", Need: "local", Place: "Det findes ikke i virkeligheden.",
			Source:   "Opdigtet til demoen",
			Channels: []directory.Channel{{Way: directory.Call, None: true}, {Way: directory.SMS, None: true}, {Way: directory.Chat, None: true}},
		},
		ExpiresOn: s.now.AddDate(0, 6, 0).Format(time.DateOnly),
	})
	if err != nil {
		return fmt.Errorf("offer: %w", err)
	}
	sheet, err := s.Directory.Sheet(ctx, s.actor(keepers[1]), id)
	if err != nil {
		return fmt.Errorf("offer: %w", err)
	}
	if err := s.Directory.Agree(ctx, s.actor(keepers[1]), id, sheet.Entry.Version); err != nil {
		return fmt.Errorf("offer: %w", err)
	}
	return nil
}
