package app

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strings"
	"sync"
	"time"

	"samhold/internal/store"
)

// shutdownTakes is how long requests under way may go on after the process was told to end.
const shutdownTakes = 15 * time.Second

// Run serves pages on the listener and does jobs until ctx is done, then lets what is under way finish.
func (a *App) Run(ctx context.Context, pages net.Listener) error {
	release, err := a.claim(ctx)
	if err != nil {
		return err
	}
	defer release()
	if err := a.prepare(ctx); err != nil {
		return fmt.Errorf("prepare: %w", err)
	}
	stopMetrics, err := a.serveMetrics()
	if err != nil {
		return err
	}
	defer stopMetrics()
	var wg sync.WaitGroup
	defer wg.Wait()
	jobs, stopJobs := context.WithCancel(context.WithoutCancel(ctx))
	defer stopJobs()
	wg.Go(func() { a.Runner.Run(jobs) })
	wg.Go(func() { a.Area.Crisis.Watch(jobs, a.log) })
	wg.Go(func() { a.Area.Directory.Watch(jobs, a.log) })
	wg.Go(func() { a.Area.Message.Watch(jobs, a.log) })
	wg.Go(func() { a.Area.CheckIn.Watch(jobs, a.log) })
	failed := make(chan error, 1)
	go func() { failed <- a.Web.App().Listener(pages) }()
	select {
	case err := <-failed:
		return fmt.Errorf("serve pages: %w", err)
	case <-ctx.Done():
	}
	a.log.InfoContext(ctx, "ending", "grace", shutdownTakes.String())
	a.drain()
	// Pages end first: what they commit may leave jobs.
	if err := a.Web.App().ShutdownWithTimeout(shutdownTakes); err != nil {
		return fmt.Errorf("end pages: %w", err)
	}
	return nil
}

// handOverTakes is how long a process waits for the one before it to end: as long as that may take to drain, to end its
// pages and to end its jobs.
const handOverTakes = time.Minute

// ErrFolderOfOne refuses a second process whose index is a folder.
var ErrFolderOfOne = errors.New("SAMHOLD_SEARCH_URL: another process serves this database, and an index in a folder knows only what its own " +
	"process writes; give all processes one search server (docs/search.md), or end the other")

// claim makes sure that no other process serves with an index of its own: each would find half of the posts.
func (a *App) claim(ctx context.Context) (release func(), err error) {
	if !strings.HasPrefix(a.Config.SearchURL, "bleve:") {
		return func() {}, nil
	}
	for end := time.After(a.handOver); ; {
		release, err := a.Store.Alone(ctx)
		if !errors.Is(err, store.ErrNotAlone) {
			return release, err
		}
		a.log.WarnContext(ctx, "another process serves this database; waiting for it to end")
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-end:
			return nil, ErrFolderOfOne
		case <-time.After(time.Second):
		}
	}
}

// drain goes on answering for a while, and says at /readyz that it will not for long: a proxy that asks there sends
// nothing new to a process whose door is about to close.
func (a *App) drain() {
	a.ending.Store(true)
	time.Sleep(a.drains)
}

// serveMetrics serves the metrics on their own listener, if one is named.
func (a *App) serveMetrics() (stop func(), err error) {
	if a.Config.MetricsListen == "" {
		return func() {}, nil
	}
	l, err := net.Listen("tcp", a.Config.MetricsListen)
	if err != nil {
		return nil, fmt.Errorf("SAMHOLD_METRICS_LISTEN: %w", err)
	}
	server := &http.Server{Handler: a.metrics.handler(), ReadHeaderTimeout: 5 * time.Second}
	go func() {
		if err := server.Serve(l); !errors.Is(err, http.ErrServerClosed) {
			a.log.Error("metrics ended", "err", err.Error())
		}
	}()
	return func() { _ = server.Close() }, nil
}
