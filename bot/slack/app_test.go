package slack

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"iobot/bot"
	"iobot/bot/slack/slacktest"
)

const (
	testSecret = "0123456789abcdef0123456789abcdef"
	testToken  = "xoxb-CANARY-1234567890"
)

// ward is an App with the Slack that it talks to.
type ward struct {
	t     *testing.T
	slack *slacktest.Server
	app   *App
	url   string
	log   *safeBuffer

	mu    sync.Mutex
	at    time.Time
	waits []time.Duration // what would have been waited for
}

// newWard starts an App over HTTP. Its clock stands still and its waits are
// over at once.
func newWard(t *testing.T, change ...func(*Config)) *ward {
	w := &ward{t: t, slack: slacktest.New(t), log: &safeBuffer{}, at: time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)}
	log := slog.New(slog.NewTextHandler(w.log, nil))
	c := Config{
		APIURL: w.slack.APIURL(), Secrets: []string{testSecret}, BotToken: testToken, AppToken: "xapp-CANARY-1",
		Bot: testBot(log, w.now), Log: log, Now: w.now, wait: w.wait,
		Drugs:    func(typed string) []string { return []string{"drug " + typed} },
		Uses:     func(drug, typed string) []string { return []string{"use of " + drug + " " + typed} },
		Examples: []bot.Choice{{Label: "dose adrenaline 12 kg", Command: "dose adrenaline 12 kg"}},
	}
	for _, f := range change {
		f(&c)
	}
	app, err := New(c)
	if err != nil {
		t.Fatal(err)
	}
	w.app = app
	server := httptest.NewServer(app.Handler())
	t.Cleanup(server.Close)
	w.url = server.URL
	return w
}

func (w *ward) now() time.Time {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.at
}

func (w *ward) pass(d time.Duration) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.at = w.at.Add(d)
}

// wait lets the clock pass instead of waiting. A form has all the time it
// needs.
func (w *ward) wait(ctx context.Context, d time.Duration) error {
	if d == inlineWait {
		<-ctx.Done()
		return ctx.Err()
	}
	w.mu.Lock()
	w.waits = append(w.waits, d)
	w.mu.Unlock()
	w.pass(d)
	return ctx.Err()
}

// send sends a signed body and returns status and answer.
func (w *ward) send(path, body string) (int, string) {
	w.t.Helper()
	return w.do(slacktest.Request(w.url+path, testSecret, w.now(), body))
}

func (w *ward) do(r *http.Request) (int, string) {
	w.t.Helper()
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		w.t.Error(err)
		return 0, ""
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	if err != nil {
		w.t.Error(err)
	}
	return resp.StatusCode, string(text)
}

// ask types /io and returns the message that comes back.
func (w *ward) ask(line string) map[string]any {
	w.t.Helper()
	return w.askAs("U1", line)
}

func (w *ward) askAs(user, line string) map[string]any {
	w.t.Helper()
	status, text := w.send("/slack/commands", slacktest.Command(user, line, w.slack.Hook()))
	if status != http.StatusOK {
		w.t.Fatalf("/io %s: status %d", line, status)
	}
	return fields(w.t, text)
}

// tap taps a button of a private card.
func (w *ward) tap(trigger string, a Action, hook string) {
	w.t.Helper()
	w.interact(slacktest.Tap("U1", trigger, hook, a.id(), a.Line))
}

func (w *ward) interact(payload map[string]any) string {
	w.t.Helper()
	status, text := w.send("/slack/interactivity", slacktest.Payload(payload))
	if status != http.StatusOK {
		w.t.Fatalf("interaction: status %d", status)
	}
	return text
}

func (w *ward) event(id string, inner map[string]any) {
	w.t.Helper()
	if status, _ := w.send("/slack/events", slacktest.Event(id, inner)); status != http.StatusOK {
		w.t.Fatalf("event: status %d", status)
	}
}

// calls waits until all jobs are done and returns the calls of a method.
func (w *ward) calls(method string) []slacktest.Call {
	w.t.Helper()
	w.app.jobs.Idle()
	return w.slack.Calls(method)
}

func fields(t *testing.T, text string) map[string]any {
	t.Helper()
	v := map[string]any{}
	if err := json.Unmarshal([]byte(text), &v); err != nil {
		t.Fatalf("not JSON: %v", err)
	}
	return v
}

// testBot knows two drugs that no hospital has.
func testBot(log *slog.Logger, now func() time.Time) *bot.Bot {
	return bot.New(bot.Config{Default: "ask", Log: log, Now: now, Commands: []bot.Command{
		{Name: "dose", Run: testDose, Options: []bot.Option{{Name: "drug"}}},
		{Name: "ask", Run: testAsk, Options: []bot.Option{{Name: "question"}}},
		{Name: "about", Run: testAbout},
		{Name: "panic", Run: func(context.Context, bot.Input) (bot.Reply, error) { panic("boom") }},
	}})
}

func testDose(_ context.Context, in bot.Input) (bot.Reply, error) {
	drug, weight, ok := strings.Cut(in.Args, " ")
	if !ok {
		return bot.Reply{
			Outcome: bot.Clarify, Title: "How heavy?", Blocks: []bot.Block{bot.Lead{Text: "A weight is needed."}},
			Choices: []bot.Choice{{Label: "12 kg", Command: "dose " + drug + " 12 kg"}}, Revision: "r1",
		}, nil
	}
	return bot.Reply{
		Outcome: bot.Answer, Title: "Dose of " + drug, Revision: "r1", Entries: []string{"drug/" + drug}, Subject: "dose " + drug + " " + weight,
		Blocks: []bot.Block{bot.Warning{Text: "Check it."}, bot.Lead{Text: weight + ": as much as needed"}},
	}, nil
}

// testAsk understands "and for 20 kg?" after a dose.
func testAsk(ctx context.Context, in bot.Input) (bot.Reply, error) {
	if weight, ok := strings.CutPrefix(in.Args, "and for "); ok && in.Previous != "" {
		in.Args = strings.Fields(in.Previous)[1] + " " + strings.TrimSuffix(weight, "?")
		return testDose(ctx, in)
	}
	if strings.Contains(in.Args, "flush") {
		return bot.Reply{Outcome: bot.Answer, Title: "Flush", Revision: "r1", Blocks: []bot.Block{bot.Lead{Text: "No flush, no flow."}}}, nil
	}
	return bot.Reply{Outcome: bot.NotFound, Title: "Not in this knowledge base", Blocks: []bot.Block{bot.Lead{Text: "Nothing was found."}}}, nil
}

func testAbout(context.Context, bot.Input) (bot.Reply, error) {
	return bot.Reply{Outcome: bot.Answer, Title: "About", Revision: "r1", Blocks: []bot.Block{bot.Lead{Text: "For tests."}}}, nil
}

// safeBuffer is a log that many may write to.
type safeBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (s *safeBuffer) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.Write(p)
}

func (s *safeBuffer) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.String()
}

func (s *safeBuffer) reset() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.b.Reset()
}
