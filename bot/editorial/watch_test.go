package editorial

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"iobot/bot/store"
	"iobot/knowledge"
)

const flushFile = "articles/flushing.md"

// says reports whether the live content of a file holds a text.
func (w *ward) says(file, text string) bool { return strings.Contains(string(w.desk.text(file)), text) }

func (w *ward) troubled(words ...string) {
	w.t.Helper()
	trouble := strings.Join(w.desk.Trouble(), "\n")
	if len(words) == 0 && trouble != "" {
		w.t.Errorf("there is trouble: %s", trouble)
	}
	for _, word := range words {
		if !strings.Contains(trouble, word) {
			w.t.Errorf("trouble does not say %q: %s", word, trouble)
		}
	}
}

// tasks are the tasks of a kind that are due.
func (w *ward) tasks(kind string) []store.Task {
	w.t.Helper()
	var list []store.Task
	err := w.store.View(w.t.Context(), func(tx *store.Tx) (err error) {
		list, err = tx.DueTasks(w.now, 0)
		return err
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return slices.DeleteFunc(list, func(t store.Task) bool { return t.Kind != kind })
}

// TestFolder: a change goes live once it has stayed the same, and is named in
// the history.
func TestFolder(t *testing.T) {
	w := newWard(t)
	whole, err := os.ReadFile(filepath.Join(w.folder, flushFile))
	if err != nil {
		t.Fatal(err)
	}
	changed := strings.Replace(string(whole), "Repeat it.", "Repeat it often.", 1)
	w.put(flushFile, changed[:len(changed)/2])
	w.desk.Look(t.Context())
	w.put(flushFile, changed)
	w.desk.Look(t.Context())
	if w.says(flushFile, "often") {
		t.Error("it was read while it was written")
	}
	w.desk.Look(t.Context())
	if !w.says(flushFile, "often") || len(w.tasks(taskRemind)) > 0 {
		t.Error("it is not live, or the half was read")
	}
	history, err := w.desk.History(t.Context(), flushing, 1)
	if err != nil || len(history) != 1 || !strings.Contains(strings.Join(history[0].Changes, " "), "Repeat it often") {
		t.Errorf("history: %+v, %v", history, err)
	}
	w.troubled()
}

// TestFolderWithMistakes: nothing changes, the mistake is named with its line,
// each editor is told once, and when it is mended all is well.
func TestFolderWithMistakes(t *testing.T) {
	w := newWard(t)
	w.write("drugs/epinephrine.yaml", "max: 1 mg", "max: 1 mcg mg")
	w.write(flushFile, "Repeat it.", "Repeat it often.")
	w.look()
	w.look()
	w.troubled("drugs/epinephrine.yaml:", "max")
	if w.largest() != "1 mg" || w.says(flushFile, "often") {
		t.Error("a part of a folder with mistakes is live")
	}
	told := w.tasks(taskRemind)
	if len(told) != 4 || !strings.Contains(string(told[0].Payload), "epinephrine.yaml:") {
		t.Errorf("%d editors are told: %s", len(told), told[0].Payload)
	}
	w.posted(&posts{})
	w.write(flushFile, "Repeat it often.", "Repeat it very often.")
	w.look()
	w.write("drugs/epinephrine.yaml", "max: 1 mcg mg", "max: 1 mg")
	w.look()
	w.troubled()
	if !w.says(flushFile, "often") || len(w.tasks(taskRemind)) > 0 {
		t.Error("mended it is not live, or somebody was told again")
	}
}

// TestFolderShrinks: more than a fifth of the entries do not go at once, nor
// does the folder itself.
func TestFolderShrinks(t *testing.T) {
	w := newWard(t)
	for _, file := range []string{"card.yaml", "site-choice.yaml", "refusals.yaml"} {
		w.remove(file)
	}
	w.look()
	w.troubled()
	w.write(flushFile, ", site/proximal-tibia]", "]")
	w.remove("sites/proximal-tibia.yaml")
	w.remove("devices/driver.yaml")
	w.look()
	w.troubled("at most a fifth may go at once")
	if _, ok := w.desk.live().Entry("device/driver"); !ok {
		t.Error("it is gone")
	}
	if err := os.RemoveAll(w.folder); err != nil {
		t.Fatal(err)
	}
	w.look()
	w.troubled("cannot be read")
	if _, ok := w.desk.live().Entry(adrenaline); !ok {
		t.Error("with the folder all is gone")
	}
}

func (w *ward) remove(file string) {
	w.t.Helper()
	if err := os.Remove(filepath.Join(w.folder, file)); err != nil {
		w.t.Fatal(err)
	}
}

// withConflict is a ward in which the largest dose of adrenaline was changed
// in chat to 2 mg and then in the folder to 3 mg.
func withConflict(t *testing.T) *ward {
	w := newWard(t)
	p := w.propose("Ann", w.edit("Ann", "2 mg").ID)
	w.approve("Bo", p)
	w.approve("Cai", p)
	w.write("drugs/epinephrine.yaml", "max: 1 mg", "max: 3 mg")
	w.look()
	return w
}

// TestConflict: the change in chat stays live and both are named, also by a
// program that was off meanwhile and whatever else is done to the entry, until
// somebody decides.
func TestConflict(t *testing.T) {
	w := withConflict(t)
	named := []string{"drugs/epinephrine.yaml", "admin keep chat drug/epinephrine", "admin keep files drug/epinephrine"}
	check := func() {
		t.Helper()
		w.troubled(named...)
		if w.largest() != "2 mg" {
			t.Errorf("%s is live", w.largest())
		}
	}
	check()
	w.desk = w.open()
	check()
	if err := w.withdraw("Bo", adrenaline); err != nil {
		t.Fatal(err)
	}
	check()
	w.write(flushFile, "Repeat it.", "[NOBODY]")
	w.look()
	w.troubled(append(named, flushFile)...)
}

// TestKeepChat: one approver, and nothing that is live changes.
func TestKeepChat(t *testing.T) {
	w := withConflict(t)
	if _, err := w.desk.Keep(t.Context(), w.as("slack", "Bo"), flushing, false, ""); !isVisible(err) {
		t.Errorf("of what is in no conflict: %v", err)
	}
	if _, err := w.desk.Keep(t.Context(), w.as("slack", "Bo"), adrenaline, false, ""); err != nil || w.largest() != "2 mg" {
		t.Errorf("%v, %s is live", err, w.largest())
	}
	w.troubled()
	w.desk = w.open()
	w.troubled()
}

// TestKeepFiles: two others approve what the folder says; then it holds by
// itself again, and the next change of the file goes live.
func TestKeepFiles(t *testing.T) {
	w := withConflict(t)
	p, err := w.desk.Keep(t.Context(), w.as("slack", "Ann"), adrenaline, true, "the file is right")
	if err != nil || !p.Ready() || p.Needed != 2 {
		t.Fatal(err, p.Mistakes)
	}
	w.approve("Bo", p)
	if a := w.approve("Cai", p); a.Live == nil || w.largest() != "3 mg" {
		t.Errorf("%s is live", w.largest())
	}
	w.troubled()
	w.look()
	w.write("drugs/epinephrine.yaml", "max: 3 mg", "max: 4 mg")
	w.look()
	w.troubled()
	if w.largest() != "4 mg" {
		t.Errorf("the folder changed on, %s is live", w.largest())
	}
}

// TestConflictOfOtherFiles: a file without an entry is named by itself.
func TestConflictOfOtherFiles(t *testing.T) {
	w := newWard(t)
	p, err := w.desk.AddSynonym(t.Context(), w.as("slack", "Ann"), []string{"flush", "swill"}, "people type it")
	if err != nil || !p.Ready() {
		t.Fatal(err, p.Mistakes)
	}
	w.approve("Bo", p)
	if p.Needed == 2 {
		w.approve("Cai", p)
	}
	w.write(synonymFile, "rinse", "rinse, spool")
	w.look()
	w.troubled("admin keep files synonyms.yaml")
	if _, err := w.desk.Keep(t.Context(), w.as("slack", "Bo"), synonymFile, false, ""); err != nil {
		t.Error(err)
	}
	w.troubled()
}

// TestAbsorbed: a folder that says what was approved in chat holds again,
// without a word; it is a revision no more than before.
func TestAbsorbed(t *testing.T) {
	w := newWard(t)
	p := w.propose("Ann", w.edit("Ann", "2 mg").ID)
	w.approve("Bo", p)
	w.approve("Cai", p)
	revision := w.desk.live().Revision
	w.put("drugs/epinephrine.yaml", string(p.Draft.Text))
	w.look()
	w.troubled()
	var over []store.File
	err := w.store.View(t.Context(), func(tx *store.Tx) (err error) {
		over, err = tx.Overlay()
		return err
	})
	history, _ := w.desk.History(t.Context(), "", 0)
	if err != nil || len(over) > 0 || len(history) != 1 || w.desk.live().Revision != revision {
		t.Errorf("%v, %d files lie over the folder, %d revisions", err, len(over), len(history))
	}
	w.edit("Ann", "3 mg") // goes on as before
	if err := w.withdraw("Bo", flushing); err != nil {
		t.Error(err)
	}
}

// TestChangedWhileOff: the folder is taken as it is.
func TestChangedWhileOff(t *testing.T) {
	w := newWard(t)
	w.write(flushFile, "Repeat it.", "Repeat it often.")
	w.desk = w.open()
	if !w.says(flushFile, "often") {
		t.Error("it is not live")
	}
	w.look()
	w.troubled()
}

// TestAnotherProcess: what one process publishes is live in the other after a
// look, or as soon as somebody changes something there.
func TestAnotherProcess(t *testing.T) {
	w := newWard(t)
	here, there := w.desk, w.openOver(w.openStore())
	p := w.propose("Ann", w.edit("Ann", "2 mg").ID)
	w.approve("Bo", p)
	w.desk = there
	if a := w.approve("Cai", p); a.Live == nil {
		t.Fatal("an approval given here does not count there")
	}
	w.desk = here
	w.desk.Look(t.Context())
	if w.largest() != "2 mg" || here.live().Revision != there.live().Revision {
		t.Errorf("%s is live here", w.largest())
	}
	w.desk = there
	if err := w.withdraw("Kim", adrenaline); err != nil {
		t.Fatal(err)
	}
	w.desk = here
	if _, err := w.desk.Verify(t.Context(), w.as("slack", "Bo"), adrenaline, w.now.AddDate(1, 0, 0)); !isVisible(err) {
		t.Errorf("signed what was withdrawn there: %v", err)
	}
	if w.status(adrenaline) != knowledge.Withdrawn {
		t.Error("here it is still in use")
	}
}

// TestFingerprint does not depend on the clock but on what lies there.
func TestFingerprint(t *testing.T) {
	w := newWard(t)
	before := fingerprint(w.files)
	if err := os.Chtimes(filepath.Join(w.folder, flushFile), time.Time{}, w.now.Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	if fingerprint(w.files) == before {
		t.Error("a file was written and the folder looks the same")
	}
	before = fingerprint(w.files)
	w.put(".git/index", "not ours")
	if fingerprint(w.files) != before {
		t.Error("a hidden folder counts")
	}
}
