package meili_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"samhold/internal/fault"
	"samhold/internal/search"
	"samhold/internal/search/meili"
	"samhold/internal/search/meili/meilitest"
)

// secret stands in every query and every post here, and in no error.
const secret = "hemmeligtord"

var noon = time.Date(2026, 11, 1, 12, 0, 0, 0, time.UTC)

func post(id string) search.Document {
	return search.Document{ID: id, Space: "s1", Title: secret, Body: secret, At: noon}
}

func options(s *meilitest.Server) meili.Options {
	return meili.Options{URL: s.URL, Key: leastKey, Prefix: "samhold-test", Ask: 5 * time.Second, Task: 5 * time.Second}
}

// opened is an index that was built with two posts.
func opened(t *testing.T, o meili.Options) *meili.Index {
	t.Helper()
	x, err := meili.Open(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = x.Close() })
	if err := x.Rebuild(t.Context(), fill("old1", "old2")); err != nil {
		t.Fatal(err)
	}
	return x
}

func fill(ids ...string) func(func(...search.Document) error) error {
	return func(put func(...search.Document) error) error {
		for _, id := range ids {
			if err := put(post(id)); err != nil {
				return err
			}
		}
		return nil
	}
}

func find(t *testing.T, x search.Index) []string {
	t.Helper()
	hits, err := x.Find(t.Context(), search.Query{Text: secret, Spaces: []string{"s1"}})
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, h := range hits {
		out = append(out, h.ID)
	}
	slices.Sort(out)
	return out
}

func wantFound(t *testing.T, x search.Index, want ...string) {
	t.Helper()
	if got := find(t, x); !slices.Equal(got, want) {
		t.Errorf("found %q, want %q", got, want)
	}
}

// wantFault checks an error: its kind, what it wraps, and that it gives nothing away.
func wantFault(t *testing.T, name string, err, is error) {
	t.Helper()
	if !fault.Is(err, fault.Unavailable) || !errors.Is(err, is) {
		t.Errorf("%s: got %v, want %v", name, err, is)
		return
	}
	for _, s := range []string{secret, leastKey, "http://", fmt.Sprintf("%x", secret)} {
		if strings.Contains(err.Error(), s) {
			t.Errorf("%s: the error gives away %q: %v", name, s, err)
		}
	}
}

// everything asks the index for each thing it can do.
func everything(ctx context.Context, x search.Index) map[string]error {
	_, find := x.Find(ctx, search.Query{Text: secret, Spaces: []string{"s1"}})
	_, count := x.Count(ctx)
	_, incomplete := x.Incomplete(ctx)
	_, build := x.Build(ctx)
	return map[string]error{
		"find": find, "count": count, "incomplete": incomplete, "build": build, "healthy": x.Healthy(ctx),
		"put": x.Put(ctx, post("new")), "delete": x.Delete(ctx, "old1"), "rebuild": x.Rebuild(ctx, fill("new")),
	}
}

