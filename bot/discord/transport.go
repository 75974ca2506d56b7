package discord

import (
	"context"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"iobot/bot/platform"
)

const (
	callTimeout = 10 * time.Second // for one call, tries included
	maxPatience = 3 * time.Second  // longest wait before a try
	minPause    = time.Second      // after a 429, whatever it says
	serverPause = 250 * time.Millisecond
	maxTries    = 3
)

// transport stands between the SDK and the network. The SDK knows only
// discord.com and, of itself, asks again at once after an error and for ever
// after a 429: transport leads its calls to the configured address and tries
// again only what surely did not happen, a few times, never against a context.
type transport struct {
	base *url.URL // scheme and host of the API
	next http.RoundTripper
	wait func(context.Context, time.Duration) error
}

func newTransport(base *url.URL) *transport {
	return &transport{
		base: base, wait: platform.Wait,
		next: &http.Transport{Proxy: http.ProxyFromEnvironment, MaxIdleConnsPerHost: 64, IdleConnTimeout: 90 * time.Second},
	}
}

// RoundTrip makes a call, up to three times.
func (t *transport) RoundTrip(req *http.Request) (*http.Response, error) {
	for try := 1; ; try++ {
		again, err := t.lead(req)
		if err != nil {
			return nil, err
		}
		resp, err := t.next.RoundTrip(again)
		pause, retry := verdict(req.Method, resp, err)
		if !retry || try == maxTries {
			return resp, err
		}
		if resp != nil {
			_ = resp.Body.Close() // it says nothing that is needed
		}
		if err := t.wait(req.Context(), pause); err != nil {
			return nil, err
		}
	}
}

// lead returns the request with its body from the start, at our address.
func (t *transport) lead(req *http.Request) (*http.Request, error) {
	again, err := platform.Again(req)
	again.URL.Scheme, again.URL.Host, again.Host = t.base.Scheme, t.base.Host, t.base.Host
	return again, err
}

// verdict says whether to try again, and after what pause: after a refusal for
// too many calls, a call that never left, and an error of Discord's where the
// call may safely happen twice.
func verdict(method string, resp *http.Response, err error) (pause time.Duration, retry bool) {
	twice := method != http.MethodPost
	switch {
	case err != nil:
		return serverPause, twice || platform.NeverLeft(err)
	case resp.StatusCode == http.StatusTooManyRequests:
		pause = retryAfter(resp.Header)
		return pause, pause <= maxPatience
	}
	return serverPause, twice && resp.StatusCode >= http.StatusInternalServerError
}

// retryAfter reads how long Discord wants no calls: at least a second, and
// longer than anybody waits when it does not say.
func retryAfter(h http.Header) time.Duration {
	seconds, err := strconv.ParseFloat(h.Get("Retry-After"), 64)
	if err != nil || !(seconds >= 0 && seconds <= maxPatience.Seconds()) { // NaN is neither
		return 2 * maxPatience
	}
	return max(minPause, time.Duration(seconds*float64(time.Second)))
}
