package i18n

import (
	"fmt"
	"regexp"
	"strings"
)

// text is a text ready to be filled: literals and names of values by turns, beginning and ending with a literal. It says
// what go-i18n would say of the same message; that runs a template for each, which took a twelfth of a topic page.
type text []string

var gap = regexp.MustCompile(`\{\{\.(\w+)\}\}`)

// newText returns nil for a message that is more than text with values in it.
func newText(message string) text {
	message = strings.TrimSpace(message)
	var t text
	at := 0
	for _, m := range gap.FindAllStringSubmatchIndex(message, -1) {
		t = append(t, message[at:m[0]], message[m[2]:m[3]])
		at = m[1]
	}
	t = append(t, message[at:])
	for i := 0; i < len(t); i += 2 {
		if strings.Contains(t[i], "{{") {
			return nil
		}
	}
	return t
}

// fill returns the text with its values, ok false if one is missing.
func (t text) fill(value func(name string) (any, bool)) (filled string, ok bool) {
	if len(t) == 1 {
		return t[0], true
	}
	var b strings.Builder
	for i, part := range t {
		if i%2 == 0 {
			b.WriteString(part)
			continue
		}
		v, ok := value(part)
		if !ok {
			return "", false
		}
		fmt.Fprint(&b, v)
	}
	return strings.TrimSpace(b.String()), len(t) > 0
}
