package meilitest

import (
	"slices"
	"strconv"
	"strings"
	"time"
)

// task is a piece of work of the server. Tasks are done one after the other.
type task struct {
	UID        int64          `json:"uid"`
	IndexUID   *string        `json:"indexUid"`
	Status     string         `json:"status"`
	Type       string         `json:"type"`
	Error      map[string]any `json:"error"`
	EnqueuedAt time.Time      `json:"enqueuedAt"`
}

// enqueue answers 202 and does the work, at once or when the queue is released. The work returns an error's code.
func (s *Server) enqueue(a *ask, kind, uid string, work func() string) {
	t := &task{UID: int64(len(s.tasks)), Status: "enqueued", Type: kind}
	if uid != "" {
		t.IndexUID = &uid
	}
	s.tasks = append(s.tasks, t)
	do := func() {
		code := s.fails(kind)
		if code == "" {
			code = work()
		}
		t.Status = "succeeded"
		if code != "" {
			t.Status, t.Error = "failed", apiError(code)
		}
	}
	if s.held {
		s.waiting = append(s.waiting, do)
	} else {
		do()
	}
	answer(a.ResponseWriter, 202, map[string]any{"taskUid": t.UID, "indexUid": t.IndexUID, "status": "enqueued", "type": kind, "enqueuedAt": t.EnqueuedAt})
}

// fails returns the code with which a task of the kind must fail now.
func (s *Server) fails(kind string) string {
	for i := range s.failures {
		if f := &s.failures[i]; f.kind == kind && f.times > 0 {
			f.times--
			return f.code
		}
	}
	return ""
}

func getTask(s *Server, a *ask) *problem {
	n, err := strconv.Atoi(a.PathValue("task"))
	if err != nil || n < 0 || n >= len(s.tasks) || !a.key.sees(s.tasks[n]) {
		return &problem{404, "task_not_found"}
	}
	answer(a.ResponseWriter, 200, s.tasks[n])
	return nil
}

// sees reports whether the key may look at a task: one bound to indexes sees no task that is of no one index.
func (k Key) sees(t *task) bool {
	if t.IndexUID == nil {
		return slices.Contains(k.Patterns, "*")
	}
	return k.on(*t.IndexUID)
}

func getTasks(s *Server, a *ask) *problem {
	q := a.URL.Query()
	in := func(name, value string) bool {
		list := q.Get(name)
		return list == "" || slices.Contains(strings.Split(list, ","), value)
	}
	found := []*task{}
	for _, t := range slices.Backward(s.tasks) {
		if t.IndexUID != nil && a.key.sees(t) && in("indexUids", *t.IndexUID) && in("types", t.Type) && in("statuses", t.Status) {
			found = append(found, t)
		}
	}
	answer(a.ResponseWriter, 200, map[string]any{"results": found, "total": len(found), "limit": 20})
	return nil
}
