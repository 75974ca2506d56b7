package discord

import (
	"context"
	"net/http"
	"strings"
	"testing"
)

// onCard makes an interaction one with a private card.
var onCard = []string{`"data":`, `"message":{"id":"55","flags":32832},"data":`}

func closed(t *testing.T, c *client) []call {
	t.Helper()
	if err := c.app.Close(context.Background()); err != nil {
		t.Fatal(err)
	}
	return c.api.seen()
}

func TestShare(t *testing.T) {
	c := newClient(t)
	a := c.interact(isTap, `{"custom_id":"io1:s:0:dose my own long words"}`, onCard...)
	if a.Type != replaceType || a.says("io1:s:") || a.private() {
		t.Errorf("the card still has its button: %s", a.text)
	}
	judge(t, "callback", []byte(a.text))
	if again := c.interact(isTap, `{"custom_id":"io1:s:0:dose my own long words"}`, onCard...); again.Type != laterType {
		t.Errorf("the second tap: %s", again.text)
	}
	calls := closed(t, c)
	if len(calls) != 1 || calls[0].method != http.MethodPost || !strings.HasSuffix(calls[0].path, "/webhooks/9001/secret-token") {
		t.Fatalf("calls: %v", calls)
	}
	body := calls[0].body
	for _, want := range []string{"Shared by \\u003c@7001\\u003e", `"flags":32768`, `"allowed_mentions":{"parse":[]}`} {
		if !strings.Contains(body, want) {
			t.Errorf("%q is not in %s", want, body)
		}
	}
	if !strings.Contains(body, "io1:p:2:dose epinephrine cardiac arrest 12 kg") || strings.Contains(body, "my own") {
		t.Errorf("the buttons hold the words of the asker: %s", body)
	}
	judge(t, "message", []byte(body))
	if !strings.HasPrefix(calls[0].header.Get("User-Agent"), "DiscordBot (") || calls[0].header.Get("Authorization") != "" {
		t.Errorf("headers: %v", calls[0].header)
	}
}

// TestShareSurvivesDiscord scripts how Discord may fail.
func TestShareSurvivesDiscord(t *testing.T) {
	for _, x := range []struct {
		name string
		fail []int
		want string // the calls that the bot makes
		says string // in the card that is put back
	}{
		{"token not yet known", []int{404}, "POST POST", ""},
		{"too many calls", []int{429}, "POST POST", ""},
		{"server error may have worked", []int{500}, "POST PATCH", "It is not certain"},
		{"refused", []int{403}, "POST PATCH", "Discord did not take this"},
		{"never known", []int{404, 404, 404}, "POST POST POST PATCH", "Discord did not take this"},
		{"limited for long", []int{429, 429, 429}, "POST POST POST PATCH", "Discord did not take this"},
		{"edit tried again", []int{400, 500}, "POST PATCH PATCH", "Discord did not take this"},
	} {
		t.Run(x.name, func(t *testing.T) {
			c := newClient(t)
			c.api.fail = x.fail
			c.interact(isTap, `{"custom_id":"io1:s:0:dose x"}`, onCard...)
			calls := closed(t, c)
			var made []string
			for _, call := range calls {
				made = append(made, call.method)
			}
			last := calls[len(calls)-1].body
			if got := strings.Join(made, " "); got != x.want || !strings.Contains(last, x.says) {
				t.Errorf("calls %s, want %s; the last says %s", got, x.want, last)
			}
			if x.says != "" && !strings.Contains(last, "io1:s:") {
				t.Error("the card did not get its button back")
			}
			if strings.Contains(c.log.String(), "secret-token") {
				t.Errorf("the log holds the token: %s", c.log)
			}
		})
	}
}

func TestWhatIsNoAnswerIsNotShared(t *testing.T) {
	c := newClient(t)
	if a := c.interact(isTap, `{"custom_id":"io1:s:0:dose unknown"}`, onCard...); a.Type != showType || !a.private() {
		t.Error(a.text)
	}
	if a := c.interact(isTap, `{"custom_id":"io1:s:0:dose x"}`, append([]string{`{"0":"1"}`, `{"1":"7001"}`}, onCard...)...); a.Type != showType || !a.private() {
		t.Error("shared where Discord would hide it: " + a.text)
	}
	if calls := closed(t, c); len(calls) > 0 {
		t.Errorf("calls: %v", calls)
	}
}

func TestAnswerOfOwnWordsStaysPrivate(t *testing.T) {
	c := newClient(t)
	if a := c.interact(isTap, `{"custom_id":"io1:s:0:dose personal"}`, onCard...); a.Type != showType || !a.private() || !a.says("stays private") {
		t.Error(a.text)
	}
	if a := c.interact(isCommand, slash("help", "")); a.says("io1:s:") {
		t.Error("an answer without a subject is offered to be shared")
	}
	if calls := closed(t, c); len(calls) > 0 {
		t.Errorf("calls: %v", calls)
	}
}

func TestNothingIsSentAfterClose(t *testing.T) {
	c := newClient(t)
	closed(t, c)
	c.interact(isTap, `{"custom_id":"io1:s:0:dose x"}`, onCard...)
	if calls := c.api.seen(); len(calls) > 0 {
		t.Errorf("calls: %v", calls)
	}
}
