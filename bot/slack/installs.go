package slack

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/slack-go/slack"
	"golang.org/x/time/rate"

	"iobot/bot/platform"
)

// OAuth lets the app be installed in many workspaces, each with a token of
// its own.
type OAuth struct {
	ClientID     string
	ClientSecret string
	PublicURL    string // where browsers reach the bot, "https://iobot.example.org"
	Installs     Installs
}

// Installs keeps where the app is installed. Its methods are safe for
// concurrent use.
type Installs interface {
	// Find returns the installation of a workspace or, when it has none of
	// its own, of its organisation; either id may be empty. It returns
	// ErrNotInstalled when there is none.
	Find(ctx context.Context, team, enterprise string) (Installation, error)
	// Save keeps an installation in place of an earlier one of the same
	// workspace or organisation.
	Save(ctx context.Context, in Installation) error
	// Delete forgets the installation of a workspace or, when team is empty,
	// of an organisation. It is no error when there is none.
	Delete(ctx context.Context, team, enterprise string) error
}

// ErrNotInstalled is returned for a place that the app is not installed in.
var ErrNotInstalled = errors.New("the app is not installed there")

// Installation is the app in one workspace, or in all of an organisation's.
type Installation struct {
	Team       string // workspace; empty when OrgWide
	Enterprise string // its organisation; empty when it has none
	OrgWide    bool   // for all workspaces of the organisation
	BotUser    string
	Scopes     []string  // what the token may do
	Token      string    // xoxb-… or, when it expires, xoxe.xoxb-…
	Refresh    string    // renews the token, once; empty when it does not expire
	Expires    time.Time // of the token; zero when it does not
	Installed  time.Time
	Installer  string // user
}

// place is where an installation is for.
func (in Installation) place() place {
	if in.OrgWide {
		return place{enterprise: in.Enterprise}
	}
	return place{team: in.Team, enterprise: in.Enterprise}
}

// due reports whether the token expires within a time.
func (in Installation) due(at time.Time, within time.Duration) bool {
	return in.Refresh != "" && !in.Expires.IsZero() && in.Expires.Sub(at) < within
}

// place is a workspace and the organisation that it is part of. Either may be
// missing.
type place struct{ team, enterprise string }

// key is what no other place has.
func (p place) key() string {
	if p.team != "" {
		return p.team
	}
	return p.enterprise
}

// newInstaller returns nil for a single workspace.
func newInstaller(c Config, t *transport) *installer {
	if c.OAuth == nil {
		return nil
	}
	return &installer{
		OAuth:  *c.OAuth,
		apiURL: c.APIURL,
		scopes: c.Images.scopes(),
		calls:  oauthClient(t.with("")),
		log:    c.Log,
		now:    c.Now,
		states: newStates(),
		allow:  rate.NewLimiter(rate.Every(codeEvery), codeBurst),
		failed: platform.NewRecent[string, time.Time](renewPause, threadSize),
	}
}

// check says what is missing.
func (o *OAuth) check() error {
	u, err := url.Parse(o.PublicURL)
	switch {
	case o.ClientID == "":
		return errors.New("set up Slack: the client id is empty")
	case len(strings.TrimSpace(o.ClientSecret)) < minSecret:
		return fmt.Errorf("set up Slack: the client secret is empty or shorter than %d characters", minSecret)
	case err != nil || u.Scheme != "https" || u.Host == "" || strings.Trim(u.Path, "/") != "":
		return errors.New("set up Slack: the public address must be https:// and a host")
	case o.Installs == nil:
		return errors.New("set up Slack: there is nowhere to keep installs")
	}
	return nil
}

// installation reads what Slack says about an install, or about its new token.
func installation(r *slack.OAuthV2Response, at time.Time) (Installation, error) {
	in := Installation{
		Team: r.Team.ID, Enterprise: r.Enterprise.ID, OrgWide: r.IsEnterpriseInstall,
		BotUser: r.BotUserID, Scopes: strings.Split(r.Scope, ","),
		Token: r.AccessToken, Refresh: r.RefreshToken, Installed: at, Installer: r.AuthedUser.ID,
	}
	if in.OrgWide {
		in.Team = "" // where the admin was
	}
	if r.ExpiresIn > 0 {
		in.Expires = at.Add(time.Duration(r.ExpiresIn) * time.Second)
	}
	switch {
	case in.place().key() == "":
		return in, errors.New("slack names no workspace")
	case in.Token == "" || r.TokenType != "bot":
		return in, errors.New("slack gives no bot token")
	case !in.Expires.IsZero() && in.Refresh == "":
		return in, errors.New("slack gives a token that expires and nothing to renew it with")
	}
	for _, scope := range Scopes() {
		if !slices.Contains(in.Scopes, scope) {
			return in, fmt.Errorf("slack did not grant %s", scope)
		}
	}
	return in, nil
}

// locks has one lock for each key.
type locks struct{ all sync.Map }

// lock waits for the lock of a key until ctx ends.
func (l *locks) lock(ctx context.Context, key string) (unlock func(), err error) {
	made, _ := l.all.LoadOrStore(key, make(chan struct{}, 1))
	held := made.(chan struct{})
	select {
	case held <- struct{}{}:
		return func() { <-held }, nil
	case <-ctx.Done():
		return nil, fmt.Errorf("wait for another to finish: %w", ctx.Err())
	}
}
