package discord

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"testing/synctest"

	"iobot/bot"
	"iobot/bot/platform"
)

// shelf gives pictures and files. Those that it has not drawn yet take until
// they are fetched.
type shelf struct {
	mu    sync.Mutex
	drawn map[string]bool
	gone  bool
	size  int
	calls int
}

// asked reports whether anything was fetched.
func (s *shelf) asked() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.calls > 0
}

func (s *shelf) Ready(name string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.drawn[name]
}

func (s *shelf) Asset(_ context.Context, name string) ([]byte, string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.calls++
	if s.gone {
		return nil, "", bot.ErrNoAsset
	}
	if strings.HasSuffix(name, ".pdf") {
		return make([]byte, s.size), "application/pdf", nil
	}
	s.drawn[name] = true
	return make([]byte, s.size), "image/png", nil
}

// picturesOf gives the client a shelf.
func picturesOf(c *client, drawn ...string) *shelf {
	s := &shelf{drawn: map[string]bool{}, size: 4}
	for _, name := range drawn {
		s.drawn[name] = true
	}
	c.app.config.Assets = s
	return s
}

func askDose(words string) string {
	return slash("dose", `{"name":"drug","type":3,"value":"`+words+`"}`)
}

// made are the calls as words: "POST callback".
func made(calls []call) string {
	var list []string
	for _, c := range calls {
		list = append(list, c.method+" "+c.path[strings.LastIndex(c.path, "/")+1:])
	}
	return strings.Join(list, ", ")
}

func TestPictureAtHandGoesWithTheAnswer(t *testing.T) {
	c := newClient(t)
	picturesOf(c, "tibia.png")
	a := c.interact(isCommand, askDose("picture"))
	calls := closed(t, c)
	if made(calls) != "POST callback" || len(calls[0].files) != 1 || calls[0].path != "/api/v9/interactions/1/secret-token/callback" {
		t.Fatalf("calls %s: %v", made(calls), calls)
	}
	if f := calls[0].files[0]; f.name != "tibia.png" || f.media != "image/png" || len(f.data) != 4 {
		t.Errorf("the file is %+v", f)
	}
	for _, want := range []string{`"attachment://tibia.png"`, `"description":"The point 2 cm below the patella."`, `"attachments":[{"id":"0","filename":"tibia.png"`, "0.12 mg"} {
		if !a.says(want) {
			t.Errorf("%s is not in %s", want, a.text)
		}
	}
	judge(t, "callback", []byte(a.text))
}

func TestNoAnswerWaitsForAPicture(t *testing.T) {
	c := newClient(t)
	picturesOf(c)
	a := c.interact(isCommand, askDose("picture"))
	if a.Type != showType || a.says("tibia.png") || !a.says("0.12 mg") {
		t.Error(a.text)
	}
	calls := closed(t, c)
	if made(calls) != "PATCH @original" || len(calls[0].files) != 1 || !strings.Contains(calls[0].body, "attachment://tibia.png") {
		t.Fatalf("calls %s: %v", made(calls), calls)
	}
	judge(t, "edit", []byte(calls[0].body))
}

// TestWithoutThePictureTheAnswerStands has everything about a picture fail.
func TestWithoutThePictureTheAnswerStands(t *testing.T) {
	for _, x := range []struct {
		name   string
		change func(*client, *shelf)
		words  string
		data   []string
		calls  string
		note   bool // the last call says that there is no file
	}{
		{"too many calls, at hand", func(c *client, s *shelf) { c.api.fail = []int{429, 429, 429} }, "picture", nil, "POST callback, POST callback, POST callback", false},
		{"refused, at hand", func(c *client, s *shelf) { c.api.fail = []int{403} }, "picture", nil, "POST callback", false},
		{"gone, at hand", func(c *client, s *shelf) { s.gone = true }, "picture", nil, "", false},
		{"gone", func(c *client, s *shelf) { s.gone, s.drawn = true, nil }, "picture", nil, "", false},
		{"too large", func(c *client, s *shelf) { s.size = 2_000 }, "picture", []string{`"context":0`, `"context":0,"attachment_size_limit":1000`}, "", false},
		{"not allowed", func(c *client, s *shelf) {}, "picture", []string{`"context":0`, `"context":0,"app_permissions":"1024"`}, "", false},
		{"file not allowed", func(c *client, s *shelf) {}, "document", []string{`"context":0`, `"context":0,"app_permissions":"1024"`}, "", false},
		{"refused", func(c *client, s *shelf) { s.drawn, c.api.fail = map[string]bool{}, []int{400} }, "picture", nil, "PATCH @original, PATCH @original", false},
		{"no file", func(c *client, s *shelf) { s.gone = true }, "document", nil, "PATCH @original", true},
		{"file not sent", func(c *client, s *shelf) { c.api.fail = []int{503, 503, 503} }, "document", nil, "PATCH @original, PATCH @original, PATCH @original, PATCH @original", true},
	} {
		t.Run(x.name, func(t *testing.T) {
			c := newClient(t)
			x.change(c, picturesOf(c, "tibia.png"))
			a := c.interact(isCommand, askDose(x.words), x.data...)
			if !a.says("0.12 mg") || a.Type != showType || (x.name == "file not allowed") != a.says("may not send files") {
				t.Errorf("the answer is %s", a.text)
			}
			calls := closed(t, c)
			if made(calls) != x.calls {
				t.Errorf("calls %s, want %s", made(calls), x.calls)
			}
			if x.note && !strings.Contains(calls[len(calls)-1].body, "could not be made or sent") {
				t.Errorf("the last call is %s", calls[len(calls)-1].body)
			}
		})
	}
}

