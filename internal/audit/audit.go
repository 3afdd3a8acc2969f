// Package audit is the log of what staff and the system decided: append-only, each event chained to the one before
// by an HMAC whose key is outside the database. It holds ids and codes only, and must never hold a word that
// somebody wrote, a name or an address. Ordinary posts are not audited.
package audit

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"time"

	"samhold/internal/clock"
	"samhold/internal/id"
	"samhold/internal/tx"
)

// Action names what was done, as in "case_taken". Each area declares its own.
type Action string

// Event is one thing that was done. Seq, PrevMAC and MAC are given by Append.
type Event struct {
	Seq        int64     `gorm:"column:seq;primaryKey;autoIncrement:false"`
	At         time.Time `gorm:"column:at"`
	Actor      string    `gorm:"column:actor"` // an account, or empty for the system itself
	Action     Action    `gorm:"column:action"`
	ObjectKind string    `gorm:"column:object_kind"` // a code, as in "post"
	ObjectID   string    `gorm:"column:object_id"`   // an id, or empty where the kind says it all
	SpaceID    string    `gorm:"column:space_id"`    // an id, or empty outside every space
	Code       string    `gorm:"column:code"`        // the reason or outcome chosen from a list, or empty
	PrevMAC    []byte    `gorm:"column:prev_mac"`
	MAC        []byte    `gorm:"column:mac"`
	PrunedMAC  []byte    `gorm:"column:pruned_mac"` // set once the event's time was over; see Prune
}

// TableName implements GORM's Tabler.
func (Event) TableName() string { return "audit_event" }

// Head is the end of the chain: the last event's number and MAC. An empty log has Seq 0 and no MAC.
type Head struct {
	Seq int64
	MAC []byte
}

// Store keeps events. LockHead and SaveEvent are called in a transaction.
type Store interface {
	// Head returns the end of the chain without holding up writers.
	Head(ctx context.Context) (Head, error)
	// LockHead returns the end of the chain and keeps other writers waiting until the transaction ends.
	LockHead(ctx context.Context) (Head, error)
	// SaveEvent adds the event and moves the head to it.
	SaveEvent(ctx context.Context, e Event, head Head) error
	// Events returns up to limit events from fromSeq on, in the order of Seq.
	Events(ctx context.Context, fromSeq int64, limit int) ([]Event, error)

	PruneStore
}

// Log appends to the chain and verifies it.
type Log struct {
	runner tx.Runner
	store  Store
	key    [32]byte
}

// New returns a log. The key comes from the keyring, under a label of its own, and is nowhere in the database.
func New(runner tx.Runner, store Store, key [32]byte) *Log {
	return &Log{runner: runner, store: store, key: key}
}

// Append adds an event in the caller's transaction, so that what was done and its trace commit together or not at
// all; without one it opens its own. At is the caller's now. An event that could hold free text is refused.
// The end of the log is one row that every writer locks: append after the transaction's other writes.
func (l *Log) Append(ctx context.Context, e Event) error {
	if err := e.validate(); err != nil {
		return fmt.Errorf("append to the audit log: %w", err)
	}
	return l.runner.InTx(ctx, func(ctx context.Context) error {
		head, err := l.store.LockHead(ctx)
		if err != nil {
			return fmt.Errorf("lock the audit log: %w", err)
		}
		e.At = clock.Exact(e.At)
		e.Seq = head.Seq + 1
		e.PrevMAC = append([]byte{}, head.MAC...)
		e.MAC = l.mac(e)
		if err := l.store.SaveEvent(ctx, e, Head{Seq: e.Seq, MAC: e.MAC}); err != nil {
			return fmt.Errorf("append to the audit log: %w", err)
		}
		return nil
	})
}

func (e Event) validate() error {
	switch {
	case e.At.IsZero():
		return errors.New("the event has no time")
	case !isCode(string(e.Action)):
		return errors.New("the action is not a code")
	case !isCode(e.ObjectKind):
		return errors.New("the kind of object is not a code")
	case e.Code != "" && !isCode(e.Code):
		return errors.New("the code is not a code")
	case e.Actor != "" && !id.Valid(e.Actor):
		return errors.New("the actor is not an id")
	case e.ObjectID != "" && !id.Valid(e.ObjectID):
		return errors.New("the object is not an id")
	case e.SpaceID != "" && !id.Valid(e.SpaceID):
		return errors.New("the space is not an id")
	}
	return nil
}

// isCode reports whether s is one to forty letters a to z and underscores.
func isCode(s string) bool {
	if s == "" || len(s) > 40 {
		return false
	}
	for i := range len(s) {
		if c := s[i]; c != '_' && (c < 'a' || c > 'z') {
			return false
		}
	}
	return true
}

// mac authenticates the event with its number and the event before it. Every part is written with its length, so
// that no two events give the same bytes.
func (l *Log) mac(e Event) []byte {
	b := binary.BigEndian.AppendUint64([]byte("samhold audit 1"), uint64(e.Seq))
	b = binary.BigEndian.AppendUint64(b, uint64(e.At.UnixMicro()))
	for _, part := range []string{
		e.Actor, string(e.Action), e.ObjectKind, e.ObjectID, e.SpaceID, e.Code, string(e.PrevMAC),
	} {
		b = binary.BigEndian.AppendUint32(b, uint32(len(part)))
		b = append(b, part...)
	}
	h := hmac.New(sha256.New, l.key[:])
	h.Write(b)
	return h.Sum(nil)
}
