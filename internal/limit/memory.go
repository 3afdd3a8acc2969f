package limit

import (
	"context"
	"maps"
	"sync"
	"time"
)

// Memory counts in this process alone. It serves limits that are far above what a person does, where counting in
// the database would cost more than it protects. It is safe for concurrent use.
type Memory struct {
	mu      sync.Mutex
	windows map[time.Time]map[string]int
	brakes  map[string]brake
}

type brake struct {
	tries  int
	freeAt time.Time
}

// NewMemory returns an empty Memory.
func NewMemory() *Memory {
	return &Memory{windows: map[time.Time]map[string]int{}, brakes: map[string]brake{}}
}

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
	maps.DeleteFunc(m.brakes, func(_ string, b brake) bool { return b.freeAt.Before(before) })
	return nil
}

// Brake implements Store.
func (m *Memory) Brake(_ context.Context, bucket string) (tries int, freeAt time.Time, err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	b := m.brakes[bucket]
	return b.tries, b.freeAt, nil
}

// SetBrake implements Store.
func (m *Memory) SetBrake(_ context.Context, bucket string, was, tries int, freeAt time.Time) (bool, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.brakes[bucket].tries != was {
		return false, nil
	}
	m.brakes[bucket] = brake{tries, freeAt}
	return true, nil
}

// ReleaseBrake implements Store.
func (m *Memory) ReleaseBrake(_ context.Context, bucket string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.brakes, bucket)
	return nil
}
