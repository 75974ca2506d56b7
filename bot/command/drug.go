package command

import (
	"slices"
	"strings"

	"iobot/bot"
	"iobot/knowledge"
)

// drugReply shows what is known of a drug, or of one use of it: the rules in
// words, what is special by the intraosseous route, and cautions. Nothing is
// multiplied; each use is a tap away as a dose question.
func (a *asking) drugReply(d *knowledge.Drug, part string) bot.Reply {
	if in, _, ok := d.Rule(part); ok {
		part = in.ID
	}
	var b builder
	b.reply.Outcome = bot.Answer
	b.reply.Title = drugTitle(d)
	b.reply.Entries = []string{string(d.ID)}
	b.reply.Subject = "dose " + d.ID.Slug()
	b.warn(d.Warnings)
	b.lead(knowledge.Statement{Text: sentence(d.Class)})
	for _, in := range d.Indications {
		if part != "" && part != in.ID {
			continue
		}
		if part != "" {
			b.reply.Title += ", " + in.Name
			b.reply.Entries = []string{string(d.ID) + "#" + in.ID}
		}
		a.rulesInWords(&b, in)
		if inForce(in) {
			b.reply.Choices = append(b.reply.Choices, bot.Choice{Label: "Dose: " + in.Name, Command: useCommand(d, in, "")})
		}
	}
	b.bullets("By the intraosseous route", d.IO)
	b.bullets("Cautions", d.Cautions)
	a.lookAlikes(&b, d)
	b.reply.Choices = limit(append(b.reply.Choices, a.entryChoices(d.Related)...), maxChoices)
	b.reply.Sources = b.cited.sources(a.base)
	return b.reply
}

// inForce reports whether a use has a rule that is neither superseded nor
// disputed.
func inForce(in *knowledge.Indication) bool {
	return slices.ContainsFunc(in.Rules, func(r *knowledge.Rule) bool { return !r.OtherOnly })
}

// drugTitle is both official names: "EPINEPHrine (adrenaline)".
func drugTitle(d *knowledge.Drug) string {
	if d.OtherName == "" {
		return d.Name
	}
	return d.Name + " (" + d.OtherName + ")"
}

// rulesInWords adds the rules of a use, the family that governs first.
func (a *asking) rulesInWords(b *builder, in *knowledge.Indication) {
	rules := slices.Clone(in.Rules)
	slices.SortStableFunc(rules, func(x, y *knowledge.Rule) int { return a.familyRank(x) - a.familyRank(y) })
	var rows []bot.Field
	for _, r := range rules {
		rows = append(rows, bot.Field{
			Label: capital(r.Population) + ", " + r.Family,
			Value: ruleText(r),
		})
		b.cited.add(r.Sources...)
	}
	b.add(bot.Heading{Text: capital(in.Name)})
	b.add(bot.Fields{Rows: rows})
	b.bullets("Other sources say", in.OthersSay)
}

// familyRank is the place of a rule's family in the setting; superseded and
// disputed rules come last.
func (a *asking) familyRank(r *knowledge.Rule) int {
	i := slices.Index(a.Guidelines, r.Family)
	switch {
	case r.OtherOnly:
		return len(a.Guidelines) + 1
	case i < 0:
		return len(a.Guidelines)
	}
	return i
}

// ruleText is a rule in words: "0.01 mg/kg, maximum 1 mg; every 3 to 5 minutes".
func ruleText(r *knowledge.Rule) string {
	parts := []string{doseText(r.Dose)}
	for _, next := range r.Then {
		parts = append(parts, "then "+next.Step+" "+doseText(next))
	}
	for _, s := range []string{totalText(r), r.Rate, r.Repeat} {
		if s != "" {
			parts = append(parts, s)
		}
	}
	text := strings.Join(parts, "; ") + " (" + r.Edition + ")"
	if r.OtherOnly {
		text += ". Superseded or disputed"
	}
	return text
}

func doseText(d knowledge.Dose) string {
	text := d.Dosage.String()
	if !d.Min.IsZero() {
		text += ", minimum " + d.Min.String()
	}
	if !d.Max.IsZero() {
		text += ", maximum " + d.Max.String()
	}
	return text
}

func totalText(r *knowledge.Rule) string {
	var parts []string
	if !r.Total.IsZero() {
		parts = append(parts, r.Total.String())
	}
	if !r.TotalMax.IsZero() {
		parts = append(parts, "at most "+r.TotalMax.String())
	}
	if r.TotalNote != "" {
		parts = append(parts, r.TotalNote)
	}
	if len(parts) == 0 {
		return ""
	}
	return "in all " + strings.Join(parts, ", ")
}

func (a *asking) lookAlikes(b *builder, d *knowledge.Drug) {
	var list []knowledge.Statement
	for _, l := range d.LookAlikes {
		list = append(list, knowledge.Statement{Text: l.Name + ": " + l.Difference.Text, Sources: l.Difference.Sources})
	}
	b.bullets("Not to be confused with", list)
}
