package editorial

import (
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"strings"
	"testing"
	"time"

	"iobot/bot/store"
	"iobot/index"
	"iobot/knowledge"
)

// failing makes the store keep no revision, as on a full disk, until the
// function that it returns is called.
func (w *ward) failing() (mended func()) { return w.failingAt("INSERT ON revisions") }

func (w *ward) failingAt(statement string) (mended func()) {
	w.t.Helper()
	db, err := sql.Open("sqlite", "file:"+(&url.URL{Path: w.state}).EscapedPath())
	if err != nil {
		w.t.Fatal(err)
	}
	exec := func(query string) {
		w.t.Helper()
		if _, err := db.Exec(query); err != nil {
			w.t.Fatal(err)
		}
	}
	exec(`CREATE TRIGGER no_room BEFORE ` + statement + ` BEGIN SELECT RAISE(ABORT, 'there is no room'); END`)
	return func() {
		exec(`DROP TRIGGER no_room`)
		if err := db.Close(); err != nil {
			w.t.Error(err)
		}
	}
}

func (w *ward) withdraw(name string, entry knowledge.ID) error {
	_, err := w.desk.Withdraw(w.t.Context(), w.as("discord", name), entry, "the maker gives another dose")
	return err
}

// TestWithdraw: one person, at once, and it stays so over a restart, whatever
// else goes live.
func TestWithdraw(t *testing.T) {
	w := newWard(t)
	w.people[0].Roles = []Role{Editor}
	if err := w.withdraw("Ann", adrenaline); err != nil || w.status(adrenaline) != knowledge.Withdrawn {
		t.Fatalf("%v, the entry is %s", err, w.status(adrenaline))
	}
	if err := w.withdraw("Bo", adrenaline); !isVisible(err) || !strings.Contains(err.Error(), "withdrawn already: the maker gives another dose") {
		t.Errorf("a second time: %v", err)
	}
	if err := w.withdraw("Bo", "drug/moonshine"); !isVisible(err) {
		t.Errorf("what there is not: %v", err)
	}
	if _, err := w.desk.Withdraw(t.Context(), Actor{Person: Person{Name: "Dee", Roles: []Role{Editor}}}, flushing, "because"); !isDenied(err) {
		t.Errorf("Dee: %v", err)
	}
	if _, err := w.desk.Withdraw(t.Context(), w.as("slack", "Bo"), flushing, "  "); !isVisible(err) {
		t.Errorf("without a reason: %v", err)
	}
	w.desk = w.open()
	w.write("articles/flushing.md", "Repeat it.", "Repeat it often.")
	w.look()
	if w.status(adrenaline) != knowledge.Withdrawn {
		t.Errorf("after a restart and another change the entry is %s", w.status(adrenaline))
	}
}

// TestEveryEntryCanBeWithdrawn: that of the starter content would be stored,
// whatever else refers to it.
func TestEveryEntryCanBeWithdrawn(t *testing.T) {
	w := wardOver(t, os.DirFS("../../knowledge/content"))
	for _, m := range w.desk.live().Entries() {
		r := m.Review
		r.Status, r.Why = knowledge.Withdrawn, "wrong: #1 [X] \"y\""
		text, err := knowledge.SetReview(m.File, w.desk.text(m.File), r)
		if err != nil {
			t.Errorf("%s: %v", m.ID, err)
			continue
		}
		w.desk.content.Store(w.desk.content.Load().laying([]store.File{{Name: m.File, Text: text}}, 0))
	}
	if problems := newMistakes(w.files, w.desk.Content()); len(problems) > 0 {
		t.Error(problems)
	}
	base, err := knowledge.Load(w.desk.Content())
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range base.Entries() {
		if m.Review.Status != knowledge.Withdrawn || m.Review.Why != "wrong: #1 [X] \"y\"" {
			t.Errorf("%s is %+v", m.ID, m.Review)
		}
	}
}

