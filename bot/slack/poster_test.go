package slack

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"

	"iobot/bot"
	"iobot/bot/slack/slacktest"
)

func TestPost(t *testing.T) {
	w := newWard(t)
	for _, c := range []struct {
		to      bot.Place
		channel string
		thread  any
	}{
		{bot.Place{Tenant: "T0001", Channel: "C7"}, "C7", nil},
		{bot.Place{Tenant: "T0001", User: "U7"}, "U7", nil},
		{bot.Place{Tenant: "T0001", Channel: "C7", Message: "1.1"}, "C7", "1.1"},
		{bot.Place{Tenant: "T0001", Channel: "C7", Message: "1.2@1.1"}, "C7", "1.1"},
	} {
		if err := w.app.Post(t.Context(), c.to, doseReply()); err != nil {
			t.Fatal(err)
		}
		calls := w.slack.Calls("chat.postMessage")
		args := calls[len(calls)-1].Args
		if args["channel"] != c.channel || args["thread_ts"] != c.thread || strings.Contains(stringOf(t, args), "Dismiss") {
			t.Errorf("%v: posted %v", c.to, args)
		}
	}
}

// TestPostToManyWorkspaces posts with the token of each place, and to no place
// that the app has left.
func TestPostToManyWorkspaces(t *testing.T) {
	w, k := newWards(t)
	w.install(ofWard("T0001"))
	w.install(ofWard("T0002"))
	w.install(slacktest.Grant{Enterprise: "E0001", Scope: ofWard("").Scope})
	for _, tenant := range []string{"T0001", "T0002", "E0001"} {
		if err := w.app.Post(t.Context(), bot.Place{Tenant: tenant, Channel: "C1"}, doseReply()); err != nil {
			t.Fatal(err)
		}
		calls := w.slack.Calls("chat.postMessage")
		if got := calls[len(calls)-1].Token; got != k.token(tenant) {
			t.Errorf("%s: posted with %s", tenant, got)
		}
	}
	var permanent bot.Permanent
	if err := w.app.Post(t.Context(), bot.Place{Tenant: "T0003", Channel: "C1"}, doseReply()); !errors.As(err, &permanent) {
		t.Errorf("where it is not installed: %v", err)
	}
}

// TestCorrectWhatOthersSaw shares an answer and answers a mention, and then
// corrects both where they stand.
func TestCorrectWhatOthersSaw(t *testing.T) {
	var mu sync.Mutex
	var seen []bot.Place
	w := newWard(t, func(c *Config) {
		c.Posted = func(_ context.Context, at bot.Place, r bot.Reply) {
			mu.Lock()
			defer mu.Unlock()
			if len(r.Entries) != 1 || r.Entries[0] != "drug/testodrin" {
				t.Errorf("told of an answer made from %v", r.Entries)
			}
			seen = append(seen, at)
		}
	})
	w.event("E1", mentioned("<@UBOT> dose testodrin 12 kg", "9.1", ""))
	w.event("E2", map[string]any{"type": "message", "channel_type": "im", "channel": "D1", "user": "U1", "text": "dose testodrin 12 kg", "ts": "1.1"})
	w.event("E3", mentioned("<@UBOT> flush", "9.3", "")) // no entry behind it
	w.ask("dose testodrin 12 kg")
	w.calls("")
	w.tap("t1", Action{Verb: Share, Line: "dose testodrin 12 kg"}, w.slack.Hook())
	w.calls("")
	if len(seen) != 2 {
		t.Fatalf("told of %v; two answers were public", seen)
	}
	for i, at := range seen {
		if at.Platform != "slack" || at.Tenant != "T0001" || at.Channel != "C0001" {
			t.Errorf("told of %v", at)
		}
		before := len(w.slack.Calls("chat.postMessage"))
		if err := w.app.Correct(t.Context(), at, doseReply()); err != nil {
			t.Fatal(err)
		}
		updates, posts := w.slack.Calls("chat.update"), w.slack.Calls("chat.postMessage")
		ts, thread, _ := strings.Cut(at.Message, "@")
		if thread == "" {
			thread = ts
		}
		if len(updates) != i+1 || updates[i].Args["ts"] != ts || !strings.Contains(stringOf(t, updates[i].Args), "0.12 mg") {
			t.Errorf("changed %v", updates)
		}
		if len(posts) != before+1 || posts[before].Args["thread_ts"] != thread || !strings.Contains(stringOf(t, posts[before].Args), "This answer was corrected") {
			t.Errorf("said below it: %v", posts[before:])
		}
	}
}

