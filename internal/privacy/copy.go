package privacy

import (
	"archive/zip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"

	"samhold/internal/account"
	"samhold/internal/fault"
	"samhold/internal/i18n"
	"samhold/internal/seal"
	"samhold/internal/vault"
)

// Row is a row of a copy, by column.
type Row map[string]any

type copyStore interface {
	// Copy returns the columns of the account's own rows of a table, in the table's order.
	Copy(ctx context.Context, t Table, columns []string, accountID string, offset, limit int) ([]Row, error)
	// SpaceNames are the names of the spaces that the account has entered, by id.
	SpaceNames(ctx context.Context, accountID string) (map[string]string, error)
}

// The names of the files say nothing: they may lie on a phone that others use.
const (
	copyJSON = "data.json"
	copyHTML = "data.html"
)

// copyBatch is how many rows are in memory at once.
const copyBatch = 500

// Export writes everything that is the actor's own, as Schema declares it, to w: a zip with a file for machines and a
// file for people, which opens without Samhold and runs nothing. Somebody who has not shown lately that they
// are the actor gets nothing: it is NotFound.
func (s *Service) Export(ctx context.Context, actor account.Actor, texts *i18n.Texts, w io.Writer) error {
	if !actor.Confirmed() {
		return fault.Missing()
	}
	spaces, err := s.Store.SpaceNames(ctx, actor.Account)
	if err != nil {
		return err
	}
	c := &copier{s: s, account: actor.Account, at: s.Clock.Now(), texts: texts, spaces: spaces}
	archive := zip.NewWriter(w)
	for _, part := range []struct {
		name  string
		write func(context.Context, io.Writer) error
	}{{copyJSON, c.json}, {copyHTML, c.html}} {
		f, err := archive.CreateHeader(&zip.FileHeader{Name: part.name, Method: zip.Deflate, Modified: c.at})
		if err != nil {
			return fmt.Errorf("write copy: %w", err)
		}
		if err := part.write(ctx, f); err != nil {
			return fmt.Errorf("write copy: %w", err)
		}
	}
	if err := archive.Close(); err != nil {
		return fmt.Errorf("write copy: %w", err)
	}
	return nil
}

// copier writes one person's copy.
type copier struct {
	s       *Service
	account string
	at      time.Time
	texts   *i18n.Texts
	spaces  map[string]string
}

// each visits the rows of a table in order, with what was sealed opened.
func (c *copier) each(ctx context.Context, t Table, visit func(n int, r Row) error) error {
	columns := t.read()
	for offset := 0; ; offset += copyBatch {
		rows, err := c.s.Store.Copy(ctx, t, columns, c.account, offset, copyBatch)
		if err != nil {
			return err
		}
		for i, r := range rows {
			told, err := c.open(ctx, t, r)
			if err != nil {
				return err
			}
			if err := visit(offset+i, told); err != nil {
				return err
			}
		}
		if len(rows) < copyBatch {
			return nil
		}
	}
}

// read are the columns to ask for: those that are told, and what it takes to open them.
func (t Table) read() []string {
	columns := []string{t.Columns[0].Name}
	for _, c := range t.Columns[1:] {
		if c.Told || c.Kind == Key || c.Name == vault.TextOf(t.Name).Version {
			columns = append(columns, c.Name)
		}
	}
	return columns
}

// open leaves the told columns, readable.
func (c *copier) open(ctx context.Context, t Table, r Row) (Row, error) {
	told := Row{}
	for _, column := range t.told() {
		v := r[column.Name]
		switch {
		case v == nil:
			continue
		case column.Kind == Sealed:
			opened, err := c.unseal(ctx, t, r, column.Name)
			if err != nil {
				return nil, err
			}
			v = opened
		case column.Kind == Time:
			if at, ok := v.(time.Time); ok {
				v = at.UTC()
			}
		}
		told[column.Name] = v
	}
	return told, nil
}

// unseal opens a sealed column. Search results are told without what was found, which others wrote. What was sealed
// under a key that is gone can be read by nobody, and is nil.
func (c *copier) unseal(ctx context.Context, t Table, r Row, column string) (any, error) {
	ciphertext, _ := r[column].([]byte)
	key, _ := r[t.key()].(string)
	row, _ := r[t.Columns[0].Name].(string)
	if len(ciphertext) == 0 {
		return nil, nil
	}
	text := vault.TextOf(t.Name)
	at := seal.Place{Table: t.Name, Column: column, Row: row, Version: number(r[text.Version])}
	plain, err := c.s.Vault.ForText(text, &c.account).Open(ctx, seal.Sealed{KeyID: key, Ciphertext: ciphertext}, at)
	switch {
	case errors.Is(err, seal.ErrUnknownKey), errors.Is(err, seal.ErrBroken):
		return nil, nil
	case err != nil:
		return nil, err
	}
	var fields map[string]any
	if json.Unmarshal(plain, &fields) != nil {
		return string(plain), nil //nolint:nilerr // it is a text, not fields
	}
	delete(fields, "posts")
	return fields, nil
}

// number reads a whole number, whose size is the database's choice.
func number(v any) int {
	switch n := v.(type) {
	case int64:
		return int(n)
	case int32:
		return int(n)
	}
	return 0
}

// key is the column that names the key of the table's sealed ones.
func (t Table) key() string {
	for _, c := range t.Columns {
		if c.Kind == Key {
			return c.Name
		}
	}
	return ""
}

// json writes the file for machines: an object with a list of rows for each table, empty ones too.
func (c *copier) json(ctx context.Context, w io.Writer) error {
	out := &failing{w: w}
	out.print(`{"format":"samhold 1","made_at":`)
	out.value(c.at.UTC())
	for _, t := range Schema {
		if !t.Exported() {
			continue
		}
		out.print(",\n\n")
		out.value(t.Name)
		out.print(": [")
		err := c.each(ctx, t, func(n int, r Row) error {
			if n > 0 {
				out.print(",")
			}
			out.print("\n  ")
			out.value(r)
			return out.err
		})
		if err != nil {
			return err
		}
		out.print("]")
	}
	out.print("\n}\n")
	return out.err
}

// failing writes until the first error.
type failing struct {
	w   io.Writer
	err error
}

func (f *failing) print(s string) {
	if f.err == nil {
		_, f.err = io.WriteString(f.w, s)
	}
}

func (f *failing) value(v any) {
	b, err := json.Marshal(v)
	if f.err == nil {
		f.err = err
	}
	f.print(string(b))
}
