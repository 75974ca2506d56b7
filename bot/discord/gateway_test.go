package discord

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"
)

// gatewayFake is Discord's gateway. Every connection runs the next of its
// scripts; the last one is for all that follow.
type gatewayFake struct {
	*httptest.Server
	scripts   []func(*websocket.Conn)
	limit     string
	conns     int
	callbacks chan string
	refuse    int // status of GET /gateway/bot, 0 for none
}

func newGatewayFake(t *testing.T, scripts ...func(*websocket.Conn)) *gatewayFake {
	g := &gatewayFake{scripts: scripts, limit: `{"total":1000,"remaining":900,"reset_after":1000,"max_concurrency":1}`, callbacks: make(chan string, 10)}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /api/v9/gateway/bot", func(w http.ResponseWriter, r *http.Request) {
		if g.refuse != 0 || r.Header.Get("Authorization") != "Bot CANARY-token" {
			w.WriteHeader(max(g.refuse, 401))
			return
		}
		w.Header().Set("Content-Type", "application/json")
		fmt.Fprintf(w, `{"url":"ws%s","shards":1,"session_start_limit":%s}`, strings.TrimPrefix(g.URL, "http"), g.limit)
	})
	mux.HandleFunc("GET /{$}", func(w http.ResponseWriter, r *http.Request) {
		up := websocket.Upgrader{}
		ws, err := up.Upgrade(w, r, nil)
		if err != nil {
			return
		}
		defer ws.Close()
		script := g.scripts[min(g.conns, len(g.scripts)-1)]
		g.conns++
		script(ws)
	})
	mux.HandleFunc("POST /api/v9/interactions/", func(w http.ResponseWriter, r *http.Request) {
		var a answer
		_ = json.NewDecoder(r.Body).Decode(&a)
		g.callbacks <- fmt.Sprintf("%s %d", r.URL.Path, a.Type)
		w.WriteHeader(http.StatusNoContent)
	})
	g.Server = httptest.NewServer(mux)
	t.Cleanup(g.Close)
	return g
}

func write(ws *websocket.Conn, text string) { _ = ws.WriteMessage(websocket.TextMessage, []byte(text)) }

// hello greets, and returns what the bot identifies itself with.
func hello(ws *websocket.Conn, milliseconds int) string {
	write(ws, fmt.Sprintf(`{"op":10,"d":{"heartbeat_interval":%d}}`, milliseconds))
	_, text, _ := ws.ReadMessage()
	return string(text)
}

func ready(ws *websocket.Conn) { write(ws, `{"op":0,"t":"READY","s":1,"d":{"v":9}}`) }

// closeCode reads until the bot leaves and returns the code it leaves with.
func closeCode(ws *websocket.Conn) int {
	for {
		_, _, err := ws.ReadMessage()
		var closed *websocket.CloseError
		if errors.As(err, &closed) {
			return closed.Code
		}
		if err != nil {
			return 0
		}
	}
}

func closing(code int) func(*websocket.Conn) {
	return func(ws *websocket.Conn) {
		hello(ws, 10_000)
		_ = ws.WriteControl(websocket.CloseMessage, websocket.FormatCloseMessage(code, ""), time.Now().Add(time.Second))
	}
}

// gatewayApp is a bot that connects to a fake gateway.
func gatewayApp(t *testing.T, g *gatewayFake) *client {
	c := newClient(t)
	config := c.app.config
	config.APIURL, config.Token, config.PublicKey = g.URL+"/", "CANARY-token", ""
	config.BudgetFile = filepath.Join(t.TempDir(), "budget")
	config.Now = time.Now
	app, err := New(config)
	if err != nil {
		t.Fatal(err)
	}
	app.api.wait = func(context.Context, time.Duration) error { return nil }
	app.api.session.Client.Transport.(*transport).wait = app.api.wait
	c.app = app
	return c
}

func TestGatewayAnswersInteractions(t *testing.T) {
	identify, left := make(chan string, 1), make(chan int, 1)
	body := strings.NewReplacer("%ID", "5", "%DATA", slash("dose", aDrug), "\n", " ").Replace(question)
	g := newGatewayFake(t, func(ws *websocket.Conn) {
		identify <- hello(ws, 10_000)
		ready(ws)
		write(ws, `not JSON`)
		write(ws, `{"op":0,"t":"ODD","s":2,"d":{"x":[]}}`)
		write(ws, `{"op":0,"t":"INTERACTION_CREATE","s":3,"d":`+body+`}`)
		left <- closeCode(ws)
	})
	c := gatewayApp(t, g)
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- c.app.RunGateway(ctx) }()
	if got := <-identify; !strings.Contains(got, `"intents":0`) || !strings.Contains(got, `"token":"CANARY-token"`) || !strings.Contains(got, `"op":2`) {
		t.Errorf("identify: %s", got)
	}
	if got := <-g.callbacks; got != "/api/v9/interactions/5/secret-token/callback 4" {
		t.Errorf("callback: %s", got)
	}
	if err := c.app.Ready(); err != nil {
		t.Error(err)
	}
	stop()
	if err := <-ended; err != nil {
		t.Error(err)
	}
	if code := <-left; code != websocket.CloseNormalClosure {
		t.Errorf("left with %d", code)
	}
	if err := c.app.Close(t.Context()); err != nil || c.app.Ready() == nil {
		t.Error("still connected", err)
	}
	if log := c.log.String(); strings.Contains(log, "CANARY") || strings.Contains(log, "secret-token") {
		t.Errorf("the log holds a token: %s", log)
	}
}

