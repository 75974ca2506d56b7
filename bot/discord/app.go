package discord

import (
	"context"
	"errors"
	"log/slog"
	"sync/atomic"
	"time"

	"iobot/bot"
	"iobot/bot/platform"
)

// Config is what an App is made of. Everything but the last group is needed,
// the public key for HTTP and the token for the gateway.
type Config struct {
	Bot           *bot.Bot
	Commands      []bot.Command // the table that the bot answers from
	APIURL        string        // "https://discord.com/"
	ApplicationID string
	PublicKey     string // 64 hexadecimal digits
	Token         string
	Log           *slog.Logger
	Now           func() time.Time

	// Complete returns what an option may hold: of a kind such as "drug", for
	// what was typed so far, the best first. Drug is the drug of the same
	// command line, empty when none is there yet. Nil completes nothing.
	Complete func(kind, typed, drug string) []Suggestion

	// Education reports whether the cards of a server say that they are for
	// education. Nil means that none do.
	Education func(server string) bool

	// Observe is told of every interaction: its kind, what became of it, and
	// how long that took. Both words come from short lists.
	Observe func(came, became string, took time.Duration)

	// Assets gives pictures and files. Nil means that answers have none.
	Assets bot.Assets

	// Posted is told of every answer that was shown to others than its asker,
	// and where it stands, so that it can be corrected later.
	Posted func(ctx context.Context, at bot.Place, r bot.Reply)

	BudgetFile string // remembers across restarts how often the bot connected to the gateway

	UserPerMinute int // questions of one person that are answered; 0: 60. 20 at once are fine
}

// Suggestion is one value that an option may take.
type Suggestion struct{ Label, Value string }

const (
	seenKeep    = time.Hour
	seenSize    = 50_000
	subjectKeep = 30 * time.Minute // how long "and for 20 kg?" is understood
	peopleSize  = 10_000
	userBurst   = 20
)

// App is the bot on Discord. It is safe for concurrent use.
type App struct {
	config Config
	verify verifier
	api    *api
	jobs   *platform.Jobs

	connected atomic.Bool // to the gateway
	turns     platform.Turns
	people    *platform.Rates

	seen     *platform.Recent[string, struct{}] // interactions and shared cards, by their ids
	subjects *platform.Recent[string, string]   // what a person's conversation is about, as a command line
}

// New returns the App that c describes, or an error that names what is
// missing. It calls nobody.
func New(c Config) (*App, error) {
	if c.Bot == nil || c.Log == nil || c.Now == nil || len(c.Commands) == 0 {
		return nil, errors.New("set up Discord: a bot, its commands, a log and a clock are needed")
	}
	calls, err := newAPI(c.APIURL, c.ApplicationID, c.Token)
	if err != nil {
		return nil, err
	}
	var verify verifier // without a key it lets nothing in
	if c.PublicKey != "" || c.Token == "" {
		if verify, err = newVerifier(c.PublicKey, c.Now); err != nil {
			return nil, err
		}
	}
	c = c.withDefaults()
	return &App{
		config: c, verify: verify, api: calls, jobs: platform.NewJobs(c.Log, nil),
		turns:    platform.NewTurns(),
		people:   platform.NewRates(c.UserPerMinute, userBurst, peopleSize),
		seen:     platform.NewRecent[string, struct{}](seenKeep, seenSize),
		subjects: platform.NewRecent[string, string](subjectKeep, peopleSize),
	}, nil
}

func (c Config) withDefaults() Config {
	if c.Complete == nil {
		c.Complete = func(string, string, string) []Suggestion { return nil }
	}
	if c.Education == nil {
		c.Education = func(string) bool { return false }
	}
	if c.Observe == nil {
		c.Observe = func(string, string, time.Duration) {}
	}
	if c.Posted == nil {
		c.Posted = func(context.Context, bot.Place, bot.Reply) {}
	}
	if c.UserPerMinute <= 0 {
		c.UserPerMinute = 60
	}
	return c
}

// Close waits for what is being sent, until ctx ends, and stops.
func (a *App) Close(ctx context.Context) error { return a.jobs.Close(ctx) }

// answer asks the bot, unless the asker or the bot has too much to do. A form
// is always taken: its writer was admitted when it was opened.
func (a *App) answer(ctx context.Context, q bot.Request) bot.Reply {
	if len(q.Values) == 0 && !a.people.Admit(q.User, q.At) {
		return sentence("Busy: no answer yet", "You asked more often than the bot answers one person. Wait a moment and ask again. Do not wait for it with a patient: use your local protocol.")
	}
	var r bot.Reply
	if !a.turns.Take(ctx, func() { r = a.config.Bot.Answer(ctx, q) }) {
		return busy(q)
	}
	if r.Outcome == bot.Failed {
		return withTyped(r, q.Values)
	}
	return r
}

// busy is the reply when the bot cannot answer for all that it has to do.
func busy(q bot.Request) bot.Reply {
	return withTyped(sentence("Busy: no answer yet", "The bot has more to answer than it can. Ask again in a moment. Do not wait for it with a patient: use your local protocol."), q.Values)
}

// converse answers a line in the conversation of its asker, and returns with
// the answer a line that gives it again without what was said before. There is
// none for what must not be run again, and none for a form.
func (a *App) converse(ctx context.Context, q bot.Request) (r bot.Reply, alone string) {
	talk := q.Tenant + "/" + q.Channel + "/" + q.User
	q.Previous, _ = a.subjects.Get(talk, q.At)
	r = a.answer(ctx, q)
	if r.Subject != "" {
		a.subjects.Put(talk, r.Subject, q.At)
	}
	switch {
	case r.Private || len(q.Values) > 0 || a.config.Bot.Acts(q.Line):
		return r, ""
	case q.Previous == "" && carries(q.Line):
		return r, q.Line
	}
	return r, a.config.Bot.Alone(ctx, q, r, carries)
}

// sentence is a reply that no command writes.
func sentence(title, text string) bot.Reply {
	return bot.Reply{Outcome: bot.Refused, Title: title, Blocks: []bot.Block{bot.Lead{Text: text}}}
}
