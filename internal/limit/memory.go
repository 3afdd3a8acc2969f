package limit

import (
	"context"
	"sync"
	"time"
)

// Memory counts in this process alone. It serves limits that are far above what a person does, where counting in
// the database would cost more than it protects. It is safe for concurrent use.
type Memory struct {
	mu      sync.Mutex
	windows map[time.Time]map[string]int
}

// NewMemory returns an empty Memory.
func NewMemory() *Memory { return &Memory{windows: map[time.Time]map[string]int{}} }

// Add implements Store. Windows that began before this one are forgotten, so one Memory serves one length of
// window.
func (m *Memory) Add(_ context.Context, bucket string, startsAt time.Time, n int) (int, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	hits, ok := m.windows[startsAt]
	if !ok {
		hits = map[string]int{}
		clear(m.windows)
		m.windows[startsAt] = hits
	}
	hits[bucket] += n
	return hits[bucket], nil
}

// Forget implements Store.
func (m *Memory) Forget(_ context.Context, before time.Time) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	for at := range m.windows {
		if at.Before(before) {
			delete(m.windows, at)
		}
	}
	return nil
}
