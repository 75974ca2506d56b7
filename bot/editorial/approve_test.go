package editorial

import (
	"context"
	"errors"
	"strings"
	"testing"

	"iobot/bot"
	"iobot/index"
	"iobot/knowledge"
)

// TestWhoMayApprove: the author, an editor, the same person under the other
// account, somebody without the role, and twice.
func TestWhoMayApprove(t *testing.T) {
	w := newWard(t)
	w.edit("Ann", "2 mg")
	p := w.propose("Ann", w.edit("Bo", "3 mg").ID)
	try := func(a Actor, hash, word string) error {
		_, err := w.desk.Approve(t.Context(), a, p.Draft.ID, hash, word)
		return err
	}
	hash := short(p.Draft.Hash)
	w.people[3].Roles = []Role{Editor}
	for _, c := range []struct {
		why string
		err error
	}{
		{"the author", try(w.as("slack", "Ann"), hash, p.Word)},
		{"the author under another account", try(w.as("discord", "Ann"), hash, p.Word)},
		{"an editor", try(w.as("slack", "Bo"), hash, p.Word)},
		{"somebody without the role", try(w.as("slack", "Kim"), hash, p.Word)},
		{"somebody with a role of yesterday", try(Actor{Person: Person{Name: "Kim", Roles: []Role{Approver}}}, hash, p.Word)},
	} {
		if !isDenied(c.err) {
			t.Errorf("%s: %v", c.why, c.err)
		}
	}
	w.people[3].Roles = []Role{Editor, Approver}
	cai := w.as("slack", "Cai")
	for _, other := range []string{"", hash[:7], "0123456789abcdef", p.Draft.Hash + "0", strings.Repeat("0", 8)} {
		if err := try(cai, other, p.Word); !isVisible(err) || !strings.Contains(err.Error(), "has changed since you looked at it") {
			t.Errorf("the hash %q: %v", other, err)
		}
	}
	var need NeedWord
	for _, word := range []string{"", "yes", p.Word + "s"} {
		if err := try(cai, hash, word); !errors.As(err, &need) || need.Word != p.Word {
			t.Errorf("the word %q: %v", word, err)
		}
	}
	if err := try(cai, strings.ToUpper(hash), " "+strings.ToUpper(p.Word)); err != nil {
		t.Error(err)
	}
	for _, platform := range []string{"slack", "discord"} {
		if err := try(w.as(platform, "Cai"), hash, p.Word); !isDenied(err) {
			t.Errorf("Cai a second time on %s: %v", platform, err)
		}
	}
	if w.largest() != "1 mg" {
		t.Errorf("%s is live after one approval", w.largest())
	}
	if a := w.approve("Kim", p); a.Live == nil || strings.Join(a.Live.Approvers, " ") != "Cai Kim" || w.largest() != "3 mg" {
		t.Errorf("%s is live: %+v", w.largest(), a.Live)
	}
	if err := try(w.as("slack", "Kim"), hash, p.Word); !isVisible(err) || !strings.Contains(err.Error(), "published already") {
		t.Errorf("after it went live: %v", err)
	}
}

// TestRoleLostBetween: an approval counts for as long as its giver may
// approve.
func TestRoleLostBetween(t *testing.T) {
	w := newWard(t)
	p := w.propose("Ann", w.edit("Ann", "2 mg").ID)
	w.approve("Bo", p)
	w.people[1].Roles = nil
	if a := w.approve("Cai", p); a.Live != nil || a.Missing != 1 {
		t.Errorf("with the approval of somebody who lost the role: %+v", a)
	}
	if a := w.approve("Kim", p); a.Live == nil || strings.Join(a.Live.Approvers, " ") != "Cai Kim" {
		t.Errorf("with two others: %+v", a)
	}
}

const flushing = knowledge.ID("article/flushing")

