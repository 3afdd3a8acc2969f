//go:build bench

package bench_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/jackc/pgx/v5"
	gormpg "gorm.io/driver/postgres"
	"gorm.io/gorm"
	"gorm.io/gorm/schema"

	"samhold/internal/app"
	"samhold/internal/id"
	"samhold/internal/testkit/postgres"
	"samhold/internal/topic"
)

// The size of the community and of the load. The numbers of other forums in docs/bench.md were measured with it.
const (
	members     = "2000"
	topics      = "20000"
	posts       = "200000"
	connections = 16
	sessions    = 96
	lasts       = 10 * time.Second
)

const referenceEnv = "SAMHOLD_BENCH_REFERENCE"

func TestMain(m *testing.M) {
	if address := os.Getenv(referenceEnv); address != "" {
		if err := serveReference(address, os.Getenv("SAMHOLD_DATABASE_URL")); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

// serveReference is the yardstick: Fiber, the same GORM and pool, twenty rows by topic, as JSON and nothing else.
func serveReference(address, databaseURL string) error {
	db, err := gorm.Open(gormpg.Open(databaseURL), &gorm.Config{PrepareStmt: true, NamingStrategy: schema.NamingStrategy{SingularTable: true}})
	if err != nil {
		return err
	}
	pool, err := db.DB()
	if err != nil {
		return err
	}
	pool.SetMaxOpenConns(connections)
	pool.SetMaxIdleConns(connections)
	bare := fiber.New(fiber.Config{DisableStartupMessage: true})
	bare.Get("/t/:id", func(c *fiber.Ctx) error {
		var rows []topic.Post
		if err := db.WithContext(c.UserContext()).Where("topic_id = ?", c.Params("id")).Order("seq").Limit(20).Find(&rows).Error; err != nil {
			return err
		}
		return c.JSON(rows)
	})
	return bare.Listen(address)
}

func TestBench(t *testing.T) {
	ctx := t.Context()
	server, err := postgres.Start(ctx)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Stop() })
	dir := t.TempDir()
	binary := filepath.Join(dir, "samhold")
	run(t, nil, "go", "build", "-trimpath", "-o", binary, "samhold/cmd/samhold")
	address := free(t)
	env := append(os.Environ(),
		"SAMHOLD_LISTEN="+address, "SAMHOLD_BASE_URL=http://"+address, "SAMHOLD_DATABASE_URL="+server.URL(),
		"SAMHOLD_SEARCH_URL=bleve:"+filepath.Join(dir, "search"), "SAMHOLD_SECRET_KEY=Kk9x0zq3yTqJk1Zb7mVfY2rWnE8sLdG5hQpXcUaBiOo=")
	run(t, env, binary, "migrate", "up")
	started := time.Now()
	run(t, env, binary, "fill", "--members", members, "--topics", topics, "--posts", posts)
	filled := time.Since(started)
	started = time.Now()
	run(t, env, binary, "reindex")
	indexed := time.Since(started)
	exec1(t, ctx, server.URL(), "VACUUM ANALYZE")

	serve := start(t, env, address, binary, "serve")
	w := newWorld(t, ctx, server.URL(), "http://"+address)
	fmt.Printf("\n%d cores, Go %s; filled in %.1f s, indexed in %.1f s\n\n", runtime.NumCPU(), runtime.Version(), filled.Seconds(), indexed.Seconds())
	fmt.Printf("| what | per second | p50 ms | p99 ms | failed |\n|---|---|---|---|---|\n")
	referenceAddress := free(t)
	reference := start(t, append(env, referenceEnv+"="+referenceAddress), referenceAddress, os.Args[0])
	w.measure("bare Fiber handler, 20 rows", func(_ *session, r *rand.Rand) (int, error) {
		return get(http.DefaultClient, "http://"+referenceAddress+"/t/"+w.topics[r.IntN(len(w.topics))])
	})
	stop(reference)
	w.measure("topic page, signed in", func(s *session, r *rand.Rand) (int, error) {
		return get(s.client, w.base+"/t/"+w.topics[r.IntN(len(w.topics))])
	})
	w.measure("topic list, signed in", func(s *session, r *rand.Rand) (int, error) {
		return get(s.client, w.base+"/s/"+w.spaces[r.IntN(len(w.spaces))])
	})
	w.measure("search, with its result page", func(s *session, r *rand.Rand) (int, error) {
		return s.post(w.base+"/search", url.Values{"q": {queries[r.IntN(len(queries))]}})
	})
	w.measure("saving a reply", func(s *session, r *rand.Rand) (int, error) {
		return s.send(w.base+"/t/"+w.topics[r.IntN(len(w.topics))]+"/reply", url.Values{"key": {id.New()}, "body": {reply}})
	})
	w.measure("sign-in page, guest", func(_ *session, _ *rand.Rand) (int, error) { return get(http.DefaultClient, w.base+"/signin") })
	fmt.Printf("\nmemory of the server: %s; first visit: %s\n\n", memory(serve.Process.Pid), firstVisit(t, w.base))
	stop(serve)
}

