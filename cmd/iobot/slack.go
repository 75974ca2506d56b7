package main

import (
	"context"
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
	var many bool
	manifest := &cobra.Command{
		Use: "manifest [--url ADDRESS [--many]]", Short: "Print the Slack app manifest", Args: noArguments,
		Long: "Prints the manifest to create the Slack app from: for Socket Mode, or with --url for HTTP,\n" +
			"where ADDRESS is how Slack reaches the bot. With --many it is for many workspaces by OAuth.",
		Example: "  iobot slack manifest\n  iobot slack manifest --url https://iobot.example.org",
		RunE:    func(*cobra.Command, []string) error { return printManifest(address, many, w) },
	}
	manifest.Flags().StringVar(&address, "url", "", "public address of the bot, for HTTP mode")
	manifest.Flags().BoolVar(&many, "many", false, "for many workspaces; needs --url")
	group.AddCommand(manifest)
	return group
}

func printManifest(address string, many bool, w world) error {
	p, err := load(context.Background(), "", w)
	if err != nil {
		return err
	}
	c := slack.ManifestConfig{Commands: p.commands, Transport: slack.Socket, Install: slack.OneWorkspace, Images: slack.ImagesUpload}
	if address != "" {
		c.Transport, c.Address, c.Images = slack.HTTP, address, slack.ImagesURL
	}
	if many {
		c.Install = slack.ManyWorkspaces
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
	config, err := p.slackConfig(m, log, w.getenv)
	if err != nil {
		return service{}, err
	}
	if p.config.Slack.ClientID != "" {
		return p.manyWorkspaces(config, w.getenv)
	}
	app, err := slack.New(config)
	if err != nil {
		return service{}, err
	}
	return p.slackApp(app), nil
}

// slackApp is the app in the mode of the settings.
func (p *program) slackApp(app *slack.App) service {
	s := service{name: "slack", poster: app, path: "/slack/", ready: app.Ready, close: app.Close}
	if p.config.Slack.Mode == "socket" {
		s.run, s.routes = app.RunSocket, app.InstallHandler()
	} else {
		s.routes = app.Handler()
	}
	return s
}

// manyWorkspaces is the app with its installs in the store.
func (p *program) manyWorkspaces(config slack.Config, getenv func(string) string) (service, error) {
	c := p.config.Slack
	secret, err := readSecret("slack.client_secret", c.ClientSecret, getenv)
	if err != nil {
		return service{}, err
	}
	kept := &installs{store: p.store, log: config.Log, ended: make(chan struct{})}
	config.OAuth = &slack.OAuth{ClientID: c.ClientID, ClientSecret: secret, PublicURL: c.PublicURL, Installs: kept}
	app, err := slack.New(config)
	if err != nil {
		return service{}, err
	}
	s := p.slackApp(app)
	sockets := s.run
	s.run = func(ctx context.Context) error { return kept.run(ctx, app, sockets) }
	s.close = func(ctx context.Context) error { return kept.close(ctx, app) }
	return s, nil
}

// slackConfig is what the app is made of, for a single workspace.
func (p *program) slackConfig(m *metrics, log *slog.Logger, getenv func(string) string) (slack.Config, error) {
	c := p.config.Slack
	config := slack.Config{
		Bot: p.bot, APIURL: c.APIURL,
		Rates: slack.Rates{UserPerMinute: c.UserPerMinute, WorkspacePerMinute: c.WorkspacePerMinute},
		Drugs: p.drugs, Uses: p.uses, Examples: examples(p.commands), Areas: p.areas,
		Assets: p.assets, Images: c.images(p.config.Pictures), AssetURL: strings.TrimSuffix(c.PublicURL, "/") + "/assets/",
		HomePicture: p.homePicture, Posted: p.desk.Posted, Desk: p.deskChoices,
		Live: p.live, Observe: m.observe("slack"), Log: log, Now: time.Now,
	}
	var err error
	if c.ClientID == "" {
		if config.BotToken, err = readSecret("slack.bot_token", c.BotToken, getenv); err != nil {
			return config, err
		}
	}
	if c.Mode == "socket" {
		config.AppToken, err = readSecret("slack.app_token", c.AppToken, getenv)
	} else {
		config.Secrets, err = readSecrets("slack.signing_secrets", c.SigningSecrets, getenv)
	}
	return config, err
}

// images is how pictures reach Slack: from the public address, or uploaded in
// Socket Mode, where there is none.
func (c slackConfig) images(pictures string) slack.Images {
	switch {
	case pictures == "off" || c.Mode == "http" && c.PublicURL == "":
		return slack.ImagesOff
	case c.Mode == "socket":
		return slack.ImagesUpload
	}
	return slack.ImagesURL
}

// homePicture is the drawing on the bot's page: why the marrow is a vein that
// cannot collapse. It is empty when there is none.
func (p *program) homePicture() bot.Picture {
	if p.drawings == nil {
		return bot.Picture{}
	}
	set, err := p.drawings.Set(p.library.Snapshot().Base())
	if err != nil {
		return bot.Picture{}
	}
	for _, d := range set.All() {
		if d.ID == "physiology/marrow" {
			return bot.Picture{Name: d.Name(), Title: d.Title, Alt: d.Alt}
		}
	}
	return bot.Picture{}
}

// deskChoices is what somebody who looks after the knowledge can do now.
func (p *program) deskChoices(ctx context.Context, tenant, user string) []bot.Choice {
	if _, ok := p.desk.Actor(bot.Request{Platform: "slack", Tenant: tenant, User: user}); !ok {
		return nil
	}
	return []bot.Choice{
		{Label: "Drafts", Command: "admin drafts"}, {Label: "Status", Command: "admin status"},
		{Label: "Due for review", Command: "admin stale"}, {Label: "Unanswered", Command: "admin unanswered"},
		{Label: "Feedback", Command: "admin feedback"},
	}
}

// readSecret reads the secret of a setting.
func readSecret(path string, s secret, getenv func(string) string) (string, error) {
	value, err := s.read(getenv)
	if err != nil {
		return "", fmt.Errorf("%s: %w", path, err)
	}
	return value, nil
}

func readSecrets(path string, list []secret, getenv func(string) string) ([]string, error) {
	var values []string
	for i, s := range list {
		value, err := readSecret(fmt.Sprintf("%s.%d", path, i), s, getenv)
		if err != nil {
			return nil, err
		}
		values = append(values, value)
	}
	return values, nil
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
