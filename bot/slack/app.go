package slack

import (
	"context"
	"net/http"
	"time"

	"github.com/slack-go/slack"
	"golang.org/x/time/rate"

	"iobot/bot"
	"iobot/bot/platform"
)

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

// Close waits for what is being sent, until ctx ends, and stops.
func (a *App) Close(ctx context.Context) error { return a.jobs.Close(ctx) }
