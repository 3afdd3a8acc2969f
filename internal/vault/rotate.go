package vault

import (
	"context"
	"errors"
	"fmt"
	"time"

	"samhold/internal/fault"
	"samhold/internal/seal"
)

// Row is one row of a Text as it is stored.
type Row struct {
	ID          string
	Version     int
	KeyID       string
	AccountID   *string  // whose the text is; nil for the house
	Ciphertexts [][]byte // in the order of Text.Columns; nil where there is none
}

// Status is how the keys stand. It counts, and names nobody.
type Status struct {
	Keys           int  // that seal
	Retired        int  // that only open
	UnderOldSecret int  // wrapped under a secret that is not the present one
	Stale          int  // texts under a key that does not seal any more
	Unfinished     bool // a rotation is under way, or was interrupted
}

type rotationStore interface {
	// RetireKey retires a key that seals, and reports whether it still did. It waits for whoever is sealing.
	RetireKey(ctx context.Context, keyID string, at time.Time) (bool, error)
	// OlderKeys returns up to limit accounts' keys that seal and are of an earlier generation.
	OlderKeys(ctx context.Context, generation, limit int) ([]DataKey, error)
	// FinishRotation deletes the retired keys that no text stands under, returns how many, and gives the root the
	// rotation's generation, which says that it is finished.
	FinishRotation(ctx context.Context, generation int) (int, error)
	// KeysNotUnder returns up to limit keys, locked, that are wrapped under another secret.
	KeysNotUnder(ctx context.Context, secretID string, limit int) ([]DataKey, error)
	// SaveWrapped saves how a key is wrapped.
	SaveWrapped(ctx context.Context, k *DataKey) error
	// KeyStatus counts, for the present secret.
	KeyStatus(ctx context.Context, secretID string) (Status, error)
	// StaleRows returns up to limit rows, locked and in the order of their ids from after on, whose key does not seal.
	StaleRows(ctx context.Context, t Text, after string, limit int) ([]Row, error)
	// CountStale counts the same.
	CountStale(ctx context.Context, t Text) (int, error)
	// Reseal saves the row's ciphertexts and key, if it is still sealed under the key oldKeyID.
	Reseal(ctx context.Context, t Text, r Row, oldKeyID string) error
}

const (
	keyBatch = 50
	rowBatch = 100
	// patience bounds the tries of a step that others were in the way of.
	patience = 10
)

// Moment is a point in the life of a rotation.
type Moment string

// The moments that leave a trace.
const (
	Begun   Moment = "begun"
	Resumed Moment = "resumed"
	Ended   Moment = "ended"
)

// Rotation is what became of a rotation.
type Rotation struct {
	Resumed  bool // an earlier one had been interrupted
	Resealed int
	Lost     int // texts whose key was destroyed with their account: nobody can read them
	Broken   int // texts that do not open under their key: they were changed or moved, and stay as they are
	Dropped  int // old keys that are gone
}

// Status says how the keys stand.
func (v *Vault) Status(ctx context.Context) (Status, error) {
	s, err := v.store.KeyStatus(ctx, v.keyring.Present())
	if err != nil {
		return Status{}, fmt.Errorf("count keys: %w", err)
	}
	for _, t := range Texts {
		n, err := v.store.CountStale(ctx, t)
		if err != nil {
			return Status{}, fmt.Errorf("count texts of %s: %w", t.Table, err)
		}
		s.Stale += n
	}
	return s, nil
}

// Rotate gives the house and every account a new key, seals every text again under it, drops the old keys, and wraps
// all keys under the present secret. Others may serve meanwhile. It may be killed at any moment: called again, it
// goes on. Grace is how long a page may take that read a text before it was sealed again; the old keys stay as long.
// Mark is called in the transactions that begin, resume and end the rotation, as their last step: it leaves the trace.
// Progress hears of each step, by the name of its table.
func (v *Vault) Rotate(ctx context.Context, grace time.Duration, mark func(context.Context, Moment) error, progress func(step string, done, total int)) (Rotation, error) {
	var r Rotation
	generation, resumed, err := v.renewHouse(ctx, mark)
	if err != nil {
		return r, err
	}
	r.Resumed = resumed
	for {
		if err := v.renewAccounts(ctx, generation, progress); err != nil {
			return r, err
		}
		r.Lost, r.Broken = 0, 0
		if err := v.resealAll(ctx, &r, progress); err != nil {
			return r, err
		}
		if err := wait(ctx, grace); err != nil {
			return r, err
		}
		// Somebody may have saved, in that time, what they had sealed before.
		status, err := v.Status(ctx)
		if err != nil {
			return r, err
		}
		if status.Stale <= r.Lost+r.Broken {
			break
		}
	}
	if err := v.rewrapAll(ctx, progress); err != nil {
		return r, err
	}
	err = v.try(ctx, func(ctx context.Context) error {
		if r.Dropped, err = v.store.FinishRotation(ctx, generation); err != nil {
			return err
		}
		return mark(ctx, Ended)
	})
	return r, err
}

// renewHouse begins a rotation with the house's key, whose generation is that of the rotation, unless one is under way.
func (v *Vault) renewHouse(ctx context.Context, mark func(context.Context, Moment) error) (generation int, resumed bool, err error) {
	err = v.try(ctx, func(ctx context.Context) error {
		house, err := v.current(ctx, Owner{Kind: House})
		if err != nil {
			return err
		}
		generation = house.Generation
		status, err := v.store.KeyStatus(ctx, v.keyring.Present())
		if err != nil {
			return err
		}
		if resumed = status.Unfinished; resumed {
			return mark(ctx, Resumed)
		}
		generation++
		if err := v.renew(ctx, house, generation); err != nil {
			return err
		}
		return mark(ctx, Begun)
	})
	return generation, resumed, err
}

