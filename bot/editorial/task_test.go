package editorial

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"iobot/bot"
	"iobot/bot/store"
)

// share remembers an answer that was shown to others.
func (w *ward) share(message string, entries ...string) {
	w.desk.Posted(w.t.Context(), bot.Place{Platform: "slack", Tenant: "T1", Channel: "C1", Message: message},
		bot.Reply{Entries: entries, Revision: w.desk.live().Revision})
}

// posted does what is due, and returns what was posted, with the numbers of
// messages only for corrections.
func (w *ward) posted(p *posts) []string {
	w.t.Helper()
	p.got = nil
	if err := w.desk.DoTasks(w.t.Context(), map[string]bot.Poster{"slack": p}); err != nil {
		w.t.Fatal(err)
	}
	slices.Sort(p.got)
	return p.got
}

// TestCorrections: shared answers of the last 24 hours that used the entry,
// and no others.
func TestCorrections(t *testing.T) {
	w := newWard(t)
	p := &posts{}
	w.share("old", "drug/epinephrine")
	w.now = w.now.Add(recallFor + time.Second)
	w.share("whole", "drug/epinephrine")
	w.share("part", "article/flushing", "drug/epinephrine#arrest-child")
	w.share("other", "article/flushing", "drug/epinephrine-racemic")
	w.share("", "drug/epinephrine")
	w.now = w.now.Add(recallFor)
	if err := w.withdraw("Bo", adrenaline); err != nil {
		t.Fatal(err)
	}
	got := w.posted(p)
	if len(got) != 2 || !strings.HasPrefix(got[0], "correct T1/C1/part: EPINEPHrine (adrenaline): this answer no longer holds") ||
		!strings.HasPrefix(got[1], "correct T1/C1/whole: ") || !strings.Contains(got[0], "the maker gives another dose") {
		t.Errorf("corrected: %q", got)
	}
	if again := w.posted(p); len(again) > 0 {
		t.Errorf("once more: %q", again)
	}
}

// TestCorrectionsOfChanges: a dose that changes corrects the answers made from
// it, also when it changes in the folder together with the wording of another
// entry; wording alone corrects nothing, and an entry that is gone does.
func TestCorrectionsOfChanges(t *testing.T) {
	w := newWard(t)
	p := &posts{}
	share := func() {
		w.share("dose", "drug/epinephrine#arrest-child")
		w.share("words", "article/flushing")
		w.share("gone", "article/extra")
	}
	w.put("articles/extra.md", strings.Replace(extraArticle, "ID", "extra", 1))
	w.desk = w.open()
	share()
	e := w.fill("Ann", flushing, "lead", map[string]string{"text": "Flush when the needle is in: 5 to 10 mL in an adult. [DUCK][GOOSE]"})
	w.approve("Bo", w.propose("Ann", e.Draft.ID))
	if got := w.posted(p); len(got) > 0 {
		t.Errorf("after wording: %q", got)
	}
	share()
	change := w.propose("Ann", w.edit("Ann", "2 mg").ID)
	w.approve("Bo", change)
	w.approve("Cai", change)
	if got := w.posted(p); len(got) != 1 || !strings.HasPrefix(got[0], "correct T1/C1/dose") {
		t.Errorf("after a dose: %q", got)
	}
	share()
	w.write("drugs/atropine.yaml", "max: 0.5 mg", "max: 0.6 mg")
	w.write("drugs/atropine.yaml", "25 kg: 0.5 mg = 1 mL\n          70 kg: 0.5 mg = 1 mL\n        then", "25 kg: 0.5 mg = 1 mL\n          30 kg: 0.6 mg = 1.2 mL\n          70 kg: 0.6 mg = 1.2 mL\n        then")
	w.write("articles/extra.md", "Stay calm.", "Keep calm.")
	w.share("atropine", "drug/atropine#brady-child")
	w.look()
	if got := w.posted(p); len(got) != 1 || !strings.HasPrefix(got[0], "correct T1/C1/atropine") {
		t.Errorf("after a dose in the folder: %q, trouble %v", got, w.desk.Trouble())
	}
	share()
	w.remove("articles/extra.md")
	w.look()
	if got := w.posted(p); len(got) != 1 || !strings.HasPrefix(got[0], "correct T1/C1/gone") {
		t.Errorf("after an entry went: %q, trouble %v", got, w.desk.Trouble())
	}
}

const extraArticle = `---
id: ID
title: Calm
topic: technique
---

Stay calm. [DUCK]
`

