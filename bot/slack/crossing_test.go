package slack

import (
	"fmt"
	"net/http"
	"runtime"
	"strings"
	"sync"
	"testing"

	"iobot/bot/slack/slacktest"
)

// TestNobodyGetsAnothersAnswer has 64 people ask at once, each about a weight
// of their own.
func TestNobodyGetsAnothersAnswer(t *testing.T) {
	w := newWard(t, func(c *Config) {
		c.Live = func() any { return 1 }
		c.Rates = Rates{UserPerMinute: 1e6, WorkspacePerMinute: 1e6}
	})
	var people sync.WaitGroup
	for n := range 64 {
		people.Go(func() {
			own := fmt.Sprintf("%d kg: as much", 1000+n)
			for range 8 {
				_, text := w.send("/slack/commands", slacktest.Command(fmt.Sprint("U", n), fmt.Sprintf("dose testodrin %d kg", 1000+n), ""))
				if !strings.Contains(text, own) && !strings.Contains(text, "Busy") {
					t.Errorf("person %d got %.200s", n, text)
				}
			}
			user := fmt.Sprint("U", n)
			w.event("E"+user, map[string]any{"type": "message", "channel_type": "im", "channel": "D" + user, "user": user, "text": fmt.Sprintf("dose testodrin %d kg", 1000+n), "ts": "1"})
		})
	}
	people.Wait()
	for _, c := range w.calls("chat.postMessage") {
		n := 0
		if _, err := fmt.Sscanf(fmt.Sprint(c.Args["channel"]), "DU%d", &n); err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(fmt.Sprint(c.Args["text"]), fmt.Sprintf("%d kg: as much", 1000+n)) {
			t.Errorf("in the direct messages of %d: %.200s", n, c.Args["text"])
		}
	}
}

// TestNothingIsLeftRunning fails a thousand times and counts goroutines.
func TestNothingIsLeftRunning(t *testing.T) {
	w := newWard(t, func(c *Config) { c.Rates = Rates{UserPerMinute: 1e6, WorkspacePerMinute: 1e6} })
	handler := w.app.Handler()
	faults := []slacktest.Fault{{Status: 500}, {Reset: true}, {Status: 429, RetryAfter: "1"}, {Error: "channel_not_found"}}
	before := 0
	for n := range 1000 {
		w.slack.Fail("chat.postMessage", faults[n%len(faults)])
		user := fmt.Sprint("U", n)
		r := slacktest.Request("http://x/slack/events", testSecret, w.now(), slacktest.Event("E"+user,
			map[string]any{"type": "message", "channel_type": "im", "channel": "D1", "user": user, "text": "flush", "ts": "1"}))
		handler.ServeHTTP(discard{}, r)
		w.app.jobs.Idle()
		if n == 100 {
			before = runtime.NumGoroutine()
		}
	}
	if after := runtime.NumGoroutine(); after > before+20 {
		t.Errorf("%d goroutines, %d before", after, before)
	}
}

// discard is an answer that nobody reads.
type discard struct{}

func (discard) Header() http.Header         { return http.Header{} }
func (discard) Write(p []byte) (int, error) { return len(p), nil }
func (discard) WriteHeader(int)             {}
