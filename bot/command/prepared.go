package command

import (
	"slices"

	"iobot/knowledge"
	"iobot/knowledge/quantity"
)

// prepared is what every request needs of a base, worked out once for each.
type prepared struct {
	from        *knowledge.Base
	populations quantity.Populations
	refusals    map[string][]refusalPhrase // by the first word
}

// refusalPhrase is a phrase of a fixed answer, cut into words.
type refusalPhrase struct {
	words   []string
	refusal *knowledge.Refusal
	place   int // among all phrases, of which the first counts
}

// prepare returns what is prepared for a base. Two requests that meet a new
// base at the same time both prepare it, which does no harm.
func (r *runner) prepare(b *knowledge.Base) *prepared {
	if p := r.prepared.Load(); p != nil && p.from == b {
		return p
	}
	p := &prepared{from: b, refusals: map[string][]refusalPhrase{}}
	var words []quantity.PopulationWord
	for _, pop := range b.Populations {
		for _, word := range append([]string{pop.Name}, pop.Aliases...) {
			words = append(words, quantity.PopulationWord{Word: word, Name: pop.Name, Age: pop.Age})
		}
	}
	p.populations = quantity.NewPopulations(words)
	place := 0
	for i := range b.Refusals {
		for _, phrase := range b.Refusals[i].When {
			if words := plainWords(phrase); len(words) > 0 {
				p.refusals[words[0]] = append(p.refusals[words[0]], refusalPhrase{words, &b.Refusals[i], place})
				place++
			}
		}
	}
	r.prepared.Store(p)
	return p
}

// refusal returns the fixed answer one of whose phrases has all its words in
// the question; nil when there is none.
func (p *prepared) refusal(text string) *knowledge.Refusal {
	typed := plainWords(text)
	var first refusalPhrase
	for _, word := range typed {
		for _, phrase := range p.refusals[word] {
			earlier := first.refusal == nil || phrase.place < first.place
			if earlier && phrase.isIn(typed) {
				first = phrase
			}
		}
	}
	return first.refusal
}

// isIn reports whether a text has all words of the phrase, and no other ones
// where the fixed answer asks for that.
func (p refusalPhrase) isIn(typed []string) bool {
	if p.refusal.Exact && len(typed) != len(p.words) {
		return false
	}
	return !slices.ContainsFunc(p.words, func(w string) bool { return !slices.Contains(typed, w) })
}
