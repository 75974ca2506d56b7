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

// How good the first hit has to be. The bounds were set on the starter content
// with the labelled questions of bot/command, 616 inside and 188 outside of it.
const (
	sureFrom     = 0.40 // score
	aboutFrom    = 0.08 // score, when the question names the subject: who says "IO" asks about it
	aboutHolds   = 3.0  // evidence, likewise
	aboutUnknown = 1    // unknown words, likewise, at the most
	placeFrom    = 0.20 // score, when it names a bone or a device and no word is unknown
	wholeFrom    = 0.15 // score, when the rest of its entry holds what the passage lacks
	askedFrom    = 0.20 // score, when the question says all of an "Asked as"
	nearFrom     = 0.10 // score
	nearEvidence = 6.0  // enough by itself: a long question is never covered well
)

// confidence judges the first of the ranked passages.
func (s *Snapshot) confidence(q question, ranked []rated) Confidence {
	if len(ranked) == 0 {
		return Unknown
	}
	first := ranked[0]
	switch {
	case s.foreignDrug(q, first) || q.terms[mostTelling(q)].bold:
	case q.subject && s.about(q, first):
		return Sure
	case q.place && q.unknownTerms() == 0 && len(first.matched) > 1 && first.score() >= placeFrom:
		return Sure
	case first.score() >= sureFrom && !doubtful(q, first):
		return Sure
	case len(q.corrected) > 0: // what follows goes by what was typed
	case first.score() >= wholeFrom && len(first.matched) > 1 && s.entryHolds(q, first.passage):
		return Sure
	case first.score() >= askedFrom && q.unknownTerms() == 0 && s.askedAs(q, &s.passages[first.passage]):
		return Sure
	}
	if first.score() >= nearFrom || first.evidence >= nearEvidence {
		return Near
	}
	return Unknown
}

// about reports whether a passage is good enough for a question that names
// the subject. One that says nothing else is about the whole of it.
func (s *Snapshot) about(q question, first rated) bool {
	if !slices.ContainsFunc(q.terms, func(t term) bool { return t.weight == fullWeight }) {
		return len(first.matched) > 1 && first.coverage == 1
	}
	return first.score() >= aboutFrom && first.evidence >= aboutHolds && q.unknownTerms() <= aboutUnknown
}

// foreignDrug reports whether a passage is about a drug that the question does
// not name. No score makes up for that.
func (s *Snapshot) foreignDrug(q question, first rated) bool {
	p := s.passages[first.passage]
	return p.kind == Drug && !q.names(p.entry)
}

// doubtful reports whether the passage lacks the most telling word of the
// question, or meets a question of several words by a single one.
func doubtful(q question, first rated) bool {
	telling := mostTelling(q)
	if q.terms[telling].weight < fullWeight || !slices.Contains(first.matched, telling) {
		return true
	}
	return len(q.terms) > 1 && len(first.matched) == 1 && !q.subject
}

// entryHolds reports whether the entry of a passage has every word of the
// question in one passage or another. What is asked about
// something else has a word that the entry lacks.
func (s *Snapshot) entryHolds(q question, passage uint32) bool {
	entry := s.passages[passage].entry
	from, to := passage, passage+1
	for from > 0 && s.passages[from-1].entry == entry {
		from--
	}
	for int(to) < len(s.passages) && s.passages[to].entry == entry {
		to++
	}
	for _, t := range q.terms {
		held := false
		for p := from; p < to && !held; p++ {
			held = s.frequency(t, p) > 0
		}
		if !held {
			return false
		}
	}
	return true
}

// unknownTerms is how many terms of a question no passage holds.
func (q question) unknownTerms() int {
	n := 0
	for _, t := range q.terms {
		if !t.known {
			n++
		}
	}
	return n
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
