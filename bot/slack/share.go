package slack

import (
	"context"
	"errors"
	"fmt"

	"github.com/slack-go/slack"

	"iobot/bot"
)

// tap does what a button of a card is for.
func (a *App) tap(ctx context.Context, i interaction, tapped actionIn) error {
	act, err := ParseAction(tapped.ActionID, tapped.Value)
	switch {
	case err != nil:
		return a.outdated(ctx, i, act.Line)
	case a.acts(act.Line) && (act.Verb == Part || act.Verb == Share || act.Verb == Send):
		return a.outdated(ctx, i, act.Line) // no card of ours has it: it would do something again
	case a.again(i, act):
		return nil
	case i.View.ID != "" && (act.Verb == Run || act.Verb == Part || act.Verb == Kept):
		return a.runInView(ctx, i, act)
	}
	switch act.Verb {
	case Run:
		return a.run(ctx, i, act.Line)
	case Part, Kept:
		return a.turnTo(ctx, i, act)
	case Share:
		return a.share(ctx, i, act.Line)
	case Send:
		return a.sendOn(ctx, i, act.Line)
	case Dismiss:
		return a.reply(ctx, i, Message{DeleteOriginal: true})
	case Calculator:
		return a.openForm(ctx, i)
	}
	return nil // Slack opens an address by itself
}

// outdated says what to type instead of tapping an old button.
func (a *App) outdated(ctx context.Context, i interaction, line string) error {
	m := Outdated(line)
	if i.own() {
		return a.reply(ctx, i, m)
	}
	m.ReplaceOriginal = false // others see that card, too
	return a.tell(ctx, i, m)
}

// run asks the command line of a button and shows the answer beside the card,
// which stays: what somebody reads does not go away under their eyes. A form
// opens in a window.
func (a *App) run(ctx context.Context, i interaction, line string) error {
	if a.slow(line) {
		var cancel context.CancelFunc
		ctx, cancel = patient(ctx)
		defer cancel()
		if err := a.tell(ctx, i, Render(working(), Card{Audience: Open})); err != nil {
			return err
		}
	}
	reply, card := a.ask(ctx, a.requestOf(i, line), i.conversation(), i.audience())
	if reply.Form != nil {
		return a.openFill(ctx, i, reply, card)
	}
	return a.tellReply(ctx, i, reply, card)
}

// turnTo shows another part of a reply: in place of the first one where that
// takes it from nobody else, otherwise to whoever tapped.
func (a *App) turnTo(ctx context.Context, i interaction, act Action) error {
	reply, card := a.part(ctx, i, act)
	card.Audience = i.audience()
	_, err := a.show(i.place(), reply, card, func(m Message) error {
		if i.own() {
			m.ReplaceOriginal = true
			return a.reply(ctx, i, m)
		}
		return a.tell(ctx, i, m)
	})
	return err
}

// part is the reply that a button asks for, turned to the part that it names.
func (a *App) part(ctx context.Context, i interaction, act Action) (bot.Reply, Card) {
	if act.Verb == Kept {
		reply, ok := a.kept.Get(act.Line, a.config.Now())
		if !ok {
			return notKept(), Card{}
		}
		return reply, Card{Kept: act.Line, Part: act.Number, Links: a.pictures.links(reply.Files)}
	}
	q := a.requestOf(i, act.Line)
	q.Again = act.Verb == Part
	reply, ok := a.answer(ctx, q)
	if !ok {
		return busy(act.Line), Card{}
	}
	card := a.cardOf(ctx, q, reply, Private)
	card.Part = act.Number
	return reply, card
}

// share shows the reply to the channel, made anew from the live knowledge and
// without the words of whoever asked. It happens once for a card, however
// often the button is tapped.
func (a *App) share(ctx context.Context, i interaction, line string) error {
	once := "share/" + i.card()
	if !a.seen.First(once, a.config.Now()) {
		return nil
	}
	reply, ok := a.answer(ctx, anew(a.requestOf(i, line)))
	switch {
	case !ok:
		a.seen.Forget(once)
		return a.tell(ctx, i, tooMuch(line))
	case reply.Outcome != bot.Answer || reply.Private:
		a.seen.Forget(once)
		return a.tell(ctx, i, Render(reply, Card{Line: line}))
	}
	note, err := a.publish(ctx, i, reply)
	switch {
	case err == nil:
		return a.reply(ctx, i, SharedCard(reply, i.User.Name, note))
	case errors.Is(err, errUnsure):
		return errors.Join(err, a.tell(ctx, i, NotSent("It is not certain that the answer was shared. Slack gave no clear answer. Look at the channel before you share it again.")))
	}
	a.seen.Forget(once)
	return errors.Join(err, a.tell(ctx, i, NotSent("The answer could not be shared here. Slack did not take it, so the channel does not see it. Share it again in a moment.")))
}

// sendOn sends the reply to the direct messages of whoever tapped, once.
func (a *App) sendOn(ctx context.Context, i interaction, line string) error {
	once := "send/" + i.card()
	if !a.seen.First(once, a.config.Now()) {
		return nil
	}
	q := anew(a.requestOf(i, line))
	reply, ok := a.answer(ctx, q)
	if !ok {
		a.seen.Forget(once)
		return a.tell(ctx, i, tooMuch(line))
	}
	_, err := a.postReply(ctx, i.place(), sent{channel: i.User.ID}, reply, a.cardOf(ctx, q, reply, Open), false)
	if err == nil && i.ResponseURL != "" {
		return a.tell(ctx, i, Sent())
	}
	if err == nil {
		return nil // in a window there is nowhere to say so
	}
	a.seen.Forget(once)
	return errors.Join(err, a.tell(ctx, i, NotSent("The answer could not be sent to you. Slack did not take it, so it is not in your direct messages. Try again in a moment.")))
}

// tell shows a message to whoever tapped, and to nobody else unless the
// conversation is theirs alone.
func (a *App) tell(ctx context.Context, i interaction, m Message) error {
	m.ResponseType = slack.ResponseTypeEphemeral
	if i.direct() {
		m.ResponseType = slack.ResponseTypeInChannel
	}
	if i.ResponseURL == "" {
		_, err := a.post(ctx, i.place(), i.User.ID, "", m)
		return err
	}
	return a.reply(ctx, i, m)
}

// reply posts to the response_url of a tap.
func (a *App) reply(ctx context.Context, i interaction, m Message) error {
	if err := a.hooks.post(ctx, i.ResponseURL, delivery{Message: m, Thread: i.Container.ThreadTS}); err != nil {
		return fmt.Errorf("answer a tap: %w", err)
	}
	return nil
}
