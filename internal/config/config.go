// Package config reads the SAMHOLD_* variables once, at start. Everything else is given values. An error names
// the variable, what is wrong and an example, and never repeats a secret.
package config

import (
	"errors"
	"fmt"
	"net"
	"net/mail"
	"net/url"
	"path/filepath"
	"strconv"
	"strings"

	"filippo.io/age"
	"github.com/caarlos0/env/v11"

	"samhold/internal/backup"
	"samhold/internal/call"
	"samhold/internal/i18n"
)

// Config is how an installation is set up.
type Config struct {
	Listen         string    // host:port for the pages
	MetricsListen  string    // host:port for the metrics, empty for none
	BaseURL        *url.URL  // as members type it
	ExitURL        *url.URL  // the neutral site behind "Forlad siden"
	DatabaseURL    string    // sqlite:PATH or postgres://…
	SearchURL      string    // bleve:PATH, or http(s)://HOST of a Meilisearch server
	SearchKey      string    // the key for that server
	SecretKey      string    // 32 bytes or more, base64; it wraps the keys that seal
	OldSecretKeys  []string  // secrets that it took the place of: what they wrapped still opens
	Locale         i18n.Lang // of guests whose browser asks for none
	TrustedProxies []string  // addresses or networks whose X-Forwarded-For is believed
	SMTPURL        string    // the mail server that carries calls, empty for none
	SMTPFrom       string    // whom its mails come from
	Webhook        Webhook
	LedgerFile     string // where erasures are remembered outside the database and its backups, empty for nowhere
	AuditFile      string // where the head of the audit chain is kept outside the database, empty for nowhere
	Backup         Backup
}

// Webhook is who sends text messages or rings pagers for Samhold.
type Webhook struct {
	URL     *url.URL // nil for nobody
	Secret  []byte   // signs each request
	Private bool     // it stands on the operator's own network
}

// Backup is how backups are made.
type Backup struct {
	Recipients []age.Recipient // who can read them; none: no backup can be made
	Dir        string          // where one is made every night, empty for nowhere
	Keep       int             // how many stay there
}

// Places are the folders in which Samhold writes, by what it writes there.
func (c Config) Places() map[string]string {
	places := map[string]string{}
	if path, ok := strings.CutPrefix(c.DatabaseURL, "sqlite:"); ok {
		places["database"] = filepath.Dir(path)
	}
	if path, ok := strings.CutPrefix(c.SearchURL, "bleve:"); ok {
		places["search index"] = filepath.Dir(path)
	}
	if c.AuditFile != "" {
		places["audit checkpoint"] = filepath.Dir(c.AuditFile)
	}
	if c.LedgerFile != "" {
		places["ledger"] = filepath.Dir(c.LedgerFile)
	}
	if c.Backup.Dir != "" {
		places["backups"] = c.Backup.Dir
	}
	return places
}

// variables are the texts as they stand in the environment.
type variables struct {
	Listen         string   `env:"SAMHOLD_LISTEN" envDefault:"127.0.0.1:8080"`
	MetricsListen  string   `env:"SAMHOLD_METRICS_LISTEN"`
	BaseURL        string   `env:"SAMHOLD_BASE_URL"`
	ExitURL        string   `env:"SAMHOLD_EXIT_URL" envDefault:"https://www.dmi.dk/"`
	DatabaseURL    string   `env:"SAMHOLD_DATABASE_URL"`
	SearchURL      string   `env:"SAMHOLD_SEARCH_URL"`
	SearchKey      string   `env:"SAMHOLD_SEARCH_KEY"`
	SecretKey      string   `env:"SAMHOLD_SECRET_KEY"`
	OldSecretKeys  []string `env:"SAMHOLD_OLD_SECRET_KEYS"`
	Locale         string   `env:"SAMHOLD_LOCALE" envDefault:"da"`
	TrustedProxies []string `env:"SAMHOLD_TRUSTED_PROXIES"`
	SMTPURL        string   `env:"SAMHOLD_SMTP_URL"`
	SMTPFrom       string   `env:"SAMHOLD_SMTP_FROM"`
	WebhookURL     string   `env:"SAMHOLD_CALL_WEBHOOK_URL"`
	WebhookSecret  string   `env:"SAMHOLD_CALL_WEBHOOK_SECRET"`
	WebhookPrivate string   `env:"SAMHOLD_CALL_WEBHOOK_PRIVATE" envDefault:"no"`
	LedgerFile     string   `env:"SAMHOLD_LEDGER_FILE"`
	AuditFile      string   `env:"SAMHOLD_AUDIT_FILE"`

	BackupRecipient string `env:"SAMHOLD_BACKUP_RECIPIENT"`
	BackupDir       string `env:"SAMHOLD_BACKUP_DIR"`
	BackupKeep      string `env:"SAMHOLD_BACKUP_KEEP" envDefault:"14"`
}

