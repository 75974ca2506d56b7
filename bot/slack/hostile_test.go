package slack

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"iobot/bot"
)

// TestHostileTexts puts each text of testdata/hostile.txt into every place of
// a reply and looks for what Slack would act on.
func TestHostileTexts(t *testing.T) {
	texts := hostileTexts(t)
	if len(texts) < 300 {
		t.Fatalf("%d hostile texts, want 300", len(texts))
	}
	for _, s := range texts {
		for name, payload := range everyPayload(filled(s), s) {
			for _, problem := range problems(t, payload()) {
				t.Errorf("%q in %s: %s", s, name, problem)
			}
		}
	}
}

// everyPayload is every way to show a reply, with a text in the places that
// are not the reply's.
func everyPayload(r bot.Reply, s string) map[string]func() any {
	return map[string]func() any{
		"message":     func() any { return Render(r, Card{Line: s}) },
		"part 2":      func() any { return Render(r, Card{Line: "ask x", Part: 2}) },
		"shared":      func() any { return Render(r, Card{Line: s, Audience: Shared, By: s}) },
		"view":        func() any { return ResultView(r, Card{Line: "dose " + s}) },
		"outdated":    func() any { return Outdated(s) },
		"shared card": func() any { return SharedCard(r, s, s) },
		"form":        func() any { return OpenForm(Form{Drug: s, Use: s, Weight: s, Age: s}) },
		"choice":      func() any { return choiceView(r) },
		"options":     func() any { return Options([]string{s, s + s}) },
		"home": func() any {
			return Home{Ask: r.Choices, About: r, Areas: []bot.Field{{Label: s, Value: s}}, Admin: r.Choices}.View()
		},
	}
}

// problems lists what breaks a limit or what Slack would act on in a payload.
func problems(t *testing.T, payload any) []string {
	t.Helper()
	text, err := json.Marshal(payload)
	if err != nil {
		return []string{err.Error()}
	}
	var found []string
	report := func(p string) { found = append(found, p) }
	if m, ok := payload.(Message); ok {
		checkMessage(m, len(text), report)
	}
	var tree any
	if err := json.Unmarshal(text, &tree); err != nil {
		return []string{err.Error()}
	}
	walk(tree, report)
	return found
}

func checkMessage(m Message, size int, report func(string)) {
	switch {
	case len(m.Blocks) > maxBlocks:
		report("more than 40 blocks")
	case size > maxBytes:
		report("more than 16,000 bytes")
	case utf8.RuneCountInString(m.Text) > maxText:
		report("text over 3,200 characters")
	case utf8.RuneCountInString(strings.TrimSpace(m.Text)) < 1 && !m.DeleteOriginal:
		report("no text")
	}
	checkMarkup(m.Text, report)
}

// What Slack turns into something else in text with markup: emoji, addresses,
// bold and its like, and quotes; and calls and links.
const loud = "@|[*_~`]|:[\\pL\\pN_+'-]+:|://|(mailto|tel):\\S|(^|\\n)[ \\t]*>"

var (
	active  = regexp.MustCompile("<|&($|[^agl])|\\pL\\.\\pL\\pL|(^|\\n)[ \\t]*&gt;|" + loud)
	unquiet = regexp.MustCompile(loud)
)

// ours is the one link that this package writes.
var ours = regexp.MustCompile(`\[<https://[a-zA-Z0-9.-]+(:\d+)?([/?#][^<>|\s]*)?\|[^|<>\n]+>\] `)

func checkMarkup(s string, report func(string)) {
	if hit := active.FindString(s); hit != "" {
		report("active markup " + hit + " in " + s)
	}
}

func walk(v any, report func(string)) {
	switch v := v.(type) {
	case nil:
		report("null")
	case string:
		if !utf8.ValidString(v) || strings.ContainsFunc(v, invisible) {
			report("hidden character in " + v)
		}
	case []any:
		for _, x := range v {
			walk(x, report)
		}
	case map[string]any:
		checkObject(v, report)
		for _, x := range v {
			walk(x, report)
		}
	}
}

// limits of the objects of a payload, by type and key.
var limits = map[string]map[string]int{
	"plain_text": {"text": maxObject}, "mrkdwn": {"text": maxObject}, "text": {"text": maxObject},
	"button": {"value": maxObject, "action_id": 200, "accessibility_label": maxLabel},
	"modal":  {"private_metadata": maxMetadata}, "home": {"private_metadata": maxMetadata},
}

// safe are the kinds of object in which no text calls, links or speaks.
var safe = []string{
	"actions", "button", "context", "conversations_select", "image", "divider", "external_select", "header", "home", "input", "modal",
	"plain_text", "plain_text_input", "radio_buttons", "raw_text", "rich_text", "rich_text_list", "rich_text_quote",
	"rich_text_section", "static_select", "table", "text", "mrkdwn",
}

func checkObject(o map[string]any, report func(string)) {
	kind, _ := o["type"].(string)
	for key, most := range limits[kind] {
		if s, ok := o[key].(string); ok && utf8.RuneCountInString(s) > most {
			report(kind + " " + key + " is too long")
		}
	}
	text, _ := o["text"].(string)
	switch {
	case kind == "emoji" && o["name"] == "warning":
	case kind == "mrkdwn":
		if o["verbatim"] != true {
			report("mrkdwn that Slack may link")
		}
		checkMarkup(ours.ReplaceAllString(text, ""), report)
	case kind == "plain_text" && o["emoji"] != false:
		report("plain_text with emoji")
	case kind == "plain_text" && unquiet.MatchString(text):
		report("plain_text that reads like markup: " + text)
	case kind == "plain_text" && strings.TrimSpace(text) == "":
		report("empty plain_text")
	case kind != "" && !slices.Contains(safe, kind):
		report("object of type " + kind)
	}
}

// TestWarningsWhole checks that every warning is whole in every part, before
// the body, or that the answer is not there at all.
func TestWarningsWhole(t *testing.T) {
	r := longestReply()
	for part := 1; ; part++ {
		l := layOut(r, Card{Line: "ask x", Part: part}, inMessage)
		checkWarnings(t, r, Render(r, Card{Line: "ask x", Part: part}))
		if part == l.parts {
			break
		}
	}
}

// checkWarnings reports a warning that is not whole in the second block.
func checkWarnings(tb testing.TB, r bot.Reply, m Message) {
	tb.Helper()
	want := warnings(r)
	if len(want) == 0 || warningsBytes(want) > warningBytes {
		return
	}
	text, err := json.Marshal(m.Blocks[1])
	if err != nil {
		tb.Fatal(err)
	}
	for _, w := range want {
		quoted, err := json.Marshal(w)
		if err != nil {
			tb.Fatal(err)
		}
		if !strings.Contains(string(text), string(quoted)) {
			tb.Errorf("warning %q is not whole in %s", w, text)
		}
	}
}
