package app_test

import (
	"encoding/base64"
	"encoding/hex"
	"io/fs"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"samhold/internal/account"
	"samhold/internal/app"
	"samhold/internal/crisis"
	"samhold/internal/search/meili/meilitest"
	"samhold/internal/testkit"
	"samhold/internal/testkit/postgres"
	"samhold/internal/topic"
	sealing "samhold/internal/vault"
)

// TestEveryDeclaredColumnIsSealed holds vault.Texts to what the services really do: in a community where everything
// happens, each declared column holds texts, each opens, and says nothing to whoever reads it.
func TestEveryDeclaredColumnIsSealed(t *testing.T) {
	t.Parallel()
	const elsewhere = "passkey.name_sealed" // a passkey is made by a real browser alone
	testkit.EachDatabase(t, func(t *testing.T, db *testkit.Database) {
		w := newWorld(t, db)
		w.must(w.app.Area.Account.EnrolAuthenticator(t.Context(), w.accounts["writer"].ID))
		opened := w.Opened(t, w.app.Area.Vault)
		for _, text := range sealing.Texts {
			for _, column := range text.Columns {
				place := text.Table + "." + column
				found := false
				for where, plain := range opened {
					if !strings.HasPrefix(where, place+" ") {
						continue
					}
					found = true
					stored := w.Rows(t, "SELECT "+column+" FROM "+text.Table+" WHERE "+text.Row+" = ?", strings.TrimPrefix(where, place+" "))
					if plain != "" && strings.Contains(stored[0], plain) {
						t.Errorf("%s is not sealed", place)
					}
				}
				if !found && place != elsewhere {
					t.Errorf("%s is declared, and no service seals it", place)
				}
			}
		}
	})
}

// TestAnOlderTextOfTheRowDoesNotOpen puts back what a row said before.
func TestAnOlderTextOfTheRowDoesNotOpen(t *testing.T) {
	t.Parallel()
	testkit.EachDatabase(t, func(t *testing.T, db *testkit.Database) {
		w := newPlace(t, db)
		w.settle("duty lead", 0, account.Grant{Role: account.DutyLead})
		desk, lead := w.app.Area.Crisis, w.actor("duty lead")
		_, _, err := desk.RaiseConcern(t.Context(), crisis.NewConcern{About: "other", Body: "Den første.", Lang: "da"})
		w.must(err)
		concern := w.Text(t, "SELECT id FROM concern")
		w.Exec(t, "CREATE TABLE older AS SELECT body_sealed, key_id FROM concern")
		w.must(desk.AnswerConcern(t.Context(), lead, concern, crisis.Reply{Version: 1, Text: "Et svar."}))
		if _, err := desk.OpenConcern(t.Context(), lead, concern); err != nil {
			t.Fatal(err)
		}
		w.Exec(t, "UPDATE concern SET body_sealed = (SELECT body_sealed FROM older), key_id = (SELECT key_id FROM older)")
		if got, err := desk.OpenConcern(t.Context(), lead, concern); err == nil {
			t.Errorf("the older text opens: %q", got.Text)
		}
	})
}

// TestTheSecretCanBeChanged lives through a change of the secret: before it, with the old secret retired, and with the
// new one alone after the keys were rotated. Whatever was given out before still holds.
func TestTheSecretCanBeChanged(t *testing.T) {
	t.Parallel()
	const fresh = "ZmVkY2JhOTg3NjU0MzIxMGZlZGNiYTk4NzY1NDMyMTA="
	testkit.EachDatabase(t, func(t *testing.T, db *testkit.Database) {
		w := newWorld(t, db)
		codes, err := w.app.Area.Account.NewCodes(t.Context(), w.actor("member"), secret)
		w.must(err)
		joining := w.signedIn("guest")
		if page := joining.Post("/join", "birth_year", "1980"); page.Location != "/join/consent" {
			t.Fatalf("joining: %d %s", page.Status, page.Location)
		}
		texts := w.Opened(t, w.app.Area.Vault)

		c := settings(t, db)
		c.SecretKey, c.OldSecretKeys = fresh, []string{testSecretKey}
		for step, name := range []string{"with the old secret retired", "with the new secret alone"} {
			a, err := app.Open(t.Context(), c, app.Options{Clock: db.Clock, Log: slog.New(slog.DiscardHandler), Volatile: true})
			w.must(err)
			if page := w.clients["writer"].At(a.Web.App()).Get("/me"); page.Status != http.StatusOK {
				t.Errorf("%s: the session is gone: %d", name, page.Status)
			}
			// The page that the form stands on was made before.
			if page := w.clients["member"].At(a.Web.App()).Post("/search", "q", "hjem"); page.Status != http.StatusSeeOther {
				t.Errorf("%s: the form's token is refused: %d", name, page.Status)
			}
			if page := joining.At(a.Web.App()).Get("/join/consent"); page.Status != http.StatusOK {
				t.Errorf("%s: the cookie of joining does not open: %d %s", name, page.Status, page.Location)
			}
			if _, err := a.Area.Account.Recover(t.Context(), account.Recovery{
				Name: w.accounts["member"].Name, Code: codes[step], Passphrase: secret, Address: "192.0.2.1",
			}); err != nil {
				t.Errorf("%s: a recovery code is refused: %v", name, err)
			}
			w.clients["member"] = w.signedIn("member") // recovery ended the session
			if answer, err := a.Area.Crisis.ReadAnswer(t.Context(), w.ids["receipt"]); err != nil || answer.Text == "" {
				t.Errorf("%s: a receipt is refused: %v", name, err)
			}
			if r, err := a.Area.Audit.Verify(t.Context(), nil); err != nil || len(r.Problems) > 0 {
				t.Errorf("%s: the audit log: %v %v", name, r.Problems, err)
			}
			now := w.Opened(t, a.Area.Vault)
			for where, plain := range texts {
				if now[where] != plain && !strings.HasPrefix(where, "search_result") {
					t.Errorf("%s: %s does not say what it did", name, where)
				}
			}
			if step == 0 {
				_, err := a.RotateKeys(t.Context(), 0, func(string, int, int) {})
				w.must(err)
			}
			w.must(a.Close())
			c.OldSecretKeys = nil
		}
		c.SecretKey = testSecretKey
		_, err = app.Open(t.Context(), c, app.Options{Clock: db.Clock, Log: slog.New(slog.DiscardHandler), Volatile: true})
		if err == nil || !strings.HasPrefix(err.Error(), "SAMHOLD_SECRET_KEY: ") || strings.Contains(err.Error(), "\n") {
			t.Errorf("the old secret alone: %v", err)
		}
	})
}

