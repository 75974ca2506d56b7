package dose

import (
	"cmp"
	"errors"
	"fmt"
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
	key        string // equal when the outcome and all its figures are equal
}

// outcomeKey is what a rule comes to for the patient.
type outcomeKey struct {
	text        string // equal when all figures are equal
	needsWeight bool
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
		if v.key != list[0].key {
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
			return plain(NoRule)
		}
		return plain(NeedIndication)
	}
	rule, outcome := s.governing(in, m)
	if outcome != Answer {
		return plain(outcome)
	}
	return verdict{Answer, rule, in, in.ID + " " + s.key(rule).text}
}

func plain(o Outcome) verdict { return verdict{outcome: o, key: string(o)} }

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
		if s.key(rule).needsWeight || governs != nil && s.key(rule).text != s.key(governs).text {
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

// key works a rule out for the patient, once.
func (s *selector) key(rule *knowledge.Rule) outcomeKey {
	if key, known := s.keys[rule]; known {
		return key
	}
	key := s.workOut(rule)
	s.keys[rule] = key
	return key
}

// workOut calculates every dose of a rule, without volumes: equal doses at
// equal strengths have equal volumes. A rule that cannot be worked out equals
// only itself.
func (s *selector) workOut(rule *knowledge.Rule) outcomeKey {
	var text []byte
	for _, step := range Steps(rule) {
		r, err := s.amounts(rule, step)
		if err != nil {
			return outcomeKey{text: "rule " + rule.ID, needsWeight: errors.Is(err, ErrNeedWeight)}
		}
		text = r.appendFigures(text)
	}
	for _, strength := range rule.At {
		text = appendAmount(text, quantity.NewAmount(strength.PerMillilitre(), strength.Amount.Unit()))
	}
	return outcomeKey{text: string(text)}
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

// appendFigures writes every figure of a result, so that equal results are
// equal texts whatever units they were written in.
func (r Result) appendFigures(b []byte) []byte {
	b = appendAmount(b, r.Low)
	b = appendAmount(b, r.High)
	return fmt.Appendf(b, "/%s capped %t floored %t;", r.Per, r.Capped, r.Floored)
}

// appendAmount writes an amount in the smallest unit of its kind.
func appendAmount(b []byte, a quantity.Amount) []byte {
	switch a.Unit() {
	case quantity.Milligram, quantity.Gram:
		a, _ = a.In(quantity.Microgram)
	case quantity.Litre:
		a, _ = a.In(quantity.Millilitre)
	case quantity.Units:
		a, _ = a.In(quantity.Milliunit)
	}
	return append(b, a.Value().RatString()+" "+string(a.Unit())+" "...)
}
