//go:build bench

package bench_test

import (
	"context"
	"database/sql"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
)

// measureBackup prints how fast a backup is made and restored into an empty SQLite installation, beside writing as many
// bytes as the database takes, with nothing done to them.
func measureBackup(t *testing.T, binary, databaseURL string, env []string, db *sql.DB) {
	dir := t.TempDir()
	identity, file := filepath.Join(dir, "identity"), filepath.Join(dir, "backup.age")
	out := output(t, env, binary, "backup-key", identity)
	_, recipient, _ := strings.Cut(strings.TrimSpace(out), "=")
	rows, err := strconv.Atoi(column(t, db, "SELECT CAST(COUNT(*) AS TEXT) FROM post")[0])
	if err != nil {
		t.Fatal(err)
	}
	size := databaseSize(t, databaseURL, db)
	plain := timed(func() { write(t, filepath.Join(dir, "plain"), size) })
	backup := timed(func() { output(t, append(env, "SAMHOLD_BACKUP_RECIPIENT="+recipient), binary, "backup", file) })
	info, err := os.Stat(file)
	if err != nil {
		t.Fatal(err)
	}
	restore := timed(func() {
		output(t, append(env, "SAMHOLD_DATABASE_URL=sqlite:"+filepath.Join(dir, "restored.db"), "SAMHOLD_SEARCH_URL=bleve:"+filepath.Join(dir, "search")),
			binary, "restore", file, "--identity", identity)
	})
	check := timed(func() { output(t, env, binary, "restore", file, "--identity", identity, "--check") })
	mb := float64(size) / 1e6
	fmt.Printf("\n| %.0f MB, %d posts; the file has %.0f MB | seconds | MB/s | posts/s |\n|---|---|---|---|\n", mb, rows, float64(info.Size())/1e6)
	for _, r := range []struct {
		what string
		took time.Duration
	}{{"writing as many bytes, with fsync", plain}, {"backup", backup}, {"reading and checking the backup", check}, {"restore, with the search index", restore}} {
		s := r.took.Seconds()
		fmt.Printf("| %s | %.1f | %.0f | %.0f |\n", r.what, s, mb/s, float64(rows)/s)
	}
}

func databaseSize(t *testing.T, databaseURL string, db *sql.DB) int64 {
	if path, ok := strings.CutPrefix(databaseURL, "sqlite:"); ok {
		info, err := os.Stat(path)
		if err != nil {
			t.Fatal(err)
		}
		return info.Size()
	}
	size, err := strconv.ParseInt(column(t, db, "SELECT pg_database_size(current_database())::text")[0], 10, 64)
	if err != nil {
		t.Fatal(err)
	}
	return size
}

// write writes a file of that size to the disk.
func write(t *testing.T, path string, size int64) {
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	from, err := os.Open("/dev/urandom")
	if err != nil {
		t.Fatal(err)
	}
	defer from.Close()
	block := make([]byte, 1<<20)
	if _, err := io.ReadFull(from, block); err != nil {
		t.Fatal(err)
	}
	for ; size > 0; size -= int64(len(block)) {
		if _, err := f.Write(block[:min(size, int64(len(block)))]); err != nil {
			t.Fatal(err)
		}
	}
	if err := f.Sync(); err != nil {
		t.Fatal(err)
	}
}

func timed(work func()) time.Duration {
	began := time.Now()
	work()
	return time.Since(began)
}

// bounded ends what takes longer than anybody waits for.
func bounded(t *testing.T) context.Context {
	ctx, cancel := context.WithTimeout(t.Context(), 15*time.Minute)
	t.Cleanup(cancel)
	return ctx
}
