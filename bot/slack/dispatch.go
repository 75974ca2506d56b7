package slack

import (
	"context"
	"errors"

	"github.com/slack-go/slack"

	"iobot/bot"
)

// Both transports, HTTP and the socket, come here: command, interaction and
// event. What these return goes back inside the answer to Slack. What has to
// be sent on its own is a job, started before they return.

// command answers /io. Nothing in it calls Slack.
func (a *App) command(ctx context.Context, c slashCommand) (any, error) {
	if c.SSLCheck == "1" {
		return nil, nil
	}
	if a.missing(ctx, c.place()) {
		return private(notInstalled(a.installer.installURL()))
	}
	q := a.request(c.place().key(), c.Channel, c.User, unescape(c.Text))
	slow := a.slow(q.Line)
	if !slow && !a.acts(q.Line) {
		return a.privately(ctx, q, c)
	}
	return a.single(ctx, "command/"+c.TriggerID+"/"+c.ResponseURL, func() (any, error) {
		if slow {
			return a.slowly(q, c)
		}
		return a.privately(ctx, q, c)
	})
}

// slowly says that a command is being worked on, and puts the answer in the
// place of that.
func (a *App) slowly(q bot.Request, c slashCommand) (any, error) {
	started := a.jobs.Start(func(ctx context.Context) error {
		ctx, cancel := patient(ctx)
		defer cancel()
		reply, card := a.ask(ctx, q, personal(q.Tenant, q.Channel, q.User), Private)
		m := Render(reply, card)
		m.ResponseType, m.ReplaceOriginal = slack.ResponseTypeEphemeral, true
		if err := a.config.wait(ctx, ackArrives); err != nil {
			return err
		}
		if err := a.hooks.post(ctx, c.ResponseURL, m); err != nil {
			_, again := a.post(ctx, c.place(), q.User, "", m) // whoever waits must learn how it ended
			return errors.Join(err, again)
		}
		return a.finish(ctx, q, c, reply, card)
	})
	if !started {
		return private(tooMuch(q.Line))
	}
	return private(Render(working(), Card{Audience: Open}))
}

func (a *App) interaction(ctx context.Context, i interaction) (any, error) {
	switch i.Type {
	case "block_suggestion":
		return a.options(i), nil
	case "view_submission":
		return a.submitted(ctx, i)
	}
	if !i.acts() {
		return nil, nil // nothing of ours; Slack wants no error for it
	}
	if i.TriggerID != "" && !a.seen.First("trigger/"+i.TriggerID, a.config.Now()) {
		return nil, nil
	}
	if !a.jobs.Start(func(ctx context.Context) error { return a.act(ctx, i) }) {
		a.seen.Forget("trigger/" + i.TriggerID)
		return nil, errFull
	}
	return nil, nil
}

// acts reports whether the bot has to call Slack for an interaction.
func (i interaction) acts() bool {
	return i.Type == "block_actions" || i.Type == "shortcut" || i.Type == "message_action"
}

// act does what a tap or a shortcut asks for.
func (a *App) act(ctx context.Context, i interaction) error {
	switch i.Type {
	case "shortcut":
		return a.openForm(ctx, i)
	case "message_action":
		return a.askAbout(ctx, i)
	}
	a.touched.Put(personal(i.team(), i.channel(), i.User.ID), a.config.Now(), a.config.Now())
	for _, tapped := range i.Actions {
		if err := a.tap(ctx, i, tapped); err != nil {
			return err
		}
	}
	return nil
}

// ask answers a request that belongs to a conversation, and says how the
// reply is shown.
func (a *App) ask(ctx context.Context, q bot.Request, talk string, who Audience) (bot.Reply, Card) {
	q.Previous, _ = a.subjects.Get(talk, q.At)
	reply, ok := a.answer(ctx, q)
	if !ok {
		return busy(q.Line), Card{}
	}
	if reply.Subject != "" {
		a.subjects.Put(talk, reply.Subject, q.At)
	}
	return reply, a.cardOf(ctx, q, reply, who)
}

// answer asks the bot. It reports false, and asks nothing, when the person,
// their workspace or the bot has too much to do.
func (a *App) answer(ctx context.Context, q bot.Request) (bot.Reply, bool) {
	if !a.limit.admit(q.Tenant, q.User, q.At) {
		return bot.Reply{}, false
	}
	return a.turn(ctx, q)
}

// turn asks the bot when it is its turn. What may take long, a slow line or a
// form, waits only for its like.
func (a *App) turn(ctx context.Context, q bot.Request) (bot.Reply, bool) {
	turns := a.turns
	if q.Values != nil || a.slow(q.Line) {
		turns = a.slowTurns
	}
	var r bot.Reply
	ok := turns.Take(ctx, func() { r = a.config.Bot.Answer(ctx, q) })
	return r, ok
}

// alone returns a command line that gives the reply without what was said
// before, so that a button can carry it; empty when there is none.
func (a *App) alone(ctx context.Context, q bot.Request, r bot.Reply) string {
	if q.Previous == "" {
		return q.Line
	}
	return a.config.Bot.Alone(ctx, q, r, func(line string) bool { return line != "" })
}

// request is a request made now.
func (a *App) request(team, channel, user, line string) bot.Request {
	return bot.Request{
		Platform: "slack", Tenant: team, Channel: channel, User: user, Line: line, At: a.config.Now(),
	}
}

// anew is a request for an answer that was given before.
func anew(q bot.Request) bot.Request {
	q.Again = true
	return q
}

// personal names the conversation of one person in one channel.
func personal(team, channel, user string) string { return team + "/" + channel + "/" + user }

// threaded names the conversation that a thread, or a direct message, is.
func threaded(team, channel, thread string) string { return team + "/" + channel + "#" + thread }
