package slack

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/slack-go/slack"
	"golang.org/x/time/rate"

	"iobot/bot/platform"
)

// Where browsers come to install the app.
const (
	installPath  = "/slack/install"
	callbackPath = "/slack/oauth/callback"
)

// Anybody may come with a made-up code, and Slack must not be asked about all
// of them.
const (
	codeEvery = 3 * time.Second
	codeBurst = 20
)

// installer installs the app in workspaces and keeps their tokens valid.
type installer struct {
	OAuth
	apiURL string
	scopes []string     // to ask for
	calls  *http.Client // without a token
	log    *slog.Logger
	now    func() time.Time
	states *states
	allow  *rate.Limiter // of codes that are shown to Slack
	locks  locks
	failed *platform.Recent[string, time.Time] // when a token was last not renewed, by place
}

// oauthClient carries the client secret, so it follows nobody elsewhere.
func oauthClient(t *transport) *http.Client {
	return &http.Client{
		Transport: t, Timeout: callTimeout,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// InstallHandler returns the handler of the two addresses that an admin's
// browser opens, /slack/install and /slack/oauth/callback. Handler has them,
// too. It is nil for a single workspace.
func (a *App) InstallHandler() http.Handler {
	if a.installer == nil {
		return nil
	}
	mux := http.NewServeMux()
	a.installer.routes(mux)
	return mux
}

func (i *installer) routes(mux *http.ServeMux) {
	mux.HandleFunc("GET "+installPath, i.install)
	mux.HandleFunc("GET "+callbackPath, i.callback)
}

// install sends a browser to Slack to ask for consent.
func (i *installer) install(w http.ResponseWriter, r *http.Request) {
	state, cookie := i.states.issue(i.now())
	http.SetCookie(w, cookie)
	protect(w.Header())
	http.Redirect(w, r, i.authorizeURL(state), http.StatusFound)
}

// authorizeURL is where Slack asks for consent. GovSlack's is beside its API.
func (i *installer) authorizeURL(state string) string {
	u, err := url.Parse(i.apiURL)
	if err != nil {
		u = &url.URL{} // New has checked it
	}
	ask := url.URL{Scheme: u.Scheme, Host: u.Host, Path: "/oauth/v2/authorize"}
	ask.RawQuery = url.Values{
		"client_id": {i.ClientID}, "scope": {strings.Join(i.scopes, ",")},
		"state": {state}, "redirect_uri": {i.redirectURL()},
	}.Encode()
	return ask.String()
}

// installURL is the address to give to an admin.
func (i *installer) installURL() string {
	return strings.TrimSuffix(i.PublicURL, "/") + installPath
}

func (i *installer) redirectURL() string {
	return strings.TrimSuffix(i.PublicURL, "/") + callbackPath
}

// callback takes a browser that comes back from Slack.
func (i *installer) callback(w http.ResponseWriter, r *http.Request) {
	http.SetCookie(w, spentCookie())
	i.finish(r).write(w)
}

// finish installs the app if whoever was sent to Slack has consented there.
func (i *installer) finish(r *http.Request) page {
	query, err := parseForm([]byte(r.URL.RawQuery))
	if err != nil || !i.states.redeem(query.Get("state"), r, i.now()) {
		return pageStale
	}
	if query.Get("error") != "" || query.Get("code") == "" {
		return pageDenied
	}
	if !i.allow.AllowN(i.now(), 1) {
		return pageBusy
	}
	// A code works once: what Slack gives for it must be kept, even if the
	// browser has gone.
	ctx, cancel := context.WithTimeout(context.WithoutCancel(r.Context()), 2*callTimeout)
	defer cancel()
	in, err := i.redeemCode(ctx, query.Get("code"))
	var refused slack.SlackErrorResponse
	switch {
	case errors.As(err, &refused):
		i.log.Warn("install", "err", redact(err))
		return pageRefused
	case err != nil:
		i.log.Error("install", "err", redact(err))
		return pageFailed
	}
	i.log.Info("installed", "place", in.place().key(), "for the organisation", in.OrgWide)
	return pageInstalled
}

// redeemCode gets a token for the code that Slack gave the browser and keeps
// it.
func (i *installer) redeemCode(ctx context.Context, code string) (Installation, error) {
	answer, err := slack.GetOAuthV2ResponseContext(ctx, i.calls, i.ClientID, i.ClientSecret, code, i.redirectURL(), slack.OAuthOptionAPIURL(i.apiURL))
	if err != nil {
		return Installation{}, err
	}
	in, err := installation(answer, i.now())
	if err != nil {
		return Installation{}, err
	}
	return in, i.save(ctx, in)
}