var queries = []string{
	"tilbagefaldet", "behandling", "min bror", "julen kommunen", "nøglen", "aftenen med kaffe", "tilbagefadl", "økonomien", "børn",
}

const reply = "Tak, fordi du skrev det her. Jeg kender det godt fra os selv, og det tog lang tid, før vi fandt en måde at tale om det på. " +
	"Det, der hjalp mig, var at gå en tur hver aften og ringe til min søster bagefter. Det løste ikke noget, men jeg sov bedre, og " +
	"næste dag var det lidt lettere at være venlig. Jeg håber, du har nogen omkring dig."

type session struct {
	client *http.Client
	csrf   string
}

type world struct {
	t              *testing.T
	base           string
	topics, spaces []string
	sessions       []*session
}

func newWorld(t *testing.T, ctx context.Context, databaseURL, base string) *world {
	w := &world{t: t, base: base}
	conn, err := pgx.Connect(ctx, databaseURL)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(ctx)
	w.topics = column(t, conn, "SELECT id FROM topic WHERE post_count >= 20 ORDER BY id LIMIT 2000")
	w.spaces = column(t, conn, "SELECT id FROM space")
	names := column(t, conn, "SELECT name FROM account ORDER BY id LIMIT "+strconv.Itoa(sessions))
	for _, name := range names {
		w.sessions = append(w.sessions, signIn(t, base, name))
	}
	return w
}

func column(t *testing.T, conn *pgx.Conn, query string) []string {
	rows, err := conn.Query(context.Background(), query)
	if err != nil {
		t.Fatal(err)
	}
	values, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil || len(values) == 0 {
		t.Fatalf("%s: %v, %d rows", query, err, len(values))
	}
	return values
}

var token = regexp.MustCompile(`name="_csrf" value="([^"]+)"`)

func signIn(t *testing.T, base, name string) *session {
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	s := &session{client: &http.Client{Jar: jar, Transport: &http.Transport{MaxIdleConnsPerHost: 1, DisableCompression: false}}}
	s.fetchToken(t, base+"/signin")
	if _, err := s.post(base+"/signin", url.Values{"name": {name}, "passphrase": {app.DemoPassphrase}}); err != nil {
		t.Fatal(err)
	}
	s.fetchToken(t, base+"/search")
	return s
}

func (s *session) fetchToken(t *testing.T, address string) {
	res, err := s.client.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	m := token.FindSubmatch(body)
	if m == nil {
		t.Fatalf("%s has no form: %d", address, res.StatusCode)
	}
	s.csrf = string(m[1])
}

// post sends a form and follows the answer.
func (s *session) post(address string, form url.Values) (int, error) {
	form.Set("_csrf", s.csrf)
	return finish(s.client.PostForm(address, form))
}

// send sends a form and is content with the redirect.
func (s *session) send(address string, form url.Values) (int, error) {
	form.Set("_csrf", s.csrf)
	direct := *s.client
	direct.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return finish(direct.PostForm(address, form))
}

func get(client *http.Client, address string) (int, error) { return finish(client.Get(address)) }

func finish(res *http.Response, err error) (int, error) {
	if err != nil {
		return 0, err
	}
	defer res.Body.Close()
	_, err = io.Copy(io.Discard, res.Body)
	return res.StatusCode, err
}

