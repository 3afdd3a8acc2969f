package app_test

import (
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
