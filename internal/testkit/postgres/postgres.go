// Package postgres starts a real PostgreSQL server for tests: on a free loopback port, in a temporary folder, as an
// unprivileged user when the tests run as root, and stops it by its own pid. It must never be imported by the
// product, nor touch a server that it did not start.
package postgres

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5"
)

// Server is a running server.
type Server struct {
	url     string
	dir     string
	command func() *exec.Cmd // a new process of the server on its folder
	cmd     *exec.Cmd
	exited  chan struct{} // closed when the server's process is gone
}

// Start makes a cluster and starts its server on a free port. It ends with the process that started it, even if that
// is killed.
func Start(ctx context.Context) (*Server, error) {
	port, err := freePort()
	if err != nil {
		return nil, err
	}
	return StartOn(ctx, port)
}

// StartOn is Start for a port that the caller knows to be free.
func StartOn(ctx context.Context, port int) (*Server, error) {
	bin, err := binaries()
	if err != nil {
		return nil, err
	}
	sweep(time.Now())
	dir, err := os.MkdirTemp("", folder)
	if err != nil {
		return nil, fmt.Errorf("make a folder for PostgreSQL: %w", err)
	}
	s := &Server{dir: dir}
	if err := s.start(ctx, bin, port); err != nil {
		_ = s.Stop()
		return nil, err
	}
	return s, nil
}

func (s *Server) start(ctx context.Context, bin string, port int) error {
	credential, err := unprivileged(s.dir)
	if err != nil {
		return err
	}
	data := filepath.Join(s.dir, "data")
	initdb := exec.CommandContext(ctx, filepath.Join(bin, "initdb"), "-D", data, "-U", "samhold", "-A", "trust",
		"-E", "UTF8", "--locale=C.UTF-8", "--no-sync", "--no-instructions")
	initdb.SysProcAttr = &syscall.SysProcAttr{Credential: credential}
	initdb.Dir = s.dir
	if out, err := initdb.CombinedOutput(); err != nil {
		return fmt.Errorf("initdb: %w: %s", err, out)
	}
	s.command = func() *exec.Cmd {
		cmd := exec.Command(filepath.Join(bin, "postgres"), "-D", data, "-h", "127.0.0.1", "-p", strconv.Itoa(port), "-k", s.dir,
			"-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off", "-c", "max_connections=300",
			"-c", "shared_buffers=128MB")
		cmd.SysProcAttr = &syscall.SysProcAttr{Credential: credential, Pdeathsig: syscall.SIGQUIT}
		cmd.Dir = s.dir
		return cmd
	}
	s.url = fmt.Sprintf("postgres://samhold@127.0.0.1:%d/postgres?sslmode=disable", port)
	return s.launch(ctx)
}

// launch starts the server's process and waits until it answers.
func (s *Server) launch(ctx context.Context) error {
	s.cmd = s.command()
	log, err := os.OpenFile(filepath.Join(s.dir, "log"), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return fmt.Errorf("make a log for PostgreSQL: %w", err)
	}
	defer log.Close()
	s.cmd.Stdout, s.cmd.Stderr = log, log
	started, exited := make(chan error), make(chan struct{})
	go func() {
		// The kernel sends Pdeathsig when the thread ends that started the server, not the process: this one lives as
		// long as the server.
		runtime.LockOSThread()
		defer runtime.UnlockOSThread()
		err := s.cmd.Start()
		started <- err
		if err != nil {
			return
		}
		_ = s.cmd.Wait() // a server that is told to quit at once says so with its exit code
		close(exited)
	}()
	if err := <-started; err != nil {
		return fmt.Errorf("start PostgreSQL: %w", err)
	}
	s.exited = exited
	return s.wait(ctx)
}

// wait returns when the server answers.
func (s *Server) wait(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	for {
		err := s.answers(ctx)
		if err == nil {
			return nil
		}
		select {
		case <-s.exited:
			log, _ := os.ReadFile(filepath.Join(s.dir, "log"))
			return fmt.Errorf("PostgreSQL ended at once: %s", log)
		case <-ctx.Done():
			return fmt.Errorf("PostgreSQL does not answer: %w", err)
		case <-time.After(50 * time.Millisecond):
		}
	}
}

