package app_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"os/signal"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/gofiber/fiber/v2"

	"samhold/internal/app"
	"samhold/internal/clock"
	"samhold/internal/config"
	"samhold/internal/id"
	"samhold/internal/testkit"
)

// childVariable makes the test binary a process of Samhold as its settings say, until it is killed: one that serves, or
// one that rotates keys.
const childVariable = "SAMHOLD_TEST_CHILD"

const (
	childServes  = "serve"
	childRotates = "rotate"
)

func TestMain(m *testing.M) {
	if os.Getenv(childVariable) == "" {
		os.Exit(m.Run())
	}
	if err := child(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func child() error {
	env := map[string]string{}
	for _, pair := range os.Environ() {
		if name, value, _ := strings.Cut(pair, "="); strings.HasPrefix(name, "SAMHOLD_") && name != childVariable {
			env[name] = value
		}
	}
	c, err := config.Load(env)
	if err != nil {
		return err
	}
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM)
	defer stop()
	a, err := app.Open(ctx, c, app.Options{Log: slog.New(slog.DiscardHandler), MaxPosts: 1_000_000, Drain: time.Second})
	if err != nil {
		return err
	}
	if os.Getenv(childVariable) == childRotates {
		fmt.Println("rotates")
		_, err := a.RotateKeys(context.Background(), rotateGrace, func(string, int, int) {})
		return errors.Join(err, a.Close())
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	fmt.Println("http://" + l.Addr().String())
	return errors.Join(a.Run(ctx, l), a.Close())
}

// TestKilledWhileWriting kills a serving process again and again while people write. Whatever was answered with success
// must be there afterwards: the post, its case if it was urgent, and its place in the index once the jobs are done.
func TestKilledWhileWriting(t *testing.T) {
	if testing.Short() {
		t.Skip("kills processes for a while")
	}
	const kills, writers = 15, 4
	testkit.EachDatabase(t, func(t *testing.T, db *testkit.Database) {
		db.Clock.Set(clock.System{}.Now()) // the child has the machine's clock
		w := newPlace(t, db)
		w.room("home", "account", nobody)
		w.Exec(t, "UPDATE space SET approve_first_n = 0")
		hands := make([]hand, writers)
		for i := range hands {
			name := fmt.Sprintf("writer %d", i)
			w.person(name, 1980)
			w.enrol(name, "home", "", nobody, 9)
			hands[i] = newHand(t, w, w.clients[name])
		}
		w.start("writer 0", "home", "talk", nobody)
		path := "/t/" + w.ids["talk topic"] + "/reply"

		env := childSettings(t, db)
		var kept sync.Map // what was answered with success: id of the post, whether it is urgent
		var number atomic.Int64
		random := rand.New(rand.NewPCG(3, 9))
		for range kills {
			address, kill := startChild(t, childServes, env)
			var wg sync.WaitGroup
			dead, answered := make(chan struct{}), make(chan struct{}, 100)
			for i := range writers {
				wg.Go(func() {
					for {
						select {
						case <-dead:
							return
						default:
						}
						key, n := id.New(), number.Add(1)
						body, urgent := "Så skrev jeg "+word(key)+".", n%9 == 0
						if urgent {
							body += " Jeg tager mit eget liv i aften."
						}
						if hands[i].reply(address+path, key, body) {
							kept.Store(key, urgent)
							select {
							case answered <- struct{}{}:
							default:
							}
						}
					}
				})
			}
			enough := time.After(10 * time.Second)
			for range 1 + random.IntN(10) {
				select {
				case <-answered:
				case <-enough:
				}
			}
			time.Sleep(time.Duration(random.IntN(20_000)) * time.Microsecond) // anywhere between two answers
			kill()
			close(dead)
			wg.Wait()
		}

		db.Clock.Set(clock.System{}.Now().Add(time.Hour)) // what the dead had in hand is free again
		c, err := config.Load(env)
		w.must(err)
		a, err := app.Open(t.Context(), c, app.Options{Clock: db.Clock, Log: slog.New(slog.NewTextHandler(w.log, nil)), Volatile: true})
		w.must(err)
		defer a.Close()
		w.must(a.Index.Healthy(t.Context()))
		a.Runner.Drain(t.Context())
		if waiting := w.Int(t, "SELECT COUNT(*) FROM job WHERE kind <> 'sweep'"); waiting != 0 {
			t.Errorf("%d jobs are left over", waiting)
		}
		var posts, urgent int
		kept.Range(func(key, isUrgent any) bool {
			posts++
			if w.Int(t, "SELECT COUNT(*) FROM post WHERE id = ?", key) != 1 {
				t.Errorf("post %s was answered with success and is lost", key)
			}
			if w.Int(t, "SELECT COUNT(*) FROM assessment WHERE source_id = ?", key) != 1 {
				t.Errorf("post %s has no assessment", key)
			}
			if isUrgent.(bool) {
				urgent++
				if w.Int(t, "SELECT COUNT(*) FROM case_signal JOIN crisis_case ON crisis_case.id = case_id WHERE source_id = ?", key) != 1 {
					t.Errorf("urgent post %s has no case", key)
				}
			}
			return true
		})
		// Nothing is half there: every post is assessed, every urgent one is in a case, and all that is shown is indexed.
		if n := w.Int(t, "SELECT COUNT(*) FROM post WHERE NOT EXISTS (SELECT 1 FROM assessment WHERE source_id = post.id)"); n != 0 {
			t.Errorf("%d posts are not assessed", n)
		}
		if n := w.Int(t, `SELECT COUNT(*) FROM assessment WHERE level IN ('red', 'crisis')
			AND NOT EXISTS (SELECT 1 FROM case_signal WHERE assessment_id = assessment.id)`); n != 0 {
			t.Errorf("%d urgent texts have no case", n)
		}
		shown := w.Int(t, "SELECT COUNT(*) FROM post WHERE visibility = 'visible'")
		if indexed, err := a.Index.Count(t.Context()); err != nil || int(indexed) != shown {
			t.Errorf("%d posts in the index, want %d; %v", indexed, shown, err)
		}
		result, err := a.Area.Audit.Verify(t.Context(), nil)
		if err != nil || len(result.Problems) > 0 {
			t.Errorf("the audit log: %v %v", result.Problems, err)
		}
		t.Logf("%d kills, %d answers with success (%d urgent), %d posts in all", kills, posts, urgent, w.Int(t, "SELECT COUNT(*) FROM post"))
		if posts < kills || urgent == 0 {
			t.Errorf("only %d posts and %d urgent ones were answered: the test shows nothing", posts, urgent)
		}
	})
}

// reply reports whether the server said that the post is saved.
func (h hand) reply(address, key, body string) bool {
	req, err := http.NewRequest(http.MethodPost, address, strings.NewReader(url.Values{"_csrf": {h.token}, "key": {key}, "body": {body}}.Encode()))
	if err != nil {
		return false
	}
	req.Header.Set("Content-Type", fiber.MIMEApplicationForm)
	req.AddCookie(&http.Cookie{Name: "session", Value: h.session})
	req.AddCookie(&http.Cookie{Name: "seed", Value: h.seed})
	res, err := http.DefaultTransport.RoundTrip(req)
	if err != nil {
		return false
	}
	defer res.Body.Close()
	page, err := io.ReadAll(res.Body)
	return err == nil && (res.StatusCode == http.StatusSeeOther || res.StatusCode == http.StatusOK && strings.Contains(string(page), "tel:"))
}

// childSettings are the settings of the world as variables, with an index of their own.
func childSettings(t *testing.T, db *testkit.Database) map[string]string {
	t.Helper()
	return map[string]string{
		"SAMHOLD_BASE_URL": "http://localhost:8080", "SAMHOLD_EXIT_URL": "http://neutral.test/", "SAMHOLD_DATABASE_URL": db.URL,
		"SAMHOLD_SEARCH_URL": "bleve:" + t.TempDir(), "SAMHOLD_SECRET_KEY": testSecretKey,
	}
}

// startChild runs this test binary as such a process, and returns the first line that it prints, which is the address
// of one that serves, and how to kill it.
func startChild(t *testing.T, does string, env map[string]string) (address string, kill func()) {
	t.Helper()
	address, cmd := childProcess(t, does, env)
	return address, func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait() // says that it was killed
	}
}

func childProcess(t *testing.T, does string, env map[string]string) (address string, cmd *exec.Cmd) {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd = exec.Command(self)
	cmd.Env = []string{childVariable + "=" + does, "PATH=" + os.Getenv("PATH"), "TMPDIR=" + os.TempDir()} //nolint:usetesting // the child keeps what it makes
	for name, value := range env {
		cmd.Env = append(cmd.Env, name+"="+value)
	}
	var complaints buffer
	cmd.Stderr = &complaints
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	if address, err = bufio.NewReader(out).ReadString('\n'); err != nil {
		_ = cmd.Process.Kill()
		_ = cmd.Wait() // says that it was killed
		t.Fatalf("the child does not serve: %v: %s", err, &complaints)
	}
	return strings.TrimSpace(address), cmd
}
