package config_test

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
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

func TestAnySecretMayStandInAFile(t *testing.T) {
	dir := t.TempDir()
	file := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	e := good()
	key := e["SAMHOLD_SECRET_KEY"]
	delete(e, "SAMHOLD_SECRET_KEY")
	e["SAMHOLD_SECRET_KEY_FILE"] = file("key", key+"\n")
	e["SAMHOLD_SMTP_URL_FILE"] = file("smtp", "smtp://samhold:hemmelig@mail.example.org:587")
	c, err := config.Load(e)
	if err != nil || c.SecretKey != key || c.SMTPURL != "smtp://samhold:hemmelig@mail.example.org:587" {
		t.Errorf("got %q, %q, %v", c.SecretKey, c.SMTPURL, err)
	}
	for _, s := range config.Settings(e, c) {
		if strings.Contains(s.Value, "hemmelig") || strings.Contains(s.Value, key) {
			t.Errorf("%s shows its secret: %s", s.Name, s.Value)
		}
	}
	for name, change := range map[string]func(map[string]string){
		"SAMHOLD_SECRET_KEY_FILE":   func(e map[string]string) { e["SAMHOLD_SECRET_KEY"] = key },
		"SAMHOLD_SMTP_URL_FILE":     func(e map[string]string) { e["SAMHOLD_SMTP_URL_FILE"] = filepath.Join(dir, "nowhere") },
		"SAMHOLD_DATABASE_URL_FILE": func(e map[string]string) { e["SAMHOLD_DATABASE_URL_FILE"] = "relative" },
		"SAMHOLD_LISTEN_FILE":       func(e map[string]string) { e["SAMHOLD_LISTEN_FILE"] = file("listen", ":1") },
	} {
		e := maps.Clone(e)
		if name == "SAMHOLD_DATABASE_URL_FILE" {
			delete(e, "SAMHOLD_DATABASE_URL")
		}
		change(e)
		if _, err := config.Load(e); err == nil || !strings.HasPrefix(err.Error(), name+" ") {
			t.Errorf("got %v, want a line about %s", err, name)
		}
	}
}

func TestUnsafeIsNamed(t *testing.T) {
	e := good()
	e["SAMHOLD_BASE_URL"] = "https://forum.nabohus.dk"
	e["SAMHOLD_SECRET_KEY"] = "Kk9x0zq3yTqJk1Zb7mVfY2rWnE8sLdG5hQpXcUaBiOo="
	e["SAMHOLD_DATABASE_URL"] = "postgres://samhold:dsf8sdf7sdf@localhost/samhold"
	c, err := config.Load(e)
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Unsafe(); err != nil {
		t.Errorf("a safe one: %v", err)
	}
	for _, tc := range []struct{ name, value string }{
		{"SAMHOLD_SECRET_KEY", "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="},
		{"SAMHOLD_SECRET_KEY", "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="},
		{"SAMHOLD_SECRET_KEY", "//////////////////////////////////////////8="},
		{"SAMHOLD_SECRET_KEY", "aGVtbWVsaWcgaGVtbWVsaWcgaGVtbWVsaWcgaGVtbWVsaWc="},
		{"SAMHOLD_DATABASE_URL", "postgres://samhold:password@localhost/samhold"},
		{"SAMHOLD_DATABASE_URL", "postgres://samhold:Samhold@localhost/samhold"},
		{"SAMHOLD_SMTP_URL", "smtp://post:hemmelig@localhost:25"},
		{"SAMHOLD_BASE_URL", "https://forum.example.org"},
	} {
		changed := maps.Clone(e)
		changed[tc.name] = tc.value
		c, err := config.Load(changed)
		if err != nil {
			t.Fatal(err)
		}
		err = c.Unsafe()
		if err == nil || !strings.HasPrefix(err.Error(), tc.name+" ") || strings.Contains(err.Error(), "hemmelig@") || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s=%s: got %v, want one line that names it", tc.name, tc.value, err)
		}
	}
}

