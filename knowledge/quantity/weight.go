package quantity

import (
	"fmt"
	"strings"
)

// Weight is a body weight in whole grams. Zero means unknown.
type Weight int64

// Units of weight, and the weights a person can have.
const (
	gramsPerKilogram = 1000

	LightestPerson Weight = 300     // the smallest preterm newborns
	HeaviestPerson Weight = 300_000 // beyond this a typing slip is likelier
)

// Kilograms is the weight in kg, exactly.
func (w Weight) Kilograms() Number { return Ratio(int64(w), gramsPerKilogram) }

// String prints the weight in kg: "12 kg", "0.8 kg". An unknown weight prints
// as "".
func (w Weight) String() string {
	if w == 0 {
		return ""
	}
	return w.Kilograms().String() + " kg"
}

// ParseWeight reads a weight as the content writes it, "3.5 kg" or "800 g",
// above zero and in whole grams.
func ParseWeight(s string) (Weight, error) {
	number, unit, _ := strings.Cut(s, " ")
	value, err := parseNumber(number)
	if err != nil {
		return 0, fmt.Errorf("weight %q: %w", s, err)
	}
	switch unit {
	case "kg":
		value = value.Mul(Whole(gramsPerKilogram))
	case "g":
	default:
		return 0, fmt.Errorf("weight %q: not a weight such as 3.5 kg or 800 g", s)
	}
	grams, ok := value.Int64()
	if !ok || grams == 0 {
		return 0, fmt.Errorf("weight %q: must be above 0, in whole grams", s)
	}
	return Weight(grams), nil
}

// WeightRange is a range of weights with each end inclusive or not.
type WeightRange struct {
	From, To                   Weight // To zero means no upper end
	FromExclusive, ToExclusive bool
}

// ParseWeightRange reads a range as the content writes it: "2.5 kg to 80 kg",
// "over 20 kg to 80 kg", "2.5 kg to under 70 kg", "40 kg and over",
// "over 40 kg", "under 3 kg", "up to 3 kg", "any weight".
func ParseWeightRange(s string) (WeightRange, error) {
	r, err := parseWeightRange(s)
	if err != nil {
		return WeightRange{}, fmt.Errorf("weight range %q: %w", s, err)
	}
	return r, nil
}

func parseWeightRange(s string) (WeightRange, error) {
	if s == "any weight" {
		return WeightRange{}, nil
	}
	if from, open := strings.CutSuffix(s, " and over"); open {
		return lowerEnd(WeightRange{}, from)
	}
	if to, open := strings.CutPrefix(s, "up to "); open {
		return upperEnd(WeightRange{}, to)
	}
	if strings.HasPrefix(s, "under ") {
		return upperEnd(WeightRange{}, s)
	}
	from, to, bounded := strings.Cut(s, " to ")
	if !bounded && !strings.HasPrefix(s, "over ") {
		return WeightRange{}, fmt.Errorf(`not a range such as "2.5 kg to 80 kg", "40 kg and over" or "under 3 kg"`)
	}
	r, err := lowerEnd(WeightRange{}, from)
	if err != nil || !bounded {
		return r, err
	}
	return upperEnd(r, to)
}

// lowerEnd adds "2.5 kg" or "over 2.5 kg".
func lowerEnd(r WeightRange, s string) (WeightRange, error) {
	weight, exclusive := strings.CutPrefix(s, "over ")
	w, err := ParseWeight(weight)
	if err != nil {
		return WeightRange{}, err
	}
	r.From, r.FromExclusive = w, exclusive
	return r, nil
}

// upperEnd adds "80 kg" or "under 80 kg".
func upperEnd(r WeightRange, s string) (WeightRange, error) {
	weight, exclusive := strings.CutPrefix(s, "under ")
	w, err := ParseWeight(weight)
	if err != nil {
		return WeightRange{}, err
	}
	if w <= r.From {
		return WeightRange{}, fmt.Errorf("the range must rise")
	}
	r.To, r.ToExclusive = w, exclusive
	return r, nil
}

// String prints the range as the content writes it. The zero range, every
// weight, prints as "any weight".
func (r WeightRange) String() string {
	to := r.To.String()
	switch {
	case r.From == 0 && r.To == 0:
		return "any weight"
	case r.From == 0 && r.ToExclusive:
		return "under " + to
	case r.From == 0:
		return "up to " + to
	case r.To == 0 && r.FromExclusive:
		return "over " + r.From.String()
	case r.To == 0:
		return r.From.String() + " and over"
	}
	return r.lowerText() + " to " + r.upperText()
}

func (r WeightRange) lowerText() string {
	if r.FromExclusive {
		return "over " + r.From.String()
	}
	return r.From.String()
}

func (r WeightRange) upperText() string {
	if r.ToExclusive {
		return "under " + r.To.String()
	}
	return r.To.String()
}

// Contains says that a known weight is in the range. An unknown weight is in
// no range.
func (r WeightRange) Contains(w Weight) bool {
	if w <= 0 || w < r.From || (r.FromExclusive && w == r.From) {
		return false
	}
	return r.To == 0 || w < r.To || (w == r.To && !r.ToExclusive)
}
