package slack

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/slack-go/slack"

	"iobot/bot"
	"iobot/bot/platform"
)

// sent is a message of ours: where it is, and its thread when it is in one.
type sent struct{ channel, ts, thread string }

// id is how a bot.Place names the message: "1700000000.000100", or with its
// thread "1700000000.000200@1700000000.000100".
func (s sent) id() string {
	if s.thread == "" {
		return s.ts
	}
	return s.ts + "@" + s.thread
}

// below is where a message stands that answers this one: in its thread.
func (s sent) below() sent {
	if s.thread == "" {
		s.thread = s.ts
	}
	return sent{channel: s.channel, thread: s.thread}
}

func sentAt(at bot.Place) sent {
	ts, thread, _ := strings.Cut(at.Message, "@")
	return sent{channel: at.Channel, ts: ts, thread: thread}
}

// options are a message as the arguments of a call.
func (m Message) options() []slack.MsgOption {
	return []slack.MsgOption{
		slack.MsgOptionText(m.Text, false), slack.MsgOptionBlocks(m.Blocks...),
		slack.MsgOptionDisableLinkUnfurl(), slack.MsgOptionDisableMediaUnfurl(), slack.MsgOptionDisableMarkdown(),
	}
}

// post sends a message into a channel, or to a person's direct messages.
func (a *App) post(ctx context.Context, p place, channel, thread string, m Message) (sent, error) {
	options := m.options()
	if thread != "" {
		options = append(options, slack.MsgOptionTS(thread))
	}
	at := sent{channel: channel, thread: thread}
	err := a.call(ctx, p, func(api *slack.Client) (err error) {
		at.channel, at.ts, err = api.PostMessageContext(ctx, channel, options...)
		return err
	})
	if err != nil {
		return sent{}, fmt.Errorf("send a message: %w", err)
	}
	return at, nil
}

// update shows another message in the place of one of ours.
func (a *App) update(ctx context.Context, p place, at sent, m Message) error {
	err := a.call(ctx, p, func(api *slack.Client) error {
		_, _, _, err := api.UpdateMessageContext(ctx, at.channel, at.ts, m.options()...)
		return err
	})
	if err != nil {
		return fmt.Errorf("change a message: %w", err)
	}
	return nil
}

// postReply posts a reply, and its pictures and files once they are there.
// Public says that others than the asker see it.
func (a *App) postReply(ctx context.Context, p place, to sent, r bot.Reply, c Card, public bool) (sent, error) {
	var at sent
	late, err := a.show(p, r, c, func(m Message) (err error) {
		at, err = a.post(ctx, p, to.channel, to.thread, m)
		return err
	})
	if err != nil {
		return sent{}, err
	}
	if public {
		a.posted(ctx, p, at, r)
	}
	a.extras(a.deliver(ctx, p, r, at.channel, at.thread, ""))
	if late {
		a.extras(a.hangUp(ctx, p, at, r, c))
	}
	return at, nil
}

// extras logs what went wrong after an answer was there: it is complete as it
// is.
func (a *App) extras(err error) {
	if err != nil {
		a.config.Log.Error("send pictures or files", "err", redact(err))
	}
}

// posted tells of an answer that others see, so that it can be corrected.
func (a *App) posted(ctx context.Context, p place, at sent, r bot.Reply) {
	if a.config.Posted != nil && r.Outcome == bot.Answer && len(r.Entries) > 0 {
		a.config.Posted(ctx, bot.Place{Platform: "slack", Tenant: p.key(), Channel: at.channel, Message: at.id()}, r)
	}
}

// slackCode is the code of an error of the Web API, empty when it is none.
func slackCode(err error) string {
	var answer slack.SlackErrorResponse
	if errors.As(err, &answer) {
		return answer.Err
	}
	return ""
}

// notDone reports whether Slack surely did not do what it was asked to.
func notDone(err error) bool {
	var limited *slack.RateLimitedError
	switch slackCode(err) {
	case "internal_error", "fatal_error", "service_unavailable", "request_timeout":
		return false
	case "":
		return errors.As(err, &limited) || errors.Is(err, errCallLater) || errors.Is(err, ErrNotInstalled) || platform.NeverLeft(err)
	}
	return true
}

// refusedBlocks reports whether Slack could not show a message because of what
// is in it, such as a picture that it cannot load.
func refusedBlocks(err error) bool {
	switch slackCode(err) {
	case "invalid_blocks", "invalid_blocks_format", "invalid_attachments", "invalid_arguments":
		return true
	}
	return errors.Is(err, errBlocks)
}