func TestServerThatFails(t *testing.T) {
	reply := func(status int, contentType, body string) func(http.ResponseWriter, *http.Request) bool {
		return func(w http.ResponseWriter, _ *http.Request) bool {
			w.Header().Set("Content-Type", contentType)
			w.WriteHeader(status)
			fmt.Fprint(w, body)
			return true
		}
	}
	elsewhere := meilitest.New(t)
	for name, tc := range map[string]struct {
		before func(http.ResponseWriter, *http.Request) bool
		is     error
	}{
		"cut off": {func(w http.ResponseWriter, _ *http.Request) bool {
			c, _, err := w.(http.Hijacker).Hijack()
			if err == nil {
				_ = c.Close()
			}
			return true
		}, meili.ErrUnreachable},
		"slow": {func(_ http.ResponseWriter, r *http.Request) bool {
			<-r.Context().Done()
			return true
		}, meili.ErrSlow},
		"proxy without server": {reply(502, "text/html", "<h1>Bad gateway "+secret+"</h1>"), meili.ErrUnreachable},
		"wrong key":            {reply(403, "application/json", `{"message":"`+leastKey+`","code":"invalid_api_key"}`), meili.ErrKey},
		"no key":               {reply(401, "application/json", `{"message":"`+secret+`","code":"missing_authorization_header"}`), meili.ErrKey},
		"disk full":            {reply(422, "application/json", `{"message":"`+secret+`","code":"no_space_left_on_device"}`), meili.ErrDisk},
		"unknown code":         {reply(400, "application/json", `{"message":"`+secret+`","code":"`+secret+` HTTP"}`), meili.ErrRefused},
		"garbage":              {reply(200, "application/json", "{"+secret), meili.ErrUnreachable},
		"not the server":       {reply(404, "text/plain", secret), meili.ErrRefused},
		"sent elsewhere": {func(w http.ResponseWriter, r *http.Request) bool {
			http.Redirect(w, r, elsewhere.URL+r.URL.Path, http.StatusTemporaryRedirect)
			return true
		}, meili.ErrRefused},
	} {
		t.Run(name, func(t *testing.T) {
			s := standIn(t)
			o := options(s)
			if name == "slow" {
				o.Ask = 400 * time.Millisecond
			}
			x := opened(t, o)
			s.Before(tc.before)
			for what, err := range everything(t.Context(), x) {
				wantFault(t, what, err, tc.is)
			}
			_, err := meili.Open(t.Context(), o)
			wantFault(t, "open", err, tc.is)
			_, err = meili.Check(t.Context(), o)
			wantFault(t, "check", err, tc.is)
			// As soon as the server answers, everything goes on as before.
			s.Before(nil)
			wantFound(t, x, "old1", "old2")
			for what, err := range everything(t.Context(), x) {
				if err != nil {
					t.Errorf("%s afterwards: %v", what, err)
				}
			}
			wantFound(t, x, "new")
		})
	}
	if asked := elsewhere.Asked(); len(asked) > 0 {
		t.Errorf("another host was asked: %v", asked)
	}
}

func TestNoServer(t *testing.T) {
	o := options(standIn(t))
	o.URL = "http://127.0.0.1:1" // nothing listens there
	_, err := meili.Open(t.Context(), o)
	wantFault(t, "open", err, meili.ErrUnreachable)
}

func TestVersions(t *testing.T) {
	s := standIn(t)
	for version, ok := range map[string]bool{"1.18.0": true, "1.50.0": true, "2.0.0": true, "1.9.1": false, "1.17.9": false, "0.30.0": false, "": false, "new": false, "1.x.3": false} {
		s.SetVersion(version)
		o := options(s)
		o.Key = meilitest.MasterKey
		_, err := meili.Open(t.Context(), o)
		if ok && err != nil {
			t.Errorf("%q: %v", version, err)
		}
		if !ok {
			wantFault(t, version, err, meili.ErrOld)
		}
	}
	// With a key that may not ask, what the server knows tells.
	s.Before(func(w http.ResponseWriter, r *http.Request) bool {
		if !strings.HasSuffix(r.URL.Path, "/settings") {
			return false
		}
		w.Header().Set("Content-Type", "application/json")
		fmt.Fprint(w, `{"rankingRules":["words"]}`)
		return true
	})
	_, err := meili.Open(t.Context(), options(s))
	wantFault(t, "an old server and a poor key", err, meili.ErrOld)
}

