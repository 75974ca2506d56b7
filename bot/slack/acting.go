package slack

import (
	"context"
	"crypto/rand"
	"errors"
	"time"

	"iobot/bot"
)

const (
	deedKeep = 10 * time.Minute // Slack repeats an interaction within seconds
	deedSize = 500              // with replies of up to 16 KB
	tapKeep  = 2 * time.Second  // a second tap on the same button within this is no second wish
	keptKeep = time.Hour
	keptSize = 200              // replies whose other parts can still be shown
	slowWork = 45 * time.Second // for a slow line and sending its answer
)

// acts reports whether a line changes something. The bot forgives marks that
// nobody sees, so they are dropped before it is asked.
func (a *App) acts(text string) bool { return a.config.Bot.Acts(line(text)) }

// slow reports whether a line may take seconds.
func (a *App) slow(text string) bool { return a.config.Bot.Slow(line(text)) }

// deed is what is done once for a request, and the answer to it.
type deed struct {
	done  chan struct{}
	reply any
	err   error
}

// single does something for the first of all requests with the same key.
// Those that come again, as Slack's retries do, get the same answer.
func (a *App) single(ctx context.Context, key string, do func() (any, error)) (any, error) {
	mine := &deed{done: make(chan struct{})}
	first := a.deeds.Update(key, a.config.Now(), func(old *deed, found bool) *deed {
		if found {
			return old
		}
		return mine
	})
	if first != mine {
		select {
		case <-first.done:
			return first.reply, first.err
		case <-ctx.Done():
			return nil, nil // the first will answer
		}
	}
	defer close(mine.done)
	mine.reply, mine.err = do()
	if errors.Is(mine.err, errFull) {
		a.deeds.Forget(key) // nothing was done
	}
	return mine.reply, mine.err
}

// again reports whether a button that changes something was tapped a moment
// ago by the same person on the same card.
func (a *App) again(i interaction, act Action) bool {
	return a.acts(act.Line) && !a.tapped.First(i.card()+"/"+act.Line, a.config.Now())
}

// cardOf says how the reply to a request is shown to the asker. A reply that
// no line may give again is kept instead, so that its other parts can be seen.
func (a *App) cardOf(ctx context.Context, q bot.Request, r bot.Reply, who Audience) Card {
	c := Card{Audience: who, Links: a.pictures.links(r.Files)}
	if !r.Private && q.Values == nil && !a.acts(q.Line) {
		c.Line = a.alone(ctx, q, r)
	}
	if !carries(c.Line) {
		c.Line, c.Kept = "", rand.Text()
		a.kept.Put(c.Kept, r, a.config.Now())
	}
	return c
}

// patient is the context of a job that may take longer than others do. It ends
// when the program does.
func patient(ctx context.Context) (context.Context, context.CancelFunc) {
	long, cancel := context.WithTimeout(context.WithoutCancel(ctx), slowWork)
	stop := context.AfterFunc(ctx, func() {
		if errors.Is(ctx.Err(), context.Canceled) { // not that its own time is over
			cancel()
		}
	})
	return long, func() { stop(); cancel() }
}
