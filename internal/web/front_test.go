package web_test

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"samhold/internal/account"
	"samhold/internal/clock"
	"samhold/internal/directory"
	"samhold/internal/fault"
	"samhold/internal/i18n"
	"samhold/internal/topic"
	"samhold/internal/web"
)

// unplugged is a server without a database behind it.
func unplugged(t *testing.T) *web.Server {
	t.Helper()
	lines, err := directory.New()
	if err != nil {
		t.Fatal(err)
	}
	s, err := web.New(web.Services{Account: &account.Service{}, Topic: &topic.Service{}, Directory: lines}, web.Options{
		BaseURL: &url.URL{Scheme: "https", Host: "samhold.test"},
		ExitURL: &url.URL{Scheme: "https", Host: "neutral.test", Path: "/"},
		Locale:  i18n.Danish,
		Clock:   clock.NewFixed(time.Date(2026, 11, 22, 3, 0, 0, 0, time.UTC)),
		Log:     slog.New(slog.DiscardHandler),
		Ready:   func(context.Context) error { return fault.New(fault.Unavailable, "error.slow") },
	})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func ask(t *testing.T, s *web.Server, req *http.Request) (*http.Response, string) {
	t.Helper()
	res, err := s.App().Test(req, -1)
	if err != nil {
		t.Fatal(err)
	}
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res, string(body)
}

func TestHelpAnswersWithoutDatabase(t *testing.T) {
	s := unplugged(t)
	req := httptest.NewRequest(http.MethodGet, "/help", nil)
	req.Header.Set("Cookie", "__Host-session=anything")
	res, body := ask(t, s, req)
	if res.StatusCode != http.StatusOK {
		t.Fatalf("got status %d", res.StatusCode)
	}
	for _, want := range []string{"tel:112", "tel:70201201", "Forlad siden", "Ikke bekræftet"} {
		if !strings.Contains(body, want) {
			t.Errorf("the help page lacks %q", want)
		}
	}
	if got := res.Header.Values("Set-Cookie"); len(got) > 0 {
		t.Errorf("the help page sets cookies: %v", got)
	}
	_, guest := ask(t, s, httptest.NewRequest(http.MethodGet, "/help", nil))
	if guest != body {
		t.Error("the help page is not the same for a guest and somebody with a session")
	}
}

func TestExitCoversEveryPage(t *testing.T) {
	s := unplugged(t)
	res, _ := ask(t, s, httptest.NewRequest(http.MethodPost, "/exit", nil))
	if res.StatusCode != http.StatusSeeOther || res.Header.Get("Location") != "https://neutral.test/" {
		t.Fatalf("got %d to %q", res.StatusCode, res.Header.Get("Location"))
	}
	cookies := strings.Join(res.Header.Values("Set-Cookie"), "\n")
	for _, want := range []string{"__Host-cover=1; ", "__Host-session=; "} {
		if !strings.Contains(cookies, want) {
			t.Errorf("cookies lack %q: %s", want, cookies)
		}
	}
	for _, path := range []string{"/", "/help", "/nothing"} {
		req := httptest.NewRequest(http.MethodGet, path, nil)
		req.Header.Set("Cookie", "__Host-cover=1")
		res, body := ask(t, s, req)
		if !strings.Contains(body, "Siden er lukket") || strings.Contains(body, "Samhold") {
			t.Errorf("%s is not covered", path)
		}
		req = httptest.NewRequest(http.MethodHead, path, nil)
		req.Header.Set("Cookie", "__Host-cover=1")
		head, _ := ask(t, s, req)
		if head.StatusCode != res.StatusCode || head.ContentLength != res.ContentLength {
			t.Errorf("HEAD %s: got %d and %d bytes, GET %d and %d", path, head.StatusCode, head.ContentLength, res.StatusCode, res.ContentLength)
		}
	}
}

func TestExitRefusesOtherSites(t *testing.T) {
	req := httptest.NewRequest(http.MethodPost, "/exit", nil)
	req.Header.Set("Sec-Fetch-Site", "cross-site")
	if res, _ := ask(t, unplugged(t), req); res.StatusCode != http.StatusForbidden {
		t.Errorf("got %d, want 403", res.StatusCode)
	}
}

func TestUnknownErrorsSayNothing(t *testing.T) {
	s := unplugged(t)
	// The unplugged account service panics: the person sees a calm page with a request id and nothing else.
	req := httptest.NewRequest(http.MethodGet, "/", nil)
	req.Header.Set("Cookie", "__Host-session=anything")
	res, body := ask(t, s, req)
	if res.StatusCode != http.StatusInternalServerError {
		t.Fatalf("got status %d", res.StatusCode)
	}
	if strings.Contains(body, "panic") || strings.Contains(body, "nil pointer") || strings.Contains(body, "not built") {
		t.Error("the page tells what went wrong inside")
	}
	if !strings.Contains(body, "Det er vores fejl") {
		t.Error("the page is not the calm one")
	}
}

func TestHeadersOnEveryAnswer(t *testing.T) {
	s := unplugged(t)
	for _, asked := range []string{
		"GET /", "GET /help", "GET /nothing", "GET /healthz", "GET /readyz", "GET /static/x/nothing", "HEAD /help", "HEAD /nothing",
		"PUT /help", "BREW /help", "TRACE /", "OPTIONS /signin", "GET /exit",
	} {
		method, path, _ := strings.Cut(asked, " ")
		res, body := ask(t, s, httptest.NewRequest(method, path, nil))
		if method != http.MethodGet && method != http.MethodHead &&
			(res.StatusCode != http.StatusMethodNotAllowed || !strings.Contains(body, "Forlad siden")) {
			t.Errorf("%s: got %d %.200s", asked, res.StatusCode, body)
		}
		for header, want := range map[string]string{
			"X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin", "Cache-Control": "no-store",
			"Cross-Origin-Opener-Policy": "same-origin",
		} {
			if got := res.Header.Get(header); got != want {
				t.Errorf("%s: %s is %q, want %q", asked, header, got, want)
			}
		}
		csp := res.Header.Get("Content-Security-Policy")
		if !strings.Contains(csp, "default-src 'none'") || strings.Contains(csp, "unsafe") {
			t.Errorf("%s: policy %q", asked, csp)
		}
	}
}

func TestStaticFilesAreKept(t *testing.T) {
	s := unplugged(t)
	_, body := ask(t, s, httptest.NewRequest(http.MethodGet, "/help", nil))
	_, rest, _ := strings.Cut(body, `<link rel="stylesheet" href="`)
	href, _, _ := strings.Cut(rest, `"`)
	req := httptest.NewRequest(http.MethodGet, href, nil)
	req.Header.Set("Accept-Encoding", "br")
	res, _ := ask(t, s, req)
	if res.StatusCode != http.StatusOK || res.Header.Get("Content-Encoding") != "br" ||
		!strings.Contains(res.Header.Get("Cache-Control"), "immutable") {
		t.Errorf("%s: %d %v", href, res.StatusCode, res.Header)
	}
}

func TestBodiesThatAreRefused(t *testing.T) {
	s := unplugged(t)
	for name, tc := range map[string]struct {
		header, value string
		body          string
		want          int
	}{
		"compressed": {"Content-Encoding", "gzip", "x=1", http.StatusUnsupportedMediaType},
		"multipart":  {"Content-Type", "multipart/form-data; boundary=x", "x=1", http.StatusUnsupportedMediaType},
		"json":       {"Content-Type", "application/json", "{}", http.StatusUnsupportedMediaType},
		"huge":       {"Content-Type", "application/x-www-form-urlencoded", strings.Repeat("x", 300<<10), http.StatusRequestEntityTooLarge},
	} {
		t.Run(name, func(t *testing.T) {
			req := httptest.NewRequest(http.MethodPost, "/exit", strings.NewReader(tc.body))
			req.Header.Set(tc.header, tc.value)
			res, err := s.App().Test(req, -1)
			if name == "huge" && err != nil {
				return // the server closes the connection before it has read everything
			}
			if err != nil {
				t.Fatal(err)
			}
			if res.StatusCode != tc.want {
				t.Errorf("got %d, want %d", res.StatusCode, tc.want)
			}
		})
	}
}
