package store_test

import (
	"context"
	"testing"

	"samhold/internal/fault"
	"samhold/internal/testkit"
)

// Everybody's count of a topic's posts is how many they meet in it.
func TestPlacesAreCounted(t *testing.T) {
	t.Parallel()
	testkit.EachDatabase(t, func(t *testing.T, db *testkit.Database) {
		h := layOut(t, db)
		topics := db.Store.Topics()
		err := db.Store.InTx(t.Context(), func(ctx context.Context) error {
			for _, one := range h.topics {
				if err := topics.Tally(ctx, one.ID); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		seen := map[int]int{}
		for _, kind := range scopeActors {
			a := h.actors[kind.name]
			for _, one := range h.topics {
				opened, err := topics.Opened(t.Context(), a, one.ID)
				if fault.Is(err, fault.NotFound) {
					continue
				}
				if err != nil {
					t.Fatal(err)
				}
				posts, err := topics.Posts(t.Context(), a, one.ID, 0, 1000)
				if err != nil {
					t.Fatal(err)
				}
				seen[len(posts)]++
				if opened.Places != len(posts) {
					t.Errorf("%s meets %d posts in %s, and %d are counted", kind.name, len(posts), h.describe(one.ID), opened.Places)
				}
			}
		}
		if len(seen) < 3 {
			t.Errorf("everybody meets the same: %v", seen)
		}
	})
}
