package command

import (
	"strings"

	"iobot/bot"
	"iobot/index"
	"iobot/knowledge"
)

// needle answers which needle length, by weight, age and bone.
func needle(a *asking) (bot.Reply, error) {
	r := a.read(a.Args)
	if unclear := a.unclearPatient("needle", r); unclear != nil {
		return *unclear, nil
	}
	if !r.onlyWords(needleWords) {
		return a.searchReply("needle "+a.Args, nil)
	}
	device := a.needleDevice(r.text)
	if device == nil {
		return a.searchReply("needle "+a.Args, nil)
	}
	if reply, withheld := a.withheld(&device.Meta); withheld {
		return reply, nil
	}
	if len(device.Needles) == 0 {
		return a.deviceReply(device), nil
	}
	var b builder
	b.reply.Outcome = bot.Answer
	b.reply.Title = device.Title + " needle"
	b.reply.Entries = []string{string(device.ID)}
	b.reply.Subject = "needle"
	if r.knownPatient() {
		b.reply.Title += ", " + r.patientWords()
		b.reply.Subject += " " + r.patientWords()
	}
	a.needleAdvice(&b, device, r)
	b.reply.Choices = a.needleChoices(r)
	b.reply.Sources = b.cited.sources(a.base)
	return b.reply, nil
}

// needleDevice is the device named in the text, or else the first one that
// has needles to choose between.
func (a *asking) needleDevice(text string) *knowledge.Device {
	for _, m := range a.snapshot.FindNames(text, index.Device) {
		d, _ := a.base.Device(m.ID)
		return d
	}
	for _, d := range a.base.Devices {
		if len(d.Choose) > 0 {
			return d
		}
	}
	return nil
}

// needleAdvice adds the advice for the patient, the bedside check, and the
// needles whose label fits the weight.
func (a *asking) needleAdvice(b *builder, d *knowledge.Device, r reading) {
	b.warn(d.Warnings)
	if d.Check.Text != "" {
		b.add(bot.Warning{Text: d.Check.Text})
		b.cited.statements(d.Check)
	}
	a.needleChoice(b, d, r)
	table := bot.Table{Head: []string{"Needle", "Length", "Label", "Usual for"}}
	for _, n := range d.Needles {
		if w := r.patient.Weight; w != 0 && !n.Weight.Contains(w) {
			continue
		}
		name := n.Name
		if n.Colour != "" && !strings.Contains(strings.ToLower(name), n.Colour) {
			name = n.Colour + " " + name
		}
		table.Rows = append(table.Rows, []string{capital(name), n.Length, n.Weight.String(), n.Typical})
		b.cited.add(n.Sources...)
	}
	if len(table.Rows) > 0 {
		b.add(bot.Heading{Text: "Needles labelled for this weight"})
		b.add(table)
	}
	for _, n := range d.Needles {
		if w := r.patient.Weight; w == 0 || n.Weight.Contains(w) {
			b.bullets("Cautions: "+n.Name, n.Cautions)
		}
	}
	if r.patient.Weight == 0 {
		b.add(bot.Note{Text: "Give a weight, such as needle 6 kg, for the needles that are labelled for it."})
	}
}

// needleChoice adds the advice for the patient. Where several ages are
// possible, each is named.
func (a *asking) needleChoice(b *builder, d *knowledge.Device, r reading) {
	var fit []knowledge.NeedleChoice
	for _, c := range d.Choose {
		if r.knownPatient() && r.fits(a.base, c.Weight, c.Age) {
			fit = append(fit, c)
		}
	}
	if len(fit) == 1 {
		b.lead(fit[0].Advice)
		return
	}
	var rows []bot.Field
	for _, c := range fit {
		b.field(&rows, capital(c.Age.String()), c.Advice)
	}
	if len(rows) > 0 {
		b.add(bot.Fields{Rows: rows})
	}
}

func (a *asking) needleChoices(r reading) []bot.Choice {
	var out []bot.Choice
	if r.knownPatient() {
		out = append(out, bot.Choice{Label: "Which bone: " + r.patientWords(), Command: "site " + r.patientWords()})
	}
	return append(out, a.entryChoices([]knowledge.ID{"article/needle-length", "article/five-millimetre-check", "article/dwell-time"})...)
}

// deviceReply shows a device.
func (a *asking) deviceReply(d *knowledge.Device) bot.Reply {
	var b builder
	b.reply.Outcome = bot.Answer
	b.reply.Title = d.Title
	b.reply.Entries = []string{string(d.ID)}
	b.reply.Subject = "ask " + string(d.ID)
	b.warn(d.Warnings)
	b.lead(d.Summary)
	var rows []bot.Field
	b.field(&rows, "For whom", d.Ages)
	b.field(&rows, "Sites", d.Sites)
	b.field(&rows, "How long", d.Dwell)
	b.field(&rows, "MRI", d.MRI)
	b.field(&rows, "Check", d.Check)
	if len(rows) > 0 {
		b.add(bot.Fields{Rows: rows})
	}
	if len(d.Needles) > 0 {
		a.needleAdvice(&b, d, reading{})
	}
	b.bullets("Notes", d.Notes)
	b.bullets("Cautions", d.Cautions)
	b.reply.Choices = limit(a.entryChoices(d.Related), maxChoices)
	b.reply.Sources = b.cited.sources(a.base)
	return b.reply
}
