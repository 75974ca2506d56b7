package slack

import (
	"context"
	"errors"
	"fmt"

	"github.com/slack-go/slack"

	"iobot/bot"
)

// openFill opens the form of a reply: in a window of its own, or in the one
// that was tapped in. Where Slack does not take it the reply is shown with a
// button that opens it, and why.
func (a *App) openFill(ctx context.Context, i interaction, r bot.Reply, c Card) error {
	view, err := fillView(r, i.channel())
	if err == nil {
		err = a.window(ctx, i, view)
	}
	if err == nil {
		return nil
	}
	told := a.tell(ctx, i, Render(noted(r, formProblem(err)), c))
	var ours errForm
	if errors.As(err, &ours) {
		return told
	}
	return errors.Join(fmt.Errorf("open a form: %w", err), told)
}

// window shows a view in the window that was tapped in, or in a new one.
func (a *App) window(ctx context.Context, i interaction, view slack.ModalViewRequest) error {
	return a.call(ctx, i.place(), func(api *slack.Client) (err error) {
		if i.View.Type == "modal" {
			_, err = api.UpdateViewContext(ctx, view, "", i.View.Hash, i.View.ID)
		} else {
			_, err = api.OpenViewContext(ctx, i.TriggerID, view)
		}
		return err
	})
}

// formProblem says why a window did not open and what to do.
func formProblem(err error) string {
	var ours errForm
	if errors.As(err, &ours) {
		return ours.Error()
	}
	switch slackCode(err) {
	case "expired_trigger_id", "exchanged_trigger_id":
		return "The window did not open in time: Slack lets it open only in the seconds after a tap. Tap the button again."
	case "hash_conflict":
		return "The window has changed since you tapped. Look at it, and tap again."
	case "view_too_large":
		return errTooMuch.Error()
	}
	return "The window did not open: Slack did not take it. Tap the button again."
}
