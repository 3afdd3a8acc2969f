package search

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"time"

	"samhold/internal/clock"
	"samhold/internal/markup"
)

// Source is a post to be indexed.
type Source struct {
	ID        string
	TopicID   string
	SpaceID   string
	Alias     string
	Title     string // of the topic, on its first post only
	Body      string // Markdown
	CreatedAt time.Time
}

// Sources is what indexing needs from the database. Only posts that members may read are sources: visible ones
// in visible topics. No person asks, so there is no scope; what is read goes into the index and nowhere else.
type Sources interface {
	// SourceIDs are the ids of all sources, the oldest first.
	SourceIDs(ctx context.Context) ([]string, error)
	// Sources returns those of the posts that are sources now, in any order.
	Sources(ctx context.Context, ids []string) ([]Source, error)
	// Follow returns the posts whose place in the index hangs on the post: the whole topic for its first post, else
	// the post alone. They need not be sources.
	Follow(ctx context.Context, postID string) ([]string, error)
	// SourceCount is how many sources there are, and how many posts wait to be indexed.
	SourceCount(ctx context.Context) (sources, waiting int, err error)
	// State is the zero one until SetState was called. SetState notes the time itself.
	State(ctx context.Context) (State, error)
	SetState(ctx context.Context, now State) error
}

// Indexer keeps the index in line with the database. Its work is repeatable: a job that runs twice, late or in
// another order than the edits leaves the index as the database is.
type Indexer struct {
	Sources Sources
	Index   Index
	// Again asks for a post to be indexed once more, later: while another process rebuilds, what is written here may
	// reach the old index alone. Nil when nobody rebuilds elsewhere.
	Again func(ctx context.Context, postID string) error
	Clock clock.Clock
	Log   *slog.Logger // told how far a rebuild is; nil for nobody
}

// document turns a source into what is indexed.
func document(s Source) Document {
	return Document{
		ID: s.ID, Topic: s.TopicID, Space: s.SpaceID, Alias: s.Alias, Title: s.Title, Body: markup.Plain(s.Body), At: s.CreatedAt,
	}
}

// IndexPost reads the post as it is now and puts it into the index, or takes it out when members may not read it.
// A topic follows its first post.
func (x *Indexer) IndexPost(ctx context.Context, postID string) error {
	// Asked before the rows are read: a rebuild that begins later reads them as they are then.
	state, err := x.Sources.State(ctx)
	if err != nil {
		return fmt.Errorf("look for a rebuild: %w", err)
	}
	ids, err := x.Sources.Follow(ctx, postID)
	if err != nil {
		return fmt.Errorf("find what to index: %w", err)
	}
	ids = append(ids, postID) // a row that is gone follows nothing, and must still leave the index
	slices.Sort(ids)
	for batch := range slices.Chunk(slices.Compact(ids), rebuildBatch) {
		if err := x.settle(ctx, batch); err != nil {
			return err
		}
	}
	if x.Again != nil && state.Alive(x.Clock.Now()) {
		return x.Again(ctx, postID)
	}
	return nil
}

// settle writes the posts as they are now. It looks again afterwards: a job that read an older row may have
// written after one that read a newer.
func (x *Indexer) settle(ctx context.Context, ids []string) error {
	var written []Document
	for try := range 5 {
		docs, err := x.documents(ctx, ids)
		if err != nil || try > 0 && slices.Equal(docs, written) {
			return err
		}
		there := make(map[string]bool, len(docs))
		for _, d := range docs {
			there[d.ID] = true
		}
		gone := slices.DeleteFunc(slices.Clone(ids), func(id string) bool { return there[id] })
		if err := x.Index.Put(ctx, docs...); err != nil {
			return err
		}
		if err := x.Index.Delete(ctx, gone...); err != nil {
			return err
		}
		written = docs
	}
	return fmt.Errorf("index posts: %w", errRestless)
}

