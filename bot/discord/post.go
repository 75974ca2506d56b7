package discord

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"github.com/bwmarrin/discordgo"

	"iobot/bot"
)

// App posts what nobody asked for just now.
var _ bot.Poster = (*App)(nil)

var (
	errNoToken = bot.Permanent{Err: errors.New("post to Discord: the bot token is needed; set discord.bot_token")}
	errNowhere = bot.Permanent{Err: errors.New("post to Discord: the place is not a channel, a person or a message there")}
)

// Post sends a reply to a channel, or to the direct messages of a person. The
// error is bot.Permanent when the place is gone or the bot is not let in.
func (a *App) Post(ctx context.Context, to bot.Place, r bot.Reply) error {
	channel, err := a.channel(ctx, to)
	if err != nil {
		return fmt.Errorf("post: %w", err)
	}
	c := a.postedCard(to, r, open)
	c.uploads = a.pictures(ctx, r)
	for _, m := range append([]message{render(r, c)}, further(r, c)...) {
		if _, err := a.api.create(ctx, channel, m); err != nil {
			return fmt.Errorf("post: %w", permanent(err))
		}
	}
	return nil
}

// Correct shows a reply in the place of a message that the bot posted, and
// answers that message so that people look at it again. Where the message
// cannot be changed, the answer holds the reply.
func (a *App) Correct(ctx context.Context, at bot.Place, r bot.Reply) error {
	channel, err := a.channel(ctx, at)
	switch {
	case err != nil:
		return fmt.Errorf("correct: %w", err)
	case !isSnowflake(at.Message):
		return fmt.Errorf("correct: %w", errNowhere)
	}
	c := a.postedCard(at, r, shared)
	c.uploads = a.pictures(ctx, r)
	news := []message{render(corrected(), card{audience: shared})}
	_, err = a.api.post(ctx, http.MethodPatch, discordgo.EndpointChannelMessage(channel, at.Message), render(r, c).edit())
	switch {
	case hopeless(err):
		news = []message{render(withNote(r, "This takes the place of an answer that was posted here before and is no longer right."), c)}
	case err != nil:
		return fmt.Errorf("correct: %w", permanent(err))
	}
	news[0].Reference = &reference{Message: at.Message}
	for _, m := range append(news, further(r, c)...) {
		if _, err := a.api.create(ctx, channel, m); err != nil {
			return fmt.Errorf("correct: %w", permanent(err))
		}
	}
	return nil
}

// corrected stands below a message that was changed.
func corrected() bot.Reply {
	return bot.Reply{Outcome: bot.Refused, Title: "This answer was corrected", Blocks: []bot.Block{
		bot.Lead{Text: "What the answer above was made from has changed, so it now says something else. Read it again before you use it."},
	}}
}

// postedCard is how a reply is shown where nobody asked for it. Its pages turn
// by the line of its subject; without one they are all posted.
func (a *App) postedCard(at bot.Place, r bot.Reply, who audience) card {
	c := card{audience: who, education: a.config.Education(at.Tenant)}
	if !r.Private && !a.config.Bot.Acts(r.Subject) {
		c.line = r.Subject
	}
	return c
}

// pictures are those of a reply that can be had. The reply is whole without.
func (a *App) pictures(ctx context.Context, r bot.Reply) []upload {
	list, err := a.fetch(ctx, r, defaultFile)
	if err != nil {
		a.config.Log.Error("post pictures", "err", err)
	}
	return list
}

// channel is the id of the channel of a place. For a person it is that of
// their direct messages.
func (a *App) channel(ctx context.Context, p bot.Place) (string, error) {
	switch {
	case a.config.Token == "":
		return "", errNoToken
	case isSnowflake(p.Channel):
		return p.Channel, nil
	case p.Channel != "" || !isSnowflake(p.User):
		return "", errNowhere
	}
	text, err := a.api.call(ctx, http.MethodPost, discordgo.EndpointUserChannels("@me"), map[string]string{"recipient_id": p.User})
	if err != nil {
		return "", permanent(err)
	}
	var opened struct {
		ID string `json:"id"`
	}
	if err := json.Unmarshal(text, &opened); err != nil || !isSnowflake(opened.ID) {
		return "", errors.New("open direct messages: no channel in the answer")
	}
	return opened.ID, nil
}

// isSnowflake reports whether a text is an id of Discord's, and nothing that
// could change the address it becomes a part of.
func isSnowflake(id string) bool {
	return id != "" && len(id) <= 20 && strings.Trim(id, "0123456789") == ""
}

// permanent marks an error after which trying again is of no use.
func permanent(err error) error {
	if hopeless(err) {
		return bot.Permanent{Err: err}
	}
	return err
}
