package discord

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"iobot/bot"
)

// fake is Discord as the bot calls it over REST. It answers what fail says
// first, and then does what it is asked.
type fake struct {
	*httptest.Server
	mu       sync.Mutex
	commands string // what is registered
	calls    []call
	fail     []int // statuses of the next answers, before any that succeeds
	code     int   // what those answers say
}

// call is one request that the bot made.
type call struct {
	method, path, body string
	header             http.Header
	files              []upload // name, media type and data
}

func newFake(t testing.TB) *fake {
	f := &fake{commands: "[]", code: 10015}
	f.Server = httptest.NewServer(http.HandlerFunc(f.serve))
	t.Cleanup(f.Close)
	return f
}

func (f *fake) serve(w http.ResponseWriter, r *http.Request) {
	body, files := readCall(r)
	f.mu.Lock()
	defer f.mu.Unlock()
	f.calls = append(f.calls, call{r.Method, r.URL.Path, body, r.Header, files})
	if len(f.fail) > 0 {
		status := f.fail[0]
		f.fail = f.fail[1:]
		if status == http.StatusTooManyRequests {
			w.Header().Set("Retry-After", "0.2")
			w.Header().Set("Content-Type", "text/html") // as the proxy in front of Discord does
		}
		w.WriteHeader(status)
		fmt.Fprintf(w, `{"code":%d,"message":"Unknown Webhook"}`, f.code)
		return
	}
	switch {
	case !strings.HasSuffix(r.URL.Path, "/commands"):
		fmt.Fprint(w, `{"id":"9","channel_id":"2"}`)
	case r.Method == http.MethodPut:
		f.commands = withDefaults(body)
		fallthrough
	default:
		fmt.Fprint(w, f.commands)
	}
}

// readCall reads the JSON of a call and the files that travel beside it, as
// Discord wants them: numbered in the order of "attachments".
func readCall(r *http.Request) (string, []upload) {
	parts, err := r.MultipartReader()
	if err != nil {
		body, _ := io.ReadAll(r.Body)
		return string(body), nil
	}
	var body string
	var files []upload
	for {
		p, err := parts.NextPart()
		if err != nil {
			return body, files
		}
		data, _ := io.ReadAll(p)
		switch p.FormName() {
		case "payload_json":
			body = string(data)
		case fmt.Sprintf("files[%d]", len(files)):
			files = append(files, upload{name: p.FileName(), media: p.Header.Get("Content-Type"), data: data})
		}
	}
}

// withDefaults returns commands as Discord gives them back: with ids, and with
// every field.
func withDefaults(body string) string {
	var list []map[string]any
	if err := json.Unmarshal([]byte(body), &list); err != nil {
		return "[]"
	}
	for i, c := range list {
		c["id"], c["application_id"], c["version"] = strconv.Itoa(100+i), "9001", "1"
		c["nsfw"], c["name_localizations"] = false, nil
		if c["description"] == nil {
			c["description"] = ""
		}
	}
	out, _ := json.Marshal(list)
	return string(out)
}

func (f *fake) seen() []call {
	f.mu.Lock()
	defer f.mu.Unlock()
	return append([]call(nil), f.calls...)
}

// client signs requests as Discord does.
type client struct {
	t   testing.TB
	app *App
	key ed25519.PrivateKey
	now time.Time
	log *bytes.Buffer
	api *fake
	ids int
}

// question is the default interaction: a slash command in a server that has
// installed the bot.
const question = `{"type":2,"id":"%ID","token":"secret-token","application_id":"9001","guild_id":"1","channel_id":"2",
	"context":0,"authorizing_integration_owners":{"0":"1"},
	"member":{"user":{"id":"7001"},"permissions":"0"},"data":%DATA}`

func newClient(t testing.TB) *client {
	t.Helper()
	public, private, err := ed25519.GenerateKey(nil)
	if err != nil {
		t.Fatal(err)
	}
	c := &client{t: t, key: private, now: time.Unix(1_790_000_000, 0), log: &bytes.Buffer{}, api: newFake(t)}
	log := slog.New(slog.NewTextHandler(c.log, nil))
	now := func() time.Time { return c.now }
	table := commandTable()
	c.app, err = New(Config{
		Bot:      bot.New(bot.Config{Commands: table, Default: "ask", Log: log, Now: now}),
		Commands: table, APIURL: c.api.URL + "/", ApplicationID: "9001", PublicKey: hex.EncodeToString(public),
		Log: log, Now: now, UserPerMinute: 100_000,
		Complete: func(kind, typed, drug string) []Suggestion {
			if kind != "drug" {
				return []Suggestion{{Label: kind + " of " + drug + " " + typed, Value: "v"}}
			}
			var list []Suggestion
			for i := range 40 {
				list = append(list, Suggestion{Label: fmt.Sprintf("%s %d %s", typed, i, strings.Repeat("x", 200)), Value: fmt.Sprint("id", i)})
			}
			return list
		},
		Education: func(server string) bool { return server == "school" },
	})
	if err != nil {
		t.Fatal(err)
	}
	c.app.api.wait = func(context.Context, time.Duration) error { return nil }
	c.app.api.session.Client.Transport.(*transport).wait = c.app.api.wait
	return c
}

