package search

import (
	"context"
	"sync"
	"time"

	"samhold/internal/clock"
	"samhold/internal/fault"
)

// Late is an index that is opened when it can be: another process may still hold its folder during a restart, or
// its server may be down. Until then every call is a fault of kind Unavailable and the forum goes on without
// search. It implements Index.
type Late struct {
	open   func() (Index, error)
	opened func(Index)
	clock  clock.Clock

	mu      sync.Mutex
	index   Index
	next    time.Time
	opening chan struct{} // closed when the attempt under way has ended
	err     error         // of the last attempt
	closed  bool
}

var _ Index = (*Late)(nil)

// retryOpen is how long a failed opening is left alone.
const retryOpen = 5 * time.Second

// NewLate returns an index that calls open at the first use, and again after a while as long as it fails. Opened
// is called once, in its own goroutine, when it has succeeded; it may be nil.
func NewLate(c clock.Clock, open func() (Index, error), opened func(Index)) *Late {
	return &Late{open: open, opened: opened, clock: c}
}

// get returns the index, opening it if need be. While one caller's attempt is under way the others wait for it, each
// as long as its own deadline allows.
func (l *Late) get(ctx context.Context) (Index, error) {
	l.mu.Lock()
	if l.index != nil {
		defer l.mu.Unlock()
		return l.index, nil
	}
	if l.opening == nil {
		if l.closed || l.clock.Now().Before(l.next) {
			defer l.mu.Unlock()
			return nil, l.down()
		}
		l.opening = make(chan struct{})
		go l.attempt(l.opening)
	}
	done := l.opening
	l.mu.Unlock()
	select {
	case <-done:
	case <-ctx.Done():
		return nil, fault.Wrap(fault.Unavailable, "search.down", ctx.Err())
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.index == nil {
		return nil, l.down()
	}
	return l.index, nil
}

// down is the fault of an index that is not open. It says why, so that whoever looks for the reason finds it.
func (l *Late) down() error {
	if l.err == nil {
		return fault.New(fault.Unavailable, "search.down")
	}
	return fault.Wrap(fault.Unavailable, "search.down", l.err)
}

// attempt opens the index.
func (l *Late) attempt(done chan struct{}) {
	defer close(done)
	index, err := l.open()
	l.mu.Lock()
	defer l.mu.Unlock()
	l.opening, l.err = nil, err
	switch {
	case err != nil:
		l.next = l.clock.Now().Add(retryOpen)
	case l.closed:
		l.err = index.Close()
	default:
		l.index = index
		if l.opened != nil {
			go l.opened(l)
		}
	}
}

// Put implements Index.
func (l *Late) Put(ctx context.Context, docs ...Document) error {
	x, err := l.get(ctx)
	if err != nil {
		return err
	}
	return x.Put(ctx, docs...)
}

// Delete implements Index.
func (l *Late) Delete(ctx context.Context, ids ...string) error {
	x, err := l.get(ctx)
	if err != nil {
		return err
	}
	return x.Delete(ctx, ids...)
}

// Find implements Index.
func (l *Late) Find(ctx context.Context, q Query) ([]Hit, error) {
	x, err := l.get(ctx)
	if err != nil {
		return nil, err
	}
	return x.Find(ctx, q)
}

// Count implements Index.
func (l *Late) Count(ctx context.Context) (uint64, error) {
	x, err := l.get(ctx)
	if err != nil {
		return 0, err
	}
	return x.Count(ctx)
}

// Rebuild implements Index.
func (l *Late) Rebuild(ctx context.Context, fill func(put func(docs ...Document) error) error) error {
	x, err := l.get(ctx)
	if err != nil {
		return err
	}
	return x.Rebuild(ctx, fill)
}

// Incomplete implements Index.
func (l *Late) Incomplete(ctx context.Context) (bool, error) {
	x, err := l.get(ctx)
	if err != nil {
		return false, err
	}
	return x.Incomplete(ctx)
}

// Build implements Index.
func (l *Late) Build(ctx context.Context) (string, error) {
	x, err := l.get(ctx)
	if err != nil {
		return "", err
	}
	return x.Build(ctx)
}

// Healthy implements Index.
func (l *Late) Healthy(ctx context.Context) error {
	x, err := l.get(ctx)
	if err != nil {
		return err
	}
	return x.Healthy(ctx)
}

// Close implements Index. An attempt to open that is under way closes what it opens.
func (l *Late) Close() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.closed = true
	if l.index == nil {
		return nil
	}
	return l.index.Close()
}