// measure lets each connection do op one after the other for a while, after a second to warm up, and prints a row.
func (w *world) measure(name string, op func(*session, *rand.Rand) (int, error)) {
	http.DefaultTransport.(*http.Transport).MaxIdleConnsPerHost = connections
	w.load(time.Second, op)
	took, failed, elapsed := w.load(lasts, op)
	slices.Sort(took)
	at := func(q float64) float64 {
		if len(took) == 0 {
			return 0
		}
		return float64(took[int(q*float64(len(took)-1))].Microseconds()) / 1000
	}
	fmt.Printf("| %s | %.0f | %.1f | %.1f | %d |\n", name, float64(len(took))/elapsed.Seconds(), at(.5), at(.99), failed)
}

func (w *world) load(d time.Duration, op func(*session, *rand.Rand) (int, error)) ([]time.Duration, int64, time.Duration) {
	var mu sync.Mutex
	var all []time.Duration
	var failed atomic.Int64
	var wg sync.WaitGroup
	started := time.Now()
	for c := range connections {
		wg.Go(func() {
			r := rand.New(rand.NewPCG(uint64(c), 7))
			var mine []time.Duration
			for i := c; time.Since(started) < d; i += connections {
				begin := time.Now()
				status, err := op(w.sessions[i%len(w.sessions)], r)
				if err != nil || status >= 400 {
					failed.Add(1)
					continue
				}
				mine = append(mine, time.Since(begin))
			}
			mu.Lock()
			defer mu.Unlock()
			all = append(all, mine...)
		})
	}
	wg.Wait()
	return all, failed.Load(), time.Since(started)
}

// firstVisit adds up what a browser loads for the welcome page, compressed.
func firstVisit(t *testing.T, base string) string {
	fetch := func(path string) (int, []byte) {
		req, err := http.NewRequest(http.MethodGet, base+path, nil)
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("Accept-Encoding", "br")
		res, err := (&http.Transport{DisableCompression: true}).RoundTrip(req)
		if err != nil {
			t.Fatal(err)
		}
		defer res.Body.Close()
		body, err := io.ReadAll(res.Body)
		if err != nil {
			t.Fatal(err)
		}
		return len(body), body
	}
	html, _ := fetch("/")
	res, err := http.Get(base + "/")
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	page, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	total, files := html, map[string]bool{}
	for _, m := range regexp.MustCompile(`/static/[^"#]+`).FindAllString(string(page), -1) {
		files[m] = true
		if strings.HasSuffix(m, "atkinson-400.woff2") {
			files[strings.Replace(m, "-400.", "-700.", 1)] = true
		}
	}
	for f := range files {
		n, _ := fetch(f)
		total += n
	}
	return fmt.Sprintf("%.1f kB in %d requests", float64(total)/1000, len(files)+1)
}

func memory(pid int) string {
	body, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return "unknown"
	}
	var out []string
	for line := range strings.Lines(string(body)) {
		if strings.HasPrefix(line, "VmRSS:") || strings.HasPrefix(line, "VmHWM:") {
			f := strings.Fields(line)
			kb, _ := strconv.Atoi(f[1])
			out = append(out, fmt.Sprintf("%s %d MB", map[string]string{"VmRSS:": "now", "VmHWM:": "at most"}[f[0]], kb/1000))
		}
	}
	return strings.Join(out, ", ")
}

func run(t *testing.T, env []string, name string, args ...string) {
	cmd := exec.Command(name, args...)
	cmd.Env = env
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%s %v: %v\n%s", name, args, err, bytes.TrimSpace(out))
	}
}

func start(t *testing.T, env []string, address, name string, args ...string) *exec.Cmd {
	cmd := exec.Command(name, args...)
	cmd.Env = env
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { stop(cmd) })
	for range 200 {
		if conn, err := net.DialTimeout("tcp", address, time.Second); err == nil {
			conn.Close()
			return cmd
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Fatalf("%s does not answer", name)
	return nil
}

func stop(cmd *exec.Cmd) {
	_ = cmd.Process.Signal(os.Interrupt)
	_, _ = cmd.Process.Wait()
}

func exec1(t *testing.T, ctx context.Context, databaseURL, statement string) {
	conn, err := pgx.Connect(ctx, databaseURL)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(ctx)
	if _, err := conn.Exec(ctx, statement); err != nil {
		t.Fatal(err)
	}
}

func free(t *testing.T) string {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}
