package command_test

import (
	"bufio"
	"context"
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"iobot/bot"
)

var update = flag.Bool("update", false, "rewrite the golden figures and transcripts")

// What the labelled questions must reach at the least.
const (
	floorFirst   = 0.89 // the right entry is the answer
	floorThree   = 0.97 // the right entry is the answer or among the first choices
	ceilingWrong = 0.02 // questions outside the knowledge that get an answer all the same
	floorOther   = 0.95 // questions that must be asked back or refused, and are
)

// question is one line of testdata/questions.txt.
type question struct {
	line    int
	text    string
	entries []string // any of these is right
	outcome bot.Outcome
	says    []string // what the reply must hold
}

// TestQuality asks every labelled question and compares how well they are
// answered with the figures that were reached before.
func TestQuality(t *testing.T) {
	b := newBot(t)
	var s score
	for _, q := range readQuestions(t) {
		s.add(t, q, b.Answer(context.Background(), bot.Request{Platform: "test", Line: q.text, At: asOf}))
	}
	if got := s.first(); got < floorFirst {
		t.Errorf("right entry first: %.3f, want at least %.2f", got, floorFirst)
	}
	if got := s.three(); got < floorThree {
		t.Errorf("right entry in the first three: %.3f, want at least %.2f", got, floorThree)
	}
	if got := s.wrongAnswers(); got > ceilingWrong {
		t.Errorf("answers outside the knowledge: %.3f, want at most %.2f", got, ceilingWrong)
	}
	if got := ratio(s.otherRight, s.other); got < floorOther {
		t.Errorf("asked back or refused: %.3f, want at least %.2f", got, floorOther)
	}
	golden(t, "testdata/quality.golden", s.String())
}

// score counts how questions were answered.
type score struct {
	inScope, atOne, atThree int
	reciprocal              float64
	outside, answered       int
	other, otherRight       int
}

func (s *score) add(t *testing.T, q question, r bot.Reply) {
	t.Helper()
	if r.Dose != nil && !isRight(q.entries, r.Entries[0]) {
		t.Errorf("line %d: %q was given the dose of %s", q.line, q.text, r.Entries[0])
	}
	for _, text := range q.says {
		if r.Outcome == bot.Answer && !strings.Contains(r.Text(), text) {
			t.Errorf("line %d: %q does not say %q:\n%s", q.line, q.text, text, r.Text())
		}
	}
	switch {
	case len(q.entries) > 0:
		s.addRank(t, q, r)
	case q.outcome == bot.NotFound:
		s.outside++
		if r.Outcome == bot.Answer {
			s.answered++
			t.Logf("line %d: %q is outside and got %v", q.line, q.text, r.Entries)
		}
	default:
		s.other++
		if r.Outcome == q.outcome {
			s.otherRight++
		} else {
			t.Logf("line %d: %q got %s %v, want %s", q.line, q.text, r.Outcome, r.Entries, q.outcome)
		}
	}
}

func (s *score) addRank(t *testing.T, q question, r bot.Reply) {
	t.Helper()
	s.inScope++
	place := placeOf(q.entries, r)
	if place > 0 {
		s.reciprocal += 1 / float64(place)
	}
	if place >= 1 && place <= 3 {
		s.atThree++
	}
	if place == 1 && r.Outcome == bot.Answer {
		s.atOne++
		return
	}
	t.Logf("line %d: %q wants %v, got %s %v (place %d)", q.line, q.text, q.entries, r.Outcome, r.Entries, place)
}

// placeOf is the place of the first right entry among what the reply shows and
// offers, in that order, counted from one; 0 when it is not there.
func placeOf(want []string, r bot.Reply) int {
	var shown []string
	if r.Outcome == bot.Answer && len(r.Entries) > 0 {
		shown = r.Entries[:1]
	}
	for _, c := range r.Choices {
		shown = append(shown, target(c.Command))
	}
	return 1 + slices.IndexFunc(shown, func(id string) bool { return isRight(want, id) })
}

// target is the entry that a command line leads to.
func target(line string) string {
	name, args, _ := strings.Cut(line, " ")
	first, _, _ := strings.Cut(args, " ")
	switch name {
	case "dose":
		return "drug/" + first
	case "site":
		return "site/" + first
	}
	return args
}

// isRight reports whether an entry is one of those wanted. A wanted entry
// without a part is met by any part of it.
func isRight(want []string, got string) bool {
	whole, _, _ := strings.Cut(got, "#")
	return slices.Contains(want, got) || slices.Contains(want, whole)
}

func (s *score) first() float64        { return ratio(s.atOne, s.inScope) }
func (s *score) three() float64        { return ratio(s.atThree, s.inScope) }
func (s *score) wrongAnswers() float64 { return ratio(s.answered, s.outside) }

func ratio(part, whole int) float64 { return float64(part) / float64(max(whole, 1)) }

// String is the golden figures, one a line.
func (s *score) String() string {
	return fmt.Sprintf("questions inside the knowledge: %d\nright entry first: %.3f\nright entry in the first three: %.3f\n"+
		"mean reciprocal rank: %.3f\nquestions outside the knowledge: %d\nanswered all the same: %.3f\nquestions to ask back or refuse: %d\ndone so: %.3f\n",
		s.inScope, s.first(), s.three(), s.reciprocal/float64(max(s.inScope, 1)), s.outside, s.wrongAnswers(), s.other, ratio(s.otherRight, s.other))
}

// readQuestions reads the labelled file: "question => what is right", see its
// head.
func readQuestions(t testing.TB) []question {
	t.Helper()
	file, err := os.Open("testdata/questions.txt")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	var list []question
	lines := bufio.NewScanner(file)
	for n := 1; lines.Scan(); n++ {
		line := strings.TrimSpace(lines.Text())
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		text, right, ok := strings.Cut(line, "=>")
		if !ok {
			t.Fatalf("testdata/questions.txt:%d: write QUESTION => WHAT IS RIGHT", n)
		}
		list = append(list, label(question{line: n, text: strings.TrimSpace(text)}, right))
	}
	return list
}

// label reads what is right: ids separated by "|", or the word of an outcome,
// then after ";" what the reply must say.
func label(q question, right string) question {
	parts := strings.Split(right, ";")
	for _, say := range parts[1:] {
		q.says = append(q.says, strings.TrimSpace(say))
	}
	switch what := strings.TrimSpace(parts[0]); what {
	case "nothing":
		q.outcome = bot.NotFound
	case "ask":
		q.outcome = bot.Clarify
	case "refuse":
		q.outcome = bot.Refused
	default:
		for id := range strings.SplitSeq(what, "|") {
			q.entries = append(q.entries, strings.TrimSpace(id))
		}
	}
	return q
}

// golden compares text with a file, or rewrites the file with -update.
func golden(t *testing.T, path, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s says\n%s\nnow it is\n%s\nIf that is meant, run go test ./bot/command -update and review the difference.", path, want, got)
	}
}
