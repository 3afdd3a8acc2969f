package triage

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strings"
)

// maxLine bounds one JSON line: far above any post, far below trouble.
const maxLine = 4 << 20

type lineIn struct {
	ID    string `json:"id"`
	Text  string `json:"text"`
	Lang  string `json:"lang"`
	Space string `json:"space"`

	// What may be known beside the words.
	Minor    bool     `json:"minor"`
	Night    bool     `json:"night"`
	Earlier  []string `json:"earlier"`  // labels
	ReplyTo  string   `json:"reply_to"` // a label
	Answered string   `json:"answered"` // the text that it answers
}

func (l lineIn) input() (Input, error) {
	in := Input{Text: l.Text, Lang: l.Lang, Space: l.Space, Context: Context{Minor: l.Minor, Night: l.Night, Answered: l.Answered}}
	for _, label := range l.Earlier {
		level, err := ParseLevel(label)
		if err != nil {
			return in, err
		}
		in.Earlier = append(in.Earlier, level)
	}
	if l.ReplyTo == "" {
		return in, nil
	}
	var err error
	in.ReplyTo, err = ParseLevel(l.ReplyTo)
	return in, err
}

type lineOut struct {
	ID       string       `json:"id"`
	Label    string       `json:"label"`
	Category *Category    `json:"category"` // null when there is none
	Reasons  []lineReason `json:"reasons"`
}

type lineReason struct {
	Rule   string `json:"rule"`
	Start  int    `json:"start"` // bytes in the text
	End    int    `json:"end"`
	Raises bool   `json:"raises"`
	Words  string `json:"words"`
}

// Stream reads JSON lines {"id","text","lang","space"}, with the fields of
// Context where they are known, and writes one line
// {"id","label","category","reasons"} for each, in the same order. It stops at
// the first bad line with an error that names it; empty lines are passed over.
// Reasons are worded in the language of the line, Danish unless it is "en".
func Stream(ctx context.Context, a *Assessor, r io.Reader, w io.Writer) (err error) {
	in := bufio.NewScanner(r)
	in.Buffer(make([]byte, 0, 64<<10), maxLine)
	buffered := bufio.NewWriter(w)
	defer func() {
		// What was answered before a bad line is still handed over.
		if ferr := buffered.Flush(); err == nil && ferr != nil {
			err = fmt.Errorf("writing the answers: %w", ferr)
		}
	}()
	out := json.NewEncoder(buffered)
	out.SetEscapeHTML(false)
	line := 0
	for in.Scan() {
		line++
		if err := ctx.Err(); err != nil {
			return err
		}
		if strings.TrimSpace(in.Text()) == "" {
			continue
		}
		var req lineIn
		if err := json.Unmarshal(in.Bytes(), &req); err != nil {
			return fmt.Errorf("line %d: not a JSON object with id, text, lang and space: %w", line, err)
		}
		if req.ID == "" {
			return fmt.Errorf("line %d: id is missing", line)
		}
		input, err := req.input()
		if err != nil {
			return fmt.Errorf("line %d: %w", line, err)
		}
		if err := out.Encode(a.answer(req, input)); err != nil {
			return fmt.Errorf("writing the answer to line %d: %w", line, err)
		}
	}
	if err := in.Err(); err != nil {
		return fmt.Errorf("line %d: %w", line+1, err)
	}
	return nil
}

func (a *Assessor) answer(req lineIn, in Input) lineOut {
	as := a.Assess(in)
	out := lineOut{ID: req.ID, Label: as.Level.String(), Reasons: []lineReason{}}
	if as.Category != "" {
		out.Category = &as.Category
	}
	for _, r := range as.Reasons {
		out.Reasons = append(out.Reasons, lineReason{r.Rule, r.Start, r.End, r.Raises, a.Explain(r, req.Lang)})
	}
	return out
}
