package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"

	"samhold/internal/privacy"
)

// expiries say what ends under each clock: what was over at @before, and what nobody ever answered or looked at
// since @late.
var expiries = map[privacy.ClockKey][]string{
	privacy.ClockDraft:   {"DELETE FROM draft WHERE saved_at <= @before"},
	privacy.ClockSearch:  {"DELETE FROM search_result WHERE created_at <= @before"},
	privacy.ClockSession: {"DELETE FROM session WHERE created_at <= @before"},
	privacy.ClockLink:    {"DELETE FROM signin_link WHERE created_at <= @before", "DELETE FROM assisted_recovery WHERE created_at <= @before"},
	privacy.ClockLimit: {
		"DELETE FROM rate_limit WHERE starts_at <= @before", "DELETE FROM brake WHERE free_at <= @before",
		"DELETE FROM spent_answer WHERE until <= @before",
	},
	privacy.ClockReads:    {"DELETE FROM opening WHERE opened_on <= @before"},
	privacy.ClockNotice:   {"DELETE FROM notice WHERE seen_at <= @before", "DELETE FROM notice WHERE created_at <= @late"},
	privacy.ClockReadMark: {"DELETE FROM read_mark WHERE read_at <= @before"},
	privacy.ClockGone: {
		"DELETE FROM post_revision WHERE post_id IN (SELECT id FROM post WHERE gone_at <= @before)",
		`UPDATE topic SET title = '' WHERE title <> '' AND id IN (SELECT topic_id FROM post WHERE seq = 1 AND gone_at <= @before
			AND visibility IN ('deleted', 'removed'))`,
		`UPDATE post SET body = '', body_html = '', version = version + 1 WHERE gone_at <= @before AND body <> ''
			AND visibility IN ('deleted', 'removed')`,
	},
	privacy.ClockRevision: {"DELETE FROM post_revision WHERE post_id IN (SELECT id FROM post WHERE edited_at <= @before)"},
	// What is being talked about goes when its case is closed and the time is over.
	privacy.ClockTalk: {
		"DELETE FROM check_in WHERE created_at <= @before AND state NOT IN ('proposed', 'agreed') AND " + noOpenCaseOf("check_in"),
		"DELETE FROM message WHERE created_at <= @before AND (staff_id IS NOT NULL OR opened_at IS NOT NULL) AND " + noOpenCaseOf("message"),
		"DELETE FROM thread WHERE created_at <= @before AND NOT EXISTS (SELECT 1 FROM message WHERE message.thread_id = thread.id)",
	},
	privacy.ClockSupport: { // with its versions
		`DELETE FROM support_plan WHERE changed_at <= @before AND NOT EXISTS
			(SELECT 1 FROM crisis_case WHERE crisis_case.account_id = support_plan.account_id AND crisis_case.closed_at IS NULL)`,
	},
	privacy.ClockReasons: {`UPDATE assessment SET reasons = '[]' WHERE created_at <= @before AND reasons <> '[]' AND NOT EXISTS
		(SELECT 1 FROM case_signal JOIN crisis_case ON crisis_case.id = case_signal.case_id
			WHERE case_signal.assessment_id = assessment.id AND crisis_case.closed_at IS NULL)`},
	privacy.ClockAssessment: {`DELETE FROM assessment WHERE created_at <= @before
		AND NOT EXISTS (SELECT 1 FROM case_signal WHERE case_signal.assessment_id = assessment.id)`},
	privacy.ClockReassessment: {"DELETE FROM reassessment WHERE started_at <= @before"}, // with what it would raise
	privacy.ClockContact: {
		"DELETE FROM case_contact WHERE case_id IN (SELECT id FROM crisis_case WHERE closed_at <= @before)",
		`DELETE FROM case_contact WHERE case_id IN (SELECT crisis_case.id FROM crisis_case
			JOIN account ON account.id = crisis_case.account_id WHERE crisis_case.closed_at IS NOT NULL AND account.state = 'erased')`,
	},
	// with it signals, events, timers and calls
	privacy.ClockCase: {"DELETE FROM crisis_case WHERE closed_at <= @before"},
	privacy.ClockConcern: {
		"DELETE FROM concern WHERE (answered_at <= @before OR closed_at <= @before) AND " + noCase,
		"DELETE FROM concern WHERE created_at <= @late AND " + noCase,
	},
	privacy.ClockReport: {
		"DELETE FROM report WHERE state <> 'open' AND decided_at <= @before",
		"DELETE FROM report WHERE state <> 'open' AND account_id IS NULL", // its account is erased
	},
	privacy.ClockDecision: {
		"UPDATE decision SET appeal_of = NULL WHERE appeal_of IN (SELECT id FROM decision WHERE created_at <= @before)",
		"DELETE FROM decision WHERE created_at <= @before",
	},
	privacy.ClockLease:      {"UPDATE review_item SET lease_holder = NULL, lease_until = NULL WHERE lease_until <= @before"},
	privacy.ClockInvitation: {"DELETE FROM invitation WHERE expires_at <= @before"},
	privacy.ClockShift: {
		"DELETE FROM shift WHERE ends_at <= @before", // and its offers
		"DELETE FROM staff_absence WHERE ends_at <= @before",
		"DELETE FROM shift_vacancy WHERE ends_at <= @before",
		`DELETE FROM shift_pattern WHERE last_day IS NOT NULL AND created_at <= @before
			AND NOT EXISTS (SELECT 1 FROM shift WHERE shift.pattern_id = shift_pattern.id)`,
	},
	privacy.ClockGrant:   {"DELETE FROM staff_grant WHERE ends_at <= @before"},
	privacy.ClockService: {"DELETE FROM staff_file WHERE ended_at <= @before"},
	privacy.ClockJob:     {"DELETE FROM job WHERE parked_at <= @before"},
}

