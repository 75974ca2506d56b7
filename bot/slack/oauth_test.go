package slack

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"iobot/bot/slack/slacktest"
)

// kept is where the tests keep installs.
type kept struct {
	mu     sync.Mutex
	all    map[string]Installation
	broken error // what every method returns
}

func (k *kept) Find(_ context.Context, team, enterprise string) (Installation, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	for _, key := range []string{team, enterprise} {
		if in, ok := k.all[key]; ok && key != "" {
			return in, k.broken
		}
	}
	return Installation{}, errors.Join(k.broken, ErrNotInstalled)
}

func (k *kept) Save(_ context.Context, in Installation) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.broken == nil {
		k.all[in.place().key()] = in
	}
	return k.broken
}

func (k *kept) Delete(_ context.Context, team, enterprise string) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.broken == nil {
		delete(k.all, place{team, enterprise}.key())
	}
	return k.broken
}

func (k *kept) fail(err error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.broken = err
}

// places are the places with an install.
func (k *kept) places() string {
	k.mu.Lock()
	defer k.mu.Unlock()
	var all []string
	for key := range k.all {
		all = append(all, key)
	}
	slices.Sort(all)
	return strings.Join(all, " ")
}

func (k *kept) token(key string) string {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.all[key].Token
}

const publicURL = "https://iobot.example.org"

// newWards is an App for many workspaces.
func newWards(t *testing.T) (*ward, *kept) {
	k := &kept{all: map[string]Installation{}}
	w := newWard(t, func(c *Config) {
		c.BotToken = ""
		c.OAuth = &OAuth{ClientID: slacktest.ClientID, ClientSecret: slacktest.ClientSecret, PublicURL: publicURL, Installs: k}
	})
	t.Cleanup(func() {
		if strings.Contains(w.log.String(), "CANARY") {
			t.Errorf("the log holds a secret:\n%s", w.log)
		}
	})
	return w, k
}

// browser is an admin's, with at most the one cookie.
type browser struct {
	w      *ward
	cookie string
}

// open opens an address as it is, and returns where it leads and what it
// shows.
func (b *browser) open(path string, query url.Values) (status int, location *url.URL, page string) {
	b.w.t.Helper()
	r, err := http.NewRequest(http.MethodGet, b.w.url+path+"?"+query.Encode(), nil)
	if err != nil {
		b.w.t.Fatal(err)
	}
	if b.cookie != "" {
		r.AddCookie(&http.Cookie{Name: cookieName, Value: b.cookie})
	}
	resp, err := http.DefaultTransport.RoundTrip(r)
	if err != nil {
		b.w.t.Fatal(err)
	}
	defer resp.Body.Close()
	text := make([]byte, 4096)
	n, _ := resp.Body.Read(text)
	for _, c := range resp.Cookies() {
		b.cookie = c.Value
		if c.Name != cookieName || !c.Secure || !c.HttpOnly || c.Path != "/" || c.Domain != "" || c.SameSite != http.SameSiteLaxMode || c.MaxAge > 600 {
			b.w.t.Errorf("cookie %v", c)
		}
	}
	if resp.Header.Get("Cache-Control") != "no-store" || resp.Header.Get("Referrer-Policy") != "no-referrer" {
		b.w.t.Errorf("headers %v", resp.Header)
	}
	location, _ = resp.Location() // none is fine
	return resp.StatusCode, location, string(text[:n])
}

// begin opens the install address and returns the state.
func (b *browser) begin() string {
	b.w.t.Helper()
	status, to, _ := b.open("/slack/install", nil)
	if status != http.StatusFound || to == nil {
		b.w.t.Fatalf("install: status %d", status)
	}
	return to.Query().Get("state")
}

// back comes back from Slack.
func (b *browser) back(state, code string) (int, string) {
	b.w.t.Helper()
	status, _, page := b.open("/slack/oauth/callback", url.Values{"state": {state}, "code": {code}})
	return status, page
}

// ofWard is what somebody agrees to for one workspace.
func ofWard(team string) slacktest.Grant {
	return slacktest.Grant{Team: team, Scope: strings.Join(Scopes(), ",")}
}

// install installs the app.
func (w *ward) install(g slacktest.Grant) {
	w.t.Helper()
	b := &browser{w: w}
	if status, page := b.back(b.begin(), w.slack.Consent(g)); status != http.StatusOK {
		w.t.Fatalf("install: status %d, %s", status, page)
	}
}

