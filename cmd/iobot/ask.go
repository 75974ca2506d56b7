package main

import (
	"context"
	"errors"
	"os"
	"runtime/debug"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"iobot/bot"
	"iobot/bot/console"
)

// askOptions are the flags of `iobot ask`.
type askOptions struct {
	json, batch bool
	config      string
	as          string // account to ask as: PLATFORM:WORKSPACE/USER
}

func askCommand(w world) *cobra.Command {
	var o askOptions
	c := &cobra.Command{
		Use:     "ask [flags] WORDS…",
		Short:   "Answer one question and exit",
		Example: "  iobot ask dose adrenaline 12 kg\n  iobot ask site 8 months\n  iobot ask why flush",
		RunE:    func(c *cobra.Command, words []string) error { return askOnce(c.Context(), o, words, w) },
	}
	// What follows the first word is the question, so "-5 kg" is no flag.
	c.Flags().SetInterspersed(false)
	c.Flags().BoolVar(&o.json, "json", false, "print the reply as JSON")
	c.Flags().BoolVar(&o.batch, "batch", false, "read one question a line and print one JSON reply a line")
	c.Flags().StringVar(&o.config, "config", "", "settings file")
	c.Flags().StringVar(&o.as, "as", "", "account to ask as, such as slack:T0001/U0001")
	return c
}

// askOnce answers the words as one question, or every line of standard input.
func askOnce(ctx context.Context, o askOptions, words []string, w world) error {
	q, err := o.request()
	if err != nil {
		return usageError{err}
	}
	if o.batch != (len(words) == 0) {
		return usageError{errors.New("write the question after ask, or one question a line with --json --batch")}
	}
	if o.batch && !o.json {
		return usageError{errors.New("--batch prints JSON: write --json --batch")}
	}
	if !o.batch {
		debug.SetGCPercent(oneAnswerGC)
	}
	p, err := load(o.config, w)
	if err != nil {
		return err
	}
	q.Line = strings.Join(words, " ")
	switch {
	case o.batch:
		return console.Batch(ctx, p.bot, q, w.in, w.out)
	case o.json:
		return console.AskJSON(ctx, p.bot, q, w.out)
	}
	return console.Ask(ctx, p.bot, q, style(w), w.out)
}

// oneAnswerGC lets a process that answers once and ends collect less often
// than Go's 100: a tenth of its time for 10 MiB.
const oneAnswerGC = 400

// request says who asks.
func (o askOptions) request() (bot.Request, error) {
	if o.as == "" {
		return bot.Request{Platform: "console"}, nil
	}
	if !isAccount(o.as) {
		return bot.Request{}, errors.New("--as takes slack:WORKSPACE/USER or discord:GUILD/USER")
	}
	platform, rest, _ := strings.Cut(o.as, ":")
	tenant, user, _ := strings.Cut(rest, "/")
	return bot.Request{Platform: platform, Tenant: tenant, User: user}, nil
}

// chat talks with whoever is at the terminal.
func chat(ctx context.Context, w world) error {
	p, err := load("", w)
	if err != nil {
		return err
	}
	c := &console.Chat{Bot: p.bot, Complete: p.complete, Style: style(w)}
	return c.Run(ctx, w.in, w.out)
}

// style is plain text, wrapped and coloured only where a person reads it.
func style(w world) console.Style {
	file, ok := w.out.(*os.File)
	if !ok || !term.IsTerminal(int(file.Fd())) {
		return console.Style{}
	}
	width, _, err := term.GetSize(int(file.Fd()))
	if err != nil {
		width = 0
	}
	color := w.getenv("NO_COLOR") == "" && w.getenv("TERM") != "dumb"
	return console.Style{Width: width, Color: color}
}
