package store

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// TestContract runs the contract over the file.
func TestContract(t *testing.T) {
	testContract(t, func(t *testing.T) (*Store, *Store) {
		path := filepath.Join(t.TempDir(), "state.db")
		return open(t, path, firstKey), open(t, path, firstKey)
	})
}

// testContract is what every database must keep to. open returns a new empty
// state twice, as two processes would open it.
func testContract(t *testing.T, open func(*testing.T) (*Store, *Store)) {
	for name, test := range map[string]func(*testing.T, *Store, *Store){
		"drafts":                    contractDrafts,
		"a draft changes":           contractSaveDraft,
		"revisions":                 contractRevisions,
		"a revision out of turn":    contractOutOfTurn,
		"files over the folder's":   contractOverlay,
		"the audit":                 contractAudit,
		"the audit never changes":   contractImmutable,
		"somebody is forgotten":     contractForget,
		"feedback":                  contractFeedback,
		"unanswered questions":      contractUnanswered,
		"shared answers":            contractPosted,
		"channels":                  contractChannels,
		"tasks":                     contractTasks,
		"once":                      contractOnce,
		"all or nothing":            contractAllOrNothing,
		"a view stays as it is":     contractView,
		"nobody's update is lost":   contractTogether,
		"the version":               contractVersion,
		"text that cannot be kept":  contractText,
		"a context that is over":    contractCancelled,
		"a mistake that is ignored": contractIgnored,
	} {
		t.Run(name, func(t *testing.T) {
			a, b := open(t)
			test(t, a, b)
		})
	}
}

func update(t *testing.T, s *Store, f func(*Tx) error) {
	t.Helper()
	if err := s.Update(t.Context(), f); err != nil {
		t.Fatal(err)
	}
}

func view(t *testing.T, s *Store, f func(*Tx) error) {
	t.Helper()
	if err := s.View(t.Context(), f); err != nil {
		t.Fatal(err)
	}
}

// read returns what a method of a view returns.
func read[T any](t *testing.T, s *Store, f func(*Tx) (T, error)) (got T) {
	t.Helper()
	view(t, s, func(tx *Tx) (err error) {
		got, err = f(tx)
		return err
	})
	return got
}

func same(t *testing.T, what string, want, got any) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", what, diff)
	}
}

func draft() Draft {
	return Draft{
		Entry: "drug/epinephrine", File: "drugs/epinephrine.yaml", Text: []byte("id: epinephrine\n"), From: "aaaa", Started: []byte("old"),
		Author: "Kim Lee", Editors: []string{"Kim Lee", "Ana Ruiz"}, State: Proposed, Kind: "change", Hash: "bbbb",
		Why: "new edition — 2025", Created: at(1), Changed: at(2),
		Typed:     map[string]map[string]string{"rule 1": {"dose": "0,1 mgg"}},
		Approvals: []Approval{{"Sam Okafor", "bbbb", at(3)}},
	}
}

func contractDrafts(t *testing.T, a, b *Store) {
	removal := Draft{Entry: "site/sternum", State: Editing, Author: "Ana Ruiz", Editors: []string{"Ana Ruiz"}}
	empty := Draft{Entry: "site/humerus", State: Published, Text: []byte{}}
	want := []Draft{draft(), removal, empty}
	update(t, a, func(tx *Tx) error {
		for i, d := range want {
			id, err := tx.NewDraft(d)
			if err != nil {
				return err
			}
			want[i].ID = id
		}
		return nil
	})
	same(t, "all", want, read(t, b, func(tx *Tx) ([]Draft, error) { return tx.Drafts() }))
	same(t, "two states", want[:2], read(t, b, func(tx *Tx) ([]Draft, error) { return tx.Drafts(Editing, Proposed) }))
	same(t, "one", want[0], read(t, b, func(tx *Tx) (Draft, error) { return tx.Draft(want[0].ID) }))
	err := a.View(t.Context(), func(tx *Tx) error {
		_, err := tx.Draft(99)
		return err
	})
	if !errors.Is(err, ErrNotFound) {
		t.Errorf("a draft that is not there: %v", err)
	}
}

