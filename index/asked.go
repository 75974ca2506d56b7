package index

import (
	"slices"

	"iobot/knowledge"
)

// askedAs reports whether a question says all of some title or "Asked as" of a
// passage, whatever it says besides. A phrase with fewer than two telling
// words is too easily met by chance.
func (s *Snapshot) askedAs(q question, p *passage) bool {
	return slices.ContainsFunc(s.asked(p), func(phrase string) bool { return s.says(q, phrase) })
}

// asked lists what a passage is called and how people ask for it.
func (s *Snapshot) asked(p *passage) []string {
	if art, ok := s.base.Article(p.entry); ok {
		if part, ok := art.Section(p.id.Part()); ok {
			return append([]string{part.Heading}, part.AskedAs...)
		}
	}
	var m *knowledge.Meta
	m, _ = s.base.Entry(p.entry)
	return append([]string{m.Title}, m.Aliases...)
}

// says reports whether a question has every telling word of a phrase, two at
// the least.
func (s *Snapshot) says(q question, phrase string) bool {
	telling := 0
	cut := texts(words(phrase))
	for i := 0; i < len(cut); {
		means, used := s.synonyms.at(cut[i:])
		stems := []string{stem(cut[i])}
		if means != nil {
			stems = means.stems
		}
		if means == nil && (stopWords[cut[i]] || askingWords[cut[i]]) {
			stems = nil
		}
		for _, w := range stems {
			if s.isQuiet(w) {
				continue
			}
			if !q.has(w) {
				return false
			}
			telling++
		}
		i += used
	}
	return telling > 1
}