func TestCorrectWhatCannotBeChanged(t *testing.T) {
	for _, code := range []string{"cant_update_message", "message_not_found", "edit_window_closed"} {
		w := newWard(t)
		w.slack.Fail("chat.update", slacktest.Fault{Error: code})
		if err := w.app.Correct(t.Context(), bot.Place{Tenant: "T0001", Channel: "C1", Message: "1.2@1.1"}, doseReply()); err != nil {
			t.Errorf("%s: %v", code, err)
		}
		posts := w.slack.Calls("chat.postMessage")
		if len(posts) != 1 || posts[0].Args["thread_ts"] != "1.1" || !strings.Contains(stringOf(t, posts[0].Args), "Corrected: EPINEPH") || !strings.Contains(stringOf(t, posts[0].Args), "0.12 mg") {
			t.Errorf("%s: %v", code, posts)
		}
	}
}

// TestLastingErrors tells what never gets better from what may.
func TestLastingErrors(t *testing.T) {
	for fault, lasting := range map[slacktest.Fault]bool{
		{Error: "channel_not_found"}: true, {Error: "not_in_channel"}: true, {Error: "is_archived"}: true,
		{Error: "account_inactive"}: true, {Error: "token_revoked"}: true, {Error: "user_not_found"}: true,
		{Error: "internal_error"}: false, {Error: "ratelimited"}: false, {Status: 429, RetryAfter: "60"}: false, {Status: 500}: false,
	} {
		w := newWard(t)
		w.slack.Fail("chat.postMessage", fault)
		w.slack.Fail("chat.update", fault, fault, fault)
		at := bot.Place{Tenant: "T0001", Channel: "C1", Message: "1.1"}
		for what, err := range map[string]error{"post": w.app.Post(t.Context(), at, doseReply()), "correct": w.app.Correct(t.Context(), at, doseReply())} {
			var permanent bot.Permanent
			if err == nil || errors.As(err, &permanent) != lasting {
				t.Errorf("%s with %+v: %v", what, fault, err)
			}
		}
	}
}

// TestCorrectionIsNotUndone corrects an answer whose picture is still to come.
func TestCorrectionIsNotUndone(t *testing.T) {
	hold := make(chan struct{})
	w, _ := newDesk(t, waiting(hold), withImages(ImagesUpload, &drawings{}))
	w.event("E1", mentioned("<@UBOT> site tibia", "1.1", ""))
	if _, err := w.slack.Await(t.Context(), "files.completeUploadExternal", 1); err != nil {
		t.Fatal(err)
	}
	at := bot.Place{Tenant: "T0001", Channel: "C0001", Message: "1700000000.000001@1.1"}
	if err := w.app.Correct(t.Context(), at, doseReply()); err != nil {
		t.Fatal(err)
	}
	close(hold)
	if updates := w.calls("chat.update"); len(updates) != 1 || !strings.Contains(stringOf(t, updates[0].Args), "0.12 mg") {
		t.Errorf("the corrected message shows %v", updates)
	}
}

func TestHomeForThoseWhoLookAfterTheKnowledge(t *testing.T) {
	drafts := "2 drafts wait for you"
	w := newWard(t, withImages(ImagesURL, &drawings{}), func(c *Config) {
		c.HomePicture = func() bot.Picture { return illustrated().Pictures[0] }
		c.Desk = func(_ context.Context, tenant, user string) []bot.Choice {
			if tenant != "T0001" || user != "U1" {
				return nil
			}
			return []bot.Choice{{Label: drafts, Command: "dose testodrin 12 kg"}}
		}
	})
	home := func(id, user string) string {
		w.event(id, map[string]any{"type": "app_home_opened", "user": user, "tab": "home"})
		return stringOf(t, w.calls("views.publish"))
	}
	if page := home("E1", "U2"); strings.Contains(page, drafts) || !strings.Contains(page, theImage) {
		t.Errorf("for everybody: %s", page)
	}
	if page := home("E2", "U1"); !strings.Contains(page, drafts) {
		t.Errorf("for the editor: %s", page)
	}
	n := len(w.calls("views.publish"))
	if home("E3", "U1"); len(w.calls("views.publish")) != n {
		t.Error("published though nothing changed")
	}
	drafts = "3 drafts wait for you"
	w.slack.Fail("views.publish", slacktest.Fault{Error: "invalid_blocks"})
	page := home("E4", "U1")
	calls := w.calls("views.publish")
	if !strings.Contains(page, drafts) || len(calls) != n+2 || strings.Contains(stringOf(t, calls[n+1].Args), theImage) {
		t.Errorf("with a picture that Slack cannot load: %v", calls[n:])
	}
}
