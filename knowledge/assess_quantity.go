package knowledge

import (
	"fmt"
	"math/big"
	"strings"

	"iobot/knowledge/quantity"
)

// ratio is by how much a quantity was multiplied, the worse of the two ends of
// a range. It is false where the unit or kind of the quantity changed, or where
// it is new or gone.
func (c Change) ratio() (*big.Rat, bool) {
	if len(c.gone) != 1 || len(c.added) != 1 {
		return nil, false
	}
	was, is := ends(c.gone[0].value), ends(c.added[0].value)
	if was == nil || is == nil || was.unit != is.unit || was.per != is.per {
		return nil, false
	}
	low, ok := timesAsMuch(was.low, is.low)
	high, okHigh := timesAsMuch(was.high, is.high)
	if !ok || !okHigh {
		return nil, false
	}
	if farther(low, high) {
		return low, true
	}
	return high, true
}

// farther says that x is farther from 1 than y is.
func farther(x, y *big.Rat) bool {
	one := big.NewRat(1, 1)
	size := func(r *big.Rat) *big.Rat {
		if r.Cmp(one) < 0 {
			return new(big.Rat).Inv(r)
		}
		return r
	}
	return size(x).Cmp(size(y)) > 0
}

// extent is a quantity with both ends and all that belongs to its unit.
type extent struct {
	low, high quantity.Amount
	unit      quantity.Unit
	per       string // whether per kg, and per which time
}

// ends takes a quantity apart, nil for any other value.
func ends(value any) *extent {
	switch v := value.(type) {
	case quantity.Amount:
		return &extent{v, v, v.Unit(), ""}
	case quantity.Dosage:
		return &extent{v.Low, v.High, v.High.Unit(), fmt.Sprintf("%t %s", v.PerKg, v.Per)}
	case quantity.Concentration:
		perMillilitre := quantity.NewAmount(v.PerMillilitre(), v.Amount.Unit())
		return &extent{perMillilitre, perMillilitre, v.Amount.Unit(), ""}
	default:
		return nil
	}
}

// timesAsMuch is how many times as much an amount is as another.
func timesAsMuch(was, is quantity.Amount) (*big.Rat, bool) {
	same, ok := is.In(was.Unit())
	if !ok {
		return nil, false
	}
	from, to := was.Value(), same.Value()
	if from.Sign() == 0 || to.Sign() == 0 {
		return nil, false
	}
	return new(big.Rat).Quo(to, from), true
}

// quantityDangers puts the change of a quantity into words.
func (c Change) quantityDangers() []danger {
	name := c.subject + ": " + nameOfField(c.label)
	if len(c.gone) != 1 || len(c.added) != 1 {
		return []danger{{dosing, c.Text}}
	}
	from, to := c.gone[0].text, c.added[0].text
	was, is := ends(c.gone[0].value), ends(c.added[0].value)
	ratio, same := c.ratio()
	switch {
	case was == nil || is == nil:
		return []danger{{dosing, c.Text}}
	case was.unit != is.unit || was.per != is.per:
		return []danger{{tenfold, fmt.Sprintf("%s is in another unit%s (%s → %s)", name, converted(was, is), from, to)}}
	case !same:
		return []danger{{dosing, c.Text}}
	case ratio.Cmp(big.NewRat(1, 1)) == 0:
		return []danger{{dosing, fmt.Sprintf("%s is written differently, the amount is the same (%s → %s)", name, from, to)}}
	}
	rank := dosing
	if ratio.Cmp(big.NewRat(5, 1)) >= 0 || ratio.Cmp(big.NewRat(1, 5)) <= 0 {
		rank = tenfold
	}
	return []danger{{rank, fmt.Sprintf("%s is %s (%s → %s)", name, inWords(ratio), from, to)}}
}

// converted says how much a quantity in a new unit is of what it was, where
// the two can be compared.
func converted(was, is *extent) string {
	ratio, ok := timesAsMuch(was.high, is.high)
	switch {
	case !ok || was.per != is.per:
		return ""
	case ratio.Cmp(big.NewRat(1, 1)) == 0:
		return ", the amount is the same"
	default:
		return ", " + inWords(ratio)
	}
}

// inWords says a ratio: "10 times as much", "divided by 10".
func inWords(ratio *big.Rat) string {
	if ratio.Cmp(big.NewRat(1, 1)) >= 0 {
		return grouped(shortNumber(ratio)) + " times as much"
	}
	return "divided by " + grouped(shortNumber(new(big.Rat).Inv(ratio)))
}

// grouped puts commas between the thousands of a number.
func grouped(number string) string {
	whole, rest, found := strings.Cut(number, ".")
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	if found {
		return whole + "." + rest
	}
	return whole
}
