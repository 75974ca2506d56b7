package slack

import (
	"context"
	"errors"
	"net/http"
	"path"
	"strconv"
	"sync"
	"time"

	"github.com/slack-go/slack"

	"iobot/bot/platform"
)

const (
	callTimeout = 5 * time.Second // for one call of the Web API, tries included
	maxPatience = 3 * time.Second // longest wait that a call makes before a try
	maxTries    = 3
	serverPause = 250 * time.Millisecond // before a try after an error of Slack's
	unsaidPause = 30 * time.Second       // when Slack refuses a call without saying for how long
)

var errCallLater = errors.New("slack asked to wait before calling this method again")

// transport stands between the SDK and the network. It sets the token in the
// header, where the SDK does not always put it, waits when Slack says to, and
// gives up early rather than add to a storm: while Slack wants no more calls
// of a method, calls of it fail at once.
type transport struct {
	next  http.RoundTripper
	token string
	now   func() time.Time
	wait  waiter

	mu    sync.Mutex
	until map[string]time.Time // by method: no calls before this time
}

func newTransport(token string, now func() time.Time, wait waiter) *transport {
	return &transport{
		next:  &http.Transport{Proxy: http.ProxyFromEnvironment, MaxIdleConnsPerHost: 8, IdleConnTimeout: 90 * time.Second},
		token: token, now: now, wait: wait, until: map[string]time.Time{},
	}
}

// with returns the transport for another token, over the same connections.
// Slack's wishes to wait are for one token.
func (t *transport) with(token string) *transport {
	return &transport{next: t.next, token: token, now: t.now, wait: t.wait, until: map[string]time.Time{}}
}

// newClient returns the SDK's client that calls through t, with its token.
func newClient(apiURL string, t *transport) *slack.Client {
	return slack.New(t.token, slack.OptionAPIURL(apiURL), slack.OptionHTTPClient(&http.Client{Transport: t, Timeout: callTimeout}))
}

// waiter returns after a time, or earlier with the error of the context.
type waiter func(context.Context, time.Duration) error

// RoundTrip makes a call, up to three times.
func (t *transport) RoundTrip(req *http.Request) (*http.Response, error) {
	method := path.Base(req.URL.Path)
	for try := 1; ; try++ {
		if err := t.hold(req.Context(), method); err != nil {
			return nil, err
		}
		again, err := t.copy(req)
		if err != nil {
			return nil, err
		}
		resp, err := t.next.RoundTrip(again)
		pause, retry := t.judge(method, resp, err)
		if !retry || try == maxTries {
			return resp, err
		}
		if resp != nil {
			_ = resp.Body.Close() // it says nothing that is needed
		}
		if pause == 0 {
			continue // hold does the waiting
		}
		if err := t.wait(req.Context(), pause); err != nil {
			return nil, err
		}
	}
}

// hold waits until Slack takes calls of the method again.
func (t *transport) hold(ctx context.Context, method string) error {
	t.mu.Lock()
	left := t.until[method].Sub(t.now())
	t.mu.Unlock()
	switch {
	case left <= 0:
		return nil
	case left > maxPatience:
		return errCallLater
	}
	return t.wait(ctx, left)
}

// copy returns the request with its body from the start and the token set.
func (t *transport) copy(req *http.Request) (*http.Request, error) {
	again, err := platform.Again(req)
	if again.Header.Get("Authorization") == "" && t.token != "" {
		again.Header.Set("Authorization", "Bearer "+t.token)
	}
	return again, err
}

// judge says whether to try again, and after what pause. Only what Slack
// surely did not do is done again: a call that was refused or never left, and
// the methods that may safely happen twice.
func (t *transport) judge(method string, resp *http.Response, err error) (pause time.Duration, retry bool) {
	twice := method == "views.publish" || method == "chat.update"
	switch {
	case err != nil:
		return serverPause, twice || platform.NeverLeft(err)
	case resp.StatusCode == http.StatusTooManyRequests:
		pause = retryAfter(resp.Header)
		t.mu.Lock()
		t.until[method] = t.now().Add(pause)
		t.mu.Unlock()
		return 0, pause <= maxPatience
	}
	return serverPause, twice && resp.StatusCode >= http.StatusInternalServerError
}

// retryAfter reads how long Slack wants no calls, at least a second.
func retryAfter(h http.Header) time.Duration {
	seconds, err := strconv.Atoi(h.Get("Retry-After"))
	if err != nil {
		return unsaidPause
	}
	return time.Duration(min(max(seconds, 1), 3600)) * time.Second
}
