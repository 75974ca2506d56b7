package platform

import (
	"context"
	"runtime"
	"time"

	"golang.org/x/time/rate"
)

// Rates limits how often each of many, people or workspaces, is answered. It
// is safe for concurrent use. Make one with NewRates.
type Rates struct {
	limit rate.Limit
	burst int
	each  *Recent[string, *rate.Limiter]
}

const idleRate = 10 * time.Minute // how long the count of an idle one is kept

// NewRates returns Rates that admit each perMinute times a minute and burst
// times at once. Of size of them the counts are kept.
func NewRates(perMinute, burst, size int) *Rates {
	return &Rates{
		limit: rate.Every(time.Minute / time.Duration(perMinute)), burst: burst,
		each: NewRecent[string, *rate.Limiter](idleRate, size),
	}
}

// Admit reports whether the one under key may be answered now, and counts it.
func (r *Rates) Admit(key string, at time.Time) bool {
	l := r.each.Update(key, at, func(l *rate.Limiter, _ bool) *rate.Limiter {
		if l == nil {
			l = rate.NewLimiter(r.limit, r.burst)
		}
		return l
	})
	return l.AllowN(at, 1)
}

// Turns are places for answers being made, four for each processor: more at
// once would only all be late.
type Turns chan struct{}

// turnPatience is how long a request waits for its turn.
const turnPatience = time.Second

// NewTurns returns Turns that are all free.
func NewTurns() Turns { return make(Turns, 4*runtime.GOMAXPROCS(0)) }

// Take runs f in a free place, waiting for one a second at most. It reports
// false, and runs nothing, when there is none or ctx ends first.
func (t Turns) Take(ctx context.Context, f func()) bool {
	select {
	case t <- struct{}{}:
	default:
		patience, cancel := context.WithTimeout(ctx, turnPatience)
		defer cancel()
		select {
		case t <- struct{}{}:
		case <-patience.Done():
			return false
		}
	}
	defer func() { <-t }()
	f()
	return true
}
