package console

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"

	"golang.org/x/term"

	"iobot/bot"
)

// Answerer answers requests; a bot.Bot is one.
type Answerer interface {
	Answer(ctx context.Context, q bot.Request) bot.Reply
	Slow(line string) bool // whether a line may take seconds
}

// Chat is a conversation in a terminal or a pipe.
type Chat struct {
	Bot      Answerer
	Who      bot.Request                // what every request begins as: the account that asks
	Complete func(line string) []string // whole lines that could follow what was typed; nil for none
	Style    Style
	Media    Media
}

// Run reads questions from in and writes replies to out until the input
// ends, somebody says "quit", or the context is done. Between two terminals it
// offers line editing, history and completion.
func (c *Chat) Run(ctx context.Context, in io.Reader, out io.Writer) error {
	s := &session{Chat: *c}
	keys, screen := terminalOf(in), terminalOf(out)
	if keys == nil || screen == nil {
		s.in, s.out = newPipe(in), out
		return s.loop(ctx)
	}
	before, err := term.MakeRaw(int(keys.Fd()))
	if err != nil {
		return fmt.Errorf("prepare terminal: %w", err)
	}
	defer term.Restore(int(keys.Fd()), before)
	size := func() (int, int, error) { return term.GetSize(int(screen.Fd())) }
	t := (&tty{keys: keys, screen: screen, size: size, style: &s.Style, complete: c.Complete}).start()
	s.in, s.out = t, t
	return s.loop(ctx)
}

// terminalOf returns the file behind a stream when it is a terminal.
func terminalOf(stream any) *os.File {
	file, ok := stream.(*os.File)
	if !ok || !term.IsTerminal(int(file.Fd())) {
		return nil
	}
	return file
}

// session is a chat that is going on.
type session struct {
	Chat
	in   lines
	out  io.Writer
	last bot.Reply // what numbers, "save" and follow-up questions refer to
}

func (s *session) loop(ctx context.Context) error {
	s.say(dim, "", "Ask about intraosseous access, or type: dose adrenaline 12 kg. "+
		"A number picks a choice, tab completes, help lists everything, quit leaves.")
	for ctx.Err() == nil {
		line, err := s.in.read("io> ", nil)
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return fmt.Errorf("read question: %w", err)
		}
		line = strings.TrimSpace(line)
		switch strings.ToLower(line) {
		case "":
			continue
		case "quit", "exit", "bye", ":q":
			return nil
		}
		fmt.Fprintln(s.out)
		if err := s.turn(ctx, line); err != nil {
			return err
		}
		fmt.Fprintln(s.out)
	}
	return nil
}

// turn does what one line says. A number, "+", "-" and "save" refer to the
// reply before it.
func (s *session) turn(ctx context.Context, line string) error {
	n, err := strconv.Atoi(line)
	switch {
	case line == "+" && s.asksFeedback():
		return s.feedback(ctx, s.last.Feedback[0])
	case line == "-" && s.asksFeedback():
		return s.feedback(ctx, s.last.Feedback[1])
	case line == "+" || line == "-":
		s.say(plain, "", "There is no answer here to judge.")
		return nil
	case strings.EqualFold(line, "save") && s.canSave():
		s.save(ctx)
		return nil
	case err != nil || len(s.last.Choices) == 0:
		return s.ask(ctx, line)
	case n < 1 || n > len(s.last.Choices):
		s.say(plain, "", fmt.Sprintf("Pick a number from 1 to %d.", len(s.last.Choices)))
		return nil
	}
	return s.ask(ctx, s.last.Choices[n-1].Command)
}

// ask answers a line, and fills in the form that the reply may hold.
func (s *session) ask(ctx context.Context, line string) error {
	s.answer(ctx, line, nil)
	if s.last.Form == nil {
		return nil
	}
	return s.fill(ctx, *s.last.Form)
}

// answer answers a request and prints the reply. The text comes first, because
// a picture may have to be drawn.
func (s *session) answer(ctx context.Context, line string, values map[string]string) {
	q := s.Who
	q.Line, q.Values, q.Previous = line, values, s.last.Subject
	if s.Bot.Slow(line) {
		s.say(dim, "", "This takes a few seconds.")
	}
	s.last = s.Bot.Answer(ctx, q)
	fmt.Fprint(s.out, Render(s.last, s.Style))
	s.Media.show(ctx, s.last, s.Style, s.out)
	if s.canSave() {
		s.say(dim, "", "Type save to write "+assetsOf(s.last)+" to the current folder.")
	}
	if s.asksFeedback() {
		s.say(dim, "", "Did this help? Type + or -.")
	}
}

func (s *session) canSave() bool {
	return s.Media.Assets != nil && len(s.last.Pictures)+len(s.last.Files) > 0
}

func (s *session) asksFeedback() bool { return len(s.last.Feedback) == 2 && s.last.Form == nil }

func (s *session) save(ctx context.Context) {
	paths, err := s.Media.save(ctx, s.last)
	for _, path := range paths {
		fmt.Fprint(s.out, whole("Saved: "+path))
	}
	if err != nil {
		s.say(red, "  ! ", why(err))
	}
}

// feedback sends what was thought of a reply. The conversation stays where it
// was: the numbers and the subject are still those of that reply.
func (s *session) feedback(ctx context.Context, c bot.Choice) error {
	judged := s.last
	judged.Feedback = nil
	err := s.ask(ctx, c.Command)
	if len(s.last.Choices) == 0 {
		s.last = judged
	}
	return err
}

// say writes a line of the chat's own.
func (s *session) say(c color, mark, text string) {
	fmt.Fprint(s.out, s.Style.line(c, mark, text))
}
