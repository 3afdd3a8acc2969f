package main

import (
	"context"
	"errors"
	"fmt"

	"samhold/internal/app"
	"samhold/internal/fill"
)

// fillCommand makes invented content for load tests. It is for an installation of its own.
type fillCommand struct {
	Members int `default:"2000" help:"People, each in three spaces."`
	Topics  int `default:"20000" help:"Topics."`
	Posts   int `default:"200000" help:"Posts, of 300 to 1,200 characters."`
}

// Run fills the configured database; the search index catches up when the forum is served.
func (f *fillCommand) Run(ctx context.Context, w *world) error {
	c, err := w.config()
	if err != nil {
		return err
	}
	if f.Members < 1 || f.Topics < 1 || f.Posts < f.Topics {
		return errors.New("fill wants at least one member, one topic, and a post for each topic")
	}
	a, err := app.Open(ctx, c, app.Options{Log: w.log})
	if err != nil {
		return err
	}
	_, err = a.Fill(ctx, fill.Size{Members: f.Members, Topics: f.Topics, Posts: f.Posts}, bar(w.out))
	if err == nil {
		fmt.Fprintf(w.out, "\neverybody's passphrase is %q\n", app.DemoPassphrase)
	}
	return errors.Join(err, a.Close())
}
