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
	if err != nil {
		return a.outdated(ctx, i, act.Line)
	}
	if i.View.ID != "" && (act.Verb == Run || act.Verb == Part) {
		return a.runInView(ctx, i, act)
	}
	switch act.Verb {
	case Run:
		return a.run(ctx, i, act.Line)
	case Part:
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
	return nil
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
// which stays: what somebody reads does not go away under their eyes.
func (a *App) run(ctx context.Context, i interaction, line string) error {
	return a.tell(ctx, i, a.ask(ctx, a.requestOf(i, line), i.conversation(), i.audience()))
}

// turnTo shows another part of a reply: in place of the first one where that
// takes it from nobody else, otherwise to whoever tapped.
func (a *App) turnTo(ctx context.Context, i interaction, act Action) error {
	reply, ok := a.answer(ctx, a.requestOf(i, act.Line))
	if !ok {
		return a.tell(ctx, i, tooMuch(act.Line))
	}
	m := Render(reply, Card{Line: act.Line, Part: act.Number, Audience: i.audience()})
	if i.own() {
		m.ReplaceOriginal = true
		return a.reply(ctx, i, m)
	}
	return a.tell(ctx, i, m)
}

// share shows the reply to the channel, made anew from the live knowledge and
// without the words of whoever asked. It happens once for a card, however
// often the button is tapped.
func (a *App) share(ctx context.Context, i interaction, line string) error {
	once := "share/" + i.card()
	if !a.seen.First(once, a.config.Now()) {
		return nil
	}
	reply, ok := a.answer(ctx, a.requestOf(i, line))
	switch {
	case !ok:
		a.seen.Forget(once)
		return a.tell(ctx, i, tooMuch(line))
	case reply.Outcome != bot.Answer:
		a.seen.Forget(once)
		return a.tell(ctx, i, Render(reply, Card{Line: line}))
	}
	err := a.reply(ctx, i, toChannel(reply, i.User.Name))
	switch {
	case err == nil:
		return a.reply(ctx, i, SharedCard(reply, i.User.Name))
	case errors.Is(err, errUnsure):
		return errors.Join(err, a.tell(ctx, i, NotSent("It is not certain that the answer was shared. Slack gave no clear answer. Look at the channel before you share it again.")))
	}
	a.seen.Forget(once)
	return errors.Join(err, a.tell(ctx, i, NotSent("The answer could not be shared here. Slack did not take it, so the channel does not see it. Share it again in a moment.")))
}

// toChannel is an answer as a channel sees it. Its subject is a command line
// of ours, not what somebody typed.
func toChannel(r bot.Reply, by string) Message {
	r.Shared = true
	return Render(r, Card{Line: r.Subject, Audience: Shared, By: by})
}

// sendOn sends the reply to the direct messages of whoever tapped, once.
func (a *App) sendOn(ctx context.Context, i interaction, line string) error {
	once := "send/" + i.card()
	if !a.seen.First(once, a.config.Now()) {
		return nil
	}
	reply, ok := a.answer(ctx, a.requestOf(i, line))
	if !ok {
		a.seen.Forget(once)
		return a.tell(ctx, i, tooMuch(line))
	}
	err := a.post(ctx, i.place(), i.User.ID, "", Render(reply, Card{Line: line, Audience: Open}))
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
		return a.post(ctx, i.place(), i.User.ID, "", m)
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

// post sends a message into a channel, or to a person's direct messages.
func (a *App) post(ctx context.Context, p place, channel, thread string, m Message) error {
	options := []slack.MsgOption{
		slack.MsgOptionText(m.Text, false), slack.MsgOptionBlocks(m.Blocks...),
		slack.MsgOptionDisableLinkUnfurl(), slack.MsgOptionDisableMediaUnfurl(), slack.MsgOptionDisableMarkdown(),
	}
	if thread != "" {
		options = append(options, slack.MsgOptionTS(thread))
	}
	err := a.call(ctx, p, func(api *slack.Client) error {
		_, _, err := api.PostMessageContext(ctx, channel, options...)
		return err
	})
	if err != nil {
		return fmt.Errorf("send a message: %w", err)
	}
	return nil
}
