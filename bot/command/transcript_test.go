package command_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"iobot/bot"
)

// TestTranscripts asks the questions of each transcript in one conversation
// and compares every word of the replies. After a change that is meant, run
// go test ./bot/command -update and read the difference as a clinician would.
func TestTranscripts(t *testing.T) {
	files, err := filepath.Glob("testdata/transcripts/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatal("no transcripts", err)
	}
	b := newBot(t)
	for _, path := range files {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		golden(t, path, converse(b, string(text)))
	}
}

// converse asks every question of a transcript and writes it anew. The
// revision is left out, because it changes with every edit of the content.
func converse(b *bot.Bot, transcript string) string {
	var out strings.Builder
	var last bot.Reply
	for line := range strings.Lines(transcript) {
		question, ok := strings.CutPrefix(line, "> ")
		if !ok {
			continue
		}
		q := bot.Request{Platform: "test", Line: strings.TrimSpace(question), Previous: last.Subject, At: asOf}
		last = b.Answer(context.Background(), q)
		last.Sources = last.Sources[:min(3, len(last.Sources))]
		reply := last.Text()
		if last.Revision != "" {
			reply = strings.ReplaceAll(reply, last.Revision, "…")
		}
		out.WriteString(line + "\n" + reply + "\n\n" + strings.Repeat("-", 72) + "\n\n")
	}
	return out.String()
}
