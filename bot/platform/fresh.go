package platform

import (
	"strconv"
	"strings"
	"time"
)

// MaxSkew is how far the time of a signed request may be from ours.
const MaxSkew = 5 * time.Minute

// Fresh reports whether the timestamp of a signed request, ten ASCII digits of
// Unix seconds, is near enough to now.
func Fresh(stamp string, now time.Time) bool {
	if len(stamp) != 10 || strings.Trim(stamp, "0123456789") != "" {
		return false
	}
	seconds, err := strconv.ParseInt(stamp, 10, 64)
	if err != nil {
		return false
	}
	skew := now.Unix() - seconds
	most := int64(MaxSkew / time.Second)
	return -most <= skew && skew <= most
}
