package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"gorm.io/gorm/clause"

	"samhold/internal/backup"
)

// Backup implements backup.Source, backup.Target and backup.Notes.
type Backup struct{ s *Store }

var (
	_ backup.Source = (*Backup)(nil)
	_ backup.Target = (*Backup)(nil)
	_ backup.Notes  = (*Backup)(nil)
)

// Backup returns what backups need of the database. It reads and writes every table whole: nobody may see what it reads
// but the holder of the backup's identity.
func (s *Store) Backup() *Backup { return &Backup{s} }

type snapshot struct {
	tx     *sql.Tx
	schema int64
	tables []backup.Table
}

// Snapshot implements backup.Source.
func (b *Backup) Snapshot(ctx context.Context, fn func(context.Context, backup.Snapshot) error) error {
	tx, err := b.s.snapshot(ctx)
	if err != nil {
		return b.s.dialect.translate(err)
	}
	defer func() { _ = tx.Rollback() }() // it has written nothing
	s := &snapshot{tx: tx}
	if s.tables, err = b.s.tables(ctx, tx); err != nil {
		return b.s.dialect.translate(err)
	}
	if err := tx.QueryRowContext(ctx, "SELECT MAX(version_id) FROM "+bookkeeping).Scan(&s.schema); err != nil {
		return b.s.dialect.translate(err)
	}
	for i, t := range s.tables {
		if err := tx.QueryRowContext(ctx, "SELECT COUNT(*) FROM "+quoted(t.Name)).Scan(&s.tables[i].Rows); err != nil {
			return b.s.dialect.translate(err)
		}
	}
	return b.s.dialect.translate(fn(ctx, s))
}

// tables lists the tables without their numbers of rows.
func (s *Store) tables(ctx context.Context, tx *sql.Tx) ([]backup.Table, error) {
	rows, err := tx.QueryContext(ctx, s.dialect.columnsQuery())
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var tables []backup.Table
	for rows.Next() {
		var table, column, declared string
		if err := rows.Scan(&table, &column, &declared); err != nil {
			return nil, err
		}
		if table == bookkeeping {
			continue
		}
		if len(tables) == 0 || tables[len(tables)-1].Name != table {
			tables = append(tables, backup.Table{Name: table})
		}
		k, err := kind(declared)
		if err != nil {
			return nil, fmt.Errorf("%s.%s: %w", table, column, err)
		}
		t := &tables[len(tables)-1]
		t.Columns = append(t.Columns, backup.Column{Name: column, Kind: k})
	}
	return tables, rows.Err()
}

// Schema implements backup.Snapshot.
func (s *snapshot) Schema() int64 { return s.schema }

// Tables implements backup.Snapshot.
func (s *snapshot) Tables() []backup.Table { return slices.Clone(s.tables) }

// Each implements backup.Snapshot.
func (s *snapshot) Each(ctx context.Context, t backup.Table, row func([]any) error) error {
	var columns []string
	for _, c := range t.Columns {
		columns = append(columns, quoted(c.Name))
		if c.Kind == backup.Bytes { // SQLite's driver gives nil for empty bytes
			columns = append(columns, quoted(c.Name)+" IS NOT NULL")
		}
	}
	rows, err := s.tx.QueryContext(ctx, "SELECT "+strings.Join(columns, ", ")+" FROM "+quoted(t.Name)) //nolint:gosec // names of the schema, quoted
	if err != nil {
		return err
	}
	defer rows.Close()
	cells, values := make([]cell, len(t.Columns)), make([]any, len(t.Columns))
	var places []any
	for i, c := range t.Columns {
		cells[i] = newCell(c.Kind)
		places = append(places, cells[i].places...)
	}
	for rows.Next() {
		if err := rows.Scan(places...); err != nil {
			return err
		}
		for i, c := range cells {
			values[i] = c.value()
		}
		if err := row(values); err != nil {
			return err
		}
	}
	return rows.Err()
}

// cell is where a value of a row is scanned to, and how it is taken from there. Bytes are followed by whether they are
// there.
type cell struct {
	places []any
	value  func() any
}

func newCell(k backup.Kind) cell {
	switch k {
	case backup.Integer:
		return cellOf(func(v int64) any { return v })
	case backup.Boolean:
		return cellOf(func(v bool) any { return v })
	case backup.Time:
		return cellOf(func(v time.Time) any { return v.UTC() })
	case backup.Bytes:
		v, there := new([]byte), new(bool)
		return cell{[]any{v, there}, func() any {
			if !*there {
				return nil
			}
			return append([]byte{}, *v...)
		}}
	default:
		return cellOf(func(v string) any { return v })
	}
}