func TestTasksThatFail(t *testing.T) {
	for name, tc := range map[string]struct {
		kind, code string
		is         error
	}{
		"task":         {"documentAdditionOrUpdate", "internal", meili.ErrTask},
		"disk full":    {"documentAdditionOrUpdate", "no_space_left_on_device", meili.ErrDisk},
		"settings":     {"settingsUpdate", "internal", meili.ErrTask},
		"index":        {"indexCreation", "internal", meili.ErrTask},
		"swap":         {"indexSwap", "internal", meili.ErrTask},
		"strange code": {"indexSwap", secret + " x", meili.ErrTask},
	} {
		t.Run(name, func(t *testing.T) {
			s := standIn(t)
			x := opened(t, options(s))
			s.FailTasks(tc.kind, tc.code, 1)
			err := x.Rebuild(t.Context(), func(put func(...search.Document) error) error {
				if err := put(post("new")); err != nil {
					return err
				}
				if tc.kind == "indexSwap" { // what is put meanwhile is not lost when the swap fails
					return x.Put(t.Context(), post("meanwhile"))
				}
				return nil
			})
			wantFault(t, "rebuild", err, tc.is)
			if got := s.Indexes(); !slices.Equal(got, []string{"samhold-test-posts"}) {
				t.Errorf("left behind: %q", got)
			}
			want := []string{"old1", "old2"}
			if tc.kind == "indexSwap" {
				want = []string{"meanwhile", "old1", "old2"}
			}
			wantFound(t, x, want...)
			if err := x.Rebuild(t.Context(), fill("new")); err != nil {
				t.Error(err)
			}
			wantFound(t, x, "new")
		})
	}
	s := standIn(t)
	x := opened(t, options(s))
	s.FailTasks("documentAdditionOrUpdate", "no_space_left_on_device", 1)
	wantFault(t, "put", x.Put(t.Context(), post("new")), meili.ErrDisk)
	wantFound(t, x, "old1", "old2")
	s.FailTasks("documentDeletion", "internal", 1)
	wantFault(t, "delete", x.Delete(t.Context(), "old1"), meili.ErrTask)
	if err := x.Delete(t.Context(), "old1"); err != nil {
		t.Error(err)
	}
	wantFound(t, x, "old2")
}

func TestServerThatIsBusy(t *testing.T) {
	s := standIn(t)
	o := options(s)
	o.Task = 30 * time.Millisecond
	x := opened(t, o)
	s.Hold()
	wantFault(t, "put", x.Put(t.Context(), post("late")), meili.ErrSlow)
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Millisecond)
	defer cancel()
	wantFault(t, "put with a deadline", x.Put(ctx, post("later")), context.DeadlineExceeded)
	wantFound(t, x, "old1", "old2") // finding does not wait for writing
	s.Release()
	wantFound(t, x, "late", "later", "old1", "old2")
}

