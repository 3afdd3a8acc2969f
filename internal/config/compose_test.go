package config_test

import (
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
)

// compose is docker-compose.yml with the secrets that scripts/secrets makes, as Docker would read it.
func compose(t *testing.T) *types.Project {
	t.Helper()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "docker-compose.yml"), top(t, "docker-compose.yml"), 0o600); err != nil {
		t.Fatal(err)
	}
	makeSecrets(t, dir)
	options, err := cli.NewProjectOptions([]string{filepath.Join(dir, "docker-compose.yml")}, cli.WithWorkingDirectory(dir), cli.WithResolvedPaths(true))
	if err != nil {
		t.Fatal(err)
	}
	project, err := options.LoadProject(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return project
}

// makeSecrets runs scripts/secrets in the folder. Its text is read here, so that Go knows the test depends on it.
func makeSecrets(t *testing.T, dir string) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "bash", "-c", string(top(t, "scripts/secrets")), "secrets", "https://forum.example.org")
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

	// What the settings name must be there: the volumes, the port, the database, the proxy's address.
	for _, path := range []string{strings.TrimPrefix(c.SearchURL, "bleve:"), c.AuditFile} {
		if !slices.ContainsFunc(app.Volumes, func(v types.ServiceVolumeConfig) bool { return strings.HasPrefix(path, v.Target+"/") }) {
			t.Errorf("%s is on no volume", path)
		}
	}
	if len(app.Ports) != 1 || "0.0.0.0:"+app.Ports[0].Published != c.Listen {
		t.Errorf("ports %v do not lead to %s", app.Ports, c.Listen)
	}
}

func TestComposeAgreesWithItself(t *testing.T) {
	project := compose(t)
	app, database := project.Services["app"], project.Services["database"]

	password := *database.Environment["POSTGRES_PASSWORD"]
	if want := "postgres://" + *database.Environment["POSTGRES_USER"] + ":" + password + "@" + database.Name + ":5432/" +
		*database.Environment["POSTGRES_DB"] + "?sslmode=disable"; *app.Environment["SAMHOLD_DATABASE_URL"] != want {
		t.Error("the application and the database do not agree on user, password, host or name")
	}

	network := project.Networks["default"].Ipam.Config[0]
	subnet, err := netip.ParsePrefix(network.Subnet)
	if err != nil {
		t.Fatal(err)
	}
	gateway, err := netip.ParseAddr(*app.Environment["SAMHOLD_TRUSTED_PROXIES"])
	if err != nil || !subnet.Contains(gateway) || network.Gateway != gateway.String() {
		t.Errorf("the proxy stands at %s, the network is %s with %s", gateway, network.Subnet, network.Gateway)
	}
}

func TestComposeIsLockedDown(t *testing.T) {
	for name, service := range compose(t).Services {
		if !service.ReadOnly || !slices.Contains(service.CapDrop, "ALL") || !slices.Contains(service.SecurityOpt, "no-new-privileges:true") {
			t.Errorf("%s may do more than it needs", name)
		}
		if service.HealthCheck == nil || service.MemLimit == 0 || service.Restart == "" {
			t.Errorf("%s has no health check, memory limit or restart", name)
		}
		for _, p := range service.Ports {
			if p.HostIP != "127.0.0.1" {
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
	for _, m := range regexp.MustCompile(`(?m)^FROM (\S+)`).FindAllSubmatch(top(t, "Dockerfile"), -1) {
		images = append(images, string(m[1]))
	}
	slices.Sort(images)
	want := []string{"golang:1.26-bookworm", "postgres:17-bookworm", "samhold", "scratch"}
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
	for _, name := range []string{"", "samhold.env", "postgres.env"} {
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
	again := exec.CommandContext(t.Context(), "bash", "-c", string(top(t, "scripts/secrets")), "secrets", "https://forum.example.org")
	again.Dir = dir
	if err := again.Run(); err == nil {
		t.Error("a second run did not refuse")
	}
	if after, err := os.ReadFile(filepath.Join(dir, "secrets", "samhold.env")); err != nil || string(after) != string(before) {
		t.Error("a second run changed the secrets")
	}
}
