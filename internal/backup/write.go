package backup

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"io"
	"os"
	"path/filepath"
	"syscall"
	"time"

	"filippo.io/age"
	"github.com/klauspost/compress/zstd"
)

// format is the version of the file's layout: lines of JSON, compressed with zstd, encrypted with age. The first line is
// a header; then each table's rows, an array a line, and a footer with their digest; then the digest of all footers.
const format = 1

type header struct {
	Format int       `json:"samhold_backup"`
	Schema int64     `json:"schema"`
	MadeAt time.Time `json:"made_at"`
	Tables []Table   `json:"tables"`
}

type footer struct {
	Table  string `json:"end"`
	Rows   int64  `json:"rows"`
	SHA256 string `json:"sha256"`
}

type manifest struct {
	Whole  bool   `json:"whole"`
	SHA256 string `json:"sha256"`
}

// Write makes a backup of the source as it is at that moment.
func Write(ctx context.Context, out io.Writer, to []age.Recipient, from Source, at time.Time, progress Progress) (Summary, error) {
	if len(to) == 0 {
		return Summary{}, ErrNoRecipient
	}
	encrypted, err := age.Encrypt(out, to...)
	if err != nil {
		return Summary{}, fmt.Errorf("encrypt backup: %w", err)
	}
	packed, err := zstd.NewWriter(encrypted, zstd.WithEncoderConcurrency(1))
	if err != nil {
		return Summary{}, fmt.Errorf("compress backup: %w", err)
	}
	w := &writer{out: packed, whole: sha256.New(), progress: progress}
	w.encoder = json.NewEncoder(&w.line)
	w.encoder.SetEscapeHTML(false)
	summary := Summary{MadeAt: at}
	err = from.Snapshot(ctx, func(ctx context.Context, s Snapshot) error {
		summary.Schema = s.Schema()
		return w.all(ctx, s, at)
	})
	summary.Rows = w.done
	if err := errors.Join(err, packed.Close(), encrypted.Close()); err != nil {
		return Summary{}, fmt.Errorf("write backup: %w", err)
	}
	return summary, nil
}

type writer struct {
	out         io.Writer
	line        bytes.Buffer
	encoder     *json.Encoder
	whole       hash.Hash
	progress    Progress
	done, total int64
}

func (w *writer) all(ctx context.Context, s Snapshot, at time.Time) error {
	tables := s.Tables()
	for i := range tables {
		if Passing(tables[i].Name) {
			tables[i].Rows = 0
		}
		w.total += tables[i].Rows
	}
	if err := w.put(header{Format: format, Schema: s.Schema(), MadeAt: at, Tables: tables}, w.whole); err != nil {
		return err
	}
	for _, t := range tables {
		if err := w.table(ctx, s, t); err != nil {
			return fmt.Errorf("table %s: %w", t.Name, err)
		}
	}
	w.tell()
	return w.put(manifest{Whole: true, SHA256: sum(w.whole)}, io.Discard)
}

func (w *writer) table(ctx context.Context, s Snapshot, t Table) error {
	digest := sha256.New()
	before := w.done
	if !Passing(t.Name) {
		err := s.Each(ctx, t, func(values []any) error {
			if w.done%1000 == 0 {
				w.tell()
			}
			w.done++
			return w.put(values, digest)
		})
		if err != nil {
			return err
		}
	}
	return w.put(footer{Table: t.Name, Rows: w.done - before, SHA256: sum(digest)}, w.whole)
}

// put writes a line and lets the digest see it.
func (w *writer) put(v any, digest io.Writer) error {
	w.line.Reset()
	if err := w.encoder.Encode(v); err != nil {
		return fmt.Errorf("encode: %w", err)
	}
	_, _ = digest.Write(w.line.Bytes()) // a hash never fails
	_, err := w.out.Write(w.line.Bytes())
	return err
}

func (w *writer) tell() {
	if w.progress != nil {
		w.progress(int(w.done), int(w.total))
	}
}

func sum(h hash.Hash) string { return hex.EncodeToString(h.Sum(nil)) }

// unfinished is how the names of files begin that are still being written.
const unfinished = ".samhold-backup-"

// ToFile makes a backup that appears under its name when it is whole, for its owner alone. It never overwrites.
func ToFile(ctx context.Context, path string, to []age.Recipient, from Source, at time.Time, progress Progress) (Summary, error) {
	if _, err := os.Lstat(path); err == nil {
		return Summary{}, fmt.Errorf("write backup: %s: %w", path, os.ErrExist)
	}
	f, err := os.CreateTemp(filepath.Dir(path), unfinished+"*") // with mode 0600
	if err != nil {
		return Summary{}, fmt.Errorf("write backup: %w", err)
	}
	defer os.Remove(f.Name()) // once it has its name there is nothing to remove
	summary, err := Write(ctx, f, to, from, at, progress)
	if err == nil {
		summary.Bytes, err = f.Seek(0, io.SeekCurrent)
	}
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return Summary{}, inOneLine(err, filepath.Dir(path))
	}
	if err := os.Rename(f.Name(), path); err != nil {
		return Summary{}, fmt.Errorf("write backup: %w", err)
	}
	return summary, syncFolder(filepath.Dir(path))
}

// inOneLine says in one line that there is no space, which each layer that still had something to write says by itself.
func inOneLine(err error, dir string) error {
	if full := noSpace(err); full != nil {
		return fmt.Errorf("there is no space for a backup in %s, and nothing is left there of this one: %w", dir, full)
	}
	return err
}

// noSpace is what the system says in err when it takes no more: the disk, the quota, or the limit of a file. Otherwise nil.
func noSpace(err error) error {
	for _, full := range []error{syscall.ENOSPC, syscall.EDQUOT, syscall.EFBIG} {
		if errors.Is(err, full) {
			return full
		}
	}
	return nil
}

// syncFolder makes the file's name survive a power cut.
func syncFolder(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return fmt.Errorf("write backup: %w", err)
	}
	if err := errors.Join(d.Sync(), d.Close()); err != nil {
		return fmt.Errorf("write backup: %w", err)
	}
	return nil
}
