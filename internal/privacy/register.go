package privacy

import (
	"fmt"
	"strings"
	"time"

	"samhold/internal/i18n"
)

// Register writes the record of processing (article 30) as Markdown, in the language of the texts.
func Register(texts *i18n.Texts) (string, error) {
	w := &writer{texts: texts}
	w.line("# %s", w.t("register.title"))
	for _, key := range []string{"made", "fill", "controller", "processors", "people", "recipients", "transfers", "security"} {
		w.line("\n%s", w.t("register."+key))
	}
	for _, class := range Classes {
		w.class(class)
	}
	return w.text.String(), w.err
}

// writer collects lines and keeps the first error.
type writer struct {
	texts *i18n.Texts
	text  strings.Builder
	err   error
}

func (w *writer) t(key string) string {
	s, err := w.texts.T(key)
	if err != nil && w.err == nil {
		w.err = err
	}
	return s
}

func (w *writer) line(format string, args ...any) { fmt.Fprintf(&w.text, format+"\n", args...) }

func (w *writer) class(class Class) {
	key := "class." + string(class) + "."
	w.line("\n## %s\n\n%s\n", w.t(key+"title"), w.t(key+"what"))
	w.line("- **%s:** %s", w.t("register.why"), w.t(key+"why"))
	w.line("- **%s:** %s", w.t("register.basis"), w.t(key+"basis"))
	w.line("- **%s:** %s", w.t("register.who"), w.t(key+"who"))
	w.line("- **%s:** %s", w.t("register.long"), w.long(class))
	w.line("\n| %s | %s | %s | %s |\n|---|---|---|---|", w.t("register.column"), w.t("register.kind"), w.t("register.told"), w.t("register.erased"))
	for _, table := range Schema {
		if table.Class != class {
			continue
		}
		for _, c := range table.Columns {
			told := "register.no"
			if c.Told {
				told = "register.yes"
			}
			w.line("| `%s.%s` | %s | %s | %s |", table.Name, c.Name, w.t("register_kind."+string(c.Kind)), w.t(told),
				w.t("register_fate."+string(c.Fate)))
		}
	}
}

// long says how long a class is kept: each of its clocks, or until the person says otherwise.
func (w *writer) long(class Class) string {
	var parts []string
	for _, c := range Clocks {
		if c.Class == class {
			parts = append(parts, fmt.Sprintf("%s: %s %s.", w.t("clock."+string(c.Key)), w.span(c.Lasts), w.t("clock_from."+string(c.Key))))
		}
	}
	switch class {
	case Consent, Belonging, Words, Access, Identity:
		parts = append(parts, w.t("register.until_account"))
	case House:
		parts = append(parts, w.t("register.until_need"))
	default: // its clocks say it all
	}
	return strings.Join(parts, " ")
}

func (w *writer) span(d time.Duration) string {
	s, err := Span(w.texts, d)
	if err != nil && w.err == nil {
		w.err = err
	}
	return s
}

// Span says a clock's length in words: whole years, days or hours.
func Span(texts *i18n.Texts, d time.Duration) (string, error) {
	unit, n := Unit(d)
	return texts.N("clock_span."+unit, n)
}

// Unit is a clock's length in its largest whole unit: year, day or hour.
func Unit(d time.Duration) (unit string, n int) {
	switch {
	case d%year == 0:
		return "year", int(d / year)
	case d > day && d%day == 0:
		return "day", int(d / day)
	}
	return "hour", int(d / time.Hour)
}
