package discord

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/bwmarrin/discordgo"

	"iobot/bot/platform"
)

// api calls Discord through the SDK's session, one call at a time and without
// anything that the session remembers between calls.
type api struct {
	session *discordgo.Session
	app     string // id of the application
	wait    func(context.Context, time.Duration) error
}

// newAPI returns an api at an address such as "https://discord.com/". The
// token may be empty: what follows an interaction needs none.
func newAPI(address, app, token string) (*api, error) {
	base, err := url.Parse(address)
	if err != nil || base.Host == "" || !strings.HasPrefix(base.Scheme, "http") {
		return nil, errors.New("set up Discord: the API address must begin with http and name a host")
	}
	if app == "" || strings.Trim(app, "0123456789") != "" {
		return nil, errors.New("set up Discord: the application id must be the number on the application's page")
	}
	if token != "" {
		token = "Bot " + token
	}
	session, err := discordgo.New(token)
	if err != nil {
		return nil, fmt.Errorf("set up Discord: %w", err)
	}
	session.Client = &http.Client{Transport: newTransport(base), Timeout: callTimeout}
	session.StateEnabled = false
	session.ShouldRetryOnRateLimit = false
	session.MaxRestRetries = 0
	session.UserAgent = "DiscordBot (iobot, 1)"
	return &api{session: session, app: app, wait: platform.Wait}, nil
}

// call makes one call with JSON. It uses a limiter of its own: the session's
// keeps every token it has seen and lets one edit at a time through.
func (a *api) call(ctx context.Context, method, address string, payload any) ([]byte, error) {
	var body []byte
	if payload != nil {
		var err error
		if body, err = json.Marshal(payload); err != nil {
			return nil, fmt.Errorf("write JSON: %w", err)
		}
	}
	return a.request(ctx, method, address, "application/json", body)
}

func (a *api) request(ctx context.Context, method, address, media string, body []byte) ([]byte, error) {
	answer, err := a.session.RequestWithLockedBucket(method, address, media, body,
		discordgo.NewRatelimiter().LockBucket(method), 0, discordgo.WithContext(ctx))
	return answer, named(method, err)
}

// send makes one call with JSON and the files that belong to it.
func (a *api) send(ctx context.Context, method, address string, payload any, list []upload) ([]byte, error) {
	if len(list) == 0 {
		return a.call(ctx, method, address, payload)
	}
	files := make([]*discordgo.File, len(list))
	for n, u := range list {
		files[n] = &discordgo.File{Name: u.name, ContentType: u.media, Reader: bytes.NewReader(u.data)}
	}
	media, body, err := discordgo.MultipartBodyWithJSON(payload, files)
	if err != nil {
		return nil, fmt.Errorf("write files: %w", err)
	}
	return a.request(ctx, method, address, media, body)
}

// refusal is a call that Discord answered and did not do.
type refusal struct {
	method       string
	status, code int
}

// Error names no address: addresses hold tokens.
func (r refusal) Error() string {
	return fmt.Sprintf("%s: Discord answered %d, code %d", r.method, r.status, r.code)
}

// named turns the SDK's error into one without address, token or body.
func named(method string, err error) error {
	var rest *discordgo.RESTError
	var limit *discordgo.RateLimitError
	var transfer *url.Error
	switch {
	case err == nil:
		return nil
	case errors.As(err, &rest):
		r := refusal{method: method, status: rest.Response.StatusCode}
		if rest.Message != nil {
			r.code = rest.Message.Code
		}
		return r
	case errors.As(err, &limit):
		return refusal{method: method, status: http.StatusTooManyRequests}
	case errors.As(err, &transfer):
		return fmt.Errorf("%s: %w", method, transfer.Err)
	}
	return fmt.Errorf("%s: Discord gave no answer that could be read", method)
}
