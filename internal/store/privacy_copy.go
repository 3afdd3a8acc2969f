package store

import (
	"context"
	"strings"

	"samhold/internal/privacy"
)

// belongs is the condition that picks the rows of one account, which it takes as ? once for each of n.
func belongs(t privacy.Table) (condition string, n int) {
	column := t.Name + "." + t.Column
	switch t.Through {
	case privacy.ByAccount:
		return column + " = ?", 1
	case privacy.ByMembership:
		return column + " IN " + membershipsOf, 1
	case privacy.ByPost:
		return column + " IN " + postsOf, 1
	case privacy.ByDecision:
		return t.Name + ".target_kind = 'post' AND " + column + " IN " + postsOf, 1
	case privacy.ByText:
		return "(" + t.Name + ".source_kind IN ('post', 'topic') AND " + column + " IN " + postsOf + ") OR (" +
			t.Name + ".source_kind = 'report' AND " + column + " IN " + reportsOf + ") OR (" +
			t.Name + ".source_kind = 'message' AND " + column + " IN " + messagesOf + ") OR (" +
			t.Name + ".source_kind = 'plan' AND " + column + " IN " + plansOf + ")", 5
	case privacy.ByCase:
		return column + " IN " + casesOf, 1
	}
	return neverSQL, 0
}

// Copy implements privacy.Store.
func (q *Privacy) Copy(ctx context.Context, t privacy.Table, columns []string, accountID string, offset, limit int) ([]privacy.Row, error) {
	condition, n := belongs(t)
	var args []any
	for range n {
		args = append(args, accountID)
	}
	var found []map[string]any
	err := q.s.db(ctx).Table(t.Name).Select(strings.Join(columns, ", ")).Where("("+condition+")", args...).
		Order(t.Order + ", " + t.Columns[0].Name).Offset(offset).Limit(limit).Find(&found).Error
	rows := make([]privacy.Row, len(found))
	for i, r := range found {
		rows[i] = r
	}
	return rows, err
}

// SpaceNames implements privacy.Store.
func (q *Privacy) SpaceNames(ctx context.Context, accountID string) (map[string]string, error) {
	var found []struct{ ID, Name string }
	err := q.s.db(ctx).Raw(`SELECT space.id, space.name FROM space WHERE space.id IN
		(SELECT membership.space_id FROM membership WHERE membership.account_id = ?)`, accountID).Scan(&found).Error
	names := map[string]string{}
	for _, s := range found {
		names[s.ID] = s.Name
	}
	return names, err
}
