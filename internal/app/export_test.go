package app

import (
	"context"
	"net/http"
)

// Metrics is what the metrics listener serves.
func (a *App) Metrics() http.Handler { return a.metrics.handler() }

// Prepare leaves the jobs that a start needs.
func (a *App) Prepare(ctx context.Context) error { return a.prepare(ctx) }
