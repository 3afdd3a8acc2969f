package bleve

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"time"

	"go.etcd.io/bbolt"
	bbolterrors "go.etcd.io/bbolt/errors"

	"samhold/internal/id"
	"samhold/internal/search"
)

// Version changes whenever the fields or the terms change so much that old posts would no longer be found; an index
// of another version is rebuilt at the next start.
const Version = "1." + search.TermsVersion

// lockWait is how long a folder held by another process is waited for.
const lockWait = time.Second

// current says which folder is the live index.
type current struct {
	Name       string
	Version    string
	Incomplete bool // made empty at the start, and not rebuilt since
}

// state is a small file beside the index: its lock is the lock on the whole folder, and changing its one value
// swaps the index.
type state struct{ db *bbolt.DB }

var stateBucket, stateKey = []byte("search"), []byte("current")

func openState(path string) (*state, error) {
	open := func() (*bbolt.DB, error) { return bbolt.Open(path, 0o600, &bbolt.Options{Timeout: lockWait}) }
	db, err := open()
	if err != nil && !errors.Is(err, bbolterrors.ErrTimeout) {
		// Damaged: it only says which folder to use, and a rebuild makes that again.
		if os.Rename(path, filepath.Join(filepath.Dir(path), asidePrefix+id.New())) == nil {
			db, err = open()
		}
	}
	if errors.Is(err, bbolterrors.ErrTimeout) {
		return nil, down("open: another process has this index open", err)
	}
	if err != nil {
		return nil, down("open the index state", err)
	}
	return &state{db}, nil
}

// read returns the present value; a missing or unreadable one is the zero value.
func (s *state) read() (now current, err error) {
	err = s.db.View(func(tx *bbolt.Tx) error {
		if b := tx.Bucket(stateBucket); b != nil {
			if v := b.Get(stateKey); v != nil && json.Unmarshal(v, &now) != nil {
				now = current{}
			}
		}
		return nil
	})
	return now, err
}

func (s *state) write(now current) error {
	v, err := json.Marshal(now)
	if err != nil {
		return err
	}
	return s.db.Update(func(tx *bbolt.Tx) error {
		b, err := tx.CreateBucketIfNotExists(stateBucket)
		if err != nil {
			return err
		}
		return b.Put(stateKey, v)
	})
}

func (s *state) close() error { return s.db.Close() }
