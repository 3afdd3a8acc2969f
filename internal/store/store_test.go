package store_test

import (
	"context"
	"testing"

	"samhold/internal/testkit"
)

func TestSchemaIsCurrent(t *testing.T) {
	testkit.EachDatabase(t, func(t *testing.T, db *testkit.Database) {
		m, err := db.Store.Migrations()
		if err != nil {
			t.Fatal(err)
		}
		if err := m.Check(context.Background()); err != nil {
			t.Error(err)
		}
	})
}
