package backup_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"filippo.io/age"
	"github.com/google/go-cmp/cmp"

	"samhold/internal/backup"
	"samhold/internal/clock"
	"samhold/internal/fault"
)

type notes map[string]string

func (n notes) Note(_ context.Context, key string) (string, error) { return n[key], nil }
func (n notes) SaveNote(_ context.Context, key, value string) error {
	n[key] = value
	return nil
}

func keeper(t *testing.T, keep int) (*backup.Keeper, *shelf, *clock.Fixed) {
	t.Helper()
	zone, err := time.LoadLocation("Europe/Copenhagen")
	if err != nil {
		t.Fatal(err)
	}
	source, watch := filled(), clock.NewFixed(noon)
	return backup.NewKeeper(backup.Deps{
		Source: source, Notes: notes{}, Clock: watch, To: []age.Recipient{keyPair(t).Recipient()}, Dir: t.TempDir(), Keep: keep, Zone: zone,
	}), source, watch
}

func status(t *testing.T, k *backup.Keeper) backup.Status {
	t.Helper()
	s, err := k.Status(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestNightlyKeepsTheNewest(t *testing.T) {
	k, source, watch := keeper(t, 3)
	other := filepath.Join(k.Dir, "samhold-of-somebody-else.age")
	stale := filepath.Join(k.Dir, ".samhold-backup-123")
	for _, path := range []string{other, stale} {
		if err := os.WriteFile(path, nil, 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(path, noon, noon); err != nil {
			t.Fatal(err)
		}
	}
	for range 5 {
		watch.Advance(24 * time.Hour)
		if _, _, err := k.Nightly(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	want := []string{
		"samhold-20261125T110000.123456Z.age", "samhold-20261126T110000.123456Z.age", "samhold-20261127T110000.123456Z.age",
		"samhold-of-somebody-else.age",
	}
	if diff := cmp.Diff(want, names(t, k.Dir)); diff != "" {
		t.Error(diff)
	}
	source.fail = fault.New(fault.Unavailable, "fault.unavailable")
	watch.Advance(24 * time.Hour)
	if _, _, err := k.Nightly(t.Context()); !errors.Is(err, source.fail) {
		t.Errorf("got %v", err)
	}
	if diff := cmp.Diff(want, names(t, k.Dir)); diff != "" {
		t.Errorf("after a failure:\n%s", diff)
	}
}

func names(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var found []string
	for _, e := range entries {
		found = append(found, e.Name())
	}
	return found
}

func TestLateIsSeen(t *testing.T) {
	k, source, watch := keeper(t, 3)
	for range 2 {
		if err := k.Begin(t.Context()); err != nil {
			t.Fatal(err)
		}
		if s := status(t, k); s.Late || s.Last != nil || !s.Nightly {
			t.Errorf("on the first day: %+v", s)
		}
		watch.Advance(16 * time.Hour)
	}
	if s := status(t, k); !s.Late {
		t.Errorf("after a night without: %+v", s)
	}
	watch.Set(noon)
	if due, err := k.Overdue(t.Context()); err != nil || !due {
		t.Errorf("before the first: overdue %t, %v", due, err)
	}
	if _, _, err := k.Nightly(t.Context()); err != nil {
		t.Fatal(err)
	}
	for _, step := range []struct {
		after         time.Duration
		late, overdue bool
	}{{0, false, false}, {25 * time.Hour, false, false}, {26 * time.Hour, false, true}, {30 * time.Hour, false, true}, {30*time.Hour + time.Second, true, true}} {
		watch.Set(noon.Add(step.after))
		due, err := k.Overdue(t.Context())
		if s := status(t, k); err != nil || s.Late != step.late || due != step.overdue {
			t.Errorf("after %s: late %t, overdue %t, %v; want %t, %t", step.after, s.Late, due, err, step.late, step.overdue)
		}
	}
	source.fail = syscall.ENOSPC
	if _, _, err := k.Nightly(t.Context()); err == nil {
		t.Error("a full disk was not noticed")
	}
	if s := status(t, k); s.Failed == nil || s.Failed.Code != "no_space" || s.Last == nil || !s.Last.MadeAt.Equal(noon) {
		t.Errorf("after a failure: %+v", s)
	}
	source.fail = nil
	watch.Advance(time.Hour)
	if _, _, err := k.Nightly(t.Context()); err != nil {
		t.Fatal(err)
	}
	if s := status(t, k); s.Failed != nil || s.Late {
		t.Errorf("after it was mended: %+v", s)
	}
	k.Dir = filepath.Join(k.Dir, "nowhere")
	watch.Advance(time.Hour)
	if _, _, err := k.Nightly(t.Context()); err == nil || status(t, k).Failed.Code != "no_folder" {
		t.Errorf("without its folder: %v, %+v", err, status(t, k).Failed)
	}
}

func TestTonight(t *testing.T) {
	k, _, watch := keeper(t, 1)
	for now, want := range map[string]string{
		"2026-11-22T11:00:00Z": "2026-11-23T03:00:00Z",
		"2026-11-23T02:59:59Z": "2026-11-23T03:00:00Z",
		"2026-11-23T03:00:00Z": "2026-11-24T03:00:00Z",
		"2026-07-01T12:00:00Z": "2026-07-02T02:00:00Z",
		"2026-10-24T12:00:00Z": "2026-10-25T03:00:00Z", // the night is an hour longer
		"2026-03-28T12:00:00Z": "2026-03-29T02:00:00Z", // and here an hour shorter
	} {
		at, err := time.Parse(time.RFC3339, now)
		if err != nil {
			t.Fatal(err)
		}
		watch.Set(at)
		if got := k.Tonight().Format(time.RFC3339); got != want {
			t.Errorf("at %s: %s, want %s", now, got, want)
		}
	}
}