// TestWithdrawUnsaved: when it cannot be stored it is in force all the same,
// says so, outlives whatever else goes live, and is stored as soon as that can
// be.
func TestWithdrawUnsaved(t *testing.T) {
	w := newWard(t)
	mended := w.failing()
	var unsaved Unsaved
	if err := w.withdraw("Bo", adrenaline); !errors.As(err, &unsaved) || !strings.Contains(err.Error(), "no room") {
		t.Errorf("on a full disk: %v", err)
	}
	w.write("articles/flushing.md", "Repeat it.", "Repeat it often.")
	w.look()
	w.desk.swap(w.rebuilt(t)) // as when something else goes live
	if w.status(adrenaline) != knowledge.Withdrawn {
		t.Errorf("after another change the entry is %s", w.status(adrenaline))
	}
	if w.statusIn(w.open(), adrenaline) == knowledge.Withdrawn {
		t.Error("it was stored after all")
	}
	mended()
	w.look()
	w.now = w.now.Add(retryEvery)
	w.look()
	history, err := w.desk.History(t.Context(), adrenaline, 0)
	if err != nil || len(history) != 1 || history[0].Author != "Bo" || history[0].Kind != kindWithdraw {
		t.Fatalf("%d revisions, %v", len(history), err)
	}
	if got := w.statusIn(w.open(), adrenaline); got != knowledge.Withdrawn {
		t.Errorf("after a restart the entry is %s", got)
	}
}

// rebuilt is a snapshot of the live content.
func (w *ward) rebuilt(t *testing.T) *index.Snapshot {
	t.Helper()
	s, err := snapshotOf(w.desk.Content())
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func (w *ward) statusIn(d *Desk, entry knowledge.ID) knowledge.Status {
	w.t.Helper()
	m, ok := d.live().Entry(entry)
	if !ok {
		w.t.Fatalf("%s is gone", entry)
	}
	return m.Review.Status
}

// TestRestore: two others bring an entry back, with the sign-off that it had.
// What was mended while it was withdrawn is not undone, and unreviewed.
func TestRestore(t *testing.T) {
	w := newWard(t)
	if _, err := w.desk.Verify(t.Context(), w.as("slack", "Bo"), adrenaline, w.now.AddDate(1, 0, 0)); err != nil {
		t.Fatal(err)
	}
	if err := w.withdraw("Kim", adrenaline); err != nil {
		t.Fatal(err)
	}
	p, err := w.desk.Restore(t.Context(), w.as("slack", "Ann"), adrenaline, "it was right")
	if err != nil || !p.Ready() || p.Needed != 2 || len(p.Changes) == 0 {
		t.Fatalf("%v, %+v", err, p)
	}
	w.approve("Bo", p)
	if a := w.approve("Kim", p); a.Live == nil || a.Live.Number != 3 || w.status(adrenaline) != knowledge.Verified {
		t.Errorf("restored it is %s", w.status(adrenaline))
	}
	if _, err := w.desk.Restore(t.Context(), w.as("slack", "Ann"), adrenaline, "again"); !isVisible(err) {
		t.Errorf("restored what is in use: %v", err)
	}
	if err := w.withdraw("Kim", adrenaline); err != nil {
		t.Fatal(err)
	}
	mended := w.propose("Ann", w.edit("Ann", "2 mg").ID)
	w.approve("Bo", mended)
	if a := w.approve("Cai", mended); a.Live == nil || w.status(adrenaline) != knowledge.Withdrawn {
		t.Errorf("mended it is %s before anybody restored it", w.status(adrenaline))
	}
	if p, err = w.desk.Restore(t.Context(), w.as("slack", "Ann"), adrenaline, "mended"); err != nil || !p.Ready() {
		t.Fatal(err, p.Mistakes)
	}
	w.approve("Bo", p)
	if a := w.approve("Cai", p); a.Live == nil || w.status(adrenaline) != knowledge.Unreviewed || w.largest() != "2 mg" {
		t.Errorf("restored it is %s with at most %s", w.status(adrenaline), w.largest())
	}
}

// TestRollback goes back to the change before the latest, to a revision, and
// says where that is not possible. Numbers only grow.
func TestRollback(t *testing.T) {
	w := newWard(t)
	rollback := func(entry knowledge.ID, revision int64) (Proposal, error) {
		return w.desk.Rollback(t.Context(), w.as("slack", "Ann"), entry, revision, "it was right before")
	}
	publish := func(p Proposal) store.Revision {
		t.Helper()
		w.approve("Bo", p)
		a := w.approve("Cai", p)
		if a.Live == nil {
			t.Fatal("not live")
		}
		return *a.Live
	}
	for i := 2; i <= 4; i++ {
		publish(w.propose("Ann", w.edit("Ann", fmt.Sprint(i)+" mg").ID))
	}
	if _, err := w.desk.Verify(t.Context(), w.as("slack", "Kim"), adrenaline, w.now.AddDate(1, 0, 0)); err != nil {
		t.Fatal(err)
	}
	notice := knowledge.Notice{Text: knowledge.Statement{Text: "Look twice."}, About: []knowledge.ID{adrenaline}, Until: w.now.AddDate(0, 1, 0)}
	if _, err := w.desk.Notice(t.Context(), w.as("slack", "Kim"), notice); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		to      int64
		largest string
	}{{0, "3 mg"}, {1, "2 mg"}, {0, "3 mg"}} {
		p, err := rollback(adrenaline, c.to)
		if err != nil || !p.Ready() {
			t.Fatalf("to %d: %v, %v", c.to, err, p.Mistakes)
		}
		rev := publish(p)
		if w.largest() != c.largest {
			t.Errorf("rolled back to %d with revision %d the largest dose is %s, not %s", c.to, rev.Number, w.largest(), c.largest)
		}
	}
	for entry, revisions := range map[knowledge.ID][]int64{adrenaline: {-1, 99}, flushing: {0}, "drug/moonshine": {0, 1}} {
		for _, to := range revisions {
			if _, err := rollback(entry, to); !isVisible(err) {
				t.Errorf("%s to %d: %v", entry, to, err)
			}
		}
	}
	if drafts, err := w.desk.Drafts(t.Context()); err != nil || len(drafts) > 0 {
		t.Errorf("refused, it left drafts %v, %v", drafts, err)
	}
	history, err := w.desk.History(t.Context(), "", 0)
	if err != nil || len(history) != 8 || history[0].Number != 8 {
		t.Errorf("%d revisions, %v", len(history), err)
	}
}

