package slack

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"iobot/bot"
	"iobot/bot/slack/slacktest"
)

func TestSlashCommandIsAnsweredInTheResponse(t *testing.T) {
	w := newWard(t)
	m := w.ask("dose testodrin 12 kg")
	if m["response_type"] != "ephemeral" {
		t.Errorf("response_type is %v; answers are private", m["response_type"])
	}
	if text, _ := m["text"].(string); !strings.Contains(text, "12 kg: as much as needed") || !strings.Contains(text, "Check it.") {
		t.Errorf("the text alone does not answer: %q", text)
	}
	if len(w.calls("")) != 0 {
		t.Error("the answering path called Slack")
	}
}

// TestRefusals sends what is not Slack's or not a request, on every address.
func TestRefusals(t *testing.T) {
	w := newWard(t)
	form, big := slacktest.Command("U1", "dose testodrin 12 kg", ""), strings.Repeat("a", maxBody+1)
	set := func(name, value string) func(*http.Request) {
		return func(r *http.Request) { r.Header.Set(name, value) }
	}
	tests := []struct {
		name   string
		path   string
		body   string
		change func(*http.Request)
		want   int
	}{
		{"no signature", "/slack/commands", form, func(r *http.Request) { r.Header.Del("X-Slack-Signature") }, 401},
		{"no timestamp", "/slack/commands", form, func(r *http.Request) { r.Header.Del("X-Slack-Request-Timestamp") }, 401},
		{"two signatures", "/slack/commands", form, func(r *http.Request) { r.Header.Add("X-Slack-Signature", "v0=00") }, 401},
		{"other method", "/slack/commands", form, func(r *http.Request) { r.Method = http.MethodGet }, 405},
		{"other type", "/slack/commands", form, set("Content-Type", "text/plain"), 415},
		{"too large", "/slack/commands", big, nil, 413},
		{"not a form", "/slack/commands", "%zz", nil, 400},
		{"a field twice", "/slack/commands", "text=a&text=b", nil, 400},
		{"no payload", "/slack/interactivity", "x=1", nil, 400},
		{"two payloads", "/slack/interactivity", "payload={}&payload={}", nil, 400},
		{"payload of another type", "/slack/interactivity", "payload=%7B%22type%22:1%7D", nil, 400},
		{"a key twice", "/slack/events", `{"type":"a","type":"b"}`, nil, 400},
		{"too deep", "/slack/events", `{"a":` + strings.Repeat("[", 40) + strings.Repeat("]", 40) + "}", nil, 400},
		{"half an event", "/slack/events", `{"type":`, nil, 400},
		{"unsigned challenge", "/slack/events", `{"type":"url_verification","challenge":"abc"}`, set("X-Slack-Signature", "v0=00"), 401},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := slacktest.Request(w.url+tt.path, testSecret, w.now(), tt.body)
			if tt.change != nil {
				tt.change(r)
			}
			status, text := w.do(r)
			if status != tt.want {
				t.Errorf("status %d, want %d", status, tt.want)
			}
			if want := http.StatusText(tt.want) + "\n"; tt.want != 405 && text != want {
				t.Errorf("the answer is %q, not the constant %q", text, want)
			}
		})
	}
	if len(w.calls("")) != 0 {
		t.Error("a refused request called Slack")
	}
	w.ask("dose testodrin 12 kg") // still alive
}

func TestHandshakes(t *testing.T) {
	w := newWard(t)
	if _, text := w.send("/slack/events", `{"type":"url_verification","challenge":"abc"}`); text != `{"challenge":"abc"}` {
		t.Errorf("challenge answered with %q", text)
	}
	for _, path := range []string{"/slack/commands", "/slack/interactivity"} {
		if status, text := w.send(path, "ssl_check=1&token=x"); status != 200 || text != "" {
			t.Errorf("ssl_check at %s: %d %q", path, status, text)
		}
	}
}

// TestQueryStringIsNotRead holds the hole that the SDK once had: what stands
// in the address is not signed.
func TestQueryStringIsNotRead(t *testing.T) {
	w := newWard(t)
	w.send("/slack/commands?text=dose+testodrin+12+kg&user_id=U9", "team_id=T1")
	payload := strings.TrimPrefix(slacktest.Payload(slacktest.Tap("U1", "t1", w.slack.Hook(), Action{Verb: Dismiss}.id(), "")), "payload=")
	if status, _ := w.send("/slack/interactivity?payload="+payload, "a=b"); status != 400 {
		t.Errorf("status %d for a payload in the address, want 400", status)
	}
	if len(w.calls("")) != 0 {
		t.Error("a payload in the address had an effect")
	}
}

func TestPanicIsAnAnswer(t *testing.T) {
	w := newWard(t)
	m := w.ask("panic")
	if text, _ := m["text"].(string); !strings.Contains(text, "no answer") {
		t.Errorf("a panic answered %q", text)
	}
}

func TestBusy(t *testing.T) {
	w := newWard(t)
	var last map[string]any
	for range userBurst + 1 {
		last = w.ask("dose testodrin 12 kg")
	}
	if text, _ := last["text"].(string); !strings.Contains(text, "Busy") || strings.Contains(text, "as much") {
		t.Errorf("after %d questions the answer is %q", userBurst+1, text)
	}
	_, text := w.send("/slack/commands", slacktest.Command("U2", "dose testodrin 12 kg", ""))
	if strings.Contains(text, "Busy") {
		t.Error("another person is refused, too")
	}
	w.pass(2e9)
	if text, _ := w.ask("dose testodrin 12 kg")["text"].(string); strings.Contains(text, "Busy") {
		t.Error("still refused after two seconds")
	}
}

// TestAnswersOfOtherKnowledgeAreNotRepeated changes the knowledge between two
// equal questions.
func TestAnswersOfOtherKnowledgeAreNotRepeated(t *testing.T) {
	live, made := 1, 0
	w := newWard(t, func(c *Config) {
		c.Live = func() any { return live }
		c.Bot = bot.New(bot.Config{Default: "ask", Log: c.Log, Now: c.Now, Commands: []bot.Command{{
			Name: "ask", Options: []bot.Option{{Name: "question"}},
			Run: func(context.Context, bot.Input) (bot.Reply, error) {
				made++
				return bot.Reply{Outcome: bot.Answer, Title: fmt.Sprint("made from state ", live)}, nil
			},
		}}})
	})
	for range 3 {
		w.ask("ask why")
	}
	if made != 1 {
		t.Errorf("an answer was made %d times", made)
	}
	live = 2
	if text, _ := w.ask("ask why")["text"].(string); !strings.Contains(text, "state 2") {
		t.Errorf("after a change the answer is %q", text)
	}
	w.pass(time.Hour)
	w.ask("ask why")
	if made != 3 {
		t.Errorf("an hour later the answer was not made anew")
	}
}
