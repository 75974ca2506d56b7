package command_test

import (
	"io"
	"log/slog"
	"testing"
	"time"

	"iobot/bot"
	"iobot/bot/bottest"
	"iobot/bot/command"
	"iobot/index"
)

// asOf is when the tests ask, so that review dates do not move.
var asOf = time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)

// newBot returns a bot over the starter content.
func newBot(t testing.TB) *bot.Bot {
	t.Helper()
	snapshot, err := index.Build(content(t))
	if err != nil {
		t.Fatal(err)
	}
	return bot.New(bot.Config{
		Commands: command.All(command.Deps{
			Library:    index.NewLibrary(snapshot),
			Guidelines: []string{"AHA", "ERC", "RCUK"},
			Multiply:   true,
			Version:    "test",
		}),
		Default:  command.Default,
		Deadline: time.Minute, // a busy machine must not change an answer
		Log:      slog.New(slog.NewTextHandler(io.Discard, nil)),
		Now:      func() time.Time { return asOf },
	})
}

func TestHazards(t *testing.T) {
	bottest.RunScenarios(t, newBot(t), "testdata/hazards.txt", asOf)
}
