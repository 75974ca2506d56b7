package dose

import (
	"cmp"
	"fmt"
	"reflect"
	"slices"

	"iobot/knowledge"
	"iobot/knowledge/quantity"
)

// WorkedRow is what a changed rule gives at a weight, before and after, as
// people are shown it.
type WorkedRow struct {
	Rule   knowledge.ID // "drug/epinephrine#arrest-child"
	Name   string       // "cardiac arrest, child"; with the step of a series
	Weight quantity.Weight
	Before string // "0.035 mg = 0.35 mL", "outside", or "no rule"
	After  string
}

// workedWeights are the weights at which people compare doses.
func workedWeights() []quantity.Weight { return []quantity.Weight{3_500, 10_000, 25_000, 70_000} }

// Worked works the changed rules of a drug out at four usual weights, before
// and after. The id may name the drug or a part of it.
func Worked(before, after *knowledge.Base, id knowledge.ID) []WorkedRow {
	if id.Kind() != "drug" {
		return nil
	}
	was, _ := before.Drug(id)
	is, _ := after.Drug(id)
	var rows []WorkedRow
	for _, rule := range ruleIDs(was, is) {
		rows = append(rows, workedRule(sideOf(was, rule), sideOf(is, rule), id.Entry()+"#"+knowledge.ID(rule))...)
	}
	return rows
}

// ruleIDs lists the rules of two revisions of a drug, in their order.
func ruleIDs(drugs ...*knowledge.Drug) []string {
	var ids []string
	for _, d := range drugs {
		if d == nil {
			continue
		}
		for _, in := range d.Indications {
			for _, r := range in.Rules {
				if !slices.Contains(ids, r.ID) {
					ids = append(ids, r.ID)
				}
			}
		}
	}
	return ids
}

// side is a rule as one of two revisions has it.
type side struct {
	drug  *knowledge.Drug
	rule  *knowledge.Rule // nil when there is none
	name  string          // "cardiac arrest, child"
	steps []knowledge.Dose
}

// sideOf finds a rule of a drug.
func sideOf(d *knowledge.Drug, id string) side {
	if d == nil {
		return side{}
	}
	in, rule, found := d.Rule(id)
	if !found {
		return side{}
	}
	return side{d, rule, fmt.Sprintf("%s, %s", cmp.Or(rule.For, in.Name), rule.Population), Steps(rule)}
}

// at is what a dose of the rule gives at a weight, in words.
func (s side) at(i int, w quantity.Weight) string {
	if i >= len(s.steps) {
		return "no rule"
	}
	text, err := example(s.drug, s.rule, s.steps[i], knowledge.Check{Weight: w})
	if err != nil {
		return err.Error()
	}
	return text
}

// step is the name of a dose of a series, empty for a single one.
func (s side) step(i int) string {
	if i >= len(s.steps) {
		return ""
	}
	return s.steps[i].Step
}

// workedRule works one rule out, if it changed. Weights that it is not for,
// before nor after, are left out.
func workedRule(was, is side, id knowledge.ID) []WorkedRow {
	if reflect.DeepEqual(withoutChecks(was.rule), withoutChecks(is.rule)) {
		return nil
	}
	var rows []WorkedRow
	for i := range max(len(was.steps), len(is.steps)) {
		name := cmp.Or(is.name, was.name)
		if step := cmp.Or(is.step(i), was.step(i)); step != "" {
			name += ", " + step
		}
		for _, w := range workedWeights() {
			row := WorkedRow{id, name, w, was.at(i, w), is.at(i, w)}
			if row.Before != "outside" || row.After != "outside" {
				rows = append(rows, row)
			}
		}
	}
	return rows
}

// withoutChecks is a rule without its worked examples, which change nothing.
func withoutChecks(r *knowledge.Rule) *knowledge.Rule {
	if r == nil {
		return nil
	}
	bare := *r
	bare.Checks, bare.Then = nil, slices.Clone(r.Then)
	for i := range bare.Then {
		bare.Then[i].Checks = nil
	}
	return &bare
}
