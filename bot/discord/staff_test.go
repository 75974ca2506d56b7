package discord

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"iobot/bot"
)

// editForm is a form with a field of every kind.
func editForm() *bot.Form {
	return &bot.Form{Title: "Edit flushing", Line: "admin edit article/flushing", Submit: "Send", Fields: []bot.FormField{
		{Name: "title", Label: "Title", Hint: "such as: Flushing the needle", Value: "Flushing"},
		{Name: "text", Label: "Text", Hint: "Markdown", Value: "Flush first.\nThen give it.", Long: true},
		{Name: "for", Label: "For whom", Value: "child", Optional: true, Choices: []bot.Choice{{Label: "A child", Command: "child"}, {Label: "An adult", Command: "adult"}}},
	}}
}

// adminCommand is a command for staff: it acts, asks for forms and has a line
// that takes long.
func adminCommand() bot.Command {
	return bot.Command{
		Name: "admin", Summary: "look after the knowledge", Staff: true, Acts: true,
		Slow:    func(args string) bool { return strings.HasPrefix(args, "publish") },
		Options: []bot.Option{{Name: "what", Summary: "what to do", Required: true}},
		Run:     runAdmin,
	}
}

func runAdmin(_ context.Context, in bot.Input) (bot.Reply, error) {
	if in.Tenant == "" {
		return bot.Reply{Outcome: bot.Denied, Title: "Only in a server"}, nil
	}
	r := bot.Reply{Outcome: bot.Answer, Title: "Done", Subject: in.Line, Entries: []string{"article/flushing"},
		Blocks: []bot.Block{bot.Note{Text: "Asked: " + in.Line}}}
	switch {
	case strings.HasPrefix(in.Args, "edit"), strings.HasPrefix(in.Args, "publish form"):
		return formReply(in, r), nil
	case in.Args == "history":
		for n := range 300 {
			r.Blocks = append(r.Blocks, bot.Text{Text: fmt.Sprintf("Revision %d was published by somebody on that day.", n)})
		}
	case in.Args == "panic":
		panic("no")
	}
	return r, nil
}

func formReply(in bot.Input, r bot.Reply) bot.Reply {
	form := editForm()
	form.Line = in.Line
	switch {
	case in.Values == nil, in.Values["title"] == "again":
		r.Title, r.Blocks, r.Form = "Edit", nil, form
		if strings.HasSuffix(in.Args, "careful") {
			r.Blocks = []bot.Block{bot.Warning{Text: "Somebody else edits this."}}
		}
	case in.Values["title"] == "":
		r.Outcome, r.Title, r.Form = bot.Refused, "Not sent", form
		form.Fields[0].Problem = "The title is empty. Give the entry a title."
	case in.Values["title"] == "panic":
		panic("no")
	default:
		for _, f := range form.Fields {
			r.Blocks = append(r.Blocks, bot.Text{Text: f.Name + "=" + in.Values[f.Name]})
		}
	}
	return r
}

func staff(what string) string {
	return `{"name":"io-admin","type":1,"options":[{"name":"what","type":3,"value":"` + what + `"}]}`
}

// TestStaffCommandIsGuarded asks the command from everywhere that is not a
// server which has installed the bot.
func TestStaffCommandIsGuarded(t *testing.T) {
	c := newClient(t)
	if a := c.interact(isCommand, staff("status")); a.asked() != "admin status" || !a.private() {
		t.Fatal(a.text)
	}
	for name, change := range map[string][]string{
		"direct message":             {`"guild_id":"1",`, "", `"context":0`, `"context":1`},
		"group message":              {`"guild_id":"1",`, "", `"context":0`, `"context":2`},
		"server, by the person":      {`{"0":"1"}`, `{"1":"7001"}`},
		"server, by nobody":          {`"authorizing_integration_owners":{"0":"1"},`, ``},
		"server without a member":    {`"member":{"user":{"id":"7001"},"permissions":"0"}`, `"user":{"id":"7001"}`},
		"direct message, with owner": {`"guild_id":"1",`, "", `{"0":"1"}`, `{"0":"0"}`, `"member":{"user":{"id":"7001"},"permissions":"0"}`, `"user":{"id":"7001"}`},
	} {
		if a := c.interact(isCommand, staff("status"), change...); !a.says("Only in a server") {
			t.Errorf("%s: %s", name, a.text)
		}
	}
}

// TestStaffLinesAsQuestions types a line for staff where a question belongs.
func TestStaffLinesAsQuestions(t *testing.T) {
	c := newClient(t)
	if a := c.interact(isCommand, slash("ask", `{"name":"question","type":3,"value":"Admin status"}`)); a.asked() != "Admin status" || a.says("ask Admin") {
		t.Error(a.text)
	}
	if a := c.interact(isCommand, slash("ask", `{"name":"question","type":3,"value":"administration of drugs"}`)); a.asked() != "ask administration of drugs" {
		t.Error(a.text)
	}
	menu := `{"name":"Ask iobot","type":3,"target_id":"5","resolved":{"messages":{"5":{"content":"admin withdraw all"}}}}`
	if a := c.interact(isCommand, menu); a.asked() != "ask admin withdraw all" {
		t.Error("a message of somebody else is taken for an order: " + a.text)
	}
	if a := c.interact(isCommand, `{"name":"io","type":1,"options":[{"name":"admin","type":1,"options":[]}]}`); !a.says("another version") {
		t.Error("the command for staff answers under the name of all others: " + a.text)
	}
}

