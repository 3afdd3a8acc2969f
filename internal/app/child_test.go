package app_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"os"
	"os/exec"
	"os/signal"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"samhold/internal/app"
	"samhold/internal/config"
	"samhold/internal/testkit"
)

// childVariable makes the test binary a process of Samhold as its settings say, until it is killed: one that serves, one
// that rotates keys, or one that makes a backup.
const childVariable = "SAMHOLD_TEST_CHILD"

const (
	childServes  = "serve"
	childRotates = "rotate"
	childBacksUp = "back up"
)

// What a process that backs up is told beside its settings: into which file, and how many bytes a file may have.
const (
	childFile  = "TEST_CHILD_FILE"
	childLimit = "TEST_CHILD_LIMIT"
)

func TestMain(m *testing.M) {
	if os.Getenv(childVariable) == "" {
		os.Exit(m.Run())
	}
	if err := child(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func child() error {
	env := map[string]string{}
	for _, pair := range os.Environ() {
		if name, value, _ := strings.Cut(pair, "="); strings.HasPrefix(name, "SAMHOLD_") && name != childVariable {
			env[name] = value
		}
	}
	c, err := config.Load(env)
	if err != nil {
		return err
	}
	if os.Getenv(childVariable) == childBacksUp {
		return backUp(c)
	}
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM)
	defer stop()
	a, err := app.Open(ctx, c, app.Options{Log: slog.New(slog.DiscardHandler), MaxPosts: 1_000_000, Drain: time.Second})
	if err != nil {
		return err
	}
	if os.Getenv(childVariable) == childRotates {
		fmt.Println("rotates")
		_, err := a.RotateKeys(context.Background(), rotateGrace, func(string, int, int) {})
		return errors.Join(err, a.Close())
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	fmt.Println("http://" + l.Addr().String())
	return errors.Join(a.Run(ctx, l), a.Close())
}

// backUp prints how a backup went.
func backUp(c config.Config) error {
	if limit, err := strconv.ParseUint(os.Getenv(childLimit), 10, 64); err == nil {
		if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: limit, Max: limit}); err != nil {
			return err
		}
	}
	said := "made"
	if _, err := app.MakeBackup(context.Background(), c, app.Options{Log: slog.New(slog.DiscardHandler)}, os.Getenv(childFile), nil); err != nil {
		said = err.Error()
	}
	fmt.Println(said)
	return nil
}

// childSettings are the settings of the world as variables, with an index of their own.
func childSettings(t *testing.T, db *testkit.Database) map[string]string {
	t.Helper()
	return map[string]string{
		"SAMHOLD_BASE_URL": "http://localhost:8080", "SAMHOLD_EXIT_URL": "http://neutral.test/", "SAMHOLD_DATABASE_URL": db.URL,
		"SAMHOLD_SEARCH_URL": "bleve:" + t.TempDir(), "SAMHOLD_SECRET_KEY": testSecretKey,
	}
}

// startChild runs this test binary as such a process, and returns the first line that it prints, which is the address
// of one that serves, and how to kill it.
func startChild(t *testing.T, does string, env map[string]string) (address string, kill func()) {
	t.Helper()
	address, cmd := childProcess(t, does, env)
	return address, func() { end(cmd) }
}

// end kills a process.
func end(cmd *exec.Cmd) {
	_ = cmd.Process.Kill()
	_ = cmd.Wait() // says that it was killed
}

func childProcess(t *testing.T, does string, env map[string]string) (address string, cmd *exec.Cmd) {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd = exec.Command(self)
	cmd.Env = []string{childVariable + "=" + does, "PATH=" + os.Getenv("PATH"), "TMPDIR=" + os.TempDir()} //nolint:usetesting // the child keeps what it makes
	for name, value := range env {
		cmd.Env = append(cmd.Env, name+"="+value)
	}
	var complaints buffer
	cmd.Stderr = &complaints
	t.Cleanup(func() {
		if said := complaints.String(); t.Failed() && said != "" {
			t.Log(said)
		}
	})
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	if address, err = bufio.NewReader(out).ReadString('\n'); err != nil {
		end(cmd)
		t.Fatalf("the child does not serve: %v: %s", err, &complaints)
	}
	return strings.TrimSpace(address), cmd
}
