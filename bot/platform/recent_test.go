package platform

import (
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

var noon = time.Date(2026, 11, 2, 12, 0, 0, 0, time.UTC)

func TestRecentForgetsByAge(t *testing.T) {
	r := NewRecent[string, int](time.Minute, 10)
	r.Put("a", 1, noon)
	if v, ok := r.Get("a", noon.Add(time.Minute)); !ok || v != 1 {
		t.Errorf("after the time to keep: %d, %v", v, ok)
	}
	if v, ok := r.Get("a", noon.Add(3*time.Minute)); ok || v != 0 {
		t.Errorf("long after: %d, %v", v, ok)
	}
}

func TestRecentForgetsBySize(t *testing.T) {
	const size = 10
	r := NewRecent[int, int](time.Hour, size)
	for n := range 100 {
		r.Put(n, n, noon)
		if held := len(r.now) + len(r.old); held > 2*size {
			t.Fatalf("holds %d entries", held)
		}
		if _, ok := r.Get(max(0, n-size+1), noon); !ok {
			t.Errorf("entry %d: one of the newest %d is gone", n, size)
		}
	}
	if _, ok := r.Get(0, noon); ok {
		t.Error("the oldest is still there")
	}
}

func TestRecentUpdate(t *testing.T) {
	r := NewRecent[string, int](time.Minute, 10)
	count := func(old int, found bool) int {
		if !found {
			return 100
		}
		return old + 1
	}
	for _, want := range []int{100, 101, 102} {
		if got := r.Update("a", noon, count); got != want {
			t.Errorf("updated to %d, want %d", got, want)
		}
	}
}

func TestFirstIsOne(t *testing.T) {
	r := NewRecent[string, struct{}](time.Minute, 10)
	for round := range 2 {
		var firsts atomic.Int32
		var all sync.WaitGroup
		for range 50 {
			all.Go(func() {
				if r.First("a", noon) {
					firsts.Add(1)
				}
			})
		}
		all.Wait()
		if n := firsts.Load(); n != 1 {
			t.Errorf("round %d: %d were first", round, n)
		}
		r.Forget("a")
	}
}
