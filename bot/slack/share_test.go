package slack

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"iobot/bot"
	"iobot/bot/platform"
	"iobot/bot/slack/slacktest"
)

func TestShareOnceOnManyTaps(t *testing.T) {
	w := newWard(t)
	hook := w.slack.Hook()
	var taps sync.WaitGroup
	for i := range 20 {
		taps.Go(func() {
			w.tap("trigger"+string(rune('a'+i)), Action{Verb: Share, Line: "dose testodrin 12 kg"}, hook)
		})
	}
	taps.Wait()
	mended := 0
	for _, c := range w.calls("response_url") {
		if c.Args["replace_original"] == true {
			mended++
		}
	}
	seen := w.channelSaw()
	if len(seen) != 1 || mended != 1 {
		t.Fatalf("shared %d times and marked %d times, want once each", len(seen), mended)
	}
	if text, _ := seen[0].Args["text"].(string); !strings.Contains(text, "12 kg: as much as needed") || !strings.Contains(text, "Check it.") {
		t.Errorf("the channel sees %q", text)
	}
}

// channelSaw returns the messages that others than the asker see.
func (w *ward) channelSaw() []slacktest.Call {
	w.t.Helper()
	var list []slacktest.Call
	for _, c := range w.calls("") {
		channel, _ := c.Args["channel"].(string)
		posted := c.Method == "chat.postMessage" && strings.HasPrefix(channel, "C")
		if posted || c.Method == "response_url" && c.Args["response_type"] == "in_channel" {
			list = append(list, c)
		}
	}
	return list
}

// TestShareWhereTheBotIsNot shares to a channel that the bot cannot post to by
// itself: Slack takes the answer at the tap's own address, but nobody can
// correct it later, and whoever shares learns that.
func TestShareWhereTheBotIsNot(t *testing.T) {
	for _, member := range []bool{true, false} {
		var told []bot.Place
		w := newWard(t, func(c *Config) {
			c.Posted = func(_ context.Context, at bot.Place, _ bot.Reply) { told = append(told, at) }
		})
		if !member {
			w.slack.Outside("C0001")
		}
		w.tap("t1", Action{Verb: Share, Line: "dose testodrin 12 kg"}, w.slack.Hook())
		var open []string
		for _, c := range w.channelSaw() {
			open = append(open, c.Method)
		}
		calls := w.calls("response_url")
		card := stringOf(t, calls[len(calls)-1].Args)
		want := []bot.Place{{Platform: "slack", Tenant: "T0001", Channel: "C0001", Message: "1700000000.000001"}}
		if member && (!slices.Equal(open, []string{"chat.postMessage"}) || !slices.Equal(told, want) || strings.Contains(card, cannotMend)) {
			t.Errorf("in the channel: %v, told of %v, %s", open, told, card)
		}
		if !member && (!slices.Equal(open, []string{"chat.postMessage", "response_url"}) || len(told) != 0 || !strings.Contains(card, cannotMend)) {
			t.Errorf("outside the channel: %v, told of %v, %s", open, told, card)
		}
	}
}

// TestShareHasNoWordsOfTheAsker shares an answer to words that could name
// somebody.
func TestShareHasNoWordsOfTheAsker(t *testing.T) {
	w := newWard(t)
	w.tap("t1", Action{Verb: Share, Line: "flush for Mrs Canary born 1950"}, w.slack.Hook())
	if len(w.channelSaw()) != 1 {
		t.Fatal("not shared")
	}
	for _, c := range w.calls("") {
		if strings.Contains(stringOf(t, c.Args), "Canary") {
			t.Errorf("the asker's words were sent: %v", c.Args)
		}
	}
}

func TestOnlyAnswersAreShared(t *testing.T) {
	w := newWard(t)
	w.tap("t1", Action{Verb: Share, Line: "unheard of"}, w.slack.Hook())
	for _, c := range w.calls("response_url") {
		if c.Args["response_type"] != "ephemeral" {
			t.Errorf("shared %v", c.Args)
		}
	}
}

