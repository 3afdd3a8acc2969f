package app_test

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gofiber/fiber/v2"

	"samhold/internal/app"
	"samhold/internal/clock"
	"samhold/internal/config"
	"samhold/internal/testkit"
)

// talk is a room with one topic in which members write, while what they write on is killed, replaced, cut off or full.
type talk struct {
	*world
	hands []hand
	path  string // where a reply is sent

	mu   sync.Mutex
	kept map[string]bool // what was answered with success: id of the post, whether it is urgent
}

func newTalk(t *testing.T, w *world, members int) *talk {
	t.Helper()
	w.room("home", "account", nobody)
	w.Exec(t, "UPDATE space SET approve_first_n = 0")
	k := &talk{world: w, kept: map[string]bool{}}
	for i := range members {
		name := fmt.Sprintf("writer %d", i)
		w.person(name, 1980)
		w.enrol(name, "home", "", nobody, 9)
		k.hands = append(k.hands, newHand(t, w, w.clients[name]))
	}
	w.start("writer 0", "home", "talk", nobody)
	k.path = "/t/" + w.ids["talk topic"] + "/reply"
	return k
}

// newTalkNow is a talk for processes of their own, which have the machine's clock.
func newTalkNow(t *testing.T, db *testkit.Database, members int) *talk {
	t.Helper()
	db.Clock.Set(clock.System{}.Now())
	return newTalk(t, newPlace(t, db), members)
}

// keep notes a reply that was answered with success.
func (k *talk) keep(post string, urgent bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.kept[post] = urgent
}

// counts are how many replies were answered with success, and how many of them were urgent.
func (k *talk) counts() (posts, urgent int) {
	k.mu.Lock()
	defer k.mu.Unlock()
	for _, u := range k.kept {
		if u {
			urgent++
		}
	}
	return len(k.kept), urgent
}

// check holds that whatever was answered with success is there once, with its assessment and, if it was urgent, its
// case; and that nothing is half there, whoever was told what.
func (k *talk) check() {
	k.t.Helper()
	for post, urgent := range k.kept {
		if k.Int(k.t, "SELECT COUNT(*) FROM post WHERE id = ?", post) != 1 {
			k.t.Errorf("post %s was answered with success and is lost", post)
		}
		if k.Int(k.t, "SELECT COUNT(*) FROM assessment WHERE source_id = ?", post) != 1 {
			k.t.Errorf("post %s has no assessment", post)
		}
		if urgent && k.Int(k.t, "SELECT COUNT(*) FROM case_signal JOIN crisis_case ON crisis_case.id = case_id WHERE source_id = ?", post) != 1 {
			k.t.Errorf("urgent post %s has no case", post)
		}
	}
	if n := k.Int(k.t, "SELECT COUNT(*) FROM post WHERE NOT EXISTS (SELECT 1 FROM assessment WHERE source_id = post.id)"); n != 0 {
		k.t.Errorf("%d posts are not assessed", n)
	}
	if n := k.Int(k.t, `SELECT COUNT(*) FROM assessment WHERE level IN ('red', 'crisis')
		AND NOT EXISTS (SELECT 1 FROM case_signal WHERE assessment_id = assessment.id)`); n != 0 {
		k.t.Errorf("%d urgent texts have no case", n)
	}
	result, err := k.app.Area.Audit.Verify(k.t.Context(), nil)
	if err != nil || len(result.Problems) > 0 {
		k.t.Errorf("the audit log: %v %v", result.Problems, err)
	}
}

// catchUp opens the installation with these settings an hour later, when what the dead had in hand is free again, lets
// it do its jobs, and holds that none is left and that all that is shown is indexed.
func (k *talk) catchUp(env map[string]string) *app.App {
	k.t.Helper()
	k.Clock.Set(clock.System{}.Now().Add(time.Hour))
	c, err := config.Load(env)
	k.must(err)
	a, err := app.Open(k.t.Context(), c, app.Options{Clock: k.Clock, Log: slog.New(slog.NewTextHandler(k.log, nil)), Volatile: true})
	k.must(err)
	k.t.Cleanup(func() { k.must(a.Close()) })
	k.must(a.Index.Healthy(k.t.Context()))
	a.Runner.Drain(k.t.Context())
	if waiting := k.Int(k.t, "SELECT COUNT(*) FROM job WHERE kind <> 'sweep' AND kind <> 'backup'"); waiting != 0 {
		k.t.Errorf("%d jobs are left over", waiting)
	}
	k.indexed(a)
	return a
}

// indexed holds that the index has every post that is shown, and returns how many.
func (k *talk) indexed(a *app.App) int {
	k.t.Helper()
	shown := k.Int(k.t, "SELECT COUNT(*) FROM post WHERE visibility = 'visible'")
	if indexed, err := a.Index.Count(k.t.Context()); err != nil || int(indexed) != shown {
		k.t.Errorf("%d posts in the index, want %d; %v", indexed, shown, err)
	}
	return shown
}

// said is what a process said to a form.
type said struct {
	status int
	to     string // where it leads
	page   string
}

// saved reports whether the answer says that a reply is saved: it leads on, or shows the card.
func (a said) saved() bool {
	return a.status == http.StatusSeeOther && !strings.HasPrefix(a.to, "/signin") || a.status == http.StatusOK && strings.Contains(a.page, "tel:")
}

// post sends a form to a process at an address.
func (h hand) post(ctx context.Context, address string, fields url.Values) (said, error) {
	fields.Set("_csrf", h.token)
	return h.ask(ctx, http.MethodPost, address, fields.Encode())
}

func (h hand) ask(ctx context.Context, method, address, body string) (said, error) {
	req, err := http.NewRequestWithContext(ctx, method, address, strings.NewReader(body))
	if err != nil {
		return said{}, err
	}
	req.Header.Set("Content-Type", fiber.MIMEApplicationForm)
	req.AddCookie(&http.Cookie{Name: "session", Value: h.session})
	req.AddCookie(&http.Cookie{Name: "seed", Value: h.seed})
	res, err := http.DefaultTransport.RoundTrip(req)
	if err != nil {
		return said{}, err
	}
	defer res.Body.Close()
	page, err := io.ReadAll(res.Body)
	return said{status: res.StatusCode, to: res.Header.Get("Location"), page: string(page)}, err
}

// reply reports whether the server said that the post is saved.
func (h hand) reply(address, key, body string) bool {
	a, err := h.post(context.Background(), address, url.Values{"key": {key}, "body": {body}})
	return err == nil && a.saved()
}
