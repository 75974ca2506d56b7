package main

import (
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"iobot/bot/slack/slacktest"
)

const (
	scopes = "app_mentions:read,chat:write,commands,im:history"
	direct = `{"type":"event_callback","event_id":%q,"team_id":%q,"event":{"type":"message","channel_type":"im",
		"channel":"D1","user":"U1","text":"dose adrenaline 12 kg","ts":"1"}}`
	uninstalled = `{"type":"event_callback","event_id":%q,"team_id":%q,"event":{"type":"app_uninstalled"}}`
)

// startedForMany starts the program for many workspaces, with its state in a
// file.
func startedForMany(t *testing.T, fake *slacktest.Server, mode, file string) *running {
	t.Helper()
	r := &running{t: t, slack: fake, log: make(chan string, 1)}
	text := fmt.Sprintf("%s  client_id: %q\n  public_url: https://iobot.example.org\nstate: %q\n",
		settings(mode, fake.APIURL()), slacktest.ClientID, "sqlite:"+file)
	r.cmd = process(t, text, "SLACK_SIGNING_SECRET="+canarySecret, "SLACK_APP_TOKEN=xapp-CANARY-01234567",
		"SLACK_CLIENT_SECRET="+slacktest.ClientSecret, "IOBOT_TOKEN_KEY=CANARY-key-0123456789-0123456789")
	return r.launch()
}

// browse opens an address as it is, with cookies.
func (r *running) browse(address string, cookies []*http.Cookie) (resp *http.Response, page string) {
	r.t.Helper()
	req, err := http.NewRequest(http.MethodGet, address, nil)
	if err != nil {
		r.t.Fatal(err)
	}
	for _, c := range cookies {
		req.AddCookie(c)
	}
	resp, err = http.DefaultTransport.RoundTrip(req)
	if err != nil {
		r.t.Fatal(err)
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	if err != nil {
		r.t.Fatal(err)
	}
	return resp, string(text)
}

// install installs the app as an admin's browser does.
func (r *running) install(team string) {
	r.t.Helper()
	first, _ := r.browse(r.public+"/slack/install", nil)
	to, err := first.Location()
	if err != nil {
		r.t.Fatal(err)
	}
	code := r.slack.Consent(slacktest.Grant{Team: team, Scope: scopes, Rotates: true})
	back := url.Values{"state": {to.Query().Get("state")}, "code": {code}}
	last, page := r.browse(r.public+"/slack/oauth/callback?"+back.Encode(), first.Cookies())
	if last.StatusCode != http.StatusOK || !strings.Contains(page, "is installed") || strings.Contains(page, "CANARY") {
		r.t.Fatalf("install: status %d, page %s", last.StatusCode, page)
	}
}

// TestManyWorkspaces installs the app in two workspaces, restarts, uninstalls
// it in one, and looks for secrets in what is left.
func TestManyWorkspaces(t *testing.T) {
	dir, fake := t.TempDir(), slacktest.New(t)
	file := filepath.Join(dir, "iobot.db")
	r := startedForMany(t, fake, "http", file)
	r.install("T0001")
	r.install("T0002")
	r.send("/slack/events", fmt.Sprintf(direct, "Ev1", "T0001"))
	if call := r.await("chat.postMessage", 1); !strings.Contains(call.Token, "CANARY-T0001") {
		t.Errorf("T0001 got an answer with %s", call.Token)
	}
	noSecretsIn(t, dir)
	log := r.stop()

	r = startedForMany(t, fake, "http", file)
	r.send("/slack/events", fmt.Sprintf(direct, "Ev2", "T0002"))
	if call := r.await("chat.postMessage", 2); !strings.Contains(call.Token, "CANARY-T0002") {
		t.Errorf("after the restart T0002 got an answer with %s", call.Token)
	}
	r.send("/slack/events", fmt.Sprintf(uninstalled, "Ev3", "T0001"))
	if got := r.send("/slack/commands", slacktest.Command("U1", "dose adrenaline 12 kg", "")); !strings.Contains(got, "reinstall it at https://iobot.example.org/slack/install") {
		t.Errorf("after it was uninstalled: %.600s", got)
	}
	if log += r.stop(); strings.Contains(log, "CANARY") {
		t.Errorf("the log holds a secret:\n%s", log)
	}
	noSecretsIn(t, dir)
}

// TestManyWorkspacesOverSocket: the install addresses are there, those of
// HTTP mode are not, and each workspace is answered with its own token.
func TestManyWorkspacesOverSocket(t *testing.T) {
	fake := slacktest.New(t)
	r := startedForMany(t, fake, "socket", filepath.Join(t.TempDir(), "iobot.db"))
	socket, err := fake.Socket(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	r.install("T0001")
	event := map[string]any{
		"type": "event_callback", "event_id": "Ev1", "team_id": "T0001",
		"event": map[string]any{"type": "message", "channel_type": "im", "channel": "D1", "user": "U1", "text": "about", "ts": "1"},
	}
	if _, err := socket.Deliver(t.Context(), "events_api", "1", event, false); err != nil {
		t.Fatal(err)
	}
	if call := r.await("chat.postMessage", 1); !strings.Contains(call.Token, "CANARY-T0001") {
		t.Errorf("answered with %s", call.Token)
	}
	if status, _ := r.get(r.public + "/slack/commands"); status != http.StatusNotFound {
		t.Errorf("/slack/commands: status %d", status)
	}
	r.stop()
}

// noSecretsIn looks for readable secrets in all files of a folder.
func noSecretsIn(t *testing.T, dir string) {
	t.Helper()
	files, err := os.ReadDir(dir)
	if err != nil || len(files) == 0 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	for _, f := range files {
		text, err := os.ReadFile(filepath.Join(dir, f.Name()))
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(text), "CANARY") {
			t.Errorf("%s holds a secret", f.Name())
		}
	}
}
