package card

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"iobot/knowledge"
	"iobot/knowledge/dose"
	"iobot/knowledge/quantity"
)

// What a row says where there is no dose. None holds a figure.
const (
	sayAge      = "Not settled for this weight: give the age, or ask iobot."
	sayUse      = "Not settled for this patient: uses differ, ask iobot."
	sayNoRule   = "No rule here for this patient: see protocol."
	sayStrength = "Not settled at the strength of this card: ask iobot."
)

// drugRows works a drug out: one row for each dose of the rule that governs.
func (m *maker) drugRows(item knowledge.CardItem) ([]Row, error) {
	d, ok := m.base.Drug(item.Drug)
	if !ok {
		return nil, fmt.Errorf("make a card: %s does not exist", item.Drug)
	}
	status, withheld := m.withheld(&d.Meta)
	if withheld {
		return []Row{seeProtocol(d.ID, d.Title, status)}, nil
	}
	row := Row{Entry: d.ID, Name: d.Title, Review: status}
	ask := dose.Ask{Patient: m.patient}
	if in, named := d.Indication(item.Use); named {
		ask.Indication = in
		row.Use = in.Name
	}
	sel := dose.Select(m.base, d, ask, m.options.Guidelines)
	switch {
	case sel.Outcome == dose.Implausible:
		return nil, fmt.Errorf("%w: %s", ErrDoubt, sel.Reason)
	case sel.Outcome != dose.Answer || sel.Results == nil:
		row.Say = inWords(m.unsettled(sel.Outcome))
		return []Row{row}, nil
	}
	row.Entry += knowledge.ID("#" + sel.Rule.ID)
	row.Use = cmp.Or(sel.Rule.For, sel.Indication.Name) + ", " + sel.Rule.Population
	if !item.Strength.IsZero() && !slices.ContainsFunc(sel.Rule.At, item.Strength.Equal) {
		row.Say = inWords(sayStrength)
		return []Row{row}, nil
	}
	row.Sources = sel.Rule.Sources
	return m.doses(row, d, sel, item.Strength), nil
}

// unsettled says why a drug has no dose for the patient.
func (m *maker) unsettled(o dose.Outcome) string {
	switch o {
	case dose.NeedPopulation:
		m.card.NeedsAge = true
		return sayAge
	case dose.NeedIndication:
		return sayUse
	case dose.NoRule:
		return sayNoRule
	}
	return sayAge
}

// doses makes a row for each dose of the series.
func (m *maker) doses(first Row, d *knowledge.Drug, sel dose.Selection, strength quantity.Concentration) []Row {
	first.Warnings = append(texts(d.Warnings), texts(sel.Rule.Warnings)...)
	first.Give = m.give(sel)
	var rows []Row
	for i, step := range dose.Steps(sel.Rule) {
		row := Row{Entry: first.Entry, Name: first.Name, Review: first.Review, Sources: first.Sources}
		if i == 0 {
			row = first
		}
		row.Step = joined(", ", step.Step, step.When)
		if m.options.Multiply {
			row.figures(step, sel.Results[i], strength)
		} else {
			row.rule(step, sel.Rule, strength)
		}
		rows = append(rows, row)
	}
	return rows
}

// figures prints a dose that was worked out.
func (row *Row) figures(step knowledge.Dose, r dose.Result, strength quantity.Concentration) {
	row.Dose = r.Dose()
	if both := r.DoseBothUnits(); both != row.Dose {
		row.Also = strings.Trim(strings.TrimPrefix(both, row.Dose), " ()")
	}
	row.Limit = limit(step, r)
	for _, v := range r.Volumes {
		if strength.IsZero() || v.Concentration.Equal(strength) {
			row.volume(v)
			return
		}
	}
}

func (row *Row) volume(v dose.Volume) {
	row.Strength = v.Concentration.String()
	if v.TooSmall {
		row.Volume = "too small to measure: dilute first"
		return
	}
	row.Volume, row.Syringe = v.String(), v.Device()
	if v.Exact() != row.Volume {
		row.Exact = v.Exact()
	}
	if v.Small {
		row.Warnings = append(row.Warnings, "Under 0.1 mL: use a 1 mL syringe and have a second person check it.")
	}
}

// limit says how the dose stands to its maximum and minimum.
func limit(step knowledge.Dose, r dose.Result) string {
	var parts []string
	if r.Floored {
		parts = append(parts, "RAISED TO THE MINIMUM, "+step.Min.String())
	}
	if r.Capped {
		return joined("; ", append(parts, "AT THE MAXIMUM, "+step.Max.String()+star(step))...)
	}
	return joined("; ", append(parts, maximum(step))...)
}

// maximum is the largest single dose of a rule.
func maximum(step knowledge.Dose) string {
	switch {
	case !step.Max.IsZero():
		return "max " + step.Max.String() + star(step)
	case step.Dosage.PerKg:
		return "no maximum stated"
	case step.Dosage.IsRange():
		return "not by weight"
	}
	return "fixed dose"
}

// star marks a limit that does not come from the source of the rule.
func star(step knowledge.Dose) string {
	if step.MaxBasis == "" {
		return ""
	}
	return "*"
}

// rule prints a rule as it is written.
func (row *Row) rule(step knowledge.Dose, rule *knowledge.Rule, strength quantity.Concentration) {
	row.Dose = step.Dosage.String()
	row.Limit = maximum(step)
	if !step.Min.IsZero() {
		row.Limit = "min " + step.Min.String() + "; " + row.Limit
	}
	if len(rule.At) > 0 {
		row.Strength = rule.At[0].String()
	}
	if !strength.IsZero() {
		row.Strength = strength.String()
	}
}

// give says how a dose is given, how often, and how much in all.
func (m *maker) give(sel dose.Selection) string {
	rule, total := sel.Rule, sel.Results[0].Total.String()
	if !m.options.Multiply {
		total = rule.Total.String()
		if !rule.TotalMax.IsZero() {
			total = joined(", ", total, rule.TotalMax.String())
		}
	}
	if total != "" {
		total = "in all at most " + total
	}
	return joined("; ", rule.Rate, rule.Mixture.Text, rule.Repeat, joined(" ", total, rule.TotalNote))
}

// joined joins what is not empty.
func joined(between string, parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), between)
}

func texts(list []knowledge.Statement) []string {
	var out []string
	for _, s := range list {
		out = append(out, s.Text)
	}
	return out
}
