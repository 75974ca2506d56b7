package slack

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"iobot/bot"
	"iobot/bot/slack/slacktest"
)

// TestFormFromQuestionToResult goes the way of somebody who edits an entry: the
// command, the button, the window, a mistake, and the result.
func TestFormFromQuestionToResult(t *testing.T) {
	w, d := newDesk(t)
	card := stringOf(t, w.ask("admin edit flush"))
	if !strings.Contains(card, openForm) || strings.Contains(card, "Share to") || strings.Contains(card, "Send to") {
		t.Errorf("the card of a form: %s", card)
	}
	w.tapOn("t1", "admin save flush", nil)
	calls := w.calls("views.open")
	if len(calls) != 1 || calls[0].Args["trigger_id"] != "t1" {
		t.Fatalf("opened %v", calls)
	}
	view := w.opened("views.open")
	text := w.interact(w.fill("t2", view, map[string]string{"text": "typed", "kind": "dose"}))
	wrong := fields(t, text)
	if wrong["response_action"] != "errors" || !strings.Contains(text, "Say why you change it.") {
		t.Fatalf("a missing field: %s", text)
	}
	for block := range wrong["errors"].(map[string]any) {
		if !strings.HasPrefix(block, "why#") || !strings.Contains(stringOf(t, view), block) {
			t.Errorf("the mistake stands beside %s", block)
		}
	}
	filled := w.fill("t3", view, map[string]string{"text": "typed", "why": "new guideline"})
	text = w.interact(filled)
	if !strings.Contains(text, `"update"`) || !strings.Contains(text, "Proposed: typed") || !strings.Contains(text, "admin withdraw draft") || strings.Contains(text, ShareView) {
		t.Errorf("the result: %s", text)
	}
	if again := w.interact(filled); again != text {
		t.Errorf("the same again: %s", again)
	}
	calculated := w.interact(submit(FillView, `{"line":"dose testodrin 12 kg"}`, map[string]string{"x#1": "y"}))
	if !strings.Contains(calculated, "as much as needed") || strings.Contains(calculated, ShareView) {
		t.Errorf("a result that its line alone does not give can be shared: %s", calculated)
	}
	if n := d.times("save"); n != 3 { // opened, refused, saved
		t.Errorf("done %d times, want 3", n)
	}
}

// TestNothingTypedIsLost sends what needs more than a sentence beside a field.
func TestNothingTypedIsLost(t *testing.T) {
	w, _ := newDesk(t)
	w.tapOn("t1", "admin edit flush", nil)
	view := w.opened("views.open")
	if !strings.Contains(stringOf(t, view), `"initial_value":"hello\nworld"`) {
		t.Errorf("the window does not hold the text: %v", view)
	}
	text := w.interact(w.fill("t2", view, map[string]string{"text": "ten times\nas much", "why": "typed"}))
	for _, want := range []string{`"update"`, "ten times what it was", `"initial_value":"ten times\nas much"`, `"initial_value":"typed"`, "Type TEN TIMES."} {
		if !strings.Contains(text, want) {
			t.Errorf("a warning: %s is not in %s", want, text)
		}
	}
	for _, b := range view["blocks"].([]any) {
		if block := b.(map[string]any); block["type"] == "input" && strings.Contains(text, block["block_id"].(string)) {
			t.Errorf("Slack would keep showing what %s held", block["block_id"])
		}
	}
	text = w.interact(w.fill("t3", view, map[string]string{"text": "", "why": "typed"}))
	if !strings.Contains(text, `"push"`) || !strings.Contains(text, "The store is down.") || !strings.Contains(text, `"Back"`) {
		t.Errorf("a failure takes the form away: %s", text)
	}
	if text := w.interact(submit(FillView, `{"line":""}`, nil)); !strings.Contains(text, "outdated") {
		t.Errorf("a window without a line: %s", text)
	}
}