// TestAnnouncements: a channel that follows changes is told what, why and by
// whom, until it no longer follows.
func TestAnnouncements(t *testing.T) {
	w := newWard(t)
	p := &posts{}
	channel := store.Channel{Platform: "slack", Tenant: "T1", Channel: "C2"}
	follow := func(on bool) {
		t.Helper()
		if err := w.desk.Follow(t.Context(), w.as("slack", "Ann"), channel, on); err != nil {
			t.Fatal(err)
		}
	}
	follow(true)
	change := w.propose("Ann", w.edit("Ann", "2 mg").ID)
	w.approve("Bo", change)
	w.approve("Cai", change)
	got := w.posted(p)
	if len(got) != 1 {
		t.Fatalf("announced: %q", got)
	}
	for _, says := range []string{"post T1/C2: Knowledge revision 1", "The guideline changed.", "max 1 mg → 2 mg", "By Ann; approved by Bo and Cai"} {
		if !strings.Contains(got[0], says) {
			t.Errorf("it does not say %q: %s", says, got[0])
		}
	}
	follow(false)
	if err := w.withdraw("Bo", adrenaline); err != nil {
		t.Fatal(err)
	}
	if got := w.posted(p); len(got) > 0 {
		t.Errorf("announced to who no longer follows: %q", got)
	}
}

// TestAnnouncementOfMany: an announcement offers a few of the entries that
// changed, and nothing that is none.
func TestAnnouncementOfMany(t *testing.T) {
	w := newWard(t)
	entries := []string{"drug/epinephrine", "drug/atropine", "site/proximal-tibia", "device/driver", "article/flushing"}
	m := w.desk.announcement(change{Revision: store.Revision{Why: "all at once", Entries: entries}})
	for _, c := range m.Choices {
		if entry := strings.TrimPrefix(c.Command, "ask "); !slices.Contains(entries, entry) {
			t.Errorf("%q offers %q, which is no entry", c.Label, entry)
		}
	}
	if len(m.Choices) != maxOffered {
		t.Errorf("%d entries are offered, not %d", len(m.Choices), maxOffered)
	}
}

// TestRetry: what cannot be posted is tried again ever less often, over a
// restart, for a day; what never will be is dropped.
func TestRetry(t *testing.T) {
	w := newWard(t)
	p := &posts{fail: errors.New("the network is down")}
	w.share("1", "drug/epinephrine")
	if err := w.withdraw("Bo", adrenaline); err != nil {
		t.Fatal(err)
	}
	tries, from := 0, w.now
	for ; len(w.tasks(taskCorrect))+len(w.later()) > 0 && tries < 1000; w.now = w.now.Add(time.Minute) {
		tries += len(w.posted(p))
		if tries == 3 {
			w.desk = w.open()
		}
	}
	if after := w.now.Sub(from); tries < 100 || after < 20*time.Hour || after > 30*time.Hour {
		t.Errorf("given up after %d tries in %s", tries, after)
	}
	w.share("2", "article/flushing")
	p.fail = bot.Permanent{Err: errors.New("the channel is gone")}
	if err := w.withdraw("Bo", flushing); err != nil {
		t.Fatal(err)
	}
	if got := w.posted(p); len(got) != 1 || len(w.later()) > 0 {
		t.Errorf("for ever gone: %q, %d left", got, len(w.later()))
	}
	w.share("3", "drug/atropine")
	if err := w.withdraw("Bo", "drug/atropine"); err != nil {
		t.Fatal(err)
	}
	if err := w.desk.DoTasks(t.Context(), nil); err != nil || len(w.later()) != 1 {
		t.Errorf("on a platform that is off: %v, %d left", err, len(w.later()))
	}
}

// later are the tasks that are put off.
func (w *ward) later() []store.Task {
	now := w.now
	defer func() { w.now = now }()
	w.now = now.Add(time.Hour)
	return w.tasks(taskCorrect)
}

// TestPostedOnceOnAFullDisk: what was posted, and could not be noted as done,
// is not posted again.
func TestPostedOnceOnAFullDisk(t *testing.T) {
	w := newWard(t)
	p := &posts{}
	w.share("1", "drug/epinephrine")
	if err := w.withdraw("Bo", adrenaline); err != nil {
		t.Fatal(err)
	}
	mended := w.failingAt("DELETE ON tasks")
	for range 5 {
		if err := w.desk.DoTasks(t.Context(), map[string]bot.Poster{"slack": p}); err == nil {
			t.Error("nothing is said about the disk")
		}
		w.now = w.now.Add(time.Hour)
	}
	mended()
	if _ = w.desk.DoTasks(t.Context(), map[string]bot.Poster{"slack": p}); len(p.got) != 1 || len(w.later()) > 0 {
		t.Errorf("posted %d times, %d left", len(p.got), len(w.later()))
	}
}
