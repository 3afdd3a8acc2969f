package app_test

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"samhold/internal/testkit"
)

// disk is a place that can be made to take no more, and to take more again, as a real one does: the system itself
// refuses, and whoever writes finds out.
type disk struct {
	dir        string
	fill, free func(t *testing.T)
}

// small is a disk of 48 MB of its own, full of what nobody needs. False says that nobody may mount one here.
func small(t *testing.T) (*disk, bool) {
	t.Helper()
	d := &disk{dir: t.TempDir()}
	err := syscall.Mount("tmpfs", d.dir, "tmpfs", 0, "size=48m,mode=0700")
	if errors.Is(err, syscall.EPERM) || errors.Is(err, syscall.EACCES) {
		return nil, false
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(d.dir, syscall.MNT_DETACH); err != nil {
			t.Errorf("unmount: %v", err)
		}
	})
	ballast := filepath.Join(d.dir, "ballast")
	d.fill = func(t *testing.T) {
		t.Helper()
		f, err := os.Create(ballast)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		if _, err := io.CopyN(f, zeros{}, math.MaxInt64); !errors.Is(err, syscall.ENOSPC) {
			t.Fatalf("the disk does not get full: %v", err)
		}
	}
	d.free = func(t *testing.T) {
		t.Helper()
		if err := os.Remove(ballast); err != nil {
			t.Fatal(err)
		}
	}
	return d, true
}

type zeros struct{}

func (zeros) Read(b []byte) (int, error) {
	clear(b)
	return len(b), nil
}

// refused is a disk that a process is not allowed to write to any more, for where no other disk can be had: a limit on
// the size of its files, which the system holds at every write.
func refused(t *testing.T) *disk {
	t.Helper()
	return &disk{dir: t.TempDir()}
}

// starve lets the disk refuse what this process writes.
func (d *disk) starve(process int) {
	if d.fill == nil {
		d.fill = func(t *testing.T) { limitFiles(t, process, "1") }
		d.free = func(t *testing.T) { limitFiles(t, process, unlimited) }
	}
}

// unlimited is no limit.
const unlimited = "unlimited"

// limitFiles bounds the bytes of each file that a process writes, and those that the processes do which it has started. It
// asks as whoever the process is: the superuser of a container may not.
func limitFiles(t *testing.T, process int, size string) {
	t.Helper()
	for _, p := range append([]int{process}, children(t, process)...) {
		info, err := os.Stat(fmt.Sprintf("/proc/%d", p))
		if errors.Is(err, fs.ErrNotExist) {
			continue // it has ended
		}
		if err != nil {
			t.Fatal(err)
		}
		is := info.Sys().(*syscall.Stat_t)
		cmd := exec.Command("prlimit", "--pid", strconv.Itoa(p), "--fsize="+size+":")
		if int(is.Uid) != os.Getuid() {
			cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: is.Uid, Gid: is.Gid}}
		}
		if out, err := cmd.CombinedOutput(); err != nil && !strings.Contains(string(out), "No such process") {
			t.Fatalf("prlimit: %v: %s", err, out)
		}
	}
}

// children are the processes that a process has started and that still run.
func children(t *testing.T, process int) (all []int) {
	t.Helper()
	running, err := filepath.Glob("/proc/[0-9]*/stat")
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range running {
		line, err := os.ReadFile(path)
		if err != nil {
			continue // it has ended
		}
		// pid (name) state parent …; the name may hold anything.
		_, after, _ := strings.Cut(string(line[strings.LastIndexByte(string(line), ')')+1:]), " ")
		fields := strings.Fields(after)
		if len(fields) < 2 || fields[1] != strconv.Itoa(process) {
			continue
		}
		child, err := strconv.Atoi(filepath.Base(filepath.Dir(path)))
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, child)
	}
	return all
}

// fillServer lets PostgreSQL's disk take no more posts: the table fills its file just beyond a segment of its
// journal, which no file may then exceed. A write that only half fits is how the server learns of a full disk too.
func fillServer(t *testing.T, db *testkit.Database, server int) {
	t.Helper()
	const journal = 16 << 20
	// Rows that were never committed: nobody sees them, and nobody takes them away.
	db.Script(t, fmt.Sprintf(`ALTER TABLE post SET (autovacuum_enabled = false);
		BEGIN;
		CREATE TEMP TABLE filling ON COMMIT DROP AS SELECT * FROM post LIMIT 1;
		UPDATE filling SET body = repeat('x', 1400);
		ALTER TABLE post DISABLE TRIGGER ALL;
		INSERT INTO post SELECT (p).* FROM (SELECT jsonb_populate_record(f, jsonb_build_object('id', 'filling' || n, 'seq', 1000000 + n)) AS p
			FROM filling f, generate_series(1, %d) n) AS many;
		ROLLBACK`, journal/1500))
	size := db.Int(t, "SELECT pg_relation_size('post')")
	if size < journal {
		t.Fatalf("the table takes %d bytes, which is too little to stop at", size)
	}
	limitFiles(t, server, strconv.Itoa(size+4096))
}
