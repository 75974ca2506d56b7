package main

import (
	"encoding/json"
	"fmt"
	"path"
	"strings"
	"testing"

	"iobot/bot/slack/slacktest"
)

// slackRim is Slack around the running program: signed requests go in, and
// what comes out is what people see.
type slackRim struct {
	t        *testing.T
	r        *running
	taken    int   // taps and forms
	payloads []any // all that went to Slack, for the oracle
}

func newSlackRim(t *testing.T) rim {
	h := newHospital(t, "")
	return &slackRim{t: t, r: h.serve()}
}

func (s *slackRim) close() {
	if log := s.r.stop(); s.t.Failed() {
		s.t.Log(log)
	}
	for _, c := range s.r.slack.Calls("") {
		if c.Method == "chat.update" { // Slack knows these of chat.postMessage and ignores them here
			for _, name := range []string{"mrkdwn", "unfurl_links", "unfurl_media"} {
				delete(c.Args, name)
			}
		}
		switch view, isView := c.Args["view"]; {
		case isView:
			s.payloads = append(s.payloads, view)
		case c.Args["blocks"] != nil:
			s.payloads = append(s.payloads, c.Args)
		}
	}
	judge(s.t, s.payloads, "slack")
}

func (s *slackRim) formButton(on *shown) string {
	const label = "Open form"
	if found, _ := labelled(on.body, label); found == nil {
		return ""
	}
	return label
}

func (s *slackRim) types(who, line string) *shown {
	hook, seen := s.r.slack.Hook(), len(s.r.slack.Calls(""))
	answer := s.r.send("/slack/commands", slacktest.Command(account(who), line, hook))
	return s.settled(seen, hook, object(s.t, answer))
}

// account is KIM for Kim.
func account(who string) string { return strings.ToUpper(who) }

// settled is an answer, or what takes its place when it only says that it is
// being worked on.
func (s *slackRim) settled(seen int, hook string, answer map[string]any) *shown {
	s.t.Helper()
	s.payloads = append(s.payloads, answer)
	if now := (&shown{body: answer}); !strings.Contains(now.says(), "Working on it") {
		return now
	}
	return s.arrives(seen, hook)
}

// arrives waits for what the program shows after somebody did something: in a
// window, or at the address that came with it.
func (s *slackRim) arrives(seen int, hook string) *shown {
	s.t.Helper()
	var now *shown
	ok := eventually(s.t, func() bool {
		for _, c := range s.r.slack.Calls("")[seen:] {
			got := &shown{body: c.Args}
			if view, ok := c.Args["view"].(map[string]any); ok {
				got = &shown{body: view, form: view["submit"] != nil}
			} else if hook == "" || c.Path != path.Base(hook) {
				continue
			}
			if !strings.Contains(got.says(), "Working on it") {
				now = got
				return true
			}
		}
		return false
	})
	if !ok {
		s.t.Fatalf("nothing came back in the place of %v", s.r.slack.Calls("")[seen:])
	}
	return now
}

func (s *slackRim) taps(who string, on *shown, label string) *shown {
	s.t.Helper()
	button, _ := labelled(on.body, label)
	if button == nil {
		s.t.Fatalf("there is no button %q:\n%s", label, on.says())
	}
	s.taken++
	if on.id == 0 {
		on.id = s.taken
	}
	hook, seen := s.r.slack.Hook(), len(s.r.slack.Calls(""))
	tap := slacktest.Tap(account(who), fmt.Sprint("tap", s.taken), hook, fmt.Sprint(button["action_id"]), fmt.Sprint(button["value"]))
	tap["container"].(map[string]any)["message_ts"] = fmt.Sprintf("1700000001.%06d", on.id)
	if on.body["type"] == "modal" {
		delete(tap, "response_url")
		tap["container"] = map[string]any{"type": "view", "view_id": "V1"}
		tap["view"] = s.view(on, nil)
	}
	s.r.send("/slack/interactivity", slacktest.Payload(tap))
	return s.arrives(seen, hook)
}

func (s *slackRim) sends(who string, form *shown, values map[string]string) *shown {
	s.t.Helper()
	s.taken++
	seen := len(s.r.slack.Calls(""))
	answer := object(s.t, s.r.send("/slack/interactivity", slacktest.Payload(map[string]any{
		"type": "view_submission", "trigger_id": fmt.Sprint("form", s.taken), "team": map[string]any{"id": "T0001"},
		"user": map[string]any{"id": account(who), "name": who, "team_id": "T0001"}, "view": s.view(form, values),
	})))
	s.payloads = append(s.payloads, answer)
	view, ok := answer["view"].(map[string]any)
	if !ok { // the window stays with what was typed, and mistakes beside its fields
		return &shown{body: s.kept(form, values, answer["errors"]), form: true}
	}
	now := &shown{body: view, form: view["submit"] != nil}
	if strings.Contains(now.says(), "Working on it") {
		return s.arrives(seen, "")
	}
	return now
}

// kept is a window that was sent and stays open.
func (s *slackRim) kept(form *shown, typed map[string]string, mistakes any) map[string]any {
	s.t.Helper()
	text, err := json.Marshal(form.body)
	if err != nil {
		s.t.Fatal(err)
	}
	body := object(s.t, string(text))
	blocks, _ := body["blocks"].([]any)
	for _, b := range blocks {
		block, _ := b.(map[string]any)
		if element, ok := block["element"].(map[string]any); ok {
			if text, ok := typed[fmt.Sprint(element["action_id"])]; ok {
				element["initial_value"] = text
			}
		}
	}
	body["errors"] = mistakes
	return body
}

// view is a window as Slack sends it back: fields keep what they hold, unless
// somebody filled in something else.
func (s *slackRim) view(on *shown, typed map[string]string) map[string]any {
	state, used := map[string]any{}, 0
	blocks, _ := on.body["blocks"].([]any)
	for _, b := range blocks {
		block, _ := b.(map[string]any)
		element, _ := block["element"].(map[string]any)
		if block["type"] != "input" {
			continue
		}
		name := fmt.Sprint(element["action_id"])
		in := map[string]any{"type": element["type"], "value": element["initial_value"], "selected_option": element["initial_option"]}
		if text, ok := typed[name]; ok {
			in["value"], used = text, used+1
			if in["selected_option"] != nil || element["options"] != nil {
				in["selected_option"] = map[string]any{"value": text}
			}
		}
		state[fmt.Sprint(block["block_id"])] = map[string]any{name: in}
	}
	if used < len(typed) {
		s.t.Fatalf("not all of %v can be filled in:\n%s", typed, on.says())
	}
	return map[string]any{
		"id": "V1", "type": "modal", "hash": fmt.Sprint("h", s.taken), "callback_id": on.body["callback_id"], "private_metadata": on.body["private_metadata"],
		"blocks": blocks, "state": map[string]any{"values": state},
	}
}

// channel is the messages of the channel with what replaced them. Those in a
// thread say to which message they belong.
func (s *slackRim) channel() []string {
	var list []string
	at, sent := map[string]int{}, 0
	for _, c := range s.r.slack.Calls("") {
		text, err := json.Marshal(c.Args)
		if err != nil {
			s.t.Fatal(err)
		}
		said := string(text)
		switch c.Method {
		case "chat.postMessage":
			sent++
			if c.Args["channel"] == "C0001" {
				at[fmt.Sprintf("1700000000.%06d", sent)] = len(list)
				list = append(list, said)
			}
		case "chat.update":
			if n, ok := at[fmt.Sprint(c.Args["ts"])]; ok {
				list[n] = said
			}
		}
	}
	return list
}
