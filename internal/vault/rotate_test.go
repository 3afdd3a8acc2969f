package vault_test

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"maps"
	"slices"
	"testing"
	"time"

	"samhold/internal/account"
	"samhold/internal/id"
	"samhold/internal/seal"
	"samhold/internal/testkit"
	"samhold/internal/vault"
)

// people is how many accounts the planted texts belong to, and notes how many notes there are: more than one batch.
const (
	people = 60
	notes  = 130
)

// planted is a database with texts of every kind.
type planted struct {
	*testkit.Database
	t        *testing.T
	vault    *vault.Vault
	accounts []string
	guest    string // the case of a guest
}

func plant(t *testing.T, db *testkit.Database) *planted {
	t.Helper()
	p := &planted{Database: db, t: t, vault: testkit.Vault(t, db)}
	now := db.Clock.Now()
	space := id.New()
	db.Exec(t, `INSERT INTO space (id, kind, name, purpose, description, audience, team, age_band, see_policy, read_policy, write_policy,
		join_policy, approve_first_n, hours, time_zone, colour, sign, state, position, version, created_at)
		VALUES (?, 'relatives', 'Stuen', '', '', '', '', 'all', 'public', 'account', 'member', 'open', 0, '', '', '', '', 'open', 1, 1, ?)`, space, now)
	for i := range people {
		anna := newAccount(t, db)
		p.accounts = append(p.accounts, anna)
		draft, result, mine := id.New(), id.New(), id.New()
		s, key := p.seal(p.vault.ForAccount(anna), fmt.Sprint("kladde ", i), seal.Place{Table: "draft", Column: "sealed", Row: draft})
		db.Exec(t, "INSERT INTO draft (id, account_id, sealed, key_id, saved_at, expires_at) VALUES (?, ?, ?, ?, ?, ?)", draft, anna, s, key, now, now)
		s, key = p.seal(p.vault.ForAccount(anna), fmt.Sprint("søgning ", i), seal.Place{Table: "search_result", Column: "sealed", Row: result})
		db.Exec(t, "INSERT INTO search_result (id, account_id, sealed, key_id, created_at, expires_at) VALUES (?, ?, ?, ?, ?, ?)", result, anna, s, key, now, now)
		p.crisis(mine, &anna, nil)
		p.contact(mine, &anna, i)
	}
	concern := id.New()
	s, key := p.seal(p.vault.ForHouse(), "en bekymring", seal.Place{Table: "concern", Column: "body_sealed", Row: concern, Version: 2})
	answer, _ := p.seal(p.vault.ForHouse(), "et svar", seal.Place{Table: "concern", Column: "answer_sealed", Row: concern, Version: 2})
	db.Exec(t, `INSERT INTO concern (id, receipt_hash, about, body_sealed, answer_sealed, key_id, sealed_version, state, version, created_at)
		VALUES (?, ?, 'other', ?, ?, ?, 2, 'answered', 2, ?)`, concern, []byte(concern), s, answer, key, now)
	p.guest = id.New()
	p.crisis(p.guest, nil, &concern)
	p.contact(p.guest, nil, 0)
	for i := range notes {
		event := id.New()
		s, key := p.seal(p.vault.ForHouse(), fmt.Sprint("notat ", i), seal.Place{Table: "case_event", Column: "note_sealed", Row: event})
		p.event(event, i, s, key)
	}
	p.event(id.New(), notes, nil, "") // without a note
	report := id.New()
	s, key = p.seal(p.vault.ForHouse(), "en anmeldelse", seal.Place{Table: "report", Column: "body_sealed", Row: report, Version: 1})
	db.Exec(t, `INSERT INTO report (id, space_id, account_id, target_kind, target_id, reason, body_sealed, key_id, sealed_version, state, version, created_at)
		VALUES (?, ?, ?, 'post', ?, 'worry', ?, ?, 1, 'open', 2, ?)`, report, space, p.accounts[0], id.New(), s, key, now)
	return p
}

func (p *planted) seal(s vault.Sealer, plain string, at seal.Place) ([]byte, string) {
	p.t.Helper()
	out, err := sealed(p.t, p.Database, s, plain, at)
	if err != nil {
		p.t.Fatal(err)
	}
	return out.Ciphertext, out.KeyID
}

func (p *planted) crisis(caseID string, accountID, concernID *string) {
	p.t.Helper()
	p.Exec(p.t, `INSERT INTO crisis_case (id, account_id, concern_id, level, peak_level, category, subject, state, version, outcome, opened_at, due_at)
		VALUES (?, ?, ?, 'red', 'red', '', '', 'new', 1, '', ?, ?)`, caseID, accountID, concernID, p.Clock.Now(), p.Clock.Now())
}

func (p *planted) contact(caseID string, accountID *string, i int) {
	p.t.Helper()
	at := seal.Place{Table: "case_contact", Column: "name_sealed", Row: caseID, Version: 3}
	name, key := p.seal(p.vault.ForPerson(accountID), fmt.Sprint("navn ", i), at)
	at.Column = "phone_sealed"
	phone, _ := p.seal(p.vault.ForPerson(accountID), fmt.Sprint("nummer ", i), at)
	p.Exec(p.t, `INSERT INTO case_contact (case_id, name_sealed, phone_sealed, key_id, version, given_at) VALUES (?, ?, ?, ?, 3, ?)`,
		caseID, name, phone, key, p.Clock.Now())
}

