package quantity

import (
	"fmt"
	"strings"
)

// Dosage is how much a rule gives: a fixed amount or an amount per kilogram,
// single or a range, once or per unit of time.
type Dosage struct {
	Low, High Amount // equal when the dosage is no range
	PerKg     bool
	Per       Time // empty for a single dose
}

// Time is the unit of time of an infusion: "", "min" or "h".
type Time string

// The units of time of an infusion.
const (
	Once      Time = ""
	PerMinute Time = "min"
	PerHour   Time = "h"
)

// ParseDosage reads a dosage as the content writes it: "0.01 mg/kg", "1 mg",
// "0.01 to 0.03 mg/kg", "0.05 to 1 mcg/kg/min", "5 to 30 mcg/min".
func ParseDosage(s string) (Dosage, error) {
	d, err := parseDosage(s)
	if err != nil {
		return Dosage{}, fmt.Errorf("dose %q: %w", s, err)
	}
	return d, nil
}

func parseDosage(s string) (Dosage, error) {
	var d Dosage
	rest := s
	rest, d.Per = cutTime(rest)
	rest, d.PerKg = strings.CutSuffix(rest, "/kg")
	low, high := rest, ""
	if from, to, isRange := strings.Cut(rest, " to "); isRange {
		low, high = from, to
	}
	return d.withAmounts(low, high)
}

// cutTime takes "/min" or "/h" off the end.
func cutTime(s string) (string, Time) {
	for _, t := range []Time{PerMinute, PerHour} {
		if rest, found := strings.CutSuffix(s, "/"+string(t)); found {
			return rest, t
		}
	}
	return s, Once
}

// withAmounts adds the amounts: low is "5 mg" alone, or "5" beside high
// "10 mg".
func (d Dosage) withAmounts(low, high string) (Dosage, error) {
	if high == "" {
		a, err := ParseAmount(low)
		d.Low, d.High = a, a
		return d, err
	}
	top, err := ParseAmount(high)
	if err != nil {
		return Dosage{}, err
	}
	bottom, err := newAmount(low, string(top.unit))
	if err != nil {
		return Dosage{}, err
	}
	if bottom.value.Cmp(top.value) >= 0 {
		return Dosage{}, fmt.Errorf("the range must rise")
	}
	d.Low, d.High = bottom, top
	return d, nil
}

// String prints the dosage as the content writes it. The zero Dosage prints
// as "".
func (d Dosage) String() string {
	if d.IsZero() {
		return ""
	}
	text := RangeText(d.Low, d.High)
	if d.PerKg {
		text += "/kg"
	}
	if d.Per != Once {
		text += "/" + string(d.Per)
	}
	return text
}

// RangeText prints two amounts of one unit as "5 to 10 mg", and two equal
// ones as "5 mg". In different units each keeps its own: "500 mg to 1 g".
func RangeText(low, high Amount) string {
	if c, comparable := low.Cmp(high); comparable && c == 0 {
		return low.String()
	}
	if low.unit != high.unit {
		return low.String() + " to " + high.String()
	}
	return low.value.String() + " to " + high.String()
}

// IsZero says that no dosage is stated.
func (d Dosage) IsZero() bool { return d.Low.IsZero() }

// IsRange says that the dosage runs from a low to a high end.
func (d Dosage) IsRange() bool {
	c, comparable := d.Low.Cmp(d.High)
	return comparable && c != 0
}