// sealedKinds are the kinds of canaries that stand in sealed texts and nowhere else.
var sealedKinds = []string{"draft", "search", "plan", "contact", "trusted", "note", "emergency", "referral", "talk", "report", "concern", "answer", "check-in", "support"}

// sealedWords are the words that were planted in sealed texts.
func (w *world) sealedWords() (words []canary) {
	for _, c := range w.canaries {
		if slices.Contains(sealedKinds, c.kind) && c.text == word(c.name) {
			words = append(words, c)
		}
	}
	return words
}

// everySealedColumn fails the test unless each declared column holds one of the words, or is known to hold none.
func (w *world) everySealedColumn(words []canary) {
	w.t.Helper()
	opened := w.Opened(w.t, w.app.Area.Vault)
	for _, text := range sealing.Texts {
		for _, column := range text.Columns {
			switch place := text.Table + "." + column; place {
			case "authenticator.secret_sealed", "passkey.name_sealed", "call_way.address_sealed", "staff_file.name_sealed":
				continue // a secret, a browser's own, an address, a name that stands open in the team's list
			default:
				if !slices.ContainsFunc(words, func(c canary) bool {
					for where, plain := range opened {
						if strings.HasPrefix(where, place+" ") && strings.Contains(plain, c.text) {
							return true
						}
					}
					return false
				}) {
					w.t.Errorf("no word was planted in %s", place)
				}
			}
		}
	}
}

// forms are the ways in which a word may lie in a file: as it is, folded or stemmed, or in another writing.
func forms(word string) map[string]string {
	f := map[string]string{"plain": word[:10], "hex": hex.EncodeToString([]byte(word[:10])), "UTF-16": strings.Join(strings.Split(word[:10], ""), "\x00")}
	for shift := range 3 { // base64 reads three bytes at once
		text := base64.StdEncoding.EncodeToString([]byte(strings.Repeat("x", shift) + word))
		f["base64 at "+string(rune('0'+shift))] = text[4:12]
	}
	return f
}

