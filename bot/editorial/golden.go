package editorial

import (
	"context"
	"fmt"
	"strings"

	"iobot/bot"
	"iobot/index"
	"iobot/knowledge"
)

// GoldenChange is a golden question whose answer a proposal changes.
type GoldenChange struct {
	Ask           string
	Before, After string            // the answer in a line
	Wrong         string            // in what the new answer differs from the expected one; empty when it does not
	expect        *knowledge.Golden // what is expected from now on; nil when that stays
}

// goldenChanges asks the golden questions before and after.
func (d *Desk) goldenChanges(ctx context.Context, before, after *index.Snapshot) []GoldenChange {
	var list []GoldenChange
	for _, g := range after.Base().Golden {
		was, is := d.ask(ctx, before, g), d.ask(ctx, after, g)
		wrong := differs(g, is)
		if said(was) != said(is) || wrong != "" && differs(g, was) == "" {
			change := GoldenChange{Ask: g.Ask, Before: gist(was), After: gist(is), Wrong: wrong}
			if wrong != "" && differs(g, was) == "" {
				change.expect = expected(g, is)
			}
			list = append(list, change)
		}
	}
	return list
}

// expected is a question with the answer that it has now, looked at as before.
func expected(g knowledge.Golden, is bot.Reply) *knowledge.Golden {
	entry, dose, volume := figures(is)
	next := knowledge.Golden{Ask: g.Ask, Outcome: string(is.Outcome)}
	if g.Dose != "" {
		next.Dose = dose
	}
	if g.Volume != "" && next.Dose != "" {
		next.Volume = volume
	}
	if g.Entry != "" {
		next.Entry = knowledge.ID(entry)
	}
	return &next
}

// expecting is the text of the golden questions with the answers that a
// change gives them; nil when it stays as it is. Who approves the change has
// seen each of them, and the next one is held against what was approved.
func expecting(text []byte, changes []GoldenChange) []byte {
	var edited []byte
	for _, c := range changes {
		if c.expect == nil {
			continue
		}
		// What cannot be written stays expected, and is reported for as long.
		if next, err := knowledge.ExpectGolden(text, *c.expect); err == nil {
			text, edited = next, next
		}
	}
	return edited
}

func (d *Desk) ask(ctx context.Context, s *index.Snapshot, g knowledge.Golden) bot.Reply {
	return d.config.Answer(ctx, s, bot.Request{Platform: "golden", Line: g.Ask, At: d.config.Now()})
}

// said is a reply without what differs between any two revisions.
func said(r bot.Reply) string {
	r.Revision, r.Review = "", bot.Review{}
	return r.Text()
}

// gist is a reply in a line.
func gist(r bot.Reply) string {
	for _, b := range r.Blocks {
		if lead, ok := b.(bot.Lead); ok {
			return lead.Text
		}
	}
	return r.Title
}

// differs says in what a reply is not the expected one.
func differs(g knowledge.Golden, r bot.Reply) string {
	var wrong []string
	check := func(what, want, is string) {
		if want != "" && want != is {
			wrong = append(wrong, fmt.Sprintf("%s is %q, not %q", what, is, want))
		}
	}
	entry, dose, volume := figures(r)
	check("the outcome", g.Outcome, string(r.Outcome))
	check("the dose", g.Dose, dose)
	check("the volume", g.Volume, volume)
	check("the entry", string(g.Entry), entry)
	return strings.Join(wrong, "; ")
}

// figures are what is looked at of a reply.
func figures(r bot.Reply) (entry, dose, volume string) {
	if len(r.Entries) > 0 {
		entry = r.Entries[0]
	}
	if r.Dose != nil {
		dose, volume = r.Dose.Dose, r.Dose.Volume
	}
	return entry, dose, volume
}

// GoldenResult is what asking the golden questions of the live knowledge
// found.
type GoldenResult struct {
	Asked int
	Wrong []GoldenChange
}

// Test asks the golden questions of the live knowledge.
func (d *Desk) Test(ctx context.Context) GoldenResult {
	live := d.library.Snapshot()
	r := GoldenResult{}
	for _, g := range live.Base().Golden {
		r.Asked++
		is := d.ask(ctx, live, g)
		if wrong := differs(g, is); wrong != "" {
			r.Wrong = append(r.Wrong, GoldenChange{Ask: g.Ask, After: gist(is), Wrong: wrong})
		}
	}
	return r
}
