package app_test

import (
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/gofiber/fiber/v2"

	"samhold/internal/id"
	"samhold/internal/testkit"
	"samhold/internal/testkit/browse"
)

// hand sends requests as no browser would: with a signed-in person's cookies and a valid token, if wanted.
type hand struct {
	app     *fiber.App
	session string
	seed    string
	token   string
}

func newHand(t testing.TB, w *world, c *browse.Client) hand {
	t.Helper()
	page := c.Get("/me")
	if page.Status != http.StatusOK {
		page = c.Get("/signin")
	}
	return hand{
		app: w.app.Web.App(), session: c.Cookie("session"), seed: c.Cookie("seed"),
		token: page.Find("input[name=_csrf]").AttrOr("value", ""),
	}
}

func (h hand) send(req *http.Request) (status int, header http.Header, body string, err error) {
	req.AddCookie(&http.Cookie{Name: "session", Value: h.session})
	req.AddCookie(&http.Cookie{Name: "seed", Value: h.seed})
	res, err := h.app.Test(req, -1)
	if err != nil {
		return 0, nil, "", err
	}
	defer res.Body.Close()
	read, err := io.ReadAll(res.Body)
	return res.StatusCode, res.Header, string(read), err
}

func form(path string, values url.Values) *http.Request {
	req := httptest.NewRequest(http.MethodPost, path, strings.NewReader(values.Encode()))
	req.Header.Set("Content-Type", fiber.MIMEApplicationForm)
	return req
}

// fields are all that any form of ours asks for.
var fields = []string{
	"title", "body", "key", "reply_to", "version", "post_version", "preview", "q", "space", "alias", "from", "to", "suggestion", "same",
	"accept", "agreement", "code", "on", "name", "passphrase", "new_passphrase", "codes_passphrase", "birth_year", "turned", "asked",
	"consent", "another", "next", "locale", "change", "session", "saved", "first", "contact_name", "contact_phone", "contact_address",
	"receipt", "about", "answer", "action", "note", "outcome", "level", "state", "owner", "seen_level", "contact_reason", "contact_words", "reason",
	"contact_field", "contact_unsafe", "glass_words", "steps", "first_message", "follow_up", "step", "step_note", "also", "category_violence", "subject_child", "tick", "review_seen", "review_late", "review_changed", "verdict", "tell", "trusted_name", "trusted_phone", "trusted_relation",
	"duty", "duty_since", "declared_on", "declared_version",
	"referral", "referral_municipality", "referral_child", "referral_said", "referral_told", "referral_danger", "referral_writer", "referral_capacity",
	"referral_way", "referral_day", "referral_clock", "referral_who", "referral_reference", "referral_why",
	"emergency_line", "emergency_clock", "emergency_told", "emergency_reference", "emergency_result", "call",
	"decision", "statement", "correction", "seen_visibility", "seen_revision", "seen_state", "account", "day", "starts", "ends",
}

// rubbish is what no form of ours sends. NUL and what is not UTF-8 are what PostgreSQL refuses and SQLite does not.
var rubbish = map[string]string{
	"nothing":            "",
	"spaces":             " \t\n ",
	"too long":           strings.Repeat("langt ", 2_500),
	"one long word":      strings.Repeat("æ", 3_000),
	"not UTF-8":          "a\xff\xfe\xc3b",
	"half a letter":      "blåb\xc3",
	"NUL":                "a\x00b",
	"only NUL":           "\x00",
	"control characters": "\x01\x1b[31m\x7f\r\n",
	"SQL":                "' OR 1=1; DROP TABLE post; --",
	"a template":         "{{.}} {{template \"x\"}} %s %d %!",
	"a path":             "../../../../etc/passwd",
	"a large number":     "99999999999999999999999999",
	"a negative number":  "-1",
	"the largest number": "9223372036854775807",
	"turned around":      "\u202eabc\u2066\u200b\ufeff",
	"emoji":              "👩‍👩‍👧‍👦",
	"a lone surrogate":   "\xed\xa0\x80",
	"an id":              "aaaaaaaaaaaaaaaaaaaa",
	"a date":             "0000-00-00",
}

