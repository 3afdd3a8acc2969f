// Package job is work that follows a commit: rows that are written in the caller's transaction and done later, at
// least once, by any process. A payload holds ids only. It must never do work inside the transaction that asked for
// it, and a handler must be able to run twice.
package job

import (
	"context"
	"encoding/json"
	"fmt"
	"regexp"
	"sync"
	"time"

	"samhold/internal/clock"
	"samhold/internal/fault"
	"samhold/internal/id"
	"samhold/internal/tx"
)

// Job is one piece of work as it is stored. The admin sees all of it: it holds ids and codes only.
type Job struct {
	ID           string `gorm:"primaryKey"`
	Kind         string
	DedupeKey    *string // while the job waits, the same key is not added again; free once somebody works on it
	Payload      string  // JSON of ids
	DueAt        time.Time
	Attempts     int
	ClaimedBy    *string
	ClaimedUntil *time.Time
	ParkedAt     *time.Time // it failed too often; a person must look
	LastError    string     // a code, never text
	CreatedAt    time.Time
}

// Store keeps jobs. Methods that change rows run in a transaction.
type Store interface {
	// AddJob saves the job unless one with its dedupe key waits already.
	AddJob(ctx context.Context, j *Job) error
	// Claim gives up to n due jobs of the kinds to the worker until the given time, each to one worker only.
	Claim(ctx context.Context, c Claim) ([]Job, error)
	// Extend keeps a claim for longer; NotFound if the job is no longer the worker's.
	Extend(ctx context.Context, jobID, worker string, until time.Time) error
	// Finish removes a job that is the worker's.
	Finish(ctx context.Context, jobID, worker string) error
	// Postpone gives a job that is the worker's back, due later, or parks it.
	Postpone(ctx context.Context, p Postponement) error
	// ParkedJobs returns the parked jobs, oldest first.
	ParkedJobs(ctx context.Context) ([]Job, error)
	// Unpark makes a parked job due now with its attempts forgotten; NotFound if it is not parked.
	Unpark(ctx context.Context, jobID string, now time.Time) error
	// JobStats counts what waits.
	JobStats(ctx context.Context, now time.Time) (Stats, error)
}

// Claim is a worker's wish for work.
type Claim struct {
	Worker string
	Kinds  []string
	Now    time.Time
	Until  time.Time
	N      int
}

// Postponement is what becomes of a job that failed.
type Postponement struct {
	Job      string
	Worker   string
	DueAt    time.Time
	Attempts int
	Parked   *time.Time
	Code     string
}

// Stats are numbers about the queue.
type Stats struct {
	Waiting int
	Parked  int
	Oldest  time.Duration // how long the longest due job has waited, 0 if none is due
}

// Queue takes work. It is safe for concurrent use.
type Queue struct {
	store Store
	tx    tx.Runner
	clock clock.Clock

	mu    sync.Mutex
	wakes map[chan struct{}]bool // of those who look for work in this process
}

// NewQueue returns a queue over store.
func NewQueue(store Store, runner tx.Runner, c clock.Clock) *Queue {
	return &Queue{store: store, tx: runner, clock: c, wakes: map[chan struct{}]bool{}}
}

// Option changes how a job is added.
type Option func(*Job)

// At makes the job due at the given time instead of now.
func At(due time.Time) Option { return func(j *Job) { j.DueAt = due } }

// Once adds the job only if none with the same kind and key waits.
func Once(key string) Option {
	return func(j *Job) {
		k := j.Kind + ":" + key
		j.DedupeKey = &k
	}
}

var kindForm = regexp.MustCompile(`^[a-z_]{1,40}$`)

// Enqueue adds work of a kind with a payload of ids. It joins the transaction of ctx, and once that has committed the
// runner of this process looks at once.
func (q *Queue) Enqueue(ctx context.Context, kind string, payload any, options ...Option) error {
	if !kindForm.MatchString(kind) {
		return fmt.Errorf("job kind %q", kind)
	}
	body, err := json.Marshal(payload)
	if err != nil {
		return fmt.Errorf("encode payload of %s: %w", kind, err)
	}
	now := q.clock.Now()
	j := &Job{ID: id.New(), Kind: kind, Payload: string(body), DueAt: now, CreatedAt: now}
	for _, o := range options {
		o(j)
	}
	return q.tx.InTx(ctx, func(ctx context.Context) error {
		if err := q.store.AddJob(ctx, j); err != nil {
			return fmt.Errorf("add %s: %w", kind, err)
		}
		q.tx.AfterCommit(ctx, q.Wake)
		return nil
	})
}

// Wake lets the runners of this process look for work now.
func (q *Queue) Wake() {
	q.mu.Lock()
	defer q.mu.Unlock()
	for wake := range q.wakes {
		select {
		case wake <- struct{}{}:
		default:
		}
	}
}

// listen returns a channel that says when there may be work, until stop is called.
func (q *Queue) listen() (wake chan struct{}, stop func()) {
	wake = make(chan struct{}, 1)
	q.mu.Lock()
	defer q.mu.Unlock()
	q.wakes[wake] = true
	return wake, func() {
		q.mu.Lock()
		defer q.mu.Unlock()
		delete(q.wakes, wake)
	}
}

// Parked returns the jobs that failed too often.
func (q *Queue) Parked(ctx context.Context) ([]Job, error) { return q.store.ParkedJobs(ctx) }

// Retry makes a parked job due again. NotFound if it is not parked.
func (q *Queue) Retry(ctx context.Context, jobID string) error {
	return q.tx.InTx(ctx, func(ctx context.Context) error {
		if err := q.store.Unpark(ctx, jobID, q.clock.Now()); err != nil {
			return err
		}
		q.tx.AfterCommit(ctx, q.Wake)
		return nil
	})
}

// Stats counts what waits.
func (q *Queue) Stats(ctx context.Context) (Stats, error) {
	return q.store.JobStats(ctx, q.clock.Now())
}

// code is what the admin sees of an error: its kind.
func code(err error) string {
	if err == context.DeadlineExceeded { //nolint:errorlint // only the bare one means that our own deadline passed
		return "too_slow"
	}
	return fault.KindOf(err).String()
}