// TestGatewayConnectionEnds runs one connection each and looks at why it ended.
func TestGatewayConnectionEnds(t *testing.T) {
	codes := make(chan int, 1)
	for name, x := range map[string]struct {
		script func(*websocket.Conn)
		code   int // with which the bot leaves, 0 when Discord does
		want   string
	}{
		"reconnect as the first packet": {func(ws *websocket.Conn) { hello(ws, 10_000); write(ws, `{"op":7}`); codes <- closeCode(ws) }, leave, errAsked.Error()},
		"invalid session":               {func(ws *websocket.Conn) { hello(ws, 10_000); write(ws, `{"op":9,"d":false}`); codes <- closeCode(ws) }, leave, errAsked.Error()},
		"no answer to heartbeats":       {func(ws *websocket.Conn) { hello(ws, 20); ready(ws); codes <- closeCode(ws) }, leave, errZombie.Error()},
		"cut":                           {func(ws *websocket.Conn) { hello(ws, 10_000); ws.Close(); codes <- 0 }, 0, "gateway: "},
		"no hello":                      {func(ws *websocket.Conn) { write(ws, `{"op":0}`); codes <- 0 }, 0, errNoHello.Error()},
		"token rejected":                {func(ws *websocket.Conn) { closing(4004)(ws); codes <- 0 }, 0, "gateway: websocket: close 4004"},
	} {
		g := newGatewayFake(t, x.script)
		c := gatewayApp(t, g)
		err := c.app.connect(t.Context())
		if err == nil || !strings.HasPrefix(err.Error(), x.want) {
			t.Errorf("%s: ended with %v", name, err)
		}
		if code := <-codes; code != x.code {
			t.Errorf("%s: left with %d", name, code)
		}
	}
}

func TestHeartbeatOnRequest(t *testing.T) {
	beat := make(chan string, 1)
	g := newGatewayFake(t, func(ws *websocket.Conn) {
		hello(ws, 10_000_000)
		write(ws, `{"op":0,"t":"READY","s":41,"d":{}}`)
		write(ws, `{"op":1}`)
		_, text, _ := ws.ReadMessage()
		beat <- strings.TrimSpace(string(text))
		write(ws, `{"op":11}`)
		write(ws, `{"op":7}`)
	})
	if err := gatewayApp(t, g).app.connect(t.Context()); !errors.Is(err, errAsked) {
		t.Error(err)
	}
	if got := <-beat; got != `{"d":41,"op":1}` {
		t.Errorf("got %s", got)
	}
}

func TestFatalCodesEndWithASentence(t *testing.T) {
	for code, sentence := range fatal {
		g := newGatewayFake(t, closing(code))
		err := gatewayApp(t, g).app.RunGateway(t.Context())
		if err == nil || !strings.HasSuffix(err.Error(), sentence) || strings.Contains(err.Error(), "CANARY") || g.conns != 1 {
			t.Errorf("%d: %v after %d connections", code, err, g.conns)
		}
	}
	g := newGatewayFake(t, closing(1000))
	g.refuse = http.StatusUnauthorized
	if err := gatewayApp(t, g).app.RunGateway(t.Context()); err == nil || g.conns != 0 {
		t.Errorf("%v after %d connections", err, g.conns)
	}
}

func TestStartsAreLeftForOthers(t *testing.T) {
	g := newGatewayFake(t, closing(1000))
	g.limit = `{"remaining":99,"reset_after":7200000}`
	var later errLater
	if err := gatewayApp(t, g).app.connect(t.Context()); !errors.As(err, &later) || later.wait != 2*time.Hour || g.conns != 0 {
		t.Errorf("%v after %d connections", err, g.conns)
	}
}

// TestFiveHundredDrops drops every connection at once under a clock of its
// own, and restarts the program after every fifty.
func TestFiveHundredDrops(t *testing.T) {
	now := time.Unix(1_790_000_000, 0)
	path := filepath.Join(t.TempDir(), "budget")
	var starts []time.Time
	drops := []error{errAsked, errZombie, &websocket.CloseError{Code: 4000}, errors.New("cut"), errLater{time.Minute}}
	for len(starts) < 500 {
		b, err := openBudget(path)
		if err != nil {
			t.Fatal(err)
		}
		ctx, restart := context.WithCancel(t.Context())
		s := supervisor{budget: b, log: slog.New(slog.DiscardHandler), now: func() time.Time { return now },
			wait: func(ctx context.Context, d time.Duration) error { now = now.Add(d); return ctx.Err() },
			connect: func(context.Context) error {
				starts = append(starts, now)
				if len(starts)%50 == 0 {
					restart()
				}
				return drops[len(starts)%len(drops)]
			}}
		if err := s.run(ctx); err != nil {
			t.Fatal(err)
		}
	}
	for i, at := range starts {
		if i > 0 && at.Sub(starts[i-1]) < identifyPause {
			t.Errorf("start %d comes %v after the one before", i, at.Sub(starts[i-1]))
		}
		if i >= mostIdentifies && at.Sub(starts[i-mostIdentifies]) < budgetDay {
			t.Errorf("%d starts in %v", mostIdentifies+1, at.Sub(starts[i-mostIdentifies]))
		}
	}
}

func TestBrokenBudgetIsNoBudget(t *testing.T) {
	path := filepath.Join(t.TempDir(), "budget")
	if err := os.WriteFile(path, []byte("{"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := openBudget(path); err == nil || !strings.Contains(err.Error(), "delete the file") {
		t.Error(err)
	}
}
