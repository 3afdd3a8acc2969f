package store_test

import (
	"bytes"
	"context"
	"log/slog"
	"strings"
	"testing"
	"time"

	"samhold/internal/crisis"
	"samhold/internal/store"
	"samhold/internal/testkit"
)

// Slow statements are logged by verb and table: never a value, whichever way GORM was asked.
func TestTheLogHoldsNoValues(t *testing.T) {
	testkit.EachDatabase(t, func(t *testing.T, db *testkit.Database) {
		var log bytes.Buffer
		s, err := store.Open(t.Context(), db.URL, store.Options{
			Logger: slog.New(slog.NewTextHandler(&log, nil)), SlowQuery: time.Nanosecond,
		})
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		const secret = "kanariefugl from kanariefugl"
		_, _ = s.Crisis().StaffNames(t.Context(), []string{secret})
		_, _ = s.Crisis().Concern(t.Context(), secret)
		_ = s.InTx(t.Context(), func(ctx context.Context) error {
			_, _, err := s.Crisis().SaveConcern(ctx, &crisis.Concern{ID: secret, About: secret})
			return err
		})
		got := log.String()
		if strings.Contains(got, "kanariefugl") {
			t.Errorf("the log holds a value:\n%s", got)
		}
		if !strings.Contains(got, `statement="SELECT account"`) || !strings.Contains(got, `statement="INSERT concern"`) {
			t.Errorf("the log does not say what was slow:\n%s", got)
		}
	})
}
