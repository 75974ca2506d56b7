package slack

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"time"

	"iobot/bot/platform"
)

// delivery is a message on its way to a response_url.
type delivery struct {
	Message
	Thread string `json:"thread_ts,omitempty"`
}

const (
	hookUses    = 5                // how often Slack takes a message at one response_url
	hookKeep    = 30 * time.Minute // how long it does
	hookTimeout = 5 * time.Second
)

var (
	errForeignHook = errors.New("response_url is not an address of Slack's")
	errSpentHook   = errors.New("response_url is used up")
	errUnsure      = errors.New("no clear answer from response_url")
	errBlocks      = errors.New("slack cannot show what is in the message")
)

// hooks posts to response_urls. Such an address is a secret: who has it may
// write to the channel. It appears in no error.
type hooks struct {
	client *http.Client
	origin string // scheme and host of a configured test server; empty for Slack's own
	uses   *platform.Recent[[16]byte, int]
	now    func() time.Time
	wait   waiter
}

func newHooks(apiURL string, now func() time.Time, wait waiter) *hooks {
	return &hooks{
		client: &http.Client{
			Timeout:       hookTimeout,
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		},
		origin: testOrigin(apiURL),
		uses:   platform.NewRecent[[16]byte, int](hookKeep, 20_000),
		now:    now, wait: wait,
	}
}

// slackHook reports whether a host is one that Slack's response_urls are on. A
// false one could not show its certificate, wherever its name leads.
func slackHook(host string) bool {
	return host == "hooks.slack.com" || host == "hooks.slack-gov.com"
}

// testOrigin returns the scheme and host of an API address that is not
// Slack's, empty for one that is.
func testOrigin(apiURL string) string {
	u, err := url.Parse(apiURL)
	if err != nil || u.Host == "slack.com" || u.Host == "slack-gov.com" {
		return ""
	}
	return u.Scheme + "://" + u.Host
}

// allowed reports whether an address is Slack's own or the test server's.
func (h *hooks) allowed(address string) bool {
	u, err := url.Parse(address)
	if err != nil || u.User != nil || u.Host == "" {
		return false
	}
	origin := u.Scheme + "://" + u.Host
	return (u.Scheme == "https" && slackHook(u.Host)) || (h.origin != "" && origin == h.origin)
}

// post sends a message to a response_url. errUnsure means that it may have
// arrived; any other error that it has not.
func (h *hooks) post(ctx context.Context, address string, message any) error {
	if !h.allowed(address) {
		return errForeignHook
	}
	body, err := json.Marshal(message)
	if err != nil {
		return fmt.Errorf("write message: %w", err)
	}
	pause, err := h.try(ctx, address, body)
	if pause == 0 || pause > maxPatience {
		return err
	}
	if err := h.wait(ctx, pause); err != nil {
		return err
	}
	_, err = h.try(ctx, address, body)
	return err
}

// try posts once. A pause says that Slack refused for as long.
func (h *hooks) try(ctx context.Context, address string, body []byte) (pause time.Duration, err error) {
	sum := sha256.Sum256([]byte(address))
	key := [16]byte(sum[:])
	if h.uses.Update(key, h.now(), func(n int, _ bool) int { return n + 1 }) > hookUses {
		return 0, errSpentHook
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, address, bytes.NewReader(body))
	if err != nil {
		return 0, errForeignHook
	}
	req.Header.Set("Content-Type", "application/json; charset=utf-8")
	resp, err := h.client.Do(req)
	var dial *net.OpError
	switch {
	case errors.As(err, &dial) && dial.Op == "dial":
		return 0, errors.New("response_url cannot be reached") // the client's own error quotes the address
	case err != nil:
		return 0, errUnsure
	}
	defer resp.Body.Close()
	said, _ := io.ReadAll(io.LimitReader(resp.Body, 64<<10)) // to its end, so that the connection is used again
	switch {
	case bytes.Contains(said, []byte("invalid_blocks")): // Slack says so with more than one status
		return 0, errBlocks
	case resp.StatusCode == http.StatusOK:
		return 0, nil
	case resp.StatusCode == http.StatusTooManyRequests:
		return retryAfter(resp.Header), fmt.Errorf("response_url: %w", errCallLater)
	case resp.StatusCode == http.StatusNotFound || resp.StatusCode == http.StatusGone:
		h.uses.Put(key, hookUses, h.now())
		return 0, errSpentHook
	case resp.StatusCode >= http.StatusInternalServerError:
		return 0, errUnsure
	}
	return 0, fmt.Errorf("response_url answered %d", resp.StatusCode)
}
