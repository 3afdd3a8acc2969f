package meili

import (
	"context"
	"errors"
	"slices"
	"strings"

	client "github.com/meilisearch/meilisearch-go"

	"samhold/internal/id"
	"samhold/internal/search"
)

// One request holds at most so much.
const (
	batchSize  = 500
	batchBytes = 8 << 20
)

// Put implements search.Index.
func (x *Index) Put(ctx context.Context, docs ...search.Document) error {
	if len(docs) == 0 {
		return nil
	}
	return x.change(ctx, func() ([]int64, error) {
		if x.pending != nil {
			for i := range docs {
				x.pending[docs[i].ID] = &docs[i]
			}
		}
		return x.add(ctx, x.o.live(), docs)
	})
}

// Delete implements search.Index.
func (x *Index) Delete(ctx context.Context, ids ...string) error {
	if len(ids) == 0 {
		return nil
	}
	return x.change(ctx, func() ([]int64, error) {
		if x.pending != nil {
			for _, postID := range ids {
				x.pending[postID] = nil
			}
		}
		return x.remove(ctx, x.o.live(), ids)
	})
}

// change sends changes to the live index, one writer at a time so that the server has them in our order, and waits
// for them together with other writers'.
func (x *Index) change(ctx context.Context, send func() ([]int64, error)) error {
	// Sent to an index that is gone, posts would make one without our settings.
	if _, err := x.marked(ctx); err != nil {
		return err
	}
	if err := x.take(ctx); err != nil {
		return err
	}
	tasks, err := send()
	x.release()
	if err == nil {
		err = x.all(ctx, "write posts", tasks)
	}
	return x.noticed(err)
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

// add sends documents in batches and returns the server's tasks.
func (x *Index) add(ctx context.Context, name string, docs []search.Document) (tasks []int64, err error) {
	var batch []document
	size := 0
	flush := func() error {
		if len(batch) == 0 {
			return nil
		}
		task, err := x.send(ctx, name, "write posts", batch)
		tasks, batch, size = append(tasks, task), batch[:0], 0
		return err
	}
	for _, d := range docs {
		next := newDocument(d)
		bytes := len(next.Stem) + len(next.Exact) + len(next.Part) + len(next.Pair) + len(next.Root) + 2*len(next.Title)
		if len(batch) == batchSize || size+bytes > batchBytes {
			if err := flush(); err != nil {
				return tasks, err
			}
		}
		batch, size = append(batch, next), size+bytes
	}
	return tasks, flush()
}

// send gives the server documents and returns its task.
func (x *Index) send(ctx context.Context, name, what string, docs any) (int64, error) {
	ask, cancel := x.ask(ctx)
	defer cancel()
	key := idField
	task, err := x.server.Index(name).AddDocumentsWithContext(ask, docs, &client.DocumentOptions{PrimaryKey: &key})
	if err != nil {
		return 0, x.failed(ctx, what, err)
	}
	return task.TaskUID, nil
}

// remove deletes by filter, in batches.
func (x *Index) remove(ctx context.Context, name string, ids []string) (tasks []int64, err error) {
	for batch := range slices.Chunk(ids, batchSize) {
		list := make([]string, 0, len(batch))
		for _, postID := range batch {
			list = append(list, quoted(postID))
		}
		ask, cancel := x.ask(ctx)
		task, err := x.server.Index(name).DeleteDocumentsByFilterWithContext(ask, idField+" IN ["+strings.Join(list, ",")+"]", nil)
		cancel()
		if err != nil {
			return tasks, x.failed(ctx, "delete posts", err)
		}
		tasks = append(tasks, task.TaskUID)
	}
	return tasks, nil
}

// all waits for several tasks.
func (x *Index) all(ctx context.Context, what string, tasks []int64) error {
	for _, t := range tasks {
		if err := x.wait(ctx, what, t); err != nil {
			return err
		}
	}
	return nil
}

var (
	errRebuilding = errors.New("a rebuild is under way")
	errOvertaken  = errors.New("another rebuild has begun and takes over")
)

// Rebuild implements search.Index. Of two at once in this process the second is refused; of two in several processes
// the first gives up. What other processes put meanwhile reaches the old index alone: their jobs come back.
func (x *Index) Rebuild(ctx context.Context, fill func(put func(docs ...search.Document) error) error) error {
	if err := x.ready(ctx); err != nil {
		return err
	}
	if err := x.begin(ctx); err != nil {
		return err
	}
	m := mark{Version: Version, Build: id.New()}
	name := x.o.build() + m.Build
	err := x.construct(ctx, name, m, fill)
	if err == nil {
		err = x.swap(ctx, name, m)
	}
	// Whether the swap was done or not, this name is now the one of the index that is not wanted. The context may be
	// what ended the rebuild.
	clean, cancel := context.WithTimeout(context.WithoutCancel(ctx), 2*x.o.Task)
	defer cancel()
	<-x.writing
	x.pending = nil
	x.release()
	if err := errors.Join(err, x.drop(clean, name)); err != nil {
		return err
	}
	return x.swapped(clean, m)
}

// swapped reports whether a swap was done that comes before what the server has done since. A key bound to named
// indexes may not look at the swap's own task.
func (x *Index) swapped(ctx context.Context, m mark) error {
	now, found, err := x.mark(ctx, x.o.live())
	switch {
	case err != nil:
		return err
	case !found || now.Build != m.Build:
		return down("swap the indexes", ErrTask)
	}
	return nil
}

// begin starts to note what changes, and clears away what a crash left.
func (x *Index) begin(ctx context.Context) error {
	if err := x.take(ctx); err != nil {
		return err
	}
	defer x.release()
	if x.pending != nil {
		return down("rebuild", errRebuilding)
	}
	if err := x.sweep(ctx); err != nil {
		return err
	}
	x.pending = map[string]*search.Document{}
	return nil
}

// sweep drops every index that was being built. One that another process is still building ends with errOvertaken.
func (x *Index) sweep(ctx context.Context) error {
	const what = "look for old indexes"
	for {
		ask, cancel := x.ask(ctx)
		found, err := x.server.ListIndexesWithContext(ask, &client.IndexesQuery{Limit: 1000})
		cancel()
		if err != nil {
			return x.failed(ctx, what, err)
		}
		dropped := 0
		for _, i := range found.Results {
			if strings.HasPrefix(i.UID, x.o.build()) {
				if err := x.drop(ctx, i.UID); err != nil {
					return err
				}
				dropped++
			}
		}
		if dropped == 0 || int64(len(found.Results)) >= found.Total {
			return nil
		}
	}
}

// drop removes an index, which need not be there.
func (x *Index) drop(ctx context.Context, name string) error {
	const what = "drop an old index"
	ask, cancel := x.ask(ctx)
	defer cancel()
	task, err := x.server.DeleteIndexWithContext(ask, name)
	if err != nil {
		err = x.failed(ctx, what, err)
	} else {
		err = x.wait(ctx, what, task.TaskUID)
	}
	if errors.Is(err, ErrGone) {
		return nil
	}
	return err
}

// ahead is how many batches the server may lie behind while an index is built. It works on all that wait for it at once,
// and merging them into the index is most of its work, which takes the longer the larger the index is: docs/bench.md says
// what fewer cost. They are done together, so the first may take as long as all, which is patience times what one may take.
const (
	ahead    = 128
	patience = 30
)

// construct writes all documents to a new index.
func (x *Index) construct(ctx context.Context, name string, m mark, fill func(put func(docs ...search.Document) error) error) error {
	if err := x.create(ctx, name); err != nil {
		return err
	}
	if err := x.applySettings(ctx, name); err != nil {
		return err
	}
	if err := x.setMark(ctx, name, m); err != nil {
		return err
	}
	var under []int64
	err := fill(func(docs ...search.Document) error {
		tasks, err := x.add(ctx, name, docs)
		under = append(under, tasks...)
		for err == nil && len(under) > ahead {
			err, under = x.waitFor(ctx, patience*x.o.Task, "build", under[0]), under[1:]
		}
		return err
	})
	if err != nil {
		return err
	}
	for _, task := range under {
		if err := x.waitFor(ctx, patience*x.o.Task, "build", task); err != nil {
			return err
		}
	}
	return nil
}

// swap brings the new index up to date with what changed meanwhile and asks the server to make it the live one.
// Writers wait until the server has the swap in its queue; what they send then comes after it.
func (x *Index) swap(ctx context.Context, name string, m mark) error {
	if err := x.take(ctx); err != nil {
		return err
	}
	defer x.release()
	err := x.handOver(ctx, name, m)
	if err == nil {
		x.pending = nil
	}
	return err
}

func (x *Index) handOver(ctx context.Context, name string, m mark) error {
	var put []search.Document
	var gone []string
	for postID, d := range x.pending {
		if d == nil {
			gone = append(gone, postID)
		} else {
			put = append(put, *d)
		}
	}
	added, err := x.add(ctx, name, put)
	if err != nil {
		return err
	}
	removed, err := x.remove(ctx, name, gone)
	if err != nil {
		return err
	}
	if err := x.all(ctx, "bring the new index up to date", append(added, removed...)); err != nil {
		return err
	}
	// Documents sent to an index that somebody dropped make it again, without settings and without its mark.
	now, found, err := x.mark(ctx, name)
	if err == nil && (!found || now.Build != m.Build) || errors.Is(err, ErrGone) {
		return down("rebuild", errOvertaken)
	}
	if err != nil {
		return err
	}
	m.Complete = true
	if err := x.setMark(ctx, name, m); err != nil {
		return err
	}
	ask, cancel := x.ask(ctx)
	defer cancel()
	if _, err := x.server.SwapIndexesWithContext(ask, []*client.SwapIndexesParams{{Indexes: []string{x.o.live(), name}}}); err != nil {
		return x.failed(ctx, "swap the indexes", err)
	}
	return nil
}
