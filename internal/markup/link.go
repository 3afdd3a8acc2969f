package markup

import (
	"net/url"
	"regexp"
	"strconv"
	"strings"

	"github.com/yuin/goldmark/util"
	"golang.org/x/net/idna"
)

const maxURL = 2000

var (
	// bareURL finds addresses that are not marked up, also those with Danish letters.
	bareURL = regexp.MustCompile("^https?://[^\\s<>\"`]+")
	// hostName is a name with at least one dot whose last part is not a number: neither an address of somebody's
	// own network nor a number that hides where it leads.
	hostName = regexp.MustCompile(`^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]$`)
)

// target is where a link leads.
type target struct {
	url  string // absolute, http or https, ASCII
	host string // as shown: lower case, punycode, with the port when there is one
}

// parseTarget reads the destination of a link as it stands in Markdown. Links that people cannot judge are
// refused: other schemes, relative ones, those with a user name before the host, and numeric hosts.
func parseTarget(destination []byte) (target, bool) {
	u, err := url.Parse(string(util.URLEscape(destination, true)))
	if err != nil {
		return target{}, false
	}
	t, ok := readTarget(u)
	if !ok {
		return target{}, false
	}
	// What the sanitiser and a browser will read must be what was read here.
	u, err = url.Parse(t.url)
	return t, err == nil && readable(u)
}

func readTarget(u *url.URL) (target, bool) {
	if (u.Scheme != "http" && u.Scheme != "https") || u.User != nil || u.Opaque != "" {
		return target{}, false
	}
	host, err := idna.Lookup.ToASCII(strings.TrimSuffix(u.Hostname(), "."))
	if err != nil || len(host) > 253 || !hostName.MatchString(host) {
		return target{}, false
	}
	if port := u.Port(); port != "" {
		if n, err := strconv.ParseUint(port, 10, 16); err != nil || n == 0 {
			return target{}, false
		}
		host += ":" + port
	}
	safe := *u
	safe.Host = host
	t := target{url: safe.String(), host: host}
	return t, len(t.url) <= maxURL
}

// shownBy reports whether the text of a link already says truthfully which host it leads to.
func (t target) shownBy(text string) bool {
	if strings.ContainsFunc(text, func(r rune) bool { return r == ' ' || r == '\n' || r == '\t' || r == '\\' }) {
		return false
	}
	rest := strings.ToLower(text)
	rest = strings.TrimPrefix(strings.TrimPrefix(rest, "http://"), "https://")
	if i := strings.IndexAny(rest, "/?#"); i >= 0 {
		rest = rest[:i]
	}
	return rest == t.host
}
