package app_test

import (
	"bufio"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/goccy/go-yaml"

	"samhold/internal/testkit"
	"samhold/internal/testkit/browse"
)

// measured is what the metrics listener says: values by name and labels, and the names.
func measured(t *testing.T, handler http.Handler) (values map[string]float64, names map[string]bool) {
	t.Helper()
	answer := httptest.NewRecorder()
	handler.ServeHTTP(answer, httptest.NewRequest(http.MethodGet, "/metrics", http.NoBody))
	values, names = map[string]float64{}, map[string]bool{}
	lines := bufio.NewScanner(answer.Body)
	for lines.Scan() {
		line := lines.Text()
		at := strings.LastIndexByte(line, ' ')
		if at < 0 || strings.HasPrefix(line, "#") {
			continue
		}
		value, err := strconv.ParseFloat(line[at+1:], 64)
		if err != nil {
			t.Fatalf("%s: %v", line, err)
		}
		values[line[:at]] = value
		name, _, _ := strings.Cut(line[:at], "{")
		names[name] = true
	}
	return values, names
}

func TestMetricsOnCall(t *testing.T) {
	testkit.EachDatabase(t, func(t *testing.T, db *testkit.Database) {
		w := newPlace(t, db)
		w.room("home", "account", nobody)
		w.settle("writer", 1980)
		w.enrol("writer", "home", "", nobody, 9)
		w.start("writer", "home", "talk", nobody, "Jeg tager mit eget liv i aften.")
		browse.New(t, w.app.Web.App()).Get("/help")
		w.Clock.Advance(20 * time.Hour)
		want := map[string]float64{
			`samhold_cases_open{level="crisis"}`: 1, `samhold_cases_open{level="amber"}`: 0, `samhold_cases_unacknowledged{level="crisis"}`: 1,
			`samhold_cases_overdue{level="crisis"}`: 1, `samhold_cases_oldest_seconds{level="crisis"}`: 72000,
			"samhold_index_up": 1, "samhold_index_waiting": 1, "samhold_index_missing": 1, "samhold_jobs_oldest_seconds": 72000,
			"samhold_backup_last_success_timestamp_seconds": 0, "samhold_backup_late": 0, "samhold_backup_failing": 0,
		}
		got, _ := measured(t, w.app.Metrics())
		for name, value := range want {
			if v, ok := got[name]; !ok || v != value {
				t.Errorf("%s is %v (%t), want %v", name, v, ok, value)
			}
		}
		for name := range got {
			for _, secret := range []string{word("talk body"), w.ids["home"], w.accounts["writer"].ID, w.accounts["writer"].Name} {
				if strings.Contains(name, secret) {
					t.Errorf("a metric tells of somebody: %s", name)
				}
			}
		}
		v := newVault(t)
		c := v.settings(t, db)
		w.app.Config.Backup = c.Backup
		v.make(t, db)
		w.app.Runner.Drain(t.Context())
		got, _ = measured(t, w.app.Metrics())
		if got["samhold_backup_last_success_timestamp_seconds"] != float64(w.Clock.Now().Unix()) || got["samhold_backup_last_bytes"] == 0 {
			t.Errorf("after a backup: %v", got["samhold_backup_last_success_timestamp_seconds"])
		}
		if got["samhold_index_waiting"] != 0 || got["samhold_index_missing"] != 0 {
			t.Errorf("after the jobs, the index lacks %v", got["samhold_index_missing"])
		}
	})
}

// TestAlertsAndDashboardUseWhatExists holds deploy/alerts.yml and deploy/dashboard.json to the metrics that are served.
func TestAlertsAndDashboardUseWhatExists(t *testing.T) {
	db := testkit.Open(t, "sqlite")
	w := newPlace(t, db)
	browse.New(t, w.app.Web.App()).Get("/help")
	_, names := measured(t, w.app.Metrics())
	names["up"] = true // Prometheus makes it itself

	read := func(name string) []byte {
		body, err := os.ReadFile(filepath.Join("..", "..", "deploy", name))
		if err != nil {
			t.Fatal(err)
		}
		return body
	}
	var alerts struct {
		Groups []struct {
			Rules []struct {
				Alert, Expr string
				Labels      map[string]string
				Annotations map[string]string
			}
		}
	}
	if err := yaml.Unmarshal(read("alerts.yml"), &alerts); err != nil {
		t.Fatal(err)
	}
	var dashboard struct {
		Panels []struct {
			Title   string
			Targets []struct{ Expr string }
		}
	}
	if err := json.Unmarshal(read("dashboard.json"), &dashboard); err != nil {
		t.Fatal(err)
	}
	exprs := map[string]string{}
	for _, g := range alerts.Groups {
		for _, r := range g.Rules {
			exprs["alert "+r.Alert] = r.Expr
			if r.Annotations["summary"] == "" || r.Annotations["do"] == "" || (r.Labels["severity"] != "page" && r.Labels["severity"] != "mail") {
				t.Errorf("%s does not say what it is, what to do and whom it wakes", r.Alert)
			}
		}
	}
	for _, p := range dashboard.Panels {
		for i, target := range p.Targets {
			exprs["panel "+p.Title+" "+strconv.Itoa(i)] = target.Expr
		}
	}
	if len(exprs) < 20 {
		t.Errorf("only %d expressions found", len(exprs))
	}
	for place, expr := range exprs {
		found := asksFor(expr)
		if len(found) == 0 {
			t.Errorf("%s asks for nothing: %s", place, expr)
		}
		for _, name := range found {
			if !names[name] {
				t.Errorf("%s: there is no %s", place, name)
			}
		}
	}
	for expr, want := range map[string]string{
		`sum by (le, route) (rate(a_bucket{route=~"b c"}[5m])) > 1e3`: "a_bucket", `node_load1 / on (x) group_left b and time() - c > 5`: "node_load1 b c",
	} {
		if got := strings.Join(asksFor(expr), " "); got != want {
			t.Errorf("%s asks for %q, want %q", expr, got, want)
		}
	}
}

var (
	besides   = regexp.MustCompile(`\{[^}]*\}|\[[^\]]*\]|"[^"]*"|\b(by|without|on|ignoring)\s*\([^)]*\)`)
	nameWhole = regexp.MustCompile(`[a-zA-Z_:][a-zA-Z0-9_:]*\s*\(?|[0-9.]+(?:e[0-9]+)?`)
)

// asksFor are the metrics of an expression: every name that is no label, no function and no word of the language.
func asksFor(expr string) (names []string) {
	for _, name := range nameWhole.FindAllString(besides.ReplaceAllString(expr, " "), -1) {
		name = strings.TrimSpace(name)
		if strings.HasSuffix(name, "(") || name[0] == '.' || name[0] >= '0' && name[0] <= '9' ||
			slices.Contains([]string{"and", "or", "unless", "bool", "offset", "group_left", "group_right", "by", "without", "sum", "max", "min", "avg", "count"}, name) {
			continue
		}
		names = append(names, name)
	}
	return names
}
