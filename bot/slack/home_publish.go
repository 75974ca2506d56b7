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
	about, ok := a.answer(ctx, anew(a.request(team, "", e.User, "about")))
	if !ok {
		return nil // they keep the page they have
	}
	home := Home{
		Ask: a.config.Examples, About: about, Areas: a.config.Areas(),
		Admin: a.config.Desk(ctx, team, e.User), Image: a.homeImage(),
	}
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
	publish := func(api *slack.Client) error {
		_, err := api.PublishViewContext(ctx, slack.PublishViewContextRequest{UserID: e.User, View: home.View()})
		return err
	}
	err := a.call(ctx, outer.place(), publish)
	if refusedBlocks(err) && home.Image.URL != "" {
		home.Image = Image{} // Slack could not load it; the page is complete without
		err = a.call(ctx, outer.place(), publish)
	}
	if err != nil {
		a.homes.Forget(key)
		return fmt.Errorf("publish the bot's page: %w", err)
	}
	return nil
}

// homeImage is the picture of the bot's page, when Slack can fetch it.
func (a *App) homeImage() Image {
	pic := a.config.HomePicture()
	if pic.Name == "" || a.config.Images != ImagesURL {
		return Image{}
	}
	return Image{URL: a.pictures.address(pic.Name), Title: pic.Title, Alt: pic.Alt}
}
