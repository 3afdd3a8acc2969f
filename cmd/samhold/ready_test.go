package main

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func TestReady(t *testing.T) {
	status := http.StatusOK
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/readyz" {
			t.Errorf("asked for %s", r.URL.Path)
		}
		w.WriteHeader(status)
	}))
	address := strings.TrimPrefix(server.URL, "http://")
	_, port, _ := strings.Cut(address, ":")
	tests := []struct {
		name   string
		listen string
		status int
		want   string
		err    string
	}{
		{"serving", address, http.StatusOK, "ready\n", ""},
		{"serving everybody", "0.0.0.0:" + port, http.StatusOK, "ready\n", ""},
		{"serving everybody, named by the port alone", ":" + port, http.StatusOK, "ready\n", ""},
		{"without its database", address, http.StatusServiceUnavailable, "", "not ready: status 503"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			status = test.status
			got, err := ready(t, test.listen)
			if got != test.want || (err == nil) != (test.err == "") || err != nil && err.Error() != test.err {
				t.Errorf("got %q, %v; want %q, %q", got, err, test.want, test.err)
			}
		})
	}
	server.Close()
	if _, err := ready(t, address); err == nil {
		t.Error("nobody serves, and it is ready all the same")
	}
}

func ready(t *testing.T, listen string) (string, error) {
	t.Helper()
	var out bytes.Buffer
	err := readyCommand{}.Run(t.Context(), &world{out: &out, env: map[string]string{
		"SAMHOLD_LISTEN":       listen,
		"SAMHOLD_BASE_URL":     "https://forum.example.org",
		"SAMHOLD_DATABASE_URL": "sqlite:/nowhere",
		"SAMHOLD_SEARCH_URL":   "bleve:/nowhere",
		"SAMHOLD_SECRET_KEY":   "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
	}})
	return out.String(), err
}
