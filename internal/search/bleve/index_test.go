package bleve_test

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"samhold/internal/fault"
	"samhold/internal/search"
	"samhold/internal/search/bleve"
	"samhold/internal/search/searchtest"
)

func open(t testing.TB, place string) search.Index {
	t.Helper()
	x, err := bleve.Open(place)
	if err != nil {
		t.Fatal(err)
	}
	return x
}

func TestConformance(t *testing.T) { searchtest.Run(t, open) }

func TestFolderHeldByAnotherIsAClearFault(t *testing.T) {
	dir := t.TempDir()
	x := open(t, dir)
	defer x.Close()
	_, err := bleve.Open(dir)
	if !fault.Is(err, fault.Unavailable) || !strings.Contains(err.Error(), "another process") {
		t.Errorf("got %v", err)
	}
	if err := x.Healthy(t.Context()); err != nil {
		t.Errorf("the holder suffers: %v", err)
	}
}

// built returns a folder with a whole index of one document.
func built(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	x := open(t, dir)
	doc := search.Document{ID: "a", Space: "s1", Body: "mor", At: time.Unix(0, 0)}
	err := x.Rebuild(t.Context(), func(put func(...search.Document) error) error { return put(doc) })
	if err != nil {
		t.Fatal(err)
	}
	if err := x.Close(); err != nil {
		t.Fatal(err)
	}
	return dir
}

func TestDamagedIndexIsMovedAsideAndRebuilt(t *testing.T) {
	files := func(dir, pattern string) []string {
		found, err := filepath.Glob(filepath.Join(dir, pattern))
		if err != nil || len(found) == 0 {
			t.Fatalf("no %s in %s: %v", pattern, dir, err)
		}
		return found
	}
	damage := map[string]func(dir string) error{
		"segment cut":     func(dir string) error { return os.Truncate(files(dir, "index-*/store/*.zap")[0], 10) },
		"segment gone":    func(dir string) error { return os.Remove(files(dir, "index-*/store/*.zap")[0]) },
		"segment emptied": func(dir string) error { return os.Truncate(files(dir, "index-*/store/*.zap")[0], 0) },
		"root garbled": func(dir string) error {
			return os.WriteFile(files(dir, "index-*/store/root.bolt")[0], []byte(strings.Repeat("x", 9000)), 0o600)
		},
		"meta garbled": func(dir string) error {
			return os.WriteFile(files(dir, "index-*/index_meta.json")[0], []byte("{"), 0o600)
		},
		"folder gone": func(dir string) error { return os.RemoveAll(files(dir, "index-*")[0]) },
		"state garbled": func(dir string) error {
			return os.WriteFile(filepath.Join(dir, "state.db"), []byte(strings.Repeat("y", 9000)), 0o600)
		},
		"state gone": func(dir string) error { return os.Remove(filepath.Join(dir, "state.db")) },
	}
	for name, harm := range damage {
		t.Run(name, func(t *testing.T) {
			dir := built(t)
			if err := harm(dir); err != nil {
				t.Fatal(err)
			}
			x := open(t, dir)
			defer x.Close()
			if lacks, err := x.Incomplete(t.Context()); err != nil || !lacks {
				t.Fatalf("incomplete: %v, %v", lacks, err)
			}
			doc := search.Document{ID: "b", Space: "s1", Body: "far", At: time.Unix(0, 0)}
			if err := x.Rebuild(t.Context(), func(put func(...search.Document) error) error { return put(doc) }); err != nil {
				t.Fatal(err)
			}
			hits, err := x.Find(t.Context(), search.Query{Text: "far", Spaces: []string{"s1"}})
			if err != nil || len(hits) != 1 {
				t.Errorf("after the rebuild: %v, %v", hits, err)
			}
			// What was moved aside holds words of posts that may have been erased since.
			left, err := os.ReadDir(dir)
			if err != nil {
				t.Fatal(err)
			}
			if len(left) != 2 {
				t.Errorf("left behind: %v", left)
			}
		})
	}
}

