package main

import (
	"context"
	"errors"
	"fmt"
	"io"
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
	if err := a.Index.Healthy(ctx); fault.Is(err, fault.Unavailable) {
		fmt.Fprintln(w.out, "another process holds the index; it is asked to rebuild it")
		return a.RequestRebuild(ctx)
	}
	watch := clock.System{}
	started := watch.Now()
	if err := a.Area.Indexer.Rebuild(ctx, bar(w.out)); err != nil {
		return err
	}
	fmt.Fprintf(w.out, "\ndone in %s\n", watch.Now().Sub(started).Round(time.Millisecond))
	return nil
}

// bar draws how far a long piece of work has come.
func bar(out io.Writer) func(done, total int) {
	return func(done, total int) {
		const width = 40
		filled := width
		if total > 0 {
			filled = done * width / total
		}
		fmt.Fprintf(out, "\r[%-*s] %d of %d", width, strings.Repeat("#", filled), done, total)
	}
}