// worst is the rubbish that guests and staff send as well; long the fields that it is long in.
var (
	worst = []string{"nothing", "NUL", "not UTF-8", "a negative number", "the largest number"}
	long  = []string{"title", "body", "q", "alias", "code", "name", "note", "statement", "answer", "receipt", "contact_name", "version"}
)

// strange are ids that no row has, most of which no row could have.
var strange = []string{
	"aaaaaaaaaaaaaaaaaaaa", "x", "%00", "%ff%fe", "AAAAAAAAAAAAAAAAAAAA", "aaaaaaaaaaaaaaaaaaa%00", "..%2f..%2fetc", "1%27%20OR%201=1",
	strings.Repeat("a", 3000), "%E2%80%AE",
}

// calm reports what is wrong with an answer to rubbish: a clear page, and neither 500 nor what is inside.
func calm(status int, body string) string {
	switch {
	case status >= 500:
		return "a failure"
	case status >= 400 && !strings.Contains(body, `href="/help"`):
		return "no page"
	}
	for _, inside := range []string{"panic", "SQLSTATE", "goroutine", "sqlite", "pq:", "runtime error", "no such table"} {
		if strings.Contains(body, inside) {
			return "tells of " + inside
		}
	}
	return ""
}

func paths(route, id string) string {
	var parts []string
	for part := range strings.SplitSeq(route, "/") {
		if strings.HasPrefix(part, ":") {
			part = id
		}
		parts = append(parts, part)
	}
	return strings.Join(parts, "/")
}

// suited is a thing that the route can be about.
func suited(w *world, path string) string {
	for prefix, thing := range map[string]string{
		"/s/": "home", "/t/": "visible topic", "/p/": "visible post", "/mod/cases/": "case", "/mod/concerns/": "concern",
		"/mod/queue/posts/": "held post", "/mod/queue/reports/": "report", "/welcome/": "link", "/search/": "result",
		"/me/decisions/": "decision", "/mod/rota/": "shift", "/admin/jobs/": "job", "/admin/search/": "synonyms", "/mod/resources/": "line",
	} {
		if strings.HasPrefix(path, prefix) {
			return w.ids[thing]
		}
	}
	return w.ids["none"]
}

// kept are the routes that rubbish must not reach with a valid token, because they end the session that asks.
var kept = []string{"/signout", "/exit", "/me/erase", "/me/sessions"}

func TestRubbishGetsACalmAnswer(t *testing.T) {
	if testing.Short() {
		t.Skip("sends every rubbish to every form")
	}
	testkit.EachDatabase(t, func(t *testing.T, db *testkit.Database) {
		w := newWorld(t, db)
		for _, who := range []string{"guest", "writer", "duty lead"} {
			h := newHand(t, w, w.clients[who])
			for _, route := range w.app.Web.Routes() {
				if route.Method != http.MethodPost || slices.Contains(kept, route.Path) {
					continue
				}
				path := paths(route.Path, suited(w, route.Path))
				for _, kind := range slices.Sorted(maps.Keys(rubbish)) {
					if who != "writer" && !slices.Contains(worst, kind) {
						continue
					}
					values := url.Values{}
					for _, name := range fields {
						values.Set(name, rubbish[kind])
					}
					if len(rubbish[kind]) > 1000 { // all of them would be more than a body may hold
						maps.DeleteFunc(values, func(name string, _ []string) bool { return !slices.Contains(long, name) })
					}
					values.Set("preview", "")
					values.Set("_csrf", h.token)
					h.expect(t, form(path, values), "POST "+route.Path+" as "+who+" with "+kind)
				}
			}
		}
		h := newHand(t, w, w.clients["writer"])
		for _, route := range w.app.Web.Routes() {
			if strings.Contains(route.Path, ":") {
				for _, odd := range strange {
					path := paths(route.Path, odd)
					if route.Method == http.MethodGet {
						h.expect(t, httptest.NewRequest(route.Method, path, nil), "GET "+route.Path+" about "+odd)
					} else {
						h.expect(t, form(path, url.Values{"_csrf": {h.token}, "body": {"x"}, "title": {"xxx"}}), "POST "+route.Path+" about "+odd)
					}
				}
			}
			if route.Method == http.MethodGet {
				path := paths(route.Path, suited(w, route.Path))
				for _, query := range []string{"page=-1", "page=99999999999999999999", "page=2", "page=x", "page=%00", "quote=%ff", "next=//evil.test", "next=%0d%0aX:1", "day=%00&action=%ff", "%", "&&&=;;"} {
					h.expect(t, httptest.NewRequest(route.Method, path+"?"+query, nil), "GET "+route.Path+"?"+query)
				}
			}
		}
		if logged := w.log.String(); strings.Contains(logged, "panic") || strings.Contains(logged, "level=ERROR") {
			at := max(strings.Index(logged, "panic"), strings.Index(logged, "level=ERROR"))
			t.Errorf("the log tells of a failure: %.1500s", logged[at:])
		}
	})
}

