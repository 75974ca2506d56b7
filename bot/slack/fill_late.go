package slack

import (
	"context"
	"errors"
	"fmt"

	"github.com/slack-go/slack"

	"iobot/bot"
)

// showLate puts a result in the place of the window that says that it is being
// worked on.
func (a *App) showLate(ctx context.Context, i interaction, q bot.Request, r bot.Reply, name string) error {
	card := a.cardOf(ctx, q, r, Private)
	view := ResultView(r, card)
	view.ClearOnClose = r.Outcome == bot.Answer && r.Form == nil // otherwise the form is below
	if err := a.replace(ctx, i, view, name); err != nil {
		return errors.Join(err, a.toOwn(ctx, i, Render(r, card)))
	}
	return nil
}

// replace shows a view in the place of the one with a name. Slack may need a
// moment until that one is there.
func (a *App) replace(ctx context.Context, i interaction, view slack.ModalViewRequest, name string) error {
	view.ExternalID = name
	update := func(api *slack.Client) error {
		_, err := api.UpdateViewContext(ctx, view, name, "", "")
		return err
	}
	err := a.call(ctx, i.place(), update)
	for try := 0; slackCode(err) == "not_found" && try < 4; try++ {
		if err := a.config.wait(ctx, notThere); err != nil {
			return err
		}
		err = a.call(ctx, i.place(), update)
	}
	if err != nil {
		return fmt.Errorf("show a result in a window: %w", err)
	}
	return nil
}
