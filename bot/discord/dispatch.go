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
		return failed(i.Type), nil
	}
	var r response
	if err := platform.Safely(func() error { r = a.dispatch(ctx, i); return nil }); err != nil {
		a.config.Log.Error("answer", "err", err)
		r = failed(i.Type)
	}
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
		return a.ask(ctx, i, "ask "+q) // it may begin with the name of another command
	}
	l, err := i.data.commandLine(a.config.Commands)
	var visible bot.VisibleError
	switch {
	case errors.As(err, &visible):
		return say("Please ask again", visible.Error())
	case err != nil:
		return outdated()
	}
	return a.ask(ctx, i, l)
}

// ask answers a line with a message of its own.
func (a *App) ask(ctx context.Context, i interaction, l string) response {
	reply, alone := a.converse(ctx, a.request(i, l))
	return show(render(reply, a.card(i, alone)))
}

func (a *App) request(i interaction, l string) bot.Request {
	return bot.Request{
		Platform: "discord", Tenant: i.Guild, Channel: i.Channel, User: i.user(), Line: l, At: a.config.Now(),
	}
}

// card is how an answer to an interaction is shown.
func (a *App) card(i interaction, l string) card {
	c := card{line: l, shareable: i.shareable(), education: a.config.Education(i.Guild)}
	if i.direct() {
		c.audience = open
	}
	return c
}

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
	switch act.verb {
	case run:
		return a.ask(ctx, i, act.line)
	case page:
		return a.turn(ctx, i, act)
	case share:
		return a.share(ctx, i, act.line)
	case edit:
		return ask(act.line)
	}
	return outdated()
}

// turn shows another page of an answer: in the place of the first one where
// that takes it from nobody else, otherwise to whoever tapped.
func (a *App) turn(ctx context.Context, i interaction, act action) response {
	c := a.card(i, act.line)
	c.page = act.number
	reply := a.answer(ctx, a.request(i, act.line))
	if reply.Outcome == bot.Answer && (i.hidden() || i.direct()) {
		return replace(render(reply, c))
	}
	return show(render(reply, c))
}

// submitted answers the form.
func (a *App) submitted(ctx context.Context, i interaction) response {
	act, err := parseAction(i.data.CustomID, "")
	if err != nil || act.verb != form {
		return outdated()
	}
	text, ok := i.data.typed(lineInput)
	if text = line(text); !ok || text == "" {
		return say("Nothing to answer", "The form was empty. Ask with /io ask.")
	}
	return a.ask(ctx, i, text)
}