func (p *planted) event(event string, seq int, note []byte, key string) {
	p.t.Helper()
	p.Exec(p.t, `INSERT INTO case_event (id, case_id, seq, kind, from_state, to_state, code, note_sealed, key_id, created_at)
		VALUES (?, ?, ?, 'note', 'new', 'new', '', ?, ?, ?)`, event, p.guest, seq, note, key, p.Clock.Now())
}

// keys are the ids of the data keys, the root's apart.
func (p *planted) keys() []string {
	p.t.Helper()
	return p.Rows(p.t, "SELECT id FROM data_key WHERE kind <> 'root' ORDER BY id")
}

// under are the names of the keys under which texts stand.
func (p *planted) under() []string {
	p.t.Helper()
	found := map[string]bool{}
	for _, text := range vault.Texts {
		for _, key := range p.Rows(p.t, "SELECT DISTINCT key_id AS id FROM "+text.Table+" WHERE key_id <> ''") {
			found[key] = true
		}
	}
	return slices.Sorted(maps.Keys(found))
}

// sameTexts checks that everything opens and says what it did.
func (p *planted) sameTexts(v *vault.Vault, want map[string]string) {
	p.t.Helper()
	got := p.Opened(p.t, v)
	if !maps.Equal(got, want) {
		p.t.Errorf("%d texts open, want %d, and the same", len(got), len(want))
	}
}

func quiet(string, int, int) {}

func silent(context.Context, vault.Moment) error { return nil }

func TestRotate(t *testing.T) {
	testkit.EachDatabase(t, func(t *testing.T, db *testkit.Database) {
		p := plant(t, db)
		want, before, root := p.Opened(t, p.vault), p.keys(), p.vault.Derive("x")
		done, err := p.vault.Rotate(t.Context(), 0, silent, quiet)
		if err != nil {
			t.Fatal(err)
		}
		if rows := people*3 + 1 + notes + 2; done.Resealed != rows || done.Dropped != len(before) || done.Resumed || done.Lost+done.Broken > 0 {
			t.Errorf("got %+v, want %d rows and %d keys", done, rows, len(before))
		}
		p.sameTexts(p.vault, want)
		for _, old := range before {
			if slices.Contains(p.keys(), old) || slices.Contains(p.under(), old) {
				t.Errorf("key %s is still there", old)
			}
		}
		if !slices.Equal(p.under(), p.keys()) {
			t.Error("a text stands under a key that is not there, or a key is for nothing")
		}
		if testkit.Vault(t, db).Derive("x") != root {
			t.Error("the root changed")
		}
		if s, err := p.vault.Status(t.Context()); err != nil || s != (vault.Status{Keys: len(before) + 1}) {
			t.Errorf("got %+v, %v", s, err)
		}
	})
}

// breaking fails the nth call that changes something, as a process does that is killed there.
type breaking struct {
	vault.Store
	left int
}

var errKilled = errors.New("killed")

func (b *breaking) step() error {
	b.left--
	if b.left < 0 {
		return errKilled
	}
	return nil
}

func (b *breaking) RetireKey(ctx context.Context, keyID string, at time.Time) (bool, error) {
	if err := b.step(); err != nil {
		return false, err
	}
	return b.Store.RetireKey(ctx, keyID, at)
}

func (b *breaking) AddKey(ctx context.Context, k *vault.DataKey) error {
	if err := b.step(); err != nil {
		return err
	}
	return b.Store.AddKey(ctx, k)
}

func (b *breaking) Reseal(ctx context.Context, text vault.Text, r vault.Row, old string) error {
	if err := b.step(); err != nil {
		return err
	}
	return b.Store.Reseal(ctx, text, r, old)
}

func (b *breaking) SaveWrapped(ctx context.Context, k *vault.DataKey) error {
	if err := b.step(); err != nil {
		return err
	}
	return b.Store.SaveWrapped(ctx, k)
}

func (b *breaking) FinishRotation(ctx context.Context, generation int) (int, error) {
	if err := b.step(); err != nil {
		return 0, err
	}
	return b.Store.FinishRotation(ctx, generation)
}

func TestRotateGoesOnWhereItStopped(t *testing.T) {
	testkit.EachDatabase(t, func(t *testing.T, db *testkit.Database) {
		p := plant(t, db)
		want, before := p.Opened(t, p.vault), p.keys()
		ring, err := seal.NewKeyring(newSecret, testkit.Secret)
		if err != nil {
			t.Fatal(err)
		}
		for n, tries := 1, 0; ; n, tries = n+17, tries+1 {
			store := &breaking{Store: db.Store.Vault(), left: 1 << 20}
			v, err := vault.Open(t.Context(), vault.Deps{Store: store, Tx: db.Store, Clock: db.Clock, Keyring: ring})
			if err != nil {
				t.Fatal(err)
			}
			store.left = n
			done, err := v.Rotate(t.Context(), 0, silent, quiet)
			p.sameTexts(v, want)
			if err == nil {
				if !done.Resumed || tries < 5 {
					t.Errorf("got %+v after %d tries: the test shows nothing", done, tries)
				}
				break
			}
			if !errors.Is(err, errKilled) || t.Failed() {
				t.Fatalf("after %d steps: %v", n, err)
			}
		}
		for _, old := range before {
			if slices.Contains(p.keys(), old) {
				t.Errorf("key %s is still there", old)
			}
		}
		present, err := open(t, db, newSecret)
		if err != nil {
			t.Fatalf("the new secret is not enough: %v", err)
		}
		p.sameTexts(present, want)
	})
}

