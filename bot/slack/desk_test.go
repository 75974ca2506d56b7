package slack

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"

	"iobot/bot"
	"iobot/bot/slack/slacktest"
)

// desk is a bot whose "admin" changes something: it counts what was done and
// by whom. "admin slow" takes until somebody lets it go.
type desk struct {
	mu   sync.Mutex
	done []string // "T0001/U1 withdraw flush"
	hold chan struct{}
}

// newDesk starts an App whose bot has a desk.
func newDesk(t *testing.T, change ...func(*Config)) (*ward, *desk) {
	d := &desk{hold: make(chan struct{})}
	withDesk := func(c *Config) {
		c.Live = func() any { return 1 }
		c.Bot = bot.New(bot.Config{Default: "ask", Log: c.Log, Now: c.Now, Commands: []bot.Command{
			{Name: "dose", Run: testDose, Options: []bot.Option{{Name: "drug"}}},
			{Name: "ask", Run: testAsk, Options: []bot.Option{{Name: "question"}}},
			{Name: "about", Run: testAbout},
			{Name: "site", Run: testSite, Options: []bot.Option{{Name: "bone"}}},
			{Name: "admin", Staff: true, Acts: true, Run: d.admin, Options: []bot.Option{{Name: "what"}},
				Slow: func(args string) bool { return strings.HasPrefix(args, "slow") }},
			{Name: "roles", Staff: true, Run: roles},
			{Name: "feedback", Acts: true, Run: d.feedback, Options: []bot.Option{{Name: "what"}}},
		}})
	}
	return newWard(t, append([]func(*Config){withDesk}, change...)...), d
}

// times counts what was done.
func (d *desk) times(what string) int {
	d.mu.Lock()
	defer d.mu.Unlock()
	n := 0
	for _, s := range d.done {
		if strings.Contains(s, what) {
			n++
		}
	}
	return n
}

func (d *desk) admin(_ context.Context, in bot.Input) (bot.Reply, error) {
	d.mu.Lock()
	d.done = append(d.done, in.Tenant+"/"+in.User+" "+in.Args)
	d.mu.Unlock()
	verb, rest, _ := strings.Cut(in.Args, " ")
	switch verb {
	case "edit":
		return bot.Reply{Outcome: bot.Answer, Title: "Edit " + rest, Private: true, Form: deskForm("hello\nworld", "")}, nil
	case "save":
		return save(in.Values), nil
	case "check":
		if in.Values != nil {
			<-d.hold // a form may take long, whatever its line
		}
	case "slow":
		<-d.hold
		if rest == "save" {
			return save(in.Values), nil
		}
	case "long":
		r := articleReply(8)
		r.Private = true
		return r, nil
	}
	return bot.Reply{Outcome: bot.Answer, Title: "Done: " + in.Args, Blocks: []bot.Block{bot.Lead{Text: "It is done."}}}, nil
}

// save takes what the form of the desk was filled with.
func save(values map[string]string) bot.Reply {
	text := values["text"]
	switch {
	case values == nil:
		return bot.Reply{Outcome: bot.Answer, Title: "Edit", Private: true, Form: deskForm(text, "")}
	case values["why"] == "":
		return bot.Reply{Outcome: bot.Refused, Title: "Edit", Private: true, Blocks: []bot.Block{bot.Lead{Text: "One field is missing."}}, Form: deskForm(text, "Say why you change it.")}
	case strings.Contains(text, "ten times"):
		r := bot.Reply{Outcome: bot.Clarify, Title: "Edit", Private: true, Blocks: []bot.Block{bot.Warning{Text: "The dose is ten times what it was."}}, Form: deskForm(text, "Type TEN TIMES.")}
		r.Form.Fields[2].Value = values["why"]
		return r
	case text == "":
		return bot.Reply{Outcome: bot.Failed, Title: "No answer", Blocks: []bot.Block{bot.Lead{Text: "The store is down."}, bot.Note{Text: "Reference ABC."}}}
	}
	return bot.Reply{Outcome: bot.Answer, Title: "Saved", Private: true, Blocks: []bot.Block{bot.Lead{Text: "Proposed: " + text}},
		Choices: []bot.Choice{{Label: "Withdraw", Command: "admin withdraw draft"}}}
}

func deskForm(text, problem string) *bot.Form {
	return &bot.Form{Title: "Edit a landmark", Line: "admin save flush", Submit: "Propose", Fields: []bot.FormField{
		{Name: "text", Label: "Text", Value: text, Long: true},
		{Name: "kind", Label: "Kind", Value: "dose", Choices: []bot.Choice{{Label: "Wording only", Command: "wording"}, {Label: "A dose", Command: "dose"}}},
		{Name: "why", Label: "Why", Hint: "One sentence, such as: new guideline.", Problem: problem},
	}}
}

