package main

import (
	"context"

	"samhold/internal/triage"
)

// triageCommand assesses texts: lines {"id","text","lang","space"} in, {"id","label","category","reasons"} out.
type triageCommand struct{}

// Run reads standard input to its end.
func (triageCommand) Run(ctx context.Context, w *world) error {
	a, err := triage.New()
	if err != nil {
		return err
	}
	return triage.Stream(ctx, a, w.in, w.out)
}