func contractSaveDraft(t *testing.T, a, b *Store) {
	d := draft()
	update(t, a, func(tx *Tx) (err error) { d.ID, err = tx.NewDraft(d); return err })
	want := d
	want.State, want.Text, want.Approvals, want.Typed, want.Changed = Rejected, nil, nil, nil, at(9)
	saved := want
	saved.Author, saved.Created = "Eve", at(20)
	update(t, b, func(tx *Tx) error { return tx.SaveDraft(saved) })
	same(t, "after saving", want, read(t, a, func(tx *Tx) (Draft, error) { return tx.Draft(d.ID) }))
	saved.ID = 99
	if err := a.Update(t.Context(), func(tx *Tx) error { return tx.SaveDraft(saved) }); !errors.Is(err, ErrNotFound) {
		t.Errorf("a draft that is not there: %v", err)
	}
}

func revision(n int64, files ...File) Revision {
	return Revision{
		Number: n, At: at(int(n)), Kind: "change", Knowledge: fmt.Sprintf("k%d", n), Author: "Kim Lee",
		Approvers: []string{"Ana Ruiz", "Sam Okafor"}, Why: "why", Changes: []string{"0.01 → 0.02 mg/kg", "a warning more"},
		Entries: []string{"drug/epinephrine", fmt.Sprintf("drug/%d", n)}, Draft: n, Files: files,
	}
}

func text(name, text string) File {
	return File{Name: name, Text: []byte(text), Under: "hash of " + name}
}

func publish(t *testing.T, s *Store, all ...Revision) {
	t.Helper()
	for _, r := range all {
		update(t, s, func(tx *Tx) error {
			n, err := tx.AddRevision(r)
			if err == nil && n != r.Number {
				return fmt.Errorf("got number %d", n)
			}
			return err
		})
	}
}

func contractRevisions(t *testing.T, a, b *Store) {
	publish(t, a, revision(1, text("a.yaml", "one"), File{Name: "b.yaml"}), revision(2), revision(3, text("a.yaml", "three")))
	list := read(t, b, func(tx *Tx) ([]Revision, error) { return tx.Revisions("", 0) })
	hashes := map[string]bool{}
	for i, r := range list {
		hashes[r.Hash] = true
		one := read(t, b, func(tx *Tx) (Revision, error) { return tx.Revision(r.Number) })
		same(t, "read alone", r, one)
		want := revision(int64(3-i), r.Files...)
		want.Hash = r.Hash
		same(t, "as it was added", want, r)
	}
	if len(hashes) != 3 || hashes[""] {
		t.Errorf("the hashes are %v", hashes)
	}
	same(t, "files of the first", []File{
		{Name: "a.yaml", Text: []byte("one"), Under: "hash of a.yaml", Revision: 1}, {Name: "b.yaml", Revision: 1},
	}, list[2].Files)
	numbers := func(entry string, limit int) (got []int64) {
		for _, r := range read(t, a, func(tx *Tx) ([]Revision, error) { return tx.Revisions(entry, limit) }) {
			got = append(got, r.Number)
		}
		return got
	}
	same(t, "of one entry", []int64{3, 2, 1}, numbers("drug/epinephrine", 0))
	same(t, "of another", []int64{2}, numbers("drug/2", 0))
	same(t, "the newest", []int64{3}, numbers("drug/epinephrine", 1))
	same(t, "the last", int64(3), read(t, b, (*Tx).LastRevision))
}