// roles changes nothing, and answers one person only.
func roles(_ context.Context, in bot.Input) (bot.Reply, error) {
	if in.User != "U1" {
		return bot.Reply{Outcome: bot.Denied, Title: "Not allowed", Blocks: []bot.Block{bot.Lead{Text: "Ask Kim Lee."}}}, nil
	}
	return bot.Reply{Outcome: bot.Answer, Title: "Roles", Private: true, Blocks: []bot.Block{bot.Lead{Text: "You are an editor."}}}, nil
}

func (d *desk) feedback(_ context.Context, in bot.Input) (bot.Reply, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.done = append(d.done, "feedback "+in.Args)
	if in.Args == "no" {
		return bot.Reply{Outcome: bot.Answer, Title: "What was wrong?", Form: &bot.Form{
			Title: "Feedback", Line: "feedback no", Submit: "Send", Fields: []bot.FormField{{Name: "why", Label: "Why", Optional: true}},
		}}, nil
	}
	return bot.Reply{Outcome: bot.Answer, Title: "Thank you", Private: true, Blocks: []bot.Block{bot.Text{Text: "It was noted."}}}, nil
}

// testSite has a drawing, a page and wants to know whether it helped.
func testSite(_ context.Context, in bot.Input) (bot.Reply, error) {
	r := illustrated()
	if in.Args == "page" {
		r.Pictures, r.Files = nil, []bot.File{{Name: "card-14kg.pdf", Title: "Bedside card, 14 kg"}}
	}
	return r, nil
}

func illustrated() bot.Reply {
	return unreviewed(bot.Reply{
		Outcome: bot.Answer, Title: "Proximal tibia, infant", Entries: []string{"site/proximal-tibia"}, Subject: "site tibia",
		Blocks: []bot.Block{
			bot.Warning{Text: "Not in a broken bone."}, bot.Lead{Text: "1 cm below the tuberosity, on the flat inner side."},
			bot.Steps{Items: []string{"Feel for the tuberosity.", "Go one finger down."}},
		},
		Pictures: []bot.Picture{{
			Name: "3f9a0c.png", Title: "Proximal tibia, infant",
			Alt: "Shin bone of an infant from the front. The point is 1 cm below the tuberosity, on the inner side, away from the growth plate.",
		}},
		Feedback: []bot.Choice{{Label: "Helpful", Command: "feedback yes"}, {Label: "Not helpful", Command: "feedback no"}},
	})
}

// tapOn taps a button of an ephemeral card; a view when it is one of a window.
func (w *ward) tapOn(trigger, line string, change func(map[string]any)) {
	w.t.Helper()
	p := slacktest.Tap("U1", trigger, w.slack.Hook(), Action{Verb: Run}.id(), line)
	if change != nil {
		change(p)
	}
	w.interact(p)
	w.calls("")
}

// fill answers the window that was opened last, as Slack does: the fields keep
// what they hold, unless values has something else.
func (w *ward) fill(trigger string, view map[string]any, values map[string]string) map[string]any {
	w.t.Helper()
	state, blocks := map[string]any{}, []any{}
	for _, b := range view["blocks"].([]any) {
		block := b.(map[string]any)
		blocks = append(blocks, map[string]any{"type": block["type"], "block_id": fmt.Sprint(block["block_id"])})
		if block["type"] != "input" {
			continue
		}
		element := block["element"].(map[string]any)
		name := element["action_id"].(string)
		in := map[string]any{"type": element["type"], "value": element["initial_value"]}
		if o, ok := element["initial_option"].(map[string]any); ok {
			in = map[string]any{"type": element["type"], "selected_option": map[string]any{"value": o["value"]}}
		}
		if typed, ok := values[name]; ok {
			in = map[string]any{"type": element["type"], "value": typed}
		}
		state[block["block_id"].(string)] = map[string]any{name: in}
	}
	return map[string]any{
		"type": "view_submission", "trigger_id": trigger, "team": map[string]any{"id": "T0001"},
		"user": map[string]any{"id": "U1", "name": "kim", "team_id": "T0001"},
		"view": map[string]any{
			"id": "V1", "type": "modal", "hash": "h", "callback_id": view["callback_id"], "private_metadata": view["private_metadata"],
			"blocks": blocks, "state": map[string]any{"values": state},
		},
	}
}

// opened is the view of the last call of a method.
func (w *ward) opened(method string) map[string]any {
	w.t.Helper()
	calls := w.calls(method)
	if len(calls) == 0 {
		w.t.Fatalf("%s was not called; %v", method, w.slack.Calls(""))
	}
	return calls[len(calls)-1].Args["view"].(map[string]any)
}