// TestSignOff: a change of wording needs one other and keeps the sign-off; a
// change of anything else, and a rollback that somebody edited, ends it; a
// rollback to what was signed brings it back.
func TestSignOff(t *testing.T) {
	w := newWard(t)
	if _, err := w.desk.Verify(t.Context(), w.as("slack", "Bo"), flushing, w.now.AddDate(1, 0, 0)); err != nil {
		t.Fatal(err)
	}
	change := func(value string) Proposal {
		e := w.fill("Ann", flushing, "lead", map[string]string{"text": value})
		return w.propose("Ann", e.Draft.ID)
	}
	wording := change("Flush when the needle is in: 5 to 10 mL in an adult. [DUCK][GOOSE]")
	if a := w.approve("Cai", wording); wording.Needed != 1 || a.Live == nil || w.status(flushing) != knowledge.Verified {
		t.Errorf("wording needs %d and the entry is %s", wording.Needed, w.status(flushing))
	}
	figure := change("Flush when the needle is in: 5 to 20 mL in an adult. [DUCK][GOOSE]")
	if a := w.approve("Cai", figure); figure.Needed != 2 || a.Live != nil {
		t.Errorf("a figure needs %d", figure.Needed)
	}
	if a := w.approve("Kim", figure); a.Live == nil || w.status(flushing) != knowledge.Unreviewed {
		t.Errorf("after the change of a figure the entry is %s", w.status(flushing))
	}
	back, err := w.desk.Rollback(t.Context(), w.as("slack", "Ann"), flushing, 0, "as it was")
	if err != nil || !back.Ready() {
		t.Fatal(err, back.Mistakes)
	}
	e := w.fill("Ann", flushing, "lead", map[string]string{"text": "Flush when the needle is in: 5 to 30 mL in an adult. [DUCK][GOOSE]"})
	edited := w.propose("Ann", e.Draft.ID)
	w.approve("Cai", edited)
	if a := w.approve("Kim", edited); a.Live == nil || w.status(flushing) != knowledge.Unreviewed {
		t.Errorf("after an edited rollback the entry is %s", w.status(flushing))
	}
	p, err := w.desk.Rollback(t.Context(), w.as("slack", "Ann"), flushing, 2, "as it was")
	if err != nil || p.Needed != 2 {
		t.Fatal(err, p.Needed)
	}
	w.approve("Cai", p)
	if a := w.approve("Kim", p); a.Live == nil || w.status(flushing) != knowledge.Verified {
		t.Errorf("after a rollback to what was signed the entry is %s", w.status(flushing))
	}
}

func (w *ward) status(entry knowledge.ID) knowledge.Status {
	w.t.Helper()
	m, ok := w.desk.live().Entry(entry)
	if !ok {
		w.t.Fatalf("%s is gone", entry)
	}
	return m.Review.Status
}

// TestVerify: whoever wrote any of what would be signed may not sign it.
func TestVerify(t *testing.T) {
	w := newWard(t)
	sign := func(name string) error {
		_, err := w.desk.Verify(t.Context(), w.as("discord", name), adrenaline, w.now.AddDate(1, 0, 0))
		return err
	}
	for i, author := range []string{"Ann", "Kim"} {
		p := w.propose(author, w.edit(author, []string{"2 mg", "3 mg"}[i]).ID)
		w.approve("Bo", p)
		w.approve("Cai", p)
	}
	for _, name := range []string{"Ann", "Kim"} {
		if err := sign(name); !isDenied(err) {
			t.Errorf("%s, who wrote a part of it: %v", name, err)
		}
	}
	if err := sign("Bo"); err != nil {
		t.Error(err)
	}
	if err := sign("Ann"); err != nil {
		t.Errorf("Ann, after Bo has signed: %v", err)
	}
	for _, until := range []int{-1, 4} {
		if _, err := w.desk.Verify(t.Context(), w.as("slack", "Bo"), adrenaline, w.now.AddDate(until, 0, 0)); !isVisible(err) {
			t.Errorf("until a day in %d years: %v", until, err)
		}
	}
}

// TestSlipsAreNamed: what happens to doses by mistake is said in words, first
// of all, or it cannot be proposed at all.
func TestSlipsAreNamed(t *testing.T) {
	checks := func(every string) string { return "30 kg: " + every + "\n70 kg: " + every + "\n300 kg: " + every }
	for _, c := range []struct {
		slip string
		edit [][3]string // part or a field of it, field, value
		says string      // the first danger; empty when it cannot be proposed
	}{
		{"ten times", [][3]string{{"arrest-adult/dose", "dose", "10 mg"}}, ""},
		{"ten times, and the worked examples too", [][3]string{
			{"arrest-adult/dose", "dose", "10 mg"}, {"arrest-adult/checks", "checks", checks("10 mg = 100 mL")}}, "10 times as much"},
		{"a tenth, and the worked examples too", [][3]string{
			{"arrest-adult/dose", "dose", "0.1 mg"}, {"arrest-adult/checks", "checks", checks("0.1 mg = 1 mL")}}, "divided by 10"},
		{"another unit", [][3]string{{"arrest-adult/dose", "dose", "1 mcg"}}, ""},
		{"another unit, and the worked examples too", [][3]string{
			{"arrest-adult/dose", "dose", "1,000 mcg"}, {"arrest-adult/checks", "checks", checks("1,000 mcg = 10 mL")}}, "in another unit"},
		{"no largest dose", [][3]string{{dosePart, "max", ""}}, ""},
		{"no largest dose, with an excuse", [][3]string{{dosePart, "max", ""}, {"", "no_max", "nobody is that heavy"}}, "max removed"},
		{"a caution less", [][3]string{{"", "cautions", ""}}, "caution removed"},
	} {
		w := newWard(t)
		var id int64
		for _, e := range c.edit {
			part := e[0]
			if part == "" || !strings.HasSuffix(part, "/dose") {
				part = w.partWith(adrenaline, strings.TrimSuffix(part, "/checks"), e[1])
			}
			id = w.fill("Ann", adrenaline, part, map[string]string{e[1]: e[2]}).Draft.ID
		}
		p, err := w.desk.Propose(t.Context(), w.as("slack", "Ann"), id, "because")
		if err != nil {
			t.Fatal(err)
		}
		if p.Ready() != (c.says != "") || p.Ready() && (len(p.Dangers) == 0 || !strings.Contains(p.Dangers[0], c.says)) {
			t.Errorf("%s: stopped by %v, dangers %q", c.slip, p.Mistakes, p.Dangers)
		}
	}
}