func (h hand) expect(t *testing.T, req *http.Request, what string) {
	t.Helper()
	status, _, body, err := h.send(req)
	if err != nil {
		t.Errorf("%.200s: %v", what, err)
		return
	}
	if wrong := calm(status, body); wrong != "" {
		t.Errorf("%.200s: %s: %d %.200s", what, wrong, status, body)
	}
}

func TestForgedAndReplayedFormsAreRefused(t *testing.T) {
	w := newWorld(t, testkit.Open(t, "sqlite"))
	mine, other := newHand(t, w, w.clients["member"]), newHand(t, w, w.clients["listener"])
	ended := w.signedIn("former")
	old := newHand(t, w, ended)
	ended.Post("/signout")
	for _, route := range w.app.Web.Routes() {
		if route.Method != http.MethodPost || route.Access.String() == "open" {
			continue
		}
		path := paths(route.Path, suited(w, route.Path))
		for name, token := range map[string]string{
			"no token": "", "another's token": other.token, "an ended session's token": old.token, "half a token": mine.token[:20],
			"a changed token": mine.token[:len(mine.token)-4] + "AAAA", "rubbish": "\xff\x00",
		} {
			status, _, body, err := mine.send(form(path, url.Values{"_csrf": {token}, "body": {"Det her må ikke gå tabt."}}))
			if err != nil || status != http.StatusForbidden || calm(status, body) != "" {
				t.Errorf("%s with %s: %d %v", route.Path, name, status, err)
			}
			if token == "" && !strings.Contains(body, "Det her må ikke gå tabt.") {
				t.Errorf("%s: what was typed is gone", route.Path)
			}
		}
		req := form(path, url.Values{"_csrf": {mine.token}})
		req.Header.Set("Sec-Fetch-Site", "cross-site")
		if status, _, _, _ := mine.send(req); status != http.StatusForbidden {
			t.Errorf("%s from another site: %d", route.Path, status)
		}
		status, header, _, err := old.send(form(path, url.Values{"_csrf": {old.token}, "body": {"x"}}))
		if route.Access.String() != "anyone" && (err != nil || status != http.StatusSeeOther || !strings.HasPrefix(header.Get("Location"), "/signin")) {
			t.Errorf("%s replayed after signing out: %d %v", route.Path, status, err)
		}
	}
}

