package job

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"runtime/debug"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"samhold/internal/fault"
	"samhold/internal/id"
)

// How the runner works. A claim is renewed while its handler runs, so a killed process's jobs come back after one
// lease.
const (
	leaseLasts  = 2 * time.Minute
	renewEvery  = 30 * time.Second
	pollEvery   = 2 * time.Second
	maxAttempts = 10
	firstDelay  = 5 * time.Second
	longest     = time.Hour
	// unavailableFor is the longest wait for something that is down: it will be back, so the job is never parked.
	unavailableFor = time.Minute
	// giveBackFor is how long a process that ends waits for the database to take a job back.
	giveBackFor = 3 * time.Second
)

// Handler does one job. A returned error makes it run again later.
type Handler func(ctx context.Context, payload []byte) error

// Handle makes a handler of a function that takes the payload decoded.
func Handle[T any](fn func(ctx context.Context, payload T) error) Handler {
	return func(ctx context.Context, payload []byte) error {
		var v T
		if err := json.Unmarshal(payload, &v); err != nil {
			return fmt.Errorf("decode payload: %w", err)
		}
		return fn(ctx, v)
	}
}

// Runner does the jobs of a queue. Several runners in several processes share the work.
type Runner struct {
	queue    *Queue
	log      *slog.Logger
	worker   string
	workers  int
	handlers map[string]Handler
	kinds    []string
	urgent   []string // kinds that have workers of their own
	counts   counts
}

// Counts are how many attempts have ended how, since the process started.
type Counts struct{ Done, Failed, Parked int64 }

type counts struct{ done, failed, parked atomic.Int64 }

// NewRunner returns a runner that does up to workers jobs at once, and beside them four times as many of the urgent kinds:
// whatever takes long must not keep these waiting, and most of their own time they wait for somebody's server.
func NewRunner(q *Queue, handlers map[string]Handler, workers int, log *slog.Logger, urgent ...string) *Runner {
	r := &Runner{queue: q, log: log, worker: id.New(), workers: max(1, workers), handlers: handlers, urgent: urgent}
	for kind := range handlers {
		r.kinds = append(r.kinds, kind)
	}
	slices.Sort(r.kinds)
	return r
}

// Counts returns the numbers so far.
func (r *Runner) Counts() Counts {
	return Counts{Done: r.counts.done.Load(), Failed: r.counts.failed.Load(), Parked: r.counts.parked.Load()}
}

// Run does jobs until ctx is done, then lets those under way finish; a handler's own context ends with a grace
// period after that.
func (r *Runner) Run(ctx context.Context) {
	work, stop := context.WithCancel(context.WithoutCancel(ctx))
	defer stop()
	var wg sync.WaitGroup
	defer wg.Wait()
	context.AfterFunc(ctx, func() { time.AfterFunc(grace, stop) })
	rest := slices.DeleteFunc(slices.Clone(r.kinds), func(kind string) bool { return slices.Contains(r.urgent, kind) })
	if len(r.urgent) > 0 {
		wg.Go(func() { r.lane(ctx, work, r.urgent, 4*r.workers) })
	}
	r.lane(ctx, work, rest, r.workers)
}

// lane does jobs of some kinds with workers of its own.
func (r *Runner) lane(ctx, work context.Context, kinds []string, workers int) {
	var wg sync.WaitGroup
	defer wg.Wait()
	wake, stop := r.queue.listen()
	defer stop()
	slots := make(chan struct{}, workers)
	for {
		slots <- struct{}{}
		free := 1 + r.more(slots)
		jobs := r.claim(ctx, free, kinds)
		for range free - len(jobs) {
			<-slots
		}
		for _, j := range jobs {
			wg.Go(func() {
				defer func() { <-slots }()
				r.do(work, j)
			})
		}
		if ctx.Err() != nil {
			return
		}
		if len(jobs) > 0 {
			continue
		}
		select {
		case <-ctx.Done():
			return
		case <-wake:
		case <-time.After(pollEvery):
		}
	}
}

// grace is how long jobs under way may go on after Run was told to end.
const grace = 20 * time.Second

// more takes the slots that are free right now.
func (r *Runner) more(slots chan struct{}) int {
	n := 0
	for {
		select {
		case slots <- struct{}{}:
			n++
		default:
			return n
		}
	}
}

// claim returns jobs that are ours now; a database that does not answer means none.
func (r *Runner) claim(ctx context.Context, n int, kinds []string) []Job {
	if ctx.Err() != nil {
		return nil
	}
	now := r.queue.clock.Now()
	var jobs []Job
	err := r.queue.tx.InTx(ctx, func(ctx context.Context) (err error) {
		jobs, err = r.queue.store.Claim(ctx, Claim{Worker: r.worker, Kinds: kinds, Now: now, Until: now.Add(leaseLasts), N: n})
		return err
	})
	if err != nil {
		if ctx.Err() == nil {
			r.log.WarnContext(ctx, "no jobs claimed", "err", err.Error())
		}
		return nil
	}
	return jobs
}

