package discord

import (
	"context"
	"errors"
	"fmt"

	"github.com/bwmarrin/discordgo"

	"iobot/bot"
	"iobot/bot/platform"
)

// deliver shows a reply: with its pictures when they are at hand, otherwise
// first without them. No answer waits for a picture, and none is lost with one.
func (a *App) deliver(ctx context.Context, i interaction, how func(message) response, r bot.Reply, c card) response {
	pictures := a.config.Assets != nil && c.page <= 1 && len(wanted(r)) > 0
	if pictures && !i.attaches() {
		pictures, r = false, withoutFiles(r, "The bot may not send files here.")
	}
	atHand := pictures && a.ready(r)
	if atHand {
		ctx, cancel := context.WithTimeout(ctx, readyTime)
		defer cancel()
		var err error
		if c.uploads, err = a.fetch(ctx, r, i.largest()); err != nil {
			a.config.Log.Error("show pictures", "err", err)
			r = withoutFiles(r, noFile)
		}
	}
	answer := how(render(r, c))
	if pictures && !atHand {
		answer = answer.then(func(ctx context.Context) error { return a.illustrate(ctx, i, r, c) })
	}
	if rest := further(r, c); len(rest) > 0 {
		answer = answer.then(func(ctx context.Context) error { return a.follow(ctx, i, rest) })
	}
	return answer
}

// illustrate has the pictures and files of a reply made and puts them into the
// answer that shows it. A file that was asked for and cannot be had is named.
func (a *App) illustrate(ctx context.Context, i interaction, r bot.Reply, c card) error {
	shown := r
	var err error
	if c.uploads, err = a.fetch(ctx, r, i.largest()); err != nil {
		shown = withoutFiles(r, noFile)
	}
	if len(c.uploads) > 0 || len(r.Files) > 0 {
		sent := a.api.editOriginal(ctx, i.Token, render(shown, c))
		if sent != nil && len(r.Files) > 0 && !isRefusal(sent, unknownMessage) {
			c.uploads = nil
			sent = errors.Join(sent, a.api.editOriginal(ctx, i.Token, render(withNote(r, noFile), c)))
		}
		err = errors.Join(err, sent)
	}
	if err == nil || isRefusal(err, unknownMessage) { // whoever asked has put the answer away
		return nil
	}
	return fmt.Errorf("show pictures: %w", err)
}

// noFile is said when a file that was asked for cannot be sent.
const noFile = "The file could not be made or sent. Ask again in a moment."

// withoutFiles says on a reply why a file that was asked for is not there. A
// picture is not asked for.
func withoutFiles(r bot.Reply, why string) bot.Reply {
	if len(r.Files) == 0 {
		return r
	}
	return withNote(r, why)
}

// withNote puts small print on top of a reply.
func withNote(r bot.Reply, text string) bot.Reply {
	r.Blocks = append([]bot.Block{bot.Note{Text: text}}, r.Blocks...)
	return r
}

// follow sends further pages below an answer.
func (a *App) follow(ctx context.Context, i interaction, pages []message) error {
	for _, m := range pages {
		if _, err := a.api.followUp(ctx, i.Token, m); err != nil {
			return fmt.Errorf("send the next page: %w", err)
		}
	}
	return nil
}

// later says at once that a line is being worked on, and answers it when it
// is. The answer takes the place of what says so, whatever happens.
func (a *App) later(i interaction, kind discordgo.InteractionResponseType, q bot.Request, page int) response {
	full := show(render(busy(q), card{}))
	answer := response{Type: kind, as: "answered", otherwise: &full}
	if kind == discordgo.InteractionResponseDeferredChannelMessageWithSource && a.hides(i, q.Line) {
		answer.Data = map[string]any{"flags": discordgo.MessageFlagsEphemeral}
	}
	answer.after = func(job context.Context) error {
		ctx, cancel := patient(job)
		defer cancel()
		shown := failed(i.Type)
		err := platform.Safely(func() error {
			r, c := a.work(ctx, i, q)
			c.page = page
			shown = a.deliver(ctx, i, show, r, c)
			return nil
		})
		return errors.Join(err, a.settle(ctx, i, shown))
	}
	return answer
}

// settle puts an answer into the place of what says that one will follow. An
// answer that Discord does not take becomes one that says so.
func (a *App) settle(ctx context.Context, i interaction, shown response) error {
	m, _ := shown.Data.(message)
	err := a.api.editOriginal(ctx, i.Token, m)
	if hopeless(err) && !notFound(err) {
		m, _ = failed(i.Type).Data.(message)
		return errors.Join(err, a.api.editOriginal(ctx, i.Token, m))
	}
	if err == nil && shown.after != nil {
		err = shown.after(ctx)
	}
	return err
}

// patient is a context for a slow line, which may take longer than a job: it
// ends when the line has had its time, or when the program stops waiting.
func patient(job context.Context) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(job), bot.SlowDeadline+callTimeout)
	stop := context.AfterFunc(job, func() {
		if errors.Is(job.Err(), context.Canceled) {
			cancel()
		}
	})
	return ctx, func() { stop(); cancel() }
}
