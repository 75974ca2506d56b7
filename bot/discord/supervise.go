package discord

import (
	"context"
	"errors"
	"log/slog"
	"math/rand/v2"
	"time"

	"github.com/gorilla/websocket"
)

const (
	firstPause = time.Second
	mostPause  = time.Minute
	settled    = 2 * time.Minute // a connection that lived so long was a good one
)

// fatal are the close codes after which another try can only do harm, and
// what a person has to do.
var fatal = map[int]string{
	4004: "Discord does not take the bot token. Copy it anew from the application's Bot page",
	4010: "Discord does not take the shard of this bot",
	4011: "Discord wants this bot in several shards; use discord.mode http instead",
	4012: "Discord no longer speaks this version of the gateway. Update the program",
	4013: "Discord does not know an intent of this bot. Update the program",
	4014: "Discord does not allow an intent of this bot. Update the program",
}

// errFatal is the end of the gateway: trying again would not help.
type errFatal string

// Error says what a person has to do.
func (e errFatal) Error() string { return "connect to Discord: " + string(e) }

// errLater is a connection that must not be tried again before some time.
type errLater struct{ wait time.Duration }

// Error says so.
func (e errLater) Error() string { return "Discord allows no more connections for now" }

// supervisor keeps one connection to the gateway, and never tries harder than
// Discord allows.
type supervisor struct {
	budget  *budget
	connect func(context.Context) error // one connection, until it ends
	log     *slog.Logger
	now     func() time.Time
	wait    func(context.Context, time.Duration) error
}

// run connects again and again, until ctx ends or there is no use.
func (s *supervisor) run(ctx context.Context) error {
	pause := firstPause
	for {
		if err := s.wait(ctx, s.budget.due(s.now())); err != nil {
			return nil
		}
		start := s.now()
		if err := s.budget.spend(start); err != nil {
			s.log.Error("gateway", "err", err) // it is still counted until the next restart
		}
		err := s.connect(ctx)
		if ctx.Err() != nil {
			return nil
		}
		if end := final(err); end != nil {
			return end
		}
		if s.now().Sub(start) > settled {
			pause = firstPause
		}
		this := pause + rand.N(pause) // so that many bots do not come back together
		var later errLater
		if errors.As(err, &later) {
			this = max(this, later.wait)
		}
		s.log.Warn("gateway", "err", err, "again", this.String())
		if err := s.wait(ctx, this); err != nil {
			return nil
		}
		pause = min(2*pause, mostPause)
	}
}

// final returns the error that ends everything, nil when there is none.
func final(err error) error {
	var closed *websocket.CloseError
	var end errFatal
	switch {
	case errors.As(err, &end):
		return end
	case errors.As(err, &closed) && fatal[closed.Code] != "":
		return errFatal(fatal[closed.Code])
	}
	return nil
}
