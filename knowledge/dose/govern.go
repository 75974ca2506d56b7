package dose

import (
	"cmp"
	"errors"
	"slices"
	"strings"

	"iobot/knowledge"
	"iobot/knowledge/quantity"
)

// verdict is what governs at one moment.
type verdict struct {
	outcome    Outcome // Answer, NoRule, NeedWeight or NeedIndication
	rule       *knowledge.Rule
	indication *knowledge.Indication
	figures    *worked // of an Answer: the first rule with the same figures
}

// same says that two verdicts have the same outcome, use and figures.
func (v verdict) same(other verdict) bool {
	return v.outcome == other.outcome && v.indication == other.indication && v.figures == other.figures
}

// worked is what a rule comes to for the patient.
type worked struct {
	rule        *knowledge.Rule
	results     []Result // of each dose, without volumes; nil when one cannot be worked out
	needsWeight bool
	first       *worked // the first that was worked out to the same figures, maybe itself
}

// verdicts judges every moment.
func (s *selector) verdicts(ages []moment) []verdict {
	list := make([]verdict, len(ages))
	for i, m := range ages {
		list[i] = s.verdict(m)
	}
	return list
}

func allEqual(list []verdict) bool {
	for _, v := range list {
		if !v.same(list[0]) {
			return false
		}
	}
	return true
}

// commonest is the verdict whose rule governs at most moments, the first of
// several.
func commonest(list []verdict) verdict {
	best, most := list[0], 0
	count := map[*knowledge.Rule]int{}
	for _, v := range list {
		count[v.rule]++
		if count[v.rule] > most {
			best, most = v, count[v.rule]
		}
	}
	return best
}

func has(list []verdict, outcome Outcome) bool {
	return slices.ContainsFunc(list, func(v verdict) bool { return v.outcome == outcome })
}

// verdict says what governs at a moment.
func (s *selector) verdict(m moment) verdict {
	in := s.indicationAt(m)
	if in == nil {
		if len(s.indicationsFor([]moment{m})) == 0 {
			return verdict{outcome: NoRule}
		}
		return verdict{outcome: NeedIndication}
	}
	rule, outcome := s.governing(in, m)
	if outcome != Answer {
		return verdict{outcome: outcome}
	}
	return verdict{Answer, rule, in, s.workOut(rule).first}
}

// indicationAt is the use asked about: the one named, the only one, or the
// primary one of the moment's population. It is nil when there is none.
func (s *selector) indicationAt(m moment) *knowledge.Indication {
	switch {
	case s.ask.Indication != nil:
		return s.ask.Indication
	case len(s.drug.Indications) == 1:
		return s.drug.Indications[0]
	}
	// From the narrowest: what is primary in a child is so in an infant, unless
	// another use says that it is primary in infants.
	for _, population := range []string{"newborn", "neonate", "infant", "child", "adult"} {
		if !s.isPopulation(m, population) {
			continue
		}
		for _, in := range s.drug.Indications {
			if slices.Contains(in.Primary, population) {
				return in
			}
		}
	}
	return nil
}

// governing is the rule of an indication that governs at a moment.
func (s *selector) governing(in *knowledge.Indication, m moment) (*knowledge.Rule, Outcome) {
	var open []*knowledge.Rule
	for _, rule := range in.Rules {
		if !rule.OtherOnly && m.in(rule.Age) {
			open = append(open, rule)
		}
	}
	if len(open) == 0 {
		return nil, NoRule
	}
	if s.ask.Patient.Weight == 0 {
		return s.withoutWeight(open)
	}
	if rule := s.best(open, s.ask.Patient.Weight); rule != nil {
		return rule, Answer
	}
	return nil, NoRule
}

// best is the rule that goes before the others at a weight: by family, then by
// grade, then by its place in the file. It is nil when none is for the weight.
func (s *selector) best(open []*knowledge.Rule, w quantity.Weight) *knowledge.Rule {
	var best *knowledge.Rule
	for _, rule := range open {
		if rule.Weight.Contains(w) && (best == nil || s.order(rule, best) < 0) {
			best = rule
		}
	}
	return best
}

