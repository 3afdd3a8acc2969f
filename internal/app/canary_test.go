package app_test

import (
	"crypto/sha256"
	"encoding/base32"
	"html"
	"net/url"
	"slices"
	"strings"
)

// canary is a word that stands in one place of the world and that only some may ever see. Where says on which kind
// of page it may stand; the pages' rows name the kinds that they show.
type canary struct {
	name string // in words, for the table
	kind string // what rows name: title, body, alias, …
	text string
	may  []string // actors
}

// word is made from a name: always the same, in no dictionary, and far from every other word, so that the search's
// forgiveness for typing errors does not confuse two of them.
func word(name string) string {
	sum := sha256.Sum256([]byte(name))
	letters := strings.NewReplacer("2", "a", "3", "e", "4", "i", "5", "o", "6", "u", "7", "y").
		Replace(strings.ToLower(base32.StdEncoding.EncodeToString(sum[:])))
	return "q" + letters[:11]
}

// sightings are the names of the canaries that stand in a text: as they are, or behind the escapes of HTML and of
// addresses. What the request itself said does not count: a page may repeat it.
func sightings(canaries []canary, text, request string) []string {
	var seen []string
	readings := readings(text)
	asked := readings[:0:0]
	if request != "" {
		asked = append(asked, strings.ToLower(request))
	}
	for _, c := range canaries {
		word := strings.ToLower(c.text)
		in := func(reading string) bool { return strings.Contains(reading, word) }
		if slices.ContainsFunc(readings, in) && !slices.ContainsFunc(asked, in) {
			seen = append(seen, c.name)
		}
	}
	slices.Sort(seen)
	return seen
}

func readings(text string) []string {
	all := []string{text, html.UnescapeString(text), html.UnescapeString(html.UnescapeString(text))}
	if unescaped, err := url.QueryUnescape(text); err == nil {
		all = append(all, unescaped)
	}
	for i := range all {
		all[i] = strings.ToLower(all[i])
	}
	slices.Sort(all)
	return slices.Compact(all)
}
