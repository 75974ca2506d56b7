package main

import (
	"fmt"
	"log/slog"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	"go.yaml.in/yaml/v3"

	"iobot/bot"
	"iobot/bot/command"
	"iobot/index"
	"iobot/knowledge"
)

// program is everything wired together.
type program struct {
	bot      *bot.Bot
	config   config
	commands []bot.Command
	library  *index.Library
	complete func(line string) []string
	assets   bot.Assets // pictures and files; nil when there are none
}

// load reads the settings and the knowledge, builds the index and returns the
// bot over them. It logs only what goes wrong.
func load(configPath string, w world) (*program, error) {
	c, err := readConfig(configPath, w.getenv)
	if err != nil {
		return nil, err
	}
	return wire(c, slog.New(slog.NewTextHandler(w.err, &slog.HandlerOptions{Level: slog.LevelWarn})))
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
	deps := command.Deps{
		Library:    index.NewLibrary(snapshot),
		Guidelines: c.Knowledge.Guidelines,
		Multiply:   c.Knowledge.DoseMode == "calculate",
		Version:    version(),
	}
	commands := command.All(deps)
	b := bot.New(bot.Config{
		Commands: commands,
		Default:  command.Default,
		Log:      log,
		Now:      time.Now,
	})
	return &program{bot: b, config: c, commands: commands, library: deps.Library, complete: completer(commands, base)}, nil
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
