//go:build bench

package bench_test

import (
	"bytes"
	"database/sql"
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
	"syscall"
	"testing"
	"time"

	"github.com/gofiber/fiber/v2"
	_ "github.com/jackc/pgx/v5/stdlib" // the driver named "pgx"
	gormpg "gorm.io/driver/postgres"
	"gorm.io/driver/sqlite"
	"gorm.io/gorm"
	"gorm.io/gorm/schema"

	"samhold/internal/app"
	"samhold/internal/id"
	"samhold/internal/testkit/postgres"
	"samhold/internal/topic"
)

// The size of the community, and of the load. The numbers of other forums in docs/bench.md were measured with it.
// SAMHOLD_TEST_BENCH_COMMUNITY gives another number of posts, where there is little time.
func community() (members, topics, posts string) {
	n := 200_000
	if given, err := strconv.Atoi(os.Getenv("SAMHOLD_TEST_BENCH_COMMUNITY")); err == nil {
		n = given
	}
	return strconv.Itoa(max(n/100, 200)), strconv.Itoa(n / 10), strconv.Itoa(n)
}

const (
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
	dialector := gormpg.Open(databaseURL)
	if path, ok := strings.CutPrefix(databaseURL, "sqlite:"); ok {
		dialector = &sqlite.Dialector{DriverName: "sqlite", DSN: path}
	}
	db, err := gorm.Open(dialector, &gorm.Config{PrepareStmt: true, NamingStrategy: schema.NamingStrategy{SingularTable: true}})
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
	server, err := postgres.Start(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Stop() })
	binary := filepath.Join(t.TempDir(), "samhold")
	run(t, os.Environ(), "go", "build", "-trimpath", "-o", binary, "samhold/cmd/samhold")
	t.Run("PostgreSQL", func(t *testing.T) { measureAll(t, binary, server.URL()) })
	t.Run("SQLite", func(t *testing.T) { measureAll(t, binary, "sqlite:"+filepath.Join(t.TempDir(), "samhold.db")) })
}

func measureAll(t *testing.T, binary, databaseURL string) {
	address := free(t)
	env := append(os.Environ(),
		"SAMHOLD_LISTEN="+address, "SAMHOLD_BASE_URL=http://"+address, "SAMHOLD_DATABASE_URL="+databaseURL,
		"SAMHOLD_SEARCH_URL=bleve:"+filepath.Join(t.TempDir(), "search"), "SAMHOLD_TRUSTED_PROXIES=127.0.0.1", "SAMHOLD_SECRET_KEY=Kk9x0zq3yTqJk1Zb7mVfY2rWnE8sLdG5hQpXcUaBiOo=")
	run(t, env, binary, "migrate", "up")
	members, topics, posts := community()
	filling := run(t, env, binary, "fill", "--members", members, "--topics", topics, "--posts", posts)
	indexing := run(t, env, binary, "reindex")
	db := open(t, databaseURL)
	if !strings.HasPrefix(databaseURL, "sqlite:") { // does it by itself, a little later
		if _, err := db.ExecContext(t.Context(), "VACUUM ANALYZE"); err != nil {
			t.Fatal(err)
		}
	}

	serve := start(t, env, address, binary, "serve")
	w := newWorld(t, db, "http://"+address)
	used := watch(serve.Process.Pid)
	fmt.Printf("\n%s: %d cores, Go %s; filled in %s, indexed in %s\n\n", t.Name(), runtime.NumCPU(), runtime.Version(), filling, indexing)
	fmt.Printf("| what | per second | p50 ms | p99 ms | failed |\n|---|---|---|---|---|\n")
	bare := func() {
		referenceAddress := free(t)
		reference := start(t, append(env, referenceEnv+"="+referenceAddress), referenceAddress, os.Args[0])
		w.measure("bare Fiber handler, 20 rows", func(_ *session, r *rand.Rand) (int, error) {
			return get(http.DefaultClient, "http://"+referenceAddress+"/t/"+w.topics[r.IntN(len(w.topics))])
		})
		stop(reference)
	}
	bare()
	w.measure("topic page, signed in", func(s *session, r *rand.Rand) (int, error) {
		return get(s.client, w.base+"/t/"+w.topics[r.IntN(len(w.topics))])
	})
	bare() // again, because what else the machine does changes
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
	w.measureSignIn(t)
	fmt.Printf("\nmemory of the server: %s; first visit: %s\n\n", used(), firstVisit(t, w.base))
	stop(serve)
	measureBackup(t, binary, databaseURL, env, db)
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
	names          []string // of those who sign in
	sessions       []*session
}

