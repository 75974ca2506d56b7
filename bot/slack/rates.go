package slack

import (
	"runtime"
	"time"

	"golang.org/x/time/rate"

	"iobot/bot/platform"
)

// Rates are the limits that keep one person or one workspace from taking the
// bot away from the others. A zero value means the default.
type Rates struct {
	UserPerMinute      int // sustained, default 60; 20 at once are fine
	WorkspacePerMinute int // sustained, default 6000; 600 at once are fine
}

const (
	userBurst      = 20
	workspaceBurst = 600
	rateKeep       = 10 * time.Minute // how long an idle person's count is kept
	rateSize       = 5_000            // people whose count is kept
)

// limiter admits requests.
type limiter struct {
	perUser, perWorkspace rate.Limit
	users, workspaces     *platform.Recent[string, *rate.Limiter]
	slots                 chan struct{} // one for each answer being made
}

func newLimiter(r Rates) *limiter {
	return &limiter{
		perUser:      perMinute(r.UserPerMinute, 60),
		perWorkspace: perMinute(r.WorkspacePerMinute, 6000),
		users:        platform.NewRecent[string, *rate.Limiter](rateKeep, rateSize),
		workspaces:   platform.NewRecent[string, *rate.Limiter](rateKeep, rateSize),
		slots:        make(chan struct{}, 4*runtime.GOMAXPROCS(0)),
	}
}

func perMinute(n, otherwise int) rate.Limit {
	if n <= 0 {
		n = otherwise
	}
	return rate.Every(time.Minute / time.Duration(n))
}

// admit reports whether a request of this user may be answered now. The
// workspace is asked second, so that what one person is refused does not
// count against the others.
func (l *limiter) admit(team, user string, at time.Time) bool {
	return allow(l.users, team+"/"+user, l.perUser, userBurst, at) &&
		allow(l.workspaces, team, l.perWorkspace, workspaceBurst, at)
}

func allow(all *platform.Recent[string, *rate.Limiter], key string, limit rate.Limit, burst int, at time.Time) bool {
	l := all.Update(key, at, func(l *rate.Limiter, _ bool) *rate.Limiter {
		if l == nil {
			l = rate.NewLimiter(limit, burst)
		}
		return l
	})
	return l.AllowN(at, 1)
}

// enter takes a slot, waiting for it no longer than patience. Its second
// result is false when there is none.
func (l *limiter) enter(patience <-chan time.Time) (leave func(), ok bool) {
	select {
	case l.slots <- struct{}{}:
		return func() { <-l.slots }, true
	default:
	}
	select {
	case l.slots <- struct{}{}:
		return func() { <-l.slots }, true
	case <-patience:
		return nil, false
	}
}
