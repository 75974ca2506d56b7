package slack

import (
	"context"
	"fmt"

	"github.com/slack-go/slack"
)

// publishHome shows somebody the bot's page, unless they have this edition of
// it already.
func (a *App) publishHome(ctx context.Context, outer outerEvent, e innerEvent) error {
	team := outer.team()
	about, ok := a.answer(ctx, a.request(team, "", e.User, "about"))
	if !ok {
		return nil // they keep the page they have
	}
	home := Home{Ask: a.config.Examples, About: about, Areas: a.config.Areas()}
	edition, key, had := home.Edition(), team+"/"+e.User, e.View.Metadata
	a.homes.Update(key, a.config.Now(), func(last string, _ bool) string {
		if e.View.ID == "" {
			had = last // Slack does not say which page there is
		}
		return edition
	})
	if had == edition {
		return nil
	}
	err := a.call(ctx, outer.place(), func(api *slack.Client) error {
		_, err := api.PublishViewContext(ctx, slack.PublishViewContextRequest{UserID: e.User, View: home.View()})
		return err
	})
	if err != nil {
		a.homes.Forget(key)
		return fmt.Errorf("publish the bot's page: %w", err)
	}
	return nil
}
