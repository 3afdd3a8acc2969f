package markup

import (
	"net/url"
	"regexp"

	"github.com/microcosm-cc/bluemonday"
)

// newPolicy names everything that may reach a page. It trusts nothing before it: it must hold even if raw HTML
// came through (the tests try that).
func newPolicy() *bluemonday.Policy {
	number := regexp.MustCompile(`^[0-9]{1,9}$`)
	p := bluemonday.NewPolicy()
	p.AllowElements("p", "br", "em", "strong", "del", "ul", "ol", "li", "blockquote", "code", "pre")
	p.AllowAttrs("start").Matching(number).OnElements("ol")
	p.AllowAttrs("value").Matching(number).OnElements("li")
	p.AllowAttrs("href").OnElements("a")
	p.AllowAttrs("rel").Matching(regexp.MustCompile(`^` + linkRel + `$`)).OnElements("a")
	p.AllowAttrs("class").Matching(regexp.MustCompile(`^host$`)).OnElements("span")
	p.RequireParseableURLs(true)
	p.AllowRelativeURLs(false)
	for _, scheme := range []string{"http", "https"} {
		p.AllowURLSchemeWithCustomPolicy(scheme, readable)
	}
	p.RequireNoFollowOnLinks(true)
	p.RequireNoReferrerOnLinks(true)
	return p
}

// readable lets through only addresses in the form in which readTarget writes them.
func readable(u *url.URL) bool {
	t, ok := readTarget(u)
	return ok && t.url == u.String()
}