func TestIndexHoldsNoReadableText(t *testing.T) {
	dir := t.TempDir()
	x := open(t, dir)
	body := "Det her er en sætning, som ingen må finde hel på disken"
	if err := x.Put(t.Context(), search.Document{ID: "a", Space: "s1", Body: body, At: time.Unix(0, 0)}); err != nil {
		t.Fatal(err)
	}
	if err := x.Close(); err != nil {
		t.Fatal(err)
	}
	err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		if strings.Contains(string(data), "ingen må finde") {
			t.Errorf("%s holds the text", path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestGoldenQueries(t *testing.T) { searchtest.Golden(t, open, "../testdata/golden.yaml") }

// TestKilledProcessLosesNothing kills a process that writes, and finds every post whose Put had returned.
func TestKilledProcessLosesNothing(t *testing.T) {
	if dir := os.Getenv("SAMHOLD_TEST_WRITE"); dir != "" {
		writeUntilKilled(t, dir)
		return
	}
	dir := built(t)
	writer := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestKilledProcessLosesNothing$")
	writer.Env = append(os.Environ(), "SAMHOLD_TEST_WRITE="+dir)
	out, err := writer.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := writer.Start(); err != nil {
		t.Fatal(err)
	}
	var written []string
	for lines := bufio.NewScanner(out); len(written) < 60 && lines.Scan(); {
		if word, ok := strings.CutPrefix(lines.Text(), "put "); ok {
			written = append(written, word)
		}
	}
	if err := writer.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = writer.Wait() // it was killed
	if len(written) < 60 {
		t.Fatalf("the writer ended after %d posts", len(written))
	}
	x := open(t, dir)
	defer x.Close()
	if lacks, err := x.Incomplete(t.Context()); err != nil || lacks {
		t.Errorf("the index counts as damaged: %v", err)
	}
	for _, word := range written {
		hits, err := x.Find(t.Context(), search.Query{Text: word, Spaces: []string{"s1"}})
		if err != nil || len(hits) == 0 || hits[0].ID != word {
			t.Errorf("%s: %v, %v", word, hits, err)
		}
	}
}

func writeUntilKilled(t *testing.T, dir string) {
	x := open(t, dir)
	for i := 0; ; i++ {
		word := fmt.Sprintf("skib%d", i)
		if err := x.Put(t.Context(), search.Document{ID: word, Space: "s1", Body: word, At: time.Unix(0, 0)}); err != nil {
			t.Fatal(err)
		}
		fmt.Println("put " + word)
	}
}

// TestTiersLoseNothing compares looking at the best tiers first with scoring every post that can answer.
func TestTiersLoseNothing(t *testing.T) {
	x, err := bleve.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer x.Close()
	if err := x.Put(t.Context(), slices.Collect(searchtest.Corpus(1500, 7))...); err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{"drikke", "kaffe", "mor drikker", "min bror fik tilbagefald", "alkoholbehandling", `"mor drikker"`, "søster penge skole"} {
		q := search.Query{Text: text, Spaces: []string{"space0", "space1", "space2"}}
		for _, loose := range []bool{false, true} {
			for _, keep := range []int{5, 20, 500} {
				fast, err := x.FindAll(t.Context(), q, loose, true, keep)
				if err != nil {
					t.Fatal(err)
				}
				slow, err := x.FindAll(t.Context(), q, loose, false, keep)
				if err != nil {
					t.Fatal(err)
				}
				score := func(a, b search.Hit) bool { return a.Score == b.Score } // equal ones may change places
				if !slices.EqualFunc(fast, slow, score) {
					t.Errorf("%q, loose %v, %d: got %v, want %v", text, loose, keep, fast, slow)
				}
			}
		}
	}
}

// TestDiskRefuses takes the place of the index's files away and gives it back, as a full disk does. The engine by itself
// goes on with memory that it has given back, and ends the process.
func TestDiskRefuses(t *testing.T) {
	place := t.TempDir()
	x := open(t, place)
	t.Cleanup(func() {
		if err := x.Close(); err != nil {
			t.Errorf("close: %v", err)
		}
	})
	put := func(id string) error {
		return x.Put(t.Context(), search.Document{ID: id, Space: "s1", Body: "håb", At: time.Date(2026, 3, 10, 12, 0, 0, 0, time.UTC)})
	}
	if err := put("before"); err != nil {
		t.Fatal(err)
	}
	stores, err := filepath.Glob(filepath.Join(place, "index-*", "store"))
	if err != nil || len(stores) != 1 {
		t.Fatalf("%d folders, %v", len(stores), err)
	}
	move := func(from, to string) {
		t.Helper()
		if err := os.Rename(from, to); err != nil {
			t.Fatal(err)
		}
	}
	move(stores[0], stores[0]+"-away")
	for range 5 {
		if err := put("meanwhile"); !fault.Is(err, fault.Unavailable) {
			t.Fatalf("a write that the disk refuses: %v", err)
		}
	}
	if hits, err := x.Find(t.Context(), search.Query{Text: "håb", Spaces: []string{"s1"}}); err != nil && !fault.Is(err, fault.Unavailable) {
		t.Errorf("meanwhile: %v, %v", hits, err)
	}
	move(stores[0]+"-away", stores[0])
	if err := put("after"); err != nil {
		t.Fatal(err)
	}
	hits, err := x.Find(t.Context(), search.Query{Text: "håb", Spaces: []string{"s1"}})
	if err != nil || len(hits) != 2 {
		t.Errorf("afterwards: %v, %v", hits, err)
	}
}
