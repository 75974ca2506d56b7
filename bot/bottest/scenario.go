// Package bottest holds what the tests of several packages share: scenarios
// that a clinician can read and write.
//
// A scenario file is a text file of questions, each followed by what the
// reply must be:
//
//	## H01 A number without a unit
//
//	> dose epi 10
//	= clarify
//	+ kg
//	- 0.1 mg
//	? dose epinephrine 10 kg
//
// "> " asks, ">> " asks in the same conversation. "= " is the outcome, "+ " a
// text that the reply must hold, "- " one that it must not, "? " a command
// that must be among the choices, and "@ " the entry that must come first.
// Lines that start with "#" are headings; other text is explanation.
package bottest

import (
	"bufio"
	"context"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"iobot/bot"
)

// Answerer answers requests; a bot.Bot is one.
type Answerer interface {
	Answer(ctx context.Context, q bot.Request) bot.Reply
}

// RunScenarios asks every question of a scenario file and checks each reply.
// The time of asking is fixed, so that review dates do not move.
func RunScenarios(t *testing.T, b Answerer, path string, at time.Time) {
	t.Helper()
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	run := scenario{t: t, bot: b, at: at, path: path}
	lines := bufio.NewScanner(file)
	for lines.Scan() {
		run.line++
		run.step(lines.Text())
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
	if run.asked == 0 {
		t.Errorf("%s holds no question", path)
	}
}

// scenario is a file being run.
type scenario struct {
	t     *testing.T
	bot   Answerer
	at    time.Time
	path  string
	line  int
	asked int
	last  string // the question
	reply bot.Reply
}

func (s *scenario) step(line string) {
	mark, rest, _ := strings.Cut(line, " ")
	switch mark {
	case ">":
		s.ask(rest, "")
	case ">>":
		s.ask(rest, s.reply.Subject)
	case "=":
		s.check(string(s.reply.Outcome) == rest, "outcome is "+string(s.reply.Outcome)+", want "+rest)
	case "+":
		s.check(strings.Contains(s.reply.Text(), rest), "the reply does not say "+rest)
	case "-":
		s.check(!strings.Contains(s.reply.Text(), rest), "the reply says "+rest)
	case "?":
		s.check(s.offers(rest), "the choices do not hold "+rest)
	case "@":
		s.check(len(s.reply.Entries) > 0 && s.reply.Entries[0] == rest, "the first entry is not "+rest)
	}
}

func (s *scenario) ask(line, previous string) {
	s.asked++
	s.last = line
	s.reply = s.bot.Answer(context.Background(), bot.Request{Platform: "test", Line: line, Previous: previous, At: s.at})
}

func (s *scenario) offers(command string) bool {
	return slices.ContainsFunc(s.reply.Choices, func(c bot.Choice) bool { return c.Command == command })
}

func (s *scenario) check(ok bool, problem string) {
	s.t.Helper()
	if !ok {
		s.t.Errorf("%s:%d: > %s\n%s. The reply (%s, %v):\n%s\n", s.path, s.line, s.last, problem,
			s.reply.Outcome, s.reply.Entries, s.reply.Text())
	}
}