// commandTable is a small table of every kind of option.
func commandTable() []bot.Command {
	patient := []bot.Option{{Name: "weight", Summary: "weight with its unit", Kind: bot.Weight}, {Name: "age", Summary: "age", Kind: bot.Age}}
	run := func(_ context.Context, in bot.Input) (bot.Reply, error) {
		r := doseReply()
		switch {
		case strings.Contains(in.Args, "panic"):
			panic("the question is " + in.Args)
		case strings.Contains(in.Args, "unknown"):
			return bot.Reply{Outcome: bot.Clarify, Title: "Which drug?", Blocks: []bot.Block{bot.Lead{Text: in.Args}}}, nil
		case strings.Contains(in.Args, "picture"):
			r.Pictures = []bot.Picture{{Name: "tibia.png", Title: "Proximal tibia", Alt: "The point 2 cm below the patella."}}
			r.Subject = in.Line
		case strings.Contains(in.Args, "document"):
			r.Files = []bot.File{{Name: "card 12 kg.pdf", Title: "Card, 12 kg"}}
		case strings.Contains(in.Args, "personal"):
			r.Title = "What you asked"
		case strings.Contains(in.Line, "help"):
			r.Subject = ""
		case strings.Contains(in.Args, "long"), strings.Contains(in.Args, "arrest 12 kg"):
			r.Blocks = append(r.Blocks, bot.Text{Text: strings.Repeat("More to read. ", 300)})
		}
		r.Blocks = append(r.Blocks, bot.Note{Text: "Asked: " + in.Line})
		return r, nil
	}
	return []bot.Command{
		{Name: "dose", Summary: "exact dose", Run: run, Options: append([]bot.Option{
			{Name: "indication", Summary: "what for", Complete: "indication"},
			{Name: "drug", Summary: "drug", Required: true, Complete: "drug"}}, patient...)},
		{Name: "ask", Summary: "a free question", Run: run, Options: []bot.Option{{Name: "question", Summary: "your words", Required: true}}},
		{Name: "help", Summary: "what you can ask", Run: run, Options: []bot.Option{{Name: "command", Summary: "one command", Choices: []string{"dose", "ask"}}}},
		adminCommand(),
	}
}

// post sends a body, signed, and returns the status and the answer.
func (c *client) post(body string) (int, string) {
	c.t.Helper()
	stamp := strconv.FormatInt(c.now.Unix(), 10)
	sum := ed25519.Sign(c.key, []byte(stamp+body))
	return c.send(body, stamp, hex.EncodeToString(sum))
}

func (c *client) send(body, stamp, signature string) (int, string) {
	r := httptest.NewRequest(http.MethodPost, "/discord/interactions", strings.NewReader(body))
	r.Header.Set("X-Signature-Timestamp", stamp)
	r.Header.Set("X-Signature-Ed25519", signature)
	w := httptest.NewRecorder()
	c.app.Handler().ServeHTTP(w, r)
	return w.Code, w.Body.String()
}

// interact sends an interaction of a type with data, and returns the answer.
func (c *client) interact(kind int, data string, change ...string) answer {
	c.t.Helper()
	c.ids++
	body := strings.NewReplacer("%ID", strconv.Itoa(c.ids), "%DATA", data).Replace(question)
	body = strings.Replace(body, `"type":2`, fmt.Sprintf(`"type":%d`, kind), 1)
	body = strings.NewReplacer(change...).Replace(body)
	status, text := c.post(body)
	if status == http.StatusAccepted { // by a call of its own, because of its files
		text = c.callback()
	} else if status != http.StatusOK {
		c.t.Fatalf("%s\nis answered with %d %s", body, status, text)
	}
	var a answer
	if err := json.Unmarshal([]byte(text), &a); err != nil {
		c.t.Fatal(err)
	}
	a.text = text
	a.said = content(a.Data.Components)
	return a
}

// callback is the last answer that the bot gave in a call of its own.
func (c *client) callback() string {
	c.t.Helper()
	for _, made := range slices.Backward(c.api.seen()) {
		if strings.HasSuffix(made.path, "/callback") {
			return made.body
		}
	}
	c.t.Fatal("there is no answer")
	return ""
}

// answer is a response as a client reads it.
type answer struct {
	Type int `json:"type"`
	Data struct {
		Flags      int `json:"flags"`
		Choices    []struct{ Name, Value string }
		Components any `json:"components"`
	} `json:"data"`
	text string // as sent
	said string // all its text displays
}

// content is all that the components say, in order.
func content(tree any) string {
	var b strings.Builder
	switch t := tree.(type) {
	case []any:
		for _, item := range t {
			b.WriteString(content(item))
		}
	case map[string]any:
		if text, ok := t["content"].(string); ok {
			b.WriteString(text + "\n")
		}
		b.WriteString(content(t["components"]))
	}
	return b.String()
}

// asked is the line that the bot was asked.
func (a answer) asked() string {
	_, rest, _ := strings.Cut(a.said, "Asked: ")
	l, _, _ := strings.Cut(rest, "\n")
	return l
}

func (a answer) private() bool { return a.Data.Flags&64 != 0 }

func (a answer) says(words string) bool { return strings.Contains(a.text, words) }

func discard() *slog.Logger { return slog.New(slog.DiscardHandler) }
