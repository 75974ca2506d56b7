package slack

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"github.com/slack-go/slack"
	"golang.org/x/time/rate"

	"iobot/bot"
	"iobot/bot/platform"
)

// Config is what an App is made of. Bot, Log and Now are needed always, and
// either BotToken or OAuth; the secrets in HTTP mode, AppToken in Socket Mode.
type Config struct {
	Bot      *bot.Bot
	APIURL   string   // of the Web API, with a slash at its end
	Secrets  []string // signing secrets; two while one is being replaced
	BotToken string   // xoxb-…; of a single workspace
	OAuth    *OAuth   // for many workspaces instead; nil for a single one
	AppToken string   // xapp-…
	Rates    Rates

	// Drugs returns the names of drugs for what was typed, the best first, and
	// Uses what a drug is given for; of all drugs when drug is empty. Nil
	// completes nothing.
	Drugs func(typed string) []string
	Uses  func(drug, typed string) []string

	// Live tells one state of the knowledge from another; it returns something
	// comparable that differs whenever an answer could. Nil, the function or
	// its result, means that every answer is made anew.
	Live func() any

	// Examples are the questions on the bot's page. Areas says how far the
	// knowledge is reviewed, area by area; nil says nothing.
	Examples []bot.Choice
	Areas    func() []bot.Field

	// Images is how pictures and files reach Slack, Assets where they come
	// from, and AssetURL, with ImagesURL, the public address of their folder,
	// with a slash at its end. HomePicture is on the bot's page; nil for none.
	Images      Images
	Assets      bot.Assets
	AssetURL    string
	HomePicture func() bot.Picture

	// Desk returns what somebody who looks after the knowledge can do now; none
	// for all others. Nil has nobody.
	Desk func(ctx context.Context, tenant, user string) []bot.Choice

	// Posted is told of every answer that others than the asker see, with the
	// place that Correct takes. Nil wants to know of none.
	Posted func(ctx context.Context, at bot.Place, r bot.Reply)

	// Observe is told of every delivery from Slack: how it came ("command",
	// "interaction", "event"), what became of it, and how long that took.
	Observe func(came, became string, took time.Duration)

	Log *slog.Logger
	Now func() time.Time

	wait waiter // what waits before another try; tests set it
}

const (
	seenKeep   = time.Hour // Slack repeats an event for about five minutes
	seenSize   = 50_000
	threadKeep = 30 * time.Minute // how long "and for 20 kg?" is understood
	threadSize = 5_000
	homeKeep   = 24 * time.Hour
)

// App is the bot on Slack. It is safe for concurrent use.
type App struct {
	config           Config
	verify           verifier
	limit            *limiter
	turns, slowTurns platform.Turns
	api              *slack.Client // of a single workspace
	hooks            *hooks
	jobs             *platform.Jobs

	installer *installer                              // nil for a single workspace
	clients   *platform.Recent[string, *slack.Client] // by token, for many
	network   *transport                              // below all of them

	known    *platform.Recent[question, known] // answers just made
	sockets  *sockets
	openings http.RoundTripper // to apps.connections.open
	openRate *rate.Limiter     // of all connections together

	signatures *platform.Recent[string, struct{}] // of the requests that had an effect
	seen       *platform.Recent[string, struct{}] // deliveries and taps, by their ids
	subjects   *platform.Recent[string, string]   // what a conversation is about, as a command line
	homes      *platform.Recent[string, string]   // which page a person has

	deeds     *platform.Recent[string, *deed]     // what was done for a request, by its id
	tapped    *platform.Recent[string, struct{}]  // buttons that changed something, a moment ago
	touched   *platform.Recent[string, time.Time] // when a person last tapped in a channel
	kept      *platform.Recent[string, bot.Reply] // replies that no line may give again
	corrected *platform.Recent[string, struct{}]  // messages that were corrected a moment ago
	pictures  *pictures
}

