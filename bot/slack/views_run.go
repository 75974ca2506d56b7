package slack

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"

	"iobot/bot"
)

// runInView asks the command line of a button on the bot's page, in a new
// window, or of one in a window, in its place.
func (a *App) runInView(ctx context.Context, i interaction, act Action) error {
	if act.Verb == Run && a.slow(act.Line) {
		return a.runSlow(ctx, i, act.Line)
	}
	reply, card := a.part(ctx, i, act)
	if reply.Form != nil {
		return a.openFill(ctx, i, reply, card)
	}
	with := card
	with.Images, _ = a.pictures.surely(reply)
	if err := a.window(ctx, i, ResultView(reply, with)); err != nil {
		return errors.Join(fmt.Errorf("show an answer in a window: %w", err), a.instead(ctx, i, reply, card))
	}
	return nil
}

// instead shows in a message what could not be shown in a window.
func (a *App) instead(ctx context.Context, i interaction, r bot.Reply, c Card) error {
	c.Audience = Open
	return a.tell(ctx, i, Render(noted(r, "This is here because Slack did not show it in a window."), c))
}

// runSlow is runInView for a line that may take seconds.
func (a *App) runSlow(ctx context.Context, i interaction, line string) error {
	ctx, cancel := patient(ctx)
	defer cancel()
	name := rand.Text()
	first := ResultView(working(), Card{Audience: Open})
	first.ExternalID = name
	shown := a.window(ctx, i, first)
	reply, card := a.part(ctx, i, Action{Verb: Run, Line: line})
	view := ResultView(reply, card)
	if reply.Form != nil {
		if form, err := fillView(reply, i.channel()); err == nil { // otherwise the result says what to type
			view = form
		}
	}
	if shown == nil {
		shown = a.replace(ctx, i, view, name)
	}
	if shown != nil {
		return errors.Join(shown, a.instead(ctx, i, reply, card))
	}
	return nil
}