func newWorld(t *testing.T, db *sql.DB, base string) *world {
	w := &world{t: t, base: base}
	w.topics = column(t, db, "SELECT id FROM topic WHERE post_count >= 20 ORDER BY id LIMIT 2000")
	w.spaces = column(t, db, "SELECT id FROM space")
	w.names = column(t, db, "SELECT name FROM account ORDER BY id LIMIT "+strconv.Itoa(sessions))
	for _, name := range w.names {
		w.sessions = append(w.sessions, signIn(t, base, name))
	}
	return w
}

// open opens the database beside the server.
func open(t *testing.T, databaseURL string) *sql.DB {
	driver, source := "pgx", databaseURL
	if path, ok := strings.CutPrefix(databaseURL, "sqlite:"); ok {
		driver, source = "sqlite", path
	}
	db, err := sql.Open(driver, source)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

func column(t *testing.T, db *sql.DB, query string) []string {
	rows, err := db.QueryContext(t.Context(), query)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var values []string
	for rows.Next() {
		var v string
		if err := rows.Scan(&v); err != nil {
			t.Fatal(err)
		}
		values = append(values, v)
	}
	if rows.Err() != nil || len(values) == 0 {
		t.Fatalf("%s: %v, %d rows", query, rows.Err(), len(values))
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

// watch looks at a process's memory until the answer is asked for: now and at most, apart its own and that of files mapped
// into it (the program and the index), which the system takes back when it needs them.
func watch(pid int) func() string {
	var most [2]int
	end, ended := make(chan bool), make(chan bool)
	go func() {
		defer close(ended)
		for {
			for i, now := range memory(pid) {
				most[i] = max(most[i], now)
			}
			select {
			case <-end:
				return
			case <-time.After(100 * time.Millisecond):
			}
		}
	}()
	return func() string {
		close(end)
		<-ended
		now := memory(pid)
		return fmt.Sprintf("its own %d MB, at most %d MB; of mapped files %d MB, at most %d MB", now[0], most[0], now[1], most[1])
	}
}

// memory is a process's own memory and that of mapped files, in megabytes.
func memory(pid int) (now [2]int) {
	body, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return now
	}
	for line := range strings.Lines(string(body)) {
		f := strings.Fields(line)
		for i, name := range []string{"RssAnon:", "RssFile:"} {
			if f[0] == name {
				kb, _ := strconv.Atoi(f[1])
				now[i] = kb / 1000
			}
		}
	}
	return now
}

// run runs a command to its end and says how long it took and how much memory.
func run(t *testing.T, env []string, name string, args ...string) string {
	cmd := exec.CommandContext(bounded(t), name, args...)
	cmd.Env = env
	started := time.Now()
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%s %v: %v\n%s", name, args, err, bytes.TrimSpace(out))
	}
	used := cmd.ProcessState.SysUsage().(*syscall.Rusage)
	return fmt.Sprintf("%.1f s (%d MB at most)", time.Since(started).Seconds(), used.Maxrss/1000)
}

// output runs a command to its end and returns what it prints.
func output(t *testing.T, env []string, name string, args ...string) string {
	cmd := exec.CommandContext(bounded(t), name, args...)
	cmd.Env = env
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%s %v: %v\n%s", name, args, err, bytes.TrimSpace(out))
	}
	return string(out)
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

func free(t *testing.T) string {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}
