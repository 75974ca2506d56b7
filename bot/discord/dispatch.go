package discord

import (
	"context"
	"errors"

	"github.com/bwmarrin/discordgo"

	"iobot/bot"
	"iobot/bot/platform"
)

// errSeen is returned for an interaction that was answered before.
var errSeen = errors.New("interaction seen before")

// receive answers the raw bytes of an interaction that is known to be
// Discord's. Both transports come here. An error means that there is nothing
// to answer.
func (a *App) receive(ctx context.Context, body []byte) (response, error) {
	start := a.config.Now()
	i, err := parseInteraction(body)
	switch {
	case errors.Is(err, errMalformed):
		return response{}, err
	case i.Type == discordgo.InteractionPing:
		return response{Type: discordgo.InteractionResponsePong}, nil
	case i.ID != "" && !a.seen.First("interaction/"+i.ID, start):
		return response{}, errSeen
	case err != nil:
		r := failed(i.Type)
		r.id, r.token = i.ID, i.Token
		return r, nil
	}
	var r response
	if err := platform.Safely(func() error { r = a.dispatch(ctx, i); return nil }); err != nil {
		a.config.Log.Error("answer", "err", err)
		r = failed(i.Type)
	}
	r.id, r.token = i.ID, i.Token
	a.config.Observe(kindOf(i), r.as, a.config.Now().Sub(start))
	return r, nil
}

func kindOf(i interaction) string {
	switch i.Type {
	case discordgo.InteractionApplicationCommand:
		return "command"
	case discordgo.InteractionMessageComponent:
		return "component"
	case discordgo.InteractionApplicationCommandAutocomplete:
		return "autocomplete"
	case discordgo.InteractionModalSubmit:
		return "form"
	}
	return "other"
}

func (a *App) dispatch(ctx context.Context, i interaction) response {
	switch i.Type {
	case discordgo.InteractionApplicationCommand:
		return a.command(ctx, i)
	case discordgo.InteractionMessageComponent:
		return a.tap(ctx, i)
	case discordgo.InteractionApplicationCommandAutocomplete:
		return a.complete(i)
	case discordgo.InteractionModalSubmit:
		return a.submitted(ctx, i)
	}
	return outdated()
}

// command answers /io and "Ask iobot".
func (a *App) command(ctx context.Context, i interaction) response {
	if i.data.Type == discordgo.MessageApplicationCommand && i.data.Name == menuName {
		q := i.data.question()
		if q == "" {
			return say("Nothing to answer", "This message holds no text. Ask with /io ask.")
		}
		return a.ask(ctx, i, a.request(i, "ask "+q)) // it may begin with the name of another command
	}
	l, err := i.data.commandLine(a.config.Commands)
	var visible bot.VisibleError
	switch {
	case errors.As(err, &visible):
		return say("Please ask again", visible.Error())
	case err != nil:
		return outdated()
	}
	return a.ask(ctx, i, a.request(i, l))
}

// ask answers a line: with a form where the reply asks for one, otherwise with
// a message of its own.
func (a *App) ask(ctx context.Context, i interaction, q bot.Request) response {
	if a.config.Bot.Slow(q.Line) {
		return a.later(i, discordgo.InteractionResponseDeferredChannelMessageWithSource, q, 0)
	}
	r, c := a.work(ctx, i, q)
	if r.Form != nil && i.Type != discordgo.InteractionModalSubmit { // a form cannot answer a form
		if form, ok := openForm(r, above(r)...); ok {
			return form
		}
	}
	return a.deliver(ctx, i, show, r, c)
}

// work answers a line in the conversation of its asker, and says how the
// answer is shown.
func (a *App) work(ctx context.Context, i interaction, q bot.Request) (bot.Reply, card) {
	r, alone := a.converse(ctx, q)
	c := a.card(i, alone)
	if r.Private || a.config.Bot.Acts(q.Line) {
		c.audience, c.shareable = private, false
	}
	return r, c
}

func (a *App) request(i interaction, l string) bot.Request {
	return bot.Request{
		Platform: "discord", Tenant: i.server(), Channel: i.Channel, User: i.user(), Line: l, At: a.config.Now(),
	}
}

// hides reports whether the answer to a line is for its asker's eyes only.
func (a *App) hides(i interaction, l string) bool { return !i.direct() || a.config.Bot.Acts(l) }

// card is how an answer to an interaction is shown.
func (a *App) card(i interaction, l string) card {
	c := card{line: l, shareable: i.shareable(), education: a.config.Education(i.Guild)}
	if i.direct() {
		c.audience = open
	}
	return c
}
