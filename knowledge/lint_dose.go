package knowledge

import (
	"fmt"
	"math/big"
	"slices"
	"strings"

	"iobot/knowledge/quantity"
)

// stocks says that a strength is among the drug's concentrations.
func (d *Drug) stocks(strength quantity.Concentration) bool {
	return slices.ContainsFunc(d.Concentrations, func(s Stock) bool { return s.Strength.Equal(strength) })
}

// doses lists the doses of a rule with their paths.
func (p placed) doses() map[string]*Dose {
	all := map[string]*Dose{p.path: &p.rule.Dose}
	for i := range p.rule.Then {
		all[fmt.Sprintf("%s.then[%d]", p.path, i)] = &p.rule.Then[i]
	}
	return all
}

// checkAtBirth reports rules that take the delivery room for another age.
func checkAtBirth(l *loader) {
	for p := range l.rules() {
		named := strings.Contains(p.rule.Population, "newborn")
		switch {
		case p.rule.Age.OnlyAtBirth && !named:
			l.at(p.drug.File, p.path+".population", `a rule for "at birth" is for a newborn; write so, or correct the age`)
		case p.rule.Population == "newborn" && !p.rule.Age.OnlyAtBirth:
			l.at(p.drug.File, p.path+".age", `"newborn" means at birth; write "at birth", or call the population neonate`)
		}
	}
}

// checkPrimary reports populations for which two uses of a drug would answer,
// and those for which the use has no rule.
func checkPrimary(l *loader) {
	for _, d := range l.base.Drugs {
		claimed := owners{}
		for i, in := range d.Indications {
			for j, word := range in.Primary {
				at := fmt.Sprintf("indications[%d].primary[%d]", i, j)
				if other := claimed.claim(word, at); other != "" {
					l.at(d.File, at, fmt.Sprintf("%s stands in %s too; keep one", word, other))
				}
				if p, known := l.base.PopulationByWord(word); known && !in.serves(p.Age) {
					l.at(d.File, at, fmt.Sprintf("no rule is for %s (%s); take it out or add a rule", word, p.Age))
				}
			}
		}
	}
}

// serves says that some rule may answer for patients of an age.
func (in *Indication) serves(age quantity.AgeRange) bool {
	return slices.ContainsFunc(in.Rules, func(r *Rule) bool { return !r.OtherOnly && agesMeet(r.Age, age) })
}

// checkCaps reports doses that grow with the weight without a limit, and
// limits that cannot be meant.
func checkCaps(l *loader) {
	for p := range l.rules() {
		for path, dose := range p.doses() {
			for field, message := range dose.limitProblems() {
				l.at(p.drug.File, join(path, field), message)
			}
		}
	}
}

// limitProblems says what is wrong with the limits of a dose, by field.
func (d *Dose) limitProblems() map[string]string {
	problems := map[string]string{}
	switch {
	case d.Dosage.PerKg && d.Max.IsZero() && d.NoMax == "":
		problems["max"] = "a dose per kg needs a largest dose; write max, or say in no_max why there is none"
	case !d.Max.IsZero() && d.NoMax != "":
		problems["no_max"] = "stands beside a max; keep one"
	case d.Max.IsZero() && d.MaxBasis != "":
		problems["max_basis"] = "stands without a max; add it or delete this"
	}
	for field, limit := range map[string]quantity.Amount{"min": d.Min, "max": d.Max} {
		if _, same := limit.Cmp(d.Dosage.High); !limit.IsZero() && !same {
			problems[field] = fmt.Sprintf("%s cannot limit a dose in %s; write both in the same kind of unit", limit, d.Dosage.High.Unit())
		}
	}
	if order, same := d.Min.Cmp(d.Max); same && order > 0 {
		problems["min"] = fmt.Sprintf("%s is more than the max of %s", d.Min, d.Max)
	}
	return problems
}

