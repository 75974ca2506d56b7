package discord

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/gorilla/websocket"
)

const (
	writeTimeout = 5 * time.Second
	maxPacket    = 4 << 20
	leave        = 4000 // closes a connection that has to be replaced
)

// The operations of the gateway.
const (
	opDispatch  = 0
	opHeartbeat = 1
	opIdentify  = 2
	opReconnect = 7
	opInvalid   = 9
	opHello     = 10
	opAck       = 11
)

var (
	errAsked   = errors.New("gateway: Discord asked for a new connection")
	errZombie  = errors.New("gateway: no answer to heartbeats")
	errNoHello = errors.New("gateway: no hello")
)

// packet is what the gateway sends. What it is about stays raw.
type packet struct {
	Op   int             `json:"op"`
	Seq  *int64          `json:"s"`
	Type string          `json:"t"`
	Data json.RawMessage `json:"d"`
}

// connection is an open websocket. Only live writes to it.
type connection struct {
	app   *App
	ws    *websocket.Conn
	seq   *int64
	acked bool
}

// live greets Discord and then beats and listens until the connection ends.
func (c *connection) live(ctx context.Context) error {
	beat, err := c.greet(ctx)
	if err != nil {
		return err
	}
	packets := make(chan packet)
	ended := make(chan error, 1)
	done := make(chan struct{})
	defer close(done)
	go c.read(packets, ended, done)
	timer := time.NewTimer(rand.N(beat)) // jitter, as Discord asks
	defer timer.Stop()
	c.acked = true
	for {
		select {
		case <-ctx.Done():
			return c.leave(websocket.CloseNormalClosure, ctx.Err())
		case err := <-ended:
			return fmt.Errorf("gateway: %w", err)
		case p := <-packets:
			if err := c.handle(p); err != nil {
				return c.leave(leave, err)
			}
		case <-timer.C:
			if !c.acked {
				return c.leave(leave, errZombie)
			}
			if err := c.beat(); err != nil {
				return err
			}
			c.acked = false
			timer.Reset(beat)
		}
	}
}

// greet reads hello and identifies the bot. It wants no intent: interactions
// need none.
func (c *connection) greet(ctx context.Context) (beat time.Duration, err error) {
	stop := context.AfterFunc(ctx, func() { _ = c.ws.Close() })
	defer stop()
	c.ws.SetReadLimit(maxPacket)
	_ = c.ws.SetReadDeadline(c.app.config.Now().Add(dialTimeout))
	var p packet
	if err := c.ws.ReadJSON(&p); err != nil {
		return 0, fmt.Errorf("gateway: %w", err)
	}
	var hello struct {
		Interval int64 `json:"heartbeat_interval"` // milliseconds
	}
	if p.Op != opHello || json.Unmarshal(p.Data, &hello) != nil || hello.Interval <= 0 {
		return 0, errNoHello
	}
	_ = c.ws.SetReadDeadline(time.Time{})
	return time.Duration(hello.Interval) * time.Millisecond, c.send(opIdentify, map[string]any{
		"token": c.app.config.Token, "intents": 0,
		"properties": map[string]string{"os": "linux", "browser": "iobot", "device": "iobot"},
	})
}

// read hands packets on until the connection ends.
func (c *connection) read(packets chan<- packet, ended chan<- error, done <-chan struct{}) {
	for {
		_, text, err := c.ws.ReadMessage()
		if err != nil {
			ended <- err
			return
		}
		var p packet
		if json.Unmarshal(text, &p) != nil {
			continue // nothing of ours
		}
		select {
		case packets <- p:
		case <-done:
			return
		}
	}
}

func (c *connection) handle(p packet) error {
	if p.Seq != nil {
		c.seq = p.Seq
	}
	switch p.Op {
	case opHeartbeat:
		return c.beat()
	case opAck:
		c.acked = true
	case opReconnect, opInvalid:
		return errAsked
	case opDispatch:
		c.dispatch(p)
	}
	return nil
}

func (c *connection) dispatch(p packet) {
	switch p.Type {
	case "READY":
		c.app.connected.Store(true)
		c.app.config.Log.Info("connected to Discord")
	case "INTERACTION_CREATE":
		if !c.app.jobs.Start(func(ctx context.Context) error { return c.app.respond(ctx, p.Data) }) {
			c.app.config.Log.Error("receive", "err", "too much to answer; an interaction was dropped")
		}
	}
}

func (c *connection) beat() error { return c.send(opHeartbeat, c.seq) }

func (c *connection) send(op int, data any) error {
	_ = c.ws.SetWriteDeadline(c.app.config.Now().Add(writeTimeout))
	if err := c.ws.WriteJSON(map[string]any{"op": op, "d": data}); err != nil {
		return fmt.Errorf("gateway: %w", err)
	}
	return nil
}

// leave closes the connection with a code, and returns why.
func (c *connection) leave(code int, why error) error {
	deadline := c.app.config.Now().Add(writeTimeout)
	_ = c.ws.WriteControl(websocket.CloseMessage, websocket.FormatCloseMessage(code, ""), deadline)
	return why
}
