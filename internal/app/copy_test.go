package app_test

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"samhold/internal/i18n"
	"samhold/internal/id"
	"samhold/internal/privacy"
	"samhold/internal/testkit"
)

// copyOf is the copy that a person gets: the file for machines and the one for people.
func (w *world) copyOf(who string) (tables map[string][]map[string]any, machine, human string) {
	w.t.Helper()
	catalog, err := i18n.Load()
	w.must(err)
	var file bytes.Buffer
	w.must(w.app.Area.Privacy.Export(w.t.Context(), w.actor(who), catalog.Texts(i18n.Danish), &file))
	archive, err := zip.NewReader(bytes.NewReader(file.Bytes()), int64(file.Len()))
	w.must(err)
	read := func(name string) string {
		f, err := archive.Open(name)
		w.must(err)
		body, err := io.ReadAll(f)
		w.must(err)
		return string(body)
	}
	machine, human = read("data.json"), read("data.html")
	var all map[string]json.RawMessage
	w.must(json.Unmarshal([]byte(machine), &all))
	tables = map[string][]map[string]any{}
	for name, rows := range all {
		if name == "format" || name == "made_at" {
			continue
		}
		var list []map[string]any
		w.must(json.Unmarshal(rows, &list))
		tables[name] = list
	}
	return tables, machine, human
}

// theirs picks the rows of a table that belong to the account, said independently of the store.
func theirs(t privacy.Table, account string) string {
	memberships := "(SELECT id FROM membership WHERE account_id = '" + account + "')"
	posts := "(SELECT id FROM post WHERE membership_id IN " + memberships + ")"
	switch t.Through {
	case privacy.ByAccount:
		return t.Column + " = '" + account + "'"
	case privacy.ByMembership:
		return t.Column + " IN " + memberships
	case privacy.ByPost, privacy.ByDecision:
		return t.Column + " IN " + posts
	case privacy.ByText:
		return t.Column + " IN " + posts + " OR " + t.Column + " IN (SELECT id FROM report WHERE account_id = '" + account +
			"' UNION SELECT id FROM message WHERE account_id = '" + account +
			"' UNION SELECT id FROM safety_plan WHERE account_id = '" + account +
			"' UNION SELECT id FROM support_plan WHERE account_id = '" + account + "')"
	case privacy.ByCase:
		return t.Column + " IN (SELECT id FROM crisis_case WHERE account_id = '" + account + "')"
	}
	return "1 = 0"
}