func contractOutOfTurn(t *testing.T, a, b *Store) {
	publish(t, a, revision(1))
	for _, n := range []int64{-1, 0, 1, 3} {
		err := b.Update(t.Context(), func(tx *Tx) error {
			_, err := tx.AddRevision(revision(n))
			return err
		})
		if !errors.Is(err, ErrConflict) {
			t.Errorf("revision %d after 1: %v", n, err)
		}
	}
	twice := revision(2, text("a.yaml", "1"), text("a.yaml", "2"))
	err := a.Update(t.Context(), func(tx *Tx) error {
		_, err := tx.AddRevision(twice)
		return err
	})
	if err == nil || !strings.Contains(err.Error(), "a.yaml twice") {
		t.Errorf("one file twice: %v", err)
	}
	same(t, "the last", int64(1), read(t, a, (*Tx).LastRevision))
}

// overlay is what lies over the folder's files, as "name=text@revision".
func overlay(t *testing.T, s *Store) string {
	t.Helper()
	var all []string
	for _, f := range read(t, s, (*Tx).Overlay) {
		all = append(all, show(f))
	}
	return strings.Join(all, " ")
}

func show(f File) string {
	if f.Text == nil {
		return fmt.Sprintf("%s removed@%d", f.Name, f.Revision)
	}
	return fmt.Sprintf("%s=%s@%d", f.Name, f.Text, f.Revision)
}

func contractOverlay(t *testing.T, a, b *Store) {
	same(t, "at first", "", overlay(t, a))
	publish(t, a, revision(1, text("a", "1"), text("b", "1")), revision(2, text("b", "2")), revision(3, File{Name: "a"}))
	same(t, "laid over", "a removed@3 b=2@2", overlay(t, b))
	drop := func(name string) { update(t, a, func(tx *Tx) error { return tx.DropOverlay(name) }) }
	drop("b")
	drop("b")
	drop("c")
	same(t, "b absorbed", "a removed@3", overlay(t, b))
	publish(t, a, revision(4), revision(5, text("b", "5")))
	same(t, "b changed again", "a removed@3 b=5@5", overlay(t, b))
	for at, want := range map[string]string{
		"a 0": "-", "a 1": "a=1@1", "a 2": "a=1@1", "a 3": "a removed@3", "b 2": "b=2@2", "b 3": "b=2@2",
		"b 4": "-", "b 5": "b=5@5", "b 9": "b=5@5", "c 5": "-",
	} {
		fileAt(t, b, at, want)
	}
	drop("b")
	same(t, "b absorbed at once", "a removed@3", overlay(t, b))
	fileAt(t, b, "b 5", "-")
	publish(t, a, revision(6))
	fileAt(t, b, "b 5", "b=5@5")
	fileAt(t, b, "b 6", "-")
}

// fileAt checks what a file was at a revision, "-" for the folder's own.
func fileAt(t *testing.T, s *Store, at, want string) {
	t.Helper()
	var name string
	var n int64
	if _, err := fmt.Sscan(at, &name, &n); err != nil {
		t.Fatal(err)
	}
	view(t, s, func(tx *Tx) error {
		f, found, err := tx.FileAt(name, n)
		if got := show(f); found && got != want || !found && want != "-" {
			t.Errorf("%s: %s, not %s", at, got, want)
		}
		return err
	})
}

func acts(t *testing.T, s *Store, subject string, limit int) []Act {
	t.Helper()
	return read(t, s, func(tx *Tx) ([]Act, error) { return tx.Acts(subject, limit) })
}

func act(s *Store, ctx context.Context, a Act) error {
	return s.Update(ctx, func(tx *Tx) error { return tx.Append(a) })
}

