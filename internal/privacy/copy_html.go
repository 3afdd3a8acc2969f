package privacy

import (
	"context"
	_ "embed" // the page below
	"encoding/json"
	"fmt"
	"html/template"
	"io"
	"slices"
	"strings"
	"time"
)

//go:embed copy.gohtml
var copyPage string

// zone is where the readers are.
const zone = "Europe/Copenhagen"

// cell is one thing that a person reads about themselves.
type cell struct{ Label, Value string }

// html writes the file for people. It loads nothing and runs nothing.
func (c *copier) html(ctx context.Context, w io.Writer) error {
	page, err := template.New("copy").Funcs(template.FuncMap{"t": c.texts.T}).Parse(copyPage)
	if err != nil {
		return fmt.Errorf("parse page: %w", err)
	}
	when, err := c.time(c.at)
	if err != nil {
		return err
	}
	if err := page.ExecuteTemplate(w, "head", map[string]any{"Lang": c.texts.Lang(), "When": when}); err != nil {
		return fmt.Errorf("write page: %w", err)
	}
	for _, t := range Schema {
		if !t.Exported() {
			continue
		}
		if err := c.section(ctx, page, w, t); err != nil {
			return err
		}
	}
	return page.ExecuteTemplate(w, "foot", nil)
}

func (c *copier) section(ctx context.Context, page *template.Template, w io.Writer, t Table) error {
	rows := 0
	err := c.each(ctx, t, func(n int, r Row) error {
		if n == 0 {
			if err := page.ExecuteTemplate(w, "table", t.Name); err != nil {
				return fmt.Errorf("write page: %w", err)
			}
		}
		rows++
		cells, err := c.cells(t, r)
		if err != nil {
			return err
		}
		return page.ExecuteTemplate(w, "row", cells)
	})
	if err != nil || rows > 0 || t.Name != "post" {
		return err // only the posts are missed when there are none
	}
	if err := page.ExecuteTemplate(w, "table", t.Name); err != nil {
		return fmt.Errorf("write page: %w", err)
	}
	return page.ExecuteTemplate(w, "none", nil)
}

func (c *copier) cells(t Table, r Row) ([]cell, error) {
	var cells []cell
	for _, column := range t.told() {
		value, err := c.value(column, r[column.Name])
		if err != nil {
			return nil, err
		}
		if value == "" {
			continue
		}
		label, err := c.label(t, column)
		if err != nil {
			return nil, err
		}
		cells = append(cells, cell{label, value})
	}
	return cells, nil
}

// label is the column's name in words: its table's own, or those of all columns of that name. The files of texts keep
// the word id for themselves.
func (c *copier) label(t Table, column Column) (string, error) {
	key := "copy_column." + t.Name + "_" + column.Name
	switch {
	case c.texts.Has(key):
	case column.Name == "id":
		key = "copy_column.number"
	default:
		key = "copy_column." + column.Name
	}
	return c.texts.T(key)
}

// value says a value as people would; a code that has no words stands as it is.
func (c *copier) value(column Column, v any) (string, error) {
	switch v := v.(type) {
	case nil:
		return "", nil
	case bool:
		if v {
			return c.texts.T("copy_code.yes")
		}
		return c.texts.T("copy_code.no")
	case time.Time:
		return c.time(v)
	case map[string]any:
		return c.lines(v), nil
	case string:
		if name, ok := c.spaces[v]; ok && column.Name == "space_id" {
			return name, nil
		}
		if key := "copy_code." + v; column.Kind == Code && c.texts.Has(key) {
			return c.texts.T(key)
		}
		return v, nil
	}
	return fmt.Sprint(v), nil
}

func (c *copier) time(at time.Time) (string, error) {
	place, err := time.LoadLocation(zone)
	if err != nil {
		return "", fmt.Errorf("time zone: %w", err)
	}
	at = at.In(place)
	month, err := c.texts.T(fmt.Sprintf("time.month_%d", int(at.Month())))
	if err != nil {
		return "", err
	}
	day, err := c.texts.T("time.day", "Day", at.Day(), "Month", month, "Year", at.Year())
	return day + " " + at.Format("15.04"), err
}

// lines writes what a form held, a line for each field that was filled in.
func (c *copier) lines(fields map[string]any) string {
	var out []string
	for name, v := range fields {
		if said, err := c.texts.T("copy_field." + name); err == nil && c.texts.Has("copy_field."+name) {
			name = said
		}
		switch v := v.(type) {
		case nil, bool:
		case map[string]any:
			out = append(out, c.lines(v))
		case string:
			if v != "" {
				out = append(out, name+": "+v)
			}
		default:
			if b, err := json.Marshal(v); err == nil {
				out = append(out, name+": "+string(b))
			}
		}
	}
	slices.Sort(out)
	return strings.Join(out, "\n")
}
