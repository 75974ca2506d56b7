package dose

import (
	"strings"

	"iobot/knowledge/quantity"
)

// working writes the arithmetic out: "0.01 mg/kg × 12 kg = 0.12 mg; 0.12 mg ÷
// 0.1 mg/mL = 1.2 mL".
func working(d quantity.Dosage, w quantity.Weight, r Result) string {
	parts := multiplication(d, w, r)
	if len(r.Volumes) > 0 {
		parts = append(parts, r.Volumes[0].Working)
	}
	if len(parts) == 0 {
		return r.Dose()
	}
	return strings.Join(parts, "; ")
}

// multiplication writes how the dose came about. It is empty for a fixed dose
// within its limits.
func multiplication(d quantity.Dosage, w quantity.Weight, r Result) []string {
	text := multiply(d, w).Dose()
	if d.PerKg {
		text = d.String() + " × " + w.String() + " = " + text
	}
	if reason := limitReason(r); reason != "" {
		return []string{text + ", " + reason + ", so " + r.Dose()}
	}
	if d.PerKg {
		return []string{text}
	}
	return nil
}

// limitReason says which limit changed the dose.
func limitReason(r Result) string {
	switch {
	case r.Capped && r.Floored:
		return "below the minimum and above the maximum"
	case r.Capped:
		return "above the maximum"
	case r.Floored:
		return "below the minimum"
	default:
		return ""
	}
}

// working writes the division out. Where the strength counts in another unit,
// the dose is converted first: "0.12 mg = 120 mcg; 120 mcg ÷ 100 mcg/mL = …".
func (v Volume) working(r Result) string {
	low, _ := r.Low.In(v.Concentration.Amount.Unit())
	high, _ := r.High.In(v.Concentration.Amount.Unit())
	converted := withTime(quantity.RangeText(low, high), r.Per)
	text := ""
	if converted != r.Dose() {
		text = r.Dose() + " = " + converted + "; "
	}
	text += converted
	if r.Per == quantity.PerMinute {
		text += " × 60"
	}
	return text + " ÷ " + divisor(v.Concentration) + " = " + v.outcome()
}

// divisor prints a strength so that it can be divided by.
func divisor(c quantity.Concentration) string {
	if text := c.String(); strings.Contains(text, " in ") {
		return "(" + text + ")"
	}
	return c.String()
}

// outcome prints the exact volume and, where it differs, what is measured.
func (v Volume) outcome() string {
	exact := withTime(quantity.RangeText(v.ExactLow, v.ExactHigh), v.Per)
	if !ends(v.ExactLow) || !ends(v.ExactHigh) {
		exact = "about " + exact
	}
	switch {
	case v.TooSmall:
		return exact + ", too small to measure: dilute first"
	case v.ChangePercent.Sign() == 0:
		return exact
	case v.Per != quantity.Once:
		return exact + ", set as " + v.String()
	default:
		return exact + ", drawn up as " + v.String()
	}
}

// ends says that an amount can be written in full.
func ends(a quantity.Amount) bool {
	return a.Number().Ends()
}
