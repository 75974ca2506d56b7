package slack

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/slack-go/slack"
)

// RenewBefore is how much of its twelve hours a token has left when it is
// renewed.
const RenewBefore = 2 * time.Hour

const (
	renewPause = time.Minute // before another try when Slack did not renew a token
	clientKeep = time.Hour
	clientSize = 1_000
)

var errNotRenewed = errors.New("the token has expired, and Slack did not renew it a moment ago")

// call calls the Web API with the token of a place. A token that Slack says
// has expired is renewed, once.
func (a *App) call(ctx context.Context, p place, f func(*slack.Client) error) error {
	if a.installer == nil {
		return f(a.api)
	}
	in, err := a.installer.current(ctx, p)
	if err != nil {
		return err
	}
	err = f(a.client(in.Token))
	var answer slack.SlackErrorResponse
	if in.Refresh == "" || !errors.As(err, &answer) || answer.Err != "token_expired" {
		return err
	}
	if in, err = a.installer.renew(ctx, in); err != nil {
		return err
	}
	return f(a.client(in.Token))
}

// client returns the client that calls with a token. Slack counts calls for
// each workspace, so what one is refused holds up no other.
func (a *App) client(token string) *slack.Client {
	return a.clients.Update(token, a.config.Now(), func(c *slack.Client, _ bool) *slack.Client {
		if c != nil {
			return c
		}
		return newClient(a.config.APIURL, a.network.with(token))
	})
}

// Renew renews the token of a place if it expires soon, so that nobody waits
// for that later. What goes wrong is logged, and tried again when the token is
// needed. Nothing happens in a single workspace.
func (a *App) Renew(ctx context.Context, team, enterprise string) {
	if a.installer == nil {
		return
	}
	p := place{team: team, enterprise: enterprise}
	if _, err := a.installer.current(ctx, p); err != nil {
		a.config.Log.Warn("renew a token", "place", p.key(), "err", redact(err))
	}
}

// current returns the installation of a place with a token that is valid now.
func (i *installer) current(ctx context.Context, p place) (Installation, error) {
	in, err := i.Installs.Find(ctx, p.team, p.enterprise)
	if err != nil || !in.due(i.now(), RenewBefore) {
		return in, err
	}
	last, tried := i.failed.Get(in.place().key(), i.now())
	valid := !in.due(i.now(), 0)
	if tried && i.now().Sub(last) < renewPause {
		if valid {
			return in, nil
		}
		return in, errNotRenewed
	}
	renewed, err := i.renew(ctx, in)
	if err != nil && valid {
		i.log.Warn("renew a token", "place", in.place().key(), "err", redact(err))
		return in, nil
	}
	return renewed, err
}

// renew returns the installation with another token than in has. Whoever
// comes while the token is being renewed waits and gets the same one. When it
// cannot be renewed the old one stays.
func (i *installer) renew(ctx context.Context, in Installation) (Installation, error) {
	unlock, err := i.locks.lock(ctx, in.place().key())
	if err != nil {
		return Installation{}, err
	}
	defer unlock()
	p := in.place()
	now, err := i.Installs.Find(ctx, p.team, p.enterprise)
	if err != nil || now.Token != in.Token {
		return now, err
	}
	// A refresh token works once: what Slack gives for it must be kept, even
	// if whoever asked has gone.
	renewed, err := i.exchange(context.WithoutCancel(ctx), now)
	if err != nil {
		i.failed.Put(p.key(), i.now(), i.now())
		return Installation{}, fmt.Errorf("renew the token of %s: %w", p.key(), err)
	}
	return renewed, nil
}

// exchange gets a new token for the refresh token of an installation and
// keeps it.
func (i *installer) exchange(ctx context.Context, old Installation) (Installation, error) {
	answer, err := slack.RefreshOAuthV2TokenContext(ctx, i.calls, i.ClientID, i.ClientSecret, old.Refresh, slack.OAuthOptionAPIURL(i.apiURL))
	if err != nil {
		return Installation{}, err
	}
	renewed := old
	renewed.Token, renewed.Refresh = answer.AccessToken, answer.RefreshToken
	renewed.Expires = i.now().Add(time.Duration(answer.ExpiresIn) * time.Second)
	if renewed.Token == "" || renewed.Refresh == "" || answer.ExpiresIn <= 0 {
		return Installation{}, errors.New("slack gives no new token")
	}
	return renewed, i.Installs.Save(ctx, renewed)
}

// missing reports whether the app is surely not installed in a place. As long
// as that is not known people get their answers, which need no token.
func (a *App) missing(ctx context.Context, p place) bool {
	if a.installer == nil {
		return false
	}
	_, err := a.installer.Installs.Find(ctx, p.team, p.enterprise)
	if err != nil && !errors.Is(err, ErrNotInstalled) {
		a.config.Log.Error("look for an install", "place", p.key(), "err", redact(err))
	}
	return errors.Is(err, ErrNotInstalled)
}

// save keeps a new installation.
func (i *installer) save(ctx context.Context, in Installation) error {
	unlock, err := i.locks.lock(ctx, in.place().key())
	if err != nil {
		return err
	}
	defer unlock()
	return i.Installs.Save(ctx, in)
}

// remove forgets an installation. It waits for a token that is being renewed,
// which would come back otherwise.
func (i *installer) remove(ctx context.Context, p place) error {
	unlock, err := i.locks.lock(ctx, p.key())
	if err != nil {
		return err
	}
	defer unlock()
	return i.Installs.Delete(ctx, p.team, p.enterprise)
}