// TestActingLinesRunOnce counts how often a line that changes something is run.
func TestActingLinesRunOnce(t *testing.T) {
	c := newClient(t)
	runs := []string{}
	act := func(_ context.Context, in bot.Input) (bot.Reply, error) {
		runs = append(runs, in.Line)
		r := doseReply()
		r.Subject = in.Line
		return r, nil
	}
	table := []bot.Command{
		{Name: "admin", Run: act, Acts: true, Options: []bot.Option{{Name: "what"}}},
		{Name: "ask", Run: act, Options: []bot.Option{{Name: "question"}}},
	}
	c.app.config.Commands = table
	c.app.config.Bot = bot.New(bot.Config{Default: "ask", Log: discard(), Now: c.app.config.Now, Commands: table})
	for _, x := range []struct {
		kind int
		data string
		want []string
	}{
		{isCommand, slash("admin", `{"name":"what","type":3,"value":"approve a"}`), []string{"admin approve a"}},
		{isTap, `{"custom_id":"io1:r:0:admin approve b"}`, []string{"admin approve b"}},
		{isTap, `{"custom_id":"io1:p:2:admin approve c"}`, nil},
		{isTap, `{"custom_id":"io1:s:0:admin approve d"}`, nil},
		{isForm, `{"custom_id":"io1:f:15:admin approve e","components":[{"type":18,"component":{"custom_id":"why:","value":"x"}}]}`, []string{"admin approve e"}},
	} {
		runs = nil
		c.app.subjects.Put("1/2/7001", "dose x 1 kg", c.now) // a conversation goes on
		a := c.interact(x.kind, x.data, onCard...)
		if !slices.Equal(runs, x.want) {
			t.Errorf("%s ran %q, want %q", x.data, runs, x.want)
		}
		if a.says("io1:s:") || a.says("io1:p:") || a.says("io1:e:") || !a.private() {
			t.Errorf("%s: the answer is offered again: %s", x.data, a.text)
		}
	}
	closed(t, c)
}

// TestSharingRunsNothingThatActs shares an answer whose subject is a line that
// acts.
func TestSharingRunsNothingThatActs(t *testing.T) {
	c := newClient(t)
	acted := false
	c.app.config.Bot = bot.New(bot.Config{Default: "ask", Log: discard(), Now: c.app.config.Now, Commands: []bot.Command{
		{Name: "ask", Options: []bot.Option{{Name: "question"}}, Run: func(context.Context, bot.Input) (bot.Reply, error) {
			return bot.Reply{Outcome: bot.Answer, Title: "Answer", Subject: "admin approve a"}, nil
		}},
		{Name: "admin", Acts: true, Options: []bot.Option{{Name: "what"}}, Run: func(context.Context, bot.Input) (bot.Reply, error) {
			acted = true
			return bot.Reply{Outcome: bot.Answer, Title: "Answer"}, nil
		}},
	}})
	if a := c.interact(isTap, `{"custom_id":"io1:s:0:ask mine"}`, onCard...); acted || !a.says("stays private") {
		t.Errorf("acted: %v, answered %s", acted, a.text)
	}
}

// TestPrivateRepliesStayPrivate shares what a command marks as the asker's own.
func TestPrivateRepliesStayPrivate(t *testing.T) {
	c := newClient(t)
	secret := func(_ context.Context, in bot.Input) (bot.Reply, error) {
		r := doseReply()
		r.Private = true
		return r, nil
	}
	c.app.config.Bot = bot.New(bot.Config{Default: "ask", Log: discard(), Now: c.app.config.Now,
		Commands: []bot.Command{{Name: "ask", Run: secret, Options: []bot.Option{{Name: "question"}}}}})
	ask := slash("ask", `{"name":"question","type":3,"value":"mine"}`)
	if a := c.interact(isCommand, ask); a.says("io1:s:") || !a.private() {
		t.Error(a.text)
	}
	if a := c.interact(isCommand, ask, `"guild_id":"1",`, "", `"context":0`, `"context":1`); !a.private() {
		t.Error("in direct messages: " + a.text)
	}
	if a := c.interact(isTap, `{"custom_id":"io1:s:0:ask mine"}`, onCard...); a.Type != showType || a.says("io1:s:") {
		t.Error(a.text)
	}
	if a := c.interact(isTap, `{"custom_id":"io1:p:1:ask mine"}`, onCard...); a.says("io1:s:") {
		t.Error(a.text)
	}
	if calls := closed(t, c); len(calls) > 0 {
		t.Errorf("calls: %v", calls)
	}
}
