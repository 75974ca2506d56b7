package slack

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"iobot/bot"
	"iobot/bot/platform"
	"iobot/bot/slack/slacktest"
)

// drawings are the assets of a test: one picture and one page.
type drawings struct {
	mu    sync.Mutex
	drawn bool // without waiting
	err   error
	made  int
}

func (d *drawings) Asset(_ context.Context, name string) ([]byte, string, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.made++
	switch {
	case d.err != nil:
		return nil, "", d.err
	case strings.HasSuffix(name, ".pdf"):
		return []byte("%PDF-1.7 a page"), "application/pdf", nil
	}
	d.drawn = true
	return []byte("\x89PNG a drawing"), "image/png", nil
}

func (d *drawings) Ready(string) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.drawn
}

func withImages(mode Images, d *drawings) func(*Config) {
	return func(c *Config) {
		c.Images, c.Assets = mode, d
		if mode == ImagesURL {
			c.AssetURL = "https://iobot.example.org/assets/"
		}
	}
}

const theImage = `"image_url":"https://iobot.example.org/assets/3f9a0c.png"`

func hasImage(text string) bool {
	return strings.Contains(text, theImage) || strings.Contains(text, `"slack_file":{"id":"F`)
}

// TestPictureByAddress asks the same again and again. Until Slack has taken a
// picture from our address it is in no answer that Slack might drop for it.
func TestPictureByAddress(t *testing.T) {
	d := &drawings{}
	w, _ := newDesk(t, withImages(ImagesURL, d))
	first := stringOf(t, w.ask("site tibia"))
	if hasImage(first) || !strings.Contains(first, "1 cm below the tuberosity") {
		t.Errorf("at first: %s", first)
	}
	calls := w.calls("response_url")
	if len(calls) != 1 || calls[0].Args["replace_original"] != true || calls[0].Args["response_type"] != "ephemeral" || !hasImage(stringOf(t, calls[0].Args)) {
		t.Fatalf("then: %v", calls)
	}
	if len(w.waits) == 0 || w.waits[0] != ackArrives {
		t.Errorf("waited %v; the answer to the command has to be there first", w.waits)
	}
	if card := stringOf(t, w.askAs("U2", "site tibia")); !hasImage(card) || len(w.calls("response_url")) != 1 {
		t.Errorf("the second time: %s", card)
	}
	w.pass(trustKeep)
	if card := stringOf(t, w.askAs("U3", "site tibia")); hasImage(card) {
		t.Errorf("long after Slack took one: %s", card)
	}
	w.calls("")
	w.event("E1", mentioned("<@UBOT> site tibia", "1.1", ""))
	if posts := w.calls("chat.postMessage"); len(posts) != 1 || !hasImage(stringOf(t, posts)) {
		t.Errorf("in a thread: %v", posts)
	}
	w.tap("t1", Action{Verb: Share, Line: "site tibia"}, w.slack.Hook())
	if posts := w.calls("chat.postMessage"); len(posts) != 2 || !hasImage(stringOf(t, posts[1].Args)) {
		t.Errorf("shared: %v", posts)
	}
	if n := len(w.calls("files.getUploadURLExternal")); n != 0 {
		t.Errorf("%d uploads", n)
	}
}

// TestPictureThatSlackCannotLoad answers without it, everywhere.
func TestPictureThatSlackCannotLoad(t *testing.T) {
	w, _ := newDesk(t, withImages(ImagesURL, &drawings{drawn: true}))
	bad := slacktest.Fault{Error: "invalid_blocks"}
	w.slack.Fail("chat.postMessage", bad)
	w.slack.Fail("chat.update", bad, bad, bad)
	w.event("E1", mentioned("<@UBOT> site tibia", "1.1", ""))
	posts := w.calls("chat.postMessage")
	if len(posts) != 2 || hasImage(stringOf(t, posts[1].Args)) || !strings.Contains(stringOf(t, posts[1].Args), "1 cm below") {
		t.Errorf("in a thread: %v", posts)
	}
	if n := len(w.calls("chat.update")); n != 3 {
		t.Errorf("tried %d times", n)
	}
	w.event("E2", mentioned("<@UBOT> site tibia", "2.1", "")) // Slack takes this one, and then
	w.calls("")
	w.slack.Fail("chat.postMessage", bad)
	w.slack.Fail("chat.update", bad, bad, bad)
	w.event("E3", mentioned("<@UBOT> site tibia", "3.1", "")) // no more
	w.calls("")
	if card := stringOf(t, w.ask("site tibia")); hasImage(card) {
		t.Errorf("though Slack could not load it: %s", card)
	}
	w.calls("")
	hook := w.slack.Hook()
	w.slack.Fail("response_url", slacktest.Fault{Body: `{"ok":false,"error":"invalid_blocks"}`})
	w.tap("t1", Action{Verb: Run, Line: "site tibia"}, hook)
	var told []string
	for _, c := range w.calls("response_url") {
		if "/hook/"+c.Path == hook[strings.Index(hook, "/hook/"):] {
			told = append(told, stringOf(t, c.Args))
		}
	}
	if len(told) < 2 || !hasImage(told[0]) || hasImage(told[1]) || !strings.Contains(told[1], "1 cm below") {
		t.Errorf("a tap: %v", told)
	}
}

