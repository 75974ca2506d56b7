package quantity

import "strings"

// ReadPatient reads weight, age and population from one line of typed text, in
// any order and mixed with other words. A weight needs a unit, is from 0.3 to
// 300 kg, and is given only when nothing in the text puts it in doubt.
func ReadPatient(text string, words Populations) Patient {
	r := &reader{text: text, tokens: lex(text)}
	r.findFigures()
	r.readFigures()
	r.readPopulations(words)
	return r.patient()
}

// reader collects what is understood of one line.
type reader struct {
	text        string
	tokens      []token
	figures     []figure
	taken       []span // understood or in doubt, in no order
	weights     []seen[Weight]
	ages        []seen[ageSpan]
	populations []seen[PopulationWord]
	doubts      []located
}

// span is a range of tokens, first inclusive, end exclusive.
type span struct{ first, end int }

// seen is something understood, with where it stood and how to echo it.
type seen[T any] struct {
	value T
	at    span
	echo  string
}

// located is a doubt and where its text starts, to put doubts in order.
type located struct {
	Doubt
	at int
}

// ageSpan is an age as exact as it was given.
type ageSpan struct{ from, under Age }

// typed is the text of a span as it was typed.
func (r *reader) typed(s span) string {
	return r.text[r.tokens[s.first].start:r.tokens[s.end-1].end]
}

// take marks a span as dealt with.
func (r *reader) take(s span) { r.taken = append(r.taken, s) }

// isTaken says that a token was dealt with.
func (r *reader) isTaken(i int) bool {
	for _, s := range r.taken {
		if i >= s.first && i < s.end {
			return true
		}
	}
	return false
}

// doubt records a doubt about a span.
func (r *reader) doubt(s span, d Doubt) {
	d.Text = r.typed(s)
	d.Say = d.sentence()
	r.doubts = append(r.doubts, located{Doubt: d, at: s.first})
	r.take(s)
}

// rest is the text without what was dealt with.
func (r *reader) rest() string {
	var words []string
	open := -1
	for i := 0; i <= len(r.tokens); i++ {
		used := i == len(r.tokens) || r.isTaken(i)
		if used && open >= 0 {
			words = append(words, trimRest(r.typed(span{open, i})))
			open = -1
		}
		if !used && open < 0 {
			open = i
		}
	}
	return strings.Join(strings.Fields(strings.Join(words, " ")), " ")
}

// trimRest takes off the punctuation that stood beside an understood part.
func trimRest(s string) string {
	const signs = " ,;:-–—−.()[]~≈=<>≤≥"
	if strings.Trim(s, signs+"/&+?!") == "" {
		return ""
	}
	return strings.Trim(s, signs)
}
