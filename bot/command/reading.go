package command

import (
	"slices"
	"strings"

	"iobot/bot"
	"iobot/index"
	"iobot/knowledge"
	"iobot/knowledge/quantity"
)

// reading is what a line was understood to say. Names are exact names and
// aliases only; nothing in it was guessed.
type reading struct {
	text    string // as typed
	patient quantity.Patient
	drugs   []*knowledge.Drug     // in the order named, without repeats
	use     *knowledge.Indication // of the drug, when it was named by its id
	sites   []*knowledge.Site
	devices []*knowledge.Device
	named   string // the text without the patient
	rest    string // what is left of it without drugs, sites and devices
}

// read understands a line as far as exact names and figures go.
func (a *asking) read(text string) reading {
	r := reading{text: text, patient: quantity.ReadPatient(text, a.populations)}
	r.named = r.patient.Rest
	var rest string
	r.drugs, rest = named(a, r.named, index.Drug, a.base.Drug)
	r.sites, rest = named(a, rest, index.Site, a.base.Site)
	r.devices, r.rest = named(a, rest, index.Device, a.base.Device)
	return r
}

// named returns the entries of one kind that a text names exactly, and the
// text without their names.
func named[E comparable](a *asking, text, kind string, get func(knowledge.ID) (E, bool)) ([]E, string) {
	var out []E
	found := a.snapshot.FindNames(text, kind)
	for _, m := range found {
		if e, ok := get(m.ID); ok && !slices.Contains(out, e) {
			out = append(out, e)
		}
	}
	return out, cut(text, found)
}

// onlyName is the entry that a line names when it does nothing else.
func (r reading) onlyName() (knowledge.ID, bool) {
	if r.knownPatient() || r.doubtful() || !onlyFillers(r.rest) {
		return "", false
	}
	switch {
	case len(r.drugs) == 1 && len(r.sites) == 0 && len(r.devices) == 0 && !holdsAny(r.text, doseWords):
		return r.drugs[0].ID, true
	case len(r.devices) == 1 && len(r.drugs) == 0 && len(r.sites) == 0:
		return r.devices[0].ID, true
	}
	return "", false
}

// doubtful reports whether something about the patient must be asked first.
func (r reading) doubtful() bool { return len(r.patient.Doubts) > 0 }

// knownPatient reports whether anything is known of the patient.
func (r reading) knownPatient() bool {
	p := r.patient
	return p.Weight != 0 || p.HasAge() || p.Population != ""
}

// patientWords is the patient as a command line has it: "12 kg 8 months child".
func (r reading) patientWords() string {
	var parts []string
	if r.patient.Weight != 0 {
		parts = append(parts, r.patient.Weight.String())
	}
	if r.patient.HasAge() {
		parts = append(parts, r.patient.Age.String())
	}
	if r.patient.Population != "" {
		parts = append(parts, r.patient.Population)
	}
	return strings.Join(parts, " ")
}

// mayBe reports whether the patient can be of the age range.
func (r reading) mayBe(b *knowledge.Base, age quantity.AgeRange) bool { return b.MayBe(r.patient, age) }

// fits reports whether advice for a weight and age is for the patient.
func (r reading) fits(b *knowledge.Base, w quantity.WeightRange, age quantity.AgeRange) bool {
	if r.patient.Weight != 0 && !w.Contains(r.patient.Weight) {
		return false
	}
	return r.mayBe(b, age)
}

// unclearPatient asks about what is in doubt, or about a weight and an age
// that do not go together; nil when the patient is clear.
func (a *asking) unclearPatient(command string, r reading) *bot.Reply {
	if r.doubtful() {
		reply := a.clarifyPatient(command, r)
		return &reply
	}
	if r.patient.Weight == 0 || r.believed(a.base) {
		return nil
	}
	byWeight, byAge := r, r
	byWeight.patient.Age, byWeight.patient.AgeUnder, byWeight.patient.Population = 0, 0, ""
	byAge.patient.Weight = 0
	line := squeeze(command + " " + r.subject())
	reply := bot.Reply{
		Outcome: bot.Clarify,
		Title:   "Weight and age do not go together",
		Blocks:  []bot.Block{bot.Lead{Text: r.patientWords() + " is not believed. Check both, then ask again."}},
		Choices: []bot.Choice{
			{Label: "Only the weight: " + byWeight.patientWords(), Command: line + " " + byWeight.patientWords()},
			{Label: "Only the age: " + byAge.patientWords(), Command: line + " " + byAge.patientWords()},
		},
	}
	return &reply
}

// believed reports whether the weight is one that is believed at one of the
// patient's possible ages.
func (r reading) believed(b *knowledge.Base) bool {
	ages := b.Ages(r.patient)
	for _, band := range b.Plausible {
		if !band.Weight.Contains(r.patient.Weight) {
			continue
		}
		for _, age := range ages {
			if age.Overlaps(band.Age) {
				return true
			}
		}
	}
	return false
}

// clarifyPatient asks about the first thing in doubt, with complete commands
// as choices and no figure of a dose.
func (a *asking) clarifyPatient(command string, r reading) bot.Reply {
	d := r.patient.Doubts[0]
	reply := bot.Reply{
		Outcome: bot.Clarify,
		Title:   capital(string(d.Kind)) + ": " + d.Text,
		Blocks:  []bot.Block{bot.Lead{Text: d.Say}},
	}
	if d.Kind == quantity.NotPositive || d.Kind == quantity.Implausible {
		reply.Outcome = bot.Refused
	}
	rest := strings.TrimSpace(command + " " + strings.Replace(r.text, d.Text, " ", 1))
	for _, w := range d.Weights {
		reply.Choices = append(reply.Choices, bot.Choice{Label: w.String(), Command: squeeze(rest + " " + w.String())})
	}
	for _, age := range d.Ages {
		reply.Choices = append(reply.Choices, bot.Choice{Label: age.String(), Command: squeeze(rest + " " + age.String())})
	}
	return reply
}

func squeeze(s string) string { return strings.Join(strings.Fields(s), " ") }
