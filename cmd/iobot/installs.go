package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"iobot/bot/slack"
	"iobot/bot/store"
)

// renewEvery is how often tokens are looked for that expire soon.
const renewEvery = 10 * time.Minute

// installs keeps the places that the Slack app is installed in, in the store.
type installs struct {
	store *store.Store
	log   *slog.Logger
	ended chan struct{} // closed when no token is being renewed any more
}

// Find returns the installation of a workspace or of its organisation.
func (i *installs) Find(ctx context.Context, team, enterprise string) (slack.Installation, error) {
	in, err := i.store.Install(ctx, team, enterprise)
	if errors.Is(err, store.ErrNoInstall) {
		return slack.Installation{}, slack.ErrNotInstalled
	}
	return slack.Installation(in), err
}

// Save keeps an installation.
func (i *installs) Save(ctx context.Context, in slack.Installation) error {
	return i.store.SaveInstall(ctx, store.Install(in))
}

// Delete forgets an installation.
func (i *installs) Delete(ctx context.Context, team, enterprise string) error {
	return i.store.DeleteInstall(ctx, team, enterprise)
}

// run keeps all tokens valid, and runs the sockets if there are any, until ctx
// ends.
func (i *installs) run(ctx context.Context, app *slack.App, sockets func(context.Context) error) error {
	defer close(i.ended)
	ctx, stop := context.WithCancel(ctx)
	var renewing sync.WaitGroup
	defer renewing.Wait()
	defer stop()
	renewing.Go(func() { i.renew(ctx, app) })
	if sockets != nil {
		return sockets(ctx)
	}
	<-ctx.Done()
	return nil
}

// renew renews tokens before anybody has to wait for it.
func (i *installs) renew(ctx context.Context, app *slack.App) {
	ticker := time.NewTicker(renewEvery)
	defer ticker.Stop()
	for {
		list, err := i.store.ListExpiring(ctx, time.Now().Add(slack.RenewBefore))
		if err != nil && ctx.Err() == nil {
			i.log.Error("renew tokens", "err", err)
		}
		for _, in := range list {
			if ctx.Err() == nil {
				app.Renew(ctx, in.Team, in.Enterprise)
			}
		}
		select {
		case <-ticker.C:
		case <-ctx.Done():
			return
		}
	}
}

// close waits for the app and the renewing: a token that was just renewed must
// be kept before the store is closed.
func (i *installs) close(ctx context.Context, app *slack.App) error {
	err := app.Close(ctx)
	select {
	case <-i.ended:
	case <-ctx.Done():
		err = errors.Join(err, fmt.Errorf("wait for a token to be renewed: %w", ctx.Err()))
	}
	return err
}
