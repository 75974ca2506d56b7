package slack

import (
	"encoding/json"
	"fmt"
	"strings"
	"sync"
	"testing"

	"iobot/bot/platform"
	"iobot/bot/slack/slacktest"
)

func stringOf(t *testing.T, v any) string {
	t.Helper()
	text, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func mentioned(text, ts, thread string) map[string]any {
	e := map[string]any{"type": "app_mention", "user": "U1", "text": text, "ts": ts, "channel": "C0001"}
	if thread != "" {
		e["thread_ts"] = thread
	}
	return e
}

func TestMentionIsAnsweredInItsThread(t *testing.T) {
	w := newWard(t)
	w.event("E1", mentioned("<@UBOT> dose testodrin &lt;12 kg", "1.1", ""))
	w.calls("")
	w.event("E2", mentioned("<@UBOT>: and for 20 kg?", "1.2", "1.1"))
	w.calls("")
	w.event("E3", mentioned("<@UBOT> and for 20 kg?", "2.1", "")) // another thread
	calls := w.calls("chat.postMessage")
	if len(calls) != 3 {
		t.Fatalf("%d answers to three mentions", len(calls))
	}
	wants := []struct{ thread, text string }{
		{"1.1", "&lt;12 kg: as much"}, {"1.1", "20 kg: as much"}, {"2.1", "Not in this"},
	}
	for i, want := range wants {
		args := calls[i].Args
		if text, _ := args["text"].(string); args["thread_ts"] != want.thread || args["channel"] != "C0001" || !strings.Contains(text, want.text) {
			t.Errorf("answer %d in thread %v: %q", i+1, args["thread_ts"], text)
		}
		if args["unfurl_links"] != false || args["unfurl_media"] != false || args["mrkdwn"] != false {
			t.Errorf("answer %d unfurls links: %v", i+1, args)
		}
	}
	if blocks := stringOf(t, calls[1].Args["blocks"]); !strings.Contains(blocks, "dose testodrin 20 kg") && strings.Contains(blocks, "and for 20 kg") {
		t.Errorf("a button needs the thread to be understood: %s", blocks)
	}
}

func TestDirectMessage(t *testing.T) {
	w := newWard(t)
	dm := func(id, text string) {
		w.event(id, map[string]any{"type": "message", "channel_type": "im", "channel": "D1", "user": "U1", "text": text, "ts": "1.1"})
		w.calls("")
	}
	dm("E1", "dose testodrin 12 kg")
	dm("E2", "and for 20 kg?")
	calls := w.calls("chat.postMessage")
	if len(calls) != 2 || !strings.Contains(stringOf(t, calls[1].Args), "20 kg: as much") {
		t.Errorf("answers in a direct message: %v", calls)
	}
}

func TestNotQuestions(t *testing.T) {
	w := newWard(t)
	im := func(more map[string]any) map[string]any {
		e := map[string]any{"type": "message", "channel_type": "im", "channel": "D1", "user": "U1", "text": "dose testodrin 12 kg", "ts": "1.1"}
		for k, v := range more {
			e[k] = v
		}
		return e
	}
	for i, e := range []map[string]any{
		im(map[string]any{"bot_id": "B1"}),
		im(map[string]any{"subtype": "message_changed"}),
		im(map[string]any{"subtype": "file_share"}),
		im(map[string]any{"user": "UBOT"}),
		im(map[string]any{"channel_type": "channel"}),
		{"type": "app_mention", "user": "U1", "text": "x", "ts": "1", "channel": "D1"}, // comes as a message, too
		{"type": "function_executed", "inputs": []any{}},
		{"type": "channel_created", "channel": map[string]any{"id": "C2"}},
		{"type": "app_home_opened", "tab": "messages", "user": "U1"},
	} {
		w.event(fmt.Sprint("E", i), e)
	}
	for _, outer := range []string{`{"type":"app_rate_limited","team_id":"T1"}`, `{"type":"not_heard_of"}`, `{}`} {
		if status, _ := w.send("/slack/events", outer); status != 200 {
			t.Errorf("%s: status %d", outer, status)
		}
	}
	if calls := w.calls(""); len(calls) != 0 {
		t.Errorf("answered what was no question: %v", calls)
	}
}

func TestRetriedEventIsAnsweredOnce(t *testing.T) {
	w := newWard(t)
	var retries sync.WaitGroup
	for i := range 20 {
		retries.Go(func() {
			r := slacktest.Request(w.url+"/slack/events", testSecret, w.now(), slacktest.Event("E1", mentioned("<@UBOT> flush", "1.1", "")))
			r.Header.Set("X-Slack-Retry-Num", fmt.Sprint(i))
			if status, _ := w.do(r); status != 200 {
				t.Errorf("status %d", status)
			}
		})
	}
	retries.Wait()
	w.pass(1e9) // signed anew
	w.event("E1", mentioned("<@UBOT> flush", "1.1", ""))
	if n := len(w.calls("chat.postMessage")); n != 1 {
		t.Errorf("%d answers to one event", n)
	}
}

func TestTooManyEventsComeAgain(t *testing.T) {
	w := newWard(t)
	hold := make(chan struct{})
	for i := range platform.MaxJobs {
		w.slack.Fail("chat.postMessage", slacktest.Fault{Hold: hold})
		w.event(fmt.Sprint("E", i), map[string]any{"type": "message", "channel_type": "im", "channel": "D1", "user": fmt.Sprint("U", i), "text": "flush", "ts": "1"})
	}
	last := slacktest.Event("Elast", mentioned("<@UBOT> flush", "1.1", ""))
	if status, _ := w.send("/slack/events", last); status != 503 {
		t.Errorf("status %d with everything busy, want 503", status)
	}
	close(hold)
	w.calls("")
	if status, _ := w.send("/slack/events", last); status != 200 {
		t.Errorf("status %d when it comes again", status)
	}
	if n := len(w.calls("chat.postMessage")); n != platform.MaxJobs+1 {
		t.Errorf("%d answers, want %d", n, platform.MaxJobs+1)
	}
}

func TestHomeIsPublishedWhenItChanged(t *testing.T) {
	w := newWard(t)
	opened := func(id string, view map[string]any) int {
		w.event(id, map[string]any{"type": "app_home_opened", "user": "U1", "tab": "home", "view": view})
		return len(w.calls("views.publish"))
	}
	if n := opened("E1", nil); n != 1 {
		t.Fatalf("published %d times at first", n)
	}
	if n := opened("E2", nil); n != 1 {
		t.Error("published again though nothing changed")
	}
	edition := w.slack.Calls("views.publish")[0].Args["view"].(map[string]any)["private_metadata"]
	if n := opened("E3", map[string]any{"id": "V1", "private_metadata": edition}); n != 1 {
		t.Error("published though Slack has this edition")
	}
	if n := opened("E4", map[string]any{"id": "V1", "private_metadata": "another"}); n != 2 {
		t.Error("not published though Slack has another edition")
	}
	w.slack.Fail("views.publish", slacktest.Fault{Status: 500}, slacktest.Fault{Status: 500}, slacktest.Fault{Status: 500})
	if n := opened("E5", map[string]any{"id": "V1", "private_metadata": "another"}); n != 5 {
		t.Errorf("tried %d times while Slack was broken, want 3", n-2)
	}
	if n := opened("E6", nil); n != 6 {
		t.Error("not published after it had failed")
	}
}
