package view

import (
	"fmt"
	"html/template"
	"strings"
	"time"

	"samhold/internal/clock"
	"samhold/internal/directory"
	"samhold/internal/fault"
	"samhold/internal/i18n"
	"samhold/internal/privacy"
)

// Assets gives the hashed address of a static file.
type Assets interface {
	// Path returns the address of the file, which changes with its content.
	Path(name string) (string, error)
}

// Zone is where Samhold's readers are; every time is shown in it.
const Zone = "Europe/Copenhagen"

func functions(texts *i18n.Texts, assets Assets, clock clock.Clock) template.FuncMap {
	zone, err := time.LoadLocation(Zone)
	if err != nil {
		zone = time.UTC
	}
	return template.FuncMap{
		"t":     texts.T,
		"tn":    texts.N,
		"fault": func(f fault.Field) (string, error) { return texts.Map(f.Key, f.Args) },
		"asset": assets.Path,
		"sign":  func(name string, more ...string) (template.HTML, error) { return sign(assets, name, more) },
		// prose trusts HTML that package markup made and the database kept; nothing else may be passed to it.
		"prose": func(html string) template.HTML { return template.HTML(html) }, //nolint:gosec // see above
		"iso":   func(at time.Time) string { return at.UTC().Format(time.RFC3339) },
		"day":   func(at time.Time) (string, error) { return day(texts, at.In(zone)) },
		"clock": func(at time.Time) string { return at.In(zone).Format("15.04") },
		"since": func(at, now time.Time) (string, error) { return since(texts, at.In(zone), now) },
		"when":  func(at time.Time) (string, error) { return when(texts, at.In(zone), clock.Now().In(zone)) },
		"ago":   func(from, now time.Time) (string, error) { return span(texts, now.Sub(from)) },
		"wait":  func(d time.Duration) (string, error) { return span(texts, d.Round(time.Minute)) },
		"brief": func(d time.Duration) (string, error) { return brief(texts, d.Round(time.Minute)) },
		// span says how long a clock runs.
		"span":     func(d time.Duration) (string, error) { return privacy.Span(texts, d) },
		"lineName": func(l directory.Line) (string, error) { return lineName(texts, l) },
		"lineFor":  func(l directory.Line) (string, error) { return lineFor(texts, l) },
		"hours":    func(h directory.Hours) ([]string, error) { return hours(texts, h) },
		"list":     func(items ...any) []any { return items },
		"dict":     dict,
		"inc":      func(n int) int { return n + 1 },
		// alias is how others know the author of a post; one whose account is erased has none.
		"alias": func(alias string) (string, error) {
			if alias == "" {
				return texts.T("topic.former")
			}
			return alias, nil
		},
	}
}

// sign is one of the signs in static/img/signs.svg, for the eye only; the word beside it counts.
func sign(assets Assets, name string, more []string) (template.HTML, error) {
	file, err := assets.Path("img/signs.svg")
	if err != nil {
		return "", err
	}
	class := strings.Join(append([]string{"sign"}, more...), " ")
	return template.HTML(fmt.Sprintf(`<svg class="%s" aria-hidden="true"><use href="%s#%s"/></svg>`, //nolint:gosec // escaped below
		template.HTMLEscapeString(class), template.HTMLEscapeString(file), template.HTMLEscapeString(name))), nil
}

// day is "3. november 2026" or "3 November 2026".
func day(texts *i18n.Texts, at time.Time) (string, error) {
	month, err := texts.T(fmt.Sprintf("time.month_%d", int(at.Month())))
	if err != nil {
		return "", err
	}
	return texts.T("time.day", "Day", at.Day(), "Month", month, "Year", at.Year())
}

// when is a moment as people say it: "i dag kl. 3.14", "i går kl. 22.05", "3. november kl. 21.40", with the year
// when it is another.
func when(texts *i18n.Texts, at, now time.Time) (string, error) {
	key := "time.when"
	switch {
	case sameDay(at, now):
		key = "time.today"
	case sameDay(at, now.AddDate(0, 0, -1)):
		key = "time.yesterday"
	case sameDay(at, now.AddDate(0, 0, 1)):
		key = "time.tomorrow"
	case at.Year() == now.Year():
		key = "time.this_year"
	}
	month, err := texts.T(fmt.Sprintf("time.month_%d", int(at.Month())))
	if err != nil {
		return "", err
	}
	return texts.T(key, "Day", at.Day(), "Month", month, "Year", at.Year(), "Clock", at.Format("15.04"))
}

func sameDay(a, b time.Time) bool {
	return a.Year() == b.Year() && a.YearDay() == b.YearDay()
}

// span is how long something has lasted, in the largest unit that fits.
func span(texts *i18n.Texts, d time.Duration) (string, error) {
	switch {
	case d < time.Minute:
		return texts.T("time.just_now")
	case d < time.Hour:
		return texts.N("time.minutes", int(d/time.Minute))
	case d < 48*time.Hour:
		return texts.N("time.hours", int(d/time.Hour))
	default:
		return texts.N("time.days", int(d/(24*time.Hour)))
	}
}

// brief is span for the narrow columns of a table.
func brief(texts *i18n.Texts, d time.Duration) (string, error) {
	switch {
	case d < time.Minute:
		return texts.T("time.brief_now")
	case d < time.Hour:
		return texts.T("time.brief_minutes", "N", int(d/time.Minute))
	case d < 48*time.Hour:
		return texts.T("time.brief_hours", "N", int(d/time.Hour))
	default:
		return texts.N("time.days", int(d/(24*time.Hour)))
	}
}

// since is how long ago something was while that is easy to feel, and the day after that.
func since(texts *i18n.Texts, at, now time.Time) (string, error) {
	if now.Sub(at) >= 7*24*time.Hour {
		return day(texts, at)
	}
	d, err := span(texts, now.Sub(at))
	if err != nil {
		return "", err
	}
	return texts.T("topic.since", "Span", d)
}

// dict makes a map of pairs, to hand several values to a partial.
func dict(pairs ...any) (map[string]any, error) {
	if len(pairs)%2 != 0 {
		return nil, fmt.Errorf("dict wants pairs, got %d values", len(pairs))
	}
	m := make(map[string]any, len(pairs)/2)
	for i := 0; i < len(pairs); i += 2 {
		key, ok := pairs[i].(string)
		if !ok {
			return nil, fmt.Errorf("dict wants names, got %T", pairs[i])
		}
		m[key] = pairs[i+1]
	}
	return m, nil
}
