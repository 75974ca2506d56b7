package command_test

import (
	"io"
	"io/fs"
	"log/slog"
	"os"
	"testing"
	"time"

	"iobot/bot"
	"iobot/bot/bottest"
	"iobot/bot/command"
	"iobot/index"
	"iobot/knowledge"
)

// asOf is when the tests ask, so that review dates do not move.
var asOf = time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)

// starter is the folder of the starter content.
var starter = os.DirFS("../../knowledge/content")

// content is the starter content.
func content(t testing.TB) *knowledge.Base { return load(t, starter) }

func load(t testing.TB, folder fs.FS) *knowledge.Base {
	t.Helper()
	base, err := knowledge.Load(folder)
	if err != nil {
		t.Fatal(err)
	}
	return base
}

// deps are what the commands are made of, over a folder of knowledge.
func deps(t testing.TB, folder fs.FS) command.Deps {
	t.Helper()
	snapshot, err := index.Build(load(t, folder))
	if err != nil {
		t.Fatal(err)
	}
	return command.Deps{Library: index.NewLibrary(snapshot), Guidelines: []string{"AHA", "ERC", "RCUK"}, Multiply: true, Version: "test"}
}

// newBot returns a bot over the starter content.
func newBot(t testing.TB) *bot.Bot { return botOf(deps(t, starter)) }

func botOf(d command.Deps) *bot.Bot {
	return bot.New(bot.Config{
		Commands: command.All(d),
		Default:  command.Default,
		Deadline: time.Minute, // a busy machine must not change an answer
		Log:      slog.New(slog.NewTextHandler(io.Discard, nil)),
		Now:      func() time.Time { return asOf },
	})
}

func TestHazards(t *testing.T) {
	bottest.RunScenarios(t, newBot(t), "testdata/hazards.txt", asOf)
}
