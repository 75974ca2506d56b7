package console

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"iobot/bot"
)

var update = flag.Bool("update", false, "write the transcripts anew")

// desk is a bot with commands that have forms, as those who keep the knowledge
// use them.
type desk struct {
	sent     []map[string]string
	failures int // how many more times saving goes wrong
}

func (d *desk) bot() *bot.Bot {
	command := func(name string, run func(in bot.Input) (bot.Reply, error)) bot.Command {
		return bot.Command{Name: name, Options: []bot.Option{{Name: "what"}},
			Run: func(_ context.Context, in bot.Input) (bot.Reply, error) { return run(in) }}
	}
	return bot.New(bot.Config{
		Commands: []bot.Command{command("edit", d.edit), command("withdraw", d.withdraw), command("helped", d.helped), command("ask", d.ask)},
		Default:  "ask",
		Log:      slog.New(slog.DiscardHandler),
		Now:      func() time.Time { return time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC) },
	})
}

// rule is the form of a rule. Both drugs have fields of the same names.
func rule(drug, dose string) *bot.Form {
	return &bot.Form{Title: "Edit " + drug, Line: "edit " + drug, Submit: "Save", Fields: []bot.FormField{
		{Name: "dose", Label: "Dose", Hint: "With its unit, such as 0.01 mg/kg", Value: dose},
		{Name: "for", Label: "For whom", Value: "child", Choices: []bot.Choice{{Label: "Newborns", Command: "newborn"}, {Label: "Children", Command: "child"}}},
		{Name: "how", Label: "How to give it", Hint: "One step a line", Value: "Push.\nFlush.", Long: true},
		{Name: "note", Label: "Note", Value: "Old note.", Optional: true},
	}}
}

// atropine is a form with a field that holds nothing and one that is long and
// may be empty.
func atropine() *bot.Form {
	form := rule("atropine", "")
	form.Fields[3].Long = true
	return form
}

// after is the form that comes after saving a dose, where there is one: of
// another drug, of another drug with something to mend, or of another rule
// under the same line.
func after(form *bot.Form, dose string) *bot.Form {
	switch dose {
	case "0.5 mg/kg":
		return atropine()
	case "0.6 mg/kg":
		next := atropine()
		next.Fields[0].Problem = "No dose was ever written."
		return next
	case "0.7 mg/kg":
		next := rule("epinephrine", "0.03 mg/kg")
		next.Title, next.Line = "Its other rule", form.Line
		return next
	}
	return nil
}

func (d *desk) edit(in bot.Input) (bot.Reply, error) {
	form := rule("epinephrine", "0.01 mg/kg")
	if in.Args == "atropine" {
		form = atropine()
	}
	if in.Values == nil {
		return bot.Reply{Outcome: bot.Answer, Title: form.Title, Form: form}, nil
	}
	if in.Args == "" {
		return bot.Reply{}, bot.VisibleError("Say which drug.")
	}
	d.sent = append(d.sent, in.Values)
	if d.failures > 0 {
		d.failures--
		return bot.Reply{}, errors.New("the disk is full")
	}
	if !strings.HasSuffix(in.Values["dose"], " mg/kg") {
		form.Fields[0].Problem = "Write the dose with its unit: 0.01 mg/kg."
		return bot.Reply{Outcome: bot.Clarify, Title: "One thing to mend", Form: form}, nil
	}
	if next := after(form, in.Values["dose"]); next != nil {
		return bot.Reply{Outcome: bot.Answer, Title: "Saved; now " + next.Title, Form: next}, nil
	}
	reply := bot.Reply{Outcome: bot.Answer, Title: "Saved " + form.Title}
	for _, field := range form.Fields {
		reply.Blocks = append(reply.Blocks, bot.Fields{Rows: []bot.Field{{Label: field.Label, Value: in.Values[field.Name]}}})
	}
	return reply, nil
}

func (d *desk) withdraw(in bot.Input) (bot.Reply, error) {
	if in.Values == nil {
		return bot.Reply{Outcome: bot.Answer, Title: "Withdraw it?", Form: &bot.Form{Title: "Withdraw", Line: "withdraw", Submit: "Withdraw it"}}, nil
	}
	d.sent = append(d.sent, in.Values)
	return bot.Reply{Outcome: bot.Answer, Title: "Withdrawn"}, nil
}

func (*desk) helped(in bot.Input) (bot.Reply, error) {
	return bot.Reply{Outcome: bot.Answer, Title: "Thank you: " + in.Args}, nil
}

func (*desk) ask(in bot.Input) (bot.Reply, error) {
	return bot.Reply{Outcome: bot.Answer, Title: "You asked: " + in.Line, Subject: in.Line,
		Blocks:   []bot.Block{bot.Note{Text: "Asked after: " + in.Previous}},
		Choices:  []bot.Choice{{Label: "Ask more", Command: "more"}},
		Feedback: []bot.Choice{{Label: "Helpful", Command: "helped yes"}, {Label: "Not helpful", Command: "helped no"}}}, nil
}

