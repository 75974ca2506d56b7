package command

import (
	"fmt"
	"slices"
	"strings"

	"iobot/bot"
	"iobot/index"
	"iobot/knowledge"
	"iobot/knowledge/dose"
)

// why explains how an answer is found. For a dose, it shows the rule, who
// says so and what was not confirmed; for a question, how the words were read,
// what was found, how well it fits and what came second.
func why(a *asking) (bot.Reply, error) {
	line := a.Args
	if line == "" {
		line = a.Previous
	}
	if line == "" {
		return bot.Reply{}, bot.VisibleError("Say which answer: why no flush no flow, or why dose adrenaline 12 kg.")
	}
	name, args, _ := strings.Cut(line, " ")
	if name == "ask" {
		line = args
	}
	if id, ok := a.exactEntry(line); ok {
		return a.evidence(id, "This is one entry of the knowledge base, shown as it is written."), nil
	}
	r := a.readDose(strings.TrimPrefix(line, "dose "))
	if name == "dose" || a.asksDose(r) {
		return a.whyDose(r), nil
	}
	found, err := a.search(line, nil)
	if err != nil {
		return bot.Reply{}, err
	}
	return a.whySearch(line, found)
}

// whySearch answers a question and then shows how it was read, what was found
// for it, how well that fits and what came second.
func (a *asking) whySearch(line string, found index.Result) (bot.Reply, error) {
	reply, err := a.searchReply(line, nil)
	if err != nil {
		return bot.Reply{}, err
	}
	var rows []bot.Field
	row := func(label string, list []string) {
		if len(list) > 0 {
			rows = append(rows, bot.Field{Label: label, Value: strings.Join(list, ", ")})
		}
	}
	row("Spelling read as", wordPairs(found.Corrections))
	row("Same meaning", wordPairs(found.Synonyms))
	row("Words not known here", found.Unknown)
	for i, h := range found.Hits[:min(3, len(found.Hits))] {
		title, _ := a.choiceTitle(h.ID)
		row([]string{"Best passage", "Second", "Third"}[i],
			[]string{fmt.Sprintf("%s (%s), score %.2f of 1, matched", title, h.ID, h.Score), strings.Join(h.Matched, ", ")})
	}
	reply.Blocks = append(reply.Blocks, bot.Heading{Text: "How it was found"},
		bot.Text{Text: confidenceWords[found.Confidence]}, bot.Fields{Rows: rows})
	return reply, nil
}

// confidenceWords says what was done with the best passage.
var confidenceWords = map[index.Confidence]string{
	index.Sure:    "The best passage covers the words of the question well enough to be shown as the answer.",
	index.Near:    "No passage covers the question well enough to be shown as the answer; the nearest are offered as choices.",
	index.Unknown: "No passage covers the question; it is answered with \"not in this knowledge base\".",
}

func wordPairs(list []index.Word) []string {
	var out []string
	for _, w := range list {
		out = append(out, w.From+" as "+w.To)
	}
	return out
}

// evidence lists what an entry or a part of one states, each statement with
// its sources.
func (a *asking) evidence(id knowledge.ID, because string) bot.Reply {
	var b builder
	title, _ := a.choiceTitle(id)
	b.reply.Outcome = bot.Answer
	b.reply.Title = "Why: " + title
	b.reply.Entries = []string{string(id)}
	b.add(bot.Lead{Text: because})
	var items []string
	for _, s := range a.base.Statements(id) {
		if s.Text != "" {
			items = append(items, s.Text+" ["+strings.Join(s.Sources, "][")+"]")
			b.cited.statements(s)
		}
	}
	b.add(bot.Heading{Text: "What it rests on"})
	b.add(bot.Bullets{Items: items})
	b.reply.Sources = b.cited.sources(a.base)
	if c, ok := a.entryChoice(id); ok {
		b.reply.Choices = []bot.Choice{c}
	}
	return b.reply
}

// whyDose shows the rule behind a dose, why it was chosen among the rules for
// the same patient, and everything it rests on.
func (a *asking) whyDose(r reading) bot.Reply {
	q, unclear := a.understand(r)
	if unclear != nil {
		return *unclear
	}
	sel := a.choose(q)
	if sel.Outcome != dose.Answer {
		return a.selected(q)
	}
	rule := sel.Rule
	reply := a.evidence(q.drug.ID+"#"+knowledge.ID(rule.ID), a.chosenBecause(rule))
	reply.Title = "Why: " + drugTitle(q.drug) + ", " + useName(rule, sel.Indication) + ", " + rule.Population
	rows := []bot.Field{
		{Label: "Rule", Value: ruleText(rule)},
		{Label: "For", Value: rule.Age.String() + ", " + rule.Weight.String()},
		{Label: "Working", Value: sel.Results[0].Working},
	}
	reply.Blocks = append(reply.Blocks, bot.Fields{Rows: rows})
	b := builder{reply: reply}
	a.otherSources(&b, doseCard{asked: q, sel: sel})
	if len(rule.NotConfirmed) > 0 {
		b.add(bot.Heading{Text: "Not confirmed in what was read"})
		b.add(bot.Bullets{Items: rule.NotConfirmed})
	}
	b.reply.Choices = []bot.Choice{{Label: "The dose", Command: useCommand(q.drug, sel.Indication, r.patientWords())}}
	return b.reply
}

// chosenBecause says why a rule governs.
func (a *asking) chosenBecause(r *knowledge.Rule) string {
	order := "Family " + r.Family
	if slices.Contains(a.Guidelines, r.Family) {
		order += " comes in this order: " + strings.Join(a.Guidelines, ", ")
	} else {
		order += " is not among those listed first (" + strings.Join(a.Guidelines, ", ") + "), and no rule of theirs is for this patient"
	}
	return order + ". " + gradeWords[r.Grade] + "."
}
