package slack

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"

	"github.com/slack-go/slack"

	"iobot/bot"
)

// uploadOnce returns the id of a picture in a workspace, uploaded unless it is
// there already. It is shared with nobody: a message shows it.
func (a *App) uploadOnce(ctx context.Context, at place, pic bot.Picture) (string, error) {
	p, key := a.pictures, fileKey(at, pic.Name)
	unlock, err := p.busy.lock(ctx, at.key())
	if err != nil {
		return "", err
	}
	defer unlock()
	if id, ok := p.files.Get(key, p.now()); ok {
		return id, nil
	}
	id, err := a.upload(ctx, at, document{name: pic.Name, title: pic.Title, alt: clip(line(pic.Alt), maxUploadAlt)})
	if err == nil {
		p.files.Put(key, id, p.now())
	}
	return id, err
}

// document is a file on its way into a workspace.
type document struct {
	name, title, alt string
	channel, thread  string // where it is shown; empty for nowhere
}

// upload is Slack's three steps: an address, the bytes, and that it is done.
func (a *App) upload(ctx context.Context, at place, d document) (id string, err error) {
	data, mediaType, err := a.config.Assets.Asset(ctx, d.name)
	if err != nil {
		return "", err
	}
	err = a.call(ctx, at, func(api *slack.Client) error {
		where, err := api.GetUploadURLExternalContext(ctx, slack.GetUploadURLExternalParameters{
			FileName: d.name, FileSize: len(data), AltTxt: d.alt,
		})
		if err != nil {
			return fmt.Errorf("ask where to upload: %w", err)
		}
		if err := a.hooks.upload(ctx, where.UploadURL, mediaType, data); err != nil {
			return err
		}
		id = where.FileID
		_, err = api.CompleteUploadExternalContext(ctx, slack.CompleteUploadExternalParameters{
			Files:   []slack.FileSummary{{ID: id, Title: clip(line(d.title), maxTitle)}},
			Channel: d.channel, ThreadTimestamp: d.thread,
		})
		if err != nil {
			return fmt.Errorf("finish an upload: %w", err)
		}
		return nil
	})
	return id, err
}

// deliver sends the documents of a reply as files: into a conversation, or to
// the direct messages of a person when there is none.
func (a *App) deliver(ctx context.Context, at place, r bot.Reply, channel, thread, user string) error {
	if a.pictures.mode != ImagesUpload || len(r.Files) == 0 {
		return nil
	}
	if channel == "" {
		sent, err := a.post(ctx, at, user, "", Render(bot.Reply{Title: r.Title, Blocks: []bot.Block{bot.Text{Text: "Here is what you asked for, to open or to print."}}}, Card{Audience: Open}))
		if err != nil {
			return err
		}
		channel = sent.channel
	}
	for _, f := range r.Files {
		if _, err := a.upload(ctx, at, document{name: f.Name, title: f.Title, channel: channel, thread: thread}); err != nil {
			return fmt.Errorf("send a file: %w", err)
		}
	}
	return nil
}

var errForeignUpload = errors.New("the address to upload to is not one of Slack's")

// uploadHost reports whether Slack takes files at an address, or the test
// server does.
func (h *hooks) uploadHost(address string) bool {
	u, err := url.Parse(address)
	if err != nil || u.User != nil {
		return false
	}
	slacks := u.Host == "files.slack.com" || u.Host == "files.slack-gov.com"
	return u.Scheme == "https" && slacks || h.origin != "" && u.Scheme+"://"+u.Host == h.origin
}

// upload sends the bytes of a file to the address that Slack gave for it. The
// SDK's own way adds the token and a body that strict servers refuse.
func (h *hooks) upload(ctx context.Context, address, mediaType string, data []byte) error {
	if !h.uploadHost(address) {
		return errForeignUpload
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, address, bytes.NewReader(data))
	if err != nil {
		return errForeignUpload
	}
	req.Header.Set("Content-Type", mediaType)
	resp, err := h.client.Do(req)
	if err != nil {
		return errors.New("upload a file: no answer") // the client's own error quotes the address
	}
	defer resp.Body.Close()
	_, _ = io.Copy(io.Discard, io.LimitReader(resp.Body, 64<<10))
	if resp.StatusCode != http.StatusOK {
		return fmt.Errorf("upload a file: answered %d", resp.StatusCode)
	}
	return nil
}
