package search

import (
	"context"

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

type rebuildIndex struct{}

// Jobs asks for indexing once the transaction of ctx has committed.
type Jobs struct{ Queue *job.Queue }

// IndexPost asks for one post to be brought up to date.
func (j Jobs) IndexPost(ctx context.Context, postID string) error {
	return j.Queue.Enqueue(ctx, JobIndexPost, indexPost{postID}, job.Once(postID))
}

// Rebuild asks for the whole index to be built anew.
func (j Jobs) Rebuild(ctx context.Context) error {
	return j.Queue.Enqueue(ctx, JobRebuildIndex, rebuildIndex{}, job.Once("all"))
}

// Handlers do the jobs of this package. While the engine is down they fail as Unavailable, which the runner tries
// again and never gives up.
func (x *Indexer) Handlers() map[string]job.Handler {
	return map[string]job.Handler{
		JobIndexPost:    job.Handle(func(ctx context.Context, p indexPost) error { return x.IndexPost(ctx, p.Post) }),
		JobRebuildIndex: job.Handle(func(ctx context.Context, _ rebuildIndex) error { return x.Rebuild(ctx, nil) }),
	}
}

// CatchUp asks for a rebuild when the index is behind the database. It is called once the engine is open.
func (x *Indexer) CatchUp(ctx context.Context, jobs Jobs) error {
	behind, err := x.Behind(ctx)
	if err != nil || !behind {
		return err
	}
	return jobs.Rebuild(ctx)
}
