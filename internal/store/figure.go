package store

import (
	"context"
	"time"

	"gorm.io/gorm"

	"samhold/internal/account"
	"samhold/internal/crisis"
	"samhold/internal/fault"
	"samhold/internal/figure"
	"samhold/internal/rota"
)

// Figure implements figure.Store.
type Figure struct{ s *Store }

var _ figure.Store = (*Figure)(nil)

// Figure returns the queries of the desk's figures.
func (s *Store) Figure() *Figure { return &Figure{s} }

// Steps implements figure.Store.
func (q *Figure) Steps(ctx context.Context, scope crisis.Scope, since time.Time) ([]figure.Step, error) {
	var found []figure.Step
	err := within(q.s.db(ctx).Table("case_event"), scope).
		Select(`case_event.case_id, COALESCE(crisis_case.space_id, '') AS space_id, case_event.kind, case_event.to_state,
			case_event.code, case_event.created_at AS at`).
		Joins("JOIN crisis_case ON crisis_case.id = case_event.case_id").
		Where("(crisis_case.closed_at IS NULL OR crisis_case.closed_at >= ?)", since).
		Where("case_event.kind IN ('opened', 'signal', 'reopen', 'raise', 'take', 'receive', 'reach', 'close', 'sign')").
		Order("case_event.case_id, case_event.seq").Scan(&found).Error
	return found, err
}

// amber are the posts within the scope whose first amber assessment is not older than that. Of those that were edited
// since, that first one counts.
func (q *Figure) amber(ctx context.Context, scope crisis.Scope, since time.Time) *gorm.DB {
	find := q.s.db(ctx).Table("assessment AS a").
		Joins("JOIN post ON post.id = a.source_id AND post.visibility <> 'deleted'").
		Where("a.source_kind = 'post' AND a.level = 'amber' AND a.created_at >= ?", since).
		Where(`NOT EXISTS (SELECT 1 FROM assessment b WHERE b.source_kind = 'post' AND b.source_id = a.source_id
			AND b.level = 'amber' AND b.revision < a.revision)`)
	if !scope.Everywhere {
		find = find.Where("a.space_id IN ?", spaces(scope.Spaces))
	}
	return find
}

// AmberPosts implements figure.Store.
func (q *Figure) AmberPosts(ctx context.Context, scope crisis.Scope, since time.Time) ([]figure.AmberPost, error) {
	var found []figure.AmberPost
	err := q.amber(ctx, scope, since).Select("a.source_id AS post_id, COALESCE(a.space_id, '') AS space_id, a.created_at AS at").
		Order("a.created_at, a.id").Scan(&found).Error
	return found, err
}

// Reads implements figure.Store.
func (q *Figure) Reads(ctx context.Context, scope crisis.Scope, since time.Time) ([]figure.Answer, error) {
	var found []figure.Answer
	err := q.amber(ctx, scope, since).Select("a.source_id AS post_id, r.corrected_at AS at").
		Joins("JOIN assessment r ON r.source_kind = 'post' AND r.source_id = a.source_id AND r.corrected_at IS NOT NULL").
		Scan(&found).Error
	return found, err
}

// Replies implements figure.Store.
func (q *Figure) Replies(ctx context.Context, scope crisis.Scope, since time.Time) ([]figure.Answer, error) {
	var found []figure.Answer
	err := q.amber(ctx, scope, since).Select("a.source_id AS post_id, reply.created_at AS at").
		Joins(`JOIN post reply ON reply.topic_id = post.topic_id AND reply.seq > post.seq AND reply.shown_role = 'staff'
			AND reply.visibility = 'visible'`).Scan(&found).Error
	return found, err
}

// Spaces implements figure.Store.
func (q *Figure) Spaces(ctx context.Context, scope crisis.Scope) ([]figure.Space, error) {
	find := q.s.db(ctx).Table("space").Select("id, name").Where("state = 'open'")
	if !scope.Everywhere {
		find = find.Where("id IN ?", spaces(scope.Spaces))
	}
	var found []figure.Space
	err := find.Order("position, id").Scan(&found).Error
	return found, err
}

// FirstShift implements figure.Store.
func (q *Figure) FirstShift(ctx context.Context) (time.Time, error) {
	var found struct{ StartsAt time.Time }
	err := q.s.db(ctx).Table("shift").Select("starts_at").Order("starts_at").Limit(1).Take(&found).Error
	if fault.Is(err, fault.NotFound) {
		return time.Time{}, nil
	}
	return found.StartsAt, err
}

// TakenBy implements figure.Store.
func (q *Figure) TakenBy(ctx context.Context, reader string, in rota.Span) ([]figure.Taken, error) {
	var found []figure.Taken
	err := q.s.db(ctx).Table("case_event").
		Distinct("case_event.actor_id AS account_id", "case_event.case_id", "crisis_case.peak_level = 'crisis' AS crisis").
		Joins("JOIN crisis_case ON crisis_case.id = case_event.case_id").
		Where("case_event.kind IN ('take', 'receive') AND case_event.created_at >= ? AND case_event.created_at < ?", in.From, in.To).
		Where("(crisis_case.account_id IS NULL OR crisis_case.account_id <> ?)", reader).Scan(&found).Error
	return found, err
}

// Shifts implements figure.Store.
func (q *Figure) Shifts(ctx context.Context, in rota.Span) ([]figure.Shift, error) {
	var found []figure.Shift
	err := q.s.db(ctx).Table("shift").Select("account_id, starts_at, ends_at").
		Where("starts_at < ? AND ends_at > ?", in.To, in.From).Scan(&found).Error
	return found, err
}

// Team implements figure.Store.
func (q *Figure) Team(ctx context.Context, scope crisis.Scope, at time.Time) ([]figure.Colleague, error) {
	find := q.s.db(ctx).Table("account").Distinct("account.id", "account.staff_name AS name").
		Joins("JOIN staff_grant ON staff_grant.account_id = account.id").
		Where("account.state = 'active' AND staff_grant.role IN ?", account.RolesWith(account.WorkCases)).
		Where("staff_grant.starts_at <= ? AND (staff_grant.ends_at IS NULL OR staff_grant.ends_at > ?)", at, at)
	if !scope.Everywhere {
		find = find.Where("(staff_grant.space_id IS NULL OR staff_grant.space_id IN ?)", spaces(scope.Spaces))
	}
	var found []figure.Colleague
	err := find.Order("name, account.id").Scan(&found).Error
	return found, err
}
