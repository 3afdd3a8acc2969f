package audit

import (
	"context"
	"crypto/hmac"
	"fmt"
)

const (
	batch       = 1000
	maxProblems = 100 // more say nothing new
)

// Kind names what is wrong with the chain.
type Kind string

// What Verify finds.
const (
	Changed    Kind = "changed"    // an event was edited, forged or moved to another number
	Unlinked   Kind = "unlinked"   // an event does not follow the one before it
	Missing    Kind = "missing"    // events between two others are gone
	Truncated  Kind = "truncated"  // the last events are gone
	BeyondHead Kind = "beyond"     // there are events after the end of the chain
	HeadDiffer Kind = "head"       // the end of the chain is not the last event
	Checkpoint Kind = "checkpoint" // the chain is not the one that the checkpoint was taken of
)

// Problem is one fault of the chain, at or after the event with this number.
type Problem struct {
	Seq  int64
	Kind Kind
}

// Result is what Verify found. The log is whole when there are no problems.
type Result struct {
	Checked  int64 // events read
	Head     Head  // the last event read
	Problems []Problem
}

func (r *Result) note(seq int64, kind Kind) {
	if len(r.Problems) < maxProblems {
		r.Problems = append(r.Problems, Problem{Seq: seq, Kind: kind})
	}
}

// Verify reads the whole log while others may append to it. The head row shows when the last events were cut off;
// whoever sets that row back as well is caught by a checkpoint kept outside the database, which may be nil.
func (l *Log) Verify(ctx context.Context, checkpoint *Head) (Result, error) {
	var r Result
	// Events are written with the head, so one that this head names must be found, and none after the second head.
	before, err := l.store.Head(ctx)
	if err != nil {
		return r, fmt.Errorf("read the end of the audit log: %w", err)
	}
	known := []Head{before}
	kinds := []Kind{HeadDiffer}
	if checkpoint != nil {
		known, kinds = append(known, *checkpoint), append(kinds, Checkpoint)
	}
	for {
		events, err := l.store.Events(ctx, r.Head.Seq+1, batch)
		if err != nil {
			return r, fmt.Errorf("read the audit log: %w", err)
		}
		for _, e := range events {
			l.check(&r, e)
			for i, k := range known {
				if k.Seq == e.Seq && !hmac.Equal(k.MAC, e.MAC) {
					r.note(e.Seq, kinds[i])
				}
			}
		}
		if len(events) < batch {
			break
		}
	}
	after, err := l.store.Head(ctx)
	if err != nil {
		return r, fmt.Errorf("read the end of the audit log: %w", err)
	}
	for _, k := range known {
		if k.Seq > r.Head.Seq {
			r.note(r.Head.Seq, Truncated)
			break
		}
	}
	switch {
	case after.Seq < r.Head.Seq:
		r.note(after.Seq, BeyondHead)
	case after.Seq == r.Head.Seq && after.Seq != before.Seq && !hmac.Equal(after.MAC, r.Head.MAC):
		r.note(after.Seq, HeadDiffer)
	}
	return r, nil
}

// check compares one event with its MAC and with the event before it, and moves on to it.
func (l *Log) check(r *Result, e Event) {
	r.Checked++
	switch {
	case !l.authentic(e):
		r.note(e.Seq, Changed)
	case e.Seq != r.Head.Seq+1:
		r.note(r.Head.Seq, Missing)
	case !hmac.Equal(e.PrevMAC, r.Head.MAC):
		r.note(e.Seq, Unlinked)
	}
	r.Head = Head{Seq: e.Seq, MAC: e.MAC}
}
