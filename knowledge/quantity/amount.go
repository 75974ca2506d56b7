package quantity

import (
	"fmt"
	"math/big"
	"strings"
)

// Unit is a unit of drug or fluid, spelt as ISMP asks. The set is closed.
type Unit string

// The units a dose may have.
const (
	Microgram       Unit = "mcg"
	Milligram       Unit = "mg"
	Gram            Unit = "g"
	MilligramPE     Unit = "mg PE" // phenytoin sodium equivalents
	Millimole       Unit = "mmol"
	Milliequivalent Unit = "mEq"
	Milliunit       Unit = "milliunits"
	Units           Unit = "units"
	Millilitre      Unit = "mL"
	Litre           Unit = "L"
)

// measure says what a unit measures and how many of the smallest unit of that
// kind it is. Units of different kinds never convert.
type measure struct {
	kind string
	size int64
}

func (u Unit) measure() (measure, bool) {
	switch u {
	case Microgram:
		return measure{"mass", 1}, true
	case Milligram:
		return measure{"mass", 1_000}, true
	case Gram:
		return measure{"mass", 1_000_000}, true
	case Millilitre:
		return measure{"volume", 1}, true
	case Litre:
		return measure{"volume", 1_000}, true
	case Milliunit:
		return measure{"units", 1}, true
	case Units:
		return measure{"units", 1_000}, true
	case MilligramPE, Millimole, Milliequivalent:
		return measure{string(u), 1}, true
	default:
		return measure{}, false
	}
}

// Amount is an exact, non-negative quantity of drug or fluid, such as
// 0.12 mg. The zero Amount has no unit and means "none stated".
type Amount struct {
	value Number
	unit  Unit
}

// NewAmount is an amount of value in a unit.
func NewAmount(value Number, unit Unit) Amount { return Amount{value: value, unit: unit} }

// ParseAmount reads an amount as the content writes it: "0.12 mg",
// "1,000 mg", "2 mL". It must be above zero.
func ParseAmount(s string) (Amount, error) {
	number, unit, found := strings.Cut(s, " ")
	if !found {
		return Amount{}, fmt.Errorf("%q is not an amount such as 0.5 mg: a number, a space, a unit", s)
	}
	a, err := newAmount(number, unit)
	if err != nil {
		return Amount{}, fmt.Errorf("amount %q: %w", s, err)
	}
	return a, nil
}

// newAmount puts a written number and a written unit together.
func newAmount(number, unit string) (Amount, error) {
	value, err := parseNumber(number)
	if err != nil {
		return Amount{}, err
	}
	if value.Sign() == 0 {
		return Amount{}, fmt.Errorf("an amount must be above 0")
	}
	if unit == "unit" && value == one {
		unit = string(Units)
	}
	if _, known := Unit(unit).measure(); !known {
		return Amount{}, fmt.Errorf("unknown unit %q; known are mcg, mg, g, mg PE, mmol, mEq, milliunits, units, mL, L", unit)
	}
	return Amount{value: value, unit: Unit(unit)}, nil
}

// String prints the amount the ISMP way: "0.12 mg", "1,000 mg". A value that
// never ends is rounded to four decimals. The zero Amount prints as "".
func (a Amount) String() string {
	if a.IsZero() {
		return ""
	}
	unit := string(a.unit)
	if a.unit == Units && a.value == one {
		unit = "unit"
	}
	return a.value.String() + " " + unit
}

// one is the number that takes no plural.
var one = Whole(1)

// IsZero says that no amount is stated.
func (a Amount) IsZero() bool { return a.unit == "" }

// Number is how many of the amount's own unit it is.
func (a Amount) Number() Number { return a.value }

// Value is Number for math/big, as a copy.
func (a Amount) Value() *big.Rat { return a.value.Rat() }

// Unit is the amount's unit, "" for the zero Amount.
func (a Amount) Unit() Unit { return a.unit }

// In is the same amount in another unit, exactly. It is false when the units
// measure different things: only mcg, mg and g convert into each other, and
// mL and L, and milliunits and units.
func (a Amount) In(u Unit) (Amount, bool) {
	if a.unit == u && u != "" {
		return a, true
	}
	from, known := a.unit.measure()
	to, knownTo := u.measure()
	if !known || !knownTo || from.kind != to.kind {
		return Amount{}, false
	}
	return Amount{value: a.value.Mul(Ratio(from.size, to.size)), unit: u}, true
}

// Cmp is -1, 0 or +1 as a is less than, equal to or more than b. It is false
// when the two cannot be compared.
func (a Amount) Cmp(b Amount) (int, bool) {
	same, ok := b.In(a.unit)
	if !ok {
		return 0, false
	}
	return a.value.Cmp(same.value), true
}