func contractAudit(t *testing.T, a, b *Store) {
	want := []Act{
		{Number: 1, At: at(1), Person: "Kim Lee", Account: "chat:T1/U1", Verb: "propose", Subject: "drug/epinephrine", Detail: "draft 1"},
		{Number: 2, At: at(2), Account: "chat:T9/U9", Verb: "denied", Subject: "drug/epinephrine"},
		{Number: 3, At: at(3), Person: "Kim Lee", Account: "other:G1/M1", Verb: "withdraw", Subject: "site/sternum"},
	}
	for i, s := range []*Store{a, b, a} {
		if err := act(s, t.Context(), want[i]); err != nil {
			t.Fatal(err)
		}
	}
	got := acts(t, b, "", 0)
	if len(got) != 3 {
		t.Fatalf("%d acts", len(got))
	}
	for i := range got {
		want[2-i].Hash = got[i].Hash
		same(t, "act", want[2-i], got[i])
	}
	same(t, "of one subject", []Act{want[1], want[0]}, acts(t, b, "drug/epinephrine", 0))
	same(t, "the newest", []Act{want[2]}, acts(t, b, "", 1))
	if n, err := a.VerifyAudit(t.Context()); n != 3 || err != nil {
		t.Errorf("verified %d, %v", n, err)
	}
}

func contractImmutable(t *testing.T, a, _ *Store) {
	publish(t, a, revision(1, text("a", "1")))
	update(t, a, func(tx *Tx) error { return tx.DropOverlay("a") })
	if err := act(a, t.Context(), Act{Verb: "publish"}); err != nil {
		t.Fatal(err)
	}
	for _, statement := range []string{
		`UPDATE acts SET verb = 'x'`, `DELETE FROM acts`, `UPDATE revisions SET why = 'x'`, `DELETE FROM revisions`,
		`UPDATE revision_files SET under = 'x'`, `DELETE FROM revision_files`, `UPDATE revision_entries SET entry = 'x'`,
		`DELETE FROM revision_entries`, `UPDATE absorbed SET name = 'x'`, `DELETE FROM absorbed`,
	} {
		err := a.Update(t.Context(), func(tx *Tx) error {
			_, err := tx.exec(statement)
			return err
		})
		if err == nil || !strings.Contains(err.Error(), "never changed") {
			t.Errorf("%s: %v", statement, err)
		}
	}
}

func contractForget(t *testing.T, a, b *Store) {
	d := draft()
	update(t, a, func(tx *Tx) (err error) { d.ID, err = tx.NewDraft(d); return err })
	publish(t, a, revision(1))
	for _, account := range []string{"chat:T1/U1", "other:G1/M1"} {
		if err := act(a, t.Context(), Act{At: at(1), Person: "Kim Lee", Account: account, Verb: "propose"}); err != nil {
			t.Fatal(err)
		}
	}
	forget := func(account string, want int) {
		t.Helper()
		update(t, a, func(tx *Tx) error {
			n, err := tx.Forget(account)
			if n != want {
				t.Errorf("forget %s: %d, not %d", account, n, want)
			}
			return err
		})
	}
	forget("other:G1/M1", 3)
	forget("other:G1/M1", 0)
	for _, got := range acts(t, b, "", 0) {
		if !strings.HasPrefix(got.Person, Forgotten) || got.Account != forgottenAccount {
			t.Errorf("act %d shows %q of %q", got.Number, got.Account, got.Person)
		}
	}
	got := read(t, b, func(tx *Tx) (Draft, error) { return tx.Draft(d.ID) })
	shown := acts(t, b, "", 1)[0].Person
	same(t, "editors", []string{shown, "Ana Ruiz"}, got.Editors)
	same(t, "author of the revision", shown, read(t, b, func(tx *Tx) (Revision, error) { return tx.Revision(1) }).Author)
	update(t, b, func(tx *Tx) error { return tx.SaveDraft(got) })
	same(t, "saved again", got, read(t, a, func(tx *Tx) (Draft, error) { return tx.Draft(d.ID) }))
	for _, name := range []string{Forgotten, Forgotten + " (2)", Forgotten + " (99)"} { // 2 is Ana Ruiz
		if err := act(a, t.Context(), Act{Person: name}); !errors.Is(err, errForgottenName) {
			t.Errorf("somebody who calls himself %s: %v", name, err)
		}
	}
	if err := act(a, t.Context(), Act{Person: "Kim Lee", Account: "other:G1/M1"}); err != nil {
		t.Fatal(err)
	}
	same(t, "back again", "Kim Lee", acts(t, b, "", 1)[0].Person)
	if n, err := b.VerifyAudit(t.Context()); n != 3 || err != nil {
		t.Errorf("verified %d, %v", n, err)
	}
}

