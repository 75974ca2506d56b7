package main

import (
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"iobot/bot/discord"
	"iobot/index"
	"iobot/knowledge"
)

func discordCommand(w world) *cobra.Command {
	group := &cobra.Command{Use: "discord", Short: "Set the Discord app up", Args: noArguments, RunE: showHelp}
	var path string
	var r discord.Registration
	register := &cobra.Command{
		Use: "register [--dry-run] [--clear] --config FILE", Short: "Bring the commands that Discord has in line", Args: noArguments,
		Long: "Writes the commands to the server discord.dev_guild, or to all servers when that is empty, and\n" +
			"nothing where nothing differs. Clear the one before you change to the other: people would see\n" +
			"every command twice.",
		RunE: func(c *cobra.Command, _ []string) error {
			if path == "" {
				return usageError{errors.New("write iobot discord register --config FILE")}
			}
			return registerCommands(c, r, path, w)
		},
	}
	register.Flags().StringVar(&path, "config", "", "settings file")
	register.Flags().BoolVar(&r.DryRun, "dry-run", false, "say what would change and write nothing")
	register.Flags().BoolVar(&r.Clear, "clear", false, "take all commands away")
	group.AddCommand(register)
	return group
}

func registerCommands(c *cobra.Command, r discord.Registration, path string, w world) error {
	settings, err := readConfig(path, w.getenv)
	if err != nil {
		return err
	}
	p, err := wire(settings, slog.New(slog.DiscardHandler)) // what is registered depends on no state
	if err != nil {
		return err
	}
	s := settings.Discord
	if r.Token, err = s.BotToken.read(w.getenv); err != nil {
		return fmt.Errorf("discord.bot_token: %w", err)
	}
	r.APIURL, r.ApplicationID, r.Guild, r.Commands = s.APIURL, s.ApplicationID, s.DevGuild, p.commands
	changes, err := r.Run(c.Context())
	if err != nil {
		return err
	}
	if len(changes) == 0 {
		changes = []string{"Nothing differs; nothing was written."}
	} else if r.DryRun {
		changes = append(changes, "Nothing was written.")
	}
	_, err = fmt.Fprintln(w.out, strings.Join(changes, "\n"))
	return err
}

// discordService is the bot on Discord as the settings want it.
func discordService(p *program, m *metrics, log *slog.Logger, w world) (service, error) {
	c := p.config.Discord
	config := discord.Config{
		Bot: p.bot, Commands: p.commands, APIURL: c.APIURL, ApplicationID: c.ApplicationID, PublicKey: c.PublicKey,
		Complete: p.suggest, UserPerMinute: c.UserPerMinute,
		Education: func(server string) bool {
			return slices.Contains(c.Education, "all") || slices.Contains(c.Education, server)
		},
		Assets: p.assets, Posted: p.desk.Posted,
		Observe: m.observe("discord"), Log: log, Now: time.Now,
	}
	token, err := c.BotToken.read(w.getenv)
	config.Token = token // without it, in HTTP mode, nothing can be announced or corrected
	if c.Mode == "gateway" {
		if err != nil {
			return service{}, fmt.Errorf("discord.bot_token: %w", err)
		}
		_, state, _ := strings.Cut(p.config.State, ":")
		config.PublicKey, config.BudgetFile = "", state+".discord"
	}
	app, err := discord.New(config)
	if err != nil {
		return service{}, err
	}
	s := service{name: "discord", poster: app, path: "/discord/", ready: app.Ready, close: app.Close}
	if c.Mode == "gateway" {
		s.run = app.RunGateway
	} else {
		s.routes = app.Handler()
	}
	return s, nil
}

// offered is something that an option may hold, and the names it goes by.
type offered struct {
	discord.Suggestion
	names []string
}

// suggest completes an option of a command from the live knowledge.
func (p *program) suggest(kind, typed, drug string) []discord.Suggestion {
	s := p.library.Snapshot()
	switch kind {
	case "drug":
		return suggestDrugs(s, typed)
	case "indication":
		return match(uses(s, drug), typed)
	case "site":
		return match(bones(s.Base()), typed)
	case "source":
		return match(documents(s.Base()), typed)
	}
	return nil
}

// mostSuggested is how many suggestions a client shows.
const mostSuggested = 25

// suggestDrugs finds drugs by the start of a name, by a word in it and by what
// looks like a typing error. The class tells look-alikes apart.
func suggestDrugs(s *index.Snapshot, typed string) []discord.Suggestion {
	var list []discord.Suggestion
	add := func(d *knowledge.Drug) {
		list = append(list, discord.Suggestion{Label: d.Title + ", " + d.Class, Value: d.ID.Slug()})
	}
	if strings.TrimSpace(typed) == "" {
		for _, d := range s.Base().Drugs {
			add(d)
		}
		return list
	}
	for _, found := range s.SuggestDrugs(typed, mostSuggested) {
		if d, ok := s.Base().Drug(found.ID); ok {
			add(d)
		}
	}
	return list
}

// uses are what a drug is given for, or all drugs when none is named yet.
func uses(s *index.Snapshot, drug string) []offered {
	drugs := s.Base().Drugs
	if found := s.FindDrugs(drug); len(found) > 0 {
		drugs = slices.DeleteFunc(slices.Clone(drugs), func(d *knowledge.Drug) bool { return d.ID != found[0].ID })
	}
	var list []offered
	for _, d := range drugs {
		for _, use := range d.Indications {
			list = append(list, offered{discord.Suggestion{Label: use.Name, Value: use.Name}, append([]string{use.Name}, use.Aliases...)})
		}
	}
	return list
}

// bones are the sites, and what may stand in the way of one.
func bones(b *knowledge.Base) []offered {
	var list []offered
	for _, s := range b.Sites {
		list = append(list, offered{discord.Suggestion{Label: s.Title, Value: s.ID.Slug()}, append([]string{s.Title}, s.Aliases...)})
	}
	for _, s := range b.Situations {
		list = append(list, offered{discord.Suggestion{Label: "if " + s.When, Value: "if " + s.When}, append([]string{s.When}, s.Aliases...)})
	}
	return list
}

// documents are all entries and all sources.
func documents(b *knowledge.Base) []offered {
	var list []offered
	for _, m := range b.Entries() {
		list = append(list, offered{discord.Suggestion{Label: m.Title, Value: string(m.ID)}, append([]string{m.Title}, m.Aliases...)})
	}
	for _, s := range b.Sources {
		list = append(list, offered{discord.Suggestion{Label: s.Key + ": " + s.Citation, Value: s.Key}, []string{s.Key, s.Citation}})
	}
	return list
}

// match returns what a name of begins with what was typed, then that of which
// a later word does, then that which contains it.
func match(all []offered, typed string) []discord.Suggestion {
	typed = strings.ToLower(strings.TrimSpace(typed))
	ranks := make([][]discord.Suggestion, 3)
	for _, o := range all {
		if r := rank(o.names, typed); r < len(ranks) {
			ranks[r] = append(ranks[r], o.Suggestion)
		}
	}
	return slices.Concat(ranks...)
}

// rank is 0 for the start of a name, 1 for the start of a word, 2 for a part
// of one and 3 for nothing.
func rank(names []string, typed string) int {
	best := 3
	for _, name := range names {
		name = strings.ToLower(name)
		switch {
		case strings.HasPrefix(name, typed):
			return 0
		case strings.Contains(name, " "+typed):
			best = min(best, 1)
		case strings.Contains(name, typed):
			best = min(best, 2)
		}
	}
	return best
}
