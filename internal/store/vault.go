package store

import (
	"context"
	"strconv"
	"strings"
	"time"

	"gorm.io/gorm/clause"

	"samhold/internal/account"
	"samhold/internal/fault"
	"samhold/internal/vault"
)

// Vault implements vault.Store.
type Vault struct{ s *Store }

// Vault returns the queries about data keys and sealed texts.
func (s *Store) Vault() *Vault { return &Vault{s} }

var _ vault.Store = (*Vault)(nil)

const dataKey = "data_key"

// CurrentKey implements vault.Store.
func (q *Vault) CurrentKey(ctx context.Context, o vault.Owner) (*vault.DataKey, error) {
	if q.s.current(ctx) == nil {
		return nil, errOutside
	}
	db := q.s.db(ctx).Clauses(clause.Locking{Strength: "SHARE"}).Where("kind = ? AND retired_at IS NULL", o.Kind)
	if o.Account != "" {
		db = db.Where("account_id = ?", o.Account)
	}
	k := new(vault.DataKey)
	return k, db.Take(k).Error
}

// AddKey implements vault.Store.
func (q *Vault) AddKey(ctx context.Context, k *vault.DataKey) error {
	if k.AccountID != nil {
		var state string
		err := q.s.db(ctx).Table("account").Clauses(clause.Locking{Strength: "SHARE"}).Select("state").
			Where("id = ?", *k.AccountID).Scan(&state).Error
		if err != nil || state == "" || state == account.Erased {
			return err
		}
	}
	return q.s.db(ctx).Clauses(clause.OnConflict{DoNothing: true}).Create(k).Error
}

// Key implements vault.Store.
func (q *Vault) Key(ctx context.Context, keyID string) (*vault.DataKey, error) {
	k := new(vault.DataKey)
	return k, q.s.db(ctx).Where("id = ?", keyID).Take(k).Error
}

// RootKey implements vault.Store.
func (q *Vault) RootKey(ctx context.Context) (*vault.DataKey, error) {
	k := new(vault.DataKey)
	return k, q.s.db(ctx).Where("kind = ? AND retired_at IS NULL", vault.Root).Take(k).Error
}

// LockAccount implements vault.Store.
func (q *Vault) LockAccount(ctx context.Context, accountID string) error {
	var locked string
	return q.s.db(ctx).Table("account").Clauses(clause.Locking{Strength: "NO KEY UPDATE"}).Select("id").
		Where("id = ?", accountID).Scan(&locked).Error
}

// DestroyKeys implements vault.Store.
func (q *Vault) DestroyKeys(ctx context.Context, accountID string) error {
	return q.s.db(ctx).Where("account_id = ?", accountID).Delete(&vault.DataKey{}).Error
}

// SecretIDs implements vault.Store.
func (q *Vault) SecretIDs(ctx context.Context) ([]string, error) {
	var ids []string
	err := q.s.db(ctx).Table(dataKey).Distinct().Order("secret_id").Pluck("secret_id", &ids).Error
	return ids, err
}

// Used implements vault.Store.
func (q *Vault) Used(ctx context.Context) (bool, error) {
	var used bool
	err := q.s.db(ctx).Raw("SELECT EXISTS (SELECT 1 FROM account) OR EXISTS (SELECT 1 FROM concern)").Scan(&used).Error
	return used, err
}

// RetireKey implements vault.Store.
func (q *Vault) RetireKey(ctx context.Context, keyID string, at time.Time) (bool, error) {
	res := q.s.db(ctx).Table(dataKey).Where("id = ? AND retired_at IS NULL", keyID).Update("retired_at", at)
	return res.RowsAffected == 1, res.Error
}

// OlderKeys implements vault.Store.
func (q *Vault) OlderKeys(ctx context.Context, generation, limit int) ([]vault.DataKey, error) {
	var keys []vault.DataKey
	err := q.s.db(ctx).Where("kind = ? AND retired_at IS NULL AND generation < ?", vault.Account, generation).
		Order("id").Limit(limit).Find(&keys).Error
	return keys, err
}

// FinishRotation implements vault.Store.
func (q *Vault) FinishRotation(ctx context.Context, generation int) (int, error) {
	under := make([]string, 0, len(vault.Texts))
	for _, t := range vault.Texts {
		under = append(under, "SELECT key_id FROM "+t.Table)
	}
	res := q.s.db(ctx).Exec("DELETE FROM data_key WHERE retired_at IS NOT NULL AND id NOT IN (" + strings.Join(under, " UNION ") + ")")
	if res.Error != nil {
		return 0, res.Error
	}
	return int(res.RowsAffected), q.s.db(ctx).Table(dataKey).Where("kind = ?", vault.Root).Update("generation", generation).Error
}

