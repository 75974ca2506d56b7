package command

import (
	"strings"

	"iobot/bot"
	"iobot/knowledge"
	"iobot/knowledge/dose"
	"iobot/knowledge/quantity"
)

// doseCard is an answered dose on its way to a reply.
type doseCard struct {
	asked
	sel dose.Selection
}

// doseReply lays out a dose: warnings, the dose and its volume, the working
// and the limits, who says so, who says otherwise.
func (a *asking) doseReply(c doseCard) bot.Reply {
	rule, in := c.sel.Rule, c.sel.Indication
	b := builder{reply: bot.Reply{
		Outcome: bot.Answer,
		Title:   drugTitle(c.drug) + ", " + useName(rule, in) + ", " + rule.Population,
		Entries: []string{string(c.drug.ID) + "#" + rule.ID},
		Dose:    c.figures(),
		Subject: useCommand(c.drug, in, c.reading.patientWords()),
	}}
	b.cited.add(rule.Sources...)
	b.warn(c.drug.Warnings)
	b.warn(rule.Warnings)
	for _, w := range c.warnings() {
		b.add(bot.Warning{Text: w})
	}
	b.add(bot.Lead{Text: c.headline()})
	a.doseFields(&b, c)
	a.otherSources(&b, c)
	b.bullets("Cautions", append(append([]knowledge.Statement{}, rule.Notes...), c.drug.Cautions...))
	if len(rule.NotConfirmed) > 0 {
		b.add(bot.Note{Text: "Not confirmed in what was read: " + strings.Join(rule.NotConfirmed, " ")})
	}
	b.reply.Choices = a.nextSteps(c)
	b.reply.Sources = b.cited.sources(a.base)
	return b.reply
}

// useName is what the rule is for: its own words, or the name of the use.
func useName(rule *knowledge.Rule, in *knowledge.Indication) string {
	if rule.For != "" {
		return rule.For
	}
	return in.Name
}

// volume is the volume at the strength that was asked for, or at the usual
// one; false for a dose in mL.
func (c doseCard) volume(r dose.Result) (dose.Volume, bool) {
	for _, v := range r.Volumes {
		if c.strength.found && v.Concentration.Equal(c.strength.stock.Strength) {
			return v, true
		}
	}
	if len(r.Volumes) == 0 {
		return dose.Volume{}, false
	}
	return r.Volumes[0], true
}

// figures is the dose for programs, as people are shown it.
func (c doseCard) figures() *bot.Dose {
	first := c.sel.Results[0]
	d := &bot.Dose{
		Drug:       c.drug.ID.Slug(),
		Indication: c.sel.Indication.Name,
		Population: c.sel.Rule.Population,
		Dose:       first.Dose(),
		Capped:     first.Capped,
		Working:    first.Working,
	}
	if w := c.reading.patient.Weight; w != 0 {
		d.WeightKg = strings.TrimSuffix(w.String(), " kg")
	}
	if v, ok := c.volume(first); ok {
		d.Concentration = v.Concentration.String()
		switch {
		case v.TooSmall:
		case first.Per != "":
			d.Rate = v.Exact()
		default:
			d.Volume = v.Exact()
		}
	}
	return d
}

// headline is the dose in one line: "12 kg: 0.12 mg (120 mcg) = 1.2 mL of 0.1 mg/mL".
func (c doseCard) headline() string {
	text := c.doseLine(c.sel.Results[0])
	if step := c.sel.Rule.Step; step != "" {
		text = capital(step) + ": " + text
	}
	if w := c.reading.patient.Weight; w != 0 {
		text = w.String() + ": " + text
	}
	return text
}

func (c doseCard) doseLine(r dose.Result) string {
	text := r.DoseBothUnits()
	v, ok := c.volume(r)
	switch {
	case !ok:
		return text
	case v.TooSmall:
		return text + "; too small a volume of " + v.Concentration.String() + " to measure: dilute first"
	}
	text += " = " + v.Exact() + " of " + v.Concentration.String()
	if v.Exact() != v.String() {
		text += ", " + drawnUp(v) + " as " + v.String()
	}
	return text
}

func drawnUp(v dose.Volume) string {
	if v.Per != "" {
		return "set"
	}
	return "drawn up"
}

// warnings are what the figures themselves call for.
func (c doseCard) warnings() []string {
	var out []string
	first := c.sel.Results[0]
	if v, ok := c.volume(first); ok && v.Small {
		out = append(out, "Under 0.1 mL: use a 1 mL syringe and have a second person check it.")
	}
	if first.Capped {
		out = append(out, "Held at the maximum single dose, "+c.sel.Rule.Max.String()+"."+capBasis(c.sel.Rule.Dose))
	}
	if first.Floored {
		out = append(out, "Raised to the minimum dose, "+c.sel.Rule.Min.String()+".")
	}
	if c.reading.patient.Echo != "" && strings.Contains(c.reading.patient.Echo, "from") {
		out = append(out, "Read as "+c.reading.patient.Echo+".")
	}
	return out
}

func capBasis(d knowledge.Dose) string {
	if d.MaxBasis == "" {
		return ""
	}
	return " " + sentence(strings.TrimSuffix(d.MaxBasis, "."))
}

