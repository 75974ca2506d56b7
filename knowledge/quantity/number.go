package quantity

import (
	"cmp"
	"math"
	"math/big"
	"math/bits"
)

// Number is an exact number: a fraction, never rounded. The zero Number is 0.
//
// Nearly every figure of a dose fits two machine words, and reckoning with
// those takes a tenth of the time of math/big. What does not fit is found out
// before it is used and goes to math/big, so there is no size at which a
// Number goes wrong.
type Number struct {
	num, den int64    // lowest terms, den above 0; 0 and 0 for the number 0
	large    *big.Rat // the number, when it does not fit; never changed
}

// Whole is the number n.
func Whole(n int64) Number { return Ratio(n, 1) }

// Ratio is num divided by den, which must not be 0.
func Ratio(num, den int64) Number {
	if num == math.MinInt64 || den == math.MinInt64 || den == 0 {
		return NumberOf(big.NewRat(num, den))
	}
	if num == 0 {
		return Number{}
	}
	if den < 0 {
		num, den = -num, -den
	}
	g := divisor(num, den)
	return Number{num: num / g, den: den / g}
}

// NumberOf is the number that r holds now.
func NumberOf(r *big.Rat) Number {
	if r.Num().IsInt64() && r.Denom().IsInt64() && r.Num().Int64() != math.MinInt64 {
		return Ratio(r.Num().Int64(), r.Denom().Int64())
	}
	return Number{large: new(big.Rat).Set(r)}
}

// Rat is the number for math/big, as a copy.
func (n Number) Rat() *big.Rat {
	if n.large != nil {
		return new(big.Rat).Set(n.large)
	}
	return big.NewRat(n.num, n.denominator())
}

// denominator is 1 for the number 0. The number must not be a large one.
func (n Number) denominator() int64 { return max(n.den, 1) }

// Sign is -1, 0 or +1 as the number is below, at or above 0.
func (n Number) Sign() int {
	if n.large != nil {
		return n.large.Sign()
	}
	return cmp.Compare(n.num, 0)
}

// IsWhole says that the number has no fraction.
func (n Number) IsWhole() bool {
	if n.large != nil {
		return n.large.IsInt()
	}
	return n.denominator() == 1
}

// Cmp is -1, 0 or +1 as n is less than, equal to or more than m.
func (n Number) Cmp(m Number) int {
	if n.large == nil && m.large == nil {
		left, fits := product(n.num, m.denominator())
		right, fitsToo := product(m.num, n.denominator())
		if fits && fitsToo {
			return cmp.Compare(left, right)
		}
	}
	return n.Rat().Cmp(m.Rat())
}

// Add is n + m.
func (n Number) Add(m Number) Number {
	if n.large == nil && m.large == nil {
		left, fits := product(n.num, m.denominator())
		right, fitsToo := product(m.num, n.denominator())
		den, fitsThree := product(n.denominator(), m.denominator())
		if sum := left + right; fits && fitsToo && fitsThree && (sum > left) == (right > 0) {
			return Ratio(sum, den)
		}
	}
	return NumberOf(new(big.Rat).Add(n.Rat(), m.Rat()))
}

// Sub is n - m.
func (n Number) Sub(m Number) Number { return n.Add(m.Mul(Whole(-1))) }

// Mul is n × m.
func (n Number) Mul(m Number) Number {
	if n.large == nil && m.large == nil {
		if n.num == 0 || m.num == 0 {
			return Number{}
		}
		g, h := divisor(n.num, m.den), divisor(m.num, n.den)
		num, fits := product(n.num/g, m.num/h)
		den, fitsToo := product(n.den/h, m.den/g)
		if fits && fitsToo {
			return Number{num: num, den: den}
		}
	}
	return NumberOf(new(big.Rat).Mul(n.Rat(), m.Rat()))
}

// Quo is n ÷ m, which must not be 0.
func (n Number) Quo(m Number) Number {
	if m.large == nil {
		return n.Mul(Ratio(m.denominator(), m.num))
	}
	return NumberOf(new(big.Rat).Quo(n.Rat(), m.Rat()))
}

// Floor is the number without its fraction. It must not be below 0.
func (n Number) Floor() Number {
	if n.large != nil {
		whole := new(big.Int).Quo(n.large.Num(), n.large.Denom())
		return NumberOf(new(big.Rat).SetInt(whole))
	}
	return Whole(n.num / n.denominator())
}

// Int64 is the number as a machine word; false when it is not whole or does
// not fit.
func (n Number) Int64() (int64, bool) { return n.num, n.large == nil && n.IsWhole() }

// Ends says that the number can be written in full with decimals.
func (n Number) Ends() bool {
	_, ends := n.decimals()
	return ends
}

// product is a × b; false when it does not fit. Neither is the least int64.
func product(a, b int64) (int64, bool) {
	high, low := bits.Mul64(magnitude(a), magnitude(b))
	return a * b, high == 0 && low <= math.MaxInt64
}

// magnitude is n without its sign.
func magnitude(n int64) uint64 { return uint64(max(n, -n)) }

// divisor is the greatest number that divides both; b is above 0.
func divisor(a, b int64) int64 {
	x, y := magnitude(a), uint64(b)
	for y != 0 {
		x, y = y, x%y
	}
	return int64(x)
}