// errRestless says that the posts changed each time they were looked at; the job comes back later.
var errRestless = errors.New("the posts change faster than they are indexed")

// documents reads those of the posts that are sources now, in the order of their ids in the list.
func (x *Indexer) documents(ctx context.Context, ids []string) ([]Document, error) {
	found, err := x.Sources.Sources(ctx, ids)
	if err != nil {
		return nil, fmt.Errorf("read posts to index: %w", err)
	}
	byID := make(map[string]Source, len(found))
	for _, s := range found {
		byID[s.ID] = s
	}
	docs := make([]Document, 0, len(found))
	for _, postID := range ids {
		if s, ok := byID[postID]; ok {
			docs = append(docs, document(s))
		}
	}
	return docs, nil
}

// rebuildBatch is how many posts are read at once.
const rebuildBatch = 500

// Rebuild builds the index anew from the database while the present one answers. Progress, which may be nil, is
// told how many of how many posts are done, also before the first. The database knows too.
func (x *Indexer) Rebuild(ctx context.Context, progress func(done, total int)) error {
	before, err := x.Sources.State(ctx)
	if err != nil {
		return fmt.Errorf("read the state of the index: %w", err)
	}
	total, tenth := 0, -1
	err = x.fill(ctx, func(done, all int) error {
		total = all
		if progress != nil {
			progress(done, all)
		}
		if now := 10 * done / max(1, all); x.Log != nil && now != tenth {
			tenth = now
			x.Log.InfoContext(ctx, "building the search index", "done", done, "total", all)
		}
		return x.Sources.SetState(ctx, State{Build: before.Build, Running: true, Done: done, Total: all})
	})
	// Also when the context is what ended it: other processes must not wait for us.
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), stateTakes)
	defer cancel()
	now := State{Build: before.Build, Total: total}
	if err == nil {
		now.Done = total
		now.Build, err = x.Index.Build(ctx)
	}
	return errors.Join(err, x.Sources.SetState(ctx, now))
}

// stateTakes bounds the writing of the state after a rebuild.
const stateTakes = 10 * time.Second

// fill builds the index from the database.
func (x *Indexer) fill(ctx context.Context, progress func(done, total int) error) error {
	return x.Index.Rebuild(ctx, func(put func(docs ...Document) error) error {
		// Read inside, so that what changes from now on is noted by the index and wins.
		ids, err := x.Sources.SourceIDs(ctx)
		if err != nil {
			return fmt.Errorf("list posts to index: %w", err)
		}
		for done := 0; ; {
			if err := progress(done, len(ids)); err != nil || done == len(ids) {
				return err
			}
			next := ids[done:min(len(ids), done+rebuildBatch)]
			// The oldest first: of equal hits the engine keeps those that it was given later.
			docs, err := x.documents(ctx, next)
			if err != nil {
				return err
			}
			if err := put(docs...); err != nil {
				return err
			}
			done += len(next)
		}
	})
}

// Behind reports whether the index must be rebuilt: it was made empty when it was opened, it is not the one that was
// built from this database (a restore, another engine), or it holds another number of posts than the database, by
// more than the jobs that wait would mend. It is asked at the start and now and then.
func (x *Indexer) Behind(ctx context.Context) (bool, error) {
	incomplete, err := x.Index.Incomplete(ctx)
	if err != nil || incomplete {
		return incomplete, err
	}
	state, err := x.Sources.State(ctx)
	if err != nil {
		return false, fmt.Errorf("read the state of the index: %w", err)
	}
	build, err := x.Index.Build(ctx)
	if err != nil || state.Build != "" && state.Build != build {
		return err == nil, err
	}
	has, err := x.Index.Count(ctx)
	if err != nil {
		return false, err
	}
	want, waiting, err := x.Sources.SourceCount(ctx)
	if err != nil {
		return false, fmt.Errorf("count posts to index: %w", err)
	}
	off := int(has) - want
	return max(off, -off) > waiting, nil
}