// answers returns nil when this server answers, and not another one that took the port first.
func (s *Server) answers(ctx context.Context) error {
	conn, err := pgx.Connect(ctx, s.url)
	if err != nil {
		return err //nolint:wrapcheck // wait says what was tried
	}
	defer conn.Close(ctx)
	var data string
	if err := conn.QueryRow(ctx, "SHOW data_directory").Scan(&data); err != nil {
		return err //nolint:wrapcheck // wait says what was tried
	}
	if filepath.Dir(data) != s.dir {
		return errors.New("another server has the port")
	}
	return nil
}

// URL is the address of the server's own database, as somebody who may create others.
func (s *Server) URL() string { return s.url }

// PID is the server's process, for tests that kill it.
func (s *Server) PID() int { return s.cmd.Process.Pid }

// Kill ends the server's process as a failing machine does, and starts it again on what it has left. The server recovers
// every transaction that was confirmed while synchronous_commit was on.
func (s *Server) Kill(ctx context.Context) error {
	if err := s.cmd.Process.Kill(); err != nil {
		return fmt.Errorf("kill PostgreSQL: %w", err)
	}
	<-s.exited
	// What the processes of its connections share is gone when the last of them has seen that the server is.
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	for {
		err := s.launch(ctx)
		if err == nil || ctx.Err() != nil {
			return err
		}
		time.Sleep(50 * time.Millisecond)
	}
}

// Stop ends the server and removes its folder.
func (s *Server) Stop() error {
	var errs []error
	if s.exited != nil {
		if err := s.cmd.Process.Signal(syscall.SIGQUIT); !errors.Is(err, os.ErrProcessDone) {
			errs = append(errs, err)
		}
		<-s.exited
	}
	return errors.Join(append(errs, os.RemoveAll(s.dir))...)
}

// folder is how the names of the servers' folders begin.
const folder = "samhold-postgres-"

// sweep removes the folders that test processes left: their servers ended with them, their files did not.
func sweep(now time.Time) {
	const old = 10 * time.Minute // a younger one may be about to start
	left, _ := filepath.Glob(filepath.Join(os.TempDir(), folder+"*"))
	for _, dir := range left {
		if info, err := os.Stat(dir); err != nil || now.Sub(info.ModTime()) < old || serves(dir) {
			continue
		}
		_ = os.RemoveAll(dir) // of somebody else, perhaps; the next who starts tries again
	}
}

// serves reports whether a server still runs on the folder.
func serves(dir string) bool {
	body, err := os.ReadFile(filepath.Join(dir, "data", "postmaster.pid"))
	if err != nil {
		return false
	}
	line, _, _ := strings.Cut(string(body), "\n")
	pid, err := strconv.Atoi(line)
	return err == nil && !errors.Is(syscall.Kill(pid, 0), syscall.ESRCH)
}

// binaries finds the folder with initdb and postgres: on the PATH, or where Debian keeps them.
func binaries() (string, error) {
	if path, err := exec.LookPath("initdb"); err == nil {
		if real, err := filepath.EvalSymlinks(path); err == nil {
			return filepath.Dir(real), nil
		}
	}
	found, err := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	if err != nil || len(found) == 0 {
		return "", errors.New("the tests need PostgreSQL: run scripts/setup, or apt-get install postgresql")
	}
	slices.Sort(found)
	return filepath.Dir(found[len(found)-1]), nil
}

// unprivileged returns whom to run the server as: PostgreSQL refuses to run as root. The folder becomes theirs.
func unprivileged(dir string) (*syscall.Credential, error) {
	if os.Geteuid() != 0 {
		return nil, nil //nolint:nilnil // no other user is needed
	}
	for _, name := range []string{"postgres", "nobody"} {
		u, err := user.Lookup(name)
		if err != nil {
			continue
		}
		uid, err := strconv.ParseUint(u.Uid, 10, 32)
		if err != nil {
			return nil, fmt.Errorf("user %s: %w", name, err)
		}
		gid, err := strconv.ParseUint(u.Gid, 10, 32)
		if err != nil {
			return nil, fmt.Errorf("user %s: %w", name, err)
		}
		if err := os.Chown(dir, int(uid), int(gid)); err != nil {
			return nil, fmt.Errorf("give the folder to %s: %w", name, err)
		}
		return &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}, nil
	}
	return nil, errors.New("PostgreSQL does not run as root, and there is no user postgres or nobody")
}

func freePort() (int, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, fmt.Errorf("find a free port: %w", err)
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port, nil
}
