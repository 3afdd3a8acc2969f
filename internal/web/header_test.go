package web_test

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"samhold/internal/web"
)

// wantHeaders holds what every answer carries, whatever it says. Files are the same for everybody and may be kept.
func wantHeaders(t *testing.T, asked string, res *http.Response) {
	t.Helper()
	want := map[string]string{
		"Strict-Transport-Security": "max-age=63072000; includeSubDomains", "X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY",
		"Referrer-Policy": "same-origin", "Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Resource-Policy": "same-origin",
		"X-Robots-Tag": "noindex, nofollow", "Cache-Control": "no-store",
	}
	if res.StatusCode == http.StatusOK && strings.Contains(asked, " /static/") {
		delete(want, "Cache-Control")
	}
	for header, value := range want {
		if got := res.Header.Get(header); got != value {
			t.Errorf("%s (%d): %s is %q, want %q", asked, res.StatusCode, header, got, value)
		}
	}
	policy := res.Header.Get("Content-Security-Policy")
	for _, part := range []string{"default-src 'none';", "base-uri 'none';", "frame-ancestors 'none';", "form-action 'self' https://neutral.test"} {
		if !strings.Contains(policy, part) {
			t.Errorf("%s (%d): the policy lacks %q: %s", asked, res.StatusCode, part, policy)
		}
	}
	for _, source := range []string{"unsafe", "*", "data:", "blob:"} {
		if strings.Contains(policy, source) {
			t.Errorf("%s (%d): the policy lets %s through: %s", asked, res.StatusCode, source, policy)
		}
	}
	if server := res.Header.Get("Server") + res.Header.Get("X-Powered-By"); server != "" {
		t.Errorf("%s: names what serves: %q", asked, server)
	}
}

// TestHeadersOnEveryRoute asks every address in every way. Without a database most answers are errors, and carry the same.
func TestHeadersOnEveryRoute(t *testing.T) {
	s := unplugged(t)
	statuses := map[int]int{}
	for _, r := range s.Routes() {
		path := strings.NewReplacer(":id", "abcdefgh", ":", "").Replace(r.Path)
		for _, method := range []string{r.Method, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodDelete, http.MethodOptions} {
			for _, cookie := range []string{"", "__Host-session=anything", "__Host-cover=1"} {
				req := httptest.NewRequest(method, path, nil)
				if cookie != "" {
					req.Header.Set("Cookie", cookie)
				}
				res, _ := ask(t, s, req)
				wantHeaders(t, method+" "+path, res)
				statuses[res.StatusCode]++
			}
		}
	}
	for _, status := range []int{http.StatusOK, http.StatusSeeOther, http.StatusForbidden, http.StatusMethodNotAllowed, http.StatusInternalServerError} {
		if statuses[status] == 0 {
			t.Errorf("no answer is %d: %v", status, statuses)
		}
	}
}

// TestHeadersOnWhatTheServerRefusesItself sends what never reaches a route, over a real connection.
func TestHeadersOnWhatTheServerRefusesItself(t *testing.T) {
	s := unplugged(t)
	_, help := ask(t, s, httptest.NewRequest(http.MethodGet, "/help", nil))
	_, rest, _ := strings.Cut(help, `<link rel="stylesheet" href="`)
	style, _, _ := strings.Cut(rest, `"`)
	address := listening(t, s)
	form := "Content-Type: application/x-www-form-urlencoded\r\n"
	for asked, want := range map[string]int{
		"GET " + style + " HTTP/1.1\r\nHost: a\r\n\r\n":                                                               http.StatusOK,
		"GET /static/old/nothing.css HTTP/1.1\r\nHost: a\r\n\r\n":                                                     http.StatusNotFound,
		"POST /exit HTTP/1.1\r\nHost: a\r\n" + form + "Content-Length: 400000\r\n\r\n" + strings.Repeat("x", 400_000): http.StatusRequestEntityTooLarge,
		"POST /exit HTTP/1.1\r\nHost: a\r\n" + form + "Content-Length: 99999999999\r\n\r\nx":                          http.StatusRequestEntityTooLarge,
		"POST /exit HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}":             http.StatusUnsupportedMediaType,
		"GET /help HTTP/1.1\r\nHost: a\r\nX-Long: " + strings.Repeat("x", 20_000) + "\r\n\r\n":                        http.StatusRequestHeaderFieldsTooLarge,
		"POST /exit HTTP/1.1\r\nHost: a\r\nContent-Length: many\r\n\r\n":                                              http.StatusBadRequest,
		"BREW /help HTTP/1.1\r\nHost: a\r\n\r\n":                                                                      http.StatusMethodNotAllowed,
	} {
		conn, err := net.Dial("tcp", address)
		if err != nil {
			t.Fatal(err)
		}
		go func() { _, _ = io.WriteString(conn, asked) }() // it may hang up before it has read everything
		line, _, _ := strings.Cut(asked, "\r\n")
		res, err := http.ReadResponse(bufio.NewReader(conn), nil)
		if err != nil {
			t.Errorf("%s: no answer: %v", line, err)
			continue
		}
		if res.StatusCode != want {
			t.Errorf("%s: got %d, want %d", line, res.StatusCode, want)
		}
		wantHeaders(t, line, res)
		if err := conn.Close(); err != nil {
			t.Error(err)
		}
	}
}

// listening lets the server answer real connections, and returns its address.
func listening(t *testing.T, s *web.Server) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- s.App().Listener(l) }()
	t.Cleanup(func() {
		if err := s.App().Shutdown(); err != nil {
			t.Error(err)
		}
		if err := <-ended; err != nil {
			t.Error(fmt.Errorf("serve: %w", err))
		}
	})
	return l.Addr().String()
}
