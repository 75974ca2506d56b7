package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"iobot/bot/slack/slacktest"
)

const (
	canarySecret = "CANARY-signing-secret-0123456789"
	canaryToken  = "xoxb-CANARY-0123456789"
)

// built is the program, compiled once for all tests, and without what the
// tests were compiled with. It lies beside the copy for scripts, which goes when
// the tests are done.
var built = sync.OnceValues(func() (string, error) {
	scripts, err := exec.LookPath("iobot")
	if err != nil {
		return "", err
	}
	path := filepath.Join(filepath.Dir(scripts), "built", "iobot")
	if out, err := exec.Command("go", "build", "-o", path, ".").CombinedOutput(); err != nil {
		return "", fmt.Errorf("build: %w\n%s", err, out)
	}
	return path, nil
})

// running is the program as a process of its own, with the fake Slack.
type running struct {
	t             *testing.T
	slack         *slacktest.Server
	cmd           *exec.Cmd
	public, admin string
	log           chan string // all lines, when it has ended
}

// process is the program with settings and secrets, not started yet.
func process(t *testing.T, settings string, env ...string) *exec.Cmd {
	t.Helper()
	path, err := built()
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "iobot.yaml")
	if err := os.WriteFile(file, []byte(settings), 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), path, "serve", "--config", file)
	cmd.Env, cmd.Dir = env, filepath.Dir(file)
	return cmd
}

func settings(mode, api string) string {
	return fmt.Sprintf("listen: \"127.0.0.1:0\"\nadmin_listen: \"127.0.0.1:0\"\nslack:\n  mode: %s\n  api_url: %q\n", mode, api)
}

// started starts the program and waits until it listens.
func started(t *testing.T, mode string) *running {
	t.Helper()
	r := &running{t: t, slack: slacktest.New(t), log: make(chan string, 1)}
	r.cmd = process(t, settings(mode, r.slack.APIURL()),
		"SLACK_SIGNING_SECRET="+canarySecret, "SLACK_BOT_TOKEN="+canaryToken, "SLACK_APP_TOKEN=xapp-CANARY-01234567")
	return r.launch()
}

// launch starts the process and waits until it listens.
func (r *running) launch() *running {
	t := r.t
	t.Helper()
	stderr, err := r.cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := r.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(stderr)
	var log strings.Builder
	for r.public == "" && lines.Scan() {
		log.WriteString(lines.Text() + "\n")
		var at struct{ Public, Admin string }
		if json.Unmarshal(lines.Bytes(), &at) == nil && at.Public != "" {
			r.public, r.admin = "http://"+at.Public, "http://"+at.Admin
		}
	}
	if r.public == "" {
		t.Fatalf("did not start:\n%s", log.String())
	}
	go func() {
		for lines.Scan() {
			log.WriteString(lines.Text() + "\n")
		}
		r.log <- log.String()
	}()
	return r
}

// stop ends the program as an operator does and returns its log.
func (r *running) stop() string {
	r.t.Helper()
	start := time.Now()
	if err := r.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		r.t.Fatal(err)
	}
	log := <-r.log
	if err := r.cmd.Wait(); err != nil {
		r.t.Errorf("did not end well: %v\n%s", err, log)
	}
	if took := time.Since(start); took > 10*time.Second {
		r.t.Errorf("stopping took %v", took)
	}
	return log
}

