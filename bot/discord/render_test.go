package discord

import (
	"encoding/json"
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"unicode"

	"github.com/bwmarrin/discordgo"
	"github.com/google/go-cmp/cmp"

	"iobot/bot"
)

var update = flag.Bool("update", false, "write the golden files anew")

// golden compares a payload with its file and returns it.
func golden(t *testing.T, name string, payload any) []byte {
	t.Helper()
	got, err := json.MarshalIndent(payload, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	got = append(got, '\n')
	path := filepath.Join("testdata", "golden", name+".json")
	if *update {
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatalf("%v; write it with -update", err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("%s differs (-want +got):\n%s", path, diff)
	}
	return got
}

// judge has a payload checked against Discord's own description of its API.
// IOBOT_ORACLES names the folder of the checkers; without it nothing is judged.
func judge(t *testing.T, kind string, payloads ...[]byte) {
	t.Helper()
	oracles := os.Getenv("IOBOT_ORACLES")
	if oracles == "" {
		return
	}
	args := []string{kind}
	for _, p := range payloads {
		f, err := os.CreateTemp(t.TempDir(), "*.json")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.Write(p); err != nil {
			t.Fatal(err)
		}
		f.Close()
		args = append(args, f.Name())
	}
	if out, err := exec.Command(filepath.Join(oracles, "discord", "check"), args...).CombinedOutput(); err != nil {
		t.Errorf("check %s: %v\n%s", kind, err, out)
	}
}

func TestRenderGolden(t *testing.T) {
	var all [][]byte
	for _, s := range samples() {
		t.Run(s.name, func(t *testing.T) {
			all = append(all, golden(t, s.name, response{Type: discordgo.InteractionResponseChannelMessageWithSource, Data: render(s.reply, s.card)}))
		})
	}
	judge(t, "callback", all...)
}

// texts returns all that a message says, in order.
func texts(list []discordgo.MessageComponent) []string {
	var all []string
	for _, c := range list {
		switch c := c.(type) {
		case discordgo.Container:
			all = append(all, texts(c.Components)...)
		case discordgo.TextDisplay:
			all = append(all, c.Content)
		}
	}
	return all
}

// keysOf returns all the buttons and options of a message as actions.
func keysOf(t *testing.T, list []discordgo.MessageComponent) []action {
	t.Helper()
	var all []action
	read := func(id, value string) {
		a, err := parseAction(id, value)
		if err != nil {
			t.Errorf("%q %q: %v", id, value, err)
		}
		if chars(id) > maxID || chars(value) > maxOption {
			t.Errorf("%q %q is too long", id, value)
		}
		all = append(all, a)
	}
	for _, c := range list {
		switch c := c.(type) {
		case discordgo.Container:
			all = append(all, keysOf(t, c.Components)...)
		case discordgo.ActionsRow:
			all = append(all, keysOf(t, c.Components)...)
		case discordgo.Button:
			read(c.CustomID, "")
		case discordgo.SelectMenu:
			for _, o := range c.Options {
				read(c.CustomID, o.Value)
			}
		}
	}
	return all
}

func has(all []action, v verb, line string) bool {
	for _, a := range all {
		if a.verb == v && a.line == line {
			return true
		}
	}
	return false
}

// checkMessage holds what is true of every message.
func checkMessage(t *testing.T, r bot.Reply, c card, m message) {
	t.Helper()
	var sum size
	for _, text := range texts(m.Components) {
		sum = sum.plus(sizeOf(text)).plus(size{0, textOverhead})
	}
	if sum.over(size{maxText, maxTextBytes}) {
		t.Errorf("the card takes %+v", sum)
	}
	said := strings.Join(texts(m.Components), "\n")
	if strings.TrimSpace(said) == "" {
		t.Error("the card says nothing")
	}
	for _, w := range withhold(r).Warnings() {
		if !strings.Contains(said, literal(line(w))) {
			t.Errorf("the warning %q is not on the card", w)
		}
	}
	if m.AllowedMentions.Parse == nil || len(m.AllowedMentions.Parse) > 0 {
		t.Error("the card may call people")
	}
	ids := map[string]bool{}
	for _, id := range customIDs(m.Components) {
		if ids[id] {
			t.Errorf("custom id %q stands there twice", id)
		}
		ids[id] = true
	}
	keysOf(t, m.Components)
	if n := count(m.Components); n > maxComponents {
		t.Errorf("%d components", n)
	}
}

func customIDs(list []discordgo.MessageComponent) []string {
	var all []string
	for _, c := range list {
		switch c := c.(type) {
		case discordgo.Container:
			all = append(all, customIDs(c.Components)...)
		case discordgo.ActionsRow:
			all = append(all, customIDs(c.Components)...)
		case discordgo.Button:
			all = append(all, c.CustomID)
		case discordgo.SelectMenu:
			all = append(all, c.CustomID)
		}
	}
	return all
}

// TestNothingIsDropped turns all the pages of every sample and looks for every
// word of the reply, and for every choice.
func TestNothingIsDropped(t *testing.T) {
	for _, s := range samples() {
		t.Run(s.name, func(t *testing.T) {
			r := withhold(s.reply)
			l := layOut(r, s.card)
			var said strings.Builder
			var keys []action
			for i := range l.pages {
				s.card.page = i + 1
				m := render(s.reply, s.card)
				checkMessage(t, s.reply, s.card, m)
				said.WriteString(strings.Join(texts(m.Components), "\n"))
				keys = append(keys, keysOf(t, m.Components)...)
			}
			spoken := bot.Reply{Title: r.Title, Blocks: r.Blocks, Sources: r.Sources}.Text()
			for _, word := range strings.FieldsFunc(plain(spoken), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
				if len(word) < 100 && !strings.Contains(said.String(), word) {
					t.Errorf("%q is on no page", word)
				}
			}
			for _, c := range r.Choices {
				if s.card.audience != shared && !has(keys, run, c.Command) && !strings.Contains(said.String(), literal(line(c.Command))) {
					t.Errorf("the command %q is nowhere", c.Command)
				}
			}
		})
	}
}

// TestFurtherPages have neither the pictures nor the feedback of the first,
// which stands right above them.
func TestFurtherPages(t *testing.T) {
	r := doseReply()
	r.Feedback = []bot.Choice{{Label: "Helpful", Command: "feedback yes x"}}
	r.Blocks = append(r.Blocks, bot.Text{Text: strings.Repeat("More to read. ", 300)})
	pages := further(r, card{uploads: []upload{{name: "tibia.png", alt: "2 cm"}}})
	if len(pages) != 3 {
		t.Fatalf("%d pages", len(pages))
	}
	for _, m := range pages {
		if has(keysOf(t, m.Components), run, "feedback yes x") || len(m.uploads) > 0 || m.Attachments != nil {
			t.Errorf("page %v", m)
		}
	}
	if m := render(r, card{line: "dose x", page: 2, uploads: []upload{{name: "tibia.png", alt: "2 cm"}}}); len(m.plain().Components) != 1 || len(m.uploads) > 0 || strings.Contains(asJSON(m), "tibia") {
		t.Errorf("the second page shows the picture of the first: %v", m)
	}
}

func TestWarningsStandBeforeNumbers(t *testing.T) {
	said := strings.Join(texts(render(doseReply(), card{}).Components), "\n")
	if w, n := strings.Index(said, "Read the ampoule aloud"), strings.Index(said, "0.12 mg"); w < 0 || n < w {
		t.Errorf("the warning is at %d, the dose at %d", w, n)
	}
}

func TestWarningsTooLongWithholdTheNumbers(t *testing.T) {
	r := doseReply()
	r.Blocks = append(r.Blocks, bot.Warning{Text: strings.Repeat("Beware. ", 400)})
	m := render(r, card{line: "x"})
	if said := strings.Join(texts(m.Components), "\n"); strings.Contains(said, "0.12") || !strings.Contains(said, "local protocol") {
		t.Errorf("the card says %s", said)
	}
}

func TestActionsComeBackUnchanged(t *testing.T) {
	for _, l := range []string{"dose x 1 kg", "why dose sodium-bicarbonate " + longUse + " 70 kg adult",
		strings.Repeat("ab ", 60) + "b", strings.Repeat("جرعة ", 20) + "x", "ask a:b:c:d"} {
		for _, v := range []verb{run, page, share, edit, form} {
			want := action{v, 7, l}
			id, value, ok := want.split()
			if !ok || chars(id) > maxID || chars(value) > maxOption {
				t.Fatalf("%q does not fit: %q %q", l, id, value)
			}
			if strings.TrimSpace(value) != value || (value != "" && strings.TrimSpace(id) != id) {
				t.Errorf("a space may be lost: %q %q", id, value)
			}
			if got, err := parseAction(id, value); err != nil || got != want {
				t.Errorf("got %+v %v, want %+v", got, err, want)
			}
		}
	}
	for _, id := range []string{"", "io0:r:0:x", "io1:z:0:x", "io1:r:-1:x", "io1:r:x", "io1:r:zz:x", strings.Repeat("x", 100)} {
		if a, err := parseAction(id, ""); err == nil {
			t.Errorf("%q is read as %+v", id, a)
		}
	}
}

func FuzzRender(f *testing.F) {
	f.Add("title", "lead", "warning", "label", "command", 3, byte(1))
	f.Add("**t**\n# x", strings.Repeat("é", 4000), "w", strings.Repeat("l", 200), strings.Repeat("c ", 100), 40, byte(2))
	outcomes := []bot.Outcome{bot.Answer, bot.Clarify, bot.NotFound, bot.Refused, bot.Failed}
	f.Fuzz(func(t *testing.T, title, text, warning, label, command string, n int, mode byte) {
		if len(title)+len(text)+len(warning)+len(label)+len(command) > 20_000 {
			t.Skip("longer than any entry")
		}
		r := bot.Reply{Outcome: outcomes[int(mode)%len(outcomes)], Title: title, Revision: label,
			Blocks: []bot.Block{bot.Lead{Text: text}, bot.Warning{Text: warning}, bot.Heading{Text: label}, bot.Text{Text: text},
				bot.Fields{Rows: []bot.Field{{Label: label, Value: text}}}, bot.Bullets{Items: []string{text, title}},
				bot.Table{Head: []string{label}, Rows: [][]string{{text, title}}}, bot.Heading{Text: title}},
			Feedback: []bot.Choice{{Label: label, Command: command}, {Label: title, Command: "feedback " + label}},
			Sources:  []bot.Source{{Key: label, Citation: text, URL: command}}}
		for i := range n % 60 {
			r.Choices = append(r.Choices, bot.Choice{Label: label, Command: command[:min(i*3, len(command))]})
		}
		c := card{line: command, page: n % 7, audience: audience(mode % 3), shareable: mode%2 == 0, by: "1"}
		if mode > 100 {
			r.Form = &bot.Form{Title: title, Line: command, Fields: []bot.FormField{{Name: "a", Label: label, Problem: text}, {Name: label, Label: title, Value: text}}}
			c.uploads = []upload{{name: "a.png", alt: "a"}, {name: "b.pdf", file: true}, {name: "c.pdf", file: true}}
		}
		m := render(r, c)
		checkMessage(t, r, c, m)
		for _, next := range further(r, c) {
			checkMessage(t, r, c, next)
		}
		if _, err := json.Marshal(m); err != nil {
			t.Fatal(err)
		}
	})
}
