package index

import (
	"cmp"
	"slices"

	"iobot/knowledge"
)

// phrases finds phrases, one word or several, in a row of words and gives
// what each stands for.
type phrases[V any] struct {
	byFirst map[string][]phrase[V] // the longest first
}

type phrase[V any] struct {
	words []string
	value V
}

// add makes a phrase known. The first value given for a phrase stays.
func (p *phrases[V]) add(words []string, value V) {
	if len(words) == 0 {
		return
	}
	if p.byFirst == nil {
		p.byFirst = map[string][]phrase[V]{}
	}
	same := p.byFirst[words[0]]
	at, found := slices.BinarySearchFunc(same, words, func(have phrase[V], words []string) int {
		return cmp.Or(cmp.Compare(len(words), len(have.words)), slices.Compare(have.words, words))
	})
	if !found {
		p.byFirst[words[0]] = slices.Insert(same, at, phrase[V]{words, value})
	}
}

// longest returns the longest known phrase that the words begin with.
func (p *phrases[V]) longest(words []string) (found phrase[V], ok bool) {
	if len(words) == 0 {
		return found, false
	}
	for _, known := range p.byFirst[words[0]] {
		if len(known.words) <= len(words) && slices.Equal(known.words, words[:len(known.words)]) {
			return known, true
		}
	}
	return found, false
}

// get returns the value of exactly this phrase.
func (p *phrases[V]) get(words ...string) (value V, ok bool) {
	found, ok := p.longest(words)
	return found.value, ok && len(found.words) == len(words)
}

// stems are the stems of the words of a text.
func stems(text string) []string {
	var found []string
	for _, w := range words(text) {
		found = append(found, stem(w.text))
	}
	return found
}

// synonyms gives the words that stand for a phrase in passages and questions
// alike: those of the first phrase of its list.
type synonyms struct {
	phrases[*meaning]
}

// meaning is what a phrase stands for.
type meaning struct {
	stems []string
	text  string // as the list has it
}

func newSynonyms(b *knowledge.Base) synonyms {
	var s synonyms
	for _, same := range b.Synonyms {
		s.same(same)
	}
	for _, d := range b.Drugs {
		s.same(append([]string{d.Name, d.OtherName}, d.Aliases...))
	}
	return s
}

func (s *synonyms) same(phrases []string) {
	first := &meaning{stems(phrases[0]), phrases[0]}
	for _, p := range phrases {
		s.add(texts(words(p)), first)
	}
}

// at returns what the first of the words stand for, and how many of them do;
// nil for one that stands for itself. The words are not stemmed: bloods are
// samples, and blood is not.
func (s synonyms) at(words []string) (means *meaning, used int) {
	if found, ok := s.longest(words); ok {
		return found.value, len(found.words)
	}
	return nil, 1
}