func contractFeedback(t *testing.T, a, b *Store) {
	update(t, a, func(tx *Tx) error {
		var errs []error
		for _, f := range []Feedback{
			{at(1), "drug/a", "k1", false, "long ago"}, {at(5), "drug/b", "k1", true, ""},
			{at(6), "drug/a", "k1", false, "no volume"}, {at(7), "drug/a", "k2", true, "good"},
		} {
			errs = append(errs, tx.AddFeedback(f))
		}
		return errors.Join(errs...)
	})
	same(t, "counted", []FeedbackCount{{"drug/a", 1, 1, []string{"no volume", "good"}}, {"drug/b", 1, 0, nil}},
		read(t, b, func(tx *Tx) ([]FeedbackCount, error) { return tx.FeedbackSince(at(2)) }))
}

func contractUnanswered(t *testing.T, a, b *Store) {
	list := func() []Unanswered {
		t.Helper()
		return read(t, b, func(tx *Tx) ([]Unanswered, error) { return tx.Unanswered(0) })
	}
	for i, words := range []string{"sternum drill", "pressure bag", "sternum drill"} {
		update(t, a, func(tx *Tx) error { return tx.AddUnanswered(words, fmt.Sprint("near/", i), at(i+1)) })
	}
	got := list()
	if len(got) != 2 {
		t.Fatalf("%d questions", len(got))
	}
	same(t, "first", Unanswered{got[0].ID, "sternum drill", "near/2", 2, at(1), at(3), ""}, got[0])
	update(t, a, func(tx *Tx) error {
		return errors.Join(tx.AssignUnanswered(got[0].ID, "Kim Lee"), tx.CloseUnanswered(got[1].ID))
	})
	got[0].Assigned = "Kim Lee"
	same(t, "assigned and closed", got[:1], list())
	err := a.Update(t.Context(), func(tx *Tx) error { return tx.CloseUnanswered(got[1].ID) })
	if !errors.Is(err, ErrNotFound) {
		t.Errorf("closed twice: %v", err)
	}
}

func contractPosted(t *testing.T, a, b *Store) {
	early := Posted{"chat", "T1", "C1", "1.1", []string{"drug/a"}, "k1", at(1)}
	late := Posted{"other", "G1", "D1", "77", []string{"drug/a", "drug/b"}, "k2", at(5)}
	update(t, a, func(tx *Tx) error { return errors.Join(tx.AddPosted(late), tx.AddPosted(early)) })
	since := func(hour int) []Posted {
		return read(t, b, func(tx *Tx) ([]Posted, error) { return tx.PostedSince(at(hour)) })
	}
	same(t, "all", []Posted{early, late}, since(0))
	same(t, "the late one", []Posted{late}, since(5))
	update(t, b, func(tx *Tx) error { return tx.ForgetPosted(at(5)) })
	same(t, "after forgetting", []Posted{late}, since(0))
}

func contractChannels(t *testing.T, a, b *Store) {
	one, other := Channel{"chat", "T1", "C1"}, Channel{"chat", "T1", "C2"}
	update(t, a, func(tx *Tx) error {
		return errors.Join(tx.Subscribe(other), tx.Subscribe(one), tx.Subscribe(one))
	})
	same(t, "subscribed", []Channel{one, other}, read(t, b, (*Tx).Channels))
	update(t, a, func(tx *Tx) error { return errors.Join(tx.Unsubscribe(one), tx.Unsubscribe(one)) })
	same(t, "after leaving", []Channel{other}, read(t, b, (*Tx).Channels))
}

