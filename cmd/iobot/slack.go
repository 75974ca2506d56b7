package main

import (
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"time"
	"weak"

	"github.com/spf13/cobra"

	"iobot/bot"
	"iobot/bot/slack"
	"iobot/knowledge"
)

func slackCommand(w world) *cobra.Command {
	group := &cobra.Command{Use: "slack", Short: "Set the Slack app up", Args: noArguments, RunE: showHelp}
	var address string
	manifest := &cobra.Command{
		Use: "manifest [--url ADDRESS]", Short: "Print the Slack app manifest", Args: noArguments,
		Long: "Prints the manifest to create the Slack app from: for Socket Mode, or with --url for HTTP,\n" +
			"where ADDRESS is how Slack reaches the bot.",
		Example: "  iobot slack manifest\n  iobot slack manifest --url https://iobot.example.org",
		RunE:    func(*cobra.Command, []string) error { return printManifest(address, w) },
	}
	manifest.Flags().StringVar(&address, "url", "", "public address of the bot, for HTTP mode")
	group.AddCommand(manifest)
	return group
}

func printManifest(address string, w world) error {
	p, err := load("", w)
	if err != nil {
		return err
	}
	c := slack.ManifestConfig{Commands: p.commands, Transport: slack.Socket, Install: slack.OneWorkspace}
	if address != "" {
		c.Transport, c.Address = slack.HTTP, address
	}
	m, err := slack.NewManifest(c)
	if err != nil {
		return usageError{err}
	}
	text, err := m.JSON()
	if err != nil {
		return err
	}
	_, err = w.out.Write(text)
	return err
}

// slackService is the bot on Slack as the settings want it.
func slackService(p *program, m *metrics, log *slog.Logger, w world) (service, error) {
	c := p.config.Slack
	read := func(path string, s secret) (string, error) {
		value, err := s.read(w.getenv)
		if err != nil {
			return "", fmt.Errorf("%s: %w", path, err)
		}
		return value, nil
	}
	token, err := read("slack.bot_token", c.BotToken)
	if err != nil {
		return service{}, err
	}
	config := slack.Config{
		Bot: p.bot, APIURL: c.APIURL, BotToken: token,
		Rates: slack.Rates{UserPerMinute: c.UserPerMinute, WorkspacePerMinute: c.WorkspacePerMinute},
		Drugs: p.drugs, Uses: p.uses, Examples: examples(p.commands), Areas: p.areas,
		Live: p.live, Observe: m.observe("slack"), Log: log, Now: time.Now,
	}
	if c.Mode == "socket" {
		if config.AppToken, err = read("slack.app_token", c.AppToken); err != nil {
			return service{}, err
		}
	}
	for i, s := range c.SigningSecrets {
		if c.Mode != "http" {
			break
		}
		value, err := read(fmt.Sprintf("slack.signing_secrets.%d", i), s)
		if err != nil {
			return service{}, err
		}
		config.Secrets = append(config.Secrets, value)
	}
	app, err := slack.New(config)
	if err != nil {
		return service{}, err
	}
	s := service{path: "/slack/", ready: app.Ready, close: app.Close}
	if c.Mode == "socket" {
		s.run = app.RunSocket
	} else {
		s.routes = app.Handler()
	}
	return s, nil
}

// live tells one state of the knowledge from another without holding on to
// it.
func (p *program) live() any { return weak.Make(p.library.Snapshot()) }

// examples are the simplest questions of the commands that answer with
// knowledge.
func examples(commands []bot.Command) []bot.Choice {
	var list []bot.Choice
	for _, c := range commands {
		if len(c.Examples) > 0 && len(list) < maxExamples {
			list = append(list, bot.Choice{Label: c.Examples[0], Command: c.Examples[0]})
		}
	}
	return list
}

// maxExamples is how many questions the bot's page offers.
const maxExamples = 4

// areas says how far each kind of entry is reviewed.
func (p *program) areas() []bot.Field {
	base, at := p.library.Snapshot().Base(), time.Now()
	kinds := []string{"drug", "site", "device", "article"}
	titles := map[string]string{"drug": "Drugs and fluids", "site": "Sites", "device": "Devices", "article": "Topics"}
	count := map[string]map[knowledge.Status]int{}
	for _, m := range base.Entries() {
		kind, _, _ := strings.Cut(string(m.ID), "/")
		if count[kind] == nil {
			count[kind] = map[knowledge.Status]int{}
		}
		count[kind][m.Review.At(at)]++
	}
	var rows []bot.Field
	for _, kind := range kinds {
		var parts []string
		for status, n := range count[kind] {
			parts = append(parts, fmt.Sprintf("%d %s", n, status))
		}
		slices.Sort(parts)
		if len(parts) > 0 {
			rows = append(rows, bot.Field{Label: titles[kind], Value: strings.Join(parts, ", ")})
		}
	}
	return rows
}

// drugs are the names of drugs for what was typed.
func (p *program) drugs(typed string) []string {
	return matching(p.library.Snapshot().Base().DrugNames(), typed)
}

// uses are what a drug is given for; of all drugs when it is no drug's name.
func (p *program) uses(drug, typed string) []string {
	base := p.library.Snapshot().Base()
	drugs := base.Drugs
	if d, ok := base.DrugByName(drug); ok {
		drugs = []*knowledge.Drug{d}
	}
	var all []string
	for _, d := range drugs {
		for _, use := range d.Indications {
			all = append(all, use.Name)
		}
	}
	slices.Sort(all)
	return matching(slices.Compact(all), typed)
}

// matching returns the names that begin with what was typed and then those
// that contain it.
func matching(names []string, typed string) []string {
	typed = strings.ToLower(strings.TrimSpace(typed))
	var begin, contain []string
	for _, name := range names {
		switch lower := strings.ToLower(name); {
		case strings.HasPrefix(lower, typed):
			begin = append(begin, name)
		case strings.Contains(lower, typed):
			contain = append(contain, name)
		}
	}
	return append(begin, contain...)
}
