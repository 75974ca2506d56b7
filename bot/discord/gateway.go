package discord

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/bwmarrin/discordgo"
	"github.com/gorilla/websocket"

	"iobot/bot/platform"
)

const (
	gatewayQuery  = "/?v=9&encoding=json"
	dialTimeout   = 20 * time.Second        // up to and with the first packet
	keptStarts    = 100                     // connections of the day that are left to other programs with the token
	answerTimeout = 3 * time.Second         // after that Discord takes no answer
	uploadTimeout = 1500 * time.Millisecond // for an answer with pictures; then there is time for one without
)

// RunGateway receives interactions over a websocket until ctx ends. An error
// means that a person has to do something. A dropped interaction is too old to
// be answered, so sessions are not resumed.
func (a *App) RunGateway(ctx context.Context) error {
	if a.config.Token == "" {
		return errFatal("the bot token is needed")
	}
	b, err := openBudget(a.config.BudgetFile)
	if err != nil {
		return err
	}
	s := supervisor{budget: b, connect: a.connect, log: a.config.Log, now: a.config.Now, wait: platform.Wait}
	return s.run(ctx)
}

// Ready returns why the bot cannot answer now: in gateway mode it may not be
// connected.
func (a *App) Ready() error {
	if a.config.PublicKey == "" && !a.connected.Load() {
		return errors.New("not connected to Discord")
	}
	return nil
}

// connect is one connection, from asking where until it ends.
func (a *App) connect(ctx context.Context) error {
	address, err := a.gatewayAddress(ctx)
	if err != nil {
		return err
	}
	dial, cancel := context.WithTimeout(ctx, dialTimeout)
	defer cancel()
	dialer := websocket.Dialer{Proxy: http.ProxyFromEnvironment}
	ws, _, err := dialer.DialContext(dial, address+gatewayQuery, nil)
	if err != nil {
		return fmt.Errorf("dial the gateway: %w", err)
	}
	c := &connection{app: a, ws: ws}
	defer ws.Close()
	defer a.connected.Store(false)
	return c.live(ctx)
}

// gatewayAddress asks where to connect, and whether that is still allowed today.
func (a *App) gatewayAddress(ctx context.Context) (string, error) {
	text, err := a.api.call(ctx, http.MethodGet, discordgo.EndpointGatewayBot, nil)
	var refused refusal
	if errors.As(err, &refused) && refused.status == http.StatusUnauthorized {
		return "", errFatal(fatal[4004])
	}
	if err != nil {
		return "", fmt.Errorf("ask for the gateway: %w", err)
	}
	var g struct {
		URL   string `json:"url"`
		Limit struct {
			Remaining  *int  `json:"remaining"`
			ResetAfter int64 `json:"reset_after"` // milliseconds
		} `json:"session_start_limit"`
	}
	if err := json.Unmarshal(text, &g); err != nil || g.URL == "" {
		return "", errors.New("ask for the gateway: no address in the answer")
	}
	if left := g.Limit.Remaining; left != nil && *left < keptStarts {
		return "", errLater{time.Duration(g.Limit.ResetAfter) * time.Millisecond}
	}
	return g.URL, nil
}

// respond answers an interaction with a call of its own.
func (a *App) respond(ctx context.Context, body []byte) error {
	answer, err := a.receive(ctx, body)
	if err != nil {
		return err
	}
	first, cancel := context.WithTimeout(ctx, answerTimeout)
	defer cancel()
	if !a.illustrated(first, answer) {
		if err := a.api.answer(first, answer.plain()); err != nil {
			return fmt.Errorf("answer: %w", err)
		}
	}
	if answer.after == nil {
		return nil
	}
	return answer.after(ctx)
}

// illustrated sends an answer with its pictures or files, and reports whether
// Discord has it. Without any, or without success, the caller sends it.
func (a *App) illustrated(ctx context.Context, answer response) bool {
	if len(answer.uploads()) == 0 {
		return false
	}
	ctx, cancel := context.WithTimeout(ctx, uploadTimeout)
	defer cancel()
	if err := a.api.answer(ctx, answer); err != nil {
		a.config.Log.Error("answer with pictures", "err", err)
		return false
	}
	return true
}