// KeysNotUnder implements vault.Store.
func (q *Vault) KeysNotUnder(ctx context.Context, secretID string, limit int) ([]vault.DataKey, error) {
	var keys []vault.DataKey
	err := q.s.db(ctx).Clauses(clause.Locking{Strength: "UPDATE"}).Where("secret_id <> ?", secretID).
		Order("id").Limit(limit).Find(&keys).Error
	return keys, err
}

// SaveWrapped implements vault.Store.
func (q *Vault) SaveWrapped(ctx context.Context, k *vault.DataKey) error {
	return q.s.db(ctx).Model(k).Select("secret_id", "wrapped").Updates(k).Error
}

// KeyStatus implements vault.Store.
func (q *Vault) KeyStatus(ctx context.Context, secretID string) (vault.Status, error) {
	var s vault.Status
	err := q.s.db(ctx).Raw(`SELECT COUNT(CASE WHEN retired_at IS NULL THEN 1 END) AS keys, COUNT(retired_at) AS retired,
		COUNT(CASE WHEN secret_id <> ? THEN 1 END) AS under_old_secret,
		COALESCE(MAX(CASE WHEN kind = 'root' THEN generation END), 0) < COALESCE(MAX(CASE WHEN kind = 'house' THEN generation END), 0) AS unfinished
		FROM data_key`, secretID).Scan(&s).Error
	return s, err
}

// owner is the account whose a row of the text is, as SQL; it follows what vault.Texts declares.
func owner(t vault.Text) string {
	switch t.Whose {
	case vault.TheAccounts:
		return t.Table + ".account_id"
	case vault.ThePersons:
		return "(SELECT account.id FROM crisis_case JOIN account ON account.id = crisis_case.account_id" +
			" WHERE crisis_case.id = " + t.Table + ".case_id AND account.state <> '" + account.Erased + "')"
	case vault.TheHouses:
	}
	return "NULL"
}

// stale holds for rows that are sealed under a key that does not seal.
const stale = " key_id <> '' AND key_id NOT IN (SELECT id FROM data_key WHERE retired_at IS NULL)"

// StaleRows implements vault.Store. Names of tables and columns come from vault.Texts alone.
func (q *Vault) StaleRows(ctx context.Context, t vault.Text, after string, limit int) ([]vault.Row, error) {
	return q.rows(ctx, t, t.Row+" > ? AND"+stale+" ORDER BY "+t.Row+" LIMIT "+strconv.Itoa(limit), after)
}

// RowsOf implements vault.Store.
func (q *Vault) RowsOf(ctx context.Context, t vault.Text, accountID string) ([]vault.Row, error) {
	return q.rows(ctx, t, "key_id IN (SELECT id FROM data_key WHERE account_id = ?)", accountID)
}

func (q *Vault) rows(ctx context.Context, t vault.Text, where string, value any) ([]vault.Row, error) {
	version := t.Version
	if version == "" {
		version = "0"
	}
	rows, err := q.s.db(ctx).Raw("SELECT "+t.Row+", "+version+", key_id, "+owner(t)+", "+strings.Join(t.Columns, ", ")+
		" FROM "+t.Table+" WHERE "+where+q.s.dialect.forUpdateOf(t.Table), value).Rows()
	if err != nil {
		return nil, q.s.dialect.translate(err)
	}
	defer rows.Close()
	var found []vault.Row
	for rows.Next() {
		r := vault.Row{Ciphertexts: make([][]byte, len(t.Columns))}
		into := []any{&r.ID, &r.Version, &r.KeyID, &r.AccountID}
		for i := range r.Ciphertexts {
			into = append(into, &r.Ciphertexts[i])
		}
		if err := rows.Scan(into...); err != nil {
			return nil, q.s.dialect.translate(err)
		}
		found = append(found, r)
	}
	return found, q.s.dialect.translate(rows.Err())
}

// CountStale implements vault.Store.
func (q *Vault) CountStale(ctx context.Context, t vault.Text) (int, error) {
	var n int
	err := q.s.db(ctx).Raw("SELECT COUNT(*) FROM " + t.Table + " WHERE" + stale).Scan(&n).Error
	return n, err
}

// Reseal implements vault.Store.
func (q *Vault) Reseal(ctx context.Context, t vault.Text, r vault.Row, oldKeyID string) error {
	values := map[string]any{"key_id": r.KeyID}
	for i, column := range t.Columns {
		values[column] = r.Ciphertexts[i]
	}
	res := q.s.db(ctx).Table(t.Table).Where(t.Row+" = ? AND key_id = ?", r.ID, oldKeyID).Updates(values)
	if res.Error == nil && res.RowsAffected == 0 {
		return fault.Stale()
	}
	return res.Error
}
