package slacktest

import (
	"context"
	"fmt"
	"net/http"
	"sync"
	"time"

	"github.com/gorilla/websocket"
)

// sockets are the connections of Socket Mode.
type sockets struct {
	open chan *Socket // in the order they were made

	mu  sync.Mutex
	all []*Socket
}

// Socket is one connection of Socket Mode.
type Socket struct {
	conn   *websocket.Conn
	Acks   chan Ack      // what the program acknowledged
	Closed chan struct{} // closed with the connection

	mu sync.Mutex // one writer at a time
}

// Ack acknowledges an envelope.
type Ack struct {
	Envelope string         `json:"envelope_id"`
	Payload  map[string]any `json:"payload"`
}

const pingEvery = 200 * time.Millisecond

func (s *sockets) serve(w http.ResponseWriter, r *http.Request) {
	up := websocket.Upgrader{CheckOrigin: func(*http.Request) bool { return true }}
	conn, err := up.Upgrade(w, r, nil)
	if err != nil {
		return // the client has its answer
	}
	c := &Socket{conn: conn, Acks: make(chan Ack, 1000), Closed: make(chan struct{})}
	s.mu.Lock()
	s.all = append(s.all, c)
	s.mu.Unlock()
	if c.Send(map[string]any{"type": "hello", "num_connections": 1, "connection_info": map[string]any{"app_id": "A0001"}}) != nil {
		return
	}
	s.open <- c
	go c.ping()
	c.read()
}

func (s *sockets) closeAll() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, c := range s.all {
		_ = c.conn.Close()
	}
}

// read takes acknowledgements until the connection ends.
func (c *Socket) read() {
	defer close(c.Closed)
	for {
		var a Ack
		if err := c.conn.ReadJSON(&a); err != nil {
			return
		}
		c.Acks <- a
	}
}

// ping tells the program that the connection lives, as Slack does.
func (c *Socket) ping() {
	ticker := time.NewTicker(pingEvery)
	defer ticker.Stop()
	for {
		c.mu.Lock()
		err := c.conn.WriteMessage(websocket.PingMessage, nil)
		c.mu.Unlock()
		if err != nil {
			return
		}
		select {
		case <-ticker.C:
		case <-c.Closed:
			return
		}
	}
}

// Send writes an envelope.
func (c *Socket) Send(v any) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.conn.WriteJSON(v)
}

// Close cuts the connection.
func (c *Socket) Close() error { return c.conn.Close() }

// Deliver sends an envelope with a payload and returns its acknowledgement.
func (c *Socket) Deliver(ctx context.Context, kind, id string, payload any, takesAnswer bool) (Ack, error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	err := c.Send(map[string]any{
		"type": kind, "envelope_id": id, "payload": payload, "accepts_response_payload": takesAnswer,
	})
	if err != nil {
		return Ack{}, err
	}
	for {
		select {
		case a := <-c.Acks:
			if a.Envelope == id {
				return a, nil
			}
		case <-c.Closed:
			return Ack{}, fmt.Errorf("closed before %s was acknowledged", id)
		case <-ctx.Done():
			return Ack{}, fmt.Errorf("%s was not acknowledged: %w", id, ctx.Err())
		}
	}
}

// Socket waits for the next connection of Socket Mode.
func (s *Server) Socket(ctx context.Context) (*Socket, error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	select {
	case c := <-s.sockets.open:
		return c, nil
	case <-ctx.Done():
		return nil, fmt.Errorf("no connection: %w", ctx.Err())
	}
}
