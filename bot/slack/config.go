package slack

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"time"

	"iobot/bot"
	"iobot/bot/platform"
)

// Config is what an App is made of. Bot, Log and Now are needed always, and
// either BotToken or OAuth; the secrets in HTTP mode, AppToken in Socket Mode.
type Config struct {
	Bot      *bot.Bot
	APIURL   string   // of the Web API, with a slash at its end
	Secrets  []string // signing secrets; two while one is being replaced
	BotToken string   // xoxb-…; of a single workspace
	OAuth    *OAuth   // for many workspaces instead; nil for a single one
	AppToken string   // xapp-…
	Rates    Rates

	// Drugs returns the names of drugs for what was typed, the best first, and
	// Uses what a drug is given for; of all drugs when drug is empty. Nil
	// completes nothing.
	Drugs func(typed string) []string
	Uses  func(drug, typed string) []string

	// Live tells one state of the knowledge from another; it returns something
	// comparable that differs whenever an answer could. Nil, the function or
	// its result, means that every answer is made anew.
	Live func() any

	// Examples are the questions on the bot's page. Areas says how far the
	// knowledge is reviewed, area by area; nil says nothing.
	Examples []bot.Choice
	Areas    func() []bot.Field

	// Images is how pictures and files reach Slack, Assets where they come
	// from, and AssetURL, with ImagesURL, the public address of their folder,
	// with a slash at its end. HomePicture is on the bot's page; nil for none.
	Images      Images
	Assets      bot.Assets
	AssetURL    string
	HomePicture func() bot.Picture

	// Desk returns what somebody who looks after the knowledge can do now; none
	// for all others. Nil has nobody.
	Desk func(ctx context.Context, tenant, user string) []bot.Choice

	// Posted is told of every answer that others than the asker see, with the
	// place that Correct takes. Nil wants to know of none.
	Posted func(ctx context.Context, at bot.Place, r bot.Reply)

	// Observe is told of every delivery from Slack: how it came ("command",
	// "interaction", "event"), what became of it, and how long that took.
	Observe func(came, became string, took time.Duration)

	Log *slog.Logger
	Now func() time.Time

	wait waiter // what waits before another try; tests set it
}

// check returns the signing secrets, or what is missing.
func (c Config) check() ([][]byte, error) {
	switch {
	case c.Bot == nil || c.Log == nil || c.Now == nil:
		return nil, errors.New("set up Slack: a bot, a log and a clock are needed")
	case !strings.HasPrefix(c.APIURL, "http") || !strings.HasSuffix(c.APIURL, "/"):
		return nil, errors.New("set up Slack: the API address must begin with http and end with a slash")
	case c.OAuth == nil && len(strings.TrimSpace(c.BotToken)) < minToken:
		return nil, errors.New("set up Slack: the bot token is empty or too short; it begins with xoxb-")
	}
	if err := c.checkImages(); err != nil {
		return nil, err
	}
	if c.OAuth != nil {
		if err := c.OAuth.check(); err != nil {
			return nil, err
		}
	}
	list := make([][]byte, 0, len(c.Secrets))
	for i, s := range c.Secrets {
		if len(strings.TrimSpace(s)) < minSecret {
			return nil, fmt.Errorf("set up Slack: signing secret %d is empty or shorter than %d characters", i+1, minSecret)
		}
		list = append(list, []byte(s))
	}
	return list, nil
}

// withDefaults fills in what does nothing where nothing was given.
func (c Config) withDefaults() Config {
	if c.Observe == nil {
		c.Observe = func(string, string, time.Duration) {}
	}
	if c.Drugs == nil {
		c.Drugs = func(string) []string { return nil }
	}
	if c.Uses == nil {
		c.Uses = func(string, string) []string { return nil }
	}
	if c.Live == nil {
		c.Live = func() any { return nil }
	}
	if c.Desk == nil {
		c.Desk = func(context.Context, string, string) []bot.Choice { return nil }
	}
	if c.HomePicture == nil {
		c.HomePicture = func() bot.Picture { return bot.Picture{} }
	}
	if c.Areas == nil {
		c.Areas = func() []bot.Field { return nil }
	}
	if c.wait == nil {
		c.wait = platform.Wait
	}
	return c
}

// minToken is the shortest token in bytes that is accepted.
const minToken = 8
