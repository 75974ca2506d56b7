package slack

import (
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/slack-go/slack/socketmode"

	"iobot/bot"
	"iobot/bot/platform"
	"iobot/bot/slack/slacktest"
)

// connect runs the App over Socket Mode and returns its two connections.
func (w *ward) connect() (first, second *slacktest.Socket, stop func() error) {
	w.t.Helper()
	ctx, cancel := context.WithCancel(w.t.Context())
	ended := make(chan error, 1)
	go func() { ended <- w.app.RunSocket(ctx) }()
	first, err := w.slack.Socket(ctx)
	if err != nil {
		w.t.Fatal(err)
	}
	second, err = w.slack.Socket(ctx)
	if err != nil {
		w.t.Fatal(err)
	}
	return first, second, func() error { cancel(); return <-ended }
}

// command is a slash command as a socket brings it.
func socketCommand(t *testing.T, text string) map[string]string {
	t.Helper()
	form, err := url.ParseQuery(slacktest.Command("U1", text, ""))
	if err != nil {
		t.Fatal(err)
	}
	fields := map[string]string{}
	for name := range form {
		fields[name] = form.Get(name)
	}
	return fields
}

func (w *ward) deliver(s *slacktest.Socket, kind, id string, payload any, takes bool) slacktest.Ack {
	w.t.Helper()
	a, err := s.Deliver(w.t.Context(), kind, id, payload, takes)
	if err != nil {
		w.t.Fatal(err)
	}
	return a
}

func TestSocketAnswersLikeHTTP(t *testing.T) {
	w := newWard(t)
	first, second, stop := w.connect()
	want := stringOf(t, w.ask("dose testodrin 12 kg"))
	for i, s := range []*slacktest.Socket{first, second} {
		a := w.deliver(s, "slash_commands", fmt.Sprint("s", i), socketCommand(t, "dose testodrin 12 kg"), true)
		if got := stringOf(t, a.Payload); got != want {
			t.Errorf("over the socket %s\nover HTTP %s", got, want)
		}
	}
	if err := w.app.Ready(); err != nil {
		t.Error(err)
	}
	if err := stop(); err != nil {
		t.Error(err)
	}
	if w.app.Ready() == nil {
		t.Error("ready after the connections were closed")
	}
}

// TestEverythingIsAcknowledged sends what the SDK understands and what it
// does not. Whatever is not acknowledged comes again.
func TestEverythingIsAcknowledged(t *testing.T) {
	w := newWard(t)
	s, _, stop := w.connect()
	event := func(id, inner string) json.RawMessage {
		return json.RawMessage(`{"type":"event_callback","event_id":"` + id + `","team_id":"T1","event":` + inner + `}`)
	}
	envelopes := []struct {
		kind    string
		payload any
		takes   bool
	}{
		{"events_api", event("E1", `{"type":"app_mention","user":"U1","channel":"C1","ts":"1.1","text":"<@UBOT> flush"}`), false},
		{"events_api", event("E1", `{"type":"app_mention","user":"U1","channel":"C1","ts":"1.1","text":"<@UBOT> flush"}`), false},
		{"events_api", event("E2", `{"type":"not_heard_of_yet","x":[1,2]}`), false},
		{"events_api", event("E3", `{"type":"app_mention","user":{"id":"U1"}}`), false},
		{"events_api", json.RawMessage(`{"type":"app_rate_limited"}`), false},
		{"events_api", "text", false},
		{"interactive", json.RawMessage(`{"type":"block_actions","actions":"none"}`), false},
		{"interactive", slacktest.Tap("U1", "t1", w.slack.Hook(), Action{Verb: Dismiss}.id(), ""), false},
		{"interactive", submit(FormView, "", map[string]string{DrugField: "testodrin", WeightField: "12 kg"}), true},
		{"slash_commands", json.RawMessage(`[]`), true},
		{"slash_commands", socketCommand(t, "panic"), true},
		{"not_heard_of_yet", json.RawMessage(`{}`), false},
	}
	for i, e := range envelopes {
		a := w.deliver(s, e.kind, fmt.Sprint("e", i), e.payload, e.takes)
		if !e.takes && a.Payload != nil {
			t.Errorf("envelope %d got an answer that Slack does not take: %v", i, a.Payload)
		}
		if i == 8 && !strings.Contains(stringOf(t, a.Payload), "as much as needed") {
			t.Errorf("a form over the socket: %v", a.Payload)
		}
	}
	if n := len(w.calls("chat.postMessage")); n != 1 {
		t.Errorf("%d answers to one mention", n)
	}
	if err := stop(); err != nil {
		t.Error(err)
	}
}