// order is negative when rule a goes before rule b.
func (s *selector) order(a, b *knowledge.Rule) int {
	return cmp.Or(
		cmp.Compare(s.familyRank(a.Family), s.familyRank(b.Family)),
		cmp.Compare(a.Grade, b.Grade),
	)
}

// familyRank is a family's place in the guidelines of the organisation; those
// not listed come last.
func (s *selector) familyRank(family string) int {
	at := slices.IndexFunc(s.guidelines, func(g string) bool { return strings.EqualFold(g, family) })
	if at < 0 {
		return len(s.guidelines)
	}
	return at
}

// withoutWeight is the rule that governs whatever the weight is. Where the
// weight would decide between doses, it is needed.
func (s *selector) withoutWeight(open []*knowledge.Rule) (*knowledge.Rule, Outcome) {
	var governs *knowledge.Rule
	for _, w := range telling(open) {
		rule := s.best(open, w)
		if rule == nil {
			continue
		}
		figures := s.workOut(rule)
		if figures.needsWeight || governs != nil && figures.first != s.workOut(governs).first {
			return nil, NeedWeight
		}
		if governs == nil {
			governs = rule
		}
	}
	if governs == nil {
		return nil, NoRule
	}
	return governs, Answer
}

// telling lists weights that together meet every combination of rules: each
// end of a range and a gram to both sides.
func telling(open []*knowledge.Rule) []quantity.Weight {
	var list []quantity.Weight
	for _, rule := range open {
		for _, end := range []quantity.Weight{rule.Weight.From, rule.Weight.To} {
			list = append(list, end-1, end, end+1)
		}
	}
	return list
}

// workOut calculates every dose of a rule for the patient, once.
func (s *selector) workOut(rule *knowledge.Rule) *worked {
	at := slices.IndexFunc(s.worked, func(w *worked) bool { return w.rule == rule })
	if at >= 0 {
		return s.worked[at]
	}
	w := &worked{rule: rule}
	w.results, w.needsWeight = s.allAmounts(rule)
	w.first = w
	if same := slices.IndexFunc(s.worked, w.equals); same >= 0 {
		w.first = s.worked[same].first
	}
	s.worked = append(s.worked, w)
	return w
}

// allAmounts is every dose of a rule for the patient, or nil and whether it is
// a weight that is missing.
func (s *selector) allAmounts(rule *knowledge.Rule) (list []Result, needsWeight bool) {
	for _, step := range Steps(rule) {
		r, err := s.amounts(rule, step)
		if err != nil {
			return nil, errors.Is(err, ErrNeedWeight)
		}
		list = append(list, r)
	}
	return list, false
}

// equals says that two rules come to the same doses at the same strengths, and
// so to the same volumes. A rule that cannot be worked out equals no other.
func (w *worked) equals(other *worked) bool {
	return w.results != nil && other.results != nil &&
		slices.EqualFunc(w.results, other.results, Result.equals) &&
		slices.EqualFunc(w.rule.At, other.rule.At, quantity.Concentration.Equal)
}

// equals says that two doses are the same in every figure, whatever units they
// were written in.
func (r Result) equals(other Result) bool {
	return equal(r.Low, other.Low) && equal(r.High, other.High) &&
		r.Per == other.Per && r.Capped == other.Capped && r.Floored == other.Floored
}

func equal(a, b quantity.Amount) bool {
	n, comparable := a.Cmp(b)
	return comparable && n == 0
}

// amounts is a dose of a rule for the patient within its limits.
func (s *selector) amounts(rule *knowledge.Rule, step knowledge.Dose) (Result, error) {
	w := s.ask.Patient.Weight
	if err := applies(rule, step, w); err != nil {
		return Result{}, err
	}
	return limit(multiply(step.Dosage, w), step)
}

// results calculates every dose of a rule with its working. It is nil when one
// of them needs a weight that is not known.
func (s *selector) results(rule *knowledge.Rule) []Result {
	var list []Result
	for _, step := range Steps(rule) {
		r, err := Calculate(s.drug, rule, step, s.ask.Patient.Weight)
		if err != nil {
			return nil
		}
		list = append(list, r)
	}
	return list
}
