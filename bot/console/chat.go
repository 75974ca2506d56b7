package console

import (
	"bufio"
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
}

// Chat is a conversation in a terminal or a pipe.
type Chat struct {
	Bot      Answerer
	Complete func(line string) []string // whole lines that could follow what was typed; nil for none
	Style    Style

	last bot.Reply // what numbers and follow-up questions refer to
}

// Run reads questions from in and writes replies to out until the input
// ends, somebody says "quit", or the context is done. On a terminal it offers
// line editing, history and completion.
func (c *Chat) Run(ctx context.Context, in io.Reader, out io.Writer) error {
	file, isFile := in.(*os.File)
	if !isFile || !term.IsTerminal(int(file.Fd())) {
		return c.loop(ctx, scanLines(in), out)
	}
	return c.terminal(ctx, file, out)
}

// terminal puts the terminal into raw mode for as long as the chat lasts.
func (c *Chat) terminal(ctx context.Context, file *os.File, out io.Writer) error {
	fd := int(file.Fd())
	before, err := term.MakeRaw(fd)
	if err != nil {
		return fmt.Errorf("prepare terminal: %w", err)
	}
	defer term.Restore(fd, before)
	t := term.NewTerminal(struct {
		io.Reader
		io.Writer
	}{file, out}, "io> ")
	t.AutoCompleteCallback = c.tab(t)
	return c.loop(ctx, func() (string, error) {
		if w, h, err := term.GetSize(fd); err == nil && w > 0 {
			t.SetSize(w, h)
			c.Style.Width = w
		}
		return t.ReadLine()
	}, t)
}

// tab completes the line when the tab key is hit, as far as all
// possibilities agree, and lists them when they do not.
func (c *Chat) tab(t io.Writer) func(string, int, rune) (string, int, bool) {
	return func(line string, pos int, key rune) (string, int, bool) {
		if key != '\t' || c.Complete == nil || pos != len(line) {
			return "", 0, false
		}
		options := c.Complete(line)
		if len(options) == 0 {
			return line, pos, true
		}
		if common := commonPrefix(options); len(common) > len(line) {
			return common, len(common), true
		}
		if len(options) > 1 {
			fmt.Fprintln(t, strings.Join(options, "   "))
		}
		return line, pos, true
	}
}

// commonPrefix is how all strings of a list begin, in whole characters.
func commonPrefix(list []string) string {
	common := []rune(list[0])
	for _, s := range list[1:] {
		for !strings.HasPrefix(s, string(common)) {
			common = common[:len(common)-1]
		}
	}
	return string(common)
}

func scanLines(in io.Reader) func() (string, error) {
	lines := bufio.NewScanner(in)
	return func() (string, error) {
		if lines.Scan() {
			return lines.Text(), nil
		}
		if err := lines.Err(); err != nil {
			return "", err
		}
		return "", io.EOF
	}
}

func (c *Chat) loop(ctx context.Context, read func() (string, error), out io.Writer) error {
	fmt.Fprint(out, c.Style.line(dim, "", "Ask about intraosseous access, or type: dose adrenaline 12 kg. "+
		"A number picks a choice, tab completes, help lists everything, quit leaves."))
	for ctx.Err() == nil {
		line, err := read()
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
		fmt.Fprint(out, "\n"+c.answer(ctx, line)+"\n")
	}
	return nil
}

// answer replies to one line. A number stands for a choice of the reply
// before it.
func (c *Chat) answer(ctx context.Context, line string) string {
	if n, err := strconv.Atoi(line); err == nil && len(c.last.Choices) > 0 {
		if n < 1 || n > len(c.last.Choices) {
			return c.Style.line(plain, "", fmt.Sprintf("Pick a number from 1 to %d.", len(c.last.Choices)))
		}
		line = c.last.Choices[n-1].Command
	}
	c.last = c.Bot.Answer(ctx, bot.Request{Platform: "console", Line: line, Previous: c.last.Subject})
	return Render(c.last, c.Style)
}
