package slack

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/slack-go/slack"

	"iobot/bot"
)

// An answer depends on nothing but the question, the knowledge and the day,
// so one that was just made need not be made again. The key holds all three:
// what was made from other knowledge is never found.
type (
	question struct {
		line, previous string
		live           any   // identity of the live knowledge
		hour           int64 // a review may fall due between two
		pictures       bool  // whether pictures can stand in it
	}
	known struct {
		body    json.RawMessage // the private card
		subject string
		outcome bot.Outcome
	}
)

const (
	knownKeep = 10 * time.Minute
	knownSize = 100 // cards of up to 16 KB
)

// privately answers a command as the card that only the asker sees.
func (a *App) privately(ctx context.Context, q bot.Request, c slashCommand) (json.RawMessage, error) {
	talk := personal(q.Tenant, q.Channel, q.User)
	q.Previous, _ = a.subjects.Get(talk, q.At)
	if !a.limit.admit(q.Tenant, q.User, q.At) {
		return private(tooMuch(q.Line))
	}
	key := question{q.Line, q.Previous, a.config.Live(), q.At.Unix() / 3600, a.pictures.state()}
	card, ok := a.known.Get(key, q.At)
	if ok && key.live != nil {
		a.config.Log.Info("answered again", "platform", q.Platform, "outcome", string(card.outcome))
	} else {
		reply, ok := a.turn(ctx, q)
		if !ok {
			return private(tooMuch(q.Line))
		}
		whole, err := false, error(nil)
		if card, whole, err = a.newCard(ctx, q, c, reply); err != nil {
			return nil, err
		}
		if whole && a.repeatable(q, reply) {
			a.known.Put(key, card, q.At)
		}
	}
	if card.subject != "" {
		a.subjects.Put(talk, card.subject, q.At)
	}
	return card.body, nil
}

// newCard is the private card of a reply. What is not ready to be in it comes
// later, and then the card is not whole.
func (a *App) newCard(ctx context.Context, q bot.Request, c slashCommand, r bot.Reply) (card known, whole bool, err error) {
	look := a.cardOf(ctx, q, r, Private)
	look.Images, whole = a.pictures.surely(r)
	if !whole || len(r.Files) > 0 {
		plain := look
		plain.Images = nil
		a.jobs.Start(func(ctx context.Context) error { return a.finish(ctx, q, c, r, plain) }) // the text is complete without it
	}
	body, err := private(Render(r, look))
	return known{body: body, subject: r.Subject, outcome: r.Outcome}, whole, err
}

// repeatable reports whether anybody who asks the same may get the same card.
func (a *App) repeatable(q bot.Request, r bot.Reply) bool {
	switch {
	case a.acts(q.Line), r.Private, r.Form != nil, len(r.Files) > 0:
		return false
	case r.Outcome == bot.Failed, r.Outcome == bot.Denied: // said to one person
		return false
	}
	return true
}

func private(m Message) (json.RawMessage, error) {
	m.ResponseType = slack.ResponseTypeEphemeral
	body, err := json.Marshal(m)
	if err != nil {
		return nil, fmt.Errorf("write a card: %w", err)
	}
	return body, nil
}
