package app_test

import (
	"fmt"
	"net"
	"net/http"
	"strings"
	"testing"

	"samhold/internal/testkit"
)

// TestLogTellsOfNobody asks over a real connection, and wants neither the address, the browser, the search nor the
// cookies in the log. That no text and no name stands in it is part of TestMatrix.
func TestLogTellsOfNobody(t *testing.T) {
	w := newPlace(t, testkit.Open(t, "sqlite"))
	w.person("writer", 1980)
	h := newHand(t, w, w.clients["writer"])
	address := serve(t, w)
	for _, path := range []string{"/", "/me", "/help", "/signin?next=/" + word("query"), "/t/" + word("path"), "/" + word("nowhere"), "/me?page=x"} {
		req, err := http.NewRequest(http.MethodGet, address+path, nil)
		w.must(err)
		req.Header.Set("User-Agent", word("browser"))
		req.Header.Set("X-Forwarded-For", "203.0.113.77")
		req.Header.Set("Referer", address+"/"+word("referrer"))
		req.AddCookie(&http.Cookie{Name: "session", Value: h.session})
		req.AddCookie(&http.Cookie{Name: "seed", Value: h.seed})
		res, err := http.DefaultTransport.RoundTrip(req)
		w.must(err)
		w.must(res.Body.Close())
	}
	logged := w.log.String()
	if strings.Count(logged, "msg=request") < 7 {
		t.Errorf("the log has no requests: %s", logged)
	}
	host, _, _ := strings.Cut(strings.TrimPrefix(address, "http://"), ":")
	for what, text := range map[string]string{
		"the address": host, "the address that a proxy named": "203.0.113.77", "the browser": word("browser"), "the query": word("query"),
		"the path": word("path"), "a path that is not there": word("nowhere"), "where one came from": word("referrer"), "the session": h.session,
		"the seed": h.seed, "the token": h.token, "the sign-in name": w.accounts["writer"].Name, "the account": w.accounts["writer"].ID,
	} {
		if text == "" || strings.Contains(strings.ToLower(logged), strings.ToLower(text)) {
			t.Errorf("the log holds %s", what)
		}
	}
}

// visited asks for pages of every kind from an address, with a browser and with queries that nobody else has, and returns
// what must not be left of it anywhere.
func (w *world) visited(t *testing.T) []canary {
	t.Helper()
	const from = "127.93.171.44" // of this machine, and of nobody else on it
	marks := []canary{
		{"address", "visit", from, nobody},
		{"browser", "visit", word("visiting browser"), nobody},
		{"query", "visit", word("visiting query"), nobody},
		{"referrer", "visit", word("visiting referrer"), nobody},
		{"name tried", "visit", word("visiting name"), nobody},
		{"passphrase tried", "visit", word("visiting passphrase"), nobody},
	}
	h := newHand(t, w, w.clients["member"])
	address := serve(t, w)
	way := &http.Transport{DialContext: (&net.Dialer{LocalAddr: &net.TCPAddr{IP: net.ParseIP(from)}}).DialContext}
	t.Cleanup(way.CloseIdleConnections)
	asked := map[int]int{}
	for n, r := range w.app.Web.Routes() {
		path := strings.NewReplacer(":id", word("visiting query"), ":", "").Replace(r.Path)
		fields := fmt.Sprintf("_csrf=%s&name=%s&passphrase=%s&code=%s&q=%s", h.token, word("visiting name"), word("visiting passphrase"),
			word("visiting passphrase"), word("visiting query"))
		if r.Path == "/signout" || r.Path == "/exit" {
			continue // the session is needed
		}
		req, err := http.NewRequestWithContext(t.Context(), r.Method, address+path+"?next="+word("visiting query")+"&q="+word("visiting query"), strings.NewReader(fields))
		w.must(err)
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		req.Header.Set("User-Agent", word("visiting browser"))
		req.Header.Set("Referer", address+"/"+word("visiting referrer"))
		if n%2 == 0 { // as a member, and as a guest
			req.AddCookie(&http.Cookie{Name: "session", Value: h.session})
		}
		req.AddCookie(&http.Cookie{Name: "seed", Value: h.seed})
		res, err := way.RoundTrip(req)
		w.must(err)
		w.must(res.Body.Close())
		asked[res.StatusCode]++
	}
	if asked[http.StatusOK] < 10 || asked[http.StatusUnprocessableEntity] == 0 || asked[http.StatusNotFound] < 10 {
		t.Errorf("the visit got too little to show anything: %v", asked)
	}
	return marks
}
