package app_test

import (
	"context"
	"io"
	"log/slog"
	"net"
	"net/http"
	"path/filepath"
	"testing"

	"samhold/internal/app"
	"samhold/internal/config"
	"samhold/internal/testkit"
)

const testSecretKey = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="

func settings(t testing.TB, db *testkit.Database) config.Config {
	t.Helper()
	c, err := config.Load(map[string]string{
		"SAMHOLD_BASE_URL":       "http://localhost:8080",
		"SAMHOLD_EXIT_URL":       "http://neutral.test/",
		"SAMHOLD_DATABASE_URL":   db.URL,
		"SAMHOLD_SEARCH_URL":     "bleve:" + t.TempDir(),
		"SAMHOLD_SECRET_KEY":     testSecretKey,
		"SAMHOLD_METRICS_LISTEN": "127.0.0.1:0",
		"SAMHOLD_LEDGER_FILE":    filepath.Join(t.TempDir(), "erased"),
	})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestItOpensServesAndEnds(t *testing.T) {
	testkit.EachDatabase(t, func(t *testing.T, db *testkit.Database) {
		a, err := app.Open(t.Context(), settings(t, db), app.Options{Log: slog.New(slog.DiscardHandler), Volatile: true})
		if err != nil {
			t.Fatal(err)
		}
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		ctx, stop := context.WithCancel(t.Context())
		ended := make(chan error, 1)
		go func() { ended <- a.Run(ctx, l) }()
		for _, path := range []string{"/", "/help", "/join", "/signin", "/concern", "/privacy", "/healthz", "/readyz"} {
			res, err := http.Get("http://" + l.Addr().String() + path)
			if err != nil {
				t.Fatal(err)
			}
			body, err := io.ReadAll(res.Body)
			res.Body.Close()
			if err != nil || res.StatusCode != http.StatusOK {
				t.Errorf("%s: %d %v %.200s", path, res.StatusCode, err, body)
			}
		}
		stop()
		if err := <-ended; err != nil {
			t.Error(err)
		}
		if err := a.Close(); err != nil {
			t.Error(err)
		}
	})
}
