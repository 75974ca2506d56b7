package discord

import (
	"errors"
	"strings"
	"testing"

	"iobot/bot"
)

// poster is a bot that may post.
func poster(t *testing.T) *client {
	c := newClient(t)
	config := c.app.config
	config.Token = "bot-token"
	app, err := New(config)
	if err != nil {
		t.Fatal(err)
	}
	app.api.wait = c.app.api.wait
	app.api.session.Client.Transport.(*transport).wait = c.app.api.wait
	c.app = app
	return c
}

var (
	shop     = bot.Place{Platform: "discord", Tenant: "1", Channel: "2"}
	answerAt = bot.Place{Platform: "discord", Tenant: "1", Channel: "2", Message: "55"}
)

func TestPost(t *testing.T) {
	c := poster(t)
	picturesOf(c)
	r := doseReply()
	r.Pictures = []bot.Picture{{Name: "tibia.png", Alt: "The point."}}
	if err := c.app.Post(t.Context(), shop, r); err != nil {
		t.Fatal(err)
	}
	if err := c.app.Post(t.Context(), bot.Place{User: "7001"}, doseReply()); err != nil {
		t.Fatal(err)
	}
	calls := c.api.seen()
	if made(calls) != "POST messages, POST channels, POST messages" || calls[1].body != `{"recipient_id":"7001"}` || calls[2].path != "/api/v9/channels/9/messages" {
		t.Fatalf("calls %s: %v", made(calls), calls)
	}
	if len(calls[0].files) != 1 || calls[0].header.Get("Authorization") != "Bot bot-token" {
		t.Errorf("the first call is %v", calls[0])
	}
	for _, call := range []call{calls[0], calls[2]} {
		judge(t, "message", []byte(call.body))
	}
}

// TestPostIsWhole posts what nothing gives again: no button turns its pages.
func TestPostIsWhole(t *testing.T) {
	c := poster(t)
	r := bot.Reply{Outcome: bot.Answer, Title: "What changed", Subject: "admin history",
		Blocks: []bot.Block{bot.Text{Text: strings.Repeat("A dose was changed. ", 200)}}}
	if err := c.app.Post(t.Context(), shop, r); err != nil {
		t.Fatal(err)
	}
	if calls := c.api.seen(); made(calls) != "POST messages, POST messages, POST messages" || !strings.Contains(calls[2].body, "Page 3 of 3") {
		t.Errorf("calls %s: %v", made(calls), calls)
	}
}

func TestCorrect(t *testing.T) {
	c := poster(t)
	if err := c.app.Correct(t.Context(), answerAt, doseReply()); err != nil {
		t.Fatal(err)
	}
	calls := c.api.seen()
	if made(calls) != "PATCH 55, POST messages" {
		t.Fatalf("calls %s", made(calls))
	}
	for _, want := range []string{"0.12 mg", `"attachments":[]`, `"flags":32768`} {
		if !strings.Contains(calls[0].body, want) {
			t.Errorf("%s is not in %s", want, calls[0].body)
		}
	}
	for _, want := range []string{"This answer was corrected", `"message_reference":{"message_id":"55","fail_if_not_exists":false}`, `"parse":[]`} {
		if !strings.Contains(calls[1].body, want) {
			t.Errorf("%s is not in %s", want, calls[1].body)
		}
	}
	judge(t, "edit", []byte(calls[0].body))
	judge(t, "message", []byte(calls[1].body))
}

// TestCorrectWhereItCannotBeEdited scripts how Discord may refuse.
func TestCorrectWhereItCannotBeEdited(t *testing.T) {
	for _, x := range []struct {
		name      string
		fail      []int
		code      int
		calls     string
		permanent bool
		failed    bool
	}{
		{"message is gone", []int{404}, unknownMessage, "PATCH 55, POST messages", false, false},
		{"message of another", []int{403}, 50005, "PATCH 55, POST messages", false, false},
		{"too old", []int{400}, 30046, "PATCH 55, POST messages", false, false},
		{"no looking back", []int{403, 403}, 160002, "PATCH 55, POST messages, POST messages", false, false},
		{"not let in", []int{403, 403}, missingAccess, "PATCH 55, POST messages", true, true},
		{"channel is gone", []int{404, 404}, unknownChannel, "PATCH 55, POST messages", true, true},
		{"Discord is down", []int{503, 503, 503}, 0, "PATCH 55, PATCH 55, PATCH 55", false, true},
		{"notice lost", []int{200, 500}, 0, "PATCH 55, POST messages", false, true},
	} {
		t.Run(x.name, func(t *testing.T) {
			c := poster(t)
			c.api.fail, c.api.code = x.fail, x.code
			err := c.app.Correct(t.Context(), answerAt, doseReply())
			var permanent bot.Permanent
			if (err != nil) != x.failed || errors.As(err, &permanent) != x.permanent {
				t.Errorf("the error is %v", err)
			}
			calls := c.api.seen()
			if made(calls) != x.calls {
				t.Errorf("calls %s, want %s", made(calls), x.calls)
			}
			last := calls[len(calls)-1].body
			if !x.failed && (!strings.Contains(last, "0.12 mg") || !strings.Contains(last, "no longer right")) {
				t.Errorf("the last call says %s", last)
			}
		})
	}
}

func TestPlacesThatAreNone(t *testing.T) {
	c := poster(t)
	for _, p := range []bot.Place{{}, {Channel: "../../users/@me"}, {Channel: "C024BE91L"}, {User: "x"}, {Channel: "123456789012345678901"}} {
		var permanent bot.Permanent
		if err := c.app.Post(t.Context(), p, doseReply()); !errors.As(err, &permanent) {
			t.Errorf("%+v: %v", p, err)
		}
	}
	var permanent bot.Permanent
	if err := c.app.Correct(t.Context(), shop, doseReply()); !errors.As(err, &permanent) {
		t.Errorf("without a message: %v", err)
	}
	if err := newClient(t).app.Post(t.Context(), shop, doseReply()); !errors.As(err, &permanent) || !strings.Contains(err.Error(), "discord.bot_token") {
		t.Errorf("without a token: %v", err)
	}
	if calls := c.api.seen(); len(calls) > 0 {
		t.Errorf("calls %v", calls)
	}
}
