package job_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"samhold/internal/fault"
	"samhold/internal/job"
	"samhold/internal/testkit"
)

type payload struct {
	N int `json:"n"`
}

func queue(db *testkit.Database) *job.Queue { return job.NewQueue(db.Store.Job(), db.Store, db.Clock) }

func runner(q *job.Queue, handlers map[string]job.Handler) *job.Runner {
	return job.NewRunner(q, handlers, 4, slog.New(slog.DiscardHandler))
}

func TestAJobCommitsWithItsTransaction(t *testing.T) {
	testkit.EachDatabase(t, func(t *testing.T, db *testkit.Database) {
		q := queue(db)
		var ran atomic.Int64
		r := runner(q, map[string]job.Handler{"work": job.Handle(func(context.Context, payload) error {
			ran.Add(1)
			return nil
		})})
		undo := errors.New("undo")
		err := db.Store.InTx(t.Context(), func(ctx context.Context) error {
			if err := q.Enqueue(ctx, "work", payload{1}); err != nil {
				return err
			}
			return undo
		})
		if !errors.Is(err, undo) {
			t.Fatal(err)
		}
		if r.Drain(t.Context()); ran.Load() != 0 {
			t.Error("a job ran whose transaction was undone")
		}
		if err := q.Enqueue(t.Context(), "work", payload{1}); err != nil {
			t.Fatal(err)
		}
		if r.Drain(t.Context()); ran.Load() != 1 {
			t.Errorf("got %d runs, want 1", ran.Load())
		}
		if r.Drain(t.Context()); ran.Load() != 1 {
			t.Error("a job that was done ran again")
		}
	})
}

