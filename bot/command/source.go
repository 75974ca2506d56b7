package command

import (
	"strings"

	"iobot/bot"
	"iobot/knowledge"
)

// source shows one document by its key, or the documents behind an entry.
func source(a *asking) (bot.Reply, error) {
	if s, ok := a.findSource(a.Args); ok {
		return a.sourceReply(s), nil
	}
	id, ok := a.entryNamed(a.Args)
	if !ok {
		return a.searchReply(a.Args, nil)
	}
	title, _ := a.choiceTitle(id)
	var c cited
	for _, s := range a.base.Statements(id) {
		c.add(s.Sources...)
	}
	r := bot.Reply{
		Outcome: bot.Answer,
		Title:   "Sources: " + title,
		Entries: []string{string(id)},
		Sources: c.sources(a.base),
		Subject: "source " + string(id),
	}
	var rows []string
	for _, k := range c.keys {
		rows = append(rows, a.citation(a.base.Sources[k]))
	}
	r.Blocks = []bot.Block{bot.Bullets{Items: rows}}
	if choice, ok := a.entryChoice(id); ok {
		r.Choices = []bot.Choice{choice}
	}
	return r, nil
}

func (a *asking) findSource(key string) (knowledge.Source, bool) {
	for k, s := range a.base.Sources {
		if strings.EqualFold(k, strings.Trim(key, "[] ")) {
			return s, true
		}
	}
	return knowledge.Source{}, false
}

// citation says what a document is and how far it was read.
func (a *asking) citation(s knowledge.Source) string {
	parts := []string{"[" + s.Key + "] " + s.Citation}
	for _, p := range []string{s.Year, s.URL} {
		if p != "" {
			parts = append(parts, p)
		}
	}
	line := strings.Join(parts, ", ")
	if s.Grade != "" {
		line += ". " + gradeWords[s.Grade]
	}
	if s.Seen != "" {
		line += "; read: " + s.Seen
	}
	return line
}

// gradeWords says what a grade means.
var gradeWords = map[string]string{
	"A": "Grade A: guideline, label or regulator",
	"B": "Grade B: hospital or national formulary, or reviewed study",
	"C": "Grade C: teaching or ambulance sheet",
}

func (a *asking) sourceReply(s knowledge.Source) bot.Reply {
	r := bot.Reply{
		Outcome: bot.Answer,
		Title:   "Source " + s.Key,
		Blocks:  []bot.Block{bot.Lead{Text: a.citation(s)}},
		Sources: []bot.Source{{Key: s.Key, Citation: s.Citation, Year: s.Year, URL: s.URL}},
		Subject: "source " + s.Key,
	}
	for _, m := range a.base.Entries() {
		if a.cites(m.ID, s.Key) {
			if c, ok := a.entryChoice(m.ID); ok {
				r.Choices = append(r.Choices, c)
			}
		}
	}
	if n := len(r.Choices); n > maxChoices {
		r.Choices = limit(r.Choices, maxChoices)
		r.Blocks = append(r.Blocks, bot.Note{Text: "Cited by more entries than are listed here."})
	}
	return r
}

func (a *asking) cites(id knowledge.ID, key string) bool {
	for _, s := range a.base.Statements(id) {
		for _, k := range s.Sources {
			if k == key {
				return true
			}
		}
	}
	return false
}
