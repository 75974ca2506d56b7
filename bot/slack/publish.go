package slack

import (
	"context"
	"fmt"

	"iobot/bot"
)

// cannotMend is what somebody has to know who shares to a channel that the bot
// is not in.
const cannotMend = "iobot is not in this channel. It cannot correct the answer there should the knowledge change; type /invite @iobot in the channel to let it."

// toChannel is an answer as a channel sees it. Its subject is a command line
// of ours, not what somebody typed.
func toChannel(r bot.Reply, by string) (bot.Reply, Card) {
	r.Shared = true
	return r, Card{Line: r.Subject, Audience: Shared, By: by}
}

// publish shows an answer to a channel: as a message of the bot's own, which
// it can correct later, or where it is not in the channel by the response_url,
// which it cannot. The note is for whoever shared. errUnsure means that the
// channel may see the answer; any other error that it does not.
func (a *App) publish(ctx context.Context, i interaction, r bot.Reply) (note string, err error) {
	reply, card := toChannel(r, i.User.Name)
	if a.pictures.mode == ImagesURL {
		card.Links = a.pictures.links(r.Files)
	}
	reply.Files = nil // a file that is sent stays with whoever asked for it
	_, err = a.postReply(ctx, i.place(), sent{channel: i.channel(), thread: i.Container.ThreadTS}, reply, card, true)
	switch {
	case err == nil:
		return "", nil
	case !notDone(err):
		return "", fmt.Errorf("share: %w: %w", errUnsure, err)
	}
	_, err = a.show(i.place(), reply, card, func(m Message) error { return a.reply(ctx, i, m) })
	if a.config.Posted != nil && len(r.Entries) > 0 {
		note = cannotMend
	}
	return note, err
}