func contractTasks(t *testing.T, a, b *Store) {
	one := Task{"t1", "recall", "chat", "T1", "C1", "U1", "1.1", []byte("{}"), at(0), at(2), 0}
	other := Task{ID: "t2", Kind: "remind", Created: at(1), Due: at(1)}
	update(t, a, func(tx *Tx) error {
		again := one
		again.Tries = 9
		return errors.Join(tx.AddTask(one), tx.AddTask(other), tx.AddTask(again))
	})
	due := func(hour, limit int) []Task {
		return read(t, b, func(tx *Tx) ([]Task, error) { return tx.DueTasks(at(hour), limit) })
	}
	same(t, "both", []Task{other, one}, due(2, 0))
	same(t, "the first", []Task{other}, due(2, 1))
	same(t, "the early one", []Task{other}, due(1, 0))
	one.Tries, one.Due = 1, at(8)
	update(t, b, func(tx *Tx) error { return errors.Join(tx.SaveTask(one), tx.DropTask("t2"), tx.DropTask("t2")) })
	same(t, "put off", []Task{one}, due(8, 0))
	if err := a.Update(t.Context(), func(tx *Tx) error { return tx.SaveTask(other) }); !errors.Is(err, ErrNotFound) {
		t.Errorf("save a task that was dropped: %v", err)
	}
	update(t, a, func(tx *Tx) error { return errors.Join(tx.AddTask(Task{Due: at(3)}), tx.AddTask(Task{Due: at(3)})) })
	if got := due(3, 0); len(got) != 2 || got[0].ID == got[1].ID || got[0].Created != at(3) {
		t.Errorf("tasks without an ID: %+v", got)
	}
}

func contractOnce(t *testing.T, a, b *Store) {
	for i, s := range []*Store{a, b, a} {
		update(t, s, func(tx *Tx) error {
			first, err := tx.Once("remind drug/epinephrine 30", at(i))
			if first != (i == 0) {
				t.Errorf("time %d: first is %v", i, first)
			}
			return err
		})
	}
}

func contractAllOrNothing(t *testing.T, a, b *Store) {
	stop := errors.New("stop")
	for name, f := range map[string]func() error{"error": func() error { return stop }, "panic": func() error { panic(stop) }} {
		err := func() (err error) {
			defer func() {
				if r := recover(); r != nil {
					err = stop
				}
			}()
			return a.Update(t.Context(), func(tx *Tx) error {
				if _, err := tx.AddRevision(revision(1, text("a", "1"))); err != nil {
					t.Error(err)
				}
				if err := tx.Append(Act{Verb: "publish"}); err != nil {
					t.Error(err)
				}
				return f()
			})
		}()
		if !errors.Is(err, stop) {
			t.Errorf("%s: %v", name, err)
		}
		if got := overlay(t, b) + fmt.Sprint(len(acts(t, b, "", 0))); got != "0" {
			t.Errorf("after an %s there is %s", name, got)
		}
	}
	publish(t, a, revision(1)) // the next one is not held up
}

func contractView(t *testing.T, a, b *Store) {
	publish(t, a, revision(1, text("a", "1")))
	view(t, b, func(tx *Tx) error {
		for range 2 {
			list, err := tx.Overlay()
			if err != nil || len(list) != 1 || string(list[0].Text) != "1" {
				t.Errorf("the view has %v, %v", list, err)
			}
			if n, err := tx.LastRevision(); err != nil || n != 1 {
				publish(t, a, revision(n+1, text("a", "2")))
			}
		}
		if err := tx.Subscribe(Channel{}); !errors.Is(err, errView) {
			t.Errorf("write in a view: %v", err)
		}
		return nil
	})
}

