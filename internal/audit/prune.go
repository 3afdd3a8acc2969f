package audit

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"time"
)

// Pruned is the action of an event whose time is over: it says nothing any more, and keeps its place in the chain.
const Pruned Action = "pruned"

// PruneStore is what pruning needs.
type PruneStore interface {
	// Old returns up to limit events before the given moment that still say something; with actions, those alone.
	Old(ctx context.Context, before time.Time, actions []Action, limit int) ([]Event, error)
	// Empty replaces what the event said. It is called in a transaction.
	Empty(ctx context.Context, e Event) error
}

// Prune takes what they say from the events before the given moment: of the named actions, or of all. Number, time and
// both MACs stay, so that the chain and every checkpoint still hold, and a MAC of our own says that it was we who
// emptied them: nobody without the key can empty an event unnoticed.
func (l *Log) Prune(ctx context.Context, before time.Time, actions ...Action) error {
	for {
		events, err := l.store.Old(ctx, before, actions, batch)
		if err != nil {
			return fmt.Errorf("read the audit log: %w", err)
		}
		err = l.runner.InTx(ctx, func(ctx context.Context) error {
			for _, e := range events {
				if err := l.store.Empty(ctx, l.emptied(e)); err != nil {
					return fmt.Errorf("prune the audit log: %w", err)
				}
			}
			return nil
		})
		if err != nil || len(events) < batch {
			return err
		}
	}
}

func (l *Log) emptied(e Event) Event {
	e = Event{Seq: e.Seq, At: e.At, Action: Pruned, ObjectKind: string(Pruned), PrevMAC: e.PrevMAC, MAC: e.MAC}
	e.PrunedMAC = l.prunedMAC(e)
	return e
}

// authentic reports whether the event is what Append wrote, or what Prune left of it.
func (l *Log) authentic(e Event) bool {
	if len(e.PrunedMAC) == 0 {
		return hmac.Equal(e.MAC, l.mac(e))
	}
	left := l.emptied(e)
	return hmac.Equal(e.PrunedMAC, left.PrunedMAC) && e.Actor+e.ObjectID+e.SpaceID+e.Code == "" &&
		e.Action == left.Action && e.ObjectKind == left.ObjectKind
}

func (l *Log) prunedMAC(e Event) []byte {
	b := binary.BigEndian.AppendUint64([]byte("samhold audit pruned 1"), uint64(e.Seq))
	b = binary.BigEndian.AppendUint64(b, uint64(e.At.UnixMicro()))
	for _, part := range [][]byte{e.PrevMAC, e.MAC} {
		b = binary.BigEndian.AppendUint32(b, uint32(len(part)))
		b = append(b, part...)
	}
	h := hmac.New(sha256.New, l.key[:])
	h.Write(b)
	return h.Sum(nil)
}