// TestWithheldAnswersHaveNoPicture: a picture holds numbers, too.
func TestWithheldAnswersHaveNoPicture(t *testing.T) {
	r := doseReply()
	r.Pictures = []bot.Picture{{Name: "tibia.png", Alt: "2 cm"}}
	if len(wanted(r)) != 1 {
		t.Fatal("the picture is not wanted")
	}
	r.Blocks = append(r.Blocks, bot.Warning{Text: strings.Repeat("Beware. ", 400)})
	if list := wanted(r); len(list) > 0 {
		t.Errorf("beside an answer that is withheld stand %v", list)
	}
}

func TestFileFollows(t *testing.T) {
	c := newClient(t)
	picturesOf(c)
	c.interact(isCommand, askDose("document"))
	calls := closed(t, c)
	if made(calls) != "PATCH @original" || len(calls[0].files) != 1 || calls[0].files[0].name != "card_12_kg.pdf" || !strings.Contains(calls[0].body, `"attachment://card_12_kg.pdf"`) {
		t.Fatalf("calls %s: %v", made(calls), calls)
	}
	judge(t, "edit", []byte(calls[0].body))
}

// TestSharedPictures shares an answer with a picture: the channel and the
// private card both keep it.
func TestSharedPictures(t *testing.T) {
	c := newClient(t)
	picturesOf(c, "tibia.png")
	var at bot.Place
	c.app.config.Posted = func(_ context.Context, p bot.Place, r bot.Reply) { at = p }
	c.interact(isTap, `{"custom_id":"io1:s:0:dose picture"}`, onCard...)
	calls := closed(t, c)
	if made(calls) != "POST callback, POST secret-token" || len(calls[0].files) != 1 || len(calls[1].files) != 1 {
		t.Fatalf("calls %s: %v", made(calls), calls)
	}
	if want := (bot.Place{Platform: "discord", Tenant: "1", Channel: "2", Message: "9"}); at != want {
		t.Errorf("posted at %+v", at)
	}
	judge(t, "message", []byte(calls[1].body))
}

func TestPagesOfWhatActsFollow(t *testing.T) {
	c := newClient(t)
	a := c.interact(isCommand, staff("history"))
	calls := closed(t, c)
	if !a.says("Page 1 of") || made(calls) != strings.TrimSuffix(strings.Repeat("POST secret-token, ", mostUnrolled-1), ", ") {
		t.Fatalf("calls %s after %s", made(calls), a.text)
	}
	for _, call := range calls {
		var m struct{ Flags int }
		if json.Unmarshal([]byte(call.body), &m) != nil || m.Flags&64 == 0 {
			t.Errorf("others see %s", call.body)
		}
		judge(t, "message", []byte(call.body))
	}
	if last := calls[len(calls)-1].body; !strings.Contains(last, "Ask for a smaller part") {
		t.Errorf("nobody learns that there is more: %s", last)
	}
}

func TestSlowLinesAreAcknowledgedAtOnce(t *testing.T) {
	c := newClient(t)
	a := c.interact(isCommand, staff("publish a"))
	if a.Type != 5 || a.Data.Flags != 64 {
		t.Errorf("acknowledged with %s", a.text)
	}
	judge(t, "callback", []byte(a.text))
	calls := closed(t, c)
	if made(calls) != "PATCH @original" || !strings.Contains(calls[0].body, "Asked: admin publish a") || !strings.Contains(calls[0].body, `"flags":32768`) {
		t.Fatalf("calls %s: %v", made(calls), calls)
	}
	judge(t, "edit", []byte(calls[0].body))
}