func TestSocketComesBack(t *testing.T) {
	w := newWard(t)
	first, second, stop := w.connect()
	for i, s := range []*slacktest.Socket{first, second} {
		var err error
		if i == 0 {
			err = s.Send(map[string]any{"type": "disconnect", "reason": "refresh_requested"})
		} else {
			err = s.Close()
		}
		if err != nil {
			t.Fatal(err)
		}
		<-s.Closed
		next, err := w.slack.Socket(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		w.deliver(next, "slash_commands", fmt.Sprint("again", i), socketCommand(t, "dose testodrin 12 kg"), true)
	}
	if err := stop(); err != nil {
		t.Error(err)
	}
}

// TestGovernedOpens drops every connection at once. The SDK alone opens
// hundreds a second.
func TestGovernedOpens(t *testing.T) {
	w := newWard(t)
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	start := w.now()
	go func() { ended <- w.app.RunSocket(ctx) }()
	const opens = 20
	for range opens {
		s, err := w.slack.Socket(ctx)
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
	cancel()
	if err := <-ended; err != nil {
		t.Error(err)
	}
	if took, least := w.now().Sub(start), (opens-openBurst)*openEvery; took < least {
		t.Errorf("%d opens in %v, want at least %v", opens, took, least)
	}
}

func TestStartErrorsSayWhatToMend(t *testing.T) {
	tests := []struct {
		name   string
		method string
		fault  slacktest.Fault
		want   string
	}{
		{"scope", "apps.connections.open", slacktest.Fault{Error: "missing_scope", Needed: "connections:write"}, "connections:write"},
		{"kind", "apps.connections.open", slacktest.Fault{Error: "not_allowed_token_type"}, "slack.app_token"},
		{"token", "apps.connections.open", slacktest.Fault{Error: "invalid_auth"}, "slack.app_token"},
		{"expired", "apps.connections.open", slacktest.Fault{Error: "token_expired"}, "slack.app_token"},
		{"no API there", "apps.connections.open", slacktest.Fault{Status: 404}, "slack.api_url"},
		{"bot token", "auth.test", slacktest.Fault{Error: "invalid_auth"}, "slack.bot_token"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			w := newWard(t)
			w.slack.Fail(tt.method, tt.fault, tt.fault, tt.fault)
			err := w.app.RunSocket(t.Context())
			if err == nil || !strings.Contains(err.Error(), tt.want) || strings.Contains(err.Error(), "CANARY") {
				t.Errorf("the error is %v, want %s in it", err, tt.want)
			}
		})
	}
	for _, tokens := range [][2]string{{"xoxb-not-the-app", testToken}, {"xapp-1", "xapp-not-the-bot"}} {
		w := newWard(t, func(c *Config) { c.AppToken, c.BotToken = tokens[0], tokens[1] })
		if err := w.app.RunSocket(t.Context()); err == nil || strings.Contains(err.Error(), "not-the") {
			t.Errorf("tokens mixed up: %v", err)
		}
	}
}

// TestDrainFinishesAnswers stops while an answer is being made.
func TestDrainFinishesAnswers(t *testing.T) {
	asked, answer := make(chan struct{}), make(chan struct{})
	w := newWard(t, func(c *Config) {
		c.Bot = bot.New(bot.Config{Default: "slow", Log: c.Log, Now: c.Now, Commands: []bot.Command{{
			Name: "slow", Options: []bot.Option{{Name: "x"}},
			Run: func(context.Context, bot.Input) (bot.Reply, error) {
				close(asked)
				<-answer
				return bot.Reply{Outcome: bot.Answer, Title: "At last", Blocks: []bot.Block{bot.Lead{Text: "Here it is."}}}, nil
			},
		}}})
		c.wait = func(ctx context.Context, d time.Duration) error {
			if d == ackFlush {
				return platform.Wait(ctx, d)
			}
			return ctx.Err()
		}
	})
	s, _, stop := w.connect()
	if err := s.Send(map[string]any{"type": "slash_commands", "envelope_id": "s1", "payload": socketCommand(t, "slow"), "accepts_response_payload": true}); err != nil {
		t.Fatal(err)
	}
	<-asked
	ended := make(chan error, 1)
	go func() { ended <- stop() }()
	close(answer)
	if a := <-s.Acks; !strings.Contains(stringOf(t, a.Payload), "Here it is.") {
		t.Errorf("the answer was lost: %v", a.Payload)
	}
	if err := <-ended; err != nil {
		t.Error(err)
	}
}

// TestLargeAnswerGoesAround holds that what Slack would drop without a word
// goes to the response_url.
func TestLargeAnswerGoesAround(t *testing.T) {
	w := newWard(t)
	payload, err := json.Marshal(map[string]string{"response_url": w.slack.Hook()})
	if err != nil {
		t.Fatal(err)
	}
	r := socketmode.Request{Type: "slash_commands", EnvelopeID: "s1", Payload: payload}
	w.app.acknowledge(t.Context(), w.app.sockets.client(), r, Message{Text: strings.Repeat("long ", 5000)})
	if n := len(w.calls("response_url")); n != 1 {
		t.Errorf("%d posts, want 1", n)
	}
}
