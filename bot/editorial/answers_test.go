package editorial_test

import (
	"context"
	"flag"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"iobot/bot"
	"iobot/bot/command"
	"iobot/bot/editorial"
	"iobot/bot/store"
	"iobot/index"
)

var (
	answers   = flag.Int("answers", 2_000, "how many answers to give while revisions are published; the release gives 100,000")
	revisions = flag.Int("revisions", 20, "how many revisions to publish meanwhile; the release publishes 500")
)

// TestAnswersHoldOneRevision gives answers while revisions are published. Each
// revision carries a tag in two files, that of the drug and that of the
// sources; every answer shows both, and they and its revision belong together.
func TestAnswersHoldOneRevision(t *testing.T) {
	p := newPress(t)
	var given atomic.Int64
	var done atomic.Bool
	var seen sync.Map // tag to the revision that an answer with it named
	due := make(chan struct{}, *revisions)
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			for !done.Load() || given.Load() < int64(*answers) {
				tag, revision := p.ask()
				if first, _ := seen.LoadOrStore(tag, revision); first != revision {
					t.Errorf("answers with %s name the revisions %s and %s", tag, first, revision)
				}
				if n := given.Add(1); n%int64(max(1, *answers / *revisions)) == 0 {
					select {
					case due <- struct{}{}:
					default:
					}
				}
			}
		})
	}
	published := map[string]string{p.tag(0): p.library.Snapshot().Base().Revision}
	for n := 1; n <= *revisions; n++ {
		<-due
		published[p.tag(n)] = p.publish(n)
	}
	done.Store(true)
	all.Wait()
	different := 0
	seen.Range(func(tag, revision any) bool {
		different++
		if published[tag.(string)] != revision {
			t.Errorf("an answer with %s names revision %s; it was published as %s", tag, revision, published[tag.(string)])
		}
		return true
	})
	if different < *revisions/2 {
		t.Errorf("the answers hold only %d of %d revisions", different, *revisions)
	}
	t.Logf("%d answers from %d revisions", given.Load(), different)
}

// press is a folder that is published over and over, and a bot over it.
type press struct {
	t       *testing.T
	folder  string
	desk    *editorial.Desk
	library *index.Library
	bot     *bot.Bot
}

func newPress(t *testing.T) *press {
	p := &press{t: t, folder: t.TempDir()}
	if err := os.CopyFS(p.folder, os.DirFS("../../knowledge/testdata/good")); err != nil {
		t.Fatal(err)
	}
	p.write("sources.yaml", "Intraosseous access.", p.tag(0)+".")
	p.write("drugs/epinephrine.yaml", "Flush each dose through with saline.", "Flush with "+p.tag(0)+".")
	s, err := store.Open(t.Context(), filepath.Join(t.TempDir(), "state.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	p.desk, p.library, err = editorial.Open(t.Context(), editorial.Config{
		Store: s, Folder: os.DirFS(p.folder), Log: slog.New(slog.DiscardHandler), Now: time.Now,
		Answer: func(context.Context, *index.Snapshot, bot.Request) bot.Reply { return bot.Reply{} },
	})
	if err != nil {
		t.Fatal(err)
	}
	p.bot = bot.New(bot.Config{
		Commands: command.All(command.Deps{Library: p.library, Guidelines: []string{"AHA"}, Multiply: true, Desk: p.desk}),
		Default:  command.Default, Deadline: time.Minute, Log: slog.New(slog.DiscardHandler), Now: time.Now,
	})
	return p
}

// tag is a word for a revision, without a figure.
func (p *press) tag(n int) string {
	return "tag" + strings.NewReplacer("0", "a", "1", "b", "2", "c", "3", "d", "4", "e", "5", "f", "6", "g", "7", "h", "8", "i", "9", "j").Replace(fmt.Sprintf("%04d", n))
}

func (p *press) write(file, old, with string) {
	p.t.Helper()
	path := filepath.Join(p.folder, file)
	text, err := os.ReadFile(path)
	if err != nil || strings.Count(string(text), old) != 1 {
		p.t.Fatalf("%q stands not once in %s, %v", old, file, err)
	}
	if err := os.WriteFile(path, []byte(strings.Replace(string(text), old, with, 1)), 0o600); err != nil {
		p.t.Fatal(err)
	}
}

// publish changes both files and returns the revision that is live then.
func (p *press) publish(n int) string {
	for _, file := range []string{"sources.yaml", "drugs/epinephrine.yaml"} {
		p.write(file, p.tag(n-1), p.tag(n))
	}
	before := p.library.Snapshot().Base().Revision
	for range 2 { // seen, and the same a second time
		p.desk.Look(p.t.Context())
	}
	after := p.library.Snapshot().Base().Revision
	if after == before {
		p.t.Errorf("revision %d is not live after two looks: %v", n, p.desk.Trouble())
	}
	return after
}

var tagForm = regexp.MustCompile(`Flush with (tag[a-j]{4})`)

// ask asks for a dose and returns the tag and the revision of the answer.
func (p *press) ask() (tag, revision string) {
	r := p.bot.Answer(p.t.Context(), bot.Request{Platform: "test", Line: "dose adrenaline 12 kg"})
	ofDrug := tagForm.FindStringSubmatch(r.Text())
	i := slices.IndexFunc(r.Sources, func(s bot.Source) bool { return s.Key == "DUCK" })
	if ofDrug == nil || i < 0 {
		p.t.Errorf("an answer without a tag: %s", r.Text())
		return "", ""
	}
	if !strings.Contains(r.Sources[i].Citation, ofDrug[1]) {
		p.t.Errorf("an answer with %s cites %s", ofDrug[1], r.Sources[i].Citation)
	}
	return ofDrug[1], r.Revision
}
