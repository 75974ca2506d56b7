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
	refusals    []refusalPhrase
}

// refusalPhrase is a phrase of a fixed answer, cut into words.
type refusalPhrase struct {
	words   []string
	refusal *knowledge.Refusal
}

// prepare returns what is prepared for a base. Two requests that meet a new
// base at the same time both prepare it, which does no harm.
func (r *runner) prepare(b *knowledge.Base) *prepared {
	if p := r.prepared.Load(); p != nil && p.from == b {
		return p
	}
	p := &prepared{from: b}
	var words []quantity.PopulationWord
	for _, pop := range b.Populations {
		for _, word := range append([]string{pop.Name}, pop.Aliases...) {
			words = append(words, quantity.PopulationWord{Word: word, Name: pop.Name, Age: pop.Age})
		}
	}
	p.populations = quantity.NewPopulations(words)
	for i := range b.Refusals {
		for _, phrase := range b.Refusals[i].When {
			p.refusals = append(p.refusals, refusalPhrase{plainWords(phrase), &b.Refusals[i]})
		}
	}
	r.prepared.Store(p)
	return p
}

// refusal returns the fixed answer one of whose phrases has all its words in
// the question; nil when there is none.
func (p *prepared) refusal(text string) *knowledge.Refusal {
	typed := plainWords(text)
	for _, phrase := range p.refusals {
		if phrase.refusal.Exact && len(typed) != len(phrase.words) {
			continue
		}
		if holdsAll(typed, phrase.words) {
			return phrase.refusal
		}
	}
	return nil
}

func holdsAll(text, words []string) bool {
	for _, w := range words {
		if !slices.Contains(text, w) {
			return false
		}
	}
	return len(words) > 0
}