// lying returns the files below the folders that hold one of the words, in any form, as "word: form: file".
func lying(t *testing.T, words []canary, folders ...string) []string {
	t.Helper()
	var found []string
	for _, folder := range folders {
		err := filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
			if err != nil || !d.Type().IsRegular() {
				return nil //nolint:nilerr // a server removes files as it likes
			}
			body, err := os.ReadFile(path)
			if err != nil {
				return nil //nolint:nilerr // see above
			}
			text := strings.ToLower(string(body))
			for _, c := range words {
				for form, trace := range forms(c.text) {
					if strings.Contains(text, strings.ToLower(trace)) {
						found = append(found, c.name+": "+form+": "+path)
					}
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return found
}

// TestSealedWordsLieNowhere plants words in every sealed text, and visits with an address, a browser and queries that nobody
// else has. It looks for all of them in every file that the forum or its database leaves: tables, journals, temporary
// files, index, logs, backup.
func TestSealedWordsLieNowhere(t *testing.T) {
	if testing.Short() {
		t.Skip("starts a database server of its own and reads all its files")
	}
	for _, name := range []string{"sqlite", "postgres"} {
		t.Run(name, func(t *testing.T) {
			temporary := t.TempDir()
			folders := []string{temporary}
			db := testkit.Open(t, "sqlite")
			if name == "sqlite" {
				folders = append(folders, filepath.Dir(strings.TrimPrefix(db.URL, "sqlite:")))
			} else {
				server, err := postgres.Start(t.Context())
				if err != nil {
					t.Fatal(err)
				}
				t.Cleanup(func() {
					if err := server.Stop(); err != nil {
						t.Error(err)
					}
				})
				db = onServer(t, server)
				folders = append(folders, filepath.Dir(db.Text(t, "SHOW data_directory")))
			}
			t.Setenv("TMPDIR", temporary)
			w := newWorld(t, db)
			w.sendSealed()
			words := w.sealedWords()
			w.everySealedColumn(words)
			visit := w.visited(t)
			_, err := w.app.RotateKeys(t.Context(), 0, func(string, int, int) {})
			w.must(err)
			backups := newVault(t)
			folders = append(folders, filepath.Dir(backups.make(t, db)), strings.TrimPrefix(w.app.Config.SearchURL, "bleve:"))
			if name == "postgres" {
				db.Exec(t, "CHECKPOINT")
			}

			if len(w.traces(word("visible body"))) == 0 {
				t.Fatal("nothing is found")
			}
			words = append(words, visit...)
			for _, found := range lying(t, words, folders...) {
				t.Error(found)
			}
			for _, c := range words {
				if strings.Contains(strings.ToLower(w.log.String()), c.text) {
					t.Errorf("%s stands in the log", c.name)
				}
				if w.inIndex(c.text) { // its files are compressed
					t.Errorf("%s stands in the index", c.name)
				}
			}
			// What is not sealed must be found, or the search finds nothing at all: in the database and in the index, and not
			// in the backup, which is encrypted as a whole.
			database, backup := lying(t, w.planted("visible body"), folders[1]), lying(t, w.planted("visible body"), folders[2])
			if len(database) == 0 || len(backup) > 0 || !w.inIndex(word("visible body")) {
				t.Errorf("an open word lies in the database %v, in the backup %v, in the index: %t", database, backup, w.inIndex(word("visible body")))
			}
		})
	}
}

// TestSealedWordsReachNoSearchServer builds the index of a world on a search server, and looks for the words of sealed
// texts in all that was sent to it and all that it keeps.
func TestSealedWordsReachNoSearchServer(t *testing.T) {
	t.Parallel()
	testkit.EachDatabase(t, func(t *testing.T, db *testkit.Database) {
		w := newWorld(t, db)
		w.sendSealed()
		server := meilitest.New(t)
		c := settings(t, db)
		c.SearchURL, c.SearchKey = server.URL, meilitest.MasterKey
		a, err := app.Open(t.Context(), c, quiet(db))
		w.must(err)
		t.Cleanup(func() { w.must(a.Close()) })
		w.must(a.Area.Indexer.Rebuild(t.Context(), nil))

		sent, kept := server.Sent(), []string(nil)
		for _, name := range server.Indexes() {
			kept = append(kept, server.Documents(name)...)
		}
		holds := func(all []string, word string) bool {
			return slices.ContainsFunc(all, func(text string) bool {
				for _, trace := range forms(word) {
					if strings.Contains(strings.ToLower(text), strings.ToLower(trace)) {
						return true
					}
				}
				return false
			})
		}
		for _, c := range w.sealedWords() {
			if holds(sent, c.text) || holds(kept, c.text) {
				t.Errorf("%s: sent %t, kept %t", c.name, holds(sent, c.text), holds(kept, c.text))
			}
		}
		// A word that is not sealed must be found, or the search finds nothing at all.
		if open := word("visible body"); !holds(sent, open) || !holds(kept, open) {
			t.Errorf("an open word: sent %t, kept %t of %d", holds(sent, open), holds(kept, open), len(kept))
		}
	})
}

// onServer is a fresh database on a server of the test's own.
func onServer(t *testing.T, server *postgres.Server) *testkit.Database {
	t.Helper()
	db := testkit.Open(t, "sqlite") // its clock
	db.Name, db.URL = "postgres", server.URL()
	if err := app.Migrate(t.Context(), db.URL); err != nil {
		t.Fatal(err)
	}
	db.Store = testkit.Reopen(t, db)
	return db
}

// sendSealed sends words over forms, as people do.
func (w *world) sendSealed() {
	w.t.Helper()
	page := w.clients["guest"].Post("/concern", "about", "other", "body", w.plant("posted concern", "concern", nobody))
	if page.Status != http.StatusSeeOther && page.Status != http.StatusOK {
		w.t.Fatalf("concern: %d", page.Status)
	}
	if page := w.clients["member"].Post("/search", "q", w.plant("searched for", "search", nobody)); page.Status != http.StatusSeeOther {
		w.t.Fatalf("search: %d", page.Status)
	}
	// The session of a tab that stood open has ended meanwhile.
	tab := w.clients["writer"].Clone()
	tab.Post("/search", "q", "hjem")
	w.Exec(w.t, "UPDATE session SET expires_at = ? WHERE account_id = ?", w.Clock.Now(), w.accounts["writer"].ID)
	before := w.Int(w.t, "SELECT COUNT(*) FROM draft")
	tab.Post("/t/"+w.ids["away topic"]+"/reply", "key", topic.NewKey(), "body", w.plant("posted draft", "draft", nobody))
	if w.Int(w.t, "SELECT COUNT(*) FROM draft") != before+1 {
		w.t.Fatal("the text of an expired session is not kept")
	}
}