// TestSlowFormOpensBehindAButton has a slow line ask for a form: it is too
// late for one, but not for whoever taps.
func TestSlowFormOpensBehindAButton(t *testing.T) {
	c := newClient(t)
	c.interact(isCommand, staff("publish form"))
	if a := c.interact(isTap, `{"custom_id":"io1:o:0:admin publish form"}`); a.Type != modalType {
		t.Errorf("the button opens %s", a.text)
	}
	if calls := closed(t, c); made(calls) != "PATCH @original" || !strings.Contains(calls[0].body, "io1:o:0:admin publish form") {
		t.Errorf("calls %s: %v", made(calls), calls)
	}
}

func TestNothingStaysThinking(t *testing.T) {
	c := newClient(t)
	if err := c.app.Close(t.Context()); err != nil {
		t.Fatal(err)
	}
	if a := c.interact(isCommand, staff("publish a")); a.Type != showType || !a.says("Busy") {
		t.Errorf("acknowledged what nobody will do: %s", a.text)
	}
	c = newClient(t)
	c.api.fail = []int{400}
	c.interact(isCommand, staff("publish a"))
	if calls := closed(t, c); made(calls) != "PATCH @original, PATCH @original" || !strings.Contains(calls[1].body, "Something went wrong") {
		t.Errorf("calls %s", made(calls))
	}
	c = newClient(t)
	c.api.fail = []int{404, 500}
	c.interact(isCommand, staff("publish a"))
	if calls := closed(t, c); made(calls) != "PATCH @original, PATCH @original, PATCH @original" {
		t.Errorf("calls %s", made(calls))
	}
}

// TestSlowLinesHaveTheirTime outlast a job, and end with the program.
func TestSlowLinesHaveTheirTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		job, done := context.WithTimeout(t.Context(), callTimeout)
		defer done()
		ctx, cancel := patient(job)
		defer cancel()
		<-job.Done()
		synctest.Wait()
		if ctx.Err() != nil {
			t.Error("the line ended with its job")
		}
		<-ctx.Done()
	})
	synctest.Test(t, func(t *testing.T) {
		stopping, stop := context.WithCancel(t.Context())
		ctx, cancel := patient(stopping)
		defer cancel()
		stop()
		synctest.Wait()
		if ctx.Err() == nil {
			t.Error("the line goes on when the program stops")
		}
	})
}

// unread is a response that nobody reads until all else stands still.
type unread struct {
	*httptest.ResponseRecorder
	fetched bool // what is left to do was begun before anybody had the answer
	shelf   *shelf
}

func (u *unread) Write(body []byte) (int, error) {
	synctest.Wait()
	u.fetched = u.shelf.asked()
	return u.ResponseRecorder.Write(body)
}

// TestWhatIsLeftWaitsForTheAnswer: until Discord has the answer there is
// nothing that could be edited.
func TestWhatIsLeftWaitsForTheAnswer(t *testing.T) {
	c := newClient(t)
	s := picturesOf(c)
	s.gone = true
	synctest.Test(t, func(t *testing.T) {
		c.app.jobs = platform.NewJobs(discard(), nil)
		u := &unread{ResponseRecorder: httptest.NewRecorder(), shelf: s}
		ask := strings.NewReplacer("%ID", "5", "%DATA", askDose("picture")).Replace(question)
		answer, err := c.app.receive(t.Context(), []byte(ask))
		if err != nil {
			t.Fatal(err)
		}
		c.app.write(t.Context(), u, answer)
		c.app.jobs.Idle()
		if u.fetched || !s.asked() {
			t.Errorf("the picture was fetched before the answer: %v, at all: %v", u.fetched, s.asked())
		}
	})
}

func TestAnswerThatDiscordHasIsNoError(t *testing.T) {
	c := newClient(t)
	c.api.fail, c.api.code = []int{http.StatusBadRequest}, alreadyAnswered
	body := strings.NewReplacer("%ID", "5", "%DATA", askDose("x")).Replace(question)
	if err := c.app.respond(t.Context(), []byte(body)); err != nil {
		t.Error(err)
	}
}

func TestGatewaySendsPictures(t *testing.T) {
	c := newClient(t)
	picturesOf(c, "tibia.png")
	body := strings.NewReplacer("%ID", "5", "%DATA", askDose("picture")).Replace(question)
	c.api.fail = []int{http.StatusForbidden}
	if err := c.app.respond(t.Context(), []byte(body)); err != nil {
		t.Fatal(err)
	}
	calls := c.api.seen()
	if made(calls) != "POST callback, POST callback" || len(calls[0].files) != 1 || len(calls[1].files) != 0 || !strings.Contains(calls[1].body, "0.12 mg") {
		t.Errorf("calls %s: %v", made(calls), calls)
	}
}
