package slack

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"iobot/bot/platform"
	"iobot/bot/slack/slacktest"
)

// TestCommandThatActsRunsOnce sends one signed command many times, at once and
// again, and then the same words as another command.
func TestCommandThatActsRunsOnce(t *testing.T) {
	w, d := newDesk(t)
	body := slacktest.Command("U1", "admin withdraw flush", "https://hooks.slack.com/1")
	answers := make([]string, 21)
	var all sync.WaitGroup
	for i := range 20 {
		all.Go(func() { _, answers[i] = w.send("/slack/commands", body) })
	}
	all.Wait()
	w.pass(time.Minute) // signed anew
	_, answers[20] = w.send("/slack/commands", body)
	for i, text := range answers {
		if !strings.Contains(text, "It is done.") || text != answers[0] {
			t.Errorf("answer %d: %s", i, text)
		}
	}
	if n := d.times("withdraw"); n != 1 {
		t.Errorf("withdrawn %d times by one request", n)
	}
	w.ask("admin withdraw flush")
	for range 2 {
		w.ask("adm\u200bin withdraw flush") // a mark that the bot drops
		w.ask("/io\u00a0admin  withdraw flush")
	}
	if n := d.times("withdraw"); n != 6 {
		t.Errorf("done %d times by six requests: an answer was given again", n)
	}
}

// TestAnswerForOnePerson asks the same line as two people, in both orders.
func TestAnswerForOnePerson(t *testing.T) {
	for _, order := range [][]string{{"U1", "U2"}, {"U2", "U1"}} {
		w, _ := newDesk(t)
		for _, user := range order {
			_, text := w.send("/slack/commands", slacktest.Command(user, "roles", w.slack.Hook()))
			if strings.Contains(text, "You are an editor.") != (user == "U1") {
				t.Errorf("%v: %s gets %s", order, user, text)
			}
		}
	}
}

func TestButtonThatActs(t *testing.T) {
	w, d := newDesk(t)
	hook := w.slack.Hook()
	for i := range 3 {
		w.tap(fmt.Sprint("t", i), Action{Verb: Run, Line: "admin withdraw flush"}, hook)
	}
	w.calls("")
	if n := d.times("withdraw"); n != 1 {
		t.Errorf("a double tap did it %d times", n)
	}
	w.pass(5 * time.Second)
	w.tap("later", Action{Verb: Run, Line: "admin withdraw flush"}, hook)
	w.tap("other", Action{Verb: Run, Line: "admin withdraw site"}, hook)
	w.calls("")
	if n := d.times("withdraw"); n != 3 {
		t.Errorf("later taps and other buttons: done %d times, want 3", n)
	}
	for i, verb := range []Verb{Share, Send, Part} {
		w.pass(5 * time.Second)
		w.tap(fmt.Sprint("f", i), Action{Verb: verb, Line: "admin withdraw flush"}, w.slack.Hook())
	}
	share := submit(ShareView, "admin withdraw flush", nil)
	share["response_urls"] = []any{map[string]any{"channel_id": "C2", "response_url": w.slack.Hook()}}
	w.interact(share)
	if w.calls(""); d.times("withdraw") != 3 || len(w.channelSaw()) != 0 {
		t.Errorf("sharing did it: %d, %v", d.times("withdraw"), w.channelSaw())
	}
}

// TestRestOfAPrivateReply pages through a reply whose line must not be asked
// again.
func TestRestOfAPrivateReply(t *testing.T) {
	w, d := newDesk(t)
	card := w.ask("admin long")
	more := buttonOf(t, card, "More")
	if strings.Contains(stringOf(t, card), "Share to") {
		t.Error("a private reply can be shared")
	}
	p := slacktest.Tap("U1", "t1", w.slack.Hook(), more["action_id"].(string), more["value"].(string))
	w.interact(p)
	calls := w.calls("response_url")
	if len(calls) != 1 || !strings.Contains(stringOf(t, calls[0].Args), "Part 2 of") || calls[0].Args["replace_original"] != true {
		t.Fatalf("part 2: %v", calls)
	}
	if n := d.times("long"); n != 1 {
		t.Errorf("asked %d times for two parts", n)
	}
	w.interact(slacktest.Tap("U1", "t2", w.slack.Hook(), more["action_id"].(string), "unknown"))
	if calls := w.calls("response_url"); !strings.Contains(stringOf(t, calls[1].Args), "not kept any longer") {
		t.Errorf("what is not kept: %v", calls[1].Args)
	}
}

