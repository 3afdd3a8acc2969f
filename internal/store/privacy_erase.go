package store

import (
	"context"
	"slices"

	"samhold/internal/account"
	"samhold/internal/fault"
	"samhold/internal/privacy"
)

// What belongs to an account, for conditions that take it once as ?, plansOf twice.
const (
	membershipsOf = "(SELECT membership.id FROM membership WHERE membership.account_id = ?)"
	postsOf       = "(SELECT post.id FROM post JOIN membership ON membership.id = post.membership_id WHERE membership.account_id = ?)"
	reportsOf     = "(SELECT report.id FROM report WHERE report.account_id = ?)"
	messagesOf    = "(SELECT message.id FROM message WHERE message.account_id = ?)"
	plansOf       = "(SELECT id FROM safety_plan WHERE account_id = ? UNION SELECT id FROM support_plan WHERE account_id = ?)"
	casesOf       = "(SELECT crisis_case.id FROM crisis_case WHERE crisis_case.account_id = ?)"
)

// Subject implements privacy.Store.
func (q *Privacy) Subject(ctx context.Context, accountID string) (privacy.Subject, error) {
	var s privacy.Subject
	db := q.s.db(ctx)
	res := db.Raw("UPDATE account SET state = state WHERE id = ? RETURNING state", accountID).Scan(&s.State)
	if res.Error != nil {
		return s, res.Error
	}
	if s.State == "" {
		return s, fault.Missing()
	}
	var open int64
	err := db.Table("crisis_case").Where("account_id = ? AND closed_at IS NULL", accountID).Count(&open).Error
	s.OpenCase = open > 0
	return s, err
}

// Erase implements privacy.Store.
func (q *Privacy) Erase(ctx context.Context, e privacy.Erasure) ([]string, error) {
	topics, posts, err := q.lockTexts(ctx, e.Account)
	if err != nil {
		return nil, err
	}
	for _, step := range []func(context.Context, privacy.Erasure) error{q.eraseTexts, q.eraseDesk, q.eraseAccount} {
		if err := step(ctx, e); err != nil {
			return nil, err
		}
	}
	t := &Topics{q.s}
	for _, id := range topics {
		if err := t.Tally(ctx, id); err != nil {
			return nil, err
		}
	}
	return posts, nil
}

// lockTexts locks the topics in which the account wrote, in one order, then its memberships, and returns the topics
// and the posts. A reply of the same person that waits meanwhile finds no membership any more.
func (q *Privacy) lockTexts(ctx context.Context, accountID string) (topics, posts []string, err error) {
	locked := map[string]bool{}
	t := &Topics{q.s}
	for range 2 { // once more after the memberships are locked: a reply may have come in between
		topics = topics[:0]
		err := q.s.db(ctx).Raw(`SELECT DISTINCT post.topic_id FROM post WHERE post.id IN `+postsOf+`
			UNION SELECT topic.id FROM topic WHERE topic.membership_id IN `+membershipsOf, accountID, accountID).Scan(&topics).Error
		if err != nil {
			return nil, nil, err
		}
		slices.Sort(topics)
		for _, id := range topics {
			if locked[id] {
				continue
			}
			if err := t.LockTopic(ctx, id); err != nil {
				return nil, nil, err
			}
			locked[id] = true
		}
		if err := q.s.db(ctx).Exec("UPDATE membership SET approved_count = approved_count WHERE account_id = ?", accountID).Error; err != nil {
			return nil, nil, err
		}
	}
	err = q.s.db(ctx).Raw("SELECT post.id FROM post WHERE post.id IN "+postsOf+" ORDER BY post.id", accountID).Scan(&posts).Error
	return topics, posts, err
}

// change is a statement that takes the account once for each ? that its other arguments leave over.
type change struct {
	sql  string
	args []any
}

func (q *Privacy) run(ctx context.Context, changes ...change) error {
	for _, c := range changes {
		if err := q.s.db(ctx).Exec(c.sql, c.args...).Error; err != nil {
			return err
		}
	}
	return nil
}

