package store

import (
	"context"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"samhold/internal/fault"
	"samhold/internal/job"
)

// JobStore keeps work that waits. It implements job.Store.
type JobStore struct{ s *Store }

var _ job.Store = (*JobStore)(nil)

// Job returns the queries of the job queue.
func (s *Store) Job() *JobStore { return &JobStore{s: s} }

// AddJob implements job.Store.
func (js *JobStore) AddJob(ctx context.Context, j *job.Job) error {
	return js.s.db(ctx).Clauses(clause.OnConflict{Columns: []clause.Column{{Name: "dedupe_key"}}, DoNothing: true}).
		Create(j).Error
}

// Claim implements job.Store. One statement serves both databases; on PostgreSQL claimers pass each other by. The jobs
// are picked first, apart: within the condition PostgreSQL may pick again for each row that it looks at, and claim them
// all. The dedupe key is given free with the claim: what happens from now on needs a job of its own.
func (js *JobStore) Claim(ctx context.Context, c job.Claim) ([]job.Job, error) {
	var claimed []job.Job
	err := js.s.db(ctx).Raw(`WITH picked AS MATERIALIZED (SELECT id FROM job WHERE parked_at IS NULL AND due_at <= ?
			AND (claimed_until IS NULL OR claimed_until <= ?) AND kind IN ?
			ORDER BY due_at LIMIT ? `+js.s.dialect.skipLocked()+`)
		UPDATE job SET claimed_by = ?, claimed_until = ?, attempts = attempts + 1, dedupe_key = NULL
		WHERE id IN (SELECT id FROM picked)
		RETURNING *`, c.Now, c.Now, c.Kinds, c.N, c.Worker, c.Until).Scan(&claimed).Error
	return claimed, err
}

// own is the job while it is the worker's.
func (js *JobStore) own(ctx context.Context, jobID, worker string) *gorm.DB {
	return js.s.db(ctx).Model(&job.Job{}).Where("id = ? AND claimed_by = ?", jobID, worker)
}

func one(res *gorm.DB) error {
	if res.Error != nil {
		return res.Error
	}
	if res.RowsAffected == 0 {
		return fault.Missing()
	}
	return nil
}

// Extend implements job.Store.
func (js *JobStore) Extend(ctx context.Context, jobID, worker string, until time.Time) error {
	return one(js.own(ctx, jobID, worker).Update("claimed_until", until))
}

// Finish implements job.Store.
func (js *JobStore) Finish(ctx context.Context, jobID, worker string) error {
	return one(js.own(ctx, jobID, worker).Delete(&job.Job{}))
}

// Postpone implements job.Store.
func (js *JobStore) Postpone(ctx context.Context, p job.Postponement) error {
	return one(js.own(ctx, p.Job, p.Worker).Updates(map[string]any{
		"claimed_by": nil, "claimed_until": nil, "due_at": p.DueAt, "attempts": p.Attempts, "parked_at": p.Parked, "last_error": p.Code,
	}))
}

// ParkedJobs implements job.Store.
func (js *JobStore) ParkedJobs(ctx context.Context) ([]job.Job, error) {
	var parked []job.Job
	err := js.s.db(ctx).Where("parked_at IS NOT NULL").Order("created_at").Limit(500).Find(&parked).Error
	return parked, err
}

// Unpark implements job.Store.
func (js *JobStore) Unpark(ctx context.Context, jobID string, now time.Time) error {
	return one(js.s.db(ctx).Model(&job.Job{}).Where("id = ? AND parked_at IS NOT NULL", jobID).
		Updates(map[string]any{"parked_at": nil, "attempts": 0, "due_at": now}))
}

// JobStats implements job.Store.
func (js *JobStore) JobStats(ctx context.Context, now time.Time) (job.Stats, error) {
	var row struct {
		Waiting int
		Parked  int
	}
	err := js.s.db(ctx).Model(&job.Job{}).Select(`COUNT(CASE WHEN parked_at IS NULL THEN 1 END) AS waiting,
		COUNT(CASE WHEN parked_at IS NOT NULL THEN 1 END) AS parked`).Scan(&row).Error
	if err != nil {
		return job.Stats{}, err
	}
	stats := job.Stats{Waiting: row.Waiting, Parked: row.Parked}
	var oldest job.Job
	err = js.s.db(ctx).Where("parked_at IS NULL AND due_at <= ?", now).Order("due_at").Limit(1).Find(&oldest).Error
	if err == nil && oldest.ID != "" {
		stats.Oldest = now.Sub(oldest.DueAt)
	}
	return stats, err
}
