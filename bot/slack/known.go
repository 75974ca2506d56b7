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

// privately answers a question as the card that only the asker sees.
func (a *App) privately(ctx context.Context, q bot.Request, talk string) (json.RawMessage, error) {
	q.Previous, _ = a.subjects.Get(talk, q.At)
	if !a.limit.admit(q.Tenant, q.User, q.At) {
		return private(tooMuch(q.Line))
	}
	key := question{line: q.Line, previous: q.Previous, live: a.config.Live(), hour: q.At.Unix() / 3600}
	card, ok := a.known.Get(key, q.At)
	if ok && key.live != nil {
		a.config.Log.Info("answered again", "platform", q.Platform, "outcome", string(card.outcome))
	} else {
		reply, ok := a.turn(ctx, q)
		if !ok {
			return private(tooMuch(q.Line))
		}
		body, err := private(Render(reply, Card{Line: a.alone(ctx, q, reply), Audience: Private}))
		if err != nil {
			return nil, err
		}
		card = known{body: body, subject: reply.Subject, outcome: reply.Outcome}
		if reply.Outcome != bot.Failed { // its reference is for one person
			a.known.Put(key, card, q.At)
		}
	}
	if card.subject != "" {
		a.subjects.Put(talk, card.subject, q.At)
	}
	return card.body, nil
}

func private(m Message) (json.RawMessage, error) {
	m.ResponseType = slack.ResponseTypeEphemeral
	body, err := json.Marshal(m)
	if err != nil {
		return nil, fmt.Errorf("write a card: %w", err)
	}
	return body, nil
}
