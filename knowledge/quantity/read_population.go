package quantity

import (
	"cmp"
	"slices"
)

// Populations are the words for groups of patients, ready to be looked for.
// The zero Populations knows none.
type Populations struct {
	byFirst map[string][]phrase // by the first token, folded
}

// phrase is a population word cut into tokens.
type phrase struct {
	tokens []token
	word   PopulationWord
	place  int // among the words given
}

// NewPopulations makes words ready, once for many lines.
func NewPopulations(words []PopulationWord) Populations {
	p := Populations{byFirst: map[string][]phrase{}}
	for i, w := range words {
		if tokens := lex(w.Word); len(tokens) > 0 {
			first := tokens[0].folded()
			p.byFirst[first] = append(p.byFirst[first], phrase{tokens, w, i})
		}
	}
	return p
}

// compare puts the longest phrase first, and else keeps the order given.
func (p phrase) compare(other phrase) int {
	return cmp.Or(cmp.Compare(len(other.tokens), len(p.tokens)), cmp.Compare(p.place, other.place))
}

// readPopulations finds the words of the caller in what is left of the line,
// the longest first.
func (r *reader) readPopulations(words Populations) {
	var phrases []phrase
	for _, t := range r.tokens {
		phrases = append(phrases, words.byFirst[t.folded()]...)
	}
	slices.SortFunc(phrases, phrase.compare)
	phrases = slices.CompactFunc(phrases, func(a, b phrase) bool { return a.place == b.place })
	for _, p := range phrases {
		for i := range r.tokens {
			r.readPhrase(i, p)
		}
	}
}

// readPhrase takes the phrase if it stands at token i and is not denied, as
// in "not a newborn".
func (r *reader) readPhrase(i int, p phrase) {
	s := span{i, i + len(p.tokens)}
	if !r.matches(i, p.tokens) || r.isDenied(i) {
		return
	}
	echo := p.word.Name
	if text := r.typed(s); fold(text) != fold(p.word.Name) {
		echo += " (from " + text + ")"
	}
	r.populations = append(r.populations, seen[PopulationWord]{p.word, s, echo})
	r.take(s)
}

// matches says that these tokens stand at token i and are not yet taken.
func (r *reader) matches(i int, tokens []token) bool {
	for k, want := range tokens {
		have := r.at(i + k)
		if i+k >= len(r.tokens) || r.isTaken(i+k) || have.folded() != want.folded() {
			return false
		}
	}
	return true
}

// isDenied says that the words before token i deny what follows.
func (r *reader) isDenied(i int) bool {
	if inList(r.at(i-1).word, "a an the") || isDash(r.at(i-1).text) {
		i--
	}
	return inList(r.at(i-1).word, "not non no except excluding")
}