func TestInstall(t *testing.T) {
	w, k := newWards(t)
	b := &browser{w: w}
	_, to, _ := b.open("/slack/install", nil)
	q := to.Query()
	if to.Host != strings.TrimPrefix(strings.TrimSuffix(w.slack.APIURL(), "/api/"), "http://") || to.Path != "/oauth/v2/authorize" ||
		q.Get("client_id") != slacktest.ClientID || q.Get("scope") != "app_mentions:read,chat:write,commands,im:history" ||
		q.Get("redirect_uri") != publicURL+"/slack/oauth/callback" || len(q.Get("state")) < 40 {
		t.Errorf("leads to %s", to)
	}
	status, page := b.back(q.Get("state"), w.slack.Consent(ofWard("T0001")))
	if status != http.StatusOK || !strings.Contains(page, "iobot is installed") || strings.Contains(page, "CANARY") {
		t.Errorf("status %d, page %s", status, page)
	}
	if b.cookie != "" {
		t.Error("the cookie stays")
	}
	call := w.slack.Calls("oauth.v2.access")[0]
	if call.Args["redirect_uri"] != publicURL+"/slack/oauth/callback" || call.Token != "" {
		t.Errorf("asked with %v", call.Args)
	}
	in := k.all["T0001"]
	if in.BotUser != "UBOT" || in.Installer != "U1" || !in.Installed.Equal(w.now()) || in.OrgWide || !in.Expires.IsZero() {
		t.Errorf("kept for %s %s %v %v", in.BotUser, in.Installer, in.Installed, in.Expires)
	}
}

// TestNotInstalled are the ways in which installing fails. What is wrong with
// the state makes no call of Slack's.
func TestNotInstalled(t *testing.T) {
	type attempt struct {
		w     *ward
		b     *browser
		state string
	}
	for _, c := range []struct {
		what   string
		status int
		calls  int
		try    func(a attempt) (int, string)
	}{
		{"no state", 400, 0, func(a attempt) (int, string) { return a.b.back("", "CANARY") }},
		{"a wrong state", 400, 0, func(a attempt) (int, string) { return a.b.back(other(a.state), "CANARY") }},
		{"the state of another start", 400, 0, func(a attempt) (int, string) {
			return a.b.back((&browser{w: a.w}).begin(), "CANARY")
		}},
		{"no cookie", 400, 0, func(a attempt) (int, string) { return (&browser{w: a.w}).back(a.state, "CANARY") }},
		{"another cookie", 400, 0, func(a attempt) (int, string) {
			return (&browser{w: a.w, cookie: "CANARY"}).back(a.state, "CANARY")
		}},
		{"after ten minutes", 400, 0, func(a attempt) (int, string) {
			a.w.pass(10*time.Minute + time.Second)
			return a.b.back(a.state, "CANARY")
		}},
		{"the state twice", 400, 1, func(a attempt) (int, string) {
			again := &browser{w: a.w, cookie: a.b.cookie}
			if status, _ := a.b.back(a.state, "CANARY"); status != 400 {
				a.w.t.Errorf("first: status %d", status)
			}
			return again.back(a.state, a.w.slack.Consent(ofWard("T0001")))
		}},
		{"a parameter twice", 400, 0, func(a attempt) (int, string) {
			status, _, page := a.b.open("/slack/oauth/callback", url.Values{"state": {a.state, a.state}, "code": {"CANARY"}})
			return status, page
		}},
		{"consent denied", 403, 0, func(a attempt) (int, string) {
			status, _, page := a.b.open("/slack/oauth/callback", url.Values{"state": {a.state}, "error": {"CANARY<b>"}})
			return status, page
		}},
		{"no code", 403, 0, func(a attempt) (int, string) { return a.b.back(a.state, "") }},
		{"a bad code", 400, 1, func(a attempt) (int, string) { return a.b.back(a.state, "CANARY<b>") }},
		{"Slack down", 502, 1, func(a attempt) (int, string) {
			a.w.slack.Fail("oauth.v2.access", slacktest.Fault{Status: 500})
			return a.b.back(a.state, "CANARY")
		}},
		{"too few scopes", 502, 1, func(a attempt) (int, string) {
			return a.b.back(a.state, a.w.slack.Consent(slacktest.Grant{Team: "T0001", Scope: "commands"}))
		}},
		{"no place", 502, 1, func(a attempt) (int, string) {
			return a.b.back(a.state, a.w.slack.Consent(slacktest.Grant{Scope: strings.Join(Scopes(), ",")}))
		}},
	} {
		w, k := newWards(t)
		b := &browser{w: w}
		status, page := c.try(attempt{w, b, b.begin()})
		if n := len(w.slack.Calls("oauth.v2.access")); status != c.status || n != c.calls {
			t.Errorf("%s: status %d and %d calls, not %d and %d", c.what, status, n, c.status, c.calls)
		}
		if strings.Contains(page, "CANARY") || strings.Contains(page, "<b>") || !strings.Contains(page, "Open the install address again") {
			t.Errorf("%s: page %s", c.what, page)
		}
		if k.places() != "" {
			t.Errorf("%s: installed in %s", c.what, k.places())
		}
	}
}

