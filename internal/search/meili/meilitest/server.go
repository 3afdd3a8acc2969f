// Package meilitest is a stand-in for a Meilisearch server, for tests: it keeps indexes, settings, documents and tasks
// as the documentation of the server's HTTP interface says, as far as Samhold uses it, and fails on demand. What it
// does not know it refuses, so that a test cannot pass by asking for something that no server has. It must never
// be more lenient than the real one; the suite runs on both.
package meilitest

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"path"
	"slices"
	"strings"
	"sync"
	"testing"
)

// Server is the stand-in. Its zero faults mean that everything works.
type Server struct {
	URL string

	mu       sync.Mutex
	version  string
	keys     map[string]Key
	indexes  map[string]*index
	tasks    []*task
	waiting  []func() // tasks that are held
	held     bool
	failures []failure
	asked    []string
	sent     []string
	before   func(http.ResponseWriter, *http.Request) bool
}

// Key is what a key may do, on the indexes whose names match one of the patterns.
type Key struct {
	Actions  []string
	Patterns []string
}

// MasterKey may do everything.
const MasterKey = "stand-in-master-key"

// failure makes tasks of a kind fail.
type failure struct {
	kind, code string
	times      int
}

// New starts a stand-in that ends with the test.
func New(t testing.TB) *Server {
	t.Helper()
	s := &Server{version: "1.50.0", keys: map[string]Key{MasterKey: {Actions: []string{"*"}, Patterns: []string{"*"}}}, indexes: map[string]*index{}}
	web := httptest.NewServer(s.routes())
	t.Cleanup(web.Close)
	s.URL = web.URL
	return s
}

// SetVersion changes what the server says it is.
func (s *Server) SetVersion(v string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.version = v
}

// AddKey adds a key. Like the server it refuses one that is bound to indexes and has a right that is not.
func (s *Server) AddKey(key string, k Key) {
	if slices.Contains(k.Actions, "version") && !slices.Contains(k.Patterns, "*") {
		panic("index_scoped_api_key_with_global_action")
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.keys[key] = k
}

// Before lets a function look at every request first; true means that it has answered.
func (s *Server) Before(f func(http.ResponseWriter, *http.Request) bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.before = f
}

// FailTasks makes the next so many tasks of a kind, such as documentAdditionOrUpdate, fail with a code.
func (s *Server) FailTasks(kind, code string, times int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.failures = append(s.failures, failure{kind, code, times})
}

// Hold leaves tasks in the queue until Release.
func (s *Server) Hold() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.held = true
}

// Release does the tasks that were held.
func (s *Server) Release() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.held = false
	for _, do := range s.waiting {
		do()
	}
	s.waiting = nil
}

// Lose forgets every index, as after the loss of the server's disk.
func (s *Server) Lose() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.indexes = map[string]*index{}
}

// Indexes are the names of the indexes there are.
func (s *Server) Indexes() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	var out []string
	for name := range s.indexes {
		out = append(out, name)
	}
	slices.Sort(out)
	return out
}

// Documents are the documents of an index as JSON.
func (s *Server) Documents(name string) []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	var out []string
	if x := s.indexes[name]; x != nil {
		for _, d := range x.docs {
			b, err := json.Marshal(d.fields)
			if err != nil {
				panic(err) // it came from JSON
			}
			out = append(out, string(b))
		}
	}
	return out
}

// Asked are the requests since the last call, each as METHOD PATH.
func (s *Server) Asked() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	out := s.asked
	s.asked = nil
	return out
}

// Sent are the addresses and bodies of all requests so far.
func (s *Server) Sent() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.sent)
}

// route is one thing that can be asked.
type route struct {
	action string
	handle func(s *Server, a *ask) *problem
}

// ask is one request.
type ask struct {
	http.ResponseWriter
	*http.Request
	key  Key
	body []byte
}

// problem is an error answer.
type problem struct {
	status int
	code   string
}

func (s *Server) routes() http.Handler {
	mux := http.NewServeMux()
	for pattern, r := range map[string]route{
		"GET /version":                          {"version", getVersion},
		"GET /keys":                             {"keys.get", getKeys},
		"GET /tasks":                            {"tasks.get", getTasks},
		"GET /tasks/{task}":                     {"tasks.get", getTask},
		"GET /indexes":                          {"indexes.get", getIndexes},
		"POST /indexes":                         {"indexes.create", createIndex},
		"DELETE /indexes/{uid}":                 {"indexes.delete", deleteIndex},
		"POST /swap-indexes":                    {"indexes.swap", swapIndexes},
		"GET /indexes/{uid}/settings":           {"settings.get", getSettings},
		"PATCH /indexes/{uid}/settings":         {"settings.update", changeSettings},
		"PUT /indexes/{uid}/settings/{name}":    {"settings.update", changeSetting},
		"DELETE /indexes/{uid}/settings/{name}": {"settings.update", changeSetting},
		"POST /indexes/{uid}/documents":         {"documents.add", addDocuments},
		"POST /indexes/{uid}/documents/fetch":   {"documents.get", fetchDocuments},
		"POST /indexes/{uid}/documents/delete":  {"documents.delete", deleteDocuments},
		"POST /multi-search":                    {"search", multiSearch},
	} {
		mux.HandleFunc(pattern, func(w http.ResponseWriter, req *http.Request) { s.serve(w, req, r) })
	}
	return mux
}

func (s *Server) serve(w http.ResponseWriter, req *http.Request, r route) {
	s.mu.Lock()
	before := s.before
	s.asked = append(s.asked, req.Method+" "+req.URL.Path)
	s.mu.Unlock()
	body, err := io.ReadAll(req.Body) // first: with the body unread a server does not notice that its client has gone
	s.mu.Lock()
	s.sent = append(s.sent, req.URL.String()+"\n"+string(body))
	s.mu.Unlock()
	if err != nil || before != nil && before(w, req) {
		return
	}
	if len(body) > 0 && !json.Valid(body) {
		answer(w, 400, apiError("malformed_payload"))
		return
	}
	a := &ask{ResponseWriter: w, Request: req, body: body}
	s.mu.Lock()
	defer s.mu.Unlock()
	given, ok := strings.CutPrefix(req.Header.Get("Authorization"), "Bearer ")
	if !ok {
		answer(w, 401, apiError("missing_authorization_header"))
		return
	}
	a.key, ok = s.keys[given]
	if !ok || !a.key.may(r.action) || req.PathValue("uid") != "" && !a.key.on(req.PathValue("uid")) {
		answer(w, 403, apiError("invalid_api_key"))
		return
	}
	if p := r.handle(s, a); p != nil {
		answer(w, p.status, apiError(p.code))
	}
}

func (k Key) may(action string) bool {
	return slices.Contains(k.Actions, "*") || slices.Contains(k.Actions, action)
}

func (k Key) on(name string) bool {
	return slices.ContainsFunc(k.Patterns, func(p string) bool {
		ok, err := path.Match(p, name)
		return err == nil && ok
	})
}

func apiError(code string) map[string]any {
	return map[string]any{"message": "stand-in: " + code, "code": code, "type": "invalid_request", "link": ""}
}

func answer(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body) // a client that has gone hears nothing
}

func getVersion(s *Server, a *ask) *problem {
	answer(a.ResponseWriter, 200, map[string]any{"pkgVersion": s.version, "commitSha": "", "commitDate": ""})
	return nil
}

func getKeys(_ *Server, a *ask) *problem {
	answer(a.ResponseWriter, 200, map[string]any{"results": []any{}, "offset": 0, "limit": 20, "total": 0})
	return nil
}
