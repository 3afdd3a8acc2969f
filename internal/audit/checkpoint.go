package audit

import (
	"context"
	"crypto/hmac"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// ErrRewritten says that the log no longer contains what an earlier checkpoint saw.
var ErrRewritten = errors.New("audit: the log does not contain the earlier checkpoint")

// Checkpoint writes the end of the chain to a file outside the database: one line, the number and the MAC in
// hexadecimal. A file that the log contradicts is evidence: it is left alone, and ErrRewritten returned.
func (l *Log) Checkpoint(ctx context.Context, path string) (Head, error) {
	earlier, err := ReadCheckpoint(path)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return Head{}, err
	}
	head, err := l.store.Head(ctx)
	if err != nil {
		return Head{}, fmt.Errorf("read the end of the audit log: %w", err)
	}
	if earlier != nil && earlier.Seq > 0 {
		events, err := l.store.Events(ctx, earlier.Seq, 1)
		if err != nil {
			return Head{}, fmt.Errorf("read the audit log: %w", err)
		}
		if earlier.Seq > head.Seq || len(events) == 0 || events[0].Seq != earlier.Seq || !hmac.Equal(events[0].MAC, earlier.MAC) {
			return Head{}, ErrRewritten
		}
	}
	return head, writeCheckpoint(path, head)
}

// ReadCheckpoint reads a file that Checkpoint wrote. A missing file is fs.ErrNotExist.
func ReadCheckpoint(path string) (*Head, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("read the audit checkpoint: %w", err)
	}
	seq, mac, found := strings.Cut(strings.TrimSpace(string(text)), " ")
	n, errSeq := strconv.ParseInt(seq, 10, 64)
	b, errMAC := hex.DecodeString(mac)
	if !found && n == 0 {
		b = nil
	} else if errMAC != nil || len(b) != 32 {
		errMAC = errors.New("no MAC")
	}
	if errSeq != nil || errMAC != nil || n < 0 {
		return nil, errors.New("the audit checkpoint file is not one line of a number and a MAC")
	}
	return &Head{Seq: n, MAC: b}, nil
}

// writeCheckpoint replaces the file in one step, so that a crash leaves the earlier one.
func writeCheckpoint(path string, head Head) error {
	f, err := os.CreateTemp(filepath.Dir(path), ".checkpoint-*")
	if err != nil {
		return fmt.Errorf("write the audit checkpoint: %w", err)
	}
	defer func() { _ = os.Remove(f.Name()) }()
	line := strings.TrimSpace(strconv.FormatInt(head.Seq, 10)+" "+hex.EncodeToString(head.MAC)) + "\n"
	_, err = f.WriteString(line)
	if err = errors.Join(err, f.Sync(), f.Close()); err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		return fmt.Errorf("write the audit checkpoint: %w", err)
	}
	return nil
}
