package discord

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"

	"github.com/bwmarrin/discordgo"

	"iobot/bot"
)

// share shows an answer to everybody in the channel, made anew from the live
// knowledge and without the words of whoever asked. The private card loses its
// button first, so that it happens once.
func (a *App) share(ctx context.Context, i interaction, l string) response {
	once := "share/" + i.Message.ID + "/" + i.user()
	if i.Message.ID != "" && !a.seen.First(once, a.config.Now()) {
		return response{Type: discordgo.InteractionResponseDeferredMessageUpdate, as: "ignored"}
	}
	q := a.request(i, l)
	reply := a.answer(ctx, q)
	mine := a.card(i, l)
	everybody, line := a.impersonal(ctx, q, reply)
	switch {
	case reply.Outcome != bot.Answer || !mine.shareable:
		a.seen.Forget(once)
		return show(render(reply, mine))
	case line == "":
		return say("Not shared", "This answer belongs to your own words, so it stays private. Share the answer of one of its buttons.")
	}
	everybody.Shared = true
	public := card{line: line, audience: shared, by: i.user(), education: mine.education}
	quiet := mine
	quiet.shareable = false
	return a.deliver(ctx, i, replace, reply, quiet).then(func(ctx context.Context) error {
		err := a.publish(ctx, i, everybody, public)
		if err == nil {
			return nil
		}
		a.seen.Forget(once)
		return errors.Join(fmt.Errorf("share: %w", err), a.api.editOriginal(ctx, i.Token, render(notShared(reply, err), mine)))
	})
}

// publish shows a reply to everybody in the channel, with its pictures, and
// has it remembered.
func (a *App) publish(ctx context.Context, i interaction, r bot.Reply, c card) error {
	var missing error
	if i.attaches() {
		c.uploads, missing = a.fetch(ctx, r, i.largest())
	}
	p, err := a.api.followUp(ctx, i.Token, render(r, c))
	if err != nil {
		return err
	}
	if r.Outcome == bot.Answer && len(r.Entries) > 0 && p.ID != "" {
		a.config.Posted(ctx, bot.Place{Platform: "discord", Tenant: i.Guild, Channel: cmp.Or(p.Channel, i.Channel), Message: p.ID}, r)
	}
	if missing != nil {
		a.config.Log.Error("share pictures", "err", missing)
	}
	return nil
}

// impersonal makes an answer anew from a line that holds nothing of what the
// asker typed, and returns both; no line when none gives the same answer.
func (a *App) impersonal(ctx context.Context, q bot.Request, r bot.Reply) (bot.Reply, string) {
	lines := []string{r.Subject}
	if len(r.Entries) > 0 {
		lines = append(lines, "ask "+r.Entries[0])
	}
	for _, l := range lines {
		if q.Line = l; l == "" || a.config.Bot.Acts(l) {
			continue
		}
		if again := a.config.Bot.Answer(ctx, q); again.Outcome == r.Outcome && again.Title == r.Title && !again.Private {
			return again, l
		}
	}
	return r, ""
}

// notShared puts on top of a reply that the channel does not see it.
func notShared(r bot.Reply, err error) bot.Reply {
	text := "Discord did not take this, so the channel does not see it. Share it again in a moment."
	var refused refusal
	if !errors.As(err, &refused) || refused.status >= http.StatusInternalServerError {
		text = "It is not certain that the channel sees this. Look there before you share it again."
	}
	return withNote(r, text)
}
