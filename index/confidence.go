package index

import (
	"slices"
)

// Confidence is how far the first hit can be trusted to be the answer.
type Confidence int

// The bands of confidence.
const (
	Unknown Confidence = iota // the knowledge has no answer
	Near                      // the hits are the closest topics: offer, do not answer
	Sure                      // the first hit answers
)

// Scores from which the first hit is near or sure. They were set on the
// starter content with 2,152 phrases of its "Asked as" lines, each left out of
// the index while it was asked, and 131 questions about other things.
const (
	nearFrom = 0.08
	sureFrom = 0.30
)

// confidence judges the first of the ranked passages.
func (s *Snapshot) confidence(q question, ranked []rated) Confidence {
	switch {
	case len(ranked) == 0 || ranked[0].score() < nearFrom:
		return Unknown
	case ranked[0].score() < sureFrom || s.doubtful(q, ranked[0]):
		return Near
	}
	return Sure
}

// doubtful reports what no score makes up for: the passage lacks the most
// telling word of the question, or has it only by a bold correction, or is
// about a drug that the question does not name.
func (s *Snapshot) doubtful(q question, first rated) bool {
	telling := mostTelling(q)
	if t := q.terms[telling]; t.weight < fullWeight || t.bold || !slices.Contains(first.matched, telling) {
		return true
	}
	p := s.passages[first.passage]
	return p.kind == Drug && !slices.ContainsFunc(q.drugs, func(m Mention) bool { return m.ID == p.entry })
}

// mostTelling is the term with the greatest worth: one that no passage holds,
// or else the rarest.
func mostTelling(q question) int {
	best := 0
	for i, t := range q.terms {
		if t.worth() > q.terms[best].worth() {
			best = i
		}
	}
	return best
}

// String returns the band in a word.
func (c Confidence) String() string { return [...]string{"unknown", "near", "sure"}[c] }
