package command

import (
	"slices"
	"strings"

	"iobot/bot"
	"iobot/index"
	"iobot/knowledge"
	"iobot/knowledge/dose"
)

// asked is a dose question that is understood: one drug, at most one use, and
// no word left over.
type asked struct {
	drug     *knowledge.Drug
	use      *knowledge.Indication // nil when none was named
	strength strength
	reading  reading
}

// doseFor answers an exact dose, or asks for the one thing that is missing or
// in doubt. A reply that asks holds no figure of a dose.
func doseFor(a *asking) (bot.Reply, error) {
	q, unclear := a.understand(a.readDose(a.Args))
	if unclear != nil {
		return *unclear, nil
	}
	return a.selected(q), nil
}

// readDose reads a line for the dose command. The commands behind choices name
// drug and use by their ids, "epinephrine#arrest 12 kg", which no word in the
// name of a use can make ambiguous.
func (a *asking) readDose(line string) reading {
	first, rest, _ := strings.Cut(line, " ")
	id := knowledge.ID("drug/" + first)
	d, ok := a.base.Drug(id)
	if !ok || id.Part() == "" {
		return a.read(line)
	}
	use, ok := d.Indication(id.Part())
	if !ok {
		return a.read(line)
	}
	r := a.read(rest)
	if !slices.Contains(r.drugs, d) {
		r.drugs = append([]*knowledge.Drug{d}, r.drugs...)
	}
	r.text, r.use = line, use
	return r
}

// understand makes a dose question of what was read, or a reply that asks
// what is unclear.
func (a *asking) understand(r reading) (asked, *bot.Reply) {
	ask := func(reply bot.Reply) (asked, *bot.Reply) { return asked{}, &reply }
	switch {
	case len(r.drugs) == 0:
		return ask(a.noDrug(r))
	case len(r.drugs) > 1:
		return ask(a.whichDrug(r))
	}
	d := r.drugs[0]
	if reply, withheld := a.withheld(&d.Meta); withheld {
		return ask(reply)
	}
	if unclear := a.unclearPatient("dose", r); unclear != nil {
		return ask(*unclear)
	}
	strength, rest := typedStrength(d, r.rest)
	if strength.wrong(d.Indications) {
		return ask(a.wrongStrength(d, strength, r))
	}
	r.rest = rest
	uses, rest := a.uses(d, r)
	if r.use != nil && !slices.Contains(uses, r.use) {
		uses = append(uses, r.use)
	}
	switch {
	case len(uses) > 1:
		return ask(a.whichUse(d, uses, r, "More than one use is named. Pick one."))
	case !onlyFillers(rest):
		return ask(a.whichUse(d, d.Indications, r, notAUse(d, rest)))
	}
	q := asked{drug: d, strength: strength, reading: r}
	if len(uses) == 1 {
		q.use = uses[0]
	}
	return q, nil
}

// choose works out which rule governs.
func (a *asking) choose(q asked) dose.Selection {
	return dose.Select(a.base, q.drug, dose.Ask{Indication: q.use, Patient: q.reading.patient}, a.Guidelines)
}

// selected answers with the rule that governs, or asks what keeps it open.
func (a *asking) selected(q asked) bot.Reply {
	sel := a.choose(q)
	switch sel.Outcome {
	case dose.Answer:
		if q.strength.wrong([]*knowledge.Indication{{Rules: []*knowledge.Rule{sel.Rule}}}) {
			return a.wrongStrength(q.drug, q.strength, q.reading)
		}
		if !a.Multiply {
			return a.ruleOnly(q.drug, sel)
		}
		return a.doseReply(doseCard{asked: q, sel: sel})
	case dose.NeedIndication:
		return a.whichUse(q.drug, sel.Indications, q.reading, "Several uses have their own dose. Pick one.")
	case dose.NeedPopulation:
		return a.whichPatient(q, sel)
	case dose.NeedWeight:
		return a.whichWeight(q, sel)
	}
	return a.noRule(q, sel)
}

// noRule says that nothing governs for this patient. A use with nothing but
// superseded or disputed rules is shown as it is written, and not worked out.
func (a *asking) noRule(q asked, sel dose.Selection) bot.Reply {
	if q.use != nil && !inForce(q.use) {
		reply := a.drugReply(q.drug, q.use.ID)
		warning := bot.Warning{Text: "No rule in force is in this knowledge base for this use, so nothing is worked out."}
		reply.Blocks = append([]bot.Block{warning}, reply.Blocks...)
		return reply
	}
	return bot.Reply{
		Outcome: bot.NotFound,
		Title:   drugTitle(q.drug),
		Blocks:  []bot.Block{bot.Lead{Text: "No rule here for this patient: " + sel.Reason + "."}},
		Entries: []string{string(q.drug.ID)},
		Choices: a.useChoices(q.drug, q.drug.Indications, reading{}),
	}
}

// uses returns the uses of a drug that a line names, and what is left of the
// line then. A name of the drug may name the use as well: "FFP" does.
func (a *asking) uses(d *knowledge.Drug, r reading) ([]*knowledge.Indication, string) {
	get := func(id knowledge.ID) (*knowledge.Indication, bool) { return d.Indication(id.Part()) }
	uses, _ := named(a, r.named, string(d.ID), get)
	_, rest := named(a, r.rest, string(d.ID), get)
	return uses, rest
}

