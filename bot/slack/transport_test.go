package slack

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"iobot/bot/slack/slacktest"
)

// post sends one message and reports whether it worked.
func (w *ward) post() error {
	_, err := w.app.post(context.Background(), place{}, "C1", "", Message{Text: "hello"})
	return err
}

func TestTooManyRequests(t *testing.T) {
	w := newWard(t)
	w.slack.Fail("chat.postMessage", slacktest.Fault{Status: 429, RetryAfter: "2"})
	if err := w.post(); err != nil {
		t.Errorf("after a short pause: %v", err)
	}
	if len(w.waits) != 1 || w.waits[0] != 2*time.Second {
		t.Errorf("waited %v, want 2 s", w.waits)
	}
}

// TestNoStorm holds that a method which Slack refuses for long is left alone.
func TestNoStorm(t *testing.T) {
	for _, after := range []string{"30", "", "soon"} {
		w := newWard(t)
		w.slack.Fail("chat.postMessage", slacktest.Fault{Status: 429, RetryAfter: after})
		for range 50 {
			if w.post() == nil {
				t.Fatal("a refused message counts as sent")
			}
		}
		if n := len(w.slack.Calls("chat.postMessage")); n != 1 || len(w.waits) != 0 {
			t.Errorf("Retry-After %q: %d calls and %d waits", after, n, len(w.waits))
		}
		w.pass(31 * time.Second)
		if err := w.post(); err != nil {
			t.Errorf("when the time is over: %v", err)
		}
	}
}

func TestTriesAreBounded(t *testing.T) {
	w := newWard(t)
	for range 10 {
		w.slack.Fail("chat.postMessage", slacktest.Fault{Status: 429, RetryAfter: "1"})
	}
	if w.post() == nil || len(w.slack.Calls("chat.postMessage")) != maxTries {
		t.Errorf("%d calls, want %d", len(w.slack.Calls("chat.postMessage")), maxTries)
	}
}

// TestMessagesAreNotSentTwice fails in ways that leave open whether Slack
// took the message.
func TestMessagesAreNotSentTwice(t *testing.T) {
	for _, fault := range []slacktest.Fault{{Status: 500}, {Status: 503}, {Reset: true}, {Error: "internal_error"}} {
		w := newWard(t)
		w.slack.Fail("chat.postMessage", fault)
		if w.post() == nil || len(w.slack.Calls("chat.postMessage")) != 1 {
			t.Errorf("%+v: %d calls, want 1", fault, len(w.slack.Calls("chat.postMessage")))
		}
	}
}

func TestNobodyListens(t *testing.T) {
	w := newWard(t, func(c *Config) { c.APIURL = "http://127.0.0.1:1/api/" })
	if err := w.post(); err == nil || len(w.waits) != maxTries-1 {
		t.Errorf("%v after %d waits", err, len(w.waits))
	}
}

// TestSlackDownAnswersStillArrive holds the reason for answering inside the
// response.
func TestSlackDownAnswersStillArrive(t *testing.T) {
	w := newWard(t, func(c *Config) { c.APIURL = "http://127.0.0.1:1/api/" })
	if text, _ := w.ask("dose testodrin 12 kg")["text"].(string); !strings.Contains(text, "as much as needed") {
		t.Errorf("with Slack's API down the answer is %q", text)
	}
}

// TestSecretsInNoLog fails in every way with canaries in every place and then
// reads the log.
func TestSecretsInNoLog(t *testing.T) {
	w := newWard(t)
	faults := []slacktest.Fault{{Status: 500}, {Reset: true}, {Status: 403}, {Error: "invalid_auth"}, {Status: 429, RetryAfter: "60"}, {Status: 404}}
	const words = "dose CANARYDRUG 12 kg"
	for i, f := range faults {
		for _, method := range []string{"response_url", "chat.postMessage", "views.open", "views.publish"} {
			w.slack.Fail(method, f, f, f, f)
		}
		trigger := string(rune('a' + i))
		w.ask(words)
		w.tap("s"+trigger, Action{Verb: Share, Line: words}, w.slack.Hook())
		w.tap("d"+trigger, Action{Verb: Send, Line: words}, w.slack.Hook())
		w.tap("r"+trigger, Action{Verb: Run, Line: words}, "https://CANARY.example/hook/SECRET")
		w.event("E"+trigger, mentioned("<@UBOT> "+words, "1", ""))
		w.event("H"+trigger, map[string]any{"type": "app_home_opened", "user": "U1", "tab": "home"})
		w.interact(map[string]any{"type": "shortcut", "callback_id": OpenCalculator, "trigger_id": "c" + trigger, "user": map[string]any{"id": "UCANARY"}})
		w.calls("")
		w.pass(time.Hour)
	}
	log := w.log.String()
	if !strings.Contains(log, "level=ERROR") {
		t.Fatal("nothing failed")
	}
	for _, secret := range []string{"CANARY", "SECRET", testSecret, "/hook/", "xoxb", "testodrin"} {
		if strings.Contains(log, secret) {
			t.Errorf("the log holds %q:\n%s", secret, log)
		}
	}
}

func TestRedact(t *testing.T) {
	err := errors.New(`Post "https://hooks.slack.com/actions/T1/SECRET": token xoxb-1-SECRET and xapp-1-A-SECRET, wss://x/?ticket=SECRET`)
	if text := redact(err); strings.Contains(text, "SECRET") {
		t.Error(text)
	}
}

func TestCloseWaitsForWhatIsBeingSent(t *testing.T) {
	w := newWard(t)
	hold := make(chan struct{})
	w.slack.Fail("chat.postMessage", slacktest.Fault{Hold: hold})
	w.event("E1", mentioned("<@UBOT> flush", "1.1", ""))
	if _, err := w.slack.Await(t.Context(), "chat.postMessage", 1); err != nil {
		t.Fatal(err)
	}
	short, cancel := context.WithCancel(t.Context())
	cancel()
	if err := w.app.Close(short); err == nil {
		t.Error("closed although something was being sent")
	}
	close(hold)
	if err := w.app.Close(t.Context()); err != nil {
		t.Error(err)
	}
	if status, _ := w.send("/slack/events", slacktest.Event("E2", mentioned("<@UBOT> flush", "1.1", ""))); status != http.StatusServiceUnavailable {
		t.Errorf("status %d after closing", status)
	}
}
