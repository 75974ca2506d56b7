package slack

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"github.com/slack-go/slack"
	"github.com/slack-go/slack/socketmode"
	"golang.org/x/time/rate"
)

const (
	socketClients = 2                // so that one stays while Slack renews the other
	socketStagger = 15 * time.Second // between their starts, so that they are not renewed together
	socketWorkers = 64               // envelopes worked on at once
	socketWork    = 2500 * time.Millisecond
	socketDrain   = 5 * time.Second        // for envelopes that are being worked on
	ackFlush      = 250 * time.Millisecond // for acknowledgements on their way out
	openEvery     = 1500 * time.Millisecond
	openBurst     = 3
	readLimit     = 1 << 20
)

// sockets are the connections of Socket Mode.
type sockets struct {
	app   *App
	live  atomic.Int32 // connections that Slack has greeted
	slots chan struct{}
	work  sync.WaitGroup

	mu       sync.Mutex
	draining bool
}

// RunSocket receives over Socket Mode until ctx ends. It returns an error when
// Slack will not have the bot, which says what to mend.
func (a *App) RunSocket(ctx context.Context) error {
	if err := a.checkTokens(ctx); err != nil {
		return err
	}
	running, stop := context.WithCancelCause(context.WithoutCancel(ctx))
	defer stop(nil)
	var clients sync.WaitGroup
	for n := range socketClients {
		clients.Go(func() {
			if a.config.wait(running, time.Duration(n)*socketStagger) != nil {
				return
			}
			if err := a.sockets.run(running); err != nil {
				stop(err)
			}
		})
	}
	select {
	case <-ctx.Done():
		a.sockets.drain()
		stop(nil)
	case <-running.Done():
	}
	clients.Wait()
	if err := context.Cause(running); !errors.Is(err, context.Canceled) {
		return err
	}
	return nil
}

// Ready returns why the App cannot be reached now: in Socket Mode, that no
// connection is up.
func (a *App) Ready() error {
	if a.config.AppToken != "" && a.sockets.live.Load() == 0 {
		return errors.New("no Slack connection is up")
	}
	return nil
}

// client is one connection, with its own SDK client, that opens itself again
// as often as needed but no oftener than the governor lets it.
func (s *sockets) client() *socketmode.Client {
	c := s.app.config
	governed := &http.Client{Timeout: time.Minute, Transport: &governor{
		next: s.app.openings, limit: s.app.openRate, now: c.Now, wait: c.wait,
	}}
	api := slack.New(c.BotToken, slack.OptionAPIURL(c.APIURL), slack.OptionAppLevelToken(c.AppToken), slack.OptionHTTPClient(governed))
	quiet := log.New(io.Discard, "", 0)
	return socketmode.New(api, socketmode.OptionReadLimit(readLimit), socketmode.OptionLog(quiet))
}

// run keeps one connection up until ctx ends or Slack refuses it for good.
func (s *sockets) run(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	client := s.client()
	ended := make(chan error, 1)
	go func() { ended <- client.RunContext(ctx) }()
	up := false
	set := func(now bool) {
		if now != up {
			s.live.Add(map[bool]int32{true: 1, false: -1}[now])
			up = now
		}
	}
	defer set(false)
	var fatal error
	for {
		select {
		case e := <-client.Events:
			switch e.Type {
			case socketmode.EventTypeConnecting:
				set(false)
			case socketmode.EventTypeHello:
				set(true)
			case socketmode.EventTypeConnectionError:
				failed, ok := e.Data.(*slack.ConnectionErrorEvent)
				if !ok || ctx.Err() != nil {
					continue
				}
				s.app.config.Log.Warn("connect", "err", redact(failed.ErrorObj), "try again in", failed.Backoff)
				if fatal = errors.Join(fatal, refused(failed.ErrorObj)); fatal != nil {
					cancel()
				}
			default:
				s.take(client, e)
			}
		case err := <-ended:
			switch {
			case fatal != nil:
				return fatal
			case ctx.Err() != nil:
				return nil
			}
			return errors.Join(refused(err), fmt.Errorf("keep the socket open: %s", redact(err)))
		}
	}
}

// take hands an envelope to a worker. It never waits: a client whose events
// are not taken loses its connection without a word.
func (s *sockets) take(client *socketmode.Client, e socketmode.Event) {
	envelope, ok := envelopeOf(e)
	if !ok {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.draining {
		return // not acknowledged, so Slack brings it to another connection
	}
	select {
	case s.slots <- struct{}{}:
	default:
		return // likewise
	}
	s.work.Go(func() {
		defer func() { <-s.slots }()
		s.app.envelope(client, envelope)
	})
}

// envelopeOf returns the envelope of an event. What the SDK could not parse
// is an envelope, too, and Slack wants it acknowledged.
func envelopeOf(e socketmode.Event) (socketmode.Request, bool) {
	if e.Request != nil {
		return *e.Request, e.Request.EnvelopeID != ""
	}
	bad, ok := e.Data.(*socketmode.ErrorBadMessage)
	if !ok {
		return socketmode.Request{}, false
	}
	var r socketmode.Request
	if json.Unmarshal(bad.Message, &r) != nil {
		var id struct { // some other field is not as expected
			EnvelopeID string `json:"envelope_id"`
		}
		_ = json.Unmarshal(bad.Message, &id)
		r = socketmode.Request{EnvelopeID: id.EnvelopeID}
	}
	return r, r.EnvelopeID != ""
}

// drain takes no more envelopes and waits for those being worked on and for
// their acknowledgements.
func (s *sockets) drain() {
	s.mu.Lock()
	s.draining = true
	s.mu.Unlock()
	done := make(chan struct{})
	go func() { s.work.Wait(); close(done) }()
	timer := time.NewTimer(socketDrain)
	defer timer.Stop()
	select {
	case <-done:
	case <-timer.C:
	}
	_ = s.app.config.wait(context.Background(), ackFlush) // it cannot end early
}

// governor keeps openings of connections apart: the SDK opens a new one at
// once whenever Slack drops one.
type governor struct {
	next  http.RoundTripper
	limit *rate.Limiter
	now   func() time.Time
	wait  waiter
}

// RoundTrip waits for its turn.
func (g *governor) RoundTrip(req *http.Request) (*http.Response, error) {
	at := g.now()
	if err := g.wait(req.Context(), g.limit.ReserveN(at, 1).DelayFrom(at)); err != nil {
		return nil, err
	}
	return g.next.RoundTrip(req)
}