func TestRotateLeavesWhatNobodyCanOpen(t *testing.T) {
	testkit.EachDatabase(t, func(t *testing.T, db *testkit.Database) {
		p := plant(t, db)
		broken := db.Text(t, "SELECT MIN(id) FROM report")
		db.Exec(t, "UPDATE report SET body_sealed = ? WHERE id = ?", []byte("noget, der er længere end en engangsværdi er"), broken)
		lost := p.accounts[1]
		db.Exec(t, "DELETE FROM data_key WHERE account_id = ?", lost)
		db.Exec(t, "DELETE FROM case_contact WHERE case_id IN (SELECT id FROM crisis_case WHERE account_id = ?)", lost)
		for range 2 {
			done, err := p.vault.Rotate(t.Context(), 0, silent, quiet)
			if err != nil || done.Broken != 1 || done.Lost != 2 || done.Resumed {
				t.Errorf("got %+v, %v, want one broken text and two lost ones", done, err)
			}
		}
		if n := db.Int(t, "SELECT COUNT(*) FROM data_key WHERE retired_at IS NOT NULL"); n != 1 {
			t.Errorf("%d old keys are kept, want that of the broken text", n)
		}
	})
}

func TestErasureLeavesContactsToTheHouse(t *testing.T) {
	testkit.EachDatabase(t, func(t *testing.T, db *testkit.Database) {
		p := plant(t, db)
		anna := p.accounts[0]
		want := p.Opened(t, p.vault)
		err := db.Store.InTx(t.Context(), func(ctx context.Context) error { return p.vault.DestroyAccount(ctx, anna) })
		if err != nil {
			t.Fatal(err)
		}
		db.Exec(t, "UPDATE account SET state = ? WHERE id = ?", account.Erased, anna)
		for _, table := range []string{"draft", "search_result"} {
			row := db.Text(t, "SELECT id FROM "+table+" WHERE account_id = ?", anna)
			delete(want, table+".sealed "+row)
			db.Exec(t, "DELETE FROM "+table+" WHERE id = ?", row)
		}
		p.sameTexts(p.vault, want)
		if done, err := p.vault.Rotate(t.Context(), 0, silent, quiet); err != nil || done.Lost+done.Broken > 0 {
			t.Errorf("got %+v, %v", done, err)
		}
		p.sameTexts(p.vault, want)
	})
}

// TestFirstTextsAreSealedAgain rotates a text of the first version of Samhold, which sealed under its secret itself.
// It is the example that package seal holds too.
func TestFirstTextsAreSealedAgain(t *testing.T) {
	const first = "en-hemmelighed-til-prøver-0123456789"
	ciphertext, err := base64.StdEncoding.DecodeString(
		"wfv4flVGcL61xc72YMTUZNPEsFrfGF+Cap6bWYpzNoqvrvXHD+TpTziJXHbL/MuOM5zbtIYbz+TZz5RKBjI=")
	if err != nil {
		t.Fatal(err)
	}
	testkit.EachDatabase(t, func(t *testing.T, db *testkit.Database) {
		db.Exec(t, `INSERT INTO concern (id, receipt_hash, about, body_sealed, key_id, state, version, created_at)
			VALUES ('abc', ?, 'other', ?, 'c7c104e05a57', 'open', 1, ?)`, []byte("x"), ciphertext, db.Clock.Now())
		want := map[string]string{"concern.body_sealed abc": "fra den første udgave"}
		if _, err := open(t, db, newSecret, first); !errors.Is(err, vault.ErrFirst) {
			t.Errorf("the secret is changed before the first start with keys: %v", err)
		}
		if n := db.Int(t, "SELECT COUNT(*) FROM data_key"); n != 0 {
			t.Errorf("%d keys were made all the same", n)
		}
		v, err := open(t, db, first)
		if err != nil {
			t.Fatal(err)
		}
		if got := db.Opened(t, v); !maps.Equal(got, want) {
			t.Errorf("before: %v", got)
		}
		if v, err = open(t, db, newSecret, first); err != nil {
			t.Fatal(err)
		}
		if done, err := v.Rotate(t.Context(), 0, silent, quiet); err != nil || done.Resealed != 1 {
			t.Errorf("got %+v, %v", done, err)
		}
		if v, err = open(t, db, newSecret); err != nil {
			t.Fatal(err)
		}
		if got := db.Opened(t, v); !maps.Equal(got, want) {
			t.Errorf("after: %v", got)
		}
	})
}