// other is the state with another first character, whichever it had.
func other(state string) string {
	if state[0] == 'x' {
		return "y" + state[1:]
	}
	return "x" + state[1:]
}

func TestInstallNotKept(t *testing.T) {
	w, k := newWards(t)
	k.fail(errors.New("disk full"))
	b := &browser{w: w}
	if status, _ := b.back(b.begin(), w.slack.Consent(ofWard("T0001"))); status != http.StatusBadGateway {
		t.Errorf("status %d", status)
	}
}

// TestManyCodes: nobody can have the bot ask Slack about one made-up code
// after the other.
func TestManyCodes(t *testing.T) {
	w, _ := newWards(t)
	last := 0
	for range codeBurst + 5 {
		b := &browser{w: w}
		last, _ = b.back(b.begin(), "CANARY")
	}
	if n := len(w.slack.Calls("oauth.v2.access")); last != http.StatusServiceUnavailable || n != codeBurst {
		t.Errorf("status %d after %d calls", last, n)
	}
}

func TestGovSlack(t *testing.T) {
	i := installer{OAuth: OAuth{ClientID: "1.2", PublicURL: publicURL + "/"}, apiURL: "https://slack-gov.com/api/"}
	want := "https://slack-gov.com/oauth/v2/authorize?client_id=1.2&redirect_uri=https%3A%2F%2Fiobot.example.org%2Fslack%2Foauth%2Fcallback&"
	if got := i.authorizeURL("s"); !strings.HasPrefix(got, want) {
		t.Errorf("leads to %s", got)
	}
}

func TestSingleWorkspaceHasNoInstall(t *testing.T) {
	w := newWard(t)
	for _, path := range []string{"/slack/install", "/slack/oauth/callback"} {
		resp, err := http.Get(w.url + path)
		if err != nil {
			t.Fatal(err)
		}
		resp.Body.Close()
		if resp.StatusCode != http.StatusNotFound {
			t.Errorf("%s: status %d", path, resp.StatusCode)
		}
	}
	if w.app.InstallHandler() != nil {
		t.Error("a single workspace has an install handler")
	}
}

func TestOAuthConfig(t *testing.T) {
	good := OAuth{ClientID: "1.2", ClientSecret: slacktest.ClientSecret, PublicURL: publicURL, Installs: &kept{}}
	for what, change := range map[string]func(*OAuth){
		"no client id":    func(o *OAuth) { o.ClientID = "" },
		"no secret":       func(o *OAuth) { o.ClientSecret = "  " },
		"a short secret":  func(o *OAuth) { o.ClientSecret = "CANARY" },
		"no address":      func(o *OAuth) { o.PublicURL = "" },
		"plain http":      func(o *OAuth) { o.PublicURL = "http://iobot.example.org" },
		"a path":          func(o *OAuth) { o.PublicURL += "/slack" },
		"nowhere to keep": func(o *OAuth) { o.Installs = nil },
	} {
		o := good
		change(&o)
		if err := o.check(); err == nil || strings.Contains(err.Error(), "CANARY") {
			t.Errorf("%s: %v", what, err)
		}
	}
	if err := good.check(); err != nil {
		t.Error(err)
	}
}

// eventIn is a message to the bot in a workspace.
func eventIn(id, team, enterprise string, orgWide bool, inner string) string {
	authTeam := fmt.Sprintf("%q", team)
	if orgWide {
		authTeam = "null"
	}
	return fmt.Sprintf(`{"type":"event_callback","event_id":%q,"team_id":%q,"enterprise_id":%q,"event":%s,
		"authorizations":[{"team_id":%s,"enterprise_id":%q,"is_enterprise_install":%v,"user_id":"UBOT","is_bot":true}]}`,
		id, team, enterprise, inner, authTeam, enterprise, orgWide)
}

const direct = `{"type":"message","channel_type":"im","channel":"D1","user":"U1","text":"flush","ts":"1"}`

func (w *ward) eventIn(id, team, enterprise string, orgWide bool, inner string) int {
	w.t.Helper()
	status, _ := w.send("/slack/events", eventIn(id, team, enterprise, orgWide, inner))
	return status
}

// tokensUsed are the tokens of the calls of a method.
func (w *ward) tokensUsed(method string) []string {
	var list []string
	for _, c := range w.calls(method) {
		list = append(list, c.Token)
	}
	slices.Sort(list)
	return list
}

