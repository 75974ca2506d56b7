package editorial

import (
	"context"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
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
	state  string // the file of the store
	files  fs.FS
	folder string // where files are, when that is a folder on disk
	people []Person
	answer func(context.Context, *index.Snapshot, bot.Request) bot.Reply
	now    time.Time
	log    *logged
}

// newWard is a ward over a folder on disk.
func newWard(t testing.TB) *ward {
	t.Helper()
	folder := t.TempDir()
	if err := os.CopyFS(folder, os.DirFS("../../knowledge/testdata/good")); err != nil {
		t.Fatal(err)
	}
	w := wardOver(t, os.DirFS(folder))
	w.folder = folder
	return w
}

func wardOver(t testing.TB, files fs.FS) *ward {
	t.Helper()
	w := &ward{
		t: t, state: filepath.Join(t.TempDir(), "state.db"), files: files, people: fourPeople(), answer: titles, log: &logged{},
		now: time.Date(2026, 11, 22, 9, 0, 0, 123_456_789, time.UTC),
	}
	w.store = w.openStore()
	w.desk = w.open()
	return w
}

// openStore opens the file of the store once more, as another process does.
func (w *ward) openStore() *store.Store {
	w.t.Helper()
	s, err := store.Open(w.t.Context(), w.state)
	if err != nil {
		w.t.Fatal(err)
	}
	w.t.Cleanup(func() {
		if err := s.Close(); err != nil {
			w.t.Error(err)
		}
	})
	return s
}

// open starts a desk, as the program does.
func (w *ward) open() *Desk { return w.openOver(w.store) }

func (w *ward) openOver(s *store.Store) *Desk {
	w.t.Helper()
	_, fixed := w.files.(fstest.MapFS)
	desk, _, err := Open(w.t.Context(), Config{
		Store: s, Folder: w.files, Fixed: fixed, People: w.people, Answer: w.answer,
		Log: slog.New(slog.NewTextHandler(w.log, nil)), Now: func() time.Time { return w.now },
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return desk
}

// logged is what the desk logged.
type logged struct {
	mu   sync.Mutex
	text strings.Builder
}

func (l *logged) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}

func (l *logged) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
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

// put writes a file of the folder.
func (w *ward) put(file, text string) {
	w.t.Helper()
	path := filepath.Join(w.folder, file)
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		w.t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		w.t.Fatal(err)
	}
}

// look looks at the folder as often as a change needs to settle.
func (w *ward) look() {
	for range 3 {
		w.desk.Look(w.t.Context())
	}
}
