package bot

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"reflect"
	"runtime/debug"
	"strings"
	"time"
)

// Deadline is the longest that an answer may take, unless a Config says
// otherwise.
const Deadline = 500 * time.Millisecond

// SlowDeadline is the longest that a form may take, or a line which its
// command says is slow.
const SlowDeadline = 30 * time.Second

// Config is what a Bot is made of.
type Config struct {
	Commands []Command        // in the order help lists them
	Default  string           // the command that gets a line no command name starts
	Deadline time.Duration    // the longest that an answer may take; 0 for Deadline
	Log      *slog.Logger     // one line a request; never its text
	Now      func() time.Time // the clock
}

// Bot turns requests into replies. It is safe for concurrent use.
type Bot struct {
	config Config
	byName map[string]Command
}

// New returns a Bot. It panics when two commands share a name or the default
// is not among them, which is a mistake in the program.
func New(c Config) *Bot {
	if c.Deadline == 0 {
		c.Deadline = Deadline
	}
	b := &Bot{config: c, byName: map[string]Command{}}
	for _, cmd := range c.Commands {
		if _, twice := b.byName[cmd.Name]; twice {
			panic("bot: two commands named " + cmd.Name)
		}
		b.byName[cmd.Name] = cmd
	}
	if _, ok := b.byName[c.Default]; !ok {
		panic("bot: no command named " + c.Default)
	}
	return b
}

// Answer replies to a request. It never fails: what goes wrong inside becomes
// a reply that says so, and a reference for the log.
func (b *Bot) Answer(ctx context.Context, q Request) Reply {
	start := b.config.Now()
	if q.At.IsZero() {
		q.At = start
	}
	name, reply := b.answer(ctx, q)
	if !q.Again {
		b.config.Log.Info("answered", "platform", q.Platform, "command", name,
			"outcome", string(reply.Outcome), "ms", b.config.Now().Sub(start).Milliseconds())
	}
	return reply
}

// Alone returns a command line that gives the reply r to q without what was
// said before, so that a button can carry it; empty when there is none. Lines
// that do not fit the button are not tried.
func (b *Bot) Alone(ctx context.Context, q Request, r Reply, fits func(line string) bool) string {
	q.Previous, q.Again = "", true
	if b.Acts(q.Line) || r.Private {
		return ""
	}
	for _, line := range []string{q.Line, r.Subject} {
		q.Line = line
		if fits(line) && reflect.DeepEqual(b.Answer(ctx, q), r) {
			return line
		}
	}
	return ""
}

func (b *Bot) answer(ctx context.Context, q Request) (string, Reply) {
	line, err := clean(q.Line)
	if err != nil {
		return "", b.failed(err)
	}
	q.Line = line
	if err := checkValues(q.Values); err != nil {
		return "", b.failed(err)
	}
	cmd, args := b.find(line)
	deadline := b.config.Deadline
	if q.Values != nil || cmd.Slow != nil && cmd.Slow(args) {
		deadline = SlowDeadline
	}
	ctx, cancel := context.WithTimeout(ctx, deadline)
	defer cancel()
	reply, err := run(ctx, cmd, Input{Request: q, Args: args})
	if err != nil {
		reply = b.failed(err)
	}
	return cmd.Name, reply
}

// Slow reports whether a line, as typed, may take seconds.
func (b *Bot) Slow(line string) bool {
	cmd, args := b.command(line)
	return cmd.Slow != nil && cmd.Slow(args)
}

// Acts reports whether a line, as typed, changes something, so that it must
// not be run a second time for one request.
func (b *Bot) Acts(line string) bool {
	cmd, _ := b.command(line)
	return cmd.Acts
}

// command is the command that Answer would run for a line: none for a line
// that is refused before.
func (b *Bot) command(line string) (Command, string) {
	cleaned, err := clean(line)
	if err != nil {
		return Command{}, ""
	}
	return b.find(cleaned)
}

// run runs a command until its context ends. A command that goes on after that
// is left behind: the asker is told in time that there is no answer.
func run(ctx context.Context, cmd Command, in Input) (Reply, error) {
	type result struct {
		reply Reply
		err   error
	}
	done := make(chan result, 1)
	go func() {
		var r result
		defer func() {
			if p := recover(); p != nil {
				r = result{err: fmt.Errorf("panic in %s: %v\n%s", cmd.Name, p, debug.Stack())}
			}
			done <- r
		}()
		r.reply, r.err = cmd.Run(ctx, in)
	}()
	select {
	case r := <-done:
		return r.reply, r.err
	case <-ctx.Done():
		return Reply{}, fmt.Errorf("answer in time: %s: %w", cmd.Name, ctx.Err())
	}
}

// find splits a line into its command and the rest. A leading "/io" is
// forgiven, and a line that starts with no command, or goes on as no line of
// that command does ("help, the leg is swelling"), is for the default one.
func (b *Bot) find(line string) (Command, string) {
	line = strings.TrimSpace(line)
	if rest, ok := strings.CutPrefix(line, "/io"); ok && (rest == "" || rest[0] == ' ') {
		line = strings.TrimSpace(rest)
	}
	word, rest, _ := strings.Cut(line, " ")
	rest = strings.TrimSpace(rest)
	if cmd, ok := b.byName[strings.ToLower(word)]; ok && cmd.takes(rest) {
		return cmd, rest
	}
	return b.byName[b.config.Default], line
}

// failed turns an error into a reply. Only a VisibleError shows its text.
func (b *Bot) failed(err error) Reply {
	var visible VisibleError
	if errors.As(err, &visible) {
		return Reply{Outcome: Refused, Title: "Please ask again", Blocks: []Block{Lead{visible.Error()}}}
	}
	ref := rand.Text()[:6]
	b.config.Log.Error("answer", "ref", ref, "err", err)
	return Reply{
		Outcome: Failed,
		Title:   "No answer",
		Blocks: []Block{
			Lead{"Something went wrong here, so there is no answer. Use your local protocol."},
			Note{"Tell your administrator the reference " + ref + "."},
		},
	}
}