func (r *running) get(address string) (int, string) {
	r.t.Helper()
	resp, err := http.Get(address)
	if err != nil {
		r.t.Fatal(err)
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	if err != nil {
		r.t.Fatal(err)
	}
	return resp.StatusCode, string(text)
}

// send sends a signed body and returns the answer.
func (r *running) send(path, body string) string {
	r.t.Helper()
	resp, err := http.DefaultClient.Do(slacktest.Request(r.public+path, canarySecret, time.Now(), body))
	if err != nil {
		r.t.Fatal(err)
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	if err != nil || resp.StatusCode != http.StatusOK {
		r.t.Fatalf("%s: status %d, %v", path, resp.StatusCode, err)
	}
	return string(text)
}

// await waits for the nth call of a method.
func (r *running) await(method string, n int) slacktest.Call {
	r.t.Helper()
	calls, err := r.slack.Await(r.t.Context(), method, n)
	if err != nil {
		r.t.Fatal(err)
	}
	return calls[n-1]
}

// button finds the value of a button in a message by the start of its id.
func button(t *testing.T, message, id string) (actionID, value string) {
	t.Helper()
	var m struct {
		Blocks []struct {
			Elements []struct {
				ActionID string `json:"action_id"`
				Value    string
			}
		}
	}
	_ = json.Unmarshal([]byte(message), &m) // elements of other blocks look different
	for _, b := range m.Blocks {
		for _, e := range b.Elements {
			if strings.HasPrefix(e.ActionID, id) {
				return e.ActionID, e.Value
			}
		}
	}
	t.Fatalf("no button %s in %s", id, message)
	return "", ""
}

// TestServe is a morning on the ward: the real program, real HTTP, signed
// requests, a fake Slack.
func TestServe(t *testing.T) {
	r := started(t, "http")
	const answer = "0.12 mg"
	must := func(what, text string) {
		t.Helper()
		if !strings.Contains(text, answer) {
			t.Errorf("%s: %s is not in %.600s", what, answer, text)
		}
	}
	for _, path := range []string{"/livez", "/readyz"} {
		if status, text := r.get(r.public + path); status != http.StatusOK {
			t.Errorf("%s: %d %s", path, status, text)
		}
	}
	if status, _ := r.get(r.public + "/metrics"); status != http.StatusNotFound {
		t.Error("metrics are public")
	}

	card := r.send("/slack/commands", slacktest.Command("U1", "dose adrenaline 12 kg", r.slack.Hook()))
	must("/io", card)
	if len(r.slack.Calls("")) != 0 {
		t.Error("the answering path called Slack")
	}
	id, value := button(t, card, "io1:share")
	hook := r.slack.Hook()
	for i := range 2 {
		r.send("/slack/interactivity", slacktest.Payload(slacktest.Tap("U1", fmt.Sprint("share", i), hook, id, value)))
	}
	must("shared", fmt.Sprint(r.await("chat.postMessage", 1).Args["text"]))
	r.await("response_url", 1) // the private card says so

	mention := map[string]any{"type": "app_mention", "user": "U2", "channel": "C1", "ts": "1.1", "text": "<@UBOT> dose adrenaline 12 kg"}
	r.send("/slack/events", slacktest.Event("E1", mention))
	must("mention", fmt.Sprint(r.await("chat.postMessage", 2).Args["text"]))
	mention["text"], mention["ts"], mention["thread_ts"] = "<@UBOT> and for 20 kg?", "1.2", "1.1"
	r.send("/slack/events", slacktest.Event("E2", mention))
	if text := fmt.Sprint(r.await("chat.postMessage", 3).Args["text"]); !strings.Contains(text, "0.2 mg") {
		t.Errorf("a follow-up in a thread: %s", text)
	}

	r.send("/slack/interactivity", slacktest.Payload(map[string]any{
		"type": "shortcut", "callback_id": "io1:calculator", "trigger_id": "calc", "team": map[string]any{"id": "T0001"}, "user": map[string]any{"id": "U1"},
	}))
	r.await("views.open", 1)
	must("calculator", r.send("/slack/interactivity", slacktest.Payload(form("adrenaline", "12 kg"))))

	for i := range 2 {
		r.send("/slack/events", slacktest.Event(fmt.Sprint("H", i), map[string]any{"type": "app_home_opened", "tab": "home", "user": "U1"}))
		r.await("views.publish", 1)
	}
	_, metrics := r.get(r.admin + "/metrics")
	if !strings.Contains(metrics, `iobot_deliveries_total{became="OK",came="command",platform="slack"} 1`) {
		t.Error("metrics do not count the command")
	}

	log := r.stop() + metrics
	for _, secret := range []string{"CANARY", "SECRET", "/hook/", "adrenaline", "12 kg"} {
		if strings.Contains(log, secret) {
			t.Errorf("%q is in the log or the metrics:\n%s", secret, log)
		}
	}
	if n := len(r.slack.Calls("response_url")); n != 1 {
		t.Errorf("%d posts to the response_url after a double click, want one on the card", n)
	}
	if n := len(r.slack.Calls("chat.postMessage")); n != 3 {
		t.Errorf("%d posts to the channel, want the shared answer once and the two in the thread", n)
	}
	if n := len(r.slack.Calls("views.publish")); n != 1 {
		t.Errorf("the page was published %d times", n)
	}
}

func form(drug, weight string) map[string]any {
	return map[string]any{
		"type": "view_submission", "team": map[string]any{"id": "T0001"}, "user": map[string]any{"id": "U1"},
		"view": map[string]any{"id": "V1", "type": "modal", "callback_id": "io1:form", "state": map[string]any{"values": map[string]any{
			"drug":   map[string]any{"drug": map[string]any{"selected_option": map[string]any{"value": drug}}},
			"weight": map[string]any{"weight": map[string]any{"value": weight}},
		}}},
	}
}

// TestStopFinishesWhatIsBeingSent stops the program while Slack is slow.
func TestStopFinishesWhatIsBeingSent(t *testing.T) {
	r := started(t, "http")
	hold := make(chan struct{})
	r.slack.Fail("chat.postMessage", slacktest.Fault{Hold: hold})
	r.send("/slack/events", slacktest.Event("E1", map[string]any{"type": "app_mention", "user": "U2", "channel": "C1", "ts": "1.1", "text": "<@UBOT> why flush"}))
	r.await("chat.postMessage", 1)
	go close(hold)
	if log := r.stop(); strings.Contains(log, "ERROR") {
		t.Errorf("stopping broke a message off:\n%s", log)
	}
}

// TestServeFailsClosed starts the program without a usable secret.
func TestServeFailsClosed(t *testing.T) {
	for name, secret := range map[string]string{"empty": "", "blank": "          \t           ", "short": "fifteen-letters"} {
		t.Run(name, func(t *testing.T) {
			out, err := process(t, settings("http", "http://127.0.0.1:1/api/"),
				"SLACK_SIGNING_SECRET="+secret, "SLACK_BOT_TOKEN="+canaryToken).CombinedOutput()
			if err == nil || !strings.Contains(string(out), "secret") {
				t.Errorf("%v: %s", err, out)
			}
			if secret != "" && strings.Contains(string(out), strings.TrimSpace(secret)+"\x00") {
				t.Error("the error shows the secret")
			}
		})
	}
	if out, err := process(t, settings("http", "http://127.0.0.1:1/api/"), "SLACK_BOT_TOKEN="+canaryToken).CombinedOutput(); err == nil {
		t.Errorf("started with no secret set: %s", out)
	}
	if out, err := process(t, settings(`"off"`, "http://127.0.0.1:1/api/")).CombinedOutput(); err == nil || !strings.Contains(string(out), "slack.mode") {
		t.Errorf("started with nothing to serve: %v %s", err, out)
	}
}

// TestServeOverASocket asks the real program over Socket Mode.
func TestServeOverASocket(t *testing.T) {
	r := started(t, "socket")
	s, err := r.slack.Socket(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	question := map[string]string{"command": "/io", "text": "dose adrenaline 12 kg", "team_id": "T1", "channel_id": "C1", "user_id": "U1"}
	a, err := s.Deliver(t.Context(), "slash_commands", "s1", question, true)
	if err != nil {
		t.Fatal(err)
	}
	if text := fmt.Sprint(a.Payload["text"]); !strings.Contains(text, "0.12 mg") {
		t.Errorf("over the socket: %s", text)
	}
	if status, text := r.get(r.public + "/readyz"); status != http.StatusOK {
		t.Errorf("readyz: %d %s", status, text)
	}
	if resp, err := http.Post(r.public+"/slack/commands", "text/plain", nil); err != nil || resp.StatusCode != http.StatusNotFound {
		t.Errorf("Slack's addresses are open in socket mode: %v %v", resp, err)
	}
	if log := r.stop(); strings.Contains(log, "CANARY") || strings.Contains(log, "adrenaline") {
		t.Errorf("secrets or questions in the log:\n%s", log)
	}
}

// TestWrongTokenEndsTheProgram holds that an operator is told what to mend.
func TestWrongTokenEndsTheProgram(t *testing.T) {
	fake := slacktest.New(t)
	fake.Fail("apps.connections.open", slacktest.Fault{Error: "missing_scope", Needed: "connections:write"})
	out, err := process(t, settings("socket", fake.APIURL()), "SLACK_BOT_TOKEN="+canaryToken, "SLACK_APP_TOKEN=xapp-CANARY-01234567").CombinedOutput()
	if err == nil || !strings.Contains(string(out), "connections:write") || strings.Contains(string(out), "CANARY") {
		t.Errorf("%v: %s", err, out)
	}
}
