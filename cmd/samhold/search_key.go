package main

import (
	"context"
	"crypto/subtle"
	"errors"
	"fmt"

	"samhold/internal/search/meili"
)

// searchKeyCommand lets a search server know Samhold's key.
type searchKeyCommand struct {
	URL string `required:"" help:"Address of the server, for example http://search:7700."`
}

// Run makes the key with the master key in MEILI_MASTER_KEY. SAMHOLD_SEARCH_KEY, if it is set, must be that key.
func (s *searchKeyCommand) Run(ctx context.Context, w *world) error {
	master, want := w.env["MEILI_MASTER_KEY"], w.env["SAMHOLD_SEARCH_KEY"]
	if master == "" {
		return errors.New("MEILI_MASTER_KEY is missing: the server's master key")
	}
	key, err := meili.Grant(ctx, meili.Options{URL: s.URL, Key: master})
	switch {
	case err != nil:
		return err
	case want == "":
		fmt.Fprintf(w.out, "SAMHOLD_SEARCH_KEY=%s\n", key)
	case subtle.ConstantTimeCompare([]byte(want), []byte(key)) == 0:
		return errors.New("SAMHOLD_SEARCH_KEY does not fit the master key: make the secrets anew, or take the key that this command prints without it")
	default:
		fmt.Fprintln(w.out, "the server knows the key")
	}
	return nil
}
