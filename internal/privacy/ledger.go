package privacy

import (
	"bufio"
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"samhold/internal/id"
)

// Ledger is the list of erased accounts outside the database and its backups: a restored backup is older than some
// erasures, and the ledger says which. It holds an id, a time and a choice per line, and nothing else about anybody.
// Several processes may append to one file.
type Ledger struct {
	path string
	key  [32]byte
}

// Entry is one line.
type Entry struct {
	Account string
	At      time.Time
	Choice  Choice
}

// NewLedger returns the ledger in the file at path, which need not exist yet. An empty path keeps no ledger. The key
// comes from the keyring, under a label of its own.
func NewLedger(path string, key [32]byte) *Ledger { return &Ledger{path: path, key: key} }

// Kept reports whether there is a ledger at all.
func (l *Ledger) Kept() bool { return l.path != "" }

// Check reports whether a line could be written now, without writing one.
func (l *Ledger) Check() error {
	if !l.Kept() {
		return nil
	}
	f, err := l.open()
	if err != nil {
		return err
	}
	return f.Close()
}

func (l *Ledger) open() (*os.File, error) {
	f, err := os.OpenFile(l.path, os.O_RDWR|os.O_CREATE|os.O_APPEND, 0o600)
	if err != nil {
		return nil, fmt.Errorf("open the ledger of erasures: %w", err)
	}
	return f, nil
}

// Append adds a line and returns when it is on the disk. Without a ledger it does nothing.
func (l *Ledger) Append(e Entry) error {
	if !l.Kept() {
		return nil
	}
	f, err := l.open()
	if err != nil {
		return err
	}
	line := l.line(e) + "\n"
	if torn(f) {
		line = "\n" + line // an earlier line was cut off by a crash
	}
	// One write, because other processes append too.
	_, err = io.WriteString(f, line)
	if err = errors.Join(err, f.Sync(), f.Close()); err == nil {
		err = syncFolder(filepath.Dir(l.path))
	}
	if err != nil {
		return fmt.Errorf("write the ledger of erasures: %w", err)
	}
	return nil
}

// torn reports whether the file ends in the middle of a line.
func torn(f *os.File) bool {
	info, err := f.Stat()
	if err != nil || info.Size() == 0 {
		return false
	}
	last := make([]byte, 1)
	_, err = f.ReadAt(last, info.Size()-1)
	return err == nil && last[0] != '\n'
}

// syncFolder makes sure that a new file is still there after the machine stops.
func syncFolder(path string) error {
	dir, err := os.Open(filepath.Clean(path))
	if err != nil {
		return err
	}
	return errors.Join(dir.Sync(), dir.Close())
}

// line writes an entry: version, account, time, choice and MAC.
func (l *Ledger) line(e Entry) string {
	text := strings.Join([]string{"1", e.Account, e.At.UTC().Format(time.RFC3339Nano), string(e.Choice)}, " ")
	return text + " " + hex.EncodeToString(l.mac(text))
}

func (l *Ledger) mac(text string) []byte {
	h := hmac.New(sha256.New, l.key[:])
	h.Write([]byte("samhold ledger " + text))
	return h.Sum(nil)
}

// Read returns the entries, and the numbers of the lines that are not whole or not ours. A missing file has none.
func (l *Ledger) Read() (entries []Entry, bad []int, err error) {
	if !l.Kept() {
		return nil, nil, nil
	}
	text, err := os.ReadFile(l.path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil, nil
	}
	if err != nil {
		return nil, nil, fmt.Errorf("read the ledger of erasures: %w", err)
	}
	lines := bufio.NewScanner(bytes.NewReader(text))
	for n := 1; lines.Scan(); n++ {
		if lines.Text() == "" {
			continue
		}
		e, ok := l.parse(lines.Text())
		if !ok {
			bad = append(bad, n)
			continue
		}
		entries = append(entries, e)
	}
	return entries, bad, lines.Err()
}

func (l *Ledger) parse(line string) (Entry, bool) {
	text, mac, _ := cutLast(line)
	sum, err := hex.DecodeString(mac)
	if err != nil || !hmac.Equal(sum, l.mac(text)) {
		return Entry{}, false
	}
	parts := strings.Split(text, " ")
	if len(parts) != 4 || parts[0] != "1" || !id.Valid(parts[1]) || !Choice(parts[3]).valid() {
		return Entry{}, false
	}
	at, err := time.Parse(time.RFC3339Nano, parts[2])
	return Entry{Account: parts[1], At: at, Choice: Choice(parts[3])}, err == nil
}

func cutLast(s string) (before, after string, found bool) {
	i := strings.LastIndexByte(s, ' ')
	if i < 0 {
		return s, "", false
	}
	return s[:i], s[i+1:], true
}
