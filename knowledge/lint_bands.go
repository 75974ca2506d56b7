package knowledge

import (
	"cmp"
	"fmt"
	"iter"
	"math"
	"slices"

	"iobot/knowledge/quantity"
)

// placed is a dose rule and where it stands.
type placed struct {
	drug       *Drug
	indication *Indication
	rule       *Rule
	path       string // "indications[0].rules[2]"
}

// rules yields every dose rule of the base.
func (l *loader) rules() iter.Seq[placed] {
	return func(yield func(placed) bool) {
		for _, d := range l.base.Drugs {
			for i, in := range d.Indications {
				for j, r := range in.Rules {
					if !yield(placed{d, in, r, fmt.Sprintf("indications[%d].rules[%d]", i, j)}) {
						return
					}
				}
			}
		}
	}
}

// bands yields the rules of each indication that one family answers with.
func (l *loader) bands() iter.Seq[[]placed] {
	return func(yield func([]placed) bool) {
		groups := map[string][]placed{}
		var order []string
		for p := range l.rules() {
			key := string(p.drug.ID) + "#" + p.indication.ID + " " + p.rule.Family
			if p.rule.OtherOnly {
				continue
			}
			if groups[key] == nil {
				order = append(order, key)
			}
			groups[key] = append(groups[key], p)
		}
		for _, key := range order {
			if !yield(groups[key]) {
				return
			}
		}
	}
}

// checkOverlaps reports two rules of one family that would both answer.
func checkOverlaps(l *loader) {
	for band := range l.bands() {
		for i, p := range band {
			for _, q := range band[:i] {
				if agesMeet(p.rule.Age, q.rule.Age) && weightsMeet(p.rule.Weight, q.rule.Weight) {
					l.at(p.drug.File, p.path, fmt.Sprintf("rule %s is for patients that rule %s of the same family is for too; part their ages or weights, or set other_only", p.rule.ID, q.rule.ID))
				}
			}
		}
	}
}

// checkGaps reports ages and weights between the rules of a family for which
// none answers.
func checkGaps(l *loader) {
	for band := range l.bands() {
		if band[0].indication.Gaps == "" {
			l.checkAgeGaps(band)
			l.checkWeightGaps(band)
		}
	}
}

func (l *loader) checkAgeGaps(band []placed) {
	rest := keep(band, func(p placed) bool { return !p.rule.Age.OnlyAtBirth })
	slices.SortFunc(rest, func(p, q placed) int { return cmp.Compare(p.rule.Age.From, q.rule.Age.From) })
	for i := 1; i < len(rest); i++ {
		p, q := rest[i], rest[i-1]
		if q.rule.Age.Under != 0 && p.rule.Age.From > q.rule.Age.Under {
			l.at(p.drug.File, p.path+".age", fmt.Sprintf("no rule of this family is for ages from %s to under %s; add one or say why in gaps", q.rule.Age.Under, p.rule.Age.From))
		}
		if olderThan(q.rule.Age, p.rule.Age) {
			rest[i] = q // reaches further than its successor
		}
	}
}

// olderThan says that a reaches to a higher age than b.
func olderThan(a, b quantity.AgeRange) bool {
	return b.Under != 0 && (a.Under == 0 || a.Under > b.Under)
}

// checkWeightGaps looks between rules for the same ages.
func (l *loader) checkWeightGaps(band []placed) {
	sorted := slices.Clone(band)
	slices.SortStableFunc(sorted, func(p, q placed) int {
		return cmp.Or(cmp.Compare(p.rule.Age.String(), q.rule.Age.String()), cmp.Compare(span(p.rule.Weight).low, span(q.rule.Weight).low))
	})
	for i := 1; i < len(sorted); i++ {
		p, q := sorted[i], sorted[i-1]
		if p.rule.Age != q.rule.Age || span(p.rule.Weight).low <= span(q.rule.Weight).high+1 {
			continue
		}
		l.at(p.drug.File, p.path+".weight", fmt.Sprintf("no rule of this family is for weights between %s and %s; add one or say why in gaps", q.rule.Weight, p.rule.Weight))
	}
}

// agesMeet says that some patient is in both ranges.
func agesMeet(a, b quantity.AgeRange) bool {
	if a.OnlyAtBirth || b.OnlyAtBirth {
		return a.AtBirth && b.AtBirth
	}
	return (a.Under == 0 || b.From < a.Under) && (b.Under == 0 || a.From < b.Under)
}

// weightsMeet says that some weight is in both ranges.
func weightsMeet(a, b quantity.WeightRange) bool {
	x, y := span(a), span(b)
	return x.low <= y.high && y.low <= x.high
}

// halfGrams is a closed range in half-grams: "over 20 kg" begins half a gram
// above 20 kg, so that open and closed ends compare as numbers.
type halfGrams struct{ low, high int64 }

func span(r quantity.WeightRange) halfGrams {
	s := halfGrams{2 * int64(r.From), 2 * int64(r.To)}
	if r.FromExclusive {
		s.low++
	}
	if r.ToExclusive {
		s.high--
	}
	if r.To == 0 {
		s.high = math.MaxInt64 - 1
	}
	return s
}
