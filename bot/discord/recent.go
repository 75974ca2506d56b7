package discord

import (
	"sync"
	"time"
)

// recent is a map that forgets: what is put in stays for at least the time
// keep, unless more than size newer entries push it out. It never holds more
// than twice size entries and is safe for concurrent use.
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

// get returns what is under key; the zero value when nothing is.
func (r *recent[K, V]) get(key K, at time.Time) V {
	r.mu.Lock()
	defer r.mu.Unlock()
	v, _ := r.find(key, at)
	return v
}

// update replaces what is under key by what change makes of it. Of many
// callers at once each sees the value of the one before.
func (r *recent[K, V]) update(key K, at time.Time, change func(old V, found bool) V) {
	r.mu.Lock()
	defer r.mu.Unlock()
	old, found := r.find(key, at)
	r.now[key] = change(old, found)
}

// first reports whether key is new, and marks it as seen.
func (r *recent[K, V]) first(key K, at time.Time) (first bool) {
	r.update(key, at, func(old V, found bool) V { first = !found; return old })
	return first
}

// forget makes key new again.
func (r *recent[K, V]) forget(key K) {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.now, key)
	delete(r.old, key)
}

// find starts a new generation when it is time to, and looks key up.
func (r *recent[K, V]) find(key K, at time.Time) (V, bool) {
	if age := at.Sub(r.since); age >= r.keep || len(r.now) >= r.size {
		r.old = r.now
		if age >= 2*r.keep {
			r.old = map[K]V{}
		}
		r.now, r.since = map[K]V{}, at
	}
	if v, ok := r.now[key]; ok {
		return v, true
	}
	v, ok := r.old[key]
	return v, ok
}
