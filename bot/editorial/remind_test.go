package editorial

import (
	"context"
	"encoding/json"
	"slices"
	"testing"
	"time"

	"iobot/bot"
	"iobot/bot/store"
	"iobot/knowledge"
)

// reminders runs the clock to a time and returns who is reminded of what then.
func (w *ward) reminders(at time.Time, platforms ...string) map[string][]string {
	w.t.Helper()
	w.now = at
	seen := w.tasks(taskRemind)
	if err := w.desk.Remind(w.t.Context(), platforms); err != nil {
		w.t.Fatal(err)
	}
	told := map[string][]string{}
	for _, task := range w.tasks(taskRemind) {
		if slices.ContainsFunc(seen, func(old store.Task) bool { return old.ID == task.ID }) {
			continue
		}
		var m message
		if err := json.Unmarshal(task.Payload, &m); err != nil {
			w.t.Fatal(err)
		}
		to := task.Platform + ":" + task.Tenant + "/" + task.User
		if told[to] != nil {
			w.t.Errorf("%s gets two messages at once", to)
		}
		told[to] = m.Items
	}
	return told
}

// owned is a ward in which Ann owns adrenaline with Bo as deputy, a stranger
// owns flushing with Bo as deputy, and strangers own the rest.
func owned(t *testing.T) *ward {
	w := newWard(t)
	w.write("drugs/epinephrine.yaml", "name: EPINEPHrine\n", "name: EPINEPHrine\nowner: Ann\ndeputy: Bo\n")
	w.write("drugs/atropine.yaml", "name: aTROPine\n", "name: aTROPine\nowner: Ann\n")
	w.write(flushFile, "topic: technique\n", "topic: technique\nowner: Somebody who left\ndeputy: Bo\n")
	w.desk = w.open()
	return w
}

// TestReminders: 90, 30 and 7 days before a review is due its owner is told,
// once each, in one message; the deputy when nobody knows the owner.
func TestReminders(t *testing.T) {
	w := owned(t)
	due := time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC)
	for _, days := range []int{90, 30, 7} {
		if told := w.reminders(due.AddDate(0, 0, -days).Add(-time.Second), "slack"); len(told) > 0 {
			t.Errorf("a second before %d days: %v", days, told)
		}
		told := w.reminders(due.AddDate(0, 0, -days), "slack")
		if len(told) != 2 || len(told["slack:T1/Ann"]) != 2 || len(told["slack:T1/Bo"]) != 1 ||
			!slices.Contains(told["slack:T1/Ann"], "aTROPine (drug/atropine), due 2027-01-01") {
			t.Errorf("at %d days: %v", days, told)
		}
		w.desk = w.open()
		if told := w.reminders(due.AddDate(0, 0, -days).Add(time.Second), "slack"); len(told) > 0 {
			t.Errorf("a second after %d days: %v", days, told)
		}
	}
	for _, at := range []time.Time{due, due.AddDate(0, 0, 1), due.AddDate(1, 0, 0)} {
		if told := w.reminders(at, "slack"); len(told) > 0 {
			t.Errorf("when it is over: %v", told)
		}
	}
}

// TestReminderLate: a program that was off for long reminds once, not of all
// that it missed; on the platform that is switched on.
func TestReminderLate(t *testing.T) {
	w := owned(t)
	told := w.reminders(time.Date(2026, 12, 30, 12, 0, 0, 0, time.UTC), "discord")
	if len(told) != 2 || len(told["discord:9/Ann"]) != 2 {
		t.Errorf("two days before: %v", told)
	}
	if told := w.reminders(time.Date(2026, 12, 30, 13, 0, 0, 0, time.UTC), "slack"); len(told) > 0 {
		t.Errorf("an hour later: %v", told)
	}
	if told := w.reminders(time.Date(2026, 12, 30, 14, 0, 0, 0, time.UTC)); len(told) > 0 {
		t.Errorf("where no platform is switched on: %v", told)
	}
}

// TestReviewIsOver moves the clock over the end of a review: the last second
// of the day still counts.
func TestReviewIsOver(t *testing.T) {
	w := newWard(t)
	w.write("drugs/epinephrine.yaml", "name: EPINEPHrine\n",
		"name: EPINEPHrine\nreview: {status: verified, by: Kim, on: 2026-01-01, due: 2027-01-01, expires: 2027-02-01}\n")
	w.desk = w.open()
	for _, c := range []struct {
		at   time.Time
		want knowledge.Status
	}{
		{time.Date(2027, 1, 1, 23, 59, 59, 0, time.UTC), knowledge.Verified},
		{time.Date(2027, 1, 2, 0, 0, 0, 0, time.UTC), knowledge.Overdue},
		{time.Date(2027, 2, 1, 23, 59, 59, 0, time.UTC), knowledge.Overdue},
		{time.Date(2027, 2, 2, 0, 0, 0, 0, time.UTC), knowledge.Expired},
	} {
		w.now = c.at
		stale := w.desk.Stale(90)
		i := slices.IndexFunc(stale, func(s Stale) bool { return s.Entry == adrenaline })
		if i < 0 || stale[i].Status != c.want {
			t.Errorf("at %s it is %+v, not %s", c.at, stale, c.want)
		}
	}
}

// posts is a platform that remembers what it was told to post.
type posts struct {
	got  []string
	fail error
}

func (p *posts) Post(_ context.Context, to bot.Place, r bot.Reply) error {
	p.got = append(p.got, "post "+to.Tenant+"/"+to.Channel+to.User+": "+r.Text())
	return p.fail
}

func (p *posts) Correct(_ context.Context, at bot.Place, r bot.Reply) error {
	p.got = append(p.got, "correct "+at.Tenant+"/"+at.Channel+"/"+at.Message+": "+r.Text())
	return p.fail
}
