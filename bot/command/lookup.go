package command

import (
	"strings"

	"iobot/bot"
	"iobot/index"
	"iobot/knowledge"
)

// exactEntry reads a line that is nothing but the id of an entry or of a part
// of one, as the commands behind choices are: "article/flushing#why".
func (a *asking) exactEntry(line string) (knowledge.ID, bool) {
	id := knowledge.ID(strings.TrimSpace(line))
	if _, ok := a.choiceTitle(id); !ok {
		return "", false
	}
	return id, true
}

// choiceTitle is what a button calls an entry or a part of one; false when
// there is no such thing.
func (a *asking) choiceTitle(id knowledge.ID) (string, bool) {
	if id.Kind() == index.Situation {
		s, ok := a.situation(id)
		if !ok {
			return "", false
		}
		return "Which bone: " + s.When, true
	}
	meta, ok := a.base.Entry(id)
	if !ok || id.Part() == "" {
		return titleOf(meta), ok
	}
	switch id.Kind() {
	case index.Article:
		art, _ := a.base.Article(id)
		if s, ok := art.Section(id.Part()); ok {
			return meta.Title + ": " + lowerFirst(s.Heading), true
		}
	case index.Drug:
		drug, _ := a.base.Drug(id)
		if in, ok := drug.Indication(id.Part()); ok {
			return meta.Title + ": " + in.Name, true
		}
		if in, rule, ok := drug.Rule(id.Part()); ok {
			return meta.Title + ", " + useName(rule, in) + ", " + rule.Population, true
		}
	}
	return "", false
}

func titleOf(m *knowledge.Meta) string {
	if m == nil {
		return ""
	}
	return m.Title
}

// entryChoice is a button that shows an entry or a part of one.
func (a *asking) entryChoice(id knowledge.ID) (bot.Choice, bool) {
	title, ok := a.choiceTitle(id)
	if !ok {
		return bot.Choice{}, false
	}
	return bot.Choice{Label: capital(title), Command: "ask " + string(id)}, true
}

// entryChoices are buttons for those ids that exist.
func (a *asking) entryChoices(list []knowledge.ID) []bot.Choice {
	var out []bot.Choice
	for _, id := range list {
		if c, ok := a.entryChoice(id); ok {
			out = append(out, c)
		}
	}
	return out
}

// entryNamed finds the entry that a line names exactly, by id, name or alias.
func (a *asking) entryNamed(line string) (knowledge.ID, bool) {
	if id, ok := a.exactEntry(line); ok {
		return id, true
	}
	for _, kind := range []string{index.Drug, index.Site, index.Device} {
		if found := a.snapshot.FindNames(line, kind); len(found) > 0 {
			return found[0].ID, true
		}
	}
	return "", false
}

func (a *asking) situation(id knowledge.ID) (*knowledge.Situation, bool) {
	for i := range a.base.Situations {
		if a.base.Situations[i].ID == id.Slug() {
			return &a.base.Situations[i], true
		}
	}
	return nil, false
}

// siteByID returns a bone that the knowledge refers to; Load has checked that it
// is there.
func (a *asking) siteByID(id knowledge.ID) *knowledge.Site {
	s, _ := a.base.Site(id)
	return s
}

// cut takes the places of mentions out of a text.
func cut(text string, found []index.Mention) string {
	b := []byte(text)
	for _, m := range found {
		for i := m.Start; i < m.End; i++ {
			b[i] = ' '
		}
	}
	return squeeze(string(b))
}
