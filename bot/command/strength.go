package command

import (
	"regexp"
	"slices"
	"strings"

	"iobot/bot"
	"iobot/knowledge"
	"iobot/knowledge/quantity"
)

// strength is a strength that was typed with a drug, such as "1 mg/mL" or the
// old ratio label of an ampoule.
type strength struct {
	found bool // one was typed
	typed string
	stock *knowledge.Stock // nil when the drug is not stocked so
}

// typedConcentration finds an amount per mL; typedLabel an old label, which is
// a ratio or a percentage.
var (
	typedConcentration = regexp.MustCompile(`(?i)([0-9][0-9.,]*) ?(mg|mcg|g|units?|mmol|meq) ?(?:/|per) ?ml\b`)
	typedLabel         = regexp.MustCompile(`(?i)\b1 ?(?::|in) ?[0-9][0-9,]*\b|[0-9][0-9.]* ?%`)
)

// typedStrength finds the strength in a text, and returns the text without it.
func typedStrength(d *knowledge.Drug, text string) (strength, string) {
	if m := typedConcentration.FindStringSubmatch(text); m != nil {
		s := strength{found: true, typed: m[0]}
		if c, err := quantity.ParseConcentration(m[1] + " " + unitAsWritten(m[2]) + "/mL"); err == nil {
			s.stock = stockWhere(d, func(x knowledge.Stock) bool { return x.Strength.Equal(c) })
		}
		return s, strings.Replace(text, m[0], " ", 1)
	}
	if label := typedLabel.FindString(text); label != "" {
		s := strength{found: true, typed: label}
		s.stock = stockWhere(d, func(x knowledge.Stock) bool { return x.Label != "" && plainLabel(x.Label) == plainLabel(label) })
		return s, strings.Replace(text, label, " ", 1)
	}
	return strength{}, text
}

func unitAsWritten(typed string) string {
	switch u := strings.ToLower(typed); u {
	case "unit":
		return "units"
	case "meq":
		return "mEq"
	default:
		return u
	}
}

func stockWhere(d *knowledge.Drug, is func(knowledge.Stock) bool) *knowledge.Stock {
	if i := slices.IndexFunc(d.Concentrations, is); i >= 0 {
		return &d.Concentrations[i]
	}
	return nil
}

// plainLabel is a label without what people vary: "1:10,000" and "1 in 10000".
func plainLabel(s string) string {
	return strings.NewReplacer(" ", "", ",", "", "in", ":").Replace(strings.ToLower(s))
}

// wrong reports whether a strength was typed that no rule of these uses is
// drawn from.
func (s strength) wrong(uses []*knowledge.Indication) bool {
	if !s.found {
		return false
	}
	for _, in := range uses {
		for _, r := range in.Rules {
			if s.stock != nil && slices.ContainsFunc(r.At, s.stock.Strength.Equal) {
				return false
			}
		}
	}
	return true
}

// wrongStrength stops a dose that would be drawn from the wrong strength.
func (a *asking) wrongStrength(d *knowledge.Drug, s strength, r reading) bot.Reply {
	reply := bot.Reply{
		Outcome: bot.Refused,
		Title:   drugTitle(d) + ": stop and check the strength",
		Entries: []string{string(d.ID)},
	}
	usual := usualStrength(d)
	var text []string
	if s.stock == nil {
		text = append(text, "That strength is not among those listed here.")
	} else {
		text = append(text, "This dose is drawn from "+usual.String()+", not from "+s.stock.Strength.String())
		if ratio := times(s.stock.Strength.PerMillilitre(), usual.PerMillilitre()); ratio != "" {
			text = append(text, "which is "+ratio)
		}
		text = []string{strings.Join(text, ", ") + ".", s.stock.Note.Text}
	}
	reply.Blocks = []bot.Block{
		bot.Warning{Text: squeeze(strings.Join(text, " "))},
		bot.Text{Text: "If a syringe is already drawn up, do not give it before a second person has checked drug, strength and volume."},
	}
	reply.Choices = []bot.Choice{{
		Label:   "Dose drawn from " + usual.String(),
		Command: useCommand(d, nil, r.patientWords()),
	}}
	return reply
}

// usualStrength is the first strength of the first rule.
func usualStrength(d *knowledge.Drug) quantity.Concentration {
	for _, in := range d.Indications {
		for _, r := range in.Rules {
			if len(r.At) > 0 {
				return r.At[0]
			}
		}
	}
	return quantity.Concentration{}
}
