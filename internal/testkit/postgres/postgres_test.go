package postgres_test

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"samhold/internal/testkit/postgres"
)

func TestServer(t *testing.T) {
	tmp := openDir(t)
	t.Setenv("TMPDIR", tmp)
	abandoned := filepath.Join(tmp, "samhold-postgres-abandoned")
	fresh := filepath.Join(tmp, "samhold-postgres-fresh")
	for _, dir := range []string{abandoned, fresh} {
		if err := os.Mkdir(dir, 0o700); err != nil {
			t.Fatal(err)
		}
	}
	hourAgo := time.Now().Add(-time.Hour)
	if err := os.Chtimes(abandoned, hourAgo, hourAgo); err != nil {
		t.Fatal(err)
	}

	server, err := postgres.Start(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(abandoned); !os.IsNotExist(err) {
		t.Errorf("an abandoned folder: got %v, want it gone", err)
	}
	if _, err := os.Stat(fresh); err != nil {
		t.Errorf("a folder that may be in use: %v", err)
	}

	u, err := url.Parse(server.URL())
	if err != nil {
		t.Fatal(err)
	}
	port, err := strconv.Atoi(u.Port())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := postgres.StartOn(t.Context(), port); err == nil || !strings.Contains(err.Error(), "ended at once") {
		t.Errorf("a second server on the port: got %v, want to hear that it ended", err)
	}

	if err := server.Stop(); err != nil {
		t.Error(err)
	}
	if left, _ := filepath.Glob(filepath.Join(tmp, "samhold-postgres-*")); len(left) != 1 {
		t.Errorf("after the servers: got %v, want only the fresh folder", left)
	}
}

// The kernel ends a process with the thread that started it; Go ends a thread whose goroutine ends locked to it.
func TestTheServerOutlivesTheThreadThatStartedIt(t *testing.T) {
	t.Setenv("TMPDIR", openDir(t))
	var server *postgres.Server
	thread, failed := make(chan int), make(chan error)
	for ended := false; !ended; {
		go func() {
			runtime.LockOSThread()
			if syscall.Gettid() == os.Getpid() { // the first thread never ends
				defer runtime.UnlockOSThread()
				thread <- 0
				return
			}
			thread <- syscall.Gettid()
			var err error
			server, err = postgres.Start(context.Background())
			failed <- err
		}()
		tid := <-thread
		if ended = tid != 0; !ended {
			continue
		}
		if err := <-failed; err != nil {
			t.Fatal(err)
		}
		for task := fmt.Sprintf("/proc/self/task/%d", tid); ; runtime.Gosched() {
			if _, err := os.Stat(task); os.IsNotExist(err) {
				break
			}
		}
	}
	conn, err := pgx.Connect(t.Context(), server.URL())
	if err == nil {
		err = conn.Close(t.Context())
	}
	if err != nil {
		t.Errorf("the server ended with the thread: %v", err)
	}
	if err := server.Stop(); err != nil {
		t.Error(err)
	}
}

// openDir is a folder that the server's user may enter, when the tests run as root.
func openDir(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("/tmp", "samhold-test-") //nolint:usetesting // nobody else may enter a test's own folder
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	if err := os.Chmod(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	return dir
}