// Variable describes one variable for people.
type Variable struct {
	Name    string
	Example string
	Secret  bool
}

// Variables are all that Samhold reads.
var Variables = []Variable{
	{Name: "SAMHOLD_LISTEN", Example: "127.0.0.1:8080"},
	{Name: "SAMHOLD_METRICS_LISTEN", Example: "127.0.0.1:9090"},
	{Name: "SAMHOLD_BASE_URL", Example: "https://forum.example.org"},
	{Name: "SAMHOLD_EXIT_URL", Example: "https://www.dmi.dk/"},
	{Name: "SAMHOLD_DATABASE_URL", Example: "postgres://samhold:password@localhost:5432/samhold", Secret: true}, //nolint:gosec // an example
	{Name: "SAMHOLD_SEARCH_URL", Example: "bleve:/var/lib/samhold/search"},
	{Name: "SAMHOLD_SEARCH_KEY", Example: "the key that the search server made for Samhold", Secret: true},
	{Name: "SAMHOLD_SECRET_KEY", Example: "the output of: openssl rand -base64 32", Secret: true},
	{Name: "SAMHOLD_OLD_SECRET_KEYS", Example: "the former SAMHOLD_SECRET_KEY; several with commas between", Secret: true},
	{Name: "SAMHOLD_LOCALE", Example: "da"},
	{Name: "SAMHOLD_TRUSTED_PROXIES", Example: "127.0.0.1,10.0.0.0/8"},
	{Name: "SAMHOLD_SMTP_URL", Example: "smtp://mail.example.org:587", Secret: true},
	{Name: "SAMHOLD_SMTP_FROM", Example: "besked@example.org"},
	{Name: "SAMHOLD_CALL_WEBHOOK_URL", Example: "https://sms.example.org/samhold", Secret: true},
	{Name: "SAMHOLD_CALL_WEBHOOK_SECRET", Example: "whsec_ and the output of: openssl rand -base64 32", Secret: true},
	{Name: "SAMHOLD_CALL_WEBHOOK_PRIVATE", Example: "yes, if it stands on your own network"},
	{Name: "SAMHOLD_LEDGER_FILE", Example: "/var/lib/samhold-ledger/erased"},
	{Name: "SAMHOLD_AUDIT_FILE", Example: "/var/lib/samhold-audit/head"},
	{Name: "SAMHOLD_BACKUP_RECIPIENT", Example: "age1…, as samhold backup-key prints it"},
	{Name: "SAMHOLD_BACKUP_DIR", Example: "/var/backups/samhold"},
	{Name: "SAMHOLD_BACKUP_KEEP", Example: "14"},
}

// Load reads the environment, given as pairs of name and value, and checks every value. It returns all that is
// wrong, a line each.
func Load(environment map[string]string) (Config, error) {
	environment, files := fromFiles(environment)
	var v variables
	if err := env.ParseWithOptions(&v, env.Options{Environment: environment}); err != nil {
		return Config{}, fmt.Errorf("read settings: %w", err)
	}
	var c Config
	errs := []error{
		v.listen(&c), v.urls(&c), v.database(&c), v.search(&c), v.secret(&c), v.locale(&c), v.proxies(&c), v.smtp(&c), v.audit(&c),
		v.backup(&c), v.ledger(&c), v.webhook(&c),
	}
	errs = files.blamed(errs)
	for name := range environment {
		if strings.HasPrefix(name, "SAMHOLD_") && !strings.HasPrefix(name, "SAMHOLD_TEST_") && !isVariable(name) {
			errs = append(errs, wrong(name, "is not a setting of Samhold; look for a typing error"))
		}
	}
	return c, errors.Join(errs...)
}