// buttonOf is the button of a card with a label.
func buttonOf(t *testing.T, card map[string]any, label string) map[string]any {
	t.Helper()
	for _, b := range card["blocks"].([]any) {
		elements, _ := b.(map[string]any)["elements"].([]any)
		for _, e := range elements {
			element := e.(map[string]any)
			if text, ok := element["text"].(map[string]any); ok && text["text"] == label {
				return element
			}
		}
	}
	t.Fatalf("no button %q in %s", label, stringOf(t, card))
	return nil
}

// TestWhoAsks looks at whom the bot takes people for. Ids of users are one
// workspace's own: the same id in another workspace is somebody else.
func TestWhoAsks(t *testing.T) {
	w, d := newDesk(t)
	tap := func(trigger string, user map[string]any) {
		p := slacktest.Tap("U1", trigger, w.slack.Hook(), Action{Verb: Run}.id(), "admin tap "+trigger)
		p["user"] = user
		w.interact(p)
	}
	tap("own", map[string]any{"id": "U1", "team_id": "T0001"})
	tap("foreign", map[string]any{"id": "U1", "team_id": "T6666"})
	mention := func(id string, external bool, more map[string]any) {
		e := mentioned("<@UBOT> admin said "+id, "1.1", "")
		for k, v := range more {
			e[k] = v
		}
		body := slacktest.Event(id, e)
		if external {
			body = strings.Replace(body, `"type":"event_callback"`, `"type":"event_callback","is_ext_shared_channel":true`, 1)
		}
		w.send("/slack/events", body)
	}
	mention("plain", false, nil)
	mention("member", true, map[string]any{"user_team": "T0001", "source_team": "T0001"})
	mention("stranger", true, map[string]any{"user_team": "T6666", "source_team": "T6666"})
	mention("source", false, map[string]any{"source_team": "T6666"})
	mention("unsaid", true, nil)
	view := w.fill("t", map[string]any{"blocks": []any{}, "callback_id": FillView, "private_metadata": `{"line":"admin save"}`}, nil)
	view["user"] = map[string]any{"id": "U1", "team_id": "T6666"}
	w.interact(view)
	w.calls("")
	for _, want := range []string{
		"T0001/U1 tap own", "T6666/U1 tap foreign", "T0001/U1 said plain", "T0001/U1 said member",
		"T6666/U1 said stranger", "T6666/U1 said source", "/U1 said unsaid", "T6666/U1 save",
	} {
		if d.times(want) != 1 || strings.HasPrefix(want, "/") && d.times("T0001"+want) != 0 {
			t.Errorf("%s is not in %q", want, d.done)
		}
	}
}

// waiting has waits that last until they are let go.
func waiting(hold chan struct{}) func(*Config) {
	return func(c *Config) {
		c.wait = func(ctx context.Context, _ time.Duration) error {
			select {
			case <-hold:
				return nil
			case <-ctx.Done():
				return ctx.Err()
			}
		}
	}
}

func TestSlowCommand(t *testing.T) {
	w, d := newDesk(t)
	if first := w.ask("admin slow test"); !strings.Contains(stringOf(t, first), "Working on it") {
		t.Errorf("at first: %v", first)
	}
	close(d.hold)
	calls := w.calls("response_url")
	if len(calls) != 1 || calls[0].Args["replace_original"] != true || calls[0].Args["response_type"] != "ephemeral" || !strings.Contains(stringOf(t, calls[0].Args), "It is done.") {
		t.Errorf("then: %v", calls)
	}
	w.slack.Fail("response_url", slacktest.Fault{Status: 404})
	w.send("/slack/commands", slacktest.Command("U2", "admin slow test", w.slack.Hook()))
	if sent := w.calls("chat.postMessage"); len(sent) != 1 || sent[0].Args["channel"] != "U2" || !strings.Contains(stringOf(t, sent[0].Args), "It is done.") {
		t.Errorf("where the card is gone: %v", sent)
	}
	w.tapOn("t1", "admin slow test", nil)
	taps := w.calls("response_url")[2:]
	if len(taps) != 2 || !strings.Contains(stringOf(t, taps[0].Args), "Working on it") || !strings.Contains(stringOf(t, taps[1].Args), "It is done.") {
		t.Errorf("a slow button: %v", taps)
	}
	w.event("E1", mentioned("<@UBOT> admin slow test", "1.1", ""))
	if said := w.calls("chat.postMessage")[1:]; len(said) != 2 || !strings.Contains(stringOf(t, said[0].Args), "Working on it") {
		t.Errorf("a slow mention: %v", said)
	}
}

