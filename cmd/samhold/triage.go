package main

import (
	"context"
	"fmt"
	"io"
	"os"

	"samhold/internal/triage"
)

// triageCommand assesses texts: lines {"id","text","lang","space"} in, {"id","label","category","reasons"} out.
type triageCommand struct {
	Explain     bool   `help:"Read one plain text instead, and say in words what raised and what lowered it."`
	Corrections string `type:"existingfile" placeholder:"FILE" help:"Read what moderators fetched at /mod/rules/corrections instead, and say how the levels and each rule did."`
	Lang        string `enum:"da,en" default:"da" help:"The language of the words: da or en."`
}

// Run reads standard input to its end.
func (c triageCommand) Run(ctx context.Context, w *world) error {
	a, err := triage.New()
	if err != nil {
		return err
	}
	if c.Corrections != "" {
		return c.judge(a, w.out)
	}
	if !c.Explain {
		return triage.Stream(ctx, a, w.in, w.out)
	}
	text, err := io.ReadAll(w.in)
	if err != nil {
		return fmt.Errorf("reading the text: %w", err)
	}
	_, err = io.WriteString(w.out, a.Words(string(text), a.Assess(triage.Input{Text: string(text), Lang: c.Lang}), c.Lang))
	return err
}

func (c triageCommand) judge(a *triage.Assessor, out io.Writer) error {
	f, err := os.Open(c.Corrections)
	if err != nil {
		return err
	}
	defer f.Close()
	corrections, err := triage.ReadCorrections(f)
	if err != nil {
		return fmt.Errorf("%s: %w", c.Corrections, err)
	}
	return a.Write(out, triage.Judge(corrections), c.Lang)
}