// doseFields adds the working, the limits and how the dose is given.
func (a *asking) doseFields(b *builder, c doseCard) {
	rule := c.sel.Rule
	var rows []bot.Field
	text := func(label, value string) {
		if value != "" {
			rows = append(rows, bot.Field{Label: label, Value: value})
		}
	}
	text("Working", c.sel.Results[0].Working)
	text("Draw up from", c.drawUp())
	for i, next := range rule.Then {
		text(capital(next.Step), c.doseLine(c.sel.Results[i+1])+when(next))
	}
	text("Maximum", maximumText(rule.Dose))
	text("In all", c.totalText())
	text("Give", rule.Rate)
	b.field(&rows, "Mixture", rule.Mixture)
	text("Repeat", rule.Repeat)
	flush := rule.Flush
	if flush.Text == "" {
		flush = c.drug.Flush
	}
	b.field(&rows, "Flush", flush)
	text("Rule", rule.Dosage.String()+", "+rule.Edition+". "+gradeWords[rule.Grade])
	b.add(bot.Fields{Rows: rows})
}

func when(d knowledge.Dose) string {
	if d.When == "" {
		return ""
	}
	return ", " + d.When
}

// drawUp lists the volume at each strength that the rule may be drawn from,
// with the container and what measures it.
func (c doseCard) drawUp() string {
	var parts []string
	for _, v := range c.sel.Results[0].Volumes {
		if v.TooSmall {
			continue
		}
		part := v.String() + " of " + v.Concentration.String()
		for _, s := range c.drug.Concentrations {
			if s.Strength.Equal(v.Concentration) && s.Container != "" {
				part += " (" + s.Container + ")"
			}
		}
		if v.ChangePercent.Sign() > 0 {
			part += ", rounded from " + v.Exact()
		}
		parts = append(parts, part+", "+v.Device())
	}
	return strings.Join(parts, "; or ")
}

func maximumText(d knowledge.Dose) string {
	switch {
	case !d.Max.IsZero():
		return d.Max.String() + " a dose" + dotted(d.MaxBasis)
	case d.NoMax != "":
		return "none stated: " + d.NoMax
	}
	return ""
}

func dotted(s string) string {
	if s == "" {
		return ""
	}
	return " (" + s + ")"
}

// totalText is the limit of all doses together, worked out for the weight.
func (c doseCard) totalText() string {
	rule := c.sel.Rule
	total := c.sel.Results[0].Total
	text := totalText(rule)
	if text == "" || total.IsZero() || !rule.Total.PerKg {
		return strings.TrimPrefix(text, "in all ")
	}
	return total.String() + " (" + strings.TrimPrefix(text, "in all ") + ")"
}

// otherSources adds what other rules and sources say for the same patient.
func (a *asking) otherSources(b *builder, c doseCard) {
	var items []string
	for _, o := range c.sel.Others {
		var who []string
		for _, r := range o.Rules {
			who = append(who, r.Family+" ("+r.Edition+")")
			b.cited.add(r.Sources...)
		}
		items = append(items, joinWords(who)+": "+otherDose(o))
	}
	items = append(items, texts(c.sel.Indication.OthersSay)...)
	b.cited.statements(c.sel.Indication.OthersSay...)
	if len(items) > 0 {
		b.add(bot.Heading{Text: "Other sources say"})
		b.add(bot.Bullets{Items: items})
	}
}

func otherDose(o dose.Other) string {
	text := ruleDose(o)
	switch {
	case o.Agrees:
		text = "the same, " + text
	case o.Rules[0].OtherOnly:
		text += "; superseded or disputed"
	}
	if o.Rules[0].For != "" {
		text += ", " + o.Rules[0].For
	}
	return text
}

func ruleDose(o dose.Other) string {
	if o.Results == nil {
		return doseText(o.Rules[0].Dose)
	}
	text := o.Results[0].Dose()
	if o.Rules[0].Dosage.PerKg {
		text += " (" + doseText(o.Rules[0].Dose) + ")"
	}
	return text
}

// nextSteps offers the other uses for the same patient, the reasoning and the
// look-alikes' entries.
func (a *asking) nextSteps(c doseCard) []bot.Choice {
	patient := c.reading.patientWords()
	out := []bot.Choice{{Label: "Why this dose", Command: "why " + useCommand(c.drug, c.sel.Indication, patient)}}
	for _, in := range c.drug.Indications {
		if in != c.sel.Indication {
			out = append(out, bot.Choice{Label: capital(in.Name), Command: useCommand(c.drug, in, patient)})
		}
	}
	out = append(out, bot.Choice{Label: "All about " + c.drug.Name, Command: "ask " + string(c.drug.ID)})
	return limit(append(out, a.entryChoices(c.drug.Related)...), maxChoices)
}

// ruleOnly is the reply of reference mode: the rule in words and the worked
// examples as they are written. Nothing is multiplied.
func (a *asking) ruleOnly(d *knowledge.Drug, sel dose.Selection) bot.Reply {
	rule := sel.Rule
	var b builder
	b.reply.Outcome = bot.Answer
	b.reply.Title = drugTitle(d) + ", " + useName(rule, sel.Indication) + ", " + rule.Population
	b.reply.Entries = []string{string(d.ID) + "#" + rule.ID}
	b.cited.add(rule.Sources...)
	b.warn(d.Warnings)
	b.warn(rule.Warnings)
	b.add(bot.Lead{Text: ruleText(rule)})
	table := bot.Table{Head: []string{"Weight", "Dose and volume"}}
	for _, check := range rule.Checks {
		table.Rows = append(table.Rows, []string{check.Weight.String(), strings.TrimSuffix(check.Dose+" = "+check.Volume, " = ")})
	}
	b.add(bot.Heading{Text: "Printed examples"})
	b.add(table)
	b.bullets("Cautions", d.Cautions)
	b.reply.Sources = b.cited.sources(a.base)
	return b.reply
}

// times is how many times as strong one strength is as another, in words.
func times(strong, weak quantity.Number) string {
	q := strong.Quo(weak)
	if !q.IsWhole() {
		return ""
	}
	return q.String() + " times as strong"
}
