package bot

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

// newTestBot has a command that repeats its line, one that fails, one that
// panics and one that takes nothing.
func newTestBot(log *bytes.Buffer) *Bot {
	repeat := func(_ context.Context, in Input) (Reply, error) {
		return Reply{Outcome: Answer, Title: "said " + in.Args}, nil
	}
	return New(Config{
		Commands: []Command{
			{Name: "ask", Options: []Option{{Name: "question"}}, Run: repeat},
			{Name: "fail", Options: []Option{{Name: "x"}}, Run: func(context.Context, Input) (Reply, error) {
				return Reply{}, errors.New("disk on fire at /secret/path")
			}},
			{Name: "panic", Options: []Option{{Name: "x"}}, Run: func(context.Context, Input) (Reply, error) {
				panic("index out of range")
			}},
			{Name: "stop", Options: []Option{{Name: "x"}}, Run: func(context.Context, Input) (Reply, error) {
				return Reply{}, VisibleError("Type a weight.")
			}},
			{Name: "hang", Options: []Option{{Name: "x"}}, Run: func(context.Context, Input) (Reply, error) {
				select {}
			}},
			{Name: "help", Options: []Option{{Name: "command", Choices: []string{"ask"}}}, Run: repeat},
			{Name: "about", Run: repeat},
		},
		Default:  "ask",
		Deadline: time.Second,
		Log:      slog.New(slog.NewTextHandler(log, nil)),
		Now:      func() time.Time { return time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC) },
	})
}

func TestFindingTheCommand(t *testing.T) {
	b := newTestBot(new(bytes.Buffer))
	for line, title := range map[string]string{
		"ask why":             "said why",
		"  ASK   why  ":       "said why",
		"/io ask why":         "said why",
		"why":                 "said why",
		"iodine":              "said iodine",
		"/iodine":             "said /iodine",
		"help":                "said ",
		"help ask":            "said ask",
		"help he is bleeding": "said help he is bleeding",
		"about":               "said ",
		"about the needle":    "said about the needle",
		"":                    "said ",
	} {
		if r := b.Answer(context.Background(), Request{Line: line}); r.Title != title {
			t.Errorf("%q: %q, want %q", line, r.Title, title)
		}
	}
}

func TestInputThatCouldMislead(t *testing.T) {
	b := newTestBot(new(bytes.Buffer))
	for line, says := range map[string]string{
		strings.Repeat("a", MaxInput+1): "longer than 500",
		"12 \u202ekg 21":                "hidden characters",
		"12 \u2066kg":                   "hidden characters",
		"12\x00 kg":                     "hidden characters",
		"\x1b[31mdose":                  "hidden characters",
		"\u0435pinephrine 12 kg":        "two alphabets",
		"dose \xff 12 kg":               "could not be read",
	} {
		r := b.Answer(context.Background(), Request{Line: line})
		if r.Outcome != Refused || !strings.Contains(r.Text(), says) {
			t.Errorf("%q: %s %s", line, r.Outcome, r.Text())
		}
	}
	for _, line := range []string{strings.Repeat("é", MaxInput), "肾上腺素 15公斤", "\u200fجرعة", "café 12\u00a0kg", "адреналин 12 кг"} {
		if r := b.Answer(context.Background(), Request{Line: line}); r.Outcome != Answer {
			t.Errorf("%q is refused: %s", line, r.Text())
		}
	}
}

// TestFailuresShowNothingInside also holds that the log has a reference to
// find the failure by, and no word of the question.
func TestFailuresShowNothingInside(t *testing.T) {
	for _, command := range []string{"fail", "panic", "hang"} {
		var log bytes.Buffer
		r := newTestBot(&log).Answer(context.Background(), Request{Line: command + " canary"})
		if r.Outcome != Failed || strings.Contains(r.Text(), "secret") || strings.Contains(r.Text(), "range") {
			t.Errorf("%s: %s", command, r.Text())
		}
		_, ref, _ := strings.Cut(strings.TrimSuffix(r.Text(), "."), "reference ")
		if len(ref) < 6 || !strings.Contains(log.String(), "ref="+ref) {
			t.Errorf("%s: reference %q is not in the log:\n%s", command, ref, &log)
		}
		if strings.Contains(log.String(), "canary") {
			t.Errorf("the log holds the question:\n%s", &log)
		}
	}
	r := newTestBot(new(bytes.Buffer)).Answer(context.Background(), Request{Line: "stop x"})
	if r.Outcome != Refused || !strings.Contains(r.Text(), "Type a weight.") {
		t.Errorf("an error for the asker is not shown: %s", r.Text())
	}
}