// furnish gives the writer a row in the tables that the world has left empty for them.
func (w *world) furnish() {
	w.t.Helper()
	now, me := w.Clock.Now(), w.accounts["writer"].ID
	home := w.member["writer home"]
	w.Exec(w.t, "INSERT INTO staff_grant (id, account_id, role, space_id, starts_at, ends_at, created_at) VALUES (?, ?, 'facilitator', ?, ?, ?, ?)",
		id.New(), me, w.ids["home"], now.Add(-time.Hour), now, now)
	w.Exec(w.t, "INSERT INTO staff_file (account_id, name_sealed, key_id, duty, declared_on, declared_version) VALUES (?, ?, ?, 'yes', ?, '2026-1')",
		me, []byte("x"), id.New(), now)
	w.Exec(w.t, "INSERT INTO shift (id, account_id, space_id, starts_at, ends_at, created_at) VALUES (?, ?, ?, ?, ?, ?)",
		id.New(), me, w.ids["home"], now.Add(-time.Hour), now, now)
	w.Exec(w.t, `INSERT INTO shift_pattern (id, account_id, space_id, first_day, last_day, starts, ends, weeks, planned_to, created_at)
		VALUES (?, ?, ?, '2026-11-01', '2026-11-08', '22:00', '08:00', 1, '2026-11-08', ?)`, id.New(), me, w.ids["home"], now)
	w.Exec(w.t, "INSERT INTO staff_refusal (account_id, kind, code, created_at) VALUES (?, 'category', 'violence', ?)", me, now)
	w.Exec(w.t, `INSERT INTO debrief (id, case_id, account_id, asked_at, answer, answered_at, settled_at)
		VALUES (?, (SELECT MIN(id) FROM crisis_case), ?, ?, 'want', ?, ?)`, id.New(), me, now, now, now)
	w.Exec(w.t, "INSERT INTO staff_absence (id, account_id, starts_at, ends_at, created_at) VALUES (?, ?, ?, ?, ?)", id.New(), me, now.Add(-time.Hour), now, now)
	w.Exec(w.t, "INSERT INTO shift_vacancy (id, account_id, space_id, starts_at, ends_at, created_at) VALUES (?, ?, ?, ?, ?, ?)",
		id.New(), me, w.ids["home"], now.Add(-time.Hour), now, now)
	w.Exec(w.t, `INSERT INTO shift_swap (id, shift_id, from_id, state, created_at, answered_at)
		SELECT shift.id, shift.id, shift.account_id, 'withdrawn', ?, ? FROM shift WHERE shift.account_id = ?`, now, now, me)
	w.Exec(w.t, "INSERT INTO invitation (id, space_id, token_hash, created_by, created_at, expires_at) VALUES (?, ?, ?, ?, ?, ?)",
		id.New(), w.ids["home"], []byte("x"), me, now, now)
	w.Exec(w.t, "INSERT INTO signin_link (id, account_id, token_hash, created_at, expires_at) VALUES (?, ?, ?, ?, ?)", id.New(), me, []byte("x"), now, now)
	w.Exec(w.t, "INSERT INTO recovery_code (id, account_id, code_hash, created_at) VALUES (?, ?, ?, ?)", id.New(), me, []byte("x"), now)
	w.Exec(w.t, "INSERT INTO reaction (post_id, membership_id, kind, created_at) VALUES (?, ?, 'thinking', ?)", w.ids["staff reply post"], home, now)
	w.Exec(w.t, "INSERT INTO block (blocker_id, blocked_id, created_at) VALUES (?, ?, ?)", home, w.member["member home"], now)
	w.Exec(w.t, "INSERT INTO notice (id, account_id, kind, ref_id, created_at) VALUES (?, ?, 'recovered', '', ?)", id.New(), me, now)
	w.Exec(w.t, `INSERT INTO report (id, space_id, account_id, target_kind, target_id, reason, key_id, state, version, created_at)
		VALUES (?, ?, ?, 'post', ?, 'harsh', '', 'open', 1, ?)`, id.New(), w.ids["home"], me, w.ids["staff reply post"], now)
	w.Exec(w.t, "INSERT INTO authenticator (id, account_id, secret_sealed, key_id, last_step, created_at) VALUES (?, ?, ?, ?, 1, ?)",
		id.New(), me, []byte("x"), id.New(), now)
	w.Exec(w.t, `INSERT INTO passkey (id, account_id, credential_id, public_key, sign_count, backup_eligible, backed_up, name_sealed, key_id, created_at)
		VALUES (?, ?, ?, ?, 1, true, false, ?, ?, ?)`, id.New(), me, []byte("x"), []byte("x"), []byte("x"), id.New(), now)
	w.Exec(w.t, `INSERT INTO call_way (id, account_id, kind, position, address_sealed, key_id, code_tries, test_state, created_at)
		VALUES (?, ?, 'mail', 1, ?, ?, 0, '', ?)`, id.New(), me, []byte("x"), id.New(), now)
	w.Exec(w.t, "INSERT INTO assisted_recovery (id, account_id, asked_by, first_hash, created_at, expires_at) VALUES (?, ?, ?, ?, ?, ?)",
		id.New(), me, w.accounts["moderator"].ID, []byte("x"), now, now)
	w.Exec(w.t, "INSERT INTO opening (id, account_id, kind, role, opened_on) VALUES (?, ?, 'case', 'moderator', ?)", id.New(), me, now)
	if page := w.clients["writer"].Get("/search").Submit("/search", "q", word("what the writer looks for")); page.Status >= 400 {
		w.t.Fatalf("search: %d", page.Status)
	}
}

// mark plants a word or a moment of its own in every told column of the writer's rows, and returns them by column. What
// is a code or sealed stands as the services left it.
func (w *world) mark() map[string]string {
	w.t.Helper()
	marks := map[string]string{}
	at := time.Date(2031, 1, 1, 0, 0, 0, 0, time.UTC)
	for _, t := range privacy.Schema {
		if !t.Exported() {
			continue
		}
		mine := theirs(t, w.accounts["writer"].ID)
		for _, c := range t.Columns {
			place := t.Name + "." + c.Name
			if !c.Told {
				continue
			}
			switch c.Kind {
			case privacy.Text:
				marks[place] = word("mark in " + place)
				w.Exec(w.t, "UPDATE "+t.Name+" SET "+c.Name+" = ? WHERE "+mine, marks[place])
			case privacy.Time:
				at = at.Add(36 * time.Hour)
				marks[place] = at.Format(time.RFC3339)
				w.Exec(w.t, "UPDATE "+t.Name+" SET "+c.Name+" = ? WHERE "+mine, at)
			default: // ids, codes and what is sealed hold what the world has put there
			}
		}
	}
	return marks
}

