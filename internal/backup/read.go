package backup

import (
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"io"
	"slices"
	"time"

	"filippo.io/age"
	"github.com/klauspost/compress/zstd"
)

// batch is how many rows go into the database at once.
const batch = 500

// Open decrypts a backup and reads its header. Newest is the newest step of the schema that this Samhold knows.
func Open(in io.Reader, newest int64, identities ...age.Identity) (*Reader, error) {
	plain, err := age.Decrypt(in, identities...)
	if err != nil {
		if _, ok := errors.AsType[*age.NoIdentityMatchError](err); ok {
			return nil, errors.New("the identity is not one that this backup was made for")
		}
		return nil, fmt.Errorf("%w: %w", ErrBroken, err)
	}
	// What decrypts may still have been made by somebody else: the sizes are bounded.
	unpacked, err := zstd.NewReader(plain, zstd.WithDecoderMaxMemory(64<<20), zstd.WithDecoderConcurrency(1))
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrBroken, err)
	}
	r := &Reader{in: bufio.NewReaderSize(unpacked, 1<<20), close: unpacked.Close, whole: sha256.New()}
	line, err := r.line()
	if err == nil {
		_, _ = r.whole.Write(line)
		err = json.Unmarshal(line, &r.header)
	}
	switch {
	case err != nil:
		err = fmt.Errorf("%w: %w", ErrBroken, err)
	case r.header.Format != format || r.header.Schema > newest:
		err = fmt.Errorf("%w (it has step %d, this version knows %d)", ErrNewer, r.header.Schema, newest)
	}
	if err != nil {
		r.Close()
		return nil, err
	}
	return r, nil
}

// Reader is an open backup.
type Reader struct {
	header header
	in     *bufio.Reader
	close  func()
	whole  hash.Hash
	done   int64
}

// Summary is what the header promises.
func (r *Reader) Summary() Summary {
	s := Summary{Schema: r.header.Schema, MadeAt: r.header.MadeAt}
	for _, t := range r.header.Tables {
		s.Rows += t.Rows
	}
	return s
}

// Close lets go of what reading took.
func (r *Reader) Close() { r.close() }

// Check reads everything and compares it with its digests.
func (r *Reader) Check(ctx context.Context, progress Progress) error {
	return r.Rows(ctx, func(context.Context, Table, [][]any) error { return nil }, progress)
}

// Restore puts everything into the target, which must be blank.
func (r *Reader) Restore(ctx context.Context, to Target, progress Progress) error {
	blank, err := to.Blank(ctx)
	if err != nil {
		return err
	}
	if !blank {
		return ErrNotBlank
	}
	return to.Load(ctx, r.header.Schema, func(ctx context.Context, put Put) error { return r.Rows(ctx, put, progress) })
}

// Rows hands all rows over, table by table. When it returns an error nothing that it handed over may be kept.
func (r *Reader) Rows(ctx context.Context, put Put, progress Progress) error {
	total := int(r.Summary().Rows)
	tell := func() {
		if progress != nil {
			progress(int(r.done), total)
		}
	}
	for _, t := range r.header.Tables {
		if err := r.table(ctx, t, put, tell); err != nil {
			return fmt.Errorf("table %s: %w", t.Name, err)
		}
	}
	tell()
	want := sum(r.whole)
	var end manifest
	if err := r.read(&end); err != nil {
		return fmt.Errorf("%w: %w", ErrBroken, err)
	}
	if !end.Whole || end.SHA256 != want {
		return fmt.Errorf("%w: the digest of the whole does not fit", ErrBroken)
	}
	if _, err := r.in.ReadByte(); !errors.Is(err, io.EOF) {
		return fmt.Errorf("%w: there is more after its end", ErrBroken)
	}
	return nil
}

func (r *Reader) table(ctx context.Context, t Table, put Put, tell func()) error {
	digest := sha256.New()
	var rows [][]any
	var n int64
	for {
		line, err := r.line()
		if err != nil {
			return fmt.Errorf("%w: %w", ErrBroken, err)
		}
		if line[0] == '{' {
			if len(rows) > 0 {
				if err := put(ctx, t, rows); err != nil {
					return err
				}
			}
			_, _ = r.whole.Write(line)
			var end footer
			if err := json.Unmarshal(line, &end); err != nil || end != (footer{Table: t.Name, Rows: n, SHA256: sum(digest)}) || n != t.Rows {
				return fmt.Errorf("%w: the digest does not fit", ErrBroken)
			}
			return nil
		}
		_, _ = digest.Write(line)
		row, err := values(t, line)
		if err != nil {
			return fmt.Errorf("%w: %w", ErrBroken, err)
		}
		rows = append(rows, row)
		n++
		r.done++
		if len(rows) == batch {
			if err := put(ctx, t, rows); err != nil {
				return err
			}
			tell()
			rows = rows[:0]
		}
	}
}

// longest bounds a line, so that a file made by somebody else cannot fill the memory.
const longest = 64 << 20

// line is the next line with its end, valid until the next call.
func (r *Reader) line() ([]byte, error) {
	line, err := r.in.ReadSlice('\n')
	if errors.Is(err, bufio.ErrBufferFull) {
		long := slices.Clone(line)
		for errors.Is(err, bufio.ErrBufferFull) && len(long) < longest {
			line, err = r.in.ReadSlice('\n')
			long = append(long, line...)
		}
		line = long
	}
	if errors.Is(err, io.EOF) {
		err = io.ErrUnexpectedEOF
	}
	return line, err
}

func (r *Reader) read(v any) error {
	line, err := r.line()
	if err != nil {
		return err
	}
	return json.Unmarshal(line, v)
}

// values reads a row as its table's columns say.
func values(t Table, line []byte) ([]any, error) {
	var raw []json.RawMessage
	if err := json.Unmarshal(line, &raw); err != nil {
		return nil, errors.New("a row is not an array") // the decoder's own error may repeat what somebody wrote
	}
	if len(raw) != len(t.Columns) {
		return nil, fmt.Errorf("a row has %d values, want %d", len(raw), len(t.Columns))
	}
	row := make([]any, len(raw))
	for i, text := range raw {
		if bytes.Equal(text, []byte("null")) {
			continue
		}
		var err error
		switch t.Columns[i].Kind {
		case Text:
			row[i], err = value[string](text)
		case Integer:
			row[i], err = value[int64](text)
		case Boolean:
			row[i], err = value[bool](text)
		case Bytes:
			row[i], err = value[[]byte](text)
		case Time:
			row[i], err = value[time.Time](text)
		default:
			err = errors.New("of a kind that is not known")
		}
		if err != nil {
			return nil, fmt.Errorf("a value of %s cannot be read", t.Columns[i].Name)
		}
	}
	return row, nil
}

func value[T any](text []byte) (any, error) {
	var v T
	err := json.Unmarshal(text, &v)
	return v, err
}
