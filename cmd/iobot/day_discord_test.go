package main

import (
	"crypto/ed25519"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
)

// discordRim is Discord around the running program: signed interactions go in,
// and its REST API keeps what the program posts.
type discordRim struct {
	t     *testing.T
	r     *running
	key   ed25519.PrivateKey
	http  *httptest.Server
	taken int

	answers []any // to interactions, for the oracle

	mu           sync.Mutex
	callbacks    map[string]map[string]any // answers that came with pictures, by token
	originals    map[string]map[string]any // answers that were changed, by token
	messages     []*discordMessage
	posts, edits []any
}

// discordMessage is a message in the channel.
type discordMessage struct {
	id   string
	body map[string]any
}

func newDiscordRim(t *testing.T) rim {
	public, key, err := ed25519.GenerateKey(nil)
	if err != nil {
		t.Fatal(err)
	}
	d := &discordRim{t: t, key: key, callbacks: map[string]map[string]any{}, originals: map[string]map[string]any{}}
	mux := http.NewServeMux()
	mux.HandleFunc("POST /api/v9/webhooks/9001/{token}", d.posted)
	mux.HandleFunc("POST /api/v9/channels/2/messages", d.posted)
	mux.HandleFunc("POST /api/v9/interactions/{id}/{token}/callback", d.answered)
	mux.HandleFunc("PATCH /api/v9/webhooks/9001/{token}/messages/@original", d.edited)
	mux.HandleFunc("PATCH /api/v9/channels/2/messages/{id}", d.edited)
	d.http = httptest.NewServer(mux)
	t.Cleanup(d.http.Close)
	h := newHospital(t, "")
	h.write("iobot.yaml", discordSettings(d.http.URL, hex.EncodeToString(public))+staffSettings)
	serve := h.command("serve", "--config", "iobot.yaml")
	serve.Env = []string{"DISCORD_BOT_TOKEN=CANARY-bot-token"}
	d.r = h.serveBy(serve)
	return d
}

func (d *discordRim) close() {
	if log := d.r.stop(); d.t.Failed() {
		d.t.Log(log)
	}
	judge(d.t, d.answers, "discord", "callback")
	judge(d.t, d.posts, "discord", "message")
	judge(d.t, d.edits, "discord", "edit", "--v2")
}

// payload is the JSON of a request, which comes with files or alone.
func payload(r *http.Request) (map[string]any, error) {
	text := []byte(r.FormValue("payload_json"))
	if len(text) == 0 {
		var err error
		if text, err = io.ReadAll(r.Body); err != nil {
			return nil, err
		}
	}
	var m map[string]any
	err := json.Unmarshal(text, &m)
	return m, err
}