// partWith is the first part of an entry, or of a group of its parts, that has
// a field.
func (w *ward) partWith(entry knowledge.ID, group, field string) string {
	w.t.Helper()
	parts, err := w.desk.Parts(w.t.Context(), entry)
	if err != nil {
		w.t.Fatal(err)
	}
	for _, p := range parts {
		for _, f := range p.Fields {
			if f.Name == field && strings.HasPrefix(p.ID, group) {
				return p.ID
			}
		}
	}
	w.t.Fatalf("no part has the field %s", field)
	return ""
}

// TestGolden: a golden question whose answer changes is shown; what others
// approved is expected from then on. What was not as expected before stays so.
func TestGolden(t *testing.T) {
	w := newWard(t)
	w.answer = largestDose
	w.put("golden.yaml", "# asked by the ward\n- ask: epinephrine\n  outcome: answer\n  dose: 1 mg\n- ask: epinephrine, please\n  outcome: answer\n  dose: 5 mg\n")
	w.desk = w.open()
	p := w.propose("Ann", w.edit("Ann", "2 mg").ID)
	if len(p.Golden) != 2 || p.Golden[0].Before != "1 mg" || p.Golden[0].After != "2 mg" || !strings.Contains(p.Golden[0].Wrong, `the dose is "2 mg", not "1 mg"`) || p.Word == "" {
		t.Errorf("golden questions that change: %+v", p.Golden)
	}
	if !strings.Contains(strings.Join(p.Changes, "\n"), "olden question") {
		t.Errorf("changes: %v", p.Changes)
	}
	w.approve("Bo", p)
	if r := w.desk.Test(t.Context()); len(r.Wrong) != 1 {
		t.Errorf("before it is live: %+v", r)
	}
	if a := w.approve("Cai", p); a.Live == nil || len(a.Live.Files) != 2 {
		t.Fatalf("revision %+v", a.Live)
	}
	if r := w.desk.Test(t.Context()); r.Asked != 2 || len(r.Wrong) != 1 || r.Wrong[0].Wrong != `the dose is "2 mg", not "5 mg"` {
		t.Errorf("after it is live: %+v", r)
	}
	if text := string(w.desk.text(goldenFile)); !strings.HasPrefix(text, "# asked by the ward\n- ask: epinephrine\n  outcome: answer\n  dose: 2 mg\n- ask: epinephrine, please\n  outcome: answer\n  dose: 5 mg\n") {
		t.Errorf("golden questions:\n%s", text)
	}
}

// TestGoldenChangedMeanwhile: the approval covers what is expected from then
// on. When the golden questions change in between, others have to look again.
func TestGoldenChangedMeanwhile(t *testing.T) {
	w := newWard(t)
	w.answer = largestDose
	w.put("golden.yaml", "- ask: epinephrine\n  outcome: answer\n  dose: 1 mg\n")
	w.desk = w.open()
	p := w.propose("Ann", w.edit("Ann", "2 mg").ID)
	w.approve("Bo", p)
	w.put("golden.yaml", "- ask: epinephrine\n  outcome: answer\n  dose: 1 mg\n- ask: something else\n  outcome: not_found\n")
	w.look()
	_, err := w.desk.Approve(t.Context(), w.as("slack", "Cai"), p.Draft.ID, p.Draft.Hash, p.Word)
	if !isVisible(err) || !strings.Contains(err.Error(), "admin propose 1") {
		t.Errorf("approved: %v", err)
	}
}

// largestDose answers with the largest dose of a drug.
func largestDose(_ context.Context, s *index.Snapshot, q bot.Request) bot.Reply {
	d, ok := s.Base().Drug(knowledge.ID("drug/" + strings.TrimSuffix(q.Line, ", please")))
	if !ok {
		return bot.Reply{Outcome: bot.NotFound}
	}
	largest := d.Indications[0].Rules[0].Max.String()
	return bot.Reply{Outcome: bot.Answer, Entries: []string{string(d.ID)}, Dose: &bot.Dose{Dose: largest}, Blocks: []bot.Block{bot.Lead{Text: largest}}}
}
