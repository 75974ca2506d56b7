package editorial

import (
	"context"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"testing"
	"time"

	"iobot/bot"
	"iobot/bot/store"
	"iobot/index"
	"iobot/knowledge"
)

// ward is a desk over a small folder, with four people who have accounts on
// two platforms.
type ward struct {
	t      testing.TB
	desk   *Desk
	store  *store.Store
	folder string
	now    time.Time
}

func newWard(t testing.TB) *ward {
	t.Helper()
	w := &ward{t: t, folder: t.TempDir(), now: time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)}
	if err := os.CopyFS(w.folder, os.DirFS("../../knowledge/testdata/good")); err != nil {
		t.Fatal(err)
	}
	s, err := store.Open(t.Context(), filepath.Join(t.TempDir(), "state.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	w.store = s
	w.open()
	return w
}

// open starts the desk, as the program does.
func (w *ward) open() {
	w.t.Helper()
	desk, _, err := Open(w.t.Context(), Config{
		Store: w.store, Folder: os.DirFS(w.folder), People: fourPeople(), Answer: titles,
		Log: slog.New(slog.DiscardHandler), Now: func() time.Time { return w.now },
	})
	if err != nil {
		w.t.Fatal(err)
	}
	w.desk = desk
}

// fourPeople may all edit and approve; Dee has no role.
func fourPeople() []Person {
	var list []Person
	for _, name := range []string{"Ann", "Bo", "Cai", "Kim"} {
		list = append(list, Person{
			Name: name, Accounts: []string{"slack:T1/" + name, "discord:9/" + name}, Roles: []Role{Editor, Approver},
		})
	}
	return append(list, Person{Name: "Dee", Accounts: []string{"slack:T1/Dee"}})
}

// titles answers a golden question with the title of the entry it names.
func titles(_ context.Context, s *index.Snapshot, q bot.Request) bot.Reply {
	if m, ok := s.Base().Entry(knowledge.ID(q.Line)); ok {
		return bot.Reply{Outcome: bot.Answer, Title: m.Title, Entries: []string{string(m.ID)}}
	}
	return bot.Reply{Outcome: bot.NotFound}
}

// as is somebody at work on a platform.
func (w *ward) as(platform, name string) Actor {
	w.t.Helper()
	tenant := map[string]string{"slack": "T1", "discord": "9"}[platform]
	a, ok := w.desk.Actor(bot.Request{Platform: platform, Tenant: tenant, User: name})
	if !ok {
		w.t.Fatalf("%s has no role", name)
	}
	return a
}

const (
	adrenaline = knowledge.ID("drug/epinephrine")
	dosePart   = "arrest-child/dose"
)

// edit sets the largest dose of adrenaline in a draft.
func (w *ward) edit(name, largest string) store.Draft {
	w.t.Helper()
	e, err := w.desk.Edit(w.t.Context(), w.as("slack", name), adrenaline, dosePart, map[string]string{"max": largest})
	if err != nil || len(e.Mistakes)+len(e.Others) > 0 {
		w.t.Fatalf("edit: %v, %v, %v", err, e.Mistakes, e.Others)
	}
	return e.Draft
}

func (w *ward) propose(name string, id int64) Proposal {
	w.t.Helper()
	p, err := w.desk.Propose(w.t.Context(), w.as("slack", name), id, "the guideline changed")
	if err != nil || !p.Ready() {
		w.t.Fatalf("propose: %v, %v", err, p.Mistakes)
	}
	return p
}

func (w *ward) approve(name string, p Proposal) Approved {
	w.t.Helper()
	a, err := w.desk.Approve(w.t.Context(), w.as("discord", name), p.Draft.ID, p.Draft.Hash, p.Word)
	if err != nil {
		w.t.Fatalf("approve: %v", err)
	}
	return a
}

// largest is the largest dose of adrenaline that is live.
func (w *ward) largest() string {
	w.t.Helper()
	d, ok := w.desk.live().Drug(adrenaline)
	if !ok {
		w.t.Fatal("adrenaline is gone")
	}
	_, rule, ok := d.Rule("arrest-child")
	if !ok {
		w.t.Fatal("the rule is gone")
	}
	return rule.Max.String()
}

func (w *ward) write(file, old, with string) {
	w.t.Helper()
	path := filepath.Join(w.folder, file)
	text, err := os.ReadFile(path)
	if err != nil {
		w.t.Fatal(err)
	}
	changed := replaceOnce(w.t, string(text), old, with)
	if err := os.WriteFile(path, []byte(changed), 0o600); err != nil {
		w.t.Fatal(err)
	}
}

// look looks at the folder as often as a change needs to settle.
func (w *ward) look() {
	for range 3 {
		w.desk.Look(w.t.Context())
	}
}

var _ fs.FS = nothing{}