func isVariable(name string) bool {
	for _, v := range Variables {
		if v.Name == name || v.Secret && v.Name+fileEnding == name {
			return true
		}
	}
	return false
}

func wrong(name, what string) error {
	for _, v := range Variables {
		if v.Secret && v.Name+fileEnding == name {
			return fmt.Errorf("%s %s; for example: /run/secrets/%s", name, what, strings.ToLower(strings.TrimPrefix(v.Name, "SAMHOLD_")))
		}
		if v.Name == name {
			return fmt.Errorf("%s %s; for example: %s", name, what, v.Example)
		}
	}
	return fmt.Errorf("%s %s", name, what)
}

func (v variables) listen(c *Config) error {
	c.Listen, c.MetricsListen = v.Listen, v.MetricsListen
	if _, _, err := net.SplitHostPort(v.Listen); err != nil {
		return wrong("SAMHOLD_LISTEN", "wants an address and a port")
	}
	if v.MetricsListen == "" {
		return nil
	}
	if _, _, err := net.SplitHostPort(v.MetricsListen); err != nil {
		return wrong("SAMHOLD_METRICS_LISTEN", "wants an address and a port")
	}
	return nil
}

func (v variables) urls(c *Config) error {
	base, err := webAddress(v.BaseURL)
	if err != nil || (base.Path != "" && base.Path != "/") {
		return wrong("SAMHOLD_BASE_URL", "wants the address that members type, with https:// and without a path")
	}
	if base.Scheme == "http" && !loopback(base.Hostname()) {
		return wrong("SAMHOLD_BASE_URL", "wants https://; without it anybody on the way reads and takes over what members do")
	}
	if c.ExitURL, err = webAddress(v.ExitURL); err != nil {
		return wrong("SAMHOLD_EXIT_URL", "wants the full address of a neutral site")
	}
	if c.ExitURL.Host == base.Host {
		return wrong("SAMHOLD_EXIT_URL", "must be another site than Samhold")
	}
	c.BaseURL = base
	return nil
}

// loopback reports whether the host is this machine, where cookies may do without https.
func loopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

func webAddress(s string) (*url.URL, error) {
	u, err := url.Parse(s)
	if err != nil {
		return nil, errors.New("not an address")
	}
	if (u.Scheme != "https" && u.Scheme != "http") || u.Host == "" || u.User != nil {
		return nil, errors.New("not an address of a site")
	}
	return u, nil
}

func (v variables) database(c *Config) error {
	c.DatabaseURL = v.DatabaseURL
	if path, ok := strings.CutPrefix(v.DatabaseURL, "sqlite:"); ok && path != "" {
		return nil
	}
	u, err := url.Parse(v.DatabaseURL)
	if err != nil || (u.Scheme != "postgres" && u.Scheme != "postgresql") || u.Host == "" {
		return wrong("SAMHOLD_DATABASE_URL", "wants sqlite:PATH or postgres://…")
	}
	return nil
}

func (v variables) search(c *Config) error {
	c.SearchURL = strings.TrimSuffix(v.SearchURL, "/")
	if path, ok := strings.CutPrefix(v.SearchURL, "bleve:"); ok {
		if path == "" || path != filepath.Clean(path) {
			return wrong("SAMHOLD_SEARCH_URL", "wants bleve:PATH")
		}
		if v.SearchKey != "" {
			return wrong("SAMHOLD_SEARCH_KEY", "is for a search server, and SAMHOLD_SEARCH_URL names a folder")
		}
		return nil
	}
	u, err := webAddress(c.SearchURL)
	if err != nil || u.Path != "" || u.RawQuery != "" || u.Fragment != "" {
		return wrong("SAMHOLD_SEARCH_URL", "wants bleve:PATH, or http:// or https:// and the search server, without a path")
	}
	c.SearchKey = v.SearchKey
	if len(c.SearchKey) < 16 || strings.ContainsFunc(c.SearchKey, func(r rune) bool { return r <= ' ' || r > '~' }) {
		return wrong("SAMHOLD_SEARCH_KEY", "wants the search server's key for Samhold, of at least 16 characters")
	}
	return nil
}

