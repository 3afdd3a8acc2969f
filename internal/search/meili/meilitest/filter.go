package meilitest

import (
	"errors"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// filter is a list of conditions, all of which must hold.
type filter []condition

type condition struct {
	field, op string
	values    []string
}

var (
	errFilter = errors.New("a filter that the stand-in does not know")
	oneForm   = regexp.MustCompile(`^([a-z]+) (=|>=|<) ("[^"\\]*"|-?[0-9]+)$`)
	inForm    = regexp.MustCompile(`^([a-z]+) IN \[((?:"[^"\\]*"(?:,"[^"\\]*")*)?)\]$`)
)

// parseFilter reads a filter: one text, or a list of texts.
func parseFilter(v any) (filter, error) {
	var out filter
	switch v := v.(type) {
	case nil:
	case string:
		c, err := parseCondition(v)
		return filter{c}, err
	case []any:
		for _, e := range v {
			text, ok := e.(string)
			if !ok {
				return nil, errFilter
			}
			c, err := parseCondition(text)
			if err != nil {
				return nil, err
			}
			out = append(out, c)
		}
	default:
		return nil, errFilter
	}
	return out, nil
}

func parseCondition(text string) (condition, error) {
	if m := inForm.FindStringSubmatch(text); m != nil {
		c := condition{field: m[1], op: "IN"}
		for v := range strings.SplitSeq(m[2], ",") {
			c.values = append(c.values, strings.Trim(v, `"`))
		}
		return c, nil
	}
	if m := oneForm.FindStringSubmatch(text); m != nil {
		return condition{m[1], m[2], []string{strings.Trim(m[3], `"`)}}, nil
	}
	return condition{}, errFilter
}

// allowed reports whether all fields are filterable.
func (f filter) allowed(fields []string) bool {
	for _, c := range f {
		if !slices.Contains(fields, c.field) {
			return false
		}
	}
	return true
}

func (f filter) holds(d *doc) bool {
	for _, c := range f {
		if !c.holds(d.fields[c.field]) {
			return false
		}
	}
	return true
}

// holds compares as the server does: texts without regard to case, numbers as floating point, lists by any element.
func (c condition) holds(v any) bool {
	switch v := v.(type) {
	case []any:
		return slices.ContainsFunc(v, c.holds)
	case string:
		return (c.op == "=" || c.op == "IN") && slices.ContainsFunc(c.values, func(want string) bool { return fold(want) == fold(v) })
	case float64:
		want, err := strconv.ParseFloat(c.values[0], 64)
		if err != nil {
			return false
		}
		switch c.op {
		case ">=":
			return v >= want
		case "<":
			return v < want
		case "=":
			return v == want
		}
	}
	return false
}
