package discord

import (
	"context"
	"time"

	"github.com/bwmarrin/discordgo"

	"iobot/bot"
)

// tap does what a button or menu is for.
func (a *App) tap(ctx context.Context, i interaction) response {
	value := ""
	if len(i.data.Values) > 0 {
		value = i.data.Values[0]
	}
	act, err := parseAction(i.data.CustomID, value)
	if err != nil {
		return outdated()
	}
	switch {
	case act.verb == run:
		return a.ask(ctx, i, a.request(i, act.line))
	case act.verb == enter:
		return a.fillIn(ctx, i, a.request(i, act.line))
	case act.verb == edit:
		return askAgain(act.line)
	case a.config.Bot.Acts(act.line): // what follows would run it once more
		return outdated()
	case act.verb == page:
		return a.turn(ctx, i, act)
	case act.verb == share:
		return a.share(ctx, i, act.line)
	}
	return outdated()
}

// turn shows another page of an answer: in the place of the first one where
// that takes it from nobody else, otherwise to whoever tapped.
func (a *App) turn(ctx context.Context, i interaction, act action) response {
	q := a.request(i, act.line)
	own := i.hidden() || i.direct()
	switch {
	case a.config.Bot.Slow(act.line) && own:
		return a.later(i, discordgo.InteractionResponseDeferredMessageUpdate, q, act.number)
	case a.config.Bot.Slow(act.line):
		return a.later(i, discordgo.InteractionResponseDeferredChannelMessageWithSource, q, act.number)
	}
	reply := a.answer(ctx, q)
	c := a.card(i, act.line)
	c.page, c.shareable = act.number, c.shareable && !reply.Private
	if reply.Outcome == bot.Answer && own {
		return a.deliver(ctx, i, replace, reply, c)
	}
	return a.deliver(ctx, i, show, reply, c)
}

// fillIn opens the form that a line asks for. What stands above its fields was
// read on the message with the button, so a long text of it is left out here.
func (a *App) fillIn(ctx context.Context, i interaction, q bot.Request) response {
	ctx, cancel := context.WithTimeout(ctx, answerTimeout-time.Second)
	defer cancel()
	r, c := a.work(ctx, i, q)
	if form, ok := openForm(r, append(above(r), "")...); ok {
		return form
	}
	return a.deliver(ctx, i, show, r, c)
}

// submitted answers a form.
func (a *App) submitted(ctx context.Context, i interaction) response {
	l, values, err := i.data.filled()
	switch {
	case err != nil:
		return outdated()
	case l != "":
		q := a.request(i, l)
		q.Values = values
		return a.ask(ctx, i, q)
	}
	if l = line(i.data.typed(lineInput)); l == "" {
		return say("Nothing to answer", "The form was empty. Ask with /io ask.")
	}
	return a.ask(ctx, i, a.request(i, l))
}
