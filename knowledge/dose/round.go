package dose

import (
	"math/big"

	"iobot/knowledge/quantity"
)

// The marks of syringes. Up to 1 mL a 1 mL syringe shows every 0.01 mL; 2.5, 5
// and 10 mL syringes show every 0.1 mL. Nursing course texts give these marks;
// some 5 and 10 mL syringes have marks at 0.2 mL only. For pump rates the same
// steps are used. No source was found for a permitted rounding error: 5 % is
// the choice of this program, and so is 0.1 mL as the volume that is warned of.
var (
	fineUpTo    = big.NewRat(1, 1)
	syringeUpTo = big.NewRat(10, 1)
	fineMark    = big.NewRat(1, 100)
	coarseMark  = big.NewRat(1, 10)
	smallest    = fineMark
	smallUnder  = coarseMark
	mostChange  = big.NewRat(5, 1) // percent
	percent     = big.NewRat(100, 1)
	half        = big.NewRat(1, 2)
)

// mark is the step in which a volume can be measured.
func mark(v *big.Rat) *big.Rat {
	if v.Cmp(fineUpTo) <= 0 {
		return fineMark
	}
	return coarseMark
}

// round sets what a syringe shows, half up. The top of a range, and a volume
// that would pass that of the maximum, are rounded down instead.
func (v *Volume) round(most quantity.Amount) {
	low, high := v.ExactLow.Value(), v.ExactHigh.Value()
	var shownLow, shownHigh *big.Rat
	if low.Cmp(high) == 0 {
		shownHigh = roundWithin(high, most)
		shownLow = shownHigh
		v.ChangePercent = change(high, shownHigh)
	} else {
		shownHigh = roundDown(high)
		shownLow = lesser(roundHalfUp(low), shownHigh)
		v.ChangePercent = larger(change(low, shownLow), change(high, shownHigh))
	}
	v.TooSmall = low.Cmp(smallest) < 0 || v.ChangePercent.Cmp(mostChange) > 0
	v.Small = !v.TooSmall && low.Cmp(smallUnder) < 0
	if !v.TooSmall {
		v.ShownLow = quantity.NewAmount(shownLow, quantity.Millilitre)
		v.ShownHigh = quantity.NewAmount(shownHigh, quantity.Millilitre)
	}
}

// roundWithin rounds half up, or down where that would pass the most allowed.
func roundWithin(v *big.Rat, most quantity.Amount) *big.Rat {
	nearest := roundHalfUp(v)
	if !most.IsZero() && nearest.Cmp(most.Value()) > 0 {
		return roundDown(v)
	}
	return nearest
}

// roundDown is the last mark at or below a volume.
func roundDown(v *big.Rat) *big.Rat {
	step := mark(v)
	return whole(new(big.Rat).Quo(v, step), step)
}

// roundHalfUp is the nearest mark, the upper one of two equally near.
func roundHalfUp(v *big.Rat) *big.Rat {
	step := mark(v)
	marks := new(big.Rat).Quo(v, step)
	return whole(marks.Add(marks, half), step)
}

// whole is the whole part of a number of marks, in mL.
func whole(marks, step *big.Rat) *big.Rat {
	n := new(big.Int).Quo(marks.Num(), marks.Denom())
	return new(big.Rat).Mul(new(big.Rat).SetInt(n), step)
}

// change is how far a rounded volume is from the exact one, in percent.
func change(exact, shown *big.Rat) *big.Rat {
	c := new(big.Rat)
	if exact.Cmp(shown) == 0 {
		return c
	}
	c.Sub(shown, exact)
	c.Abs(c).Quo(c, exact)
	return c.Mul(c, percent)
}

func lesser(a, b *big.Rat) *big.Rat {
	if a.Cmp(b) < 0 {
		return a
	}
	return b
}

func larger(a, b *big.Rat) *big.Rat {
	if a.Cmp(b) > 0 {
		return a
	}
	return b
}
