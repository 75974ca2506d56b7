package slack

import (
	"sync"
	"time"
)

// recent is a map that forgets. What is put in stays for at least the time
// keep, unless more than size newer entries push it out; it never holds more
// than twice size entries. It is safe for concurrent use.
type recent[K comparable, V any] struct {
	keep time.Duration
	size int

	mu       sync.Mutex
	now, old map[K]V // two generations: old is forgotten when now is full or of age
	since    time.Time
}

func newRecent[K comparable, V any](keep time.Duration, size int) *recent[K, V] {
	return &recent[K, V]{keep: keep, size: size, now: map[K]V{}, old: map[K]V{}}
}

// get returns what was put in under key.
func (r *recent[K, V]) get(key K, at time.Time) (V, bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.find(key, at)
}

func (r *recent[K, V]) put(key K, value V, at time.Time) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.turn(at)
	r.now[key] = value
}

// forget removes a key, so that it counts as new again.
func (r *recent[K, V]) forget(key K) {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.now, key)
	delete(r.old, key)
}

// update replaces the value under key by what change makes of it, and returns
// the new value. change gets the zero value for a key that is not there.
func (r *recent[K, V]) update(key K, at time.Time, change func(V) V) V {
	r.mu.Lock()
	defer r.mu.Unlock()
	value, _ := r.find(key, at)
	value = change(value)
	r.now[key] = value
	return value
}

func (r *recent[K, V]) find(key K, at time.Time) (V, bool) {
	r.turn(at)
	if value, ok := r.now[key]; ok {
		return value, true
	}
	value, ok := r.old[key]
	return value, ok
}

// turn starts a new generation when it is time to.
func (r *recent[K, V]) turn(at time.Time) {
	age := at.Sub(r.since)
	if age < r.keep && len(r.now) < r.size {
		return
	}
	r.old = r.now
	if age >= 2*r.keep {
		r.old = map[K]V{}
	}
	r.now, r.since = map[K]V{}, at
}

// marks remembers which keys have been seen.
type marks struct{ *recent[string, struct{}] }

func newMarks(keep time.Duration, size int) marks {
	return marks{newRecent[string, struct{}](keep, size)}
}

// first reports whether key has not been seen before, and marks it as seen.
// Of many callers at once with the same key exactly one is the first.
func (m marks) first(key string, at time.Time) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	_, seen := m.find(key, at)
	if !seen {
		m.now[key] = struct{}{}
	}
	return !seen
}