func (v *Vault) renew(ctx context.Context, old *DataKey, generation int) error {
	retired, err := v.store.RetireKey(ctx, old.ID, v.clock.Now())
	if err != nil || !retired {
		return err
	}
	return v.store.AddKey(ctx, v.wrap(old.Owner(), seal.NewKeyBytes(), generation))
}

func (v *Vault) renewAccounts(ctx context.Context, generation int, progress func(string, int, int)) error {
	for done, more := 0, true; more; {
		err := v.try(ctx, func(ctx context.Context) error {
			older, err := v.store.OlderKeys(ctx, generation, keyBatch)
			if err != nil {
				return err
			}
			for i := range older {
				if err := v.renew(ctx, &older[i], generation); err != nil {
					return err
				}
			}
			done, more = done+len(older), len(older) > 0
			return nil
		})
		if err != nil {
			return fmt.Errorf("renew keys: %w", err)
		}
		if done > 0 {
			progress("data_key", done, done)
		}
	}
	return nil
}

func (v *Vault) resealAll(ctx context.Context, r *Rotation, progress func(string, int, int)) error {
	for _, t := range Texts {
		total, err := v.store.CountStale(ctx, t)
		if err != nil {
			return fmt.Errorf("count texts of %s: %w", t.Table, err)
		}
		for after, done := "", 0; ; {
			var batch Rotation
			last, n := "", 0
			err := v.try(ctx, func(ctx context.Context) (err error) {
				batch = Rotation{}
				last, n, err = v.resealBatch(ctx, t, after, &batch)
				return err
			})
			if err != nil {
				return fmt.Errorf("seal %s again: %w", t.Table, err)
			}
			if n == 0 {
				break
			}
			after, done = last, done+n
			r.Resealed, r.Lost, r.Broken = r.Resealed+batch.Resealed, r.Lost+batch.Lost, r.Broken+batch.Broken
			progress(t.Table, done, max(done, total))
		}
	}
	return nil
}

// resealBatch seals some rows again; it returns the last one's id and how many they were.
func (v *Vault) resealBatch(ctx context.Context, t Text, after string, r *Rotation) (last string, n int, err error) {
	rows, err := v.store.StaleRows(ctx, t, after, rowBatch)
	if err != nil || len(rows) == 0 {
		return "", 0, err
	}
	for _, row := range rows {
		sealer := v.ForText(t, row.AccountID)
		switch err := v.reseal(ctx, t, row, sealer, sealer); {
		case err == nil:
			r.Resealed++
		case errors.Is(err, seal.ErrUnknownKey), fault.Is(err, fault.NotFound):
			r.Lost++
		case errors.Is(err, seal.ErrBroken):
			r.Broken++
		default:
			return "", 0, err
		}
	}
	return rows[len(rows)-1].ID, len(rows), nil
}

// reseal opens one row with a sealer and seals it again with another. The version stays: the row says the same.
func (v *Vault) reseal(ctx context.Context, t Text, row Row, from, to Sealer) error {
	fresh := Row{ID: row.ID, Ciphertexts: make([][]byte, len(row.Ciphertexts))}
	for i, ciphertext := range row.Ciphertexts {
		if len(ciphertext) == 0 {
			continue
		}
		at := seal.Place{Table: t.Table, Column: t.Columns[i], Row: row.ID, Version: row.Version}
		plain, err := from.Open(ctx, seal.Sealed{KeyID: row.KeyID, Ciphertext: ciphertext}, at)
		if err != nil {
			return fmt.Errorf("row %s: %w", row.ID, err)
		}
		sealed, err := to.seal(ctx, plain, at)
		if err != nil {
			return err
		}
		fresh.Ciphertexts[i], fresh.KeyID = sealed.Ciphertext, sealed.KeyID
	}
	return v.store.Reseal(ctx, t, fresh, row.KeyID)
}

func (v *Vault) rewrapAll(ctx context.Context, progress func(string, int, int)) error {
	for done, more := 0, true; more; {
		err := v.try(ctx, func(ctx context.Context) error {
			keys, err := v.store.KeysNotUnder(ctx, v.keyring.Present(), keyBatch)
			if err != nil {
				return err
			}
			for i := range keys {
				bytes, err := v.unwrap(&keys[i])
				if err != nil {
					return fmt.Errorf("key %s: %w", keys[i].ID, err)
				}
				v.rewrap(&keys[i], bytes)
				if err := v.store.SaveWrapped(ctx, &keys[i]); err != nil {
					return err
				}
			}
			done, more = done+len(keys), len(keys) > 0
			return nil
		})
		if err != nil {
			return fmt.Errorf("wrap keys again: %w", err)
		}
		if done > 0 {
			progress("data_key", done, done)
		}
	}
	return nil
}

// try runs a step in a transaction of its own, and again when others were in its way.
func (v *Vault) try(ctx context.Context, step func(context.Context) error) error {
	var err error
	for range patience {
		if err = v.tx.InTx(ctx, step); !fault.Is(err, fault.Unavailable) {
			return err
		}
		if err := wait(ctx, 100*time.Millisecond); err != nil {
			return err
		}
	}
	return err
}

func wait(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