func noOpenCaseOf(table string) string {
	return "NOT EXISTS (SELECT 1 FROM crisis_case WHERE crisis_case.account_id = " + table + ".account_id AND crisis_case.closed_at IS NULL)"
}

const noCase = "NOT EXISTS (SELECT 1 FROM crisis_case WHERE crisis_case.concern_id = concern.id)"

// Expire implements privacy.Store.
func (q *Privacy) Expire(ctx context.Context, key privacy.ClockKey, before, late time.Time) error {
	statements, ok := expiries[key]
	if !ok {
		return fmt.Errorf("no statement for the clock %q", key)
	}
	for _, s := range statements {
		var args []any
		if strings.Contains(s, "@") {
			args = []any{sql.Named("before", before), sql.Named("late", late)}
		}
		if err := q.s.db(ctx).Exec(s, args...).Error; err != nil {
			return err
		}
	}
	return nil
}

// Dormant implements privacy.Store.
func (q *Privacy) Dormant(ctx context.Context, d privacy.Dormancy) (warn, erase []string, err error) {
	const resting = `FROM account WHERE account.state IN ('active', 'paused') AND NOT EXISTS (SELECT 1 FROM staff_grant
		WHERE staff_grant.account_id = account.id AND (staff_grant.ends_at IS NULL OR staff_grant.ends_at > ?)) AND `
	err = q.s.db(ctx).Raw("SELECT account.id "+resting+"account.warned_at IS NULL AND COALESCE(account.seen_at, account.created_at) <= ? ORDER BY account.id LIMIT ?",
		d.Now, d.WarnBefore, d.Limit).Scan(&warn).Error
	if err != nil {
		return nil, nil, err
	}
	err = q.s.db(ctx).Raw(`SELECT account.id `+resting+`account.warned_at <= ? AND COALESCE(account.seen_at, account.created_at) <= ?
		UNION SELECT account.id FROM account WHERE account.state = 'closed' LIMIT ?`,
		d.Now, d.WarnedBefore, d.EraseBefore, d.Limit).Scan(&erase).Error
	return warn, erase, err
}

// Warned implements privacy.Store.
func (q *Privacy) Warned(ctx context.Context, accountID string, at time.Time) error {
	return q.s.db(ctx).Exec("UPDATE account SET warned_at = ? WHERE id = ?", at, accountID).Error
}

// Shells implements privacy.Store.
func (q *Privacy) Shells(ctx context.Context, before time.Time) ([]string, error) {
	var ids []string
	err := q.s.db(ctx).Raw("SELECT id FROM account WHERE state = 'erased' AND erased_at <= ? ORDER BY id", before).Scan(&ids).Error
	return ids, err
}

// DropShell implements privacy.Store.
func (q *Privacy) DropShell(ctx context.Context, accountID string) error {
	err := q.s.InTx(ctx, func(ctx context.Context) error {
		return q.s.db(ctx).Exec("DELETE FROM account WHERE id = ? AND state = 'erased'", accountID).Error
	})
	if broken, ok := errors.AsType[*queryError](err); ok && broken.violation == foreignKeyViolation {
		return nil // a case, a decision or the like still names it
	}
	return err
}

const sweptAll = "privacy_swept_all"

// SweptAll implements privacy.Store.
func (q *Privacy) SweptAll(ctx context.Context) (time.Time, error) {
	var row struct{ UpdatedAt time.Time }
	err := q.s.db(ctx).Table("setting").Select("updated_at").Where("key = ?", sweptAll).Limit(1).Scan(&row).Error
	return row.UpdatedAt, err
}

// SetSweptAll implements privacy.Store.
func (q *Privacy) SetSweptAll(ctx context.Context, at time.Time) error {
	return q.s.db(ctx).Exec(`INSERT INTO setting (key, value, updated_at) VALUES (?, '', ?)
		ON CONFLICT (key) DO UPDATE SET updated_at = excluded.updated_at`, sweptAll, at).Error
}
