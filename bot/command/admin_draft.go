package command

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"iobot/bot"
	"iobot/bot/editorial"
	"iobot/bot/store"
)

// draft reads the number of the draft that the rest begins with.
func (a *administering) draft() (int64, string, error) {
	word, rest, _ := strings.Cut(a.rest, " ")
	id, err := strconv.ParseInt(strings.TrimPrefix(word, "#"), 10, 64)
	if err != nil || id < 1 {
		return 0, "", a.usage("12")
	}
	return id, strings.TrimSpace(rest), nil
}

func adminDrafts(a *administering) (bot.Reply, error) {
	drafts, err := a.Desk.Drafts(a.ctx)
	if err != nil {
		return bot.Reply{}, err
	}
	r := bot.Reply{Outcome: bot.Answer, Title: "Drafts"}
	if len(drafts) == 0 {
		r.Blocks = []bot.Block{bot.Lead{Text: "Nobody is working on anything, and nothing waits for approval."}}
		return r, nil
	}
	var rows []bot.Field
	for _, d := range drafts {
		rows = append(rows, bot.Field{
			Label: fmt.Sprintf("Draft %d, %s", d.ID, d.State),
			Value: fmt.Sprintf("%s, by %s, %s%s", d.Entry, d.Author, d.Changed.Format(time.DateOnly), reasonOf(d)),
		})
		r.Choices = append(r.Choices, bot.Choice{Label: fmt.Sprintf("Draft %d", d.ID), Command: fmt.Sprintf("admin diff %d", d.ID)})
	}
	r.Choices = r.Choices[:min(len(r.Choices), maxListed)]
	r.Blocks = []bot.Block{bot.Fields{Rows: rows}}
	return r, nil
}

func reasonOf(d store.Draft) string {
	if d.Why == "" {
		return ""
	}
	return ": " + d.Why
}

func adminDiff(a *administering) (bot.Reply, error) {
	id, _, err := a.draft()
	if err != nil {
		return bot.Reply{}, err
	}
	p, err := a.Desk.Show(a.ctx, id)
	if err != nil {
		return bot.Reply{}, err
	}
	return a.proposal(p), nil
}

func adminPropose(a *administering) (bot.Reply, error) {
	id, rest, err := a.draft()
	if err != nil {
		return bot.Reply{}, err
	}
	why, ask := a.why(rest, fmt.Sprintf("admin propose %d", id), fmt.Sprintf("Propose draft %d", id), "Propose")
	if ask != nil {
		return *ask, nil
	}
	p, err := a.Desk.Propose(a.ctx, a.actor, id, why)
	if err != nil {
		return bot.Reply{}, err
	}
	return a.proposal(p), nil
}

// proposal is the card of a draft: everything that whoever approves it has to
// see, the dangerous first.
func (a *administering) proposal(p editorial.Proposal) bot.Reply {
	d := p.Draft
	r := bot.Reply{Outcome: bot.Answer, Title: fmt.Sprintf("Draft %d, %s: %s", d.ID, d.State, p.Title), Blocks: []bot.Block{bot.Lead{Text: a.standing(p)}}}
	add := func(heading string, items []string) {
		if len(items) > 0 {
			r.Blocks = append(r.Blocks, bot.Heading{Text: heading}, bot.Bullets{Items: items})
		}
	}
	add("Before it can go live", p.Mistakes)
	add("Look at these first", p.Dangers)
	add("What changes", p.Changes)
	if table, ok := workedTable(p); ok {
		r.Blocks = append(r.Blocks, bot.Heading{Text: "Doses before and after"}, table)
	}
	add("Golden questions that are answered differently", goldenLines(p.Golden))
	rows := []bot.Field{{Label: "Written by", Value: joinWords(d.Editors)}}
	if d.Why != "" {
		rows = append(rows, bot.Field{Label: "Why", Value: d.Why})
	}
	if d.Hash != "" {
		rows = append(rows, bot.Field{Label: "Hash", Value: d.Hash[:8]})
	}
	r.Blocks = append(r.Blocks, bot.Fields{Rows: rows})
	r.Choices = draftChoices(p)
	return r
}

// standing says how far a draft has come.
func (a *administering) standing(p editorial.Proposal) string {
	switch {
	case !p.Ready():
		return "This draft cannot go live yet."
	case p.Draft.State == store.Editing:
		return fmt.Sprintf("Not proposed yet. It will need %s.", people(p.Needed))
	}
	var by []string
	for _, x := range p.Draft.Approvals {
		by = append(by, x.Person)
	}
	text := fmt.Sprintf("It needs the approval of %s who did not write it.", people(p.Needed))
	if len(by) > 0 {
		text += " Approved by " + joinWords(by) + "."
	}
	if p.Word != "" {
		text += " Because of what changes, each of them has to type a word."
	}
	return text
}

func people(n int) string {
	if n == 1 {
		return "one person"
	}
	return "two people"
}

func draftChoices(p editorial.Proposal) []bot.Choice {
	id := strconv.FormatInt(p.Draft.ID, 10)
	switch {
	case p.Draft.State == store.Proposed && p.Ready():
		return []bot.Choice{
			{Label: "Approve", Command: "admin approve " + id + " " + p.Draft.Hash[:8]},
			{Label: "Reject", Command: "admin reject " + id},
		}
	case p.Ready():
		return []bot.Choice{
			{Label: "Propose", Command: "admin propose " + id},
			{Label: "Edit more", Command: "admin edit " + p.Draft.Entry},
			{Label: "Discard", Command: "admin discard " + id},
		}
	}
	return []bot.Choice{
		{Label: "Edit", Command: "admin edit " + p.Draft.Entry},
		{Label: "Renew", Command: "admin renew " + id},
		{Label: "Discard", Command: "admin discard " + id},
	}
}

