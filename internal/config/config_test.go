package config_test

import (
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"samhold/internal/config"
)

func good() map[string]string {
	return map[string]string{
		"SAMHOLD_BASE_URL":     "https://forum.example.org",
		"SAMHOLD_DATABASE_URL": "postgres://samhold:hemmelig@localhost:5432/samhold",
		"SAMHOLD_SEARCH_URL":   "bleve:/var/lib/samhold/search",
		"SAMHOLD_SECRET_KEY":   "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=",
		"PATH":                 "/bin",
	}
}

func TestLoad(t *testing.T) {
	c, err := config.Load(good())
	if err != nil {
		t.Fatal(err)
	}
	if c.Listen != "127.0.0.1:8080" || c.Locale != "da" || c.BaseURL.Host != "forum.example.org" {
		t.Errorf("got %+v", c)
	}
}

func TestWrongValuesAreNamed(t *testing.T) {
	for name, tc := range map[string]struct{ variable, value string }{
		"no port":            {"SAMHOLD_LISTEN", "localhost"},
		"metrics":            {"SAMHOLD_METRICS_LISTEN", "9090"},
		"no scheme":          {"SAMHOLD_BASE_URL", "forum.example.org"},
		"path":               {"SAMHOLD_BASE_URL", "https://forum.example.org/forum"},
		"missing base":       {"SAMHOLD_BASE_URL", ""},
		"exit to ourselves":  {"SAMHOLD_EXIT_URL", "https://forum.example.org/x"},
		"exit script":        {"SAMHOLD_EXIT_URL", "javascript:alert(1)"},
		"database":           {"SAMHOLD_DATABASE_URL", "mysql://hemmelig@x"},
		"database empty":     {"SAMHOLD_DATABASE_URL", "sqlite:"},
		"search":             {"SAMHOLD_SEARCH_URL", "bleve:"},
		"search elsewhere":   {"SAMHOLD_SEARCH_URL", "ftp://hemmelig@x"},
		"search with a path": {"SAMHOLD_SEARCH_URL", "http://127.0.0.1:7700/hemmelig"},
		"search key alone":   {"SAMHOLD_SEARCH_KEY", "hemmelig-hemmelig"},
		"short secret":       {"SAMHOLD_SECRET_KEY", "aGVtbWVsaWc="},
		"secret not base64":  {"SAMHOLD_SECRET_KEY", "hemmelig hemmelig hemmelig hemmelig"},
		"locale":             {"SAMHOLD_LOCALE", "sv"},
		"proxy":              {"SAMHOLD_TRUSTED_PROXIES", "127.0.0.1,proxy"},
		"mail":               {"SAMHOLD_SMTP_URL", "mail://hemmelig@x"},
		"relative audit":     {"SAMHOLD_AUDIT_FILE", "head"},
		"misspelled setting": {"SAMHOLD_DATABSE_URL", "x"},
	} {
		t.Run(name, func(t *testing.T) {
			e := maps.Clone(good())
			e[tc.variable] = tc.value
			_, err := config.Load(e)
			if err == nil {
				t.Fatal("got no error")
			}
			got := err.Error()
			if !strings.HasPrefix(got, tc.variable+" ") || strings.Contains(got, "\n") {
				t.Errorf("got %q, want one line that begins with the variable", got)
			}
			if strings.Contains(got, "hemmelig") || strings.Contains(got, "aGVt") {
				t.Errorf("the error repeats a secret: %q", got)
			}
		})
	}
}

func TestSearchServer(t *testing.T) {
	file := filepath.Join(t.TempDir(), "key")
	if err := os.WriteFile(file, []byte("  en-nøgle-er-ikke-ascii\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	good2 := filepath.Join(t.TempDir(), "key")
	if err := os.WriteFile(good2, []byte("hemmelig-noegle-1234\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, tc := range map[string]struct{ key, file, wrong string }{
		"key":           {"hemmelig-noegle-1234", "", ""},
		"file":          {"", good2, ""},
		"both":          {"hemmelig-noegle-1234", good2, "SAMHOLD_SEARCH_KEY_FILE "},
		"none":          {"", "", "SAMHOLD_SEARCH_KEY "},
		"short":         {"hemmelig", "", "SAMHOLD_SEARCH_KEY "},
		"not ASCII":     {"", file, "SAMHOLD_SEARCH_KEY_FILE "},
		"no such file":  {"", "/nowhere/hemmelig", "SAMHOLD_SEARCH_KEY_FILE "},
		"another\nline": {"hemmelig-noegle\n-1234", "", "SAMHOLD_SEARCH_KEY "},
	} {
		e := maps.Clone(good())
		e["SAMHOLD_SEARCH_URL"], e["SAMHOLD_SEARCH_KEY"], e["SAMHOLD_SEARCH_KEY_FILE"] = "http://search:7700/", tc.key, tc.file
		c, err := config.Load(e)
		switch {
		case tc.wrong == "" && (err != nil || c.SearchURL != "http://search:7700" || c.SearchKey != "hemmelig-noegle-1234"):
			t.Errorf("%s: %+v, %v", name, c, err)
		case tc.wrong != "" && (err == nil || !strings.HasPrefix(err.Error(), tc.wrong) || strings.Contains(err.Error(), "hemmelig")):
			t.Errorf("%s: %v", name, err)
		}
	}
}