func TestWrongValuesAreNamed(t *testing.T) {
	wrong := map[string]struct{ variable, value string }{
		"no port":            {"SAMHOLD_LISTEN", "localhost"},
		"metrics":            {"SAMHOLD_METRICS_LISTEN", "9090"},
		"no scheme":          {"SAMHOLD_BASE_URL", "forum.example.org"},
		"path":               {"SAMHOLD_BASE_URL", "https://forum.example.org/forum"},
		"no encryption":      {"SAMHOLD_BASE_URL", "http://forum.example.org"},
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
		"old secret":         {"SAMHOLD_OLD_SECRET_KEYS", "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=,aGVtbWVsaWc="},
		"locale":             {"SAMHOLD_LOCALE", "sv"},
		"proxy":              {"SAMHOLD_TRUSTED_PROXIES", "127.0.0.1,proxy"},
		"mail":               {"SAMHOLD_SMTP_URL", "mail://hemmelig@x"},
		"relative audit":     {"SAMHOLD_AUDIT_FILE", "head"},
		"misspelled setting": {"SAMHOLD_DATABSE_URL", "x"},
		"mail from nobody":   {"SAMHOLD_SMTP_FROM", "hemmelig"},
		"webhook":            {"SAMHOLD_CALL_WEBHOOK_URL", "http://hemmelig@x"},
		"webhook secret":     {"SAMHOLD_CALL_WEBHOOK_SECRET", "whsec_aGVtbWVsaWc="},
		"webhook private":    {"SAMHOLD_CALL_WEBHOOK_PRIVATE", "maybe"},
		"relative ledger":    {"SAMHOLD_LEDGER_FILE", "erased"},
		"recipient":          {"SAMHOLD_BACKUP_RECIPIENT", "age1hemmelig"},
		"relative backups":   {"SAMHOLD_BACKUP_DIR", "backups"},
		"keep none":          {"SAMHOLD_BACKUP_KEEP", "0"},
	}
	for _, v := range config.Variables {
		tried := false
		for _, tc := range wrong {
			tried = tried || tc.variable == v.Name
		}
		if !tried {
			t.Errorf("nobody tries a wrong %s", v.Name)
		}
	}
	for name, tc := range wrong {
		t.Run(name, func(t *testing.T) {
			e := maps.Clone(good())
			if tc.variable == "SAMHOLD_CALL_WEBHOOK_SECRET" { // it is read where there is something to sign
				e["SAMHOLD_CALL_WEBHOOK_URL"] = "https://sms.example.org/samhold"
			}
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

func TestSecretsFromFiles(t *testing.T) {
	const secret, older, oldest = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=", "ZmVkY2JhOTg3NjU0MzIxMGZlZGNiYTk4NzY1NDMyMTA=", "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="
	dir := t.TempDir()
	file := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	present, old, two := file("present", secret+"\n"), file("old", older+"\n"+oldest+"\n"), file("two", secret+"\n"+older)
	for name, tc := range map[string]struct {
		set   map[string]string
		old   []string
		wrong string // how the line begins
	}{
		"the present one":         {map[string]string{"SAMHOLD_SECRET_KEY": "", "SAMHOLD_SECRET_KEY_FILE": present}, nil, ""},
		"old ones too":            {map[string]string{"SAMHOLD_OLD_SECRET_KEYS_FILE": old}, []string{older, oldest}, ""},
		"old ones as they are":    {map[string]string{"SAMHOLD_OLD_SECRET_KEYS": older + ", " + oldest}, []string{older, oldest}, ""},
		"both":                    {map[string]string{"SAMHOLD_SECRET_KEY_FILE": present}, nil, "SAMHOLD_SECRET_KEY_FILE is set"},
		"two":                     {map[string]string{"SAMHOLD_SECRET_KEY": "", "SAMHOLD_SECRET_KEY_FILE": two}, nil, "SAMHOLD_SECRET_KEY_FILE wants"},
		"not there":               {map[string]string{"SAMHOLD_SECRET_KEY": "", "SAMHOLD_SECRET_KEY_FILE": filepath.Join(dir, "none")}, nil, "SAMHOLD_SECRET_KEY_FILE names"},
		"a short path":            {map[string]string{"SAMHOLD_SECRET_KEY": "", "SAMHOLD_SECRET_KEY_FILE": "secret"}, nil, "SAMHOLD_SECRET_KEY_FILE wants a full path"},
		"an old one that is none": {map[string]string{"SAMHOLD_OLD_SECRET_KEYS_FILE": file("bad", "hemmelig")}, nil, "SAMHOLD_OLD_SECRET_KEYS_FILE wants"},
	} {
		e := maps.Clone(good())
		maps.Copy(e, tc.set)
		c, err := config.Load(e)
		switch {
		case tc.wrong == "" && (err != nil || c.SecretKey != secret || !slices.Equal(c.OldSecretKeys, tc.old)):
			t.Errorf("%s: %v", name, err)
		case tc.wrong != "" && (err == nil || !strings.HasPrefix(err.Error(), tc.wrong) || strings.Contains(err.Error(), "MDEy") || strings.Contains(err.Error(), "hemmelig")):
			t.Errorf("%s: %v", name, err)
		}
	}
}
