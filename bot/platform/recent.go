package platform

import (
	"sync"
	"time"
)

// Recent is a map that forgets. What is put in stays for at least a time,
// unless too many newer entries push it out. It is safe for concurrent use.
// Make one with NewRecent.
type Recent[K comparable, V any] struct {
	keep time.Duration
	size int

	mu       sync.Mutex
	now, old map[K]V // two generations: old is forgotten when now is full or of age
	since    time.Time
}

// NewRecent returns an empty Recent. An entry stays for at least the time
// keep, unless size newer ones push it out; there are never more than twice
// size entries.
func NewRecent[K comparable, V any](keep time.Duration, size int) *Recent[K, V] {
	return &Recent[K, V]{keep: keep, size: size, now: map[K]V{}, old: map[K]V{}}
}

// Get returns what is under key, and whether anything is.
func (r *Recent[K, V]) Get(key K, at time.Time) (V, bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.find(key, at)
}

// Put sets what is under key.
func (r *Recent[K, V]) Put(key K, value V, at time.Time) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.turn(at)
	r.now[key] = value
}

// Update replaces what is under key by what change makes of it, and returns
// that. Of many callers at once each sees the value of the one before. change
// must not use r.
func (r *Recent[K, V]) Update(key K, at time.Time, change func(old V, found bool) V) V {
	r.mu.Lock()
	defer r.mu.Unlock()
	value := change(r.find(key, at))
	r.now[key] = value
	return value
}

// First reports whether nothing is under key yet, and puts the zero value
// there. Of many callers at once with the same key exactly one is the first.
func (r *Recent[K, V]) First(key K, at time.Time) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	_, found := r.find(key, at)
	if !found {
		var zero V
		r.now[key] = zero
	}
	return !found
}

// Forget makes key new again.
func (r *Recent[K, V]) Forget(key K) {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.now, key)
	delete(r.old, key)
}

func (r *Recent[K, V]) find(key K, at time.Time) (V, bool) {
	r.turn(at)
	if value, ok := r.now[key]; ok {
		return value, true
	}
	value, ok := r.old[key]
	return value, ok
}

// turn starts a new generation when it is time to.
func (r *Recent[K, V]) turn(at time.Time) {
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
