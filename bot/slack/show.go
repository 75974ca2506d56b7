package slack

import (
	"context"
	"fmt"
	"time"

	"github.com/slack-go/slack"

	"iobot/bot"
)

// ackArrives is how long the answer to a command may be on its way to Slack.
// What replaces it must come after it, or both would be shown.
const ackArrives = time.Second

// show sends a reply to where Slack says whether it took it, with its pictures
// when they are there by now. Late says that they are still to come; the text
// waits for none.
func (a *App) show(at place, r bot.Reply, c Card, send func(Message) error) (late bool, err error) {
	list := a.pictures.wanted(r)
	images, ok := a.pictures.ready(at, list)
	if len(list) == 0 || !ok {
		return !ok, send(Render(r, c))
	}
	with := c
	with.Images = images
	err = send(Render(r, with))
	if !refusedBlocks(err) {
		if err == nil {
			a.pictures.took(at, r, true)
		}
		return false, err
	}
	a.pictures.took(at, r, false)
	return true, send(Render(r, c))
}

// illustrate sends a reply again once its pictures are there. Slack needs a
// moment before it shows a file that was just uploaded, and takes the whole
// message for wrong until then. First is what to wait for in any case.
func (a *App) illustrate(ctx context.Context, at place, r bot.Reply, c Card, first time.Duration, send func(Message) error) error {
	pauses := []time.Duration{max(first, 500*time.Millisecond), time.Second, 2 * time.Second, 4 * time.Second}
	if _, ok := a.pictures.ready(at, a.pictures.wanted(r)); ok || a.pictures.mode == ImagesURL {
		pauses = []time.Duration{first, time.Second, 2 * time.Second}
	}
	images, err := a.draw(ctx, at, r)
	if err != nil {
		return err
	}
	c.Images = images
	m := Render(r, c)
	for _, pause := range pauses {
		if err := a.config.wait(ctx, pause); err != nil {
			return err
		}
		if err = send(m); !refusedBlocks(err) {
			break
		}
	}
	if err == nil || refusedBlocks(err) {
		a.pictures.took(at, r, err == nil)
	}
	if err != nil {
		return fmt.Errorf("add the pictures of an answer: %w", err)
	}
	return nil
}

// hangUp adds the pictures to a message of ours, unless it says something else
// by now.
func (a *App) hangUp(ctx context.Context, p place, at sent, r bot.Reply, c Card) error {
	return a.illustrate(ctx, p, r, c, 0, func(m Message) error {
		if _, ok := a.corrected.Get(p.key()+"/"+at.channel+"/"+at.ts, a.config.Now()); ok {
			return nil
		}
		return a.update(ctx, p, at, m)
	})
}

// finish adds to the private answer of a command what was not ready: pictures
// in its place, and files. It leaves the answer alone once the asker has
// tapped something.
func (a *App) finish(ctx context.Context, q bot.Request, c slashCommand, r bot.Reply, card Card) error {
	at := c.place()
	a.extras(a.deliver(ctx, at, r, "", "", q.User))
	if _, whole := a.pictures.surely(r); whole {
		return nil
	}
	return a.illustrate(ctx, at, r, card, ackArrives, func(m Message) error {
		if last, ok := a.touched.Get(personal(q.Tenant, q.Channel, q.User), a.config.Now()); ok && last.After(q.At) {
			return nil
		}
		m.ResponseType, m.ReplaceOriginal = slack.ResponseTypeEphemeral, true
		return a.hooks.post(ctx, c.ResponseURL, m)
	})
}

// tellReply shows a reply to whoever tapped. Pictures that come later stand in
// a message of their own: there is no way to change the first one.
func (a *App) tellReply(ctx context.Context, i interaction, r bot.Reply, c Card) error {
	send := func(m Message) error { return a.tell(ctx, i, m) }
	late, err := a.show(i.place(), r, c, send)
	if err != nil {
		return err
	}
	channel := ""
	if i.direct() {
		channel = i.channel()
	}
	a.extras(a.deliver(ctx, i.place(), r, channel, "", i.User.ID))
	if !late {
		return nil
	}
	drawings := bot.Reply{Outcome: r.Outcome, Title: r.Title, Pictures: r.Pictures, Review: r.Review, Revision: r.Revision}
	for _, w := range r.Warnings() {
		drawings.Blocks = append(drawings.Blocks, bot.Warning{Text: w})
	}
	a.extras(a.illustrate(ctx, i.place(), drawings, Card{Audience: c.Audience}, 0, send))
	return nil
}
