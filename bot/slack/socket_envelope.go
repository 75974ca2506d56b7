package slack

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"github.com/slack-go/slack"
	"github.com/slack-go/slack/socketmode"

	"iobot/bot/platform"
)

// envelope does what an envelope is for and acknowledges it. One that cannot
// be worked on now is not acknowledged, and comes again.
func (a *App) envelope(client *socketmode.Client, r socketmode.Request) {
	start := a.config.Now()
	ctx, cancel := context.WithTimeout(context.Background(), socketWork)
	defer cancel()
	var reply any
	err := platform.Safely(func() (err error) {
		reply, err = a.open(ctx, r)
		return err
	})
	became := http.StatusText(http.StatusOK)
	switch {
	case errors.Is(err, errFull):
		a.config.Observe(came(r.Type), http.StatusText(http.StatusServiceUnavailable), a.config.Now().Sub(start))
		return
	case err != nil:
		became = http.StatusText(http.StatusInternalServerError)
		a.config.Log.Error("receive", "err", redact(err))
		if r.Type == socketmode.RequestTypeSlashCommands {
			reply = noAnswer()
		}
	}
	if !r.AcceptsResponsePayload {
		reply = nil
	}
	a.acknowledge(ctx, client, r, reply)
	a.config.Observe(came(r.Type), became, a.config.Now().Sub(start))
}

// came names the kind of an envelope as HTTP does; a kind that Slack may add
// has no name of its own.
func came(kind string) string {
	switch kind {
	case socketmode.RequestTypeSlashCommands:
		return "command"
	case socketmode.RequestTypeInteractive:
		return "interaction"
	case socketmode.RequestTypeEventsAPI:
		return "event"
	}
	return "other"
}

// open parses the payload of an envelope and dispatches it. What cannot be
// parsed is nothing the bot could do anything about.
func (a *App) open(ctx context.Context, r socketmode.Request) (any, error) {
	switch r.Type {
	case socketmode.RequestTypeSlashCommands:
		if c, err := decode[slashCommand](r.Payload); err == nil {
			return a.command(ctx, c)
		}
	case socketmode.RequestTypeInteractive:
		if i, err := decode[interaction](r.Payload); err == nil {
			return a.interaction(ctx, i)
		}
	case socketmode.RequestTypeEventsAPI:
		if outer, inner, err := parseEvent(r.Payload); err == nil {
			return nil, a.event(ctx, outer, inner)
		}
	}
	return nil, nil
}

// acknowledge answers an envelope. Slack drops large acknowledgements without
// a word; such an answer goes to the response_url.
func (a *App) acknowledge(ctx context.Context, client *socketmode.Client, r socketmode.Request, reply any) {
	err := client.AckCtx(ctx, r.EnvelopeID, reply)
	if err == nil {
		return
	}
	if err := client.AckCtx(ctx, r.EnvelopeID, nil); err != nil {
		a.config.Log.Error("acknowledge", "err", redact(err))
		return
	}
	var c slashCommand
	if r.Type != socketmode.RequestTypeSlashCommands || json.Unmarshal(r.Payload, &c) != nil {
		return
	}
	a.jobs.Start(func(ctx context.Context) error {
		return a.hooks.post(ctx, c.ResponseURL, reply)
	})
}

// refused returns an error that says what to mend, when Slack's answer to
// opening a connection is one that will not change by trying again.
func refused(err error) error {
	if err == nil {
		return nil
	}
	var answer slack.SlackErrorResponse
	code := err.Error()
	if errors.As(err, &answer) {
		code = answer.Err
	}
	var status slack.StatusCodeError
	switch {
	case errors.As(err, &status) && status.Code == http.StatusNotFound:
		return errors.New("slack.api_url: there is no Slack API at this address")
	case code == "missing_scope":
		return errors.New("slack.app_token: the token lacks the scope connections:write; make a new app-level token that has it")
	case code == "not_allowed_token_type":
		return errors.New("slack.app_token: this is no app-level token; it begins with xapp-")
	case isTokenError(code):
		return fmt.Errorf("slack.app_token: Slack does not accept the token (%s); make a new app-level token", code)
	}
	return nil
}

// isTokenError reports whether Slack means that a token is not valid.
func isTokenError(code string) bool {
	switch code {
	case "invalid_auth", "not_authed", "account_inactive", "token_revoked", "token_expired":
		return true
	}
	return false
}

// checkTokens finds out before anything else whether the tokens are mixed up
// or refused. Slack being down is no reason not to start.
func (a *App) checkTokens(ctx context.Context) error {
	switch {
	case !strings.HasPrefix(a.config.AppToken, "xapp-"):
		return errors.New("slack.app_token: this is no app-level token; it begins with xapp-")
	case strings.HasPrefix(a.config.BotToken, "xapp-"):
		return errors.New("slack.bot_token: this is an app-level token; the bot token begins with xoxb-")
	}
	if a.installer != nil {
		return nil // each workspace has its own
	}
	_, err := a.api.AuthTestContext(ctx)
	var answer slack.SlackErrorResponse
	if errors.As(err, &answer) && (isTokenError(answer.Err) || answer.Err == "not_allowed_token_type") {
		return fmt.Errorf("slack.bot_token: Slack does not accept the token (%s); copy it from OAuth & Permissions", answer.Err)
	}
	return nil
}