// contractTogether has two processes count in one draft at once.
func contractTogether(t *testing.T, a, b *Store) {
	const each = 25
	d := Draft{State: Editing}
	update(t, a, func(tx *Tx) (err error) { d.ID, err = tx.NewDraft(d); return err })
	var all sync.WaitGroup
	for n := range 4 {
		s := []*Store{a, b}[n%2]
		all.Go(func() {
			for range each {
				if err := s.Update(t.Context(), func(tx *Tx) error { return countOn(tx, d.ID) }); err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
	got := read(t, a, func(tx *Tx) (Draft, error) { return tx.Draft(d.ID) })
	same(t, "counted", strings.Repeat("x", 4*each), got.Why)
	same(t, "revisions", int64(4*each), read(t, b, (*Tx).LastRevision))
	if _, err := b.VerifyAudit(t.Context()); err != nil {
		t.Error(err)
	}
}

func countOn(tx *Tx, id int64) error {
	d, err := tx.Draft(id)
	if err != nil {
		return err
	}
	d.Why += "x"
	last, err := tx.LastRevision()
	if err != nil {
		return err
	}
	_, err = tx.AddRevision(revision(last+1, text("a", d.Why)))
	return errors.Join(err, tx.SaveDraft(d), tx.Append(Act{Verb: "count"}))
}

func contractVersion(t *testing.T, a, b *Store) {
	seen := map[int64]bool{}
	for _, change := range []func(*Tx) error{
		func(*Tx) error { return nil },
		func(tx *Tx) error { _, err := tx.AddRevision(revision(1, text("a", "1"))); return err },
		func(tx *Tx) error { return tx.DropOverlay("a") },
		func(tx *Tx) error { _, err := tx.AddRevision(revision(2)); return err },
	} {
		update(t, a, change)
		update(t, a, func(tx *Tx) error { return tx.Append(Act{Verb: "look"}) }) // changes nothing that is live
		n, err := b.Version(t.Context())
		if err != nil || seen[n] {
			t.Errorf("version %d again, %v", n, err)
		}
		seen[n] = true
	}
}

func contractText(t *testing.T, a, _ *Store) {
	for _, text := range []string{"\xff", "a\x00b"} {
		if err := act(a, t.Context(), Act{Verb: "propose", Detail: text}); !errors.Is(err, errText) {
			t.Errorf("%q: %v", text, err)
		}
	}
}

func contractCancelled(t *testing.T, a, b *Store) {
	ctx, cancel := context.WithCancel(t.Context())
	err := a.Update(ctx, func(tx *Tx) error {
		_, err := tx.AddRevision(revision(1))
		cancel()
		return errors.Join(err, tx.Append(Act{Verb: "publish"}))
	})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled in the middle: %v", err)
	}
	ctx, cancel = context.WithCancel(t.Context())
	err = a.Update(ctx, func(tx *Tx) error {
		_, err := tx.AddRevision(revision(1))
		cancel()
		return err
	})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled before the end: %v", err)
	}
	same(t, "the last", int64(0), read(t, b, (*Tx).LastRevision))
	publish(t, a, revision(1))
}

// contractIgnored goes on after the database failed: nothing may be kept.
func contractIgnored(t *testing.T, a, b *Store) {
	err := a.Update(t.Context(), func(tx *Tx) error {
		_, _ = tx.exec(`INSERT INTO tasks (id) VALUES ('x')`) // breaks a rule of the table
		_ = tx.Subscribe(Channel{"chat", "T1", "C1"})
		return nil
	})
	if err == nil {
		t.Error("an error of the database was lost")
	}
	same(t, "channels", []Channel(nil), read(t, b, (*Tx).Channels))
}

// TestTimes: times are kept to the microsecond, in UTC.
func TestTimes(t *testing.T) {
	for _, want := range []time.Time{{}, at(3), at(3).Add(time.Microsecond)} {
		if got := fromMicros(micros(want)); got != want {
			t.Errorf("%v became %v", want, got)
		}
	}
}