func TestPictureThatCannotBeDrawn(t *testing.T) {
	for _, mode := range []Images{ImagesURL, ImagesUpload} {
		w, _ := newDesk(t, withImages(mode, &drawings{err: errors.New("no ink")}))
		w.ask("site tibia")
		w.event("E1", mentioned("<@UBOT> site tibia", "1.1", ""))
		w.tapOn("t1", "site tibia", nil)
		for _, c := range w.calls("") {
			if text := stringOf(t, c.Args); !strings.Contains(text, "1 cm below") || hasImage(text) {
				t.Errorf("%s: %s %s", mode, c.Method, text)
			}
		}
		if n := len(w.calls("")); n != 2 || !strings.Contains(w.log.String(), "no ink") {
			t.Errorf("%s: %d calls; log %s", mode, n, w.log)
		}
	}
}

// TestPictureByUpload uploads once for a workspace, and only then shows it.
func TestPictureByUpload(t *testing.T) {
	w, _ := newDesk(t, withImages(ImagesUpload, &drawings{}))
	w.slack.SlowFiles(2)
	if first := stringOf(t, w.ask("site tibia")); hasImage(first) {
		t.Errorf("at first: %s", first)
	}
	calls := w.calls("response_url")
	if len(calls) != 3 || !hasImage(stringOf(t, calls[2].Args)) || calls[2].Args["replace_original"] != true {
		t.Errorf("then, while Slack looks at the file: %v", calls)
	}
	if fmt.Sprint(w.waits) != "[1s 1s 2s]" {
		t.Errorf("waited %v", w.waits)
	}
	if w.askAs("U2", "site tibia"); len(w.calls("response_url")) != 4 {
		t.Error("the second who asked got no picture")
	}
	up := w.calls("upload")
	if len(up) != 1 || up[0].Token != "" || up[0].Args["type"] != "image/png" || up[0].Args["length"] != int64(len("\x89PNG a drawing")) {
		t.Errorf("uploaded %v", up)
	}
	asked, finished := w.calls("files.getUploadURLExternal")[0].Args, w.calls("files.completeUploadExternal")[0].Args
	if !strings.Contains(asked["alt_txt"].(string), "1 cm below the tuberosity") || finished["channel_id"] != nil {
		t.Errorf("uploaded as %v, %v", asked, finished)
	}
	var all sync.WaitGroup
	for i := range 20 {
		all.Go(func() { w.event(fmt.Sprint("E", i), mentioned("<@UBOT> site tibia", "1.1", "")) })
	}
	all.Wait()
	posts := w.calls("chat.postMessage")
	if len(posts) != 20 || len(w.calls("upload")) != 1 || !hasImage(stringOf(t, posts[19].Args)) {
		t.Errorf("%d answers, %d uploads, the last %v", len(posts), len(w.calls("upload")), posts[19].Args)
	}
}

// TestManyAskForANewPicture has one upload for all.
func TestManyAskForANewPicture(t *testing.T) {
	w, _ := newDesk(t, withImages(ImagesUpload, &drawings{}))
	var all sync.WaitGroup
	for i := range 20 {
		all.Go(func() { w.event(fmt.Sprint("E", i), mentioned("<@UBOT> site tibia", "1.1", "")) })
	}
	all.Wait()
	w.tapOn("t1", "site tibia", nil)
	if n := len(w.calls("upload")); n != 1 {
		t.Errorf("%d uploads", n)
	}
}

func TestUploadThatFails(t *testing.T) {
	for _, method := range []string{"files.getUploadURLExternal", "upload", "files.completeUploadExternal"} {
		w, _ := newDesk(t, withImages(ImagesUpload, &drawings{}))
		fault := slacktest.Fault{Error: "missing_scope"}
		if method == "upload" {
			fault = slacktest.Fault{Status: 500}
		}
		w.slack.Fail(method, fault)
		w.event("E1", mentioned("<@UBOT> site tibia", "1.1", ""))
		if posts := w.calls("chat.postMessage"); len(posts) != 1 || len(w.calls("chat.update")) != 0 {
			t.Errorf("%s: %v", method, posts)
		}
		w.event("E2", mentioned("<@UBOT> site tibia", "2.1", ""))
		if n := len(w.calls("chat.update")); n != 1 {
			t.Errorf("%s: not tried again: %d", method, n)
		}
	}
}

// TestTapWhileThePictureComes leaves alone what somebody has turned to.
func TestTapWhileThePictureComes(t *testing.T) {
	hold := make(chan struct{})
	w, _ := newDesk(t, waiting(hold), withImages(ImagesUpload, &drawings{}))
	w.ask("site tibia")
	if _, err := w.slack.Await(t.Context(), "files.completeUploadExternal", 1); err != nil {
		t.Fatal(err)
	}
	w.pass(time.Second)
	w.tap("t1", Action{Verb: Dismiss}, w.slack.Hook())
	if _, err := w.slack.Await(t.Context(), "response_url", 1); err != nil {
		t.Fatal(err)
	}
	close(hold)
	if calls := w.calls("response_url"); len(calls) != 1 || calls[0].Args["delete_original"] != true {
		t.Errorf("the card came back: %v", calls)
	}
}

