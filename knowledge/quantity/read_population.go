package quantity

import (
	"slices"
	"strings"
)

// readPopulations finds the words of the caller in what is left of the line,
// the longest first.
func (r *reader) readPopulations(words []PopulationWord) {
	text := fold(r.text)
	var phrases []phrase
	for _, w := range words {
		first, _, _ := strings.Cut(fold(w.Word), " ")
		if strings.Contains(text, first) { // spares cutting up the many that do not occur
			phrases = append(phrases, phrase{lex(w.Word), w})
		}
	}
	slices.SortStableFunc(phrases, func(a, b phrase) int { return len(b.tokens) - len(a.tokens) })
	for _, p := range phrases {
		for i := range r.tokens {
			r.readPhrase(i, p)
		}
	}
}

// phrase is a population word cut into tokens.
type phrase struct {
	tokens []token
	word   PopulationWord
}

// readPhrase takes the phrase if it stands at token i and is not denied, as
// in "not a newborn".
func (r *reader) readPhrase(i int, p phrase) {
	s := span{i, i + len(p.tokens)}
	if len(p.tokens) == 0 || !r.matches(i, p.tokens) || r.isDenied(i) {
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
		if i+k >= len(r.tokens) || r.isTaken(i+k) || fold(have.text) != fold(want.text) {
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
