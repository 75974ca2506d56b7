package discord

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/bwmarrin/discordgo"

	"iobot/bot"
)

const (
	maxAlt      = 1024
	maxUploads  = 10
	maxFiles    = 2        // each takes a component of its own
	defaultFile = 10 << 20 // bytes of one file, where an interaction does not say
	maxUpload   = 24 << 20 // bytes of all files of a message; Discord takes 25 MiB with the rest

	readyTime = 250 * time.Millisecond // for pictures that were drawn before
)

// upload is a picture or a file as it goes with a message.
type upload struct {
	name, media string
	data        []byte
	alt         string // what a picture shows, in words
	file        bool   // a document, not a picture
}

// attached shows pictures side by side and each file below them.
func attached(list []upload) []discordgo.MessageComponent {
	var gallery discordgo.MediaGallery
	var files []discordgo.MessageComponent
	for _, u := range list {
		media := discordgo.UnfurledMediaItem{URL: "attachment://" + u.name}
		if u.file {
			files = append(files, discordgo.FileComponent{File: media})
			continue
		}
		gallery.Items = append(gallery.Items, discordgo.MediaGalleryItem{Media: media, Description: &u.alt})
	}
	if len(gallery.Items) == 0 {
		return files
	}
	return append([]discordgo.MessageComponent{gallery}, files...)
}

func attachments(list []upload) []attachment {
	all := make([]attachment, len(list))
	for n, u := range list {
		all[n] = attachment{ID: strconv.Itoa(n), Filename: u.name, Description: u.alt}
	}
	return all
}

// wanted are the pictures and files of a reply, without their data.
func wanted(r bot.Reply) []upload {
	r = withhold(r) // what it does not say no picture shows
	var list []upload
	seen := map[string]bool{}
	add := func(u upload) {
		if !seen[u.name] && len(list) < maxUploads {
			seen[u.name] = true
			list = append(list, u)
		}
	}
	for _, p := range r.Pictures {
		alt := line(p.Alt)
		if alt == "" {
			alt = line(p.Title)
		}
		add(upload{name: p.Name, alt: clip(alt, maxAlt)})
	}
	for n, f := range r.Files {
		if n < maxFiles {
			add(upload{name: f.Name, file: true})
		}
	}
	return list
}

// ready reports whether all pictures and files of a reply are at hand.
func (a *App) ready(r bot.Reply) bool {
	return !slices.ContainsFunc(wanted(r), func(u upload) bool { return !a.config.Assets.Ready(u.name) })
}

// fetch gets the pictures and files of a reply. One that cannot be had, or is
// larger than Discord takes, is left out and named in the error.
func (a *App) fetch(ctx context.Context, r bot.Reply, limit int) (list []upload, err error) {
	if a.config.Assets == nil {
		return nil, nil
	}
	sum := 0
	for _, u := range wanted(r) {
		data, media, bad := a.config.Assets.Asset(ctx, u.name)
		if bad == nil && (len(data) == 0 || len(data) > limit || sum+len(data) > maxUpload) {
			bad = errors.New("its size is not one that Discord takes")
		}
		if bad != nil {
			err = errors.Join(err, fmt.Errorf("get %s: %w", u.name, bad))
			continue
		}
		sum += len(data)
		u.name, u.media, u.data = fileName(u.name), media, data
		list = append(list, u)
	}
	return list, err
}

// fileName is a name that Discord leaves as it is.
func fileName(name string) string {
	return strings.TrimLeft(unusual.ReplaceAllString(name, "_"), ".-")
}

// unusual matches what Discord takes out of the name of a file.
var unusual = regexp.MustCompile(`[^A-Za-z0-9_.-]+`)