// TestHalfDoneSwap: the process is gone, or has given up, before the server has swapped.
func TestHalfDoneSwap(t *testing.T) {
	s := standIn(t)
	o := options(s)
	x := opened(t, o)
	o.Task = 100 * time.Millisecond
	impatient, err := meili.Open(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	s.Before(func(_ http.ResponseWriter, r *http.Request) bool {
		if r.URL.Path == "/swap-indexes" {
			s.Hold()
		}
		return false
	})
	wantFault(t, "rebuild", impatient.Rebuild(t.Context(), fill("new")), meili.ErrSlow)
	s.Before(nil)
	wantFound(t, x, "old1", "old2")
	s.Release() // the swap, and then the dropping of the index that is not wanted
	wantFound(t, x, "new")
	if lacks, err := x.Incomplete(t.Context()); err != nil || lacks {
		t.Errorf("incomplete: %v, %v", lacks, err)
	}
	if got := s.Indexes(); !slices.Equal(got, []string{"samhold-test-posts"}) {
		t.Errorf("left behind: %q", got)
	}
}

// TestCrashedRebuild: what a process that died had built is dropped by the next one.
func TestCrashedRebuild(t *testing.T) {
	s := standIn(t)
	x := opened(t, options(s))
	other := options(s)
	ctx, die := context.WithCancel(t.Context())
	dying, err := meili.Open(t.Context(), other)
	if err != nil {
		t.Fatal(err)
	}
	err = dying.Rebuild(ctx, func(put func(...search.Document) error) error {
		if err := put(post("half")); err != nil {
			return err
		}
		s.Before(func(w http.ResponseWriter, r *http.Request) bool { // dead: it cannot clean up either
			w.WriteHeader(http.StatusBadGateway)
			return r.Method == http.MethodDelete
		})
		die()
		return put(post("never"))
	})
	if err == nil {
		t.Fatal("no error")
	}
	s.Before(nil)
	if n := len(s.Indexes()); n != 2 {
		t.Fatalf("%d indexes after the crash", n)
	}
	wantFound(t, x, "old1", "old2")
	if err := x.Rebuild(t.Context(), fill("new")); err != nil {
		t.Fatal(err)
	}
	wantFound(t, x, "new")
	if n := len(s.Indexes()); n != 1 {
		t.Errorf("%d indexes after the next rebuild", n)
	}
}

// TestTwoRebuilds: of two processes the one that began later wins, and the other changes nothing.
func TestTwoRebuilds(t *testing.T) {
	s := standIn(t)
	x := opened(t, options(s))
	y, err := meili.Open(t.Context(), options(s))
	if err != nil {
		t.Fatal(err)
	}
	err = x.Rebuild(t.Context(), func(put func(...search.Document) error) error {
		if err := put(post("first")); err != nil {
			return err
		}
		if err := x.Rebuild(t.Context(), fill("within")); !fault.Is(err, fault.Unavailable) {
			t.Errorf("two in one process: %v", err)
		}
		if err := y.Rebuild(t.Context(), fill("second")); err != nil {
			t.Error(err)
		}
		return put(post("more"))
	})
	if !fault.Is(err, fault.Unavailable) {
		t.Errorf("the first ended with %v", err)
	}
	wantFound(t, x, "second")
	if n := len(s.Indexes()); n != 1 {
		t.Errorf("%d indexes", n)
	}
}

func TestIndexThatIsGoneIsMadeAgain(t *testing.T) {
	for name, use := range map[string]func(search.Index) error{
		"find": func(x search.Index) error {
			_, err := x.Find(t.Context(), search.Query{Text: secret, Spaces: []string{"s1"}})
			return err
		},
		"put": func(x search.Index) error { return x.Put(t.Context(), post("new")) },
		"count": func(x search.Index) error {
			_, err := x.Count(t.Context())
			return err
		},
	} {
		t.Run(name, func(t *testing.T) {
			s := standIn(t)
			o := options(s)
			emptied := make(chan bool, 2)
			o.Emptied = func() { emptied <- true }
			x := opened(t, o)
			s.Lose()
			wantFault(t, name, use(x), meili.ErrGone)
			if got := s.Indexes(); len(got) != 0 {
				t.Errorf("an index without our settings: %q", got)
			}
			if lacks, err := x.Incomplete(t.Context()); err != nil || !lacks {
				t.Errorf("incomplete: %v, %v", lacks, err)
			}
			<-emptied
			wantFound(t, x)
			if err := x.Rebuild(t.Context(), fill("old1")); err != nil {
				t.Fatal(err)
			}
			wantFound(t, x, "old1")
			if len(emptied) > 0 {
				t.Error("told twice")
			}
		})
	}
}

// TestForeignSettings: somebody changed the index by hand. Nothing is found rather than too much, and then it is
// mended.
func TestForeignSettings(t *testing.T) {
	s := standIn(t)
	x := opened(t, options(s))
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPatch, s.URL+"/indexes/samhold-test-posts/settings",
		strings.NewReader(`{"filterableAttributes":[],"stopWords":["hemmeligtord"],"synonyms":{"a":["b"]}}`))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer "+meilitest.MasterKey)
	got, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	_ = got.Body.Close()
	if _, err := x.Find(t.Context(), search.Query{Text: secret, Spaces: []string{"s1"}}); !fault.Is(err, fault.Unavailable) {
		t.Errorf("got %v", err)
	}
	wantFound(t, x, "old1", "old2")
}

