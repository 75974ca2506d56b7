package slack

import (
	"strings"
	"testing"

	"iobot/bot/slack/slacktest"
)

func submit(callback, metadata string, values map[string]string) map[string]any {
	state := map[string]any{}
	for field, value := range values {
		in := map[string]any{"type": "plain_text_input", "value": value}
		if field == DrugField || field == UseField || field == ChoiceField {
			in = map[string]any{"type": "external_select", "selected_option": map[string]any{"value": value}}
		}
		if value == "" {
			in = map[string]any{"type": "plain_text_input", "value": nil, "selected_option": nil}
		}
		state[field] = map[string]any{field: in}
	}
	return map[string]any{
		"type": "view_submission", "trigger_id": "t1", "team": map[string]any{"id": "T0001"},
		"user": map[string]any{"id": "U1", "name": "kim", "team_id": "T0001"},
		"view": map[string]any{
			"id": "V1", "type": "modal", "hash": "h", "callback_id": callback, "private_metadata": metadata,
			"state": map[string]any{"values": state},
		},
		"response_urls": []any{},
	}
}

func TestShortcutOpensTheCalculator(t *testing.T) {
	w := newWard(t)
	shortcut := map[string]any{"type": "shortcut", "callback_id": OpenCalculator, "trigger_id": "t1",
		"team": map[string]any{"id": "T0001"}, "user": map[string]any{"id": "U1"}}
	w.interact(shortcut)
	calls := w.calls("views.open")
	if len(calls) != 1 || calls[0].Args["trigger_id"] != "t1" || calls[0].Token != testToken {
		t.Fatalf("views.open: %v", calls)
	}
	w.slack.Fail("views.open", slacktest.Fault{Error: "expired_trigger_id"})
	shortcut["trigger_id"] = "t2"
	w.interact(shortcut)
	told := w.calls("chat.postMessage")
	if len(told) != 1 || !strings.Contains(stringOf(t, told[0].Args), "did not open") {
		t.Errorf("told %v", told)
	}
}

func TestCalculator(t *testing.T) {
	w := newWard(t)
	tests := []struct {
		name   string
		values map[string]string
		want   []string
	}{
		{"an answer", map[string]string{DrugField: "testodrin", WeightField: "12 kg", UseField: "", AgeField: ""},
			[]string{`"response_action":"update"`, "as much as needed", ShareView}},
		{"nothing filled in", map[string]string{DrugField: "", WeightField: ""},
			[]string{`"response_action":"errors"`, `"drug":"`, `"weight":"`}},
		{"no unit", map[string]string{DrugField: "testodrin", WeightField: "12"},
			[]string{`"response_action":"errors"`, `"weight":"`}},
	}
	for _, tt := range tests {
		text := w.interact(submit(FormView, "", tt.values))
		for _, want := range tt.want {
			if !strings.Contains(text, want) {
				t.Errorf("%s: %s is not in %s", tt.name, want, text)
			}
		}
		w.pass(1e9)
	}
	if text := w.interact(submit("io0:form", "", nil)); !strings.Contains(text, "outdated") {
		t.Errorf("a window of another version: %s", text)
	}
	if text := w.interact(submit(ChoiceView, `["dose testodrin 12 kg"]`, map[string]string{ChoiceField: "0"})); !strings.Contains(text, "as much as needed") {
		t.Errorf("a choice: %s", text)
	}
	if len(w.calls("")) != 0 {
		t.Error("submitting called Slack")
	}
}

func TestShareFromTheCalculator(t *testing.T) {
	w := newWard(t)
	s := submit(ShareView, "dose testodrin 12 kg", nil)
	if text := w.interact(s); !strings.Contains(text, `"errors"`) {
		t.Errorf("without a channel: %s", text)
	}
	s["response_urls"] = []any{map[string]any{"block_id": ChannelField, "action_id": ChannelField, "channel_id": "C2", "response_url": w.slack.Hook()}}
	for range 2 {
		if text := w.interact(s); !strings.Contains(text, `"clear"`) && text != "" {
			t.Errorf("shared: %s", text)
		}
		w.pass(1e9)
	}
	calls := w.channelSaw()
	if len(calls) != 1 || calls[0].Args["channel"] != "C2" || !strings.Contains(stringOf(t, calls[0].Args), "as much") {
		t.Errorf("shared from a window: %v", calls)
	}
}

func TestMenuOptions(t *testing.T) {
	w := newWard(t)
	for field, want := range map[string]string{DrugField: "drug adr", UseField: "use of testodrin adr", "other": `{"options":[]}`} {
		asked := submit(FormView, "", map[string]string{DrugField: "testodrin"})
		asked["type"], asked["action_id"], asked["value"] = "block_suggestion", field, "adr"
		for range 2 { // typed again within the second, so signed alike
			if text := w.interact(asked); !strings.Contains(text, want) {
				t.Errorf("options of %s: %s", field, text)
			}
		}
	}
}

func TestAskAboutAMessage(t *testing.T) {
	w := newWard(t)
	w.interact(map[string]any{"type": "message_action", "callback_id": AskMessage, "trigger_id": "t1", "response_url": w.slack.Hook(),
		"team": map[string]any{"id": "T0001"}, "user": map[string]any{"id": "U1"}, "channel": map[string]any{"id": "C1"},
		"message": map[string]any{"ts": "1.1", "text": "why <https://x.example|flush>?"}})
	calls := w.calls("response_url")
	if len(calls) != 1 || calls[0].Args["response_type"] != "ephemeral" || !strings.Contains(stringOf(t, calls[0].Args), "No flush, no flow.") {
		t.Errorf("asked about a message: %v", calls)
	}
}

func TestTapOnHomeAndInAWindow(t *testing.T) {
	w := newWard(t)
	tap := func(trigger, kind string) {
		p := slacktest.Tap("U1", trigger, "", Action{Verb: Run}.id(), "dose testodrin 12 kg")
		delete(p, "response_url")
		p["container"] = map[string]any{"type": "view", "view_id": "V1"}
		p["view"] = map[string]any{"id": "V1", "type": kind, "hash": "h"}
		w.interact(p)
	}
	tap("t1", "home")
	if calls := w.calls("views.open"); len(calls) != 1 || !strings.Contains(stringOf(t, calls[0].Args), "as much as needed") {
		t.Errorf("on the page: %v", calls)
	}
	tap("t2", "modal")
	if calls := w.calls("views.update"); len(calls) != 1 || calls[0].Args["view_id"] != "V1" {
		t.Errorf("in a window: %v", calls)
	}
	w.slack.Fail("views.open", slacktest.Fault{Error: "expired_trigger_id"})
	tap("t3", "home")
	if calls := w.calls("chat.postMessage"); len(calls) != 1 || !strings.Contains(stringOf(t, calls[0].Args), "as much as needed") {
		t.Errorf("when no window opens: %v", calls)
	}
}
