// Command pgserver runs another command with one PostgreSQL for all its tests: "pgserver go test ./...". The server's
// address stands in SAMHOLD_TEST_POSTGRES_URL, and the server ends with the command. It must never be used for data
// that anybody wants to keep.
package main

import (
	"context"
	"errors"
	"fmt"
	"hash/fnv"
	"net"
	"os"
	"os/exec"
	"os/signal"
	"strconv"
	"syscall"

	"samhold/internal/testkit/postgres"
)

func main() {
	if len(os.Args) < 2 {
		fmt.Fprintln(os.Stderr, "usage: pgserver COMMAND [ARGUMENT]...")
		os.Exit(2)
	}
	code, err := run(os.Args[1:])
	if err != nil {
		fmt.Fprintln(os.Stderr, "pgserver:", err)
	}
	os.Exit(code)
}

// run returns the exit code of the command.
func run(command []string) (code int, err error) {
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)

	port, err := steadyPort()
	if err != nil {
		return 1, err
	}
	server, err := postgres.StartOn(context.Background(), port)
	if err != nil {
		return 1, err
	}
	defer func() {
		if stopped := server.Stop(); stopped != nil {
			code, err = max(code, 1), errors.Join(err, fmt.Errorf("stop PostgreSQL: %w", stopped))
		}
	}()

	cmd := exec.Command(command[0], command[1:]...)
	cmd.Env = append(os.Environ(), "SAMHOLD_TEST_POSTGRES_URL="+server.URL())
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, os.Stdout, os.Stderr
	// A group of its own, so that a signal reaches the tests that "go test" started as well.
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGTERM}
	if err := cmd.Start(); err != nil {
		return 1, fmt.Errorf("start %s: %w", command[0], err)
	}
	done := make(chan error, 1)
	go func() { done <- cmd.Wait() }()
	for {
		select {
		case s := <-signals:
			_ = syscall.Kill(-cmd.Process.Pid, s.(syscall.Signal)) // gone already, if it fails
		case err := <-done:
			return exitCode(err)
		}
	}
}

func exitCode(err error) (int, error) {
	exit, ok := errors.AsType[*exec.ExitError](err)
	if !ok {
		return 0, err
	}
	if status, ok := exit.Sys().(syscall.WaitStatus); ok && status.Signaled() {
		return 128 + int(status.Signal()), nil // as a shell says it
	}
	return exit.ExitCode(), nil
}

// steadyPort is a free port, the same in the same folder whenever it can be: Go keeps the result of a test for the
// environment that the test read, so with a new address each time every test would run again.
func steadyPort() (int, error) {
	const first, span, tries = 20000, 10000, 16 // below the ports that the system hands out
	dir, err := os.Getwd()
	if err != nil {
		return 0, fmt.Errorf("name the folder: %w", err)
	}
	hash := fnv.New32a()
	_, _ = hash.Write([]byte(dir))
	start := int(hash.Sum32() % span)
	for i := range tries {
		port := first + (start+i)%span
		if l, err := net.Listen("tcp", "127.0.0.1:"+strconv.Itoa(port)); err == nil {
			return port, l.Close()
		}
	}
	return 0, fmt.Errorf("no free port from %d on", first+start)
}
