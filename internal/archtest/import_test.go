package archtest_test

import (
	"fmt"
	"strings"
	"testing"
)

// floors are the packages from the ground up: each imports from lower floors alone. Leaves share the ground floor and
// may use one another.
var floors = [][]string{
	{
		"internal/clock", "internal/fault", "internal/i18n", "internal/id", "internal/intake", "internal/limit", "internal/markup/...",
		"internal/passkey/...", "internal/passphrase", "internal/recovery", "internal/seal", "internal/signname", "internal/totp", "internal/tx",
		"migrations", "static", "templates",
	},
	{"internal/audit", "internal/backup", "internal/job", "internal/vault"},
	{"internal/triage"},
	{"internal/account"},
	{"internal/care", "internal/directory", "internal/rota", "internal/space"},
	{"internal/topic"},
	{"internal/admin", "internal/crisis", "internal/message", "internal/moderation", "internal/plan", "internal/search"},
	{"internal/call", "internal/checkin", "internal/figure", "internal/playbook", "internal/privacy", "internal/safeguarding", "internal/support"},
	{"internal/demo", "internal/fill"},
	{"internal/web/view"},
	{"internal/config", "internal/search/bleve", "internal/search/meili/...", "internal/search/searchtest", "internal/store", "internal/web"},
	{"internal/app"},
	{"internal/doctor"},
	{"internal/testkit/mailbox", "internal/testkit/postgres"},
	{"internal/testkit", "internal/testkit/browse", "internal/testkit/pgserver"},
	{"cmd/samhold", "internal/bench", "internal/browser", "internal/simulate", "internal/triage/train"},
}

// forTests are packages that only tests may import.
var forTests = []string{"internal/testkit/...", "internal/search/meili/meilitest", "internal/search/searchtest", "internal/markup/hostile", "internal/passkey/passkeytest", "internal/browser", "internal/simulate"}

// outside are libraries that belong in one place. What is not named here may be used anywhere.
var outside = []struct {
	prefix string
	in     []string
}{
	{"gorm.io/", []string{"internal/store"}},
	{"database/sql", []string{"internal/store", "internal/testkit/..."}},
	{"github.com/jackc/", []string{"internal/store", "internal/testkit/..."}},
	{"modernc.org/", []string{"internal/store", "internal/testkit/..."}},
	{"github.com/pressly/goose", []string{"internal/store"}},
	{"github.com/gofiber/", []string{"internal/web", "internal/testkit/browse"}},
	{"github.com/valyala/", []string{"internal/web"}},
	{"html/template", []string{"internal/markup", "internal/privacy", "internal/web/view", "internal/web"}},
	{"github.com/microcosm-cc/bluemonday", []string{"internal/markup"}},
	{"github.com/yuin/goldmark", []string{"internal/markup"}},
	{"github.com/blevesearch/bleve", []string{"internal/search/bleve"}},
	{"github.com/meilisearch/", []string{"internal/search/meili"}},
	{"github.com/alecthomas/kong", []string{"cmd/samhold"}},
	{"filippo.io/age", []string{"cmd/samhold", "internal/app", "internal/backup", "internal/config"}},
	{"github.com/chromedp/", []string{"internal/browser"}},
	{"github.com/compose-spec/", forTests},
	{"github.com/go-webauthn/", []string{"internal/passkey"}},
	{"github.com/wneessen/go-mail", []string{"internal/call"}},
	{"github.com/SherClockHolmes/webpush-go", []string{"internal/call"}},
	{"github.com/emersion/", []string{"internal/testkit/mailbox"}},
	{"codeberg.org/go-pdf/", []string{"internal/safeguarding"}},
	{"golang.org/x/image", []string{"internal/safeguarding"}},
	{"rsc.io/qr", []string{"internal/web/view"}},
	{"testing", forTests},
}

func floor(pkg string) int {
	for i, packages := range floors {
		if within(pkg, packages...) {
			return i
		}
	}
	return -1
}

func TestImportsPointDown(t *testing.T) {
	for _, f := range product(t) {
		from := floor(f.pkg)
		if from < 0 {
			t.Errorf("package %s stands on no floor: give it one here, and a line in docs/architecture.md", f.pkg)
			continue
		}
		for _, imported := range f.imports() {
			if fault := misplaced(f.pkg, from, imported); fault != "" {
				t.Errorf("%s imports %s: %s", f.path, imported, fault)
			}
		}
	}
}

// misplaced says what is wrong with an import, or nothing.
func misplaced(pkg string, from int, imported string) string {
	if within(imported, forTests...) && !within(pkg, forTests...) {
		return "it is for tests alone"
	}
	for _, o := range outside {
		if (imported == o.prefix || strings.HasPrefix(imported, o.prefix+"/") || strings.HasSuffix(o.prefix, "/") && strings.HasPrefix(imported, o.prefix)) &&
			!within(pkg, o.in...) {
			return fmt.Sprintf("it belongs in %s", strings.Join(o.in, ", "))
		}
	}
	to := floor(imported)
	if to < 0 || to < from || to == 0 && from == 0 {
		return ""
	}
	return fmt.Sprintf("it stands on floor %d, and the importer on %d", to, from)
}

func TestMisplacedImportsAreFound(t *testing.T) {
	tests := []struct {
		pkg, imported string
		want          bool
	}{
		{"internal/topic", "internal/space", false},
		{"internal/topic", "internal/intake", false},
		{"internal/space", "internal/topic", true},
		{"internal/crisis", "internal/moderation", true},
		{"internal/audit", "internal/account", true},
		{"internal/web", "internal/store", true},
		{"internal/store", "internal/web", true},
		{"internal/app", "internal/testkit", true},
		{"internal/web", "gorm.io/gorm", true},
		{"internal/web/view", "github.com/gofiber/fiber/v2", true},
		{"internal/fault", "internal/i18n", false},
		{"internal/topic", "testing", true},
		{"internal/topic", "context", false},
	}
	for _, test := range tests {
		if got := misplaced(test.pkg, floor(test.pkg), test.imported); (got != "") != test.want {
			t.Errorf("%s imports %s: got %q, want a fault: %t", test.pkg, test.imported, got, test.want)
		}
	}
}

func TestFloorsAreLived(t *testing.T) {
	lived := map[string]bool{}
	for _, f := range product(t) {
		lived[f.pkg] = true
	}
	for _, packages := range floors {
		for _, p := range packages {
			if !lived[strings.TrimSuffix(p, "/...")] {
				t.Errorf("%s has a floor and no code", p)
			}
		}
	}
}
