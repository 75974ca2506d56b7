package slack

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"sync/atomic"
	"time"

	"iobot/bot"
	"iobot/bot/platform"
)

// Images is how pictures and files reach Slack.
type Images string

// The ways. Answers are complete without any picture.
const (
	ImagesOff    Images = ""       // no pictures and no files
	ImagesURL    Images = "url"    // Slack fetches them from a public address
	ImagesUpload Images = "upload" // they are uploaded into the workspace; needs the scope files:write
)

const (
	trustKeep = 10 * time.Minute // how long what Slack took from our address says that it will
	fileKeep  = 12 * time.Hour   // an organisation may have Slack delete files after a day
	fileSize  = 2_000
)

// pictures makes what Slack can show of the pictures of replies.
type pictures struct {
	mode    Images
	assets  bot.Assets
	base    string                           // address of the folder they are in
	files   *platform.Recent[string, string] // ids of uploaded pictures, by workspace and name
	busy    locks                            // one upload at a time in a workspace
	trusted atomic.Int64                     // until when, in Unix seconds, Slack surely takes pictures from base
	now     func() time.Time
}

func newPictures(c Config) *pictures {
	return &pictures{
		mode: c.Images, assets: c.Assets, base: c.AssetURL, now: c.Now,
		files: platform.NewRecent[string, string](fileKeep, fileSize),
	}
}

// checkImages says what is missing for the pictures.
func (c Config) checkImages() error {
	u, err := url.Parse(c.AssetURL)
	switch {
	case c.Images != ImagesOff && c.Images != ImagesURL && c.Images != ImagesUpload:
		return fmt.Errorf("set up Slack: pictures go by %q; it must be url, upload or nothing", c.Images)
	case c.Images != ImagesOff && c.Assets == nil:
		return errors.New("set up Slack: there is nothing to take pictures from")
	case c.Images == ImagesURL && (err != nil || u.Scheme != "https" || u.Host == "" || !strings.HasSuffix(c.AssetURL, "/")):
		return errors.New("set up Slack: the address of the pictures must begin with https:// and end with a slash")
	}
	return nil
}

// wanted are the pictures of a reply that a card shows.
func (p *pictures) wanted(r bot.Reply) []bot.Picture {
	if p.mode == ImagesOff {
		return nil
	}
	return r.Pictures[:min(len(r.Pictures), maxImages)]
}

// surely returns the images of a reply for where Slack does not say whether it
// took them: it would show nothing at all, were there one that it cannot load.
// False means that all or some are still to come.
func (p *pictures) surely(r bot.Reply) ([]Image, bool) {
	list := p.wanted(r)
	if len(list) == 0 {
		return nil, true
	}
	if p.mode != ImagesURL || p.now().Unix() >= p.trusted.Load() {
		return nil, false
	}
	return p.ready(place{}, list)
}

// ready returns the images that can be shown at once: all, or none and false.
func (p *pictures) ready(at place, list []bot.Picture) ([]Image, bool) {
	var images []Image
	for _, pic := range list {
		image := Image{Title: pic.Title, Alt: pic.Alt}
		ok := false
		switch p.mode {
		case ImagesURL:
			image.URL, ok = p.address(pic.Name), p.assets.Ready(pic.Name)
		case ImagesUpload:
			image.File, ok = p.files.Get(fileKey(at, pic.Name), p.now())
		}
		if !ok {
			return nil, false
		}
		images = append(images, image)
	}
	return images, true
}

// took keeps in mind that Slack took images, or that it did not.
func (p *pictures) took(at place, r bot.Reply, taken bool) {
	switch {
	case p.mode == ImagesURL && taken:
		p.trusted.Store(p.now().Add(trustKeep).Unix())
	case p.mode == ImagesURL:
		p.trusted.Store(0)
	case !taken:
		for _, pic := range p.wanted(r) {
			p.files.Forget(fileKey(at, pic.Name))
		}
	}
}

// state differs whenever a card with pictures could.
func (p *pictures) state() bool { return p.now().Unix() < p.trusted.Load() }

// address is where the public finds a picture or file.
func (p *pictures) address(name string) string { return p.base + url.PathEscape(name) }

func fileKey(at place, name string) string { return at.key() + "/" + name }

// links are the documents of a reply.
func (p *pictures) links(files []bot.File) []Link {
	var list []Link
	for _, f := range files {
		switch p.mode {
		case ImagesURL:
			list = append(list, Link{Title: f.Title, URL: p.address(f.Name)})
		case ImagesUpload:
			list = append(list, Link{Title: f.Title})
		}
	}
	return list
}

// draw returns the images of a reply once there are all. It may take seconds.
func (a *App) draw(ctx context.Context, at place, r bot.Reply) ([]Image, error) {
	var images []Image
	for _, pic := range a.pictures.wanted(r) {
		image := Image{Title: pic.Title, Alt: pic.Alt, URL: a.pictures.address(pic.Name)}
		var err error
		if a.pictures.mode == ImagesUpload {
			image.URL = ""
			image.File, err = a.uploadOnce(ctx, at, pic)
		} else {
			_, _, err = a.config.Assets.Asset(ctx, pic.Name) // Slack will ask for it
		}
		if err != nil {
			return nil, fmt.Errorf("prepare a picture: %w", err)
		}
		images = append(images, image)
	}
	return images, nil
}
