package discord

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"strings"
	"testing"

	"iobot/bot"
)

const modalType = 9

func TestFormGolden(t *testing.T) {
	plain, mended := bot.Reply{Form: editForm()}, bot.Reply{Form: editForm(), Blocks: []bot.Block{
		bot.Warning{Text: "Somebody else edits this."}, bot.Text{Text: "**Two** people must agree."}}}
	mended.Form.Fields[0].Problem = "The title is empty. Give the entry a title."
	mended.Form.Line = "admin edit article/" + strings.Repeat("a-long-name-", 20)
	var all [][]byte
	for name, r := range map[string]bot.Reply{"form": plain, "form-problems": mended} {
		a, ok := openForm(r, above(r)...)
		if !ok {
			t.Fatal(name, "is not shown")
		}
		all = append(all, golden(t, name, a))
	}
	judge(t, "callback", all...)
}

// sent is a form as Discord sends it back: its own ids, each field filled by
// answer, which gets the value that stood there.
func sent(t *testing.T, opened answer, fill map[string]string) string {
	t.Helper()
	var m struct {
		Data struct {
			CustomID   string `json:"custom_id"`
			Components []struct {
				Type      int
				Component map[string]any
			}
		}
	}
	if err := json.Unmarshal([]byte(opened.text), &m); err != nil || opened.Type != modalType {
		t.Fatalf("no form: %v %s", err, opened.text)
	}
	var back []any
	for _, c := range m.Data.Components {
		if c.Type != labelType {
			back = append(back, map[string]any{"type": c.Type, "id": 1})
			continue
		}
		id := c.Component["custom_id"].(string)
		name, _, _ := strings.Cut(id, fieldDivision)
		in := map[string]any{"type": c.Component["type"], "custom_id": id, "value": fill[name]}
		if c.Component["type"] == 3.0 {
			in = map[string]any{"type": 3, "custom_id": id, "values": []string{fill[name]}}
		}
		back = append(back, map[string]any{"type": labelType, "component": in})
	}
	text, err := json.Marshal(map[string]any{"custom_id": m.Data.CustomID, "components": back})
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// TestFormIsFilledIn goes the way of an editor: open, a mistake, open again,
// send.
func TestFormIsFilledIn(t *testing.T) {
	c := newClient(t)
	opened := c.interact(isCommand, staff("edit article/flushing"))
	wrong := c.interact(isForm, sent(t, opened, map[string]string{"title": "", "text": "New.", "for": "adult"}))
	if wrong.Type != showType || !wrong.private() || !wrong.says("**Title:** The title is empty") || !wrong.says("Edit again") {
		t.Fatal(wrong.text)
	}
	judge(t, "callback", []byte(wrong.text))
	again := c.interact(isTap, `{"custom_id":"io1:o:0:admin edit article/flushing"}`)
	done := c.interact(isForm, sent(t, again, map[string]string{"title": "Flush", "text": "One.\nTwo.", "for": "adult"}))
	for _, want := range []string{"title=Flush", `text=One.\nTwo.`, "for=adult", "Asked: admin edit article/flushing"} {
		if !done.says(want) {
			t.Errorf("%q is not in %s", want, done.text)
		}
	}
}

func TestFormOpensBehindButtonWhereItMust(t *testing.T) {
	c := newClient(t)
	opened := c.interact(isTap, `{"custom_id":"io1:r:0:admin edit article/flushing"}`)
	next := c.interact(isForm, sent(t, opened, map[string]string{"title": "again"}))
	if next.Type != showType || !next.says("io1:o:0:admin edit article/flushing") || next.says("Edit again") {
		t.Errorf("a form after a form: %s", next.text)
	}
	if a := c.interact(isTap, `{"custom_id":"io1:r:0:admin edit x careful"}`); a.Type != modalType || !a.says("Somebody else edits this") {
		t.Errorf("the warning is not above the fields: %s", a.text)
	}
	r := bot.Reply{Form: editForm(), Blocks: []bot.Block{bot.Text{Text: strings.Repeat("Read this. ", 200)}}}
	if _, ok := openForm(r, above(r)...); ok {
		t.Error("a long text stands over the fields")
	}
}

// TestFormSpeaksForItself: what a reply says for those who have no forms does
// not keep one with five fields from being opened, but a list of dangers does.
func TestFormSpeaksForItself(t *testing.T) {
	r := bot.Reply{Outcome: bot.Clarify, Title: "Edit", Form: editForm(), Blocks: []bot.Block{
		bot.Lead{Text: "Fill in the form, or type one field."}, bot.Fields{Rows: []bot.Field{{Label: "title", Value: "Flushing"}}}}}
	for _, name := range []string{"d", "e"} {
		r.Form.Fields = append(r.Form.Fields, bot.FormField{Name: name, Label: name})
	}
	if _, ok := openForm(r, above(r)...); !ok {
		t.Error("a form of five fields stays closed")
	}
	r.Form.Fields[0].Problem = "The title is wrong."
	said := strings.Join(texts(render(r, card{}).Components), "\n")
	if strings.Contains(said, "**title:**") || !strings.Contains(said, "**Title:** The title is wrong.") {
		t.Errorf("the message says %s", said)
	}
	r.Blocks = append(r.Blocks, bot.Bullets{Items: []string{"The title is wrong.", "The dose is 10 times as much."}})
	if _, ok := openForm(r, above(r)...); ok {
		t.Error("a danger is left out")
	}
	if said = strings.Join(texts(render(r, card{}).Components), "\n"); strings.Count(said, "The title is wrong.") != 1 {
		t.Errorf("the message says %s", said)
	}
}

// TestTypedTextIsNotLost breaks the command that gets a form.
func TestTypedTextIsNotLost(t *testing.T) {
	c := newClient(t)
	opened := c.interact(isCommand, staff("edit article/flushing"))
	a := c.interact(isForm, sent(t, opened, map[string]string{"title": "panic", "text": "My hour of work."}))
	if !a.private() || !a.says("My hour of work.") || !a.says("No answer") {
		t.Error(a.text)
	}
	opened = c.interact(isTap, `{"custom_id":"io1:o:0:admin publish form"}`)
	if err := c.app.Close(t.Context()); err != nil {
		t.Fatal(err)
	}
	if a := c.interact(isForm, sent(t, opened, map[string]string{"text": "My second hour."})); !a.says("Busy") || !a.says("My second hour.") {
		t.Errorf("while the program stops: %s", a.text)
	}
	if strings.Contains(c.log.String(), "hour") {
		t.Errorf("the log holds what was typed: %s", c.log)
	}
}

// TestFilledInFormIsNotOfferedAgain: the line alone gives the form, not the
// answer to what was typed into it.
func TestFilledInFormIsNotOfferedAgain(t *testing.T) {
	c := newClient(t)
	c.app.config.Bot = bot.New(bot.Config{Default: "ask", Log: discard(), Now: c.app.config.Now, Commands: []bot.Command{
		{Name: "ask", Options: []bot.Option{{Name: "question"}}, Run: func(_ context.Context, in bot.Input) (bot.Reply, error) {
			r := bot.Reply{Outcome: bot.Answer, Title: "Thank you", Subject: "ask x", Form: editForm()}
			r.Form.Line = in.Line
			if in.Values != nil {
				r.Form = nil
			}
			return r, nil
		}}}})
	opened := c.interact(isTap, `{"custom_id":"io1:r:0:ask why not"}`)
	if a := c.interact(isForm, sent(t, opened, nil)); !a.says("Thank you") || a.says("io1:") {
		t.Errorf("the answer to a form is offered again: %s", a.text)
	}
}

// TestPartOfALineIsNotTheLine sends a form of a long line back without one of
// its fields, which holds a part of it.
func TestPartOfALineIsNotTheLine(t *testing.T) {
	c := newClient(t)
	opened := c.interact(isCommand, staff("edit article/"+strings.Repeat("long-name-", 20)))
	full := sent(t, opened, map[string]string{"title": "Flush"})
	if a := c.interact(isForm, full); !a.says("title=Flush") || !a.says("long-name-") {
		t.Errorf("the whole form: %s", a.text)
	}
	var form map[string]any
	if err := json.Unmarshal([]byte(full), &form); err != nil {
		t.Fatal(err)
	}
	form["components"] = form["components"].([]any)[1:]
	less, _ := json.Marshal(form)
	if a := c.interact(isForm, string(less)); !a.says("another version") {
		t.Errorf("a form without its first field: %s", a.text)
	}
}

// TestFormsDiscordWouldNotTake are shown as messages, or not at all.
func TestFormsDiscordWouldNotTake(t *testing.T) {
	for name, change := range map[string]func(*bot.Form){
		"no title":       func(f *bot.Form) { f.Title = " " },
		"no line":        func(f *bot.Form) { f.Line = "" },
		"no fields":      func(f *bot.Form) { f.Fields = nil },
		"six fields":     func(f *bot.Form) { f.Fields = append(f.Fields, f.Fields...) },
		"same name":      func(f *bot.Form) { f.Fields[1].Name = "title" },
		"name with mark": func(f *bot.Form) { f.Fields[1].Name = "ti:tle" },
		"no label":       func(f *bot.Form) { f.Fields[1].Label = "" },
		"long value":     func(f *bot.Form) { f.Fields[1].Value = strings.Repeat("x", bot.MaxFormValue+1) },
		"long line":      func(f *bot.Form) { f.Line = strings.Repeat("x", 400) },
	} {
		r := bot.Reply{Form: editForm(), Title: "Edit"}
		change(r.Form)
		if _, ok := openForm(r, ""); ok {
			t.Errorf("%s: shown", name)
		}
		checkMessage(t, r, card{}, render(r, card{}))
	}
	many := editForm()
	for n := range 30 {
		many.Fields[2].Choices = append(many.Fields[2].Choices, bot.Choice{Label: fmt.Sprint("l", n), Command: fmt.Sprint("v", n)})
	}
	a, ok := openForm(bot.Reply{Form: many}, "")
	if text, _ := json.Marshal(a); !ok || strings.Contains(string(text), "options") {
		t.Errorf("a list too long for a menu: %s", text)
	}
}

// FuzzForm opens a form and sends it back: line and values come back as they
// were, or the form is not shown.
func FuzzForm(f *testing.F) {
	f.Add("admin edit article/flushing", "title", "text", "A title", "one\ntwo", 3)
	f.Add(strings.Repeat("a b ", 60), "a", "b", "", "é", 5)
	f.Add("ａ ｂ", "x", "\x93", "\x00", "", 3)
	f.Fuzz(func(t *testing.T, l, name1, name2, value1, value2 string, n int) {
		form := &bot.Form{Title: "T", Line: l}
		want := map[string]string{}
		for k := range max(1, n%7) {
			field := bot.FormField{Name: fmt.Sprint(name1, k), Label: "L", Value: value1}
			if k%2 == 1 {
				field = bot.FormField{Name: fmt.Sprint(name2, "-", k), Label: "L", Value: value2}
			}
			form.Fields = append(form.Fields, field)
			want[field.Name] = field.Value
		}
		a, ok := openForm(bot.Reply{Form: form}, "")
		if !ok {
			return
		}
		text, err := json.Marshal(a.Data)
		if err != nil {
			t.Fatal(err)
		}
		var back struct {
			CustomID   string          `json:"custom_id"`
			Components json.RawMessage `json:"components"`
		}
		if err := json.Unmarshal(text, &back); err != nil || chars(back.CustomID) > maxID {
			t.Fatal(err, back.CustomID)
		}
		got, values, err := inData{CustomID: back.CustomID, Components: back.Components}.filled()
		if err != nil || got != l || !maps.EqualFunc(values, want, func(a, b string) bool { return a == string([]rune(b)) }) {
			t.Errorf("%q %q came back as %q %q: %v", l, want, got, values, err)
		}
	})
}
