package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"samhold/internal/app"
	"samhold/internal/clock"
	"samhold/internal/fault"
)

// reindexCommand rebuilds the search index beside the present one and swaps them.
type reindexCommand struct{}

// Run rebuilds here, or, when a serving process holds the index, lets that process do it and waits.
func (reindexCommand) Run(ctx context.Context, w *world) error {
	c, err := w.config()
	if err != nil {
		return err
	}
	a, err := app.Open(ctx, c, app.Options{Log: w.log})
	if err != nil {
		return err
	}
	return errors.Join(reindex(ctx, w, a), a.Close())
}

func reindex(ctx context.Context, w *world, a *app.App) error {
	watch := clock.System{}
	started := watch.Now()
	if err := a.Index.Healthy(ctx); fault.Is(err, fault.Unavailable) {
		if !strings.HasPrefix(a.Config.SearchURL, "bleve:") {
			return err
		}
		fmt.Fprintln(w.out, "another process holds the index; it is asked to rebuild it")
		if err := a.RequestRebuild(ctx); err != nil {
			return err
		}
		return follow(ctx, w, a, started)
	}
	a.Area.Indexer.Log = nil // the bar says it
	if err := a.Area.Indexer.Rebuild(ctx, bar(w.out)); err != nil {
		return err
	}
	fmt.Fprintf(w.out, "\ndone in %s\n", watch.Now().Sub(started).Round(time.Millisecond))
	return nil
}

// How a rebuild in another process is followed.
const (
	lookEvery  = 500 * time.Millisecond
	beginsSoon = 30 * time.Second
)

// follow draws what another process does, as the database tells it, until it is done. When nothing begins soon, the
// work waits in the job table, and that is said.
func follow(ctx context.Context, w *world, a *app.App, since time.Time) error {
	draw, watch, seen := bar(w.out), clock.System{}, false
	for {
		state, err := a.Store.Search().State(ctx)
		if err != nil {
			return err
		}
		switch begun := state.UpdatedAt.After(since); {
		case begun && state.Running:
			seen = true
			draw(state.Done, state.Total)
		case begun || seen:
			draw(state.Done, state.Total)
			fmt.Fprintf(w.out, "\ndone in %s\n", watch.Now().Sub(since).Round(time.Millisecond))
			return nil
		case watch.Now().Sub(since) > beginsSoon:
			fmt.Fprintln(w.out, "nothing has begun yet; the rebuild waits until a process serves")
			return nil
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(lookEvery):
		}
	}
}

// bar draws how far a long piece of work has come: a bar that grows where somebody looks at a terminal, and else a
// line for each tenth.
func bar(out io.Writer) func(done, total int) {
	if !terminal(out) {
		last := -1
		return func(done, total int) {
			if now := 10 * done / max(1, total); now != last {
				last = now
				fmt.Fprintf(out, "%d of %d\n", done, total)
			}
		}
	}
	return func(done, total int) {
		const width = 40
		filled := width
		if total > 0 {
			filled = done * width / total
		}
		fmt.Fprintf(out, "\r[%-*s] %d of %d", width, strings.Repeat("#", filled), done, total)
	}
}

func terminal(out io.Writer) bool {
	f, ok := out.(*os.File)
	if !ok {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}
