package command_test

import (
	"strings"
	"testing"

	"iobot/bot"
	"iobot/knowledge"
)

// TestEveryDoseReadsSafely asks for every use of every drug at many weights
// and ages. Every reply follows the rules for writing figures, puts warnings
// before numbers, names drug and population before the first figure, and says
// how far it is reviewed.
func TestEveryDoseReadsSafely(t *testing.T) {
	t.Parallel()
	b := newBot(t)
	patients := []string{"newborn 3.5 kg", "neonate 3.5 kg", "8 months 8 kg", "child 10 kg", "child 25 kg", "15 years 70 kg", "adult", "adult 70 kg", "12 kg", ""}
	doses, replies := 0, 0
	for _, d := range content(t).Drugs {
		for _, in := range d.Indications {
			for _, patient := range patients {
				line := strings.TrimSpace("dose " + d.ID.Slug() + "#" + in.ID + " " + patient)
				r := ask(b, line)
				replies++
				checkReply(t, line, r)
				if r.Dose != nil {
					doses++
					checkDose(t, line, r)
				}
			}
		}
	}
	t.Logf("%d replies, %d with a dose", replies, doses)
}

func checkReply(t *testing.T, line string, r bot.Reply) {
	t.Helper()
	shown := r
	shown.Sources = nil // titles of documents are printed as they are
	for _, p := range knowledge.FigureProblems(shown.Text()) {
		t.Errorf("> %s\n%s in\n%s", line, p, shown.Text())
	}
	if r.Outcome == bot.Failed || r.Revision == "" {
		t.Errorf("> %s: %s, revision %q", line, r.Outcome, r.Revision)
	}
	if r.Outcome != bot.Answer && r.Dose != nil {
		t.Errorf("> %s: %s with a dose", line, r.Outcome)
	}
}

func checkDose(t *testing.T, line string, r bot.Reply) {
	t.Helper()
	seenLead := false
	for _, block := range r.Blocks {
		switch block := block.(type) {
		case bot.Lead:
			seenLead = true
			if !strings.Contains(block.Text, r.Dose.Dose) {
				t.Errorf("> %s: the first line %q is not the dose %q", line, block.Text, r.Dose.Dose)
			}
		case bot.Warning:
			if seenLead {
				t.Errorf("> %s: the warning %q stands after the dose", line, block.Text)
			}
		}
	}
	if strings.ContainsAny(r.Title[:1], "0123456789") || !strings.Contains(r.Title, r.Dose.Population) {
		t.Errorf("> %s: the title %q does not say for whom", line, r.Title)
	}
	if r.Review.Status == "" || len(r.Sources) == 0 || r.Dose.Working == "" {
		t.Errorf("> %s: no review, source or working", line)
	}
}

// TestEveryEntryReadsSafely shows every entry and every part of one.
func TestEveryEntryReadsSafely(t *testing.T) {
	t.Parallel()
	b := newBot(t)
	base := content(t)
	var ids []knowledge.ID
	for _, m := range base.Entries() {
		ids = append(ids, m.ID)
	}
	for _, a := range base.Articles {
		for _, s := range a.Sections {
			ids = append(ids, a.ID+knowledge.ID("#"+s.ID))
		}
	}
	for _, id := range ids {
		r := ask(b, "ask "+string(id))
		checkReply(t, "ask "+string(id), r)
		if r.Outcome != bot.Answer || len(r.Sources) == 0 || len(r.Entries) == 0 {
			t.Errorf("ask %s: %s, %d sources, entries %v", id, r.Outcome, len(r.Sources), r.Entries)
		}
	}
	t.Logf("%d entries and parts", len(ids))
}
