package command_test

import (
	"context"
	"strings"
	"testing"

	"iobot/bot"
)

// TestChoicesLead follows every choice that any reply offers, and every choice
// of those replies: a tap never fails, is never misunderstood, and leads to an
// answer or to a narrower question.
func TestChoicesLead(t *testing.T) {
	b := newBot(t)
	todo := []string{"help", "about", "ask", "site", "needle"}
	for _, c := range strings.Fields("epi amiodarone lidocaine ketamine hypertonic-saline blood-products hydrocortisone ceftriaxone naloxone flush") {
		todo = append(todo, "dose "+c, "dose "+c+" 3.5 kg", "dose "+c+" 12 kg", "dose "+c+" 70 kg", "dose "+c+" adult")
	}
	seen := map[string]bool{}
	for len(todo) > 0 {
		line := todo[0]
		todo = todo[1:]
		if seen[line] {
			continue
		}
		seen[line] = true
		r := b.Answer(context.Background(), bot.Request{Platform: "test", Line: line, At: asOf})
		if r.Outcome == bot.Failed || strings.Contains(r.Text(), "not understood") {
			t.Errorf("> %s\n%s", line, r.Text())
		}
		if r.Outcome == bot.Clarify && r.Dose != nil {
			t.Errorf("> %s asks back and has a dose", line)
		}
		for _, c := range r.Choices {
			if c.Command == line {
				t.Errorf("> %s offers itself", line)
			}
			todo = append(todo, c.Command)
		}
	}
	t.Logf("followed %d command lines", len(seen))
}
