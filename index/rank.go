package index

import (
	"cmp"
	"slices"
)

// fieldWeight is what one occurrence in a field counts, in BM25F.
var fieldWeight = [fieldCount]float64{fieldTitle: 4, fieldAsked: 3, fieldContext: 2, fieldBody: 1}

// The constants of BM25F: how fast repeating a term stops to count, and how
// much a long field is held against it.
const (
	saturation = 2.0
	longField  = 0.6
)

// rated is a passage with how well it answers.
type rated struct {
	passage  uint32
	coverage float64 // share of the question that the passage holds, 0 to 1
	strength float64 // how prominently, 0 to 1
	evidence float64 // strength times how telling the question is
	prior    float64 // of what kind of passage it is
	matched  []int   // terms of the question
}

// The priors: a drug that the question does not name is seldom the answer, and
// an explanation is a better one than what to do about the site.
const (
	unnamedDrug = 0.75
	situation   = 0.9
)

func (s *Snapshot) prior(q question, p *passage) float64 {
	switch {
	case p.kind == Drug && !q.names(p.entry):
		return unnamedDrug
	case p.kind == Situation:
		return situation
	}
	return 1
}

// score is 0 to 1, and does not depend on the other passages.
func (r rated) score() float64 { return r.coverage * r.strength * r.prior }

func (r rated) compare(other rated) int {
	return cmp.Or(cmp.Compare(other.score(), r.score()), cmp.Compare(r.passage, other.passage))
}

// rank rates the candidates and sorts them, the best first, ties in the order
// of the base.
func (s *Snapshot) rank(q question, candidates []candidate) []rated {
	all := make([]rated, len(candidates))
	for i, c := range candidates {
		all[i] = s.rate(q, c.passage)
	}
	slices.SortFunc(all, rated.compare)
	return all
}

// rate works out BM25F over the fields, as a share of the most that any
// passage could have.
func (s *Snapshot) rate(q question, passage uint32) rated {
	r := rated{passage: passage, prior: s.prior(q, &s.passages[passage])}
	var all, held float64
	for i, t := range q.terms {
		all += t.worth()
		tf := s.frequency(t, passage)
		if tf == 0 {
			continue
		}
		held += t.worth()
		r.evidence += t.worth() * tf / (saturation + tf)
		r.matched = append(r.matched, i)
	}
	if all > 0 {
		r.coverage, r.strength = held/all, r.evidence/all
	}
	return r
}

// frequency is how often a passage holds a term, weighted by field.
func (s *Snapshot) frequency(t term, passage uint32) float64 {
	if !t.known {
		return 0
	}
	counts := s.counts[s.offsets[passage]:s.offsets[passage+1]]
	at, ok := slices.BinarySearchFunc(counts, t.id, func(c termCount, id uint32) int { return cmp.Compare(c.term, id) })
	if !ok {
		return 0
	}
	total := 0.0
	for f, n := range counts[at].count {
		if n > 0 {
			length := float64(s.lengths[passage][f]) / s.average[f]
			total += fieldWeight[f] * float64(n) / (1 - longField + longField*length)
		}
	}
	return total
}