// TestServerThatLies: whatever the server answers, only what was asked for comes back.
func TestServerThatLies(t *testing.T) {
	s := standIn(t)
	x := opened(t, options(s))
	var body atomic.Value
	s.Before(func(w http.ResponseWriter, r *http.Request) bool {
		if r.URL.Path != "/multi-search" {
			return false
		}
		w.Header().Set("Content-Type", "application/json")
		fmt.Fprint(w, body.Load())
		return true
	})
	hit := func(id, space, alias string, at int64) string {
		return fmt.Sprintf(`{"id":"%x","s":"%x","u":%d,"a":["%x"],"w":"hemmeligtord"}`, id, space, at, alias)
	}
	hits := strings.Join([]string{
		hit("right", "s1", "ro", noon.UnixMicro()), hit("other space", "s2", "ro", noon.UnixMicro()), hit("other alias", "s1", "uro", noon.UnixMicro()),
		hit("too early", "s1", "ro", noon.UnixMicro()-1), `{"id":"xyz","s":"7331","u":1}`, `{}`, `{"id":"mark","complete":true}`,
	}, ",")
	body.Store(`{"hits":[` + hits + `]}`)
	got, err := x.Find(t.Context(), search.Query{Text: secret, Alias: "Ro", From: noon, Spaces: []string{"s1"}})
	if err != nil || len(got) != 1 || got[0].ID != "right" {
		t.Errorf("got %v, %v", got, err)
	}
	body.Store(`{"hits":[{"id":7}]}`)
	_, err = x.Find(t.Context(), search.Query{Text: secret, Spaces: []string{"s1"}})
	wantFault(t, "find", err, meili.ErrRefused)
}

func TestSettingsAreSentOnlyWhenTheyDiffer(t *testing.T) {
	s := standIn(t)
	opened(t, options(s))
	s.Asked()
	if _, err := meili.Open(t.Context(), options(s)); err != nil {
		t.Fatal(err)
	}
	for _, a := range s.Asked() {
		if !strings.HasPrefix(a, "GET ") && !strings.HasSuffix(a, "/fetch") {
			t.Errorf("asked again: %s", a)
		}
	}
}

func TestDocumentsHoldNoText(t *testing.T) {
	s := standIn(t)
	x := opened(t, options(s))
	d := search.Document{ID: "p", Space: "rummet", Alias: "Havblik", Title: "Min mor", Body: "Hun drak igen i går aftes", At: noon}
	if err := x.Put(t.Context(), d); err != nil {
		t.Fatal(err)
	}
	all := strings.Join(s.Documents("samhold-test-posts"), "\n")
	for _, text := range []string{"Min mor", "drak igen", "igen i går", "avblik", "rummet"} {
		if strings.Contains(all, text) {
			t.Errorf("the server knows %q", text)
		}
	}
}

// TestKeyNeedsAllItsRightsAndNoMore: without any one of the rights something fails, and with all of them nothing.
func TestKeyNeedsAllItsRightsAndNoMore(t *testing.T) {
	s := standIn(t)
	report, err := meili.Check(t.Context(), meili.Options{URL: s.URL, Key: leastKey})
	if err != nil || report.Version != "" || report.Mighty {
		t.Errorf("the key that the documentation asks for: %+v, %v", report, err)
	}
	if report, err := meili.Check(t.Context(), meili.Options{URL: s.URL, Key: meilitest.MasterKey}); err != nil || !report.Mighty || report.Version != "1.50.0" {
		t.Errorf("the master key: %+v, %v", report, err)
	}
	for _, missing := range meili.Actions {
		s.AddKey("poor", meilitest.Key{Actions: slices.DeleteFunc(slices.Clone(meili.Actions), func(a string) bool { return a == missing }), Patterns: []string{meili.Pattern}})
		_, err := meili.Check(t.Context(), meili.Options{URL: s.URL, Key: "poor"})
		wantFault(t, missing, err, meili.ErrKey)
	}
	s.AddKey("poor", meilitest.Key{Actions: meili.Actions, Patterns: []string{"samhold-posts"}})
	_, err = meili.Check(t.Context(), meili.Options{URL: s.URL, Key: "poor"})
	wantFault(t, "one index", err, meili.ErrKey)
	// Where a key may not delete, the trial's index is left; nothing else is.
	for _, name := range s.Indexes() {
		if !strings.HasPrefix(name, "samhold-check-") {
			t.Errorf("left behind: %s", name)
		}
	}
}