// Drain does every job that is due, one after the other, until none is left. It is for tests and commands.
func (r *Runner) Drain(ctx context.Context) (done int) {
	for {
		jobs := r.claim(ctx, 20, r.kinds)
		if len(jobs) == 0 {
			return done
		}
		for _, j := range jobs {
			r.do(ctx, j)
			done++
		}
	}
}

// do runs one job and settles it. A job that took its whole process down every time is not given another.
func (r *Runner) do(ctx context.Context, j Job) {
	if j.Attempts > maxAttempts {
		r.park(ctx, j, "crashed")
		return
	}
	running, stop := context.WithCancel(ctx)
	defer stop()
	go r.renew(running, stop, j)
	err := r.attempt(running, j)
	if err != nil && ctx.Err() != nil {
		r.giveBack(ctx, j)
		return
	}
	if err := r.settle(ctx, j, err); err != nil {
		r.log.WarnContext(ctx, "job not settled", "job", j.ID, "kind", j.Kind, "err", err.Error())
	}
}

// giveBack lets another process do a job that this one was told to end, at once and without counting the attempt: it
// has not failed. If the database does not answer, the claim runs out.
func (r *Runner) giveBack(ctx context.Context, j Job) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), giveBackFor)
	defer cancel()
	p := Postponement{Job: j.ID, Worker: r.worker, Attempts: max(0, j.Attempts-1), DueAt: j.DueAt, Code: j.LastError}
	err := r.queue.tx.InTx(ctx, func(ctx context.Context) error { return r.queue.store.Postpone(ctx, p) })
	if err != nil {
		r.log.WarnContext(ctx, "job not given back", "job", j.ID, "kind", j.Kind, "err", err.Error())
	}
}

// park lays a job aside that no attempt has settled.
func (r *Runner) park(ctx context.Context, j Job, code string) {
	now := r.queue.clock.Now()
	p := Postponement{Job: j.ID, Worker: r.worker, Attempts: j.Attempts, DueAt: now, Parked: &now, Code: code}
	err := r.queue.tx.InTx(ctx, func(ctx context.Context) error { return r.queue.store.Postpone(ctx, p) })
	if err != nil {
		r.log.WarnContext(ctx, "job not parked", "job", j.ID, "kind", j.Kind, "err", err.Error())
		return
	}
	r.counts.parked.Add(1)
	r.log.ErrorContext(ctx, "job parked", "job", j.ID, "kind", j.Kind, "attempts", j.Attempts, "code", code)
}

// renew keeps the claim while the handler runs, and stops the handler when the claim is lost.
func (r *Runner) renew(ctx context.Context, stop func(), j Job) {
	ticker := time.NewTicker(renewEvery)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
		err := r.queue.tx.InTx(ctx, func(ctx context.Context) error {
			return r.queue.store.Extend(ctx, j.ID, r.worker, r.queue.clock.Now().Add(leaseLasts))
		})
		if fault.Is(err, fault.NotFound) {
			stop()
			return
		}
	}
}

func (r *Runner) attempt(ctx context.Context, j Job) (err error) {
	defer func() {
		if p := recover(); p != nil {
			r.log.ErrorContext(ctx, "job panic", "job", j.ID, "kind", j.Kind, "stack", string(debug.Stack()))
			err = fmt.Errorf("panic: %T", p)
		}
	}()
	handler, ok := r.handlers[j.Kind]
	if !ok {
		return fmt.Errorf("no handler for %q", j.Kind)
	}
	return handler(ctx, []byte(j.Payload))
}

// settle removes a job that is done, postpones one that failed, and parks one that failed too often.
func (r *Runner) settle(ctx context.Context, j Job, failed error) error {
	if failed == nil {
		r.counts.done.Add(1)
		return r.queue.tx.InTx(ctx, func(ctx context.Context) error {
			return r.queue.store.Finish(ctx, j.ID, r.worker)
		})
	}
	r.counts.failed.Add(1)
	now := r.queue.clock.Now()
	p := Postponement{Job: j.ID, Worker: r.worker, Attempts: j.Attempts, DueAt: now.Add(delay(j.Attempts)), Code: code(failed)}
	switch {
	case fault.Is(failed, fault.Unavailable):
		// Waiting must not use up the attempts that a process may die in.
		p.Attempts = min(j.Attempts, maxAttempts/2)
		p.DueAt = now.Add(min(delay(p.Attempts), jitter(unavailableFor)))
	case j.Attempts >= maxAttempts:
		r.counts.parked.Add(1)
		p.Parked = &now
	}
	r.log.WarnContext(ctx, "job failed", "job", j.ID, "kind", j.Kind, "attempts", j.Attempts, "parked", p.Parked != nil,
		"code", p.Code)
	return r.queue.tx.InTx(ctx, func(ctx context.Context) error { return r.queue.store.Postpone(ctx, p) })
}

// delay grows with each attempt: 5 s, 10 s, 20 s … up to an hour, give or take a quarter.
func delay(attempts int) time.Duration {
	d := firstDelay << min(max(attempts-1, 0), 12)
	return jitter(min(d, longest))
}

func jitter(d time.Duration) time.Duration {
	return d*3/4 + time.Duration(rand.Int64N(int64(d)/2)) //nolint:gosec // spreads retries, hides nothing
}
