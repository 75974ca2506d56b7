package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"go.yaml.in/yaml/v3"

	"iobot/bot"
	"iobot/bot/assets"
	"iobot/bot/command"
	"iobot/bot/editorial"
	"iobot/bot/store"
	"iobot/index"
	"iobot/knowledge"
	"iobot/knowledge/card"
)

// program is everything wired together.
type program struct {
	bot      *bot.Bot
	config   config
	commands []bot.Command
	library  *index.Library
	store    *store.Store    // nil without a settings file
	desk     *editorial.Desk // nil without a settings file
	log      *slog.Logger
	audit    atomic.Pointer[error] // what the last check of the audit found; nil before the first
	complete func(line string) []string
	assets   bot.Assets     // pictures and files; nil when they are switched off
	drawings *assets.Assets // the same
}

// load reads the settings and the knowledge, builds the index and returns the
// bot over them. It logs only what goes wrong. Without a settings file nothing
// is kept and nothing can be changed.
func load(ctx context.Context, configPath string, w world) (*program, error) {
	c, err := readConfig(configPath, w.getenv)
	if err != nil {
		return nil, err
	}
	log := slog.New(slog.NewTextHandler(w.err, &slog.HandlerOptions{Level: slog.LevelWarn}))
	if configPath == "" {
		return wire(c, log)
	}
	return wireState(ctx, c, log, w.getenv)
}

// wire loads the knowledge that the settings name and puts the bot over it.
func wire(c config, log *slog.Logger) (*program, error) {
	base, err := loadKnowledge(c.Knowledge.Dir)
	if err != nil {
		return nil, err
	}
	snapshot, err := index.Build(base)
	if err != nil {
		return nil, fmt.Errorf("build index: %w", err)
	}
	return newProgram(c, commandDeps(c, index.NewLibrary(snapshot)), log), nil
}

// wireState is wire with the changes that are kept in the store, and the desk
// that makes them.
func wireState(ctx context.Context, c config, log *slog.Logger, getenv func(string) string) (*program, error) {
	s, err := openStore(ctx, c, getenv)
	if err != nil {
		return nil, err
	}
	desk, library, err := openDesk(ctx, c, s, log)
	if err != nil {
		return nil, errors.Join(err, s.Close())
	}
	deps := commandDeps(c, library)
	deps.Desk = desk
	p := newProgram(c, deps, log)
	p.store, p.desk = s, desk
	return p, nil
}

func commandDeps(c config, library *index.Library) command.Deps {
	return command.Deps{
		Library:    library,
		Guidelines: c.Knowledge.Guidelines,
		Multiply:   c.multiplies(),
		Version:    version(),
	}
}

// newAssets are the pictures and files of a library.
func newAssets(c config, library *index.Library) *assets.Assets {
	return assets.New(assets.Config{Library: library, Now: time.Now, Page: func(b *knowledge.Base, at time.Time, name string) ([]byte, string, error) {
		return cardAsset(b, card.Options{Guidelines: c.Knowledge.Guidelines, Multiply: c.multiplies(), At: at}, name)
	}})
}

func newProgram(c config, deps command.Deps, log *slog.Logger) *program {
	p := &program{config: c, library: deps.Library, log: log}
	if c.Pictures == "on" {
		deps.Assets = newAssets(c, deps.Library)
		p.assets, p.drawings = deps.Assets, deps.Assets
	}
	commands := command.All(deps)
	p.bot = newBot(commands, log)
	p.commands = slices.DeleteFunc(commands, func(c bot.Command) bool { return c.Hidden })
	p.complete = completer(p.commands, deps.Library.Snapshot().Base())
	return p
}

func newBot(commands []bot.Command, log *slog.Logger) *bot.Bot {
	return bot.New(bot.Config{Commands: slices.Clone(commands), Default: command.Default, Log: log, Now: time.Now})
}

// loadKnowledge reads the folder, or the built-in content when it is empty.
func loadKnowledge(dir string) (*knowledge.Base, error) {
	base, err := knowledge.Load(contentOf(dir))
	if err != nil {
		return nil, fmt.Errorf("load knowledge: %w", err)
	}
	return base, nil
}

// completer completes the name of a command, and after it what that command
// takes first: drugs, bones or the names of commands.
func completer(commands []bot.Command, base *knowledge.Base) func(string) []string {
	lists := map[string][]string{}
	for _, d := range base.Drugs {
		for _, name := range []string{d.Name, d.OtherName} {
			if name != "" {
				lists["drug"] = append(lists["drug"], strings.ToLower(name))
			}
		}
	}
	for _, s := range base.Sites {
		lists["site"] = append(lists["site"], strings.ToLower(s.Title))
	}
	for _, m := range base.Entries() {
		lists["source"] = append(lists["source"], string(m.ID))
	}
	return func(line string) []string {
		var out []string
		for _, c := range commands {
			out = append(out, c.Name+" ")
			for _, o := range c.Options {
				for _, name := range append(lists[o.Complete], o.Choices...) {
					out = append(out, c.Name+" "+name)
				}
			}
		}
		return slices.DeleteFunc(out, func(s string) bool { return !strings.HasPrefix(s, strings.ToLower(line)) })
	}
}

func checkConfig(path string, w world) error {
	c, err := readConfig(path, w.getenv)
	if err != nil {
		return err
	}
	text, err := yaml.Marshal(c)
	if err != nil {
		return fmt.Errorf("print settings: %w", err)
	}
	_, err = fmt.Fprintf(w.out, "%s", text)
	return err
}

func printVersion(w world) error {
	base, err := loadKnowledge("")
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(w.out, "iobot %s, knowledge %s\n", version(), base.Revision)
	return err
}

// cardAsset is a card by its name. What is wrong with a name is said to
// whoever asks for it.
func cardAsset(b *knowledge.Base, o card.Options, name string) ([]byte, string, error) {
	data, mediaType, err := card.Asset(b, o, name)
	switch {
	case errors.Is(err, card.ErrNotACard):
		return nil, "", bot.ErrNoAsset
	case errors.Is(err, card.ErrEarlier), errors.Is(err, card.ErrOutdated), errors.Is(err, card.ErrNoCard):
		return nil, "", bot.VisibleError(err.Error())
	}
	return data, mediaType, err
}

// version is the version of the module and the commit it was built from.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown"
	}
	commit := "unknown commit"
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" {
			commit = "commit " + s.Value[:min(12, len(s.Value))]
		}
	}
	return info.Main.Version + ", " + commit
}