// posted takes a message. One that only its reader sees is not the channel's.
func (d *discordRim) posted(w http.ResponseWriter, r *http.Request) {
	m, err := payload(r)
	if err != nil {
		http.Error(w, "no JSON", http.StatusBadRequest)
		return
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.posts = append(d.posts, m)
	id := fmt.Sprint(1000 + len(d.posts))
	if flags, _ := m["flags"].(float64); int(flags)&64 == 0 {
		d.messages = append(d.messages, &discordMessage{id: id, body: m})
	}
	fmt.Fprintf(w, `{"id":%q,"channel_id":"2"}`, id)
}

// answered takes an answer that comes with pictures.
func (d *discordRim) answered(w http.ResponseWriter, r *http.Request) {
	m, err := payload(r)
	if err != nil {
		http.Error(w, "no JSON", http.StatusBadRequest)
		return
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.callbacks[r.PathValue("token")] = m
	w.WriteHeader(http.StatusNoContent)
}

// edited changes a message of the channel, or the answer under a token.
func (d *discordRim) edited(w http.ResponseWriter, r *http.Request) {
	m, err := payload(r)
	if err != nil {
		http.Error(w, "no JSON", http.StatusBadRequest)
		return
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.edits = append(d.edits, m)
	if token := r.PathValue("token"); token != "" {
		d.originals[token] = m
	}
	for _, old := range d.messages {
		if old.id == r.PathValue("id") {
			old.body = m
		}
	}
	fmt.Fprintf(w, `{"id":%q,"channel_id":"2"}`, r.PathValue("id"))
}

// opensForm is how the ids of the buttons begin that open a form.
const opensForm = "io1:o:"

func (d *discordRim) formButton(on *shown) string {
	label := ""
	within(on.body, func(part map[string]any) {
		if id, _ := part["custom_id"].(string); strings.HasPrefix(id, opensForm) {
			label = fmt.Sprint(part["label"])
		}
	})
	return label
}

func (d *discordRim) channel() []string {
	d.mu.Lock()
	defer d.mu.Unlock()
	var list []string
	for _, m := range d.messages {
		list = append(list, (&shown{body: unescaped(m.body)}).says())
	}
	return list
}

func (d *discordRim) types(who, line string) *shown {
	name, rest, _ := strings.Cut(line, " ")
	command := map[string]any{"name": "io", "type": 1, "options": []any{map[string]any{
		"name": "ask", "type": 1, "options": []any{map[string]any{"name": "question", "type": 3, "value": line}},
	}}}
	if name == "admin" {
		command = map[string]any{"name": "io-admin", "type": 1, "options": []any{map[string]any{"name": "what", "type": 3, "value": rest}}}
	}
	return d.interact(who, 2, command)
}

func (d *discordRim) taps(who string, on *shown, label string) *shown {
	d.t.Helper()
	if label == "Share to channel" {
		label = "Share"
	}
	found, menu := labelled(on.body, label)
	if found == nil {
		d.t.Fatalf("there is no button %q:\n%s", label, on.says())
	}
	if menu != nil {
		return d.interact(who, 3, map[string]any{"component_type": 3, "custom_id": menu["custom_id"], "values": []any{found["value"]}})
	}
	return d.interact(who, 3, map[string]any{"component_type": 2, "custom_id": found["custom_id"]})
}

func (d *discordRim) sends(who string, form *shown, values map[string]string) *shown {
	d.t.Helper()
	data, used := form.body, 0
	var back []any
	parts, _ := data["components"].([]any)
	for _, p := range parts {
		part, _ := p.(map[string]any)
		in, _ := part["component"].(map[string]any)
		if in == nil {
			continue // a text above the fields
		}
		name, _, _ := strings.Cut(fmt.Sprint(in["custom_id"]), ":")
		value := in["value"]
		if text, ok := values[name]; ok {
			value, used = text, used+1
		}
		back = append(back, map[string]any{"type": 18, "component": map[string]any{"type": in["type"], "custom_id": in["custom_id"], "value": value}})
	}
	if used < len(values) {
		d.t.Fatalf("not all of %v can be filled in:\n%s", values, form.says())
	}
	return d.interact(who, 5, map[string]any{"custom_id": data["custom_id"], "components": back})
}

// interact sends an interaction and returns what its sender sees in the end.
func (d *discordRim) interact(who string, kind int, data map[string]any) *shown {
	d.t.Helper()
	user := map[string]string{"Kim": "7001", "Ann": "7002", "Bo": "7003", "Dee": "7009"}[who]
	d.taken++
	token := fmt.Sprint("token", d.taken)
	body, err := json.Marshal(map[string]any{
		"type": kind, "id": fmt.Sprint(d.taken), "token": token, "application_id": "9001", "guild_id": "9001", "channel_id": "2", "context": 0,
		"authorizing_integration_owners": map[string]any{"0": "9001"}, "app_permissions": "2147483647",
		"member":  map[string]any{"user": map[string]any{"id": user}, "permissions": "0"},
		"message": map[string]any{"id": fmt.Sprint(500 + d.taken), "flags": 64}, "data": data,
	})
	if err != nil {
		d.t.Fatal(err)
	}
	text := d.r.signed(d.key, string(body))
	d.mu.Lock()
	answer := d.callbacks[token]
	d.mu.Unlock()
	if answer == nil {
		answer = object(d.t, text)
	}
	d.answers = append(d.answers, answer)
	return d.finished(answer, token)
}

// finished is an answer, or what takes its place when it only says that one
// will follow.
func (d *discordRim) finished(answer map[string]any, token string) *shown {
	d.t.Helper()
	body, _ := answer["data"].(map[string]any)
	switch answer["type"] {
	case 9.0:
		return &shown{body: body, form: true}
	case 4.0, 7.0:
		return &shown{body: unescaped(body)}
	}
	ok := eventually(d.t, func() bool {
		d.mu.Lock()
		defer d.mu.Unlock()
		body = d.originals[token]
		return body != nil
	})
	if !ok {
		d.t.Fatalf("nothing followed %v", answer)
	}
	return &shown{body: unescaped(body)}
}

// unescaped takes the marks away that keep texts from being Markdown.
func unescaped(body map[string]any) map[string]any {
	var walk func(any) any
	walk = func(tree any) any {
		switch t := tree.(type) {
		case string:
			return strings.ReplaceAll(t, `\`, "")
		case []any:
			out := make([]any, len(t))
			for i, v := range t {
				out[i] = walk(v)
			}
			return out
		case map[string]any:
			out := map[string]any{}
			for k, v := range t {
				out[k] = walk(v)
			}
			return out
		}
		return tree
	}
	out, _ := walk(body).(map[string]any)
	return out
}