func TestSeveralProcessesShareTheWork(t *testing.T) {
	testkit.EachDatabase(t, func(t *testing.T, db *testkit.Database) {
		const jobs = 200
		q := queue(db)
		err := db.Store.InTx(t.Context(), func(ctx context.Context) error {
			for n := range jobs {
				if err := q.Enqueue(ctx, "work", payload{n}); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		var mu sync.Mutex
		runs := map[int]int{}
		handlers := map[string]job.Handler{"work": job.Handle(func(_ context.Context, p payload) error {
			mu.Lock()
			defer mu.Unlock()
			runs[p.N]++
			return nil
		})}
		other := testkit.Reopen(t, db)
		elsewhere := job.NewQueue(other.Job(), other, db.Clock)
		var wg sync.WaitGroup
		for _, from := range []*job.Queue{q, elsewhere, q, elsewhere} {
			wg.Go(func() { runner(from, handlers).Drain(t.Context()) })
		}
		wg.Wait()
		if len(runs) != jobs {
			t.Errorf("%d of %d jobs ran", len(runs), jobs)
		}
		for n, times := range runs {
			if times != 1 {
				t.Errorf("job %d ran %d times", n, times)
			}
		}
	})
}

// PostgreSQL expects as many jobs as there were when it last counted them, and plans for that.
func TestNoMoreJobsAreClaimedThanAskedFor(t *testing.T) {
	testkit.EachDatabase(t, func(t *testing.T, db *testkit.Database) {
		q := queue(db)
		for n := range 50 {
			if err := q.Enqueue(t.Context(), "work", payload{n}); err != nil {
				t.Fatal(err)
			}
			if n == 0 {
				db.Exec(t, "ANALYZE job")
			}
		}
		for range 3 {
			err := db.Store.InTx(t.Context(), func(ctx context.Context) error {
				got, err := db.Store.Job().Claim(ctx, job.Claim{
					Worker: "one", Kinds: []string{"work"}, Now: db.Clock.Now(), Until: db.Clock.Now().Add(time.Minute), N: 2,
				})
				if len(got) != 2 {
					t.Errorf("asked for 2 jobs, claimed %d", len(got))
				}
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
		}
	})
}

func TestAKilledWorkersJobComesBack(t *testing.T) {
	testkit.EachDatabase(t, func(t *testing.T, db *testkit.Database) {
		q := queue(db)
		if err := q.Enqueue(t.Context(), "work", payload{1}); err != nil {
			t.Fatal(err)
		}
		// A worker that claims and is never heard of again.
		err := db.Store.InTx(t.Context(), func(ctx context.Context) error {
			got, err := db.Store.Job().Claim(ctx, job.Claim{
				Worker: "dead", Kinds: []string{"work"}, Now: db.Clock.Now(), Until: db.Clock.Now().Add(time.Minute), N: 5,
			})
			if err == nil && len(got) != 1 {
				err = fmt.Errorf("claimed %d jobs", len(got))
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		ran := 0
		r := runner(q, map[string]job.Handler{"work": func(context.Context, []byte) error { ran++; return nil }})
		if r.Drain(t.Context()); ran != 0 {
			t.Fatal("a job ran that another worker holds")
		}
		db.Clock.Advance(time.Minute)
		if r.Drain(t.Context()); ran != 1 {
			t.Errorf("the job ran %d times after its claim ran out, want 1", ran)
		}
	})
}

// A handler that ends the whole process never comes to say that it failed.
func TestAJobThatKillsItsWorkersIsParked(t *testing.T) {
	testkit.EachDatabase(t, func(t *testing.T, db *testkit.Database) {
		q := queue(db)
		if err := q.Enqueue(t.Context(), "work", payload{1}); err != nil {
			t.Fatal(err)
		}
		const attempts = 10
		for n := range attempts {
			claim := job.Claim{
				Worker: fmt.Sprint("dead", n), Kinds: []string{"work"}, Now: db.Clock.Now(), Until: db.Clock.Now().Add(time.Minute), N: 1,
			}
			err := db.Store.InTx(t.Context(), func(ctx context.Context) error {
				got, err := db.Store.Job().Claim(ctx, claim)
				if err == nil && len(got) != 1 {
					err = fmt.Errorf("claimed %d jobs", len(got))
				}
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
			db.Clock.Advance(time.Minute)
		}
		ran := 0
		r := runner(q, map[string]job.Handler{"work": func(context.Context, []byte) error { ran++; return nil }})
		if r.Drain(t.Context()); ran != 0 {
			t.Error("a job that took down ten processes was given another")
		}
		parked, err := q.Parked(t.Context())
		if err != nil || len(parked) != 1 || parked[0].LastError != "crashed" {
			t.Fatalf("got %+v, %v, want it parked", parked, err)
		}
		if err := q.Retry(t.Context(), parked[0].ID); err != nil {
			t.Fatal(err)
		}
		if r.Drain(t.Context()); ran != 1 {
			t.Error("a retried job did not run")
		}
	})
}

func TestFailingJobsWaitLongerAndAreParked(t *testing.T) {
	testkit.EachDatabase(t, func(t *testing.T, db *testkit.Database) {
		q := queue(db)
		if err := q.Enqueue(t.Context(), "poison", payload{1}); err != nil {
			t.Fatal(err)
		}
		tries := 0
		r := runner(q, map[string]job.Handler{"poison": func(context.Context, []byte) error {
			tries++
			if tries%2 == 0 {
				panic("poison")
			}
			return errors.New("poison")
		}})
		var last time.Duration
		for range 40 {
			before := tries
			waited := time.Duration(0)
			for tries == before && waited < 2*time.Hour {
				if r.Drain(t.Context()); tries == before {
					db.Clock.Advance(time.Second)
					waited += time.Second
				}
			}
			if tries > 2 && tries < 8 && waited < last/2 {
				t.Errorf("try %d came after %s, the one before after %s", tries, waited, last)
			}
			last = waited
			parked, err := q.Parked(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			if len(parked) == 1 {
				if tries != 10 || parked[0].LastError != "internal" {
					t.Errorf("parked after %d tries with %q", tries, parked[0].LastError)
				}
				if err := q.Retry(t.Context(), parked[0].ID); err != nil {
					t.Fatal(err)
				}
				if r.Drain(t.Context()); tries != 11 {
					t.Error("a retried job did not run")
				}
				return
			}
		}
		t.Error("the job was never parked")
	})
}

func TestWhatIsDownIsWaitedForAndNeverParked(t *testing.T) {
	testkit.EachDatabase(t, func(t *testing.T, db *testkit.Database) {
		q := queue(db)
		if err := q.Enqueue(t.Context(), "index", payload{1}); err != nil {
			t.Fatal(err)
		}
		down, tries := true, 0
		r := runner(q, map[string]job.Handler{"index": func(context.Context, []byte) error {
			tries++
			if down {
				return fault.New(fault.Unavailable, "search.down")
			}
			return nil
		}})
		for range 30 {
			r.Drain(t.Context())
			db.Clock.Advance(2 * time.Minute)
		}
		if tries != 30 {
			t.Errorf("got %d tries in an hour, want one every time", tries)
		}
		down = false
		r.Drain(t.Context())
		if stats, err := q.Stats(t.Context()); err != nil || stats != (job.Stats{}) {
			t.Errorf("got %+v, %v, want nothing left", stats, err)
		}
	})
}

func TestOnceWhileItWaits(t *testing.T) {
	testkit.EachDatabase(t, func(t *testing.T, db *testkit.Database) {
		q := queue(db)
		ran := 0
		r := runner(q, map[string]job.Handler{"index": func(ctx context.Context, _ []byte) error {
			ran++
			if ran == 1 {
				// Something changed while the job was under way: it needs another look.
				return q.Enqueue(ctx, "index", payload{1}, job.Once("post"))
			}
			return nil
		}})
		for range 3 {
			if err := q.Enqueue(t.Context(), "index", payload{1}, job.Once("post")); err != nil {
				t.Fatal(err)
			}
		}
		if r.Drain(t.Context()); ran != 2 {
			t.Errorf("got %d runs, want one for the three and one for the change meanwhile", ran)
		}
	})
}

func TestTheEndOfAProcessSpendsNoAttempt(t *testing.T) {
	testkit.EachDatabase(t, func(t *testing.T, db *testkit.Database) {
		q := queue(db)
		if err := q.Enqueue(t.Context(), "work", payload{1}); err != nil {
			t.Fatal(err)
		}
		for range 12 { // more often than a job is tried
			ctx, stop := context.WithCancel(t.Context())
			r := runner(q, map[string]job.Handler{"work": func(ctx context.Context, _ []byte) error {
				stop()
				<-ctx.Done()
				return ctx.Err()
			}})
			if r.Drain(ctx); ctx.Err() == nil {
				t.Fatal("the job did not come back at once")
			}
			stop()
		}
		ran := 0
		r := runner(q, map[string]job.Handler{"work": func(context.Context, []byte) error { ran++; return nil }})
		if r.Drain(t.Context()); ran != 1 {
			t.Errorf("the job ran %d times in the end, want 1", ran)
		}
	})
}

func TestRunFinishesWhatIsUnderWay(t *testing.T) {
	testkit.EachDatabase(t, func(t *testing.T, db *testkit.Database) {
		q := queue(db)
		started, release, done := make(chan struct{}), make(chan struct{}), make(chan struct{})
		r := runner(q, map[string]job.Handler{"work": func(context.Context, []byte) error {
			close(started)
			<-release
			return nil
		}})
		ctx, stop := context.WithCancel(t.Context())
		go func() {
			r.Run(ctx)
			close(done)
		}()
		if err := q.Enqueue(t.Context(), "work", payload{1}); err != nil {
			t.Fatal(err)
		}
		<-started
		stop()
		close(release)
		<-done
		if got := r.Counts(); got.Done != 1 {
			t.Errorf("got %+v, want the job done", got)
		}
		if stats, err := q.Stats(t.Context()); err != nil || stats.Waiting != 0 {
			t.Errorf("got %+v, %v, want nothing left", stats, err)
		}
	})
}

// TestUrgentJobsWaitForNobody keeps every worker busy and asks for something urgent.
func TestUrgentJobsWaitForNobody(t *testing.T) {
	testkit.EachDatabase(t, func(t *testing.T, db *testkit.Database) {
		q := queue(db)
		hangs, called := make(chan struct{}), make(chan struct{}, 1)
		r := job.NewRunner(q, map[string]job.Handler{
			"hangs": func(context.Context, []byte) error { <-hangs; return nil },
			"call":  func(context.Context, []byte) error { called <- struct{}{}; return nil },
		}, 2, slog.New(slog.DiscardHandler), "call")
		for range 6 {
			if err := q.Enqueue(t.Context(), "hangs", struct{}{}); err != nil {
				t.Fatal(err)
			}
		}
		ctx, stop := context.WithCancel(t.Context())
		ended := make(chan struct{})
		go func() { defer close(ended); r.Run(ctx) }()
		defer func() { close(hangs); stop(); <-ended }()
		if err := q.Enqueue(t.Context(), "call", struct{}{}); err != nil {
			t.Fatal(err)
		}
		select {
		case <-called:
		case <-time.After(20 * time.Second):
			t.Error("an urgent job waits for others")
		}
	})
}
