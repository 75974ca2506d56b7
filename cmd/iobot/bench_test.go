package main

import (
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"iobot/bot/slack"
	"iobot/bot/slack/slacktest"
	"iobot/index"
)

// app is the bot on Slack over the built-in knowledge, without limits.
func app(tb testing.TB) *slack.App {
	tb.Helper()
	p, err := wire(defaults(), slog.New(slog.DiscardHandler))
	if err != nil {
		tb.Fatal(err)
	}
	return over(tb, p)
}

func over(tb testing.TB, p *program) *slack.App {
	tb.Helper()
	a, err := slack.New(slack.Config{
		Bot: p.bot, APIURL: "http://127.0.0.1:1/api/", Secrets: []string{canarySecret}, BotToken: canaryToken,
		Rates: slack.Rates{UserPerMinute: 1e9, WorkspacePerMinute: 1e9}, Live: p.live, Log: slog.New(slog.DiscardHandler), Now: time.Now,
	})
	if err != nil {
		tb.Fatal(err)
	}
	return a
}

func ask(tb testing.TB, url string, n int) []byte {
	return askLine(tb, url, n, "dose adrenaline 12 kg")
}

// askLine sends a signed slash command over real HTTP and returns the answer.
func askLine(tb testing.TB, url string, n int, line string) []byte {
	body := slacktest.Command(fmt.Sprint("U", n%50), line, "")
	resp, err := http.DefaultClient.Do(slacktest.Request(url+"/slack/commands", canarySecret, time.Now(), body))
	if err != nil {
		tb.Fatal(err)
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	if err != nil || resp.StatusCode != http.StatusOK {
		tb.Fatalf("status %d, %v", resp.StatusCode, err)
	}
	return text
}

// BenchmarkCommand is a signed slash command in and a full card out, over
// HTTP on this machine, client included.
func BenchmarkCommand(b *testing.B) {
	server := httptest.NewServer(app(b).Handler())
	defer server.Close()
	if text := ask(b, server.URL, 0); !strings.Contains(string(text), "0.12 mg") {
		b.Fatalf("%.300s", text)
	}
	for n := 0; b.Loop(); n++ {
		ask(b, server.URL, n)
	}
}

// BenchmarkBare is what BenchmarkCommand is measured against: the signature
// is checked and a constant of the size of the card comes back.
func BenchmarkBare(b *testing.B) {
	full := httptest.NewServer(app(b).Handler())
	card := ask(b, full.URL, 0)
	full.Close()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		stamp, _ := strconv.ParseInt(r.Header.Get("X-Slack-Request-Timestamp"), 10, 64)
		signed := http.Header{}
		slacktest.Sign(signed, canarySecret, time.Unix(stamp, 0), string(body))
		if err != nil || signed.Get("X-Slack-Signature") != r.Header.Get("X-Slack-Signature") {
			http.Error(w, "", http.StatusUnauthorized)
			return
		}
		w.Header().Set("Content-Type", "application/json; charset=utf-8")
		_, _ = w.Write(card)
	}))
	defer server.Close()
	for n := 0; b.Loop(); n++ {
		ask(b, server.URL, n)
	}
}

// BenchmarkLatency sends 200 commands a second, no two neighbours alike,
// while new knowledge goes live every second, and reports the slowest.
func BenchmarkLatency(b *testing.B) {
	p, err := wire(defaults(), slog.New(slog.DiscardHandler))
	if err != nil {
		b.Fatal(err)
	}
	states := []*index.Snapshot{p.library.Snapshot(), nil}
	if states[1], err = index.Build(states[0].Base()); err != nil {
		b.Fatal(err)
	}
	server := httptest.NewServer(over(b, p).Handler())
	defer server.Close()
	const perSecond = 200
	tick := time.NewTicker(time.Second / perSecond)
	defer tick.Stop()
	var took []time.Duration
	for n := 0; b.Loop(); n++ {
		<-tick.C
		if n%perSecond == 0 {
			p.library.Publish(states[n/perSecond%2])
		}
		start := time.Now()
		askLine(b, server.URL, n, fmt.Sprintf("dose adrenaline %d kg", 3+n%60))
		took = append(took, time.Since(start))
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)*99/100].Microseconds())/1000, "p99-ms")
	b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, "p50-ms")
}

// BenchmarkNewQuestions is BenchmarkCommand with no question asked twice in a
// row by anybody, so that every answer is made.
func BenchmarkNewQuestions(b *testing.B) {
	server := httptest.NewServer(app(b).Handler())
	defer server.Close()
	for n := 0; b.Loop(); n++ {
		askLine(b, server.URL, n, fmt.Sprintf("dose adrenaline %d.%02d kg", 3+n%60, n%100))
	}
}
