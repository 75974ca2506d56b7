package quantity

import (
	"fmt"
	"strings"
)

// Concentration is an amount of drug in a volume, such as 0.1 mg/mL or
// 20 mg in 60 mL.
type Concentration struct {
	Amount Amount
	Volume Amount // in mL or L, as written
}

// ParseConcentration reads a strength as the content writes it: "0.1 mg/mL",
// "20 mg in 60 mL", "513 mmol/L".
func ParseConcentration(s string) (Concentration, error) {
	c, err := parseConcentration(s)
	if err != nil {
		return Concentration{}, fmt.Errorf("strength %q: %w", s, err)
	}
	return c, nil
}

func parseConcentration(s string) (Concentration, error) {
	drug, volume, found := strings.Cut(s, " in ")
	if !found {
		var unit string
		drug, unit, found = strings.Cut(s, "/")
		volume = "1 " + unit
	}
	if !found {
		return Concentration{}, fmt.Errorf("not a strength such as 0.1 mg/mL or 20 mg in 60 mL")
	}
	return newConcentration(drug, volume)
}

func newConcentration(drug, volume string) (Concentration, error) {
	amount, err := ParseAmount(drug)
	if err != nil {
		return Concentration{}, err
	}
	v, err := ParseAmount(volume)
	if err != nil {
		return Concentration{}, err
	}
	if _, fluid := v.In(Millilitre); !fluid {
		return Concentration{}, fmt.Errorf("%q is not a volume", volume)
	}
	if _, fluid := amount.In(Millilitre); fluid {
		return Concentration{}, fmt.Errorf("%q is not an amount of drug", drug)
	}
	return Concentration{Amount: amount, Volume: v}, nil
}

// String prints the strength as the content writes it. The zero Concentration
// prints as "".
func (c Concentration) String() string {
	if c.IsZero() {
		return ""
	}
	if c.Volume.value == one {
		return c.Amount.String() + "/" + string(c.Volume.unit)
	}
	return c.Amount.String() + " in " + c.Volume.String()
}

// IsZero says that no strength is stated.
func (c Concentration) IsZero() bool { return c.Amount.IsZero() }

// PerMillilitre is how much drug, in the unit of c.Amount, is in 1 mL. It is
// zero for the zero Concentration.
func (c Concentration) PerMillilitre() Number {
	volume, ok := c.Volume.In(Millilitre)
	if !ok || volume.value.Sign() == 0 {
		return Number{}
	}
	return c.Amount.value.Quo(volume.value)
}

// Equal says that two strengths are the same, however written: 0.1 mg/mL,
// 100 mcg/mL and 1 mg in 10 mL are.
func (c Concentration) Equal(d Concentration) bool {
	if c.IsZero() || d.IsZero() {
		return c.IsZero() && d.IsZero()
	}
	n, comparable := NewAmount(c.PerMillilitre(), c.Amount.unit).Cmp(NewAmount(d.PerMillilitre(), d.Amount.unit))
	return comparable && n == 0
}
