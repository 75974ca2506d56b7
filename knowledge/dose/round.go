package dose

import "iobot/knowledge/quantity"

// The marks of syringes. Up to 1 mL a 1 mL syringe shows every 0.01 mL; 2.5, 5
// and 10 mL syringes show every 0.1 mL. Nursing course texts give these marks;
// some 5 and 10 mL syringes have marks at 0.2 mL only. For pump rates the same
// steps are used. No source was found for a permitted rounding error: 5 % is
// the choice of this program, and so is 0.1 mL as the volume that is warned of.
var (
	fineUpTo    = quantity.Whole(1)
	syringeUpTo = quantity.Whole(10)
	fineMark    = quantity.Ratio(1, 100)
	coarseMark  = quantity.Ratio(1, 10)
	smallest    = fineMark
	smallUnder  = coarseMark
	mostChange  = quantity.Whole(5) // percent
	percent     = quantity.Whole(100)
	half        = quantity.Ratio(1, 2)
)

// mark is the step in which a volume can be measured.
func mark(v quantity.Number) quantity.Number {
	if v.Cmp(fineUpTo) <= 0 {
		return fineMark
	}
	return coarseMark
}

// round sets what a syringe shows, half up. The top of a range, and a volume
// that would pass that of the maximum, are rounded down instead.
func (v *Volume) round(most quantity.Amount) {
	low, high := v.ExactLow.Number(), v.ExactHigh.Number()
	var shownLow, shownHigh quantity.Number
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
func roundWithin(v quantity.Number, most quantity.Amount) quantity.Number {
	nearest := roundHalfUp(v)
	if !most.IsZero() && nearest.Cmp(most.Number()) > 0 {
		return roundDown(v)
	}
	return nearest
}

// roundDown is the last mark at or below a volume.
func roundDown(v quantity.Number) quantity.Number {
	step := mark(v)
	return v.Quo(step).Floor().Mul(step)
}

// roundHalfUp is the nearest mark, the upper one of two equally near.
func roundHalfUp(v quantity.Number) quantity.Number {
	step := mark(v)
	return v.Quo(step).Add(half).Floor().Mul(step)
}

// change is how far a rounded volume is from the exact one, in percent.
func change(exact, shown quantity.Number) quantity.Number {
	switch exact.Cmp(shown) {
	case 0:
		return quantity.Number{}
	case 1:
		return exact.Sub(shown).Quo(exact).Mul(percent)
	default:
		return shown.Sub(exact).Quo(exact).Mul(percent)
	}
}

func lesser(a, b quantity.Number) quantity.Number {
	if a.Cmp(b) < 0 {
		return a
	}
	return b
}

func larger(a, b quantity.Number) quantity.Number {
	if a.Cmp(b) > 0 {
		return a
	}
	return b
}
