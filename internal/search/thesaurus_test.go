package search_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"samhold/internal/account"
	"samhold/internal/audit"
	"samhold/internal/fault"
	"samhold/internal/id"
	"samhold/internal/search"
	"samhold/internal/testkit"
)

var admin = account.Actor{Account: id.New(), BirthYear: 1970, At: testkit.Noon, Grants: []account.Grant{{Role: account.Admin}}}

func TestStaffTieWordsTogether(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		w.service.Audit = audit.New(w.Store, w.Store.Audit(), [32]byte{1})
		ctx := t.Context()
		w.topic("one", "Emne", "han fandt smarties på værelset", "noget om en ballon")
		w.rebuild()
		hits := func(text string) int {
			t.Helper()
			_, n := w.shown(anna, w.search(anna, search.Form{Text: text}), 1)
			return n
		}
		if n := hits("lattergas"); n != 0 {
			t.Fatalf("%d hits before", n)
		}
		if err := w.service.AddGroup(ctx, admin, " Lattergas,smarties ; LATTERGAS\n balloner,"); err != nil {
			t.Fatal(err)
		}
		groups, err := w.service.Groups(ctx, admin)
		if err != nil || len(groups) != 1 || groups[0].Words != "lattergas, smarties, balloner" {
			t.Fatalf("%+v, %v", groups, err)
		}
		// From the next search on, by any of their forms, and the words found are marked.
		if n := hits("lattergassen"); n != 2 {
			t.Errorf("%d hits", n)
		}
		g := groups[0]
		if err := w.service.ChangeGroup(ctx, admin, g.ID, g.Version, "lattergas, ballon"); err != nil {
			t.Fatal(err)
		}
		if n := hits("lattergas"); n != 1 {
			t.Errorf("%d hits after the change", n)
		}
		if err := w.service.ChangeGroup(ctx, admin, g.ID, g.Version, "lattergas, smarties"); !fault.Is(err, fault.Conflict) {
			t.Errorf("an old version: %v", err)
		}
		if err := w.service.RemoveGroup(ctx, admin, g.ID); err != nil {
			t.Fatal(err)
		}
		if n := hits("lattergas"); n != 0 {
			t.Errorf("%d hits after the removal", n)
		}
		for name, err := range map[string]error{
			"removed": w.service.RemoveGroup(ctx, admin, g.ID), "change of a removed one": w.service.ChangeGroup(ctx, admin, g.ID, 2, "a1, b1"),
			"member": w.service.AddGroup(ctx, anna, "lattergas, smarties"), "moderator": w.service.AddGroup(ctx, mod, "lattergas, smarties"),
			"member changes": w.service.ChangeGroup(ctx, anna, g.ID, 1, "a1, b1"), "member removes": w.service.RemoveGroup(ctx, anna, g.ID),
		} {
			if !fault.Is(err, fault.NotFound) {
				t.Errorf("%s: %v", name, err)
			}
		}
		if n := w.Int(t, "SELECT COUNT(*) FROM audit_event WHERE action IN ('synonyms_added', 'synonyms_changed', 'synonyms_removed')"); n != 3 {
			t.Errorf("%d events in the log", n)
		}
		for _, typed := range []string{
			"", "ene", "ene, ENE", "ene ,, ", "to ord, ene", "og, ene", "ene, <b>", "ene, " + strings.Repeat("x", 41), "a1,b1,c1,d1,e1,f1,g1,h1,i1,j1,k1,l1,m1", "ene, 🔥", "ene, x-y",
		} {
			if err := w.service.AddGroup(ctx, admin, typed); !fault.Is(err, fault.Invalid) {
				t.Errorf("%q: %v", typed, err)
			}
		}
		if err := w.service.AddGroup(ctx, admin, "ene, ander"); err != nil {
			t.Error(err)
		}
		if err := w.service.AddGroup(ctx, admin, "ene, ander"); !fault.Is(err, fault.Invalid) {
			t.Errorf("the same again: %v", err)
		}
	})
}

// TestIndexOfAnotherDatabase: the same number of posts does not make two indexes the same.
func TestIndexOfAnotherDatabase(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		w.topic("one", "Emne", "et", "to")
		w.rebuild()
		if behind, err := w.indexer.Behind(t.Context()); err != nil || behind {
			t.Fatalf("%v, %v", behind, err)
		}
		state, err := w.Store.Search().State(t.Context())
		if err != nil || state.Running || state.Done != 2 || state.Total != 2 || state.Build == "" {
			t.Errorf("%+v, %v", state, err)
		}
		// Built once more, but not from this database as far as it knows.
		if err := w.index.Rebuild(t.Context(), func(put func(...search.Document) error) error {
			return put(search.Document{ID: "x", Space: "one", At: testkit.Noon}, search.Document{ID: "y", Space: "one", At: testkit.Noon})
		}); err != nil {
			t.Fatal(err)
		}
		if behind, err := w.indexer.Behind(t.Context()); err != nil || !behind {
			t.Errorf("%v, %v", behind, err)
		}
	})
}

// TestPostsComeBackWhileAnotherRebuilds: what is written during another process's rebuild is written once more.
func TestPostsComeBackWhileAnotherRebuilds(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		_, posts := w.topic("one", "Emne", "et")
		again := 0
		w.indexer.Clock = w.Clock
		w.indexer.Again = func(_ context.Context, postID string) error {
			if postID != posts[0] {
				t.Errorf("another post: %q", postID)
			}
			again++
			return nil
		}
		index := func(want int) {
			t.Helper()
			if err := w.indexer.IndexPost(t.Context(), posts[0]); err != nil {
				t.Fatal(err)
			}
			if again != want {
				t.Errorf("asked for again %d times, want %d", again, want)
			}
		}
		index(0)
		if err := w.Store.Search().SetState(t.Context(), search.State{Running: true, Total: 9}); err != nil {
			t.Fatal(err)
		}
		index(1)
		standing, err := w.service.State(t.Context(), admin)
		if err != nil || !standing.Rebuilding || standing.Total != 9 || standing.Down {
			t.Errorf("%+v, %v", standing, err)
		}
		if _, err := w.service.State(t.Context(), mod); !fault.Is(err, fault.NotFound) {
			t.Errorf("a moderator sees %v", err)
		}
		w.Clock.Advance(11 * time.Minute) // the other one is dead
		index(1)
	})
}