// useCommand is the command line for a use of a drug and what is known of the
// patient.
func useCommand(d *knowledge.Drug, in *knowledge.Indication, patient string) string {
	use := ""
	if in != nil {
		use = "#" + in.ID
	}
	return strings.TrimSpace("dose " + d.ID.Slug() + use + " " + patient)
}

func (a *asking) useChoices(d *knowledge.Drug, uses []*knowledge.Indication, r reading) []bot.Choice {
	var out []bot.Choice
	for _, in := range uses {
		out = append(out, bot.Choice{Label: capital(in.Name), Command: useCommand(d, in, r.patientWords())})
	}
	return limit(out, maxChoices)
}

// notAUse says which words are not understood as a use of the drug.
func notAUse(d *knowledge.Drug, rest string) string {
	return "\"" + strings.Join(strangers(rest), " ") + "\" is not understood as a use of " + d.Name + " here. Pick the use, or ask again in other words."
}

func (a *asking) whichUse(d *knowledge.Drug, uses []*knowledge.Indication, r reading, why string) bot.Reply {
	return bot.Reply{
		Outcome: bot.Clarify,
		Title:   drugTitle(d) + ": for what?",
		Blocks:  []bot.Block{bot.Lead{Text: why}},
		Entries: []string{string(d.ID)},
		Choices: a.useChoices(d, uses, r),
	}
}

func (a *asking) whichDrug(r reading) bot.Reply {
	reply := bot.Reply{
		Outcome: bot.Clarify,
		Title:   "Which drug?",
		Blocks:  []bot.Block{bot.Lead{Text: "More than one is named. One dose at a time."}},
	}
	for _, d := range r.drugs {
		reply.Entries = append(reply.Entries, string(d.ID))
		reply.Choices = append(reply.Choices, bot.Choice{Label: capital(drugTitle(d)), Command: useCommand(d, nil, r.patientWords())})
	}
	return reply
}

// noDrug offers drugs with similar names, each to be picked; a similar name
// is never taken for the one that was meant.
func (a *asking) noDrug(r reading) bot.Reply {
	for _, m := range a.snapshot.FindNames(r.rest, index.LookAlike) {
		return bot.Reply{
			Outcome: bot.NotFound,
			Title:   m.Name + " is not in this knowledge base",
			Blocks:  []bot.Block{bot.Lead{Text: "It is easily mistaken for another drug that is. Nothing is offered in its place."}},
			Choices: a.entryChoices([]knowledge.ID{m.ID}),
		}
	}
	choices := a.similarDrugs(r)
	if len(choices) == 0 {
		reply := a.unknown()
		reply.Blocks[0] = bot.Lead{Text: "No drug or fluid of this knowledge base is named here."}
		return reply
	}
	return bot.Reply{
		Outcome: bot.Clarify,
		Title:   "Which drug is meant?",
		Blocks: []bot.Block{
			bot.Lead{Text: "No drug here has exactly that name. Is one of these meant? If not, it is not in this knowledge base."},
		},
		Choices: choices,
	}
}

func (a *asking) similarDrugs(r reading) []bot.Choice {
	var out []bot.Choice
	for _, word := range append(strangers(r.rest), r.rest) {
		for _, s := range a.snapshot.SuggestDrugs(word, 5) {
			d, _ := a.base.Drug(s.ID)
			c := bot.Choice{Label: capital(drugTitle(d)) + ", " + d.Class, Command: useCommand(d, nil, r.patientWords())}
			if !hasCommand(out, c.Command) {
				out = append(out, c)
			}
		}
	}
	return limit(out, maxChoices)
}

func (a *asking) whichPatient(q asked, sel dose.Selection) bot.Reply {
	reply := bot.Reply{
		Outcome: bot.Clarify,
		Title:   drugTitle(q.drug) + ": for whom?",
		Blocks:  []bot.Block{bot.Lead{Text: "The dose differs between these" + forWeight(q.reading) + ". Pick one."}},
		Entries: []string{string(q.drug.ID)},
	}
	for _, c := range sel.Choices {
		p := q.reading
		p.patient.Population, p.patient.Age, p.patient.AgeUnder = "", 0, 0
		reply.Choices = append(reply.Choices, bot.Choice{
			Label:   capital(c.Text),
			Command: useCommand(q.drug, q.use, c.Word+" "+p.patientWords()),
		})
	}
	return reply
}

func forWeight(r reading) string {
	if r.patient.Weight == 0 {
		return ""
	}
	return " for " + r.patient.Weight.String()
}

func (a *asking) whichWeight(q asked, sel dose.Selection) bot.Reply {
	line := useCommand(q.drug, q.use, q.reading.patientWords())
	reply := bot.Reply{
		Outcome: bot.Clarify,
		Title:   drugTitle(q.drug) + ": what weight?",
		Blocks: []bot.Block{
			bot.Lead{Text: "The dose goes by weight. Add it with its unit, for example: " + line + " 12 kg."},
			bot.Text{Text: "An age is never turned into a weight here."},
		},
		Entries: []string{string(q.drug.ID)},
		Subject: line,
	}
	for _, c := range sel.Choices {
		reply.Choices = append(reply.Choices, bot.Choice{Label: capital(c.Text), Command: useCommand(q.drug, q.use, c.Word)})
	}
	reply.Choices = append(reply.Choices, a.entryChoices([]knowledge.ID{"article/weight-estimation"})...)
	return reply
}