func TestEachWorkspaceItsToken(t *testing.T) {
	w, k := newWards(t)
	w.install(ofWard("T0001"))
	w.install(ofWard("T0002"))
	w.install(slacktest.Grant{Enterprise: "E0001", Scope: strings.Join(Scopes(), ",")})
	if got := k.places(); got != "E0001 T0001 T0002" {
		t.Fatalf("installed in %s", got)
	}
	w.eventIn("Ev1", "T0001", "", false, direct)
	w.eventIn("Ev2", "T0002", "E0001", false, direct) // its own goes before its organisation's
	w.eventIn("Ev3", "T0003", "E0001", true, direct)
	w.eventIn("Ev4", "T0004", "", false, direct) // nobody installed it there
	want := []string{k.token("E0001"), k.token("T0001"), k.token("T0002")}
	slices.Sort(want)
	if got := w.tokensUsed("chat.postMessage"); !slices.Equal(got, want) {
		t.Errorf("used %v, not %v", got, want)
	}
	tap := slacktest.Tap("U1", "9.9", w.slack.Hook(), Action{Verb: Calculator}.id(), "")
	tap["team"], tap["enterprise"], tap["is_enterprise_install"] = nil, map[string]any{"id": "E0001"}, true
	w.interact(tap)
	if got := w.tokensUsed("views.open"); !slices.Equal(got, []string{k.token("E0001")}) {
		t.Errorf("the form was opened with %v", got)
	}
}

func TestUninstall(t *testing.T) {
	const revoked = `{"type":"tokens_revoked","tokens":{"oauth":["U1"],"bot":["UBOT"]}}`
	for _, c := range []struct {
		what, team, enterprise string
		orgWide                bool
		event, left            string
	}{
		{"uninstalled", "T0001", "", false, `{"type":"app_uninstalled"}`, "E0001 T0002"},
		{"revoked", "T0001", "", false, revoked, "E0001 T0002"},
		{"a person's token revoked", "T0001", "", false, `{"type":"tokens_revoked","tokens":{"oauth":["U1"]}}`, "E0001 T0001 T0002"},
		{"one of an organisation", "T0002", "E0001", false, `{"type":"app_uninstalled"}`, "E0001 T0001"},
		{"an organisation", "T0002", "E0001", true, `{"type":"app_uninstalled"}`, "T0001 T0002"},
		{"nowhere installed", "T0009", "", false, `{"type":"app_uninstalled"}`, "E0001 T0001 T0002"},
	} {
		w, k := newWards(t)
		w.install(ofWard("T0001"))
		w.install(ofWard("T0002"))
		w.install(slacktest.Grant{Enterprise: "E0001", Scope: strings.Join(Scopes(), ",")})
		if status := w.eventIn("Ev1", c.team, c.enterprise, c.orgWide, c.event); status != http.StatusOK {
			t.Errorf("%s: status %d", c.what, status)
		}
		if got := k.places(); got != c.left {
			t.Errorf("%s: left in %s, not %s", c.what, got, c.left)
		}
	}
}

// TestUninstallElsewhere: what Slack says who may see the event does not
// decide which workspace has removed the app.
func TestUninstallElsewhere(t *testing.T) {
	w, k := newWards(t)
	w.install(ofWard("T0001"))
	w.install(ofWard("T0002"))
	w.send("/slack/events", `{"type":"event_callback","event_id":"Ev1","team_id":"T0002","event":{"type":"app_uninstalled"},
		"authorizations":[{"team_id":"T0001","user_id":"UBOT","is_bot":true}]}`)
	if got := k.places(); got != "T0001" {
		t.Errorf("left in %s", got)
	}
}

// TestUninstallComesAgain: an event that could not be kept is refused, so that
// Slack brings it again, and then has its effect.
func TestUninstallComesAgain(t *testing.T) {
	w, k := newWards(t)
	w.install(ofWard("T0001"))
	k.fail(errors.New("disk full"))
	if status := w.eventIn("Ev1", "T0001", "", false, `{"type":"app_uninstalled"}`); status != http.StatusServiceUnavailable {
		t.Errorf("status %d", status)
	}
	k.fail(nil)
	w.pass(time.Minute)
	w.eventIn("Ev1", "T0001", "", false, `{"type":"app_uninstalled"}`)
	if k.places() != "" {
		t.Error("still installed")
	}
}

// TestCommandWithoutInstall: a command from where the app is not installed
// says how to install it. While that is not known it is answered.
func TestCommandWithoutInstall(t *testing.T) {
	w, k := newWards(t)
	asked := func() string { return fmt.Sprint(w.ask("dose testodrin 12 kg")) }
	if got := asked(); !strings.Contains(got, "reinstall it at "+publicURL+"/slack/install") || strings.Contains(got, "as much as needed") {
		t.Errorf("not installed: %.600s", got)
	}
	w.install(ofWard("T0001"))
	if got := asked(); !strings.Contains(got, "as much as needed") {
		t.Errorf("installed: %.600s", got)
	}
	k.fail(errors.New("disk full"))
	if got := asked(); !strings.Contains(got, "as much as needed") {
		t.Errorf("not known: %.600s", got)
	}
}
