package dose

import (
	"errors"
	"fmt"

	"iobot/knowledge/quantity"
)

// ErrNeedWeight says that a dose per kg was asked for without a weight.
var ErrNeedWeight = errors.New("the dose is per kg and no weight is known")

// OutsideError says that a rule is not for patients of a weight.
type OutsideError struct {
	Weight quantity.Weight
	Range  quantity.WeightRange // the weights the rule is for
}

// Error says both in words.
func (e *OutsideError) Error() string {
	return fmt.Sprintf("%s is outside %s", e.Weight, e.Range)
}

// Result is one dose for one patient.
type Result struct {
	Low, High quantity.Amount // exact, in the rule's own unit, within its limits; equal when no range
	Per       quantity.Time   // of an infusion; Once for a single dose
	Capped    bool            // the maximum made it smaller
	Floored   bool            // the minimum made it larger
	Total     quantity.Amount // limit of all doses together for this weight; zero when none is stated
	Volumes   []Volume        // one for each strength of the rule, in order; none for a dose in mL
	Working   string          // the arithmetic in words, with the first strength
}

// Dose prints the dose: "0.12 mg", "0.032 to 0.096 mg", "0.5 to 10 mcg/min".
func (r Result) Dose() string { return withTime(quantity.RangeText(r.Low, r.High), r.Per) }

// DoseBothUnits prints the dose with its micrograms when it is under 1 mg:
// "0.12 mg (120 mcg)".
func (r Result) DoseBothUnits() string {
	milligram := quantity.NewAmount(quantity.Whole(1), quantity.Milligram)
	under, comparable := r.High.Cmp(milligram)
	if !comparable || under >= 0 || r.High.Unit() != quantity.Milligram {
		return r.Dose()
	}
	low, _ := r.Low.In(quantity.Microgram)
	high, _ := r.High.In(quantity.Microgram)
	return r.Dose() + " (" + withTime(quantity.RangeText(low, high), r.Per) + ")"
}

// withTime adds "/min" or "/h" to the dose of an infusion.
func withTime(text string, per quantity.Time) string {
	if per == quantity.Once {
		return text
	}
	return text + "/" + string(per)
}

// Volume is a dose at one strength: what to draw up, or how fast a pump runs.
type Volume struct {
	Concentration       quantity.Concentration
	ExactLow, ExactHigh quantity.Amount // mL; equal when no range
	ShownLow, ShownHigh quantity.Amount // mL, as a syringe or pump shows it; zero when TooSmall
	Per                 quantity.Time   // PerHour for a pump rate, otherwise Once
	ChangePercent       quantity.Number // the larger change by rounding, 0 or more
	TooSmall            bool            // cannot be measured: dilute first
	Small               bool            // under 0.1 mL: easily mistaken
	Working             string          // the division in words
}

// String prints what is drawn up or set: "1.2 mL", "1.5 to 30 mL/h". A volume
// that cannot be measured prints as "too small".
func (v Volume) String() string {
	if v.TooSmall {
		return "too small"
	}
	return withTime(quantity.RangeText(v.ShownLow, v.ShownHigh), v.Per)
}

// Exact prints the volume before it is rounded, where its decimals end;
// otherwise what is drawn up or set.
func (v Volume) Exact() string {
	if !ends(v.ExactLow) || !ends(v.ExactHigh) {
		return v.String()
	}
	return withTime(quantity.RangeText(v.ExactLow, v.ExactHigh), v.Per)
}

// Device names what the volume is measured with, "" when it cannot be.
func (v Volume) Device() string {
	low, high := v.ShownLow.Number(), v.ShownHigh.Number()
	switch {
	case v.TooSmall:
		return ""
	case v.Per != quantity.Once:
		return "pump"
	case high.Cmp(fineUpTo) <= 0:
		return "1 mL syringe"
	case high.Cmp(syringeUpTo) > 0:
		return "larger syringe or pump"
	case low.Cmp(fineUpTo) < 0:
		return "1 mL syringe, above 1 mL a 2.5, 5 or 10 mL syringe"
	default:
		return "2.5, 5 or 10 mL syringe"
	}
}
