package slack

import (
	"cmp"
	"time"

	"iobot/bot/platform"
)

// Rates are the limits that keep one person or one workspace from taking the
// bot away from the others. A value of zero or less means the default.
type Rates struct {
	UserPerMinute      int // sustained, default 60; 20 at once are fine
	WorkspacePerMinute int // sustained, default 6000; 600 at once are fine
}

const (
	userBurst      = 20
	workspaceBurst = 600
	rateSize       = 5_000 // people whose count is kept
)

// limiter admits requests.
type limiter struct{ users, workspaces *platform.Rates }

func newLimiter(r Rates) *limiter {
	return &limiter{
		users:      platform.NewRates(cmp.Or(max(r.UserPerMinute, 0), 60), userBurst, rateSize),
		workspaces: platform.NewRates(cmp.Or(max(r.WorkspacePerMinute, 0), 6000), workspaceBurst, rateSize),
	}
}

// admit reports whether a request of this user may be answered now. The
// workspace is asked second, so that what one person is refused does not
// count against the others.
func (l *limiter) admit(team, user string, at time.Time) bool {
	return l.users.Admit(team+"/"+user, at) && l.workspaces.Admit(team, at)
}