// TestRollbackOverAFolderThatChanged: the text before the first change in chat
// was the folder's of that time, not of today.
func TestRollbackOverAFolderThatChanged(t *testing.T) {
	w := newWard(t)
	p := w.propose("Ann", w.edit("Ann", "2 mg").ID)
	w.approve("Bo", p)
	w.approve("Cai", p)
	w.write("drugs/epinephrine.yaml", "max: 1 mg", "max: 5 mg")
	w.look()
	back, err := w.desk.Rollback(t.Context(), w.as("slack", "Ann"), adrenaline, 0, "it was right before")
	if err != nil || !strings.Contains(string(back.Draft.Text), "max: 1 mg") {
		t.Errorf("%v\n%s", err, back.Draft.Text)
	}
}

// TestNotice is shown until its day and taken back before.
func TestNotice(t *testing.T) {
	w := newWard(t)
	post := func(text string, until time.Time, about ...knowledge.ID) error {
		_, err := w.desk.Notice(t.Context(), w.as("slack", "Bo"), knowledge.Notice{Text: knowledge.Statement{Text: text}, About: about, Until: until})
		return err
	}
	for why, err := range map[string]error{
		"over already":   post("Look twice.", w.now.AddDate(0, 0, -1), adrenaline),
		"a dose":         post("Give 5 mg.", w.now.AddDate(0, 0, 7), adrenaline),
		"no such entry":  post("Look twice.", w.now.AddDate(0, 0, 7), "drug/moonshine"),
		"nothing":        post(" ", w.now.AddDate(0, 0, 7), adrenaline),
		"turned letters": post("Look\u202e twice.", w.now.AddDate(0, 0, 7), adrenaline),
	} {
		if !isVisible(err) {
			t.Errorf("%s: %v", why, err)
		}
	}
	if err := post("Look twice.", w.now.AddDate(0, 0, 7), adrenaline); err != nil {
		t.Fatal(err)
	}
	if n := w.desk.live().NoticesFor(adrenaline, w.now); len(n) != 1 || n[0].By != "Bo" {
		t.Fatalf("notices: %+v", n)
	}
	w.desk = w.open()
	if _, err := w.desk.EndNotice(t.Context(), w.as("slack", "Cai"), "notice-1", ""); err != nil {
		t.Error(err)
	}
	if n := w.desk.live().NoticesFor(adrenaline, w.now); len(n) > 0 {
		t.Errorf("ended, there is %+v", n)
	}
	if _, err := w.desk.EndNotice(t.Context(), w.as("slack", "Cai"), "notice-1", ""); !isVisible(err) {
		t.Errorf("ended twice: %v", err)
	}
}
