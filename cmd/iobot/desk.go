package main

import (
	"context"
	"errors"
	"io/fs"
	"log/slog"
	"slices"
	"strings"
	"time"

	"iobot/bot"
	"iobot/bot/command"
	"iobot/bot/editorial"
	"iobot/bot/store"
	"iobot/index"
	"iobot/knowledge"
	"iobot/knowledge/content"
)

// openStore opens the file of the setting state.
func openStore(ctx context.Context, c config, getenv func(string) string) (*store.Store, error) {
	var keys []string
	if c.Slack.Mode != "off" && c.Slack.ClientID != "" {
		var err error
		if keys, err = readSecrets("slack.token_keys", c.Slack.TokenKeys, getenv); err != nil {
			return nil, err
		}
	}
	return store.Open(ctx, strings.TrimPrefix(c.State, "sqlite:"), keys...)
}

// openDesk opens the desk over the content that the settings name, with the
// changes that are kept in the store.
func openDesk(ctx context.Context, c config, s *store.Store, log *slog.Logger) (*editorial.Desk, *index.Library, error) {
	return editorial.Open(ctx, editorial.Config{
		Store: s, Folder: contentOf(c.Knowledge.Dir), Fixed: c.Knowledge.Dir == "", People: staff(c.People),
		Answer: answerer(c), Log: log, Now: time.Now,
	})
}

// staff are the people of the settings.
func staff(people []person) []editorial.Person {
	var list []editorial.Person
	for _, p := range people {
		roles := make([]editorial.Role, len(p.Roles))
		for i, r := range p.Roles {
			roles[i] = editorial.Role(r)
		}
		list = append(list, editorial.Person{Name: p.Name, Accounts: p.Accounts, Roles: roles})
	}
	return list
}

// answerer answers over snapshots that may never be live, as the settings want
// it and without a desk.
func answerer(c config) func(context.Context, *index.Snapshot, bot.Request) bot.Reply {
	return func(ctx context.Context, s *index.Snapshot, q bot.Request) bot.Reply {
		commands := command.All(commandDeps(c, index.NewLibrary(s)))
		return newBot(commands, slog.New(slog.DiscardHandler)).Answer(ctx, q)
	}
}

// contentOf is the folder, or the built-in content when it is empty.
func contentOf(dir string) fs.FS {
	if dir == "" {
		return content.FS()
	}
	return knowledge.Dir(dir)
}

// deskService runs what the desk does by itself: it takes over what others
// change, posts what has to be told and reminds owners.
func (p *program) deskService(services []service) service {
	posters := map[string]bot.Poster{}
	var platforms []string
	for _, s := range services {
		posters[s.name] = s.poster
		platforms = append(platforms, s.name)
	}
	slices.Sort(platforms)
	return service{
		name:  "desk",
		ready: func() error { return nil },
		run: func(ctx context.Context) error {
			return together(ctx,
				p.desk.Watch,
				p.desk.RunFlush,
				p.runAudit,
				func(ctx context.Context) { p.desk.RunTasks(ctx, posters) },
				func(ctx context.Context) { p.desk.RunReminders(ctx, platforms) })
		},
		close: func(context.Context) error { return nil },
	}
}

// auditEvery is how often the whole record is checked while serve runs.
const auditEvery = 24 * time.Hour

// runAudit checks at the start and every day that nobody changed what was
// recorded.
func (p *program) runAudit(ctx context.Context) {
	tick := time.NewTicker(auditEvery)
	defer tick.Stop()
	for {
		_, err := p.store.VerifyAudit(ctx)
		if ctx.Err() != nil {
			return
		}
		p.audit.Store(&err)
		if err != nil {
			p.log.Error("check the audit", "err", err)
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			return
		}
	}
}

// together runs functions until all of them have returned.
func together(ctx context.Context, list ...func(context.Context)) error {
	done := make(chan struct{})
	for _, f := range list {
		go func() {
			f(ctx)
			done <- struct{}{}
		}()
	}
	for range list {
		<-done
	}
	return nil
}

// finish stores what was heard and closes the store.
func (p *program) finish(ctx context.Context) error {
	if p.store == nil {
		return nil
	}
	return errors.Join(p.desk.Flush(ctx), p.store.Close())
}