func TestSlowForm(t *testing.T) {
	for _, early := range []bool{true, false} {
		hold := make(chan struct{})
		w, d := newDesk(t, waiting(hold))
		w.tapOn("t1", "admin edit flush", nil)
		view := w.opened("views.open")
		view["private_metadata"] = `{"line":"admin slow save"}`
		if early {
			close(d.hold)
		} else {
			close(hold)
		}
		text := w.interact(w.fill("t2", view, map[string]string{"why": "typed"}))
		if early {
			if !strings.Contains(text, "Proposed: hello") {
				t.Errorf("ready in time: %s", text)
			}
			continue
		}
		if !strings.Contains(text, `"push"`) || !strings.Contains(text, "Working on it") {
			t.Errorf("not ready in time: %s", text)
		}
		w.slack.Fail("views.update", slacktest.Fault{Error: "not_found"}) // Slack has not shown it yet
		close(d.hold)
		calls := w.calls("views.update")
		if view := calls[len(calls)-1].Args["view"].(map[string]any); view["clear_on_close"] != true {
			t.Error("closing the result leads back to a form that was sent")
		}
		if len(calls) != 2 || !strings.Contains(text, calls[1].Args["external_id"].(string)) || !strings.Contains(stringOf(t, calls[1].Args), "Proposed: hello") {
			t.Errorf("then: %v", calls)
		}
		if d.times("slow save") != 1 {
			t.Errorf("done %d times", d.times("slow save"))
		}
	}
}

// TestLongWorkKeepsNobodyWaiting has as many forms and slow lines worked on as
// there are places for answers.
func TestLongWorkKeepsNobodyWaiting(t *testing.T) {
	hold := make(chan struct{})
	close(hold) // no form is ready in time
	w, d := newDesk(t, waiting(hold))
	view := map[string]any{"blocks": []any{}, "callback_id": FillView, "private_metadata": `{"line":"admin check"}`}
	for n := range min(cap(w.app.turns), platform.MaxJobs/2-1) {
		form := w.fill(fmt.Sprint("t", n), view, nil)
		form["user"] = map[string]any{"id": fmt.Sprint("U", n), "team_id": "T0001"}
		if text := w.interact(form); !strings.Contains(text, "Working on it") {
			t.Fatalf("form %d: %s", n, text)
		}
		w.send("/slack/commands", slacktest.Command(fmt.Sprint("V", n), "admin slow test", w.slack.Hook()))
	}
	if card := stringOf(t, w.ask("dose testodrin 12 kg")); !strings.Contains(card, "as much as needed") {
		t.Errorf("meanwhile: %s", card)
	}
	close(d.hold)
	w.calls("")
}

func TestSlowButtonInAWindow(t *testing.T) {
	w, d := newDesk(t)
	close(d.hold)
	w.tapOn("t1", "admin slow test", func(p map[string]any) {
		delete(p, "response_url")
		p["view"] = map[string]any{"id": "V1", "type": "home", "hash": "h"}
	})
	opened, updated := w.calls("views.open"), w.calls("views.update")
	if len(opened) != 1 || len(updated) != 1 || !strings.Contains(stringOf(t, opened), updated[0].Args["external_id"].(string)) || !strings.Contains(stringOf(t, updated), "It is done.") {
		t.Errorf("opened %v, updated %v", opened, updated)
	}
	w.slack.Fail("views.update", slacktest.Fault{Error: "internal_error"})
	w.tapOn("t2", "admin slow again", func(p map[string]any) {
		delete(p, "response_url")
		p["view"] = map[string]any{"id": "V1", "type": "home", "hash": "h"}
	})
	if told := w.calls("chat.postMessage"); len(told) != 1 || !strings.Contains(stringOf(t, told), "It is done.") {
		t.Errorf("where the window fails: %v", told)
	}
}

// TestSlowFormFromAWindow taps the button of a slow line that asks for a form,
// in a window: the form opens in that window, and a quick tap on what the
// window shows next counts.
func TestSlowFormFromAWindow(t *testing.T) {
	w, d := newDesk(t)
	close(d.hold)
	for _, hash := range []string{"h1", "h2"} {
		w.tapOn("t"+hash, "admin slow save", func(p map[string]any) {
			delete(p, "response_url")
			p["view"] = map[string]any{"id": "V1", "type": "modal", "hash": hash}
		})
	}
	if updated := w.calls("views.update"); len(updated) != 4 || !strings.Contains(stringOf(t, updated[1].Args), FillView) {
		t.Errorf("updated %v", updated)
	}
}

// TestPatientJobs end with the program, not with the time that others have.
func TestPatientJobs(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		running, stop := context.WithCancel(t.Context())
		long, done := patient(running)
		defer done()
		stop()
		synctest.Wait()
		if long.Err() == nil {
			t.Error("a job goes on though the program ends")
		}
		over, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		long, done = patient(over)
		defer done()
		<-over.Done()
		synctest.Wait()
		if long.Err() != nil {
			t.Error("a slow job ends when others would")
		}
		<-long.Done() // but not never
	})
}