func TestWindowThatDoesNotOpen(t *testing.T) {
	for code, says := range map[string]string{
		"expired_trigger_id": "did not open in time", "exchanged_trigger_id": "did not open in time",
		"hash_conflict": "has changed since", "view_too_large": "too large", "internal_error": "did not take it",
	} {
		w, _ := newDesk(t)
		w.slack.Fail("views.open", slacktest.Fault{Error: code})
		w.tapOn("t1", "admin edit flush", nil)
		calls := w.calls("response_url")
		if len(calls) != 1 || !strings.Contains(stringOf(t, calls[0].Args), says) || !strings.Contains(stringOf(t, calls[0].Args), "admin save flush") {
			t.Errorf("%s: told %v", code, calls)
		}
	}
	w, _ := newDesk(t)
	w.slack.Fail("views.update", slacktest.Fault{Error: "hash_conflict"})
	w.tapOn("t1", "admin edit flush", func(p map[string]any) {
		delete(p, "response_url")
		p["view"] = map[string]any{"id": "V1", "type": "modal", "hash": "old"}
	})
	if calls := w.calls("chat.postMessage"); len(calls) != 1 || !strings.Contains(stringOf(t, calls[0].Args), "has changed since") {
		t.Errorf("in a window: %v", calls)
	}
}

// TestBusyForm sends more forms than one person may: what was typed stays.
func TestBusyForm(t *testing.T) {
	w, d := newDesk(t)
	w.tapOn("t1", "admin edit flush", nil)
	view, text := w.opened("views.open"), ""
	for n := range userBurst + 1 {
		text = w.interact(w.fill(fmt.Sprint("s", n), view, map[string]string{"why": "typed"}))
	}
	if !strings.Contains(text, `"errors"`) || !strings.Contains(text, "Nothing was done") || d.times("save") > userBurst {
		t.Errorf("done %d times, then %s", d.times("save"), text)
	}
}

func TestFormsThatDoNotFit(t *testing.T) {
	long := strings.Repeat("x", maxInput+1)
	choices := func(n int, value string) []bot.Choice {
		list := make([]bot.Choice, n)
		for i := range list {
			list[i] = bot.Choice{Label: "a", Command: strings.Repeat(value, i+1)}
		}
		return list
	}
	for name, field := range map[string]bot.FormField{
		"a long value":       {Name: "a", Value: long},
		"a long choice":      {Name: "a", Choices: choices(1, long)},
		"too many choices":   {Name: "a", Choices: choices(81, "")},
		"the same choice":    {Name: "a", Choices: append(choices(1, "x"), choices(1, "x")...)},
		"a choice of spaces": {Name: "a", Choices: []bot.Choice{{Label: " ", Command: "x"}}},
		"a bad name":         {Name: "a#b"},
		"no name":            {},
	} {
		if _, err := fillView(bot.Reply{Form: &bot.Form{Line: "x", Fields: []bot.FormField{field}}}, ""); err == nil {
			t.Errorf("%s was taken", name)
		}
	}
	ok := bot.FormField{Name: "a", Label: "A", Value: long[1:]}
	for name, form := range map[string]bot.Form{
		"no fields": {Line: "x"}, "no line": {Fields: []bot.FormField{ok}}, "a field twice": {Line: "x", Fields: []bot.FormField{ok, ok}},
		"a long line": {Line: long, Fields: []bot.FormField{ok}},
	} {
		if _, err := fillView(bot.Reply{Form: &form}, ""); err == nil {
			t.Errorf("%s was taken", name)
		}
	}
	if _, err := fillView(bot.Reply{Form: &bot.Form{Line: "x", Fields: []bot.FormField{ok}}}, "C1"); err != nil {
		t.Errorf("the longest value: %v", err)
	}
	var ours errForm
	if _, err := fillView(bot.Reply{Form: &bot.Form{Line: "x", Fields: []bot.FormField{{Name: "a", Value: long}}}}, ""); !errors.As(err, &ours) || !strings.Contains(formProblem(err), "3,000") {
		t.Errorf("a long value: %v", err)
	}
}

func TestFormInThreadAndDirectMessage(t *testing.T) {
	w, _ := newDesk(t)
	w.event("E1", mentioned("<@UBOT> admin edit flush", "1.1", ""))
	w.event("E2", map[string]any{"type": "message", "channel_type": "im", "channel": "D1", "user": "U1", "text": "admin edit flush", "ts": "1.1"})
	for i, c := range w.calls("chat.postMessage") {
		if channel := c.Args["channel"]; channel == "C0001" || !strings.Contains(stringOf(t, c.Args), openForm) {
			t.Errorf("answer %d, which is for one person, went to %v: %v", i+1, channel, c.Args)
		}
	}
	if n := len(w.calls("chat.postMessage")); n != 2 {
		t.Errorf("%d answers, want 2", n)
	}
}