// eraseTexts takes the name off every post, and the text off those that go or that others cannot see.
func (q *Privacy) eraseTexts(ctx context.Context, e privacy.Erasure) error {
	goes := "post.visibility <> 'visible'"
	if e.Choice == privacy.Remove {
		goes = "1 = 1"
	}
	a := e.Account
	return q.run(ctx,
		change{"DELETE FROM post_revision WHERE post_id IN " + postsOf, []any{a}},
		change{`UPDATE assessment SET reasons = '[]' WHERE (source_kind IN ('post', 'topic') AND source_id IN ` + postsOf + `)
			OR (source_kind = 'report' AND source_id IN ` + reportsOf + `)
			OR (source_kind = 'message' AND source_id IN ` + messagesOf + `)
			OR (source_kind = 'plan' AND source_id IN ` + plansOf + `)`, []any{a, a, a, a, a}},
		change{"DELETE FROM reassessment_item WHERE post_id IN " + postsOf, []any{a}},
		change{"UPDATE decision SET statement = '' WHERE target_kind = 'post' AND target_id IN " + postsOf, []any{a}},
		// A topic whose first post goes while others can be read in it stays, without its title.
		change{`UPDATE topic SET title = '', visibility = CASE
				WHEN topic.visibility = 'removed' THEN 'removed'
				WHEN EXISTS (SELECT 1 FROM post JOIN membership ON membership.id = post.membership_id
					WHERE post.topic_id = topic.id AND post.visibility = 'visible' AND membership.account_id <> ?) THEN topic.visibility
				WHEN EXISTS (SELECT 1 FROM post WHERE post.topic_id = topic.id AND post.visibility = 'visible'
					AND (post.membership_id IS NULL OR (post.membership_id IN ` + membershipsOf + ` AND NOT (` + goes + `)))) THEN topic.visibility
				ELSE 'deleted' END
			WHERE topic.id IN (SELECT post.topic_id FROM post WHERE post.seq = 1 AND ` + goes + ` AND post.id IN ` + postsOf + ")", []any{a, a, a}},
		change{`UPDATE post SET body = '', body_html = '', held_reason = '',
				visibility = CASE WHEN visibility = 'removed' THEN 'removed' ELSE 'deleted' END,
				gone_at = COALESCE(gone_at, ?)
			WHERE ` + goes + " AND membership_id IN " + membershipsOf, []any{e.At, a}},
		change{`UPDATE post SET membership_id = NULL, shown_alias = '', detached_at = ?, version = version + 1
			WHERE membership_id IN ` + membershipsOf, []any{e.At, a}},
		change{"UPDATE topic SET membership_id = NULL, version = version + 1 WHERE membership_id IN " + membershipsOf, []any{a}},
	)
}

// eraseDesk leaves cases without the names that the person had, and takes their reports away as soon as these are
// decided.
func (q *Privacy) eraseDesk(ctx context.Context, e privacy.Erasure) error {
	a := e.Account
	return q.run(ctx,
		// Before the cases are locked: who looks at a check-in locks it before its case.
		change{"DELETE FROM check_in WHERE account_id = ?", []any{a}},
		change{"DELETE FROM case_contact WHERE case_id IN (SELECT id FROM crisis_case WHERE account_id = ? AND closed_at IS NOT NULL)", []any{a}},
		change{"UPDATE crisis_case SET membership_id = NULL WHERE membership_id IN " + membershipsOf, []any{a}},
		change{"UPDATE case_signal SET membership_id = NULL WHERE membership_id IN " + membershipsOf, []any{a}},
		change{"DELETE FROM report WHERE account_id = ? AND state <> 'open'", []any{a}},
		change{"UPDATE report SET account_id = NULL WHERE account_id = ?", []any{a}},
		change{"UPDATE review_item SET lease_holder = NULL, lease_until = NULL WHERE lease_holder = ?", []any{a}},
	)
}

// eraseAccount deletes what lets somebody in and what was theirs alone, and leaves an empty account behind, because
// cases and the log name it.
func (q *Privacy) eraseAccount(ctx context.Context, e privacy.Erasure) error {
	a := e.Account
	for _, table := range []string{
		"membership", // with it agreements, reactions, read marks and blocks
		"session", "credential", "authenticator", "passkey", "call_way", "assisted_recovery", "opening", "recovery_code",
		"signin_link", "trusted_contact", "consent", "notice", "draft", "search_result", "staff_grant", "shift", "shift_pattern",
		"shift_vacancy", "staff_absence", "safety_plan", "plan_share", "support_revision", "support_plan", "message", "thread", "staff_refusal", "debrief",
	} {
		if err := q.run(ctx, change{"DELETE FROM " + table + " WHERE account_id = ?", []any{a}}); err != nil {
			return err
		}
	}
	// A promise of confidentiality outlives the account, and so its clock begins; the rest of the file does not.
	err := q.run(ctx, change{"DELETE FROM staff_file WHERE declared_on IS NULL AND account_id = ?", []any{a}}, change{
		`UPDATE staff_file SET ended_at = COALESCE(ended_at, ?), duty = 'unknown', duty_since = NULL, duty_by = NULL, duty_at = NULL
		WHERE account_id = ?`, []any{e.At, a},
	})
	if err != nil {
		return err
	}
	return q.run(ctx, change{"DELETE FROM shift_swap WHERE from_id = ? OR to_id = ?", []any{a, a}},
		change{"UPDATE shift_swap SET answered_by = NULL WHERE answered_by = ?", []any{a}}, change{
			`UPDATE account SET name = ?, birth_year = 0, locale = '', staff_name = '', state = ?, session_epoch = session_epoch + 1,
			created_at = ?, seen_at = NULL, warned_at = NULL, erased_at = ? WHERE id = ?`,
			[]any{e.Name, account.Erased, e.At, e.At, a},
		})
}
