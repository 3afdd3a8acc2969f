// Package bleve is the embedded search engine: a Bleve index in a folder that one process owns. It stores no
// text, only terms, and keeps neither how often a term stands in a post nor how often it stands anywhere, so
// that what a member finds, and in which order, cannot depend on posts that they may not read.
package bleve

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"

	engine "github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/index/scorch"

	"samhold/internal/fault"
	"samhold/internal/id"
	"samhold/internal/search"
)

// downKey is the translation key of every fault: the pages say calmly that search does not answer.
const downKey = "search.down"

// Index implements search.Index.
type Index struct {
	dir   string
	state *state

	// writing holds one token; who has it may change the index. A channel, because waiting honours a deadline.
	writing chan struct{}
	// pending holds what changed since a rebuild began, by id; nil when no rebuild runs. Owned by writing.
	pending map[string]*search.Document // nil document: deleted

	mu     sync.RWMutex // held for reading while the live index is used, for writing while it is swapped
	live   engine.Index // nil while it cannot be opened again after a write that failed
	closed bool
}

var _ search.Index = (*Index)(nil)

// Open opens the index in dir or makes a new one. An index that is damaged or of an older version is moved
// aside, an empty one takes its place, and Incomplete reports it; the old one is removed by the next Rebuild. A
// folder that another process holds is a fault of kind Unavailable, after a second.
func Open(dir string) (*Index, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, down("make the index folder", err)
	}
	st, err := openState(filepath.Join(dir, "state.db"))
	if err != nil {
		return nil, err
	}
	x := &Index{dir: dir, state: st, writing: make(chan struct{}, 1)}
	x.writing <- struct{}{}
	if x.live, err = x.openLive(); err != nil {
		return nil, errors.Join(err, st.close())
	}
	return x, nil
}

// openLive opens the index that the state names, or puts an empty one in its place.
func (x *Index) openLive() (engine.Index, error) {
	now, err := x.state.read()
	if err != nil {
		return nil, down("read the index state", err)
	}
	if now.Name != "" {
		live, err := openFolder(filepath.Join(x.dir, now.Name), now.Version)
		if err == nil {
			x.sweep(now.Name)
			return live, nil
		}
		// Moved rather than removed: a person may want to look at it before the rebuild is done.
		_ = os.Rename(filepath.Join(x.dir, now.Name), filepath.Join(x.dir, asidePrefix+id.New()))
	}
	name := livePrefix + id.New()
	live, err := engine.NewUsing(filepath.Join(x.dir, name), newMapping(), scorch.Name, scorch.Name, options())
	if err != nil {
		return nil, down("make a new index", err)
	}
	if err := x.state.write(current{Name: name, Version: Version, Incomplete: true}); err != nil {
		return nil, errors.Join(down("write the index state", err), live.Close())
	}
	return live, nil
}

const (
	livePrefix  = "index-"
	buildPrefix = "build-"
	asidePrefix = "aside-"
)

// openFolder opens an index folder of this version. A damaged one is an error, never a crash of the process.
func openFolder(path, version string) (live engine.Index, err error) {
	if version != Version {
		return nil, fmt.Errorf("index version %q, want %q", version, Version)
	}
	defer func() {
		if r := recover(); r != nil { // the engine trusts the bytes that it maps into memory
			live, err = nil, fmt.Errorf("open index: %v", r)
		}
	}()
	// Without its files the engine would open an empty index and call it whole.
	if _, err := os.Stat(filepath.Join(path, "store", "root.bolt")); err != nil {
		return nil, err
	}
	live, err = engine.OpenUsing(path, options())
	if err != nil {
		return nil, err
	}
	if _, err := live.DocCount(); err != nil {
		return nil, errors.Join(err, live.Close())
	}
	return live, nil
}

// sweep removes what a crash left: folders that are neither the live index nor moved aside.
func (x *Index) sweep(live string) { x.remove(live, livePrefix, buildPrefix) }

// remove deletes the folders with one of the prefixes, except the one to keep. What cannot be removed now is
// removed at the next start.
func (x *Index) remove(keep string, prefixes ...string) {
	for _, prefix := range prefixes {
		found, _ := filepath.Glob(filepath.Join(x.dir, prefix+"*"))
		for _, path := range found {
			if filepath.Base(path) != keep {
				_ = os.RemoveAll(path)
			}
		}
	}
}

// read runs fn with the live index, which stays open until fn returns.
func (x *Index) read(ctx context.Context, fn func(live engine.Index) error) error {
	if err := ctx.Err(); err != nil {
		return down("search", err)
	}
	x.mu.RLock()
	defer x.mu.RUnlock()
	switch {
	case x.closed:
		return down("search", errClosed)
	case x.live == nil:
		return down("search", errLost)
	}
	return guarded(func() error { return fn(x.live) })
}

var (
	errClosed = errors.New("the index is closed")
	errLost   = errors.New("the index could not be opened again after its disk refused a write")
)

// guarded makes an error of a panic: after its disk has refused a write the engine trusts memory that it has given back.
func guarded(fn func() error) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = down("the engine broke off", fmt.Errorf("%v", r))
		}
	}()
	return fn()
}

// mend opens the live index again as the disk has it, after a write that the disk refused: the engine would go on
// trying that write without a pause, and fail in other places. The caller may write.
func (x *Index) mend() {
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.closed {
		return
	}
	if x.live != nil {
		_ = guarded(x.live.Close) // of what was spoiled; what counts is on the disk
		x.live = nil
	}
	if now, err := x.state.read(); err == nil {
		if live, err := openFolder(filepath.Join(x.dir, now.Name), now.Version); err == nil {
			x.live = live
		}
	}
}

// Count implements search.Index.
func (x *Index) Count(ctx context.Context) (n uint64, err error) {
	err = x.read(ctx, func(live engine.Index) error {
		n, err = live.DocCount()
		return err
	})
	return n, err
}

// Incomplete implements search.Index.
func (x *Index) Incomplete(ctx context.Context) (bool, error) {
	var now current
	err := x.read(ctx, func(engine.Index) (err error) {
		now, err = x.state.read()
		return err
	})
	return now.Incomplete, err
}

// Build implements search.Index.
func (x *Index) Build(ctx context.Context) (string, error) {
	var now current
	err := x.read(ctx, func(engine.Index) (err error) {
		now, err = x.state.read()
		return err
	})
	return now.Name, err
}

// Healthy implements search.Index.
func (x *Index) Healthy(ctx context.Context) error {
	_, err := x.Count(ctx)
	return err
}

// Close waits for what is under way and closes the index. A second call does nothing.
func (x *Index) Close() error {
	<-x.writing
	defer func() { x.writing <- struct{}{} }()
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.closed {
		return nil
	}
	x.closed = true
	if x.live == nil {
		return x.state.close()
	}
	return errors.Join(guarded(x.live.Close), x.state.close())
}

// down is the fault of an engine that cannot answer.
func down(what string, err error) error {
	return fault.Wrap(fault.Unavailable, downKey, fmt.Errorf("bleve: %s: %w", what, err))
}