// New returns the App that c describes, or an error that names what is
// missing. It calls nobody.
func New(c Config) (*App, error) {
	secrets, err := c.check()
	if err != nil {
		return nil, err
	}
	c = c.withDefaults()
	network := newTransport(c.BotToken, c.Now, c.wait)
	a := &App{
		config:     c,
		verify:     verifier{secrets: secrets, now: c.Now},
		limit:      newLimiter(c.Rates),
		turns:      platform.NewTurns(),
		slowTurns:  platform.NewTurns(),
		api:        newClient(c.APIURL, network),
		installer:  newInstaller(c, network),
		clients:    platform.NewRecent[string, *slack.Client](clientKeep, clientSize),
		network:    network,
		hooks:      newHooks(c.APIURL, c.Now, c.wait),
		jobs:       platform.NewJobs(c.Log, redact),
		signatures: platform.NewRecent[string, struct{}](2*platform.MaxSkew, seenSize),
		seen:       platform.NewRecent[string, struct{}](seenKeep, seenSize),
		subjects:   platform.NewRecent[string, string](threadKeep, threadSize),
		homes:      platform.NewRecent[string, string](homeKeep, threadSize),
		known:      platform.NewRecent[question, known](knownKeep, knownSize),
		deeds:      platform.NewRecent[string, *deed](deedKeep, deedSize),
		tapped:     platform.NewRecent[string, struct{}](tapKeep, seenSize),
		touched:    platform.NewRecent[string, time.Time](time.Minute, threadSize),
		kept:       platform.NewRecent[string, bot.Reply](keptKeep, keptSize),
		corrected:  platform.NewRecent[string, struct{}](time.Minute, threadSize),
		pictures:   newPictures(c),
		openings:   newTransport(c.AppToken, c.Now, c.wait),
		openRate:   rate.NewLimiter(rate.Every(openEvery), openBurst),
	}
	a.sockets = &sockets{app: a, slots: make(chan struct{}, socketWorkers)}
	return a, nil
}

// check returns the signing secrets, or what is missing.
func (c Config) check() ([][]byte, error) {
	switch {
	case c.Bot == nil || c.Log == nil || c.Now == nil:
		return nil, errors.New("set up Slack: a bot, a log and a clock are needed")
	case !strings.HasPrefix(c.APIURL, "http") || !strings.HasSuffix(c.APIURL, "/"):
		return nil, errors.New("set up Slack: the API address must begin with http and end with a slash")
	case c.OAuth == nil && len(strings.TrimSpace(c.BotToken)) < minToken:
		return nil, errors.New("set up Slack: the bot token is empty or too short; it begins with xoxb-")
	}
	if err := c.checkImages(); err != nil {
		return nil, err
	}
	if c.OAuth != nil {
		if err := c.OAuth.check(); err != nil {
			return nil, err
		}
	}
	list := make([][]byte, 0, len(c.Secrets))
	for i, s := range c.Secrets {
		if len(strings.TrimSpace(s)) < minSecret {
			return nil, fmt.Errorf("set up Slack: signing secret %d is empty or shorter than %d characters", i+1, minSecret)
		}
		list = append(list, []byte(s))
	}
	return list, nil
}

// withDefaults fills in what does nothing where nothing was given.
func (c Config) withDefaults() Config {
	if c.Observe == nil {
		c.Observe = func(string, string, time.Duration) {}
	}
	if c.Drugs == nil {
		c.Drugs = func(string) []string { return nil }
	}
	if c.Uses == nil {
		c.Uses = func(string, string) []string { return nil }
	}
	if c.Live == nil {
		c.Live = func() any { return nil }
	}
	if c.Desk == nil {
		c.Desk = func(context.Context, string, string) []bot.Choice { return nil }
	}
	if c.HomePicture == nil {
		c.HomePicture = func() bot.Picture { return bot.Picture{} }
	}
	if c.Areas == nil {
		c.Areas = func() []bot.Field { return nil }
	}
	if c.wait == nil {
		c.wait = platform.Wait
	}
	return c
}

// minToken is the shortest token in bytes that is accepted.
const minToken = 8

// Close waits for what is being sent, until ctx ends, and stops.
func (a *App) Close(ctx context.Context) error { return a.jobs.Close(ctx) }
