package app

import "net/http"

// Metrics is what the metrics listener serves.
func (a *App) Metrics() http.Handler { return a.metrics.handler() }