// TestTextSaysEverything holds that the plain text has every part of a reply.
func TestTextSaysEverything(t *testing.T) {
	r := Reply{
		Outcome: Answer,
		Title:   "Title",
		Blocks: []Block{Warning{"careful"}, Lead{"lead"}, Text{"text"}, Bullets{[]string{"b1", "b2"}}, Steps{[]string{"s1", "s2"}},
			Fields{[]Field{{"label", "value"}}}, Table{[]string{"h1", "h2"}, [][]string{{"c1", "c2"}}}, Heading{"heading"}, Note{"note"}},
		Choices:  []Choice{{"choice", "ask x"}},
		Sources:  []Source{{Key: "KEY", Citation: "Citation", Year: "2020"}},
		Review:   Review{Status: "verified", By: "Dr Lee", On: "2026-01-02", Due: "2027-01-02"},
		Revision: "r1",
	}
	want := "Title\nWarning: careful\nlead\ntext\n- b1\n- b2\n1. s1\n2. s2\nlabel: value\n- c1; h2: c2\n\nheading\nnote\n\n" +
		"1. choice: /io ask x\n\nSources:\n[KEY] Citation, 2020\n\n" +
		"Verified by Dr Lee on 2026-01-02; next review 2027-01-02. Revision r1. Reference for trained staff: check before use."
	if got := r.Text(); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	var back map[string]any
	text, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(text, &back); err != nil || back["text"] != want || back["outcome"] != "answer" {
		t.Errorf("JSON: %v %s", err, text)
	}
	for _, key := range []string{"dose", "entries"} {
		if _, ok := back[key]; ok {
			t.Errorf("JSON has an empty %q", key)
		}
	}
}

func TestFooterSaysHowFarToTrust(t *testing.T) {
	for status, says := range map[string]string{
		"unreviewed": "nobody here has signed",
		"verified":   "Verified by",
		"overdue":    "Review overdue since 2026-01-01",
		"expired":    "Expired",
		"withdrawn":  "Withdrawn",
	} {
		r := Reply{Review: Review{Status: status, Due: "2026-01-01"}, Revision: "r1"}
		if !strings.Contains(r.Footer(), says) {
			t.Errorf("%s: %s", status, r.Footer())
		}
	}
}

func FuzzClean(f *testing.F) {
	for _, seed := range []string{"dose adrenaline 12 kg", "肾上腺素 15公斤", "a\u202eb", "\xff", "ері"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, line string) {
		text, err := clean(line)
		if err != nil {
			return
		}
		if !utf8.ValidString(text) || strings.ContainsAny(text, "\x00\x1b\n\t\u202e") || utf8.RuneCountInString(text) > MaxInput {
			t.Errorf("%q became %q", line, text)
		}
		if again, err := clean(text); err != nil || again != text {
			t.Errorf("%q is not clean the second time: %q %v", text, again, err)
		}
	})
}

// TestTextOfAnUnevenTable: a row that is longer than the head, or empty, loses
// nothing and breaks nothing.
func TestTextOfAnUnevenTable(t *testing.T) {
	r := Reply{Title: "T", Blocks: []Block{Table{Head: []string{"a", "b"}, Rows: [][]string{{"1", "2", "3"}, {}}}}}
	if text := r.Text(); !strings.Contains(text, "1; b: 2; 3") {
		t.Errorf("text is %q", text)
	}
}

// TestActsAsAnswered: what a line is run as decides whether it acts, however
// it was typed.
func TestActsAsAnswered(t *testing.T) {
	b := New(Config{Commands: []Command{
		{Name: "ask", Options: []Option{{}}},
		{Name: "do", Acts: true, Options: []Option{{}}, Slow: func(args string) bool { return args == "much" }},
	}, Default: "ask"})
	for line, want := range map[string]bool{"do x": true, "d\u200bo x": true, "do\u00a0x": true, "/io do x": true, "ask do x": false, "\u202edo x": false} {
		if b.Acts(line) != want {
			t.Errorf("%q acts: %v", line, !want)
		}
	}
	if !b.Slow("do\u00a0much") || b.Slow("do little") {
		t.Error("slowness is not judged by what is run")
	}
}
