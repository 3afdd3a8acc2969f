package search

import (
	"context"
	"time"

	"samhold/internal/job"
)

// The kinds of job that keep the index up to date.
const (
	JobIndexPost    = "index_post"
	JobRebuildIndex = "rebuild_index"
)

type indexPost struct {
	Post string `json:"post"`
}

type rebuildIndex struct {
	// Behind lets the job do nothing unless the index is still behind the database when its turn comes.
	Behind bool `json:"behind,omitempty"`
}

// Jobs asks for indexing once the transaction of ctx has committed.
type Jobs struct{ Queue *job.Queue }

// IndexPost asks for one post to be brought up to date.
func (j Jobs) IndexPost(ctx context.Context, postID string) error {
	return j.Queue.Enqueue(ctx, JobIndexPost, indexPost{postID}, job.Once(postID))
}

// IndexPostLater asks for one post to be brought up to date once more in a minute.
func (j Jobs) IndexPostLater(ctx context.Context, postID string) error {
	return j.Queue.Enqueue(ctx, JobIndexPost, indexPost{postID}, job.Once(postID), func(n *job.Job) { n.DueAt = n.DueAt.Add(time.Minute) })
}

// Rebuild asks for the whole index to be built anew.
func (j Jobs) Rebuild(ctx context.Context) error {
	return j.Queue.Enqueue(ctx, JobRebuildIndex, rebuildIndex{}, job.Once("all"))
}

// renewAfter is how long an index may wait to be built anew after somebody was erased: one rebuild for all who are
// erased in a day.
const renewAfter = 24 * time.Hour

// Renew asks for the whole index to be built anew within a day. What was taken out of an index is not found any more,
// but its words stay in the engine's files until these are written again.
func (j Jobs) Renew(ctx context.Context, now time.Time) error {
	return j.Queue.Enqueue(ctx, JobRebuildIndex, rebuildIndex{}, job.Once("renew"), job.At(now.Add(renewAfter)))
}

// Handlers do the jobs of this package. While the engine is down they fail as Unavailable, which the runner tries
// again and never gives up.
func (x *Indexer) Handlers() map[string]job.Handler {
	return map[string]job.Handler{
		JobIndexPost:    job.Handle(func(ctx context.Context, p indexPost) error { return x.IndexPost(ctx, p.Post) }),
		JobRebuildIndex: job.Handle(x.rebuild),
	}
}

func (x *Indexer) rebuild(ctx context.Context, p rebuildIndex) error {
	if p.Behind {
		if behind, err := x.Behind(ctx); err != nil || !behind {
			return err
		}
	}
	return x.Rebuild(ctx, nil)
}

// CatchUp asks for a rebuild when the index is behind the database. It is called once the engine is open. When somebody
// rebuilds it meanwhile ("samhold reindex" opens an empty index and fills it), the job finds nothing to do.
func (x *Indexer) CatchUp(ctx context.Context, jobs Jobs) error {
	behind, err := x.Behind(ctx)
	if err != nil || !behind {
		return err
	}
	return jobs.Queue.Enqueue(ctx, JobRebuildIndex, rebuildIndex{Behind: true}, job.Once("behind"))
}