// typist types one line at a time and writes it into the transcript, as it
// would stand on a screen.
type typist struct {
	lines  []string
	screen io.Writer
}

func (t *typist) Read(p []byte) (int, error) {
	if len(t.lines) == 0 {
		return 0, io.EOF
	}
	line := t.lines[0] + "\n"
	t.lines = t.lines[1:]
	io.WriteString(t.screen, strings.TrimSuffix("> "+line, " \n"))
	if line == "\n" {
		io.WriteString(t.screen, "\n")
	}
	return copy(p, line), nil
}

// typed returns the lines that are typed in a transcript.
func typed(transcript string) []string {
	var lines []string
	for line := range strings.Lines(transcript) {
		if text, ok := strings.CutPrefix(strings.TrimSuffix(line, "\n"), ">"); ok {
			lines = append(lines, strings.TrimPrefix(text, " "))
		}
	}
	return lines
}

var reference = regexp.MustCompile(`reference [A-Z2-7]{6}`)

// TestChats has each transcript of testdata/chats typed again and compares
// every word. The first line of a transcript says what it shows; what follows
// its last line is the end of the input. After a change that is meant, run
// go test ./bot/console -update and read the difference.
func TestChats(t *testing.T) {
	files, err := filepath.Glob("testdata/chats/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatal("no transcripts", err)
	}
	for _, path := range files {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		title, _, _ := strings.Cut(string(text), "\n")
		d := &desk{}
		if strings.Contains(title, "goes wrong") {
			d.failures = 1
		}
		var screen bytes.Buffer
		chat := Chat{Bot: d.bot(), Style: Style{Width: 80}}
		if err := chat.Run(context.Background(), &typist{typed(string(text)), &screen}, &screen); err != nil {
			t.Errorf("%s: %v", path, err)
		}
		got := title + "\n\n" + reference.ReplaceAllString(screen.String(), "reference ······")
		if *update {
			if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		if diff := cmp.Diff(string(text), got); diff != "" && !*update {
			t.Errorf("%s: (-want +got)\n%s", path, diff)
		}
	}
}

// TestNothingIsSentUnlessTheFormIsFilled holds what the transcripts cannot
// show: what the command got.
func TestNothingIsSentUnlessTheFormIsFilled(t *testing.T) {
	for typed, want := range map[string]int{
		"edit\ncancel\n":                                        0,
		"edit\n0.1 mg/kg\nchildren\n":                           0, // the input ends
		"edit\n\n\nPush.\nFlush.\nCANCEL\n":                     0,
		"withdraw\nno\ncancel\n":                                0,
		"edit\n\xff\n\n\n\n":                                    0, // no text, so it is asked for again
		"edit\n" + strings.Repeat("é", 3001) + "\n\n\n\n":       0, // too long
		"edit\n" + strings.Repeat("é", 2994) + " mg/kg\n\n\n\n": 1,
		"withdraw\n\n":                                          1,
		"edit\n\n\n\n\n":                                        1,
	} {
		d := &desk{}
		chat := Chat{Bot: d.bot()}
		var out bytes.Buffer
		if err := chat.Run(context.Background(), strings.NewReader(typed), &out); err != nil || len(d.sent) != want {
			t.Errorf("%q sends %v, want %d forms (%v)", typed, d.sent, want, err)
		}
		if strings.Contains(out.String(), "Please ask again") {
			t.Errorf("%q is sent, only to be refused with all that was typed:\n%s", typed, &out)
		}
	}
}

// FuzzForm types anything into the forms. Whatever is typed, a form is sent
// whole, and each value is one that its field can hold.
func FuzzForm(f *testing.F) {
	f.Add("edit\n0.1 mg/kg\n2\nPush.\n.\n-\n")
	f.Add("edit\n0.1\n\n\n\n\n0.1 mg/kg\nedit atropine\n-\n\x1b\n9\n\xff\n")
	f.Add("hello\n+\n-\n1\nsave\nwithdraw\n\n")
	f.Fuzz(func(t *testing.T, text string) {
		d := &desk{failures: len(text) % 2}
		var out bytes.Buffer
		chat := Chat{Bot: d.bot(), Style: Style{Width: len(text) % 100}}
		if err := chat.Run(context.Background(), strings.NewReader(text), &out); err != nil {
			t.Fatal(err)
		}
		if strings.ContainsRune(out.String(), '\x1b') {
			t.Errorf("an escape sequence is printed for %q", text)
		}
		for _, values := range d.sent {
			checkSent(t, values)
		}
	})
}

func checkSent(t *testing.T, values map[string]string) {
	if len(values) != 0 && len(values) != 4 {
		t.Errorf("%d of 4 fields are sent", len(values))
	}
	for name, value := range values {
		if !utf8.ValidString(value) || utf8.RuneCountInString(value) > bot.MaxFormValue {
			t.Errorf("%s is sent as %q", name, value)
		}
		if value == "" && name != "note" || name == "for" && value != "child" && value != "newborn" {
			t.Errorf("%s is sent as %q", name, value)
		}
	}
}
