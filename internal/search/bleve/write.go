package bleve

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"sync"

	engine "github.com/blevesearch/bleve/v2"

	"samhold/internal/id"
	"samhold/internal/search"
)

// batchSize bounds the memory of one write.
const batchSize = 500

// Put implements search.Index.
func (x *Index) Put(ctx context.Context, docs ...search.Document) error {
	return x.change(ctx, len(docs), func(b *engine.Batch, i int) error {
		d := docs[i]
		if x.pending != nil {
			x.pending[d.ID] = &d
		}
		return b.Index(d.ID, fields(d))
	})
}

// Delete implements search.Index.
func (x *Index) Delete(ctx context.Context, ids ...string) error {
	return x.change(ctx, len(ids), func(b *engine.Batch, i int) error {
		if x.pending != nil {
			x.pending[ids[i]] = nil
		}
		b.Delete(ids[i])
		return nil
	})
}

// change applies n steps to the live index in batches, one writer at a time. When the deadline of ctx passes
// while the disk hangs, the caller is let go and the write finishes on its own, before any later one.
func (x *Index) change(ctx context.Context, n int, step func(b *engine.Batch, i int) error) error {
	if n == 0 {
		return nil
	}
	if err := x.take(ctx); err != nil {
		return err
	}
	done := make(chan error, 1)
	go func() {
		defer x.release()
		if x.lost() {
			x.mend()
		}
		err := x.read(ctx, func(live engine.Index) error { return apply(ctx, live, n, step) })
		if err != nil && ctx.Err() == nil {
			x.mend()
		}
		done <- err
	}()
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
		return down("write", ctx.Err())
	}
}

// lost reports whether the live index is not open.
func (x *Index) lost() bool {
	x.mu.RLock()
	defer x.mu.RUnlock()
	return x.live == nil
}

func (x *Index) take(ctx context.Context) error {
	select {
	case <-x.writing:
		return nil
	case <-ctx.Done():
		return down("wait to write", ctx.Err())
	}
}

func (x *Index) release() { x.writing <- struct{}{} }

func apply(ctx context.Context, to engine.Index, n int, step func(b *engine.Batch, i int) error) error {
	for start := 0; start < n; start += batchSize {
		if err := ctx.Err(); err != nil {
			return down("write", err)
		}
		b := to.NewBatch()
		for i := start; i < min(n, start+batchSize); i++ {
			if err := step(b, i); err != nil {
				return down("prepare a batch", err)
			}
		}
		if err := to.Batch(b); err != nil {
			return down("write a batch", err)
		}
	}
	return nil
}

// Rebuild implements search.Index. Two rebuilds at once are refused.
func (x *Index) Rebuild(ctx context.Context, fill func(put func(docs ...search.Document) error) error) error {
	if err := x.begin(ctx); err != nil {
		return err
	}
	name := livePrefix + id.New()
	path := filepath.Join(x.dir, name)
	err := x.build(ctx, path, fill)
	if err == nil {
		err = x.swap(ctx, name)
	}
	if err != nil {
		<-x.writing
		x.pending = nil
		x.release()
		x.mu.RLock()
		defer x.mu.RUnlock()
		if now, stateErr := x.state.read(); stateErr == nil && !x.closed {
			x.sweep(now.Name)
		}
	}
	return err
}

var errRebuilding = errors.New("a rebuild is under way")

// begin starts to note what changes.
func (x *Index) begin(ctx context.Context) error {
	if err := x.take(ctx); err != nil {
		return err
	}
	defer x.release()
	if x.pending != nil {
		return down("rebuild", errRebuilding)
	}
	x.pending = map[string]*search.Document{}
	return nil
}

// build writes all documents to a new folder, as one segment. The engine works on one batch while the words of the next
// are read and taken apart.
func (x *Index) build(ctx context.Context, path string, fill func(put func(docs ...search.Document) error) error) error {
	// Beside the index, not in the machine's folder for temporary files: it holds words of posts.
	parts := filepath.Join(x.dir, buildPrefix+id.New())
	if err := os.MkdirAll(parts, 0o700); err != nil {
		return down("make a folder to build in", err)
	}
	b, err := engine.NewBuilder(path, newMapping(), map[string]any{"batchSize": batchSize, "mergeMax": mergeAtOnce, "buildPathPrefix": parts})
	if err != nil {
		return down("make a new index", err)
	}
	// The builder cannot end without a document.
	if err := b.Index(placeholder, map[string]any{}); err != nil {
		return down("build", err)
	}
	batches, written := make(chan []ready), make(chan error, 1)
	go func() { written <- guarded(func() error { return write(b, batches) }) }()
	err = fill(func(docs ...search.Document) error {
		select {
		case batches <- prepare(docs):
			return nil
		case err := <-written:
			written <- err
			return down("build", err)
		case <-ctx.Done():
			return down("build", ctx.Err())
		}
	})
	close(batches)
	if failed := <-written; err == nil && failed != nil {
		err = down("build", failed)
	}
	if err != nil {
		return err
	}
	if err := b.Close(); err != nil {
		return down("end the build", err)
	}
	return nil
}

// mergeAtOnce is how many files of a build are merged into one: so many that a hundred thousand posts are written twice, not
// once more for every tenfold.
const mergeAtOnce = 200

// ready is a document as the engine takes it.
type ready struct {
	id     string
	fields map[string]any
}

// prepare takes the texts apart, on all processors.
func prepare(docs []search.Document) []ready {
	out := make([]ready, len(docs))
	var group sync.WaitGroup
	for first := range runtime.GOMAXPROCS(0) {
		group.Go(func() {
			for i := first; i < len(docs); i += runtime.GOMAXPROCS(0) {
				out[i] = ready{docs[i].ID, fields(docs[i])}
			}
		})
	}
	group.Wait()
	return out
}

// write gives the engine what is ready, until there is no more or it refuses.
func write(b engine.Builder, batches <-chan []ready) error {
	for batch := range batches {
		for _, d := range batch {
			if err := b.Index(d.id, d.fields); err != nil {
				return err
			}
		}
	}
	return nil
}

// placeholder is the id of a document without terms that a new folder holds until it is swapped in.
const placeholder = "-"

// swap brings the new index up to date with what changed meanwhile and makes it the live one.
func (x *Index) swap(ctx context.Context, name string) error {
	fresh, err := openFolder(filepath.Join(x.dir, name), Version)
	if err != nil {
		return down("open the new index", err)
	}
	if err := x.take(ctx); err != nil {
		return errors.Join(err, fresh.Close())
	}
	defer x.release()
	ids := []string{placeholder}
	for changed := range x.pending {
		ids = append(ids, changed)
	}
	err = apply(ctx, fresh, len(ids), func(b *engine.Batch, i int) error {
		if d := x.pending[ids[i]]; d != nil {
			return b.Index(d.ID, fields(*d))
		}
		b.Delete(ids[i])
		return nil
	})
	if err != nil {
		return errors.Join(err, fresh.Close())
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.closed {
		return errors.Join(down("rebuild", errClosed), fresh.Close())
	}
	if err := x.state.write(current{Name: name, Version: Version}); err != nil {
		return errors.Join(down("write the index state", err), fresh.Close())
	}
	old := x.live
	x.live, x.pending = fresh, nil
	if old != nil {
		err = guarded(old.Close)
	}
	x.remove(name, livePrefix, buildPrefix, asidePrefix)
	return err
}