func TestSendDismissRunPartAndOutdated(t *testing.T) {
	w := newWard(t)
	const line = "dose testodrin 12 kg"
	w.tap("t1", Action{Verb: Send, Line: line}, w.slack.Hook())
	sent := w.calls("chat.postMessage")
	if len(sent) != 1 || sent[0].Args["channel"] != "U1" || sent[0].Token != testToken {
		t.Errorf("send to my DM: %v", sent)
	}
	last := func() map[string]any {
		calls := w.calls("response_url")
		return calls[len(calls)-1].Args
	}
	w.tap("t2", Action{Verb: Dismiss}, w.slack.Hook())
	if last()["delete_original"] != true {
		t.Errorf("dismiss: %v", last())
	}
	w.tap("t3", Action{Verb: Run, Line: line}, w.slack.Hook())
	if m := last(); m["response_type"] != "ephemeral" || !strings.Contains(stringOf(t, m), "as much as needed") {
		t.Errorf("run: %v", m)
	}
	w.tap("t4", Action{Verb: Part, Number: 1, Line: line}, w.slack.Hook())
	if m := last(); m["replace_original"] != true || !strings.Contains(stringOf(t, m), "as much as needed") {
		t.Errorf("part: %v", m)
	}
	w.interact(slacktest.Tap("U1", "t5", w.slack.Hook(), "old:share", line))
	if m := last(); !strings.Contains(stringOf(t, m), "outdated") || !strings.Contains(stringOf(t, m), line) {
		t.Errorf("a button of another version: %v", m)
	}
}

// TestTapInChannelStaysPrivate taps a button of a card that everybody sees.
func TestTapInChannelStaysPrivate(t *testing.T) {
	w := newWard(t)
	for i, verb := range []Verb{Run, Part} {
		tap := slacktest.Tap("U2", "t"+string(rune('1'+i)), w.slack.Hook(), Action{Verb: verb, Number: 1}.id(), "dose testodrin 12 kg")
		tap["container"] = map[string]any{"message_ts": "1.1", "channel_id": "C0001", "thread_ts": "1.0"}
		w.interact(tap)
	}
	for _, c := range w.calls("response_url") {
		if c.Args["response_type"] != "ephemeral" || c.Args["replace_original"] == true || c.Args["thread_ts"] != "1.0" {
			t.Errorf("everybody's card: %v", c.Args)
		}
	}
}

func TestForeignResponseURLs(t *testing.T) {
	w := newWard(t)
	other := slacktest.New(t)
	addresses := []string{
		other.Hook(), "http://127.0.0.1/hook", "http://169.254.169.254/latest", "http://[::1]:80/", "http://hooks.slack.com/x",
		"https://hooks.slack.com@evil.example/x", "https://hooks.slack.com.evil.example/x", "https://hooks.slack.com:8443/x",
		"https://evil.example/hooks.slack.com", "https://user:pw@hooks.slack.com/x", "gopher://hooks.slack.com/x", "//hooks.slack.com/x", "%zz",
	}
	for i, address := range addresses {
		if w.app.hooks.allowed(address) {
			t.Errorf("%s is allowed", address)
		}
		w.tap("t"+string(rune('a'+i)), Action{Verb: Dismiss}, address)
	}
	w.calls("")
	if n := len(other.Calls("")); n != 0 {
		t.Errorf("%d calls to another server", n)
	}
	for _, address := range []string{"https://hooks.slack.com/actions/T1/1/x", "https://hooks.slack-gov.com/commands/T1/1/x"} {
		if !w.app.hooks.allowed(address) {
			t.Errorf("%s is not allowed", address)
		}
	}
	if live := newHooks("https://slack.com/api/", w.now, platform.Wait); live.allowed("https://slack.com/x") || live.allowed(w.slack.Hook()) {
		t.Error("with Slack's own API the test host is allowed")
	}
}

