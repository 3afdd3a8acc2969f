package config_test

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"maps"
	"net/netip"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/compose-spec/compose-go/v2/cli"
	"github.com/compose-spec/compose-go/v2/types"

	"samhold/internal/config"
	"samhold/internal/directory"
	"samhold/internal/search/meili"
)

// compose is docker-compose.yml with the secrets that scripts/secrets makes, and other files over it, as Docker would read
// them.
func compose(t *testing.T, over ...string) *types.Project {
	t.Helper()
	dir := t.TempDir()
	var paths []string
	for _, name := range append([]string{"docker-compose.yml"}, over...) {
		path := filepath.Join(dir, filepath.Base(name))
		if err := os.WriteFile(path, top(t, name), 0o600); err != nil {
			t.Fatal(err)
		}
		paths = append(paths, path)
	}
	makeSecrets(t, dir)
	options, err := cli.NewProjectOptions(paths, cli.WithWorkingDirectory(dir), cli.WithResolvedPaths(true))
	if err != nil {
		t.Fatal(err)
	}
	project, err := options.LoadProject(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return project
}

// recipient is one that nobody has the identity of.
const recipient = "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p"

// makeSecrets runs scripts/secrets in the folder. Its text is read here, so that Go knows the test depends on it.
func makeSecrets(t *testing.T, dir string) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "bash", "-c", string(top(t, "scripts/secrets")), "secrets", "https://forum.example.org", recipient)
	cmd.Dir = dir
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("scripts/secrets: %v: %s", err, out)
	}
}

// top is a file from the top of the project.
func top(t *testing.T, name string) []byte {
	t.Helper()
	body, err := os.ReadFile(filepath.Join("..", "..", name))
	if err != nil {
		t.Fatal(err)
	}
	return body
}

func TestComposeSettingsAreSettingsOfSamhold(t *testing.T) {
	app := compose(t).Services["app"]
	environment := map[string]string{}
	for name, value := range app.Environment {
		if value == nil {
			t.Errorf("%s has no value", name)
			continue
		}
		environment[name] = *value
	}
	c, err := config.Load(environment)
	if err != nil {
		t.Errorf("samhold serve would refuse: %v", err)
	}
	var known []string
	for _, v := range config.Variables {
		known = append(known, v.Name)
	}
	for name := range environment {
		if !slices.Contains(known, name) {
			t.Errorf("Samhold does not read %s", name)
		}
	}

	// What the settings name must be there: the volumes, the search server.
	for _, path := range []string{c.AuditFile, c.LedgerFile, c.Backup.Dir + "/"} {
		if !slices.ContainsFunc(app.Volumes, func(v types.ServiceVolumeConfig) bool { return strings.HasPrefix(path, v.Target+"/") }) {
			t.Errorf("%s is on no volume", path)
		}
	}
	if c.SearchURL != "http://search:7700" || len(c.Backup.Recipients) != 1 {
		t.Errorf("search at %s, %d recipients", c.SearchURL, len(c.Backup.Recipients))
	}
	c.BaseURL.Host = "forum.nabohus.dk" // the one thing of this test that is an example
	if err := c.Unsafe(); err != nil {
		t.Errorf("samhold serve would refuse what scripts/secrets makes: %v", err)
	}
}

func TestComposeAgreesWithItself(t *testing.T) {
	project := compose(t)
	app, database, search := project.Services["app"], project.Services["database"], project.Services["search"]

	password := *database.Environment["POSTGRES_PASSWORD"]
	if want := "postgres://" + *database.Environment["POSTGRES_USER"] + ":" + password + "@" + database.Name + ":5432/" +
		*database.Environment["POSTGRES_DB"] + "?sslmode=disable"; *app.Environment["SAMHOLD_DATABASE_URL"] != want {
		t.Error("the application and the database do not agree on user, password, host or name")
	}
	// The server computes keys like this; scripts/secrets and search-key must agree on the id.
	mac := hmac.New(sha256.New, []byte(*search.Environment["MEILI_MASTER_KEY"]))
	mac.Write([]byte(meili.KeyID))
	if want := hex.EncodeToString(mac.Sum(nil)); *app.Environment["SAMHOLD_SEARCH_KEY"] != want {
		t.Error("the application and the search server do not agree on the key")
	}
	for name, service := range project.Services {
		for _, secret := range []string{"MEILI_MASTER_KEY", "SAMHOLD_SECRET_KEY", "POSTGRES_PASSWORD"} {
			_, has := service.Environment[secret]
			may := map[string][]string{
				"MEILI_MASTER_KEY": {"search", "search-key"}, "SAMHOLD_SECRET_KEY": {"app"}, "POSTGRES_PASSWORD": {"database"},
			}[secret]
			if has != slices.Contains(may, name) {
				t.Errorf("%s has %s: %t", name, secret, has)
			}
		}
	}

	network := project.Networks["front"].Ipam.Config[0]
	subnet, err := netip.ParsePrefix(network.Subnet)
	if err != nil {
		t.Fatal(err)
	}
	proxy, err := netip.ParseAddr(*app.Environment["SAMHOLD_TRUSTED_PROXIES"])
	if err != nil || !subnet.Contains(proxy) || project.Services["proxy"].Networks["front"].Ipv4Address != proxy.String() {
		t.Errorf("the proxy is not at %s", proxy)
	}
	if !project.Networks["back"].Internal {
		t.Error("the database and the search server reach the world")
	}
	for _, name := range []string{"database", "search", "search-key"} {
		if networks := slices.Collect(maps.Keys(project.Services[name].Networks)); !slices.Equal(networks, []string{"back"}) {
			t.Errorf("%s is in %v", name, networks)
		}
	}
}

