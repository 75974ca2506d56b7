package main

import (
	"context"
	"errors"
	"strings"

	"github.com/spf13/cobra"

	"iobot/bot"
	"iobot/bot/console"
)

// chatOptions are the flags of `iobot chat`.
type chatOptions struct {
	config string
	as     string // account to talk as: PLATFORM:WORKSPACE/USER
}

func chatCommand(w world) *cobra.Command {
	var o chatOptions
	c := &cobra.Command{
		Use:   "chat [flags]",
		Short: "Chat in the terminal over the built-in knowledge",
		Long: "Chat in the terminal, over the built-in knowledge unless the settings name another.\n" +
			"With an account that has a role in the settings, the knowledge can be changed from here.",
		Example: "  iobot chat\n  iobot chat --config iobot.yaml --as slack:T0001/U0001",
		Args:    noArguments,
		RunE:    func(c *cobra.Command, _ []string) error { return chat(c.Context(), o, w) },
	}
	c.Flags().StringVar(&o.config, "config", "", "settings file")
	c.Flags().StringVar(&o.as, "as", "", "account to talk as, such as slack:T0001/U0001")
	return c
}

// chat talks with whoever is at the terminal.
func chat(ctx context.Context, o chatOptions, w world) (err error) {
	who, err := asker(o.as)
	if err != nil {
		return usageError{err}
	}
	p, err := load(ctx, o.config, w)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, p.finish(context.WithoutCancel(ctx))) }()
	c := &console.Chat{Bot: p.bot, Who: who, Complete: p.complete, Style: style(w), Media: media(w, p.assets)}
	return c.Run(ctx, w.in, w.out)
}

// asker is the request of an account, without its line; nobody's when the
// account is empty.
func asker(account string) (bot.Request, error) {
	if account == "" {
		return bot.Request{Platform: "console"}, nil
	}
	if !isAccount(account) {
		return bot.Request{}, errors.New("--as takes slack:WORKSPACE/USER or discord:GUILD/USER")
	}
	platform, rest, _ := strings.Cut(account, ":")
	tenant, user, _ := strings.Cut(rest, "/")
	return bot.Request{Platform: platform, Tenant: tenant, User: user}, nil
}