func TestCopyHoldsEveryColumnThatIsTold(t *testing.T) {
	t.Parallel()
	testkit.EachDatabase(t, func(t *testing.T, db *testkit.Database) {
		w := newWorld(t, db)
		w.furnish()
		marks := w.mark()
		tables, machine, human := w.copyOf("writer")
		for place, mark := range marks {
			if !strings.Contains(machine, mark) {
				t.Errorf("%s is not in the file for machines", place)
			}
			if strings.HasPrefix(mark, "q") && !strings.Contains(human, mark) {
				t.Errorf("%s is not in the file for people", place)
			}
		}
		for _, table := range privacy.Schema {
			if !table.Exported() {
				continue
			}
			mine := theirs(table, w.accounts["writer"].ID)
			rows := w.Int(t, "SELECT COUNT(*) FROM "+table.Name+" WHERE "+mine)
			if rows == 0 || len(tables[table.Name]) != rows {
				t.Errorf("%s: %d rows are told, of %d", table.Name, len(tables[table.Name]), rows)
			}
			for _, c := range table.Columns {
				told := map[string]bool{}
				for _, row := range tables[table.Name] {
					if v, ok := row[c.Name]; ok {
						told[fmt.Sprint(v)] = true
					}
				}
				switch {
				case !c.Told && len(told) > 0:
					t.Errorf("%s.%s is told, and must not be", table.Name, c.Name)
				case c.Told && (c.Kind == privacy.Code || c.Kind == privacy.ID):
					for _, row := range w.Rows(t, "SELECT DISTINCT "+c.Name+" FROM "+table.Name+" WHERE "+c.Name+" IS NOT NULL AND ("+mine+")") {
						_, v, _ := strings.Cut(strings.TrimSuffix(row, " "), "=")
						if truth := map[string]string{"0": "false", "1": "true"}[v]; !told[v] && !told[truth] { // SQLite's way
							t.Errorf("%s.%s: %q is not told, but %v", table.Name, c.Name, v, slices.Sorted(maps.Keys(told)))
						}
					}
				}
			}
		}
		for _, sealed := range []string{word("draft"), word("contact name"), word("contact phone"), word("contact address"), word("what the writer looks for")} {
			if !strings.Contains(machine, sealed) || !strings.Contains(human, sealed) {
				t.Error("something that was sealed is not told")
			}
		}
		if strings.Contains(human, "<script") || strings.Contains(human, "http:") || strings.Contains(human, "https:") {
			t.Error("the file for people runs or loads something")
		}
	})
}

// TestCopyTellsNothingAboutOthers looks for every canary of the world in everybody's copy: only what its owner wrote or
// is called may be there.
func TestCopyTellsNothingAboutOthers(t *testing.T) {
	t.Parallel()
	testkit.EachDatabase(t, func(t *testing.T, db *testkit.Database) {
		w := newWorld(t, db)
		own := map[string][]string{
			"writer": {
				"sign-in name of writer", "alias of writer in home", "alias of writer in away", "visible title", "visible body", "first body",
				"second body", "deleted reply body", "deleted title", "deleted body", "removed title", "removed body", "removed reply body",
				"away title", "away body", "urgent title", "urgent body", "statement one", "statement two", "draft", "contact name",
				"contact phone", "contact address", "home name", "away name", "message of writer", "answer to writer", "note of the check-in", "trusted name", "trusted phone", "trusted relation",
				"plan signs", "plan helps", "plan people", "plan places", "plan lines", "plan safe",
				"before in the suggestion", "helps in the suggestion", "agreed in the suggestion", "answers in the suggestion", "outside in the suggestion",
				"before in the answer", "helps in the answer", "agreed in the answer", "answers in the answer", "outside in the answer",
				"id of the deleted topic", "id of the removed topic", "id of the urgent topic", "id of the deleted post", "id of the removed post",
			},
			"member": {"sign-in name of member", "alias of member in home", "home name", "report body", "id of the report", "message of member", "note of the other check-in"},
			"author": {
				"sign-in name of author", "alias of author in home", "home name", "held title", "held body", "id of the held topic", "id of the held post",
			},
			"moderator": {"sign-in name of moderator", "alias of moderator in home", "staff name of moderator", "home name", "staff reply body", "mail address of moderator"},
			"admin":     {"sign-in name of admin", "staff name of admin"},
		}
		for who, may := range own {
			_, machine, human := w.copyOf(who)
			for _, c := range w.canaries {
				if slices.Contains(may, c.name) || who == "member" && c.name == "visible body" { // the member searched for that word
					continue
				}
				if strings.Contains(machine, c.text) || strings.Contains(human, c.text) {
					t.Errorf("the copy of %s tells: %s", who, c.name)
				}
			}
		}
	})
}

// TestCopyHasWordsForEverything holds that a person reads words, not the names of columns.
func TestCopyHasWordsForEverything(t *testing.T) {
	catalog, err := i18n.Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, lang := range i18n.Langs {
		texts := catalog.Texts(lang)
		for _, table := range privacy.Schema {
			if !table.Exported() {
				continue
			}
			if !texts.Has("copy_table." + table.Name) {
				t.Errorf("copy_table.%s is missing in %s", table.Name, lang)
			}
			for _, c := range table.Columns {
				if c.Told && c.Name != "id" && !texts.Has("copy_column."+c.Name) {
					t.Errorf("copy_column.%s is missing in %s", c.Name, lang)
				}
			}
		}
	}
}
