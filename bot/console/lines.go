package console

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"golang.org/x/term"
)

// lines is where typed lines come from. The error is io.EOF when there are no
// more, or when the asker hit Ctrl-D or Ctrl-C; reading on after that is
// allowed.
type lines interface {
	// read returns the next line. A terminal shows the prompt, and offers recall
	// under the up arrow, the first line first; nil offers the questions asked.
	read(prompt string, recall []string) (string, error)
	// hint says how to get at what read recalls.
	hint() string
}

// pipe reads lines that no person is typing, so it prompts for none.
type pipe struct{ scanner *bufio.Scanner }

func newPipe(in io.Reader) pipe {
	scanner := bufio.NewScanner(in)
	scanner.Buffer(nil, maxLine)
	return pipe{scanner}
}

func (p pipe) read(string, []string) (string, error) {
	if p.scanner.Scan() {
		return p.scanner.Text(), nil
	}
	if err := p.scanner.Err(); err != nil {
		return "", err
	}
	return "", io.EOF
}

func (pipe) hint() string { return "" }

// tty reads lines from a terminal in raw mode, and writes to it.
type tty struct {
	keys      io.Reader
	screen    io.Writer
	size      func() (width, height int, err error)
	style     *Style // its width follows the terminal's
	complete  func(line string) []string
	terminal  *term.Terminal
	questions term.History
}

// start makes the terminal ready to read from.
func (t *tty) start() *tty {
	t.renew()
	t.questions = t.terminal.History
	return t
}

// renew starts line editing afresh. After Ctrl-D or Ctrl-C a term.Terminal
// would answer io.EOF for ever.
func (t *tty) renew() {
	t.terminal = term.NewTerminal(struct {
		io.Reader
		io.Writer
	}{t.keys, t.screen}, "")
}

// Write writes text whose lines end in "\n", which raw mode does not return to
// the first column.
func (t *tty) Write(text []byte) (int, error) { return t.terminal.Write(text) }

func (t *tty) hint() string { return " The up arrow brings it back to be changed." }

func (t *tty) read(prompt string, recall []string) (string, error) {
	if w, h, err := t.size(); err == nil && w > 0 {
		t.terminal.SetSize(w, h)
		t.style.Width = w
	}
	t.terminal.SetPrompt(prompt)
	t.terminal.History, t.terminal.AutoCompleteCallback = t.questions, tab(t, t.complete)
	if recall != nil {
		t.terminal.History, t.terminal.AutoCompleteCallback = recalled(recall), nil
	}
	line, err := t.terminal.ReadLine()
	if err == io.EOF {
		fmt.Fprint(t.screen, "\r\n")
		t.renew()
	}
	return line, err
}

// recalled is a term.History that offers the same lines whatever is typed.
type recalled []string

// Add forgets the entry.
func (recalled) Add(string) {}

// Len is the number of lines offered.
func (r recalled) Len() int { return len(r) }

// At returns the line offered after hitting the up arrow i+1 times.
func (r recalled) At(i int) string { return r[i] }

// tab completes the line when the tab key is hit, as far as all
// possibilities agree, and lists them when they do not.
func tab(out io.Writer, complete func(string) []string) func(string, int, rune) (string, int, bool) {
	return func(line string, pos int, key rune) (string, int, bool) {
		if key != '\t' || complete == nil || pos != len(line) {
			return "", 0, false
		}
		options := complete(line)
		if len(options) == 0 {
			return line, pos, true
		}
		if common := commonPrefix(options); len(common) > len(line) {
			return common, len(common), true
		}
		if len(options) > 1 {
			fmt.Fprintln(out, strings.Join(options, "   "))
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
