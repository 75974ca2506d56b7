package main

import (
	"crypto/ed25519"
	"encoding/hex"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gorilla/websocket"
)

// fakeDiscord is Discord's REST API as far as the program calls it: commands,
// and messages that follow an interaction.
type fakeDiscord struct {
	*httptest.Server
	messages chan string

	mu       sync.Mutex
	commands string
	writes   int
}

func newFakeDiscord(t *testing.T) *fakeDiscord {
	f := &fakeDiscord{commands: "[]", messages: make(chan string, 10)}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /api/v9/applications/9001/commands", func(w http.ResponseWriter, _ *http.Request) {
		f.mu.Lock()
		defer f.mu.Unlock()
		fmt.Fprint(w, f.commands)
	})
	mux.HandleFunc("PUT /api/v9/applications/9001/commands", func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		f.mu.Lock()
		defer f.mu.Unlock()
		f.commands = string(body)
		f.writes++
		fmt.Fprint(w, f.commands)
	})
	mux.HandleFunc("POST /api/v9/webhooks/9001/token", func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		f.messages <- string(body)
		fmt.Fprint(w, `{"id":"1"}`)
	})
	f.Server = httptest.NewServer(mux)
	t.Cleanup(f.Close)
	return f
}

// registered is what the fake has, and how often that was written.
func (f *fakeDiscord) registered() (commands string, writes int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.commands, f.writes
}

func discordSettings(api, key string) string {
	return fmt.Sprintf("listen: \"127.0.0.1:0\"\nadmin_listen: \"127.0.0.1:0\"\ndiscord:\n  mode: http\n  api_url: %q\n"+
		"  application_id: \"9001\"\n  public_key: %q\n  education: [\"1\"]\n", api+"/", key)
}

// interact sends a signed interaction to the program and returns its answer.
func (r *running) interact(key ed25519.PrivateKey, id int, kind int, data string) string {
	r.t.Helper()
	body := fmt.Sprintf(`{"type":%d,"id":"%d","token":"token","application_id":"9001","guild_id":"1","channel_id":"2","context":0,
		"member":{"user":{"id":"700142434445464748"},"permissions":"0"},"message":{"id":"5","flags":64},"data":%s}`, kind, id, data)
	return r.signed(key, body)
}

// signed sends an interaction with its signature and returns the answer.
func (r *running) signed(key ed25519.PrivateKey, body string) string {
	r.t.Helper()
	stamp := strconv.FormatInt(time.Now().Unix(), 10)
	req, err := http.NewRequest(http.MethodPost, r.public+"/discord/interactions", strings.NewReader(body))
	if err != nil {
		r.t.Fatal(err)
	}
	req.Header.Set("X-Signature-Timestamp", stamp)
	req.Header.Set("X-Signature-Ed25519", hex.EncodeToString(ed25519.Sign(key, []byte(stamp+body))))
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		r.t.Fatal(err)
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	if err != nil || resp.StatusCode >= http.StatusMultipleChoices {
		r.t.Fatalf("%s: status %d, %v", body, resp.StatusCode, err)
	}
	return string(text)
}

// TestDiscord drives the program as Discord does, over HTTP.
func TestDiscord(t *testing.T) {
	public, key, err := ed25519.GenerateKey(nil)
	if err != nil {
		t.Fatal(err)
	}
	fake := newFakeDiscord(t)
	r := &running{t: t, log: make(chan string, 1)}
	r.cmd = process(t, discordSettings(fake.URL, hex.EncodeToString(public)))
	r.launch()
	dose := `{"name":"io","type":1,"options":[{"name":"dose","type":1,"options":[{"name":"drug","type":3,"value":"epinephrine"},{"name":"weight_kg","type":10,"value":12}]}]}`
	drug := `{"name":"io","type":1,"options":[{"name":"dose","type":1,"options":[{"name":"drug","type":3,"value":"%s","focused":true}]}]}`
	for i, x := range []struct {
		kind int
		data string
		want []string
	}{
		{2, dose, []string{`"type":4`, `"flags":32832`, "12 kg: 0.12 mg", "1.2 mL of 0.1 mg/mL", "Education, not for patient care", "io1:s:"}},
		{2, strings.Replace(dose, `12}`, `0}`, 1), []string{`"flags":32832`, "Not above zero"}},
		{3, `{"custom_id":"io1:r:0:why dose epinephrine cardiac arrest 12 kg","component_type":2}`, []string{`"type":4`, "What it rests on"}},
		{3, `{"custom_id":"io1:p:2:dose epinephrine 12 kg","component_type":2}`, []string{`"type":7`, "### Sources"}},
		{3, `{"custom_id":"io0:gone","component_type":2}`, []string{`"flags":32832`, "another version"}},
		{4, fmt.Sprintf(drug, "adren"), []string{`"type":8`, `EPINEPHrine (adrenaline)`, `"value":"epinephrine"`}},
		{4, fmt.Sprintf(drug, "adrenalime"), []string{`"value":"epinephrine"`}},
		{4, fmt.Sprintf(drug, "zzzz"), []string{`"choices":[]`}},
		{3, `{"custom_id":"io1:s:2:dose epinephrine 12 kg","component_type":2}`, []string{`"type":7`}},
	} {
		answer := r.interact(key, i+1, x.kind, x.data)
		for _, want := range x.want {
			if !strings.Contains(answer, want) {
				t.Errorf("%s\ndoes not say %q:\n%s", x.data, want, answer)
			}
		}
	}
	if shared := <-fake.messages; !strings.Contains(shared, "0.12 mg") || !strings.Contains(shared, "Shared by") || !strings.Contains(shared, `"flags":32768`) {
		t.Errorf("shared: %s", shared)
	}
	if status, text := r.get(r.admin + "/metrics"); status != http.StatusOK || !strings.Contains(text, `came="autocomplete",platform="discord"`) {
		t.Errorf("metrics: %d", status)
	}
	if log := r.stop(); strings.Contains(log, "epinephrine") || strings.Contains(log, "700142434445464748") {
		t.Errorf("the log says what was asked, or who:\n%s", log)
	}
}