func TestFeedback(t *testing.T) {
	w, d := newDesk(t)
	if card := stringOf(t, w.ask("site tibia")); !strings.Contains(card, "feedback yes") || !strings.Contains(card, "Not helpful") {
		t.Errorf("the card does not ask whether it helped: %s", card)
	}
	w.tapOn("t1", "feedback yes", nil)
	if calls := w.calls("response_url"); len(calls) != 1 || calls[0].Args["response_type"] != "ephemeral" || !strings.Contains(stringOf(t, calls[0].Args), "Thank you") {
		t.Errorf("thanks: %v", calls)
	}
	w.tapOn("t2", "feedback no", nil)
	if view := w.opened("views.open"); !strings.Contains(stringOf(t, view), `"optional":true`) {
		t.Errorf("asked why: %v", view)
	}
	if n := d.times("feedback"); n != 2 {
		t.Errorf("noted %d times", n)
	}
	w.tap("t3", Action{Verb: Share, Line: "site tibia"}, w.slack.Hook())
	if seen := w.channelSaw(); len(seen) != 1 || !strings.Contains(stringOf(t, seen[0].Args), "feedback yes") {
		t.Errorf("the channel is not asked whether it helped: %v", seen)
	}
	if view := stringOf(t, ResultView(illustrated(), Card{Line: "site tibia"})); strings.Contains(view, "feedback yes") {
		t.Error("a window asks, and would lose the answer")
	}
}

// FuzzForm opens a form with any texts, sends it back untouched and looks for
// a difference.
func FuzzForm(f *testing.F) {
	for _, s := range hostileTexts(f) {
		f.Add(s, "why", s, s)
	}
	f.Fuzz(func(t *testing.T, value, name, label, command string) {
		form := &bot.Form{Title: label, Line: command, Submit: label, Fields: []bot.FormField{
			{Name: "first", Label: label, Hint: label, Value: value, Long: true, Problem: label},
			{Name: name, Label: label, Value: value, Choices: []bot.Choice{{Label: label, Command: value}, {Label: label, Command: "other"}}},
		}}
		r := bot.Reply{Title: label, Blocks: []bot.Block{bot.Warning{Text: label}, bot.Text{Text: value}}, Form: form}
		for _, p := range problems(t, Render(r, Card{})) {
			t.Error(p)
		}
		view, err := fillView(r, "C1")
		if err != nil {
			return
		}
		for _, p := range problems(t, view) {
			t.Error(p)
		}
		w := &ward{t: t}
		text, err := json.Marshal(w.fill("t", fields(t, stringOf(t, view)), nil))
		if err != nil {
			t.Fatal(err)
		}
		i, err := decode[interaction](text)
		if err != nil {
			t.Fatal(err)
		}
		got, ok := readFilling(i.View.Metadata)
		if want := (filling{Line: command, Channel: "C1"}); !ok || got != want {
			t.Errorf("line %q came back as %q", want, got)
		}
		values, _ := i.View.filled()
		if len(values) != 2 || values["first"] != visible(value) || values[name] != value && values[name] != "" {
			t.Errorf("%q came back as %q", value, values)
		}
		if utf8.RuneCountInString(values["first"]) > maxInput {
			t.Errorf("%d characters in a field", utf8.RuneCountInString(values["first"]))
		}
	})
}

// TestFormOverTheSocketIsSentOnce delivers one envelope twice, as Slack does
// when an acknowledgement was lost: the second gets the same answer.
func TestFormOverTheSocketIsSentOnce(t *testing.T) {
	w, d := newDesk(t)
	w.tapOn("t1", "admin edit flush", nil)
	filled := w.fill("t2", w.opened("views.open"), map[string]string{"why": "typed"})
	first, second, stop := w.connect()
	one := stringOf(t, w.deliver(first, "interactive", "e1", filled, true).Payload)
	two := stringOf(t, w.deliver(second, "interactive", "e1", filled, true).Payload)
	if one != two || !strings.Contains(one, "Proposed") || d.times("save") != 1 {
		t.Errorf("saved %d times; first %s, then %s", d.times("save"), one, two)
	}
	ack := w.deliver(first, "slash_commands", "e2", socketCommand(t, "admin withdraw flush"), true)
	again := w.deliver(second, "slash_commands", "e2", socketCommand(t, "admin withdraw flush"), true)
	if stringOf(t, ack) != stringOf(t, again) || d.times("withdraw") != 1 {
		t.Errorf("withdrawn %d times", d.times("withdraw"))
	}
	if err := stop(); err != nil {
		t.Error(err)
	}
}