func TestComposeBehindAnotherProxy(t *testing.T) {
	project := compose(t, "deploy/behind-proxy.yml")
	if _, runs := project.Services["proxy"]; runs {
		t.Error("the proxy of its own runs too")
	}
	app := project.Services["app"]
	gateway := project.Networks["front"].Ipam.Config[0].Gateway
	if *app.Environment["SAMHOLD_TRUSTED_PROXIES"] != gateway || len(app.Ports) != 1 || app.Ports[0].HostIP != "127.0.0.1" ||
		"0.0.0.0:"+app.Ports[0].Published != *app.Environment["SAMHOLD_LISTEN"] {
		t.Errorf("got ports %+v, and the machine is %s", app.Ports, gateway)
	}
}

func TestProxyLogsNobody(t *testing.T) {
	text := string(top(t, "deploy/Caddyfile"))
	for _, want := range []string{"admin off", "exclude http.log.access http.log.error http.handlers.reverse_proxy", "reverse_proxy app:8080", "http_port 8080", "https_port 8443", "{$SAMHOLD_HOST} {"} {
		if !strings.Contains(text, want) {
			t.Errorf("the Caddyfile has no %q", want)
		}
	}
	// The answers of Samhold carry headers of their own; the proxy adds none but to its page for when Samhold is away.
	served, _, _ := strings.Cut(text, "handle_errors")
	for _, never := range []string{"output file", "trusted_proxies", "header"} {
		if strings.Contains(withoutComments(served), never) {
			t.Errorf("the Caddyfile has %q", never)
		}
	}
	if host := compose(t).Services["proxy"].Environment["SAMHOLD_HOST"]; host == nil || *host != "forum.example.org" {
		t.Error("the proxy does not know its name")
	}
}

func withoutComments(text string) string {
	return regexp.MustCompile(`(?m)#.*$`).ReplaceAllString(text, "")
}

// What stands in for Samhold while it is away names lines that Samhold knows, claims no hours, and needs no other file.
func TestPageForWhenSamholdIsAway(t *testing.T) {
	lines, err := directory.New()
	if err != nil {
		t.Fatal(err)
	}
	known := map[string]string{}
	for _, l := range lines.Lines() {
		known[l.Dial()] = l.Phone()
	}
	page := string(top(t, "deploy/down.html"))
	calls := regexp.MustCompile(`href="tel:(\d+)">(?:<strong>)?([\d ]+)<`).FindAllStringSubmatch(page, -1)
	if len(calls) < 5 || calls[0][1] != "112" {
		t.Fatalf("got the numbers %v, want 112 first and the lines for the night", calls)
	}
	for _, c := range calls {
		if known[c[1]] != c[2] {
			t.Errorf("%s is shown as %q, and Samhold knows it as %q", c[1], c[2], known[c[1]])
		}
	}
	if m := regexp.MustCompile(`(?i)<script|<link|<img|src=|url\(|@import|Samhold</|åben nu|open now`).FindString(page); m != "" {
		t.Errorf("the page has %q", m)
	}
	if !strings.Contains(string(top(t, "Dockerfile")), "COPY deploy/Caddyfile deploy/down.html /etc/caddy/") {
		t.Error("the proxy's image does not hold the page")
	}
}