func TestResponseURLIsUsedFiveTimes(t *testing.T) {
	w := newWard(t)
	hook := w.slack.Hook()
	for i := range 10 {
		w.tap("t"+string(rune('a'+i)), Action{Verb: Run, Line: "dose testodrin 12 kg"}, hook)
		w.calls("")
	}
	if n := len(w.calls("response_url")); n != 5 {
		t.Errorf("posted %d times, want 5", n)
	}
	w.slack.Fail("response_url", slacktest.Fault{Status: http.StatusNotFound})
	spent := w.slack.Hook()
	for i := range 3 {
		w.tap("s"+string(rune('a'+i)), Action{Verb: Run, Line: "dose testodrin 12 kg"}, spent)
		w.calls("")
	}
	if n := len(w.calls("response_url")); n != 6 {
		t.Errorf("posted %d times to an address that Slack had closed, want once", n-5)
	}
}

// TestRefusedShare fails each way that Slack fails and looks at what the
// asker is told.
func TestRefusedShare(t *testing.T) {
	tests := []struct {
		name   string
		fault  slacktest.Fault
		shares int // posts to the channel after a second tap
		told   string
	}{
		{"server error", slacktest.Fault{Status: 500}, 1, "not certain"},
		{"cut", slacktest.Fault{Reset: true}, 1, "not certain"},
		{"refused", slacktest.Fault{Status: 403}, 2, "could not be shared"},
		{"too many for long", slacktest.Fault{Status: 429, RetryAfter: "60"}, 2, "could not be shared"},
		{"too many for a second", slacktest.Fault{Status: 429, RetryAfter: "1"}, 2, "Shared"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			w := newWard(t)
			w.slack.Outside("C0001")
			w.slack.Fail("response_url", tt.fault)
			for _, trigger := range []string{"t1", "t2"} {
				w.tap(trigger, Action{Verb: Share, Line: "dose testodrin 12 kg"}, w.slack.Hook())
				w.calls("")
			}
			var shares int
			var told string
			for _, c := range w.calls("response_url") {
				if c.Args["response_type"] == "in_channel" {
					shares++
				} else {
					told += stringOf(t, c.Args)
				}
			}
			if shares != tt.shares || !strings.Contains(told, tt.told) {
				t.Errorf("posted %d times, want %d; told %q, want %q", shares, tt.shares, told, tt.told)
			}
			if total := len(w.waits); total > 1 {
				t.Errorf("waited %d times", total)
			}
		})
	}
}

// TestRefusedPost fails the message itself, which is not sent twice when Slack
// may have taken it.
func TestRefusedPost(t *testing.T) {
	for name, c := range map[string]struct {
		fault  slacktest.Fault
		shares int // tries, by either way, after two taps
		told   string
	}{
		"server error":        {slacktest.Fault{Status: 500}, 1, "not certain"},
		"cut":                 {slacktest.Fault{Reset: true}, 1, "not certain"},
		"internal error":      {slacktest.Fault{Error: "internal_error"}, 1, "not certain"},
		"refused":             {slacktest.Fault{Error: "restricted_action"}, 2, "Shared by"},
		"too many for long":   {slacktest.Fault{Status: 429, RetryAfter: "60"}, 2, "Shared by"},
		"the token was taken": {slacktest.Fault{Error: "token_revoked"}, 2, "Shared by"},
	} {
		w := newWard(t)
		w.slack.Fail("chat.postMessage", c.fault)
		told := ""
		for _, trigger := range []string{"t1", "t2"} {
			w.tap(trigger, Action{Verb: Share, Line: "dose testodrin 12 kg"}, w.slack.Hook())
			w.calls("")
		}
		for _, call := range w.calls("response_url") {
			told += stringOf(t, call.Args)
		}
		if n := len(w.channelSaw()); n != c.shares || !strings.Contains(told, c.told) {
			t.Errorf("%s: tried %d times, want %d; told %s", name, n, c.shares, told)
		}
	}
}

func TestReplayedTap(t *testing.T) {
	w := newWard(t)
	body := slacktest.Payload(slacktest.Tap("U1", "t1", w.slack.Hook(), Action{Verb: Dismiss}.id(), ""))
	for range 3 {
		w.send("/slack/interactivity", body)
	}
	w.pass(time.Second) // signed anew
	w.send("/slack/interactivity", body)
	if n := len(w.calls("response_url")); n != 1 {
		t.Errorf("a repeated tap had %d effects", n)
	}
}
