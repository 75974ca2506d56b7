package discord

import (
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
	answer, err := a.session.RequestWithLockedBucket(method, address, "application/json", body,
		discordgo.NewRatelimiter().LockBucket(method), 0, discordgo.WithContext(ctx))
	return answer, named(method, err)
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

// followUp sends a further message under the token of an interaction. The
// token counts only once Discord has taken the first answer, so a refusal as
// unknown is tried again.
func (a *api) followUp(ctx context.Context, token string, m message) error {
	address := discordgo.EndpointWebhookToken(a.app, token) + "?wait=true"
	for try := 1; ; try++ {
		_, err := a.call(ctx, http.MethodPost, address, m)
		var r refusal
		if !errors.As(err, &r) || r.status != http.StatusNotFound || try == maxTries {
			return err
		}
		if err := a.wait(ctx, serverPause); err != nil {
			return err
		}
	}
}

// editOriginal replaces the first answer under the token of an interaction.
func (a *api) editOriginal(ctx context.Context, token string, m message) error {
	m.Flags &^= discordgo.MessageFlagsEphemeral // it cannot be changed
	_, err := a.call(ctx, http.MethodPatch, discordgo.EndpointWebhookMessage(a.app, token, "@original"), m)
	return err
}