func TestOddRequestsGetACalmAnswer(t *testing.T) {
	w := newWorld(t, testkit.Open(t, "sqlite"))
	h := newHand(t, w, w.clients["writer"])
	path := "/t/" + w.ids["visible topic"] + "/reply"
	body := func(n int) *http.Request {
		return form(path, url.Values{"_csrf": {h.token}, "body": {strings.Repeat("a", n)}, "key": {id.New()}})
	}
	head := func(req *http.Request, name, value string) *http.Request {
		req.Header.Set(name, value)
		return req
	}
	get := func(name, value string) *http.Request {
		return head(httptest.NewRequest(http.MethodGet, "/t/"+w.ids["visible topic"], nil), name, value)
	}
	tests := []struct {
		name string
		req  *http.Request
		want int
	}{
		{"a text that is too long", body(13_000), 422},
		{"a compressed body", head(body(10), "Content-Encoding", "gzip"), 415},
		{"JSON", head(body(10), "Content-Type", "application/json"), 415},
		{"multipart", head(body(10), "Content-Type", "multipart/form-data; boundary=x"), 415},
		{"no kind of body", head(body(10), "Content-Type", ""), 415},
		{"a long language", get("Accept-Language", strings.Repeat("da-DK,", 1500)), 200},
		{"a language of rubbish", get("Accept-Language", "\xff\x00;;q=9,,*"), 200},
		{"another host", get("Host", "evil.test"), 200},
		{"forwarded for rubbish", get("X-Forwarded-For", "not an address, 1.2.3.4"), 200},
		{"a range", get("Range", "bytes=0-10"), 200},
		{"a rubbish range", get("Range", "bytes=9-1,-"), 200},
		{"a rubbish referrer", get("Referer", "ht!tp://%%%"), 200},
		{"half a cookie", get("Cookie", "session"), 200},
		{"a rubbish flash", get("Cookie", "flash=../../x; joining=x; codes=y"), 200},
		{"a flash that is another text", get("Cookie", "flash=<script>"), 200},
		{"an upgrade", get("Upgrade", "websocket"), 200},
	}
	for _, test := range tests {
		status, header, page, err := h.send(test.req)
		if err != nil || status != test.want {
			t.Errorf("%s: got %d %v, want %d", test.name, status, err, test.want)
		}
		if wrong := calm(status, page); wrong != "" {
			t.Errorf("%s: %s", test.name, wrong)
		}
		if strings.Contains(page, "evil.test") || header.Get("Content-Range") != "" {
			t.Errorf("%s: the page believes it", test.name)
		}
	}
	for _, route := range w.app.Web.Routes() {
		at := paths(route.Path, suited(w, route.Path))
		for _, method := range []string{"PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT", "PROPFIND"} {
			status, _, page, err := h.send(httptest.NewRequest(method, at, nil))
			if err != nil || status < 400 || status >= 500 && status != 501 {
				t.Errorf("%s %s: %d %v %.100s", method, route.Path, status, err, page)
			}
		}
	}
	over, err := http.NewRequest(http.MethodPost, serve(t, w)+path, strings.NewReader("body="+strings.Repeat("a", 400<<10)))
	if err != nil {
		t.Fatal(err)
	}
	over.Header.Set("Content-Type", fiber.MIMEApplicationForm)
	res, err := http.DefaultClient.Do(over)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	page, err := io.ReadAll(res.Body)
	if res.StatusCode != http.StatusRequestEntityTooLarge {
		t.Errorf("a huge body: %d %v %.200s", res.StatusCode, err, page)
	}
}

// FuzzForms sends any field with any text to any form, as a member of staff who may do much.
func FuzzForms(f *testing.F) {
	for _, text := range rubbish {
		f.Add(uint(len(text)*7), "body", text, "title", text)
		f.Add(uint(len(text)*11), "version", text, "reason", text)
	}
	w := newWorld(f, testkit.Open(f, "sqlite"))
	var forms []string
	for _, route := range w.app.Web.Routes() {
		if route.Method == http.MethodPost && !slices.Contains(kept, route.Path) {
			forms = append(forms, paths(route.Path, suited(w, route.Path)))
		}
	}
	hands := []hand{newHand(f, w, w.clients["writer"]), newHand(f, w, w.clients["duty lead"])}
	f.Fuzz(func(t *testing.T, which uint, name, value, other, second string) {
		h := hands[which%2]
		path := forms[which/2%uint(len(forms))]
		values := url.Values{name: {value}}
		values.Add(other, second)
		values.Set("_csrf", h.token)
		h.expect(t, form(path, values), "POST "+path)
	})
}
