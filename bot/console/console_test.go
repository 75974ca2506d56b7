package console

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"iobot/bot"
)

// sample has every kind of block, long words and wide characters.
var sample = bot.Reply{
	Outcome: bot.Answer,
	Title:   "EPINEPHrine (adrenaline), cardiac arrest, child",
	Blocks: []bot.Block{
		bot.Warning{Text: "Read as 12.5 kg, typed 12,5 kg. This warning is long enough to be wrapped at every width that a terminal has."},
		bot.Lead{Text: "12 kg: 0.12 mg (120 mcg) = 1.2 mL of 0.1 mg/mL"},
		bot.Fields{Rows: []bot.Field{{Label: "Working", Value: "0.01 mg/kg × 12 kg = 0.12 mg; 0.12 mg ÷ 0.1 mg/mL = 1.2 mL"}, {Label: "肾上腺素", Value: "wide"}}},
		bot.Text{Text: "A paragraph."},
		bot.Heading{Text: "Steps"},
		bot.Steps{Items: []string{"First, a step that is longer than a narrow terminal is wide.", "Then another."}},
		bot.Bullets{Items: []string{"One", "Two"}},
		bot.Table{Head: []string{"Needle", "Length", "Label"}, Rows: [][]string{{"Pink", "15 mm", "3 kg to 39 kg"}, {"Blue", "25 mm", ""}}},
		bot.Note{Text: "Small print."},
	},
	Choices:  []bot.Choice{{Label: "Why", Command: "why dose epinephrine 12 kg"}},
	Sources:  []bot.Source{{Key: "RCH", Citation: "Royal Children's Hospital", Year: "2020"}},
	Review:   bot.Review{Status: "unreviewed", Due: "2027-01-01"},
	Revision: "abc123",
}

func TestRenderFitsEveryWidth(t *testing.T) {
	for width := minWidth; width <= 120; width++ {
		text := Render(sample, Style{Width: width})
		for line := range strings.Lines(text) {
			if n := ansi.StringWidth(strings.TrimSuffix(line, "\n")); n > width {
				t.Errorf("width %d: a line of %d columns: %q", width, n, line)
			}
			if strings.HasSuffix(strings.TrimSpace(line), "12") {
				t.Errorf("width %d: a number without its unit ends %q", width, line)
			}
		}
		checkComplete(t, text)
	}
}

// checkComplete insists that wrapping loses no word and breaks no figure.
func checkComplete(t *testing.T, text string) {
	t.Helper()
	plain := strings.Join(strings.Fields(text), " ")
	for _, want := range []string{"Warning: Read as 12.5 kg", "0.12 mg (120 mcg) = 1.2 mL of 0.1 mg/mL", "1. First, a step", "15 mm",
		"1 Why", "[RCH] Royal Children's Hospital, 2020", "Unreviewed", "Revision abc123"} {
		if !strings.Contains(plain, want) {
			t.Errorf("%q is missing from\n%s", want, text)
		}
	}
}

// TestColorCarriesNothing holds that a reply without colour says the same.
func TestColorCarriesNothing(t *testing.T) {
	colored := Render(sample, Style{Width: 60, Color: true})
	if ansi.Strip(colored) != Render(sample, Style{Width: 60}) {
		t.Error("colour changes the text")
	}
	if !strings.Contains(colored, "\x1b[") {
		t.Error("no colour at all")
	}
	if strings.Contains(Render(sample, Style{}), "\x1b") {
		t.Error("an escape sequence without colour")
	}
}

// echo answers with the line it was asked.
type echo struct{ asked []bot.Request }

func (e *echo) Answer(_ context.Context, q bot.Request) bot.Reply {
	e.asked = append(e.asked, q)
	return bot.Reply{Title: q.Line, Subject: "subject of " + q.Line,
		Choices: []bot.Choice{{Label: "first", Command: "dose a 1 kg"}, {Label: "second", Command: "dose b 2 kg"}}}
}

func (*echo) Slow(string) bool { return false }

func TestChatPicksByNumberAndKeepsTheSubject(t *testing.T) {
	e := &echo{}
	var out bytes.Buffer
	c := &Chat{Bot: e}
	if err := c.Run(context.Background(), strings.NewReader("hello\n\n2\n7\nquit\nlate\n"), &out); err != nil {
		t.Fatal(err)
	}
	if len(e.asked) != 2 || e.asked[1].Line != "dose b 2 kg" || e.asked[1].Previous != "subject of hello" {
		t.Errorf("asked %+v", e.asked)
	}
	if !strings.Contains(out.String(), "Pick a number from 1 to 2.") {
		t.Errorf("a number too high is not explained:\n%s", &out)
	}
}

func TestChatStopsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	e := &echo{}
	if err := (&Chat{Bot: e}).Run(ctx, strings.NewReader("hello\n"), io.Discard); err != nil || len(e.asked) > 0 {
		t.Error("a chat goes on after its context ended", err)
	}
}

func TestBatchAnswersEveryLineInOrder(t *testing.T) {
	var out bytes.Buffer
	in := strings.NewReader("one\n\n\"three\" & <four>\n" + strings.Repeat("x", 200_000) + "\nlast")
	if err := Batch(context.Background(), &echo{}, bot.Request{}, in, &out); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(out.String()), "\n")
	if len(lines) != 5 {
		t.Fatalf("%d replies to 5 lines", len(lines))
	}
	for i, want := range []string{"one", "", "\"three\" & <four>", strings.Repeat("x", 200_000), "last"} {
		var got struct{ Title string }
		if err := json.Unmarshal([]byte(lines[i]), &got); err != nil || got.Title != want {
			t.Errorf("line %d: %v", i+1, err)
		}
	}
}

func TestTabCompletesAsFarAsAllAgree(t *testing.T) {
	var out bytes.Buffer
	tab := tab(&out, func(line string) []string {
		switch line {
		case "d":
			return []string{"dose dobutamine", "dose dopamine"}
		case "dose do":
			return []string{"dose dobutamine", "dose dopamine"}
		case "é":
			return []string{"épinéphrine", "épi"}
		}
		return nil
	})
	for typed, want := range map[string]string{"d": "dose do", "dose do": "dose do", "é": "épi", "x": "x"} {
		if got, pos, ok := tab(typed, len(typed), '\t'); !ok || got != want || pos != len(want) {
			t.Errorf("%q completes to %q, want %q", typed, got, want)
		}
	}
	if !strings.Contains(out.String(), "dose dobutamine   dose dopamine") {
		t.Error("possibilities that differ are not listed")
	}
	if _, _, ok := tab("d", 1, 'x'); ok {
		t.Error("a letter completes")
	}
}