// register runs `iobot discord register`, returns what it prints and whether
// it ended well.
func register(t *testing.T, file string, args ...string) (string, bool) {
	t.Helper()
	path, err := built()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), path, append([]string{"discord", "register", "--config", file}, args...)...)
	cmd.Env = []string{"DISCORD_BOT_TOKEN=CANARY-bot-token"}
	out, err := cmd.CombinedOutput()
	return string(out), err == nil
}

func TestDiscordRegister(t *testing.T) {
	fake := newFakeDiscord(t)
	file := filepath.Join(t.TempDir(), "iobot.yaml")
	settings := discordSettings(fake.URL, strings.Repeat("ab", 32))
	if err := os.WriteFile(file, []byte(settings), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, x := range []struct {
		args   []string
		says   string
		writes int
	}{
		{[]string{"--dry-run"}, "add io-admin\nNothing was written.", 0},
		{nil, "add io", 1},
		{nil, "Nothing differs", 1},
		{[]string{"--clear"}, "remove io", 2},
	} {
		out, ok := register(t, file, x.args...)
		if _, writes := fake.registered(); !ok || !strings.Contains(out, x.says) || writes != x.writes {
			t.Errorf("%v: %v, %d writes, says %s", x.args, ok, writes, out)
		}
	}
	if commands, _ := fake.registered(); commands != "[]" {
		t.Errorf("after clearing there is %s", commands)
	}
	fake.Close()
	if out, ok := register(t, file); ok || strings.Contains(out, "CANARY") || strings.Count(out, "\n") != 1 {
		t.Errorf("without Discord: %v %s", ok, out)
	}
}

// TestDiscordGatewayRefused has Discord refuse the token: the program ends
// with a sentence, and says no secret.
func TestDiscordGatewayRefused(t *testing.T) {
	refusing := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusUnauthorized) }))
	defer refusing.Close()
	settings := strings.Replace(discordSettings(refusing.URL, strings.Repeat("ab", 32)), "mode: http", "mode: gateway", 1)
	settings += fmt.Sprintf("state: %q\n", "sqlite:"+filepath.Join(t.TempDir(), "iobot.db"))
	out, err := process(t, settings, "DISCORD_BOT_TOKEN=CANARY-bot-token").CombinedOutput()
	if err == nil || !strings.Contains(string(out), "iobot: connect to Discord: Discord does not take the bot token") || strings.Contains(string(out), "CANARY") {
		t.Errorf("%v\n%s", err, out)
	}
}

// TestDiscordGateway has the program answer over the gateway and leave it when
// an operator stops it.
func TestDiscordGateway(t *testing.T) {
	callbacks, left := make(chan string, 1), make(chan error, 1)
	mux := http.NewServeMux()
	server := httptest.NewServer(mux)
	defer server.Close()
	mux.HandleFunc("GET /api/v9/gateway/bot", func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprintf(w, `{"url":"ws%s","session_start_limit":{"remaining":900}}`, strings.TrimPrefix(server.URL, "http"))
	})
	mux.HandleFunc("GET /{$}", func(w http.ResponseWriter, r *http.Request) {
		ws, err := (&websocket.Upgrader{}).Upgrade(w, r, nil)
		if err != nil {
			return
		}
		defer ws.Close()
		for _, text := range []string{`{"op":10,"d":{"heartbeat_interval":60000}}`, `{"op":0,"t":"READY","s":1,"d":{}}`,
			`{"op":0,"t":"INTERACTION_CREATE","s":2,"d":{"type":3,"id":"5","token":"token","user":{"id":"7"},"data":{"custom_id":"io1:r:0:dose epinephrine 12 kg"}}}`} {
			_ = ws.WriteMessage(websocket.TextMessage, []byte(text))
		}
		for err == nil {
			_, _, err = ws.ReadMessage()
		}
		left <- err
	})
	mux.HandleFunc("POST /api/v9/interactions/5/token/callback", func(_ http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		callbacks <- string(body)
	})
	r := &running{t: t, log: make(chan string, 1)}
	settings := strings.Replace(discordSettings(server.URL, strings.Repeat("ab", 32)), "mode: http", "mode: gateway", 1)
	settings += fmt.Sprintf("state: %q\n", "sqlite:"+filepath.Join(t.TempDir(), "iobot.db"))
	r.cmd = process(t, settings, "DISCORD_BOT_TOKEN=CANARY-bot-token")
	r.launch()
	if got := <-callbacks; !strings.Contains(got, "12 kg: 0.12 mg") {
		t.Errorf("callback: %s", got)
	}
	if status, text := r.get(r.public + "/readyz"); status != http.StatusOK {
		t.Errorf("readyz: %d %s", status, text)
	}
	if log := r.stop(); strings.Contains(log, "CANARY") || strings.Contains(log, "epinephrine") {
		t.Errorf("the log holds a secret:\n%s", log)
	}
	if err := <-left; !websocket.IsCloseError(err, websocket.CloseNormalClosure) {
		t.Errorf("left with %v", err)
	}
}
