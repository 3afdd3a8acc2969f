// Package meili keeps the search index on a Meilisearch server, for more posts than one machine's folder is good
// for. The server is given finished terms (see package search), never texts, and it picks candidates; how they are
// ordered, and whether they answer at all, is decided here by the rules that every engine shares.
//
// The server is not trusted: a hit of a space that was not asked for is dropped here, and the caller asks the
// database again. No error and no log line of this package holds a word of a query or a post, or the key.
package meili

import (
	"context"
	"errors"
	"net/http"
	"sync"
	"time"

	client "github.com/meilisearch/meilisearch-go"

	"samhold/internal/fault"
	"samhold/internal/id"
	"samhold/internal/search"
)

// Options say which server, and how long it is waited for. Zero durations mean the usual.
type Options struct {
	URL    string // http:// or https://, without a path
	Key    string // a key with the rights of Actions on the indexes of Pattern
	Prefix string // of the names of our indexes; empty is Prefix

	Ask  time.Duration // for an answer to one request; 5 s
	Task time.Duration // for the server to do what it was given; 60 s
	Poll time.Duration // the longest pause between two looks at what the server does; 250 ms

	// Emptied is called, in its own goroutine, when an index that had vanished was made anew; it may be nil.
	Emptied func()
}

// Prefix begins the names of our indexes on the server.
const Prefix = "samhold"

func (o Options) filled() Options {
	if o.Prefix == "" {
		o.Prefix = Prefix
	}
	if o.Ask == 0 {
		o.Ask = 5 * time.Second
	}
	if o.Task == 0 {
		o.Task = time.Minute
	}
	if o.Poll == 0 {
		o.Poll = 250 * time.Millisecond
	}
	return o
}

// live is the name of the index that answers, build begins the names of those that are being built.
func (o Options) live() string  { return o.Prefix + "-posts" }
func (o Options) build() string { return o.Prefix + "-build-" }

// Index implements search.Index. Several processes may share one index.
type Index struct {
	o      Options
	server client.ServiceManager
	http   *http.Client

	// writing holds one token; who has it may send changes. A channel, because waiting honours a deadline.
	writing chan struct{}
	// pending holds what changed since a rebuild began, by id; nil when no rebuild runs. Owned by writing.
	pending map[string]*search.Document // nil document: deleted

	mu     sync.Mutex
	lost   bool // the live index vanished or was changed by somebody else: look again before the next use
	closed bool
}

var _ search.Index = (*Index)(nil)

// Open asks the server who it is, makes the live index if there is none, and gives it our settings where it has
// others. An index made new reports Incomplete. Every fault is of kind Unavailable and wraps one of this package's
// errors, whose text says what to do.
func Open(ctx context.Context, o Options) (*Index, error) {
	x := connect(o)
	if err := x.version(ctx); err != nil {
		return nil, err
	}
	if _, err := x.settle(ctx); err != nil {
		return nil, err
	}
	return x, nil
}

// connect makes an Index that has asked nothing yet.
func connect(o Options) *Index {
	o = o.filled()
	x := &Index{o: o, writing: make(chan struct{}, 1)}
	x.writing <- struct{}{}
	x.server, x.http = dial(o)
	return x
}

// settle brings the live index into the form that we need, and reports whether it was made anew.
func (x *Index) settle(ctx context.Context) (made bool, err error) {
	live := x.o.live()
	_, found, err := x.mark(ctx, live)
	if errors.Is(err, ErrGone) {
		if err := x.create(ctx, live); err != nil {
			return false, err
		}
	} else if err != nil {
		return false, err
	}
	if err := x.applySettings(ctx, live); err != nil {
		return false, err
	}
	if found {
		return false, nil
	}
	// The index is new, or somebody else made it: what it holds is not known to be whole.
	return true, x.setMark(ctx, live, mark{Version: Version, Build: id.New()})
}

// create makes an index; one that is there already, made by another process just now, is as good.
func (x *Index) create(ctx context.Context, name string) error {
	ask, cancel := x.ask(ctx)
	defer cancel()
	task, err := x.server.CreateIndexWithContext(ask, &client.IndexConfig{Uid: name, PrimaryKey: idField})
	if err != nil {
		return x.failed(ctx, "make an index", err)
	}
	if err := x.wait(ctx, "make an index", task.TaskUID); err != nil && !errors.Is(err, errExists) {
		return err
	}
	return nil
}

// ready returns nil when the index can be used; after it had vanished it is made again first.
func (x *Index) ready(ctx context.Context) error {
	x.mu.Lock()
	lost, closed := x.lost, x.closed
	x.mu.Unlock()
	switch {
	case closed:
		return down("use the index", errClosed)
	case ctx.Err() != nil:
		return down("use the index", ctx.Err())
	case !lost:
		return nil
	}
	if err := x.take(ctx); err != nil {
		return err
	}
	defer x.release()
	made, err := x.settle(ctx)
	if err != nil {
		return err
	}
	x.mu.Lock()
	x.lost = false
	x.mu.Unlock()
	if made && x.o.Emptied != nil {
		go x.o.Emptied()
	}
	return nil
}

// noticed looks at an error that comes back from the live index: when the index is gone or not ours any more,
// the next use makes it again.
func (x *Index) noticed(err error) error {
	if errors.Is(err, ErrGone) || errors.Is(err, errForeign) {
		x.mu.Lock()
		x.lost = true
		x.mu.Unlock()
	}
	return err
}

// Count implements search.Index.
func (x *Index) Count(ctx context.Context) (uint64, error) {
	if err := x.ready(ctx); err != nil {
		return 0, err
	}
	ask, cancel := x.ask(ctx)
	defer cancel()
	var got client.DocumentsResult
	err := x.server.Index(x.o.live()).GetDocumentsWithContext(ask, &client.DocumentsQuery{Limit: 1, Fields: []string{idField}}, &got)
	if err != nil {
		return 0, x.noticed(x.failed(ctx, "count", err))
	}
	return uint64(max(0, got.Total-1)), nil // one is the mark
}

// Incomplete implements search.Index.
func (x *Index) Incomplete(ctx context.Context) (bool, error) {
	m, err := x.marked(ctx)
	return !m.Complete || m.Version != Version, err
}

// Build implements search.Index.
func (x *Index) Build(ctx context.Context) (string, error) {
	m, err := x.marked(ctx)
	return m.Build, err
}

// marked returns the live index's mark.
func (x *Index) marked(ctx context.Context) (mark, error) {
	if err := x.ready(ctx); err != nil {
		return mark{}, err
	}
	m, found, err := x.mark(ctx, x.o.live())
	if err == nil && !found {
		err = down("read the mark", errForeign)
	}
	return m, x.noticed(err)
}

// Healthy implements search.Index.
func (x *Index) Healthy(ctx context.Context) error {
	_, err := x.marked(ctx)
	return err
}

// Close ends the use of the server. A second call does nothing.
func (x *Index) Close() error {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.closed = true
	x.http.CloseIdleConnections()
	return nil
}

var errClosed = errors.New("the index is closed")

func down(what string, err error) error {
	return fault.Wrap(fault.Unavailable, "search.down", wrapped{what, err})
}

// wrapped is an error of this package with what was being done.
type wrapped struct {
	what string
	err  error
}

func (w wrapped) Error() string { return "meilisearch: " + w.what + ": " + w.err.Error() }
func (w wrapped) Unwrap() error { return w.err }