func TestPageToPrint(t *testing.T) {
	w, _ := newDesk(t, withImages(ImagesURL, &drawings{}))
	button := buttonOf(t, w.ask("site page"), "Open Bedside card, 14 kg")
	if button["url"] != "https://iobot.example.org/assets/card-14kg.pdf" {
		t.Errorf("the page is at %v", button["url"])
	}
	w.interact(slacktest.Tap("U1", "t1", w.slack.Hook(), button["action_id"].(string), ""))
	if calls := w.calls(""); len(calls) != 0 {
		t.Errorf("opening an address made calls: %v", calls)
	}

	w, _ = newDesk(t, withImages(ImagesUpload, &drawings{}))
	if card := stringOf(t, w.ask("site page")); !strings.Contains(card, "Bedside card, 14 kg: it comes to you as a file") {
		t.Errorf("the card: %s", card)
	}
	if w.askAs("U2", "site page"); len(w.calls("files.completeUploadExternal")) != 2 {
		t.Error("the second who asked got no file")
	}
	w.event("E1", mentioned("<@UBOT> site page", "1.1", ""))
	w.event("E2", map[string]any{"type": "message", "channel_type": "im", "channel": "D9", "user": "U1", "text": "site page", "ts": "1.1"})
	var places []string
	for _, c := range w.calls("files.completeUploadExternal") {
		places = append(places, fmt.Sprint(c.Args["channel_id"], c.Args["thread_ts"]))
	}
	for _, want := range []string{"D1<nil>", "D2<nil>", "C00011.1", "D9<nil>"} {
		if len(places) != 4 || !strings.Contains(strings.Join(places, " "), want) {
			t.Errorf("files went to %q, not %s", places, want)
		}
	}
	w.tap("t2", Action{Verb: Share, Line: "site page"}, w.slack.Hook())
	if n := len(w.calls("files.completeUploadExternal")); n != 4 {
		t.Error("the file was shared with the channel")
	}
}

func TestUploadsGoToSlackAlone(t *testing.T) {
	h := newHooks("https://slack.com/api/", time.Now, platform.Wait)
	other := slacktest.New(t)
	if err := h.upload(t.Context(), other.Hook(), "image/png", []byte("x")); !errors.Is(err, errForeignUpload) || len(other.Calls("")) != 0 {
		t.Errorf("uploaded elsewhere: %v", err)
	}
	for address, want := range map[string]bool{
		"https://files.slack.com/upload/v1/abc": true, "https://files.slack-gov.com/upload/v1/abc": true,
		"http://files.slack.com/x": false, "https://files.slack.com.evil.example/x": false, "https://u@files.slack.com/x": false,
		"https://169.254.169.254/x": false, "https://slack.com/x": false, "%zz": false, "": false,
	} {
		if h.uploadHost(address) != want {
			t.Errorf("upload to %q: %v", address, !want)
		}
	}
}

func TestPictureSettings(t *testing.T) {
	for _, c := range []Config{
		{Images: "ftp", Assets: &drawings{}}, {Images: ImagesUpload}, {Images: ImagesURL, AssetURL: "https://x.example/a/"},
		{Images: ImagesURL, Assets: &drawings{}, AssetURL: "http://x.example/a/"}, {Images: ImagesURL, Assets: &drawings{}, AssetURL: "https://x.example/a"},
	} {
		if c.checkImages() == nil {
			t.Errorf("%+v was taken", c)
		}
	}
}

// TestPicturesLeaveRoom holds that a picture takes no word away from an answer.
func TestPicturesLeaveRoom(t *testing.T) {
	r := longestReply()
	huge := Image{URL: "https://iobot.example.org/assets/" + strings.Repeat("a", 64) + ".png", Title: "A drawing", Alt: strings.Repeat("Shows the tibia & fibula. ", 80)}
	dense := huge
	dense.Alt = strings.Repeat("&", maxAlt) // six bytes each
	for _, images := range [][]Image{nil, {huge}, {huge, huge, huge, huge, huge}, {dense, dense}} {
		for part := 1; part < 9; part++ {
			for _, p := range problems(t, Render(r, Card{Line: "ask x", Part: part, Images: images})) {
				t.Errorf("%d pictures, part %d: %s", len(images), part, p)
			}
		}
	}
	if m := stringOf(t, Render(illustrated(), Card{Images: []Image{huge, huge, huge, huge}})); strings.Count(m, `"type":"image"`) != maxImages {
		t.Errorf("%d pictures on a short answer, want %d", strings.Count(m, `"type":"image"`), maxImages)
	}
	if got := (bot.Reply{}); len(newPictures(Config{}).wanted(got)) != 0 {
		t.Error("pictures though they are off")
	}
}