func (v variables) locale(c *Config) error {
	lang, ok := i18n.ParseLang(v.Locale)
	if !ok {
		return wrong("SAMHOLD_LOCALE", "is da or en")
	}
	c.Locale = lang
	return nil
}

func (v variables) proxies(c *Config) error {
	c.TrustedProxies = v.TrustedProxies
	for _, p := range v.TrustedProxies {
		if _, _, err := net.ParseCIDR(p); err != nil && net.ParseIP(p) == nil {
			return wrong("SAMHOLD_TRUSTED_PROXIES", "wants addresses or networks, with commas between")
		}
	}
	return nil
}

func (v variables) smtp(c *Config) error {
	c.SMTPURL, c.SMTPFrom = v.SMTPURL, v.SMTPFrom
	if c.SMTPFrom == "" && c.BaseURL != nil {
		c.SMTPFrom = "noreply@" + c.BaseURL.Hostname()
	}
	if a, err := mail.ParseAddress(c.SMTPFrom); c.BaseURL != nil && (err != nil || a.Address != c.SMTPFrom) {
		return wrong("SAMHOLD_SMTP_FROM", "wants a bare mail address")
	}
	if v.SMTPURL == "" {
		return nil
	}
	u, err := url.Parse(v.SMTPURL)
	if err != nil || (u.Scheme != "smtp" && u.Scheme != "smtps") || u.Hostname() == "" {
		return wrong("SAMHOLD_SMTP_URL", "wants smtp://HOST:PORT or smtps://HOST:PORT")
	}
	return nil
}

func (v variables) audit(c *Config) error {
	c.AuditFile = v.AuditFile
	if v.AuditFile != "" && !filepath.IsAbs(v.AuditFile) {
		return wrong("SAMHOLD_AUDIT_FILE", "wants a full path")
	}
	return nil
}

func (v variables) backup(c *Config) error {
	c.Backup.Dir = v.BackupDir
	if v.BackupRecipient != "" {
		var err error
		if c.Backup.Recipients, err = backup.Recipients(v.BackupRecipient); err != nil {
			return wrong("SAMHOLD_BACKUP_RECIPIENT", "wants public keys of age")
		}
	}
	if v.BackupDir != "" && !filepath.IsAbs(v.BackupDir) {
		return wrong("SAMHOLD_BACKUP_DIR", "wants a full path")
	}
	if v.BackupDir != "" && v.BackupRecipient == "" {
		return wrong("SAMHOLD_BACKUP_RECIPIENT", "is missing: backups are made for a recipient alone")
	}
	var err error
	if c.Backup.Keep, err = strconv.Atoi(v.BackupKeep); err != nil || c.Backup.Keep < 1 {
		return wrong("SAMHOLD_BACKUP_KEEP", "wants how many backups to keep, at least 1")
	}
	return nil
}

func (v variables) ledger(c *Config) error {
	c.LedgerFile = v.LedgerFile
	if v.LedgerFile != "" && !filepath.IsAbs(v.LedgerFile) {
		return wrong("SAMHOLD_LEDGER_FILE", "wants a full path")
	}
	return nil
}

func (v variables) webhook(c *Config) error {
	c.Webhook.Private = v.WebhookPrivate == "yes"
	if !c.Webhook.Private && v.WebhookPrivate != "no" {
		return wrong("SAMHOLD_CALL_WEBHOOK_PRIVATE", "is yes or no")
	}
	if v.WebhookURL == "" {
		if v.WebhookSecret != "" {
			return wrong("SAMHOLD_CALL_WEBHOOK_URL", "is missing: a secret is set for it")
		}
		return nil
	}
	u, err := webAddress(v.WebhookURL)
	if err != nil || u.Scheme == "http" && !c.Webhook.Private {
		return wrong("SAMHOLD_CALL_WEBHOOK_URL", "wants the full address, with https:// unless it stands on your own network")
	}
	c.Webhook.URL = u
	if c.Webhook.Secret, err = call.Secret(v.WebhookSecret); err != nil {
		return wrong("SAMHOLD_CALL_WEBHOOK_SECRET", err.Error())
	}
	return nil
}