// checkDrawn reports doses of drug without a strength to draw them from, and
// infusions of which nobody says how they are made.
func checkDrawn(l *loader) {
	for p := range l.rules() {
		_, fluid := p.rule.Dosage.High.In(quantity.Millilitre)
		if !fluid && len(p.rule.At) == 0 {
			l.at(p.drug.File, p.path+".at", "is missing; name the strengths the dose may be drawn from, the usual one first")
		}
		if !fluid && p.rule.Dosage.Per != quantity.Once && p.rule.Mixture.Text == "" {
			l.at(p.drug.File, p.path+".mixture", "is missing; say how the bag or syringe of this infusion is made")
		}
	}
}

// checkSteps reports series of doses in which a dose has no name.
func checkSteps(l *loader) {
	for p := range l.rules() {
		for path, dose := range p.doses() {
			if len(p.rule.Then) > 0 && dose.Step == "" {
				l.at(p.drug.File, path+".step", `is missing; each dose of a series has a name, such as "first dose"`)
			}
		}
	}
}

// compute reports worked examples that do not come out.
func (l *loader) compute(check CheckFunc) {
	if check == nil {
		return
	}
	for p := range l.rules() {
		for _, problem := range check(p.drug, p.rule) {
			problem.File, problem.Path = p.drug.File, p.path+".checks"
			l.problems = append(l.problems, problem)
		}
	}
}

// checkWeights reports worked examples that are missing.
func checkWeights(l *loader) {
	for p := range l.rules() {
		for path, dose := range p.doses() {
			for _, due := range dueChecks(p.rule.Weight, dose) {
				if !due.doneBy(dose.Checks) {
					l.at(p.drug.File, path+".checks", fmt.Sprintf("has no worked example at %s, %s; add one", due.weight, due.why))
				}
			}
		}
	}
}

// dueCheck is a weight at which a worked example is due.
type dueCheck struct {
	weight quantity.Weight
	leeway quantity.Weight // how much heavier the example may be
	why    string
}

func (due dueCheck) doneBy(checks []Check) bool {
	return slices.ContainsFunc(checks, func(c Check) bool { return c.Weight >= due.weight && c.Weight <= due.weight+due.leeway })
}

// dueChecks lists the weights of a rule that need a worked example: the four
// usual ones, the ends of the range and where the dose meets a limit.
func dueChecks(weights quantity.WeightRange, dose *Dose) []dueCheck {
	due := []dueCheck{{weights.From, 0, "the lower end of the range"}, {weights.To, 0, "the upper end of the range"}}
	if dose.Dosage.PerKg {
		due = append(due, meeting(dose.Dosage.High, dose.Max, "where the dose meets its max")...)
		due = append(due, meeting(dose.Dosage.Low, dose.Min, "where the dose meets its min")...)
	}
	for _, w := range []quantity.Weight{3_500, 10_000, 25_000, 70_000} {
		if !slices.ContainsFunc(due, func(d dueCheck) bool { return d.weight == w }) {
			due = append(due, dueCheck{w, 0, "a usual weight"})
		}
	}
	return keep(due, func(d dueCheck) bool { return weights.Contains(d.weight) })
}

// leeway is how far above the weight where a limit is met the example may be,
// since that weight is seldom a round one.
const leeway quantity.Weight = 1_000

// meeting is the weight at which a dose per kg reaches a limit, in whole grams.
func meeting(perKg, limit quantity.Amount, why string) []dueCheck {
	same, ok := limit.In(perKg.Unit())
	if !ok || perKg.Value().Sign() == 0 {
		return nil
	}
	grams := new(big.Rat).Quo(same.Value(), perKg.Value())
	grams.Mul(grams, big.NewRat(1_000, 1))
	whole := new(big.Int).Quo(new(big.Int).Add(grams.Num(), new(big.Int).Sub(grams.Denom(), big.NewInt(1))), grams.Denom())
	if !whole.IsInt64() {
		return nil
	}
	return []dueCheck{{quantity.Weight(whole.Int64()), leeway, why}}
}