// workedTable shows each rule that changes at weights that people know.
func workedTable(p editorial.Proposal) (bot.Table, bool) {
	t := bot.Table{Head: []string{"Rule", "Weight", "Before", "After"}}
	for _, w := range p.Worked {
		t.Rows = append(t.Rows, []string{w.Name, w.Weight.String(), w.Before, w.After})
	}
	return t, len(t.Rows) > 0
}

func goldenLines(list []editorial.GoldenChange) []string {
	var out []string
	for _, g := range list {
		line := fmt.Sprintf("%s: %q → %q", g.Ask, g.Before, g.After)
		if g.Before == g.After {
			line = fmt.Sprintf("%s: %q stays; something below it changes", g.Ask, g.Before)
		}
		if g.Wrong != "" {
			line += ". NOT AS EXPECTED: " + g.Wrong
		}
		out = append(out, line)
	}
	return out
}

// adminApprove agrees to a draft. Without its hash nobody knows what was
// looked at, so the card is shown instead.
func adminApprove(a *administering) (bot.Reply, error) {
	id, rest, err := a.draft()
	if err != nil {
		return bot.Reply{}, err
	}
	hash, word, _ := strings.Cut(rest, " ")
	if hash == "" {
		return adminDiff(a)
	}
	if typed := a.Values["word"]; typed != "" {
		word = typed
	}
	done, err := a.Desk.Approve(a.ctx, a.actor, id, hash, word)
	var need editorial.NeedWord
	switch {
	case errors.As(err, &need):
		return a.askWord(need, word), nil
	case err != nil:
		return bot.Reply{}, err
	case done.Live == nil:
		r := a.proposal(done.Proposal)
		r.Title = fmt.Sprintf("You approved draft %d", id)
		r.Blocks = append([]bot.Block{bot.Lead{Text: fmt.Sprintf("One more person has to approve it before it goes live: %d to go.", done.Missing)}}, r.Blocks[1:]...)
		r.Choices = nil
		return r, nil
	}
	return a.live(*done.Live), nil
}

// askWord asks for the word that shows that the card was read.
func (a *administering) askWord(n editorial.NeedWord, typed string) bot.Reply {
	line := fmt.Sprintf("admin approve %d %s", n.Draft, n.Hash)
	field := bot.FormField{Name: "word", Label: "Type the word " + n.Word, Hint: "It shows that you looked at the doses before and after."}
	if typed != "" {
		field.Problem = "The word is " + n.Word + "."
	}
	blocks := []bot.Block{bot.Lead{Text: "Look at what it changes. To approve it, type: " + line + " " + n.Word}}
	if len(n.Dangers) > 0 {
		blocks = append(blocks, bot.Bullets{Items: n.Dangers})
	}
	return bot.Reply{
		Outcome: bot.Clarify, Title: fmt.Sprintf("Draft %d changes doses or answers", n.Draft),
		Blocks:  blocks,
		Form:    &bot.Form{Title: "Approve", Line: line, Submit: "Approve", Fields: []bot.FormField{field}},
		Choices: []bot.Choice{{Label: "What it changes", Command: fmt.Sprintf("admin diff %d", n.Draft)}},
	}
}

// live says that a revision is live.
func (a *administering) live(rev store.Revision) bot.Reply {
	r := bot.Reply{
		Outcome: bot.Answer, Title: fmt.Sprintf("Live: revision %d", rev.Number),
		Blocks:   []bot.Block{bot.Lead{Text: "Every answer from now on is made from it."}, bot.Bullets{Items: rev.Changes}},
		Revision: rev.Knowledge,
	}
	for _, e := range rev.Entries {
		r.Choices = append(r.Choices,
			bot.Choice{Label: "Look at it", Command: "ask " + e}, bot.Choice{Label: "History", Command: "admin history " + e})
		break
	}
	return r
}

func adminReject(a *administering) (bot.Reply, error) {
	id, rest, err := a.draft()
	if err != nil {
		return bot.Reply{}, err
	}
	why, ask := a.why(rest, fmt.Sprintf("admin reject %d", id), fmt.Sprintf("Reject draft %d", id), "Reject")
	if ask != nil {
		return *ask, nil
	}
	d, err := a.Desk.Reject(a.ctx, a.actor, id, why)
	if err != nil {
		return bot.Reply{}, err
	}
	return a.said(fmt.Sprintf("Draft %d rejected", id), fmt.Sprintf("It is back with %s, who can mend it and propose it again.", d.Author)), nil
}

// said is a reply of one sentence.
func (a *administering) said(title, lead string, choices ...bot.Choice) bot.Reply {
	return bot.Reply{Outcome: bot.Answer, Title: title, Blocks: []bot.Block{bot.Lead{Text: lead}}, Choices: choices}
}

func adminRenew(a *administering) (bot.Reply, error) {
	id, _, err := a.draft()
	if err != nil {
		return bot.Reply{}, err
	}
	if _, err := a.Desk.Renew(a.ctx, a.actor, id); err != nil {
		return bot.Reply{}, err
	}
	return adminDiff(a)
}

func adminDiscard(a *administering) (bot.Reply, error) {
	id, _, err := a.draft()
	if err != nil {
		return bot.Reply{}, err
	}
	d, err := a.Desk.Discard(a.ctx, a.actor, id)
	if err != nil {
		return bot.Reply{}, err
	}
	return a.said(fmt.Sprintf("Draft %d discarded", id), d.Entry+" stays as it is."), nil
}