func TestUnitIsLockedDown(t *testing.T) {
	text := "\n" + string(top(t, "deploy/samhold.service"))
	for _, want := range []string{
		"ExecStart=/usr/local/bin/samhold serve --migrate", "DynamicUser=yes", "NoNewPrivileges=yes", "ProtectSystem=strict", "CapabilityBoundingSet=",
		"UMask=0077", "LimitCORE=0", "MemoryMax=", "StateDirectoryMode=0700", "RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX",
	} {
		if !strings.Contains(text, "\n"+want) {
			t.Errorf("the unit has no %q", want)
		}
	}
	for _, m := range regexp.MustCompile(`SAMHOLD_[A-Z_]+`).FindAllString(text, -1) {
		name := strings.TrimSuffix(m, "_FILE")
		if !slices.ContainsFunc(config.Variables, func(v config.Variable) bool { return v.Name == name && (m == name || v.Secret) }) {
			t.Errorf("Samhold does not read %s", m)
		}
	}
}

func TestComposeIsLockedDown(t *testing.T) {
	for name, service := range compose(t).Services {
		if !service.ReadOnly || !slices.Contains(service.CapDrop, "ALL") || !slices.Contains(service.SecurityOpt, "no-new-privileges:true") {
			t.Errorf("%s may do more than it needs", name)
		}
		if service.MemLimit == 0 || service.CPUS == 0 || service.PidsLimit == 0 || service.Restart == "" {
			t.Errorf("%s has no limit of memory, processors or processes, or no restart", name)
		}
		if service.HealthCheck == nil && service.Restart != "no" {
			t.Errorf("%s has no health check", name)
		}
		if service.User == "" || strings.HasPrefix(service.User, "0") || service.User == "root" {
			t.Errorf("%s runs as %q", name, service.User)
		}
		if len(service.CapAdd) > 0 && name != "proxy" {
			t.Errorf("%s may %v", name, service.CapAdd)
		}
		for _, p := range service.Ports {
			if name != "proxy" {
				t.Errorf("%s listens to the world on %s", name, p.Published)
			}
		}
		for _, v := range service.Volumes {
			if v.Type != types.VolumeTypeVolume {
				t.Errorf("%s mounts %s of the machine", name, v.Source)
			}
		}
	}
}

func TestImagesComeFromTheUsualPlace(t *testing.T) {
	var images []string
	for _, service := range compose(t).Services {
		images = append(images, service.Image)
	}
	images = slices.DeleteFunc(images, func(name string) bool { return strings.HasPrefix(name, "samhold") })
	for _, m := range regexp.MustCompile(`(?m)^FROM (\S+)`).FindAllSubmatch(top(t, "Dockerfile"), -1) {
		images = append(images, string(m[1]))
	}
	slices.Sort(images)
	want := []string{"caddy:2.10-alpine", "getmeili/meilisearch:v1.50.0", "golang:1.26-bookworm", "postgres:17-bookworm", "scratch"}
	if !slices.Equal(images, want) {
		t.Errorf("got images %v, want %v", images, want)
	}
}

func TestDockerfileServesAsNobody(t *testing.T) {
	text := string(top(t, "Dockerfile"))
	for _, want := range []string{"CGO_ENABLED=0 go build -trimpath", "\nUSER 65532:65532\n", "ca-certificates.crt"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q", want)
		}
	}
	// The compiler's version follows go.mod.
	version := regexp.MustCompile(`(?m)^go (\d+\.\d+)`).FindSubmatch(top(t, "go.mod"))
	if version == nil || !strings.Contains(text, "FROM golang:"+string(version[1])+"-") {
		t.Errorf("go.mod wants Go %s", version[1])
	}
}

func TestSecretsAreMadeOnceAndForOneReader(t *testing.T) {
	dir := t.TempDir()
	makeSecrets(t, dir)
	for _, name := range []string{"", "samhold.env", "postgres.env", "search.env", "proxy.env"} {
		info, err := os.Stat(filepath.Join(dir, "secrets", name))
		if err != nil {
			t.Fatal(err)
		}
		if info.Mode().Perm()&0o077 != 0 {
			t.Errorf("%q may be read by others: %s", name, info.Mode())
		}
	}
	before, err := os.ReadFile(filepath.Join(dir, "secrets", "samhold.env"))
	if err != nil {
		t.Fatal(err)
	}
	again := exec.CommandContext(t.Context(), "bash", "-c", string(top(t, "scripts/secrets")), "secrets", "https://forum.example.org", recipient)
	again.Dir = dir
	if err := again.Run(); err == nil {
		t.Error("a second run did not refuse")
	}
	if after, err := os.ReadFile(filepath.Join(dir, "secrets", "samhold.env")); err != nil || string(after) != string(before) {
		t.Error("a second run changed the secrets")
	}
}