func cellOf[T any](get func(T) any) cell {
	v := new(sql.Null[T])
	return cell{[]any{v}, func() any {
		if !v.Valid {
			return nil
		}
		return get(v.V)
	}}
}

// Blank implements backup.Target. What a first start leaves, jobs and settings, does not count.
func (b *Backup) Blank(ctx context.Context) (bool, error) {
	m, err := b.s.Migrations()
	if err != nil {
		return false, err
	}
	applied, err := m.Applied(ctx)
	if err != nil || applied == 0 {
		return applied == 0, err
	}
	if err := m.refuseNewer(ctx); err != nil {
		return false, err
	}
	var n int64
	err = b.s.db(ctx).Raw(`SELECT (SELECT COUNT(*) FROM account) + (SELECT COUNT(*) FROM space) + (SELECT COUNT(*) FROM concern)`).Scan(&n).Error
	return n == 0, err
}

var errOtherColumns = errors.New("its columns are not those of the schema")

// Load implements backup.Target.
func (b *Backup) Load(ctx context.Context, schema int64, fn func(context.Context, backup.Put) error) error {
	m, err := b.s.Migrations()
	if err != nil {
		return err
	}
	if err := m.To(ctx, schema); err != nil {
		return err
	}
	conn, done, err := b.s.looseConn(ctx)
	if err != nil {
		return b.s.dialect.translate(err)
	}
	defer done()
	tx, err := conn.BeginTx(ctx, nil)
	if err != nil {
		return b.s.dialect.translate(err)
	}
	defer func() { _ = tx.Rollback() }() // of what is not committed
	if err := b.load(ctx, tx, fn); err != nil {
		return b.s.dialect.translate(err)
	}
	return b.s.dialect.translate(tx.Commit())
}

func (b *Backup) load(ctx context.Context, tx *sql.Tx, fn func(context.Context, backup.Put) error) error {
	tables, err := b.s.tables(ctx, tx)
	if err != nil {
		return err
	}
	tighten, err := b.s.dialect.looseKeys(ctx, tx)
	if err != nil {
		return err
	}
	for _, t := range tables { // a step of the schema may have left rows
		if _, err := tx.ExecContext(ctx, "DELETE FROM "+quoted(t.Name)); err != nil { //nolint:gosec // a name of the schema, quoted
			return err
		}
	}
	err = fn(ctx, func(ctx context.Context, t backup.Table, rows [][]any) error {
		if !slices.ContainsFunc(tables, func(known backup.Table) bool {
			return known.Name == t.Name && slices.Equal(sorted(known.Columns), sorted(t.Columns))
		}) {
			return errOtherColumns
		}
		return b.s.put(ctx, tx, t, rows)
	})
	if err != nil {
		return err
	}
	return tighten()
}

// sorted are the columns in one order: the databases may have got them in different ones.
func sorted(columns []backup.Column) []backup.Column {
	return slices.SortedFunc(slices.Values(columns), func(a, b backup.Column) int { return strings.Compare(a.Name, b.Name) })
}

// most is how many values a statement may carry, below the limits of both databases.
const most = 30_000

func (s *Store) put(ctx context.Context, tx *sql.Tx, t backup.Table, rows [][]any) error {
	for part := range slices.Chunk(rows, max(1, most/len(t.Columns))) {
		if _, err := tx.ExecContext(ctx, s.dialect.insert(t, len(part)), slices.Concat(part...)...); err != nil {
			return s.dialect.translate(err)
		}
	}
	return nil
}

// settingRow is a row of the table setting.
type settingRow struct {
	Key       string `gorm:"primaryKey"`
	Value     string
	UpdatedAt time.Time
}

// TableName implements GORM's tabler.
func (settingRow) TableName() string { return "setting" }

// Note implements backup.Notes.
func (b *Backup) Note(ctx context.Context, key string) (string, error) {
	var row settingRow
	err := b.s.db(ctx).Where("key = ?", key).Limit(1).Find(&row).Error
	return row.Value, err
}

// SaveNote implements backup.Notes.
func (b *Backup) SaveNote(ctx context.Context, key, value string) error {
	return b.s.InTx(ctx, func(ctx context.Context) error {
		return b.s.db(ctx).Clauses(clause.OnConflict{UpdateAll: true}).Create(&settingRow{Key: key, Value: value, UpdatedAt: b.s.clock.Now()}).Error
	})
}
