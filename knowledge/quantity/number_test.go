package quantity_test

import (
	"cmp"
	"math"
	"math/big"
	"math/rand/v2"
	"strings"
	"testing"

	"iobot/knowledge/quantity"
)

// FuzzNumber reckons with two fractions as math/big does: every result is the
// same fraction, and prints the same.
func FuzzNumber(f *testing.F) {
	edges := []int64{0, 1, -1, 7, 60, 1_000_000, 1 << 31, 1e18, math.MaxInt64, math.MinInt64, math.MinInt64 + 1}
	for _, a := range edges {
		for _, b := range edges {
			f.Add(a, int64(3), b, int64(1_000))
			f.Add(int64(5), a, int64(-1), b)
		}
	}
	f.Fuzz(func(t *testing.T, a, b, c, d int64) {
		if b == 0 || d == 0 {
			return
		}
		compareNumbers(t, big.NewRat(a, b), big.NewRat(c, d))
	})
}

// TestNumber does the same with many fractions of all sizes, some too large
// for a machine word.
func TestNumber(t *testing.T) {
	source := rand.New(rand.NewPCG(1, 2))
	word := func() int64 { return (source.Int64() - source.Int64()) >> source.IntN(62) }
	for range 100_000 {
		x := big.NewRat(word(), cmp.Or(word(), 1))
		y := big.NewRat(word(), cmp.Or(word(), 1))
		if source.IntN(20) == 0 {
			x.Mul(x, y)
		}
		compareNumbers(t, x, y)
	}
}

func compareNumbers(t *testing.T, x, y *big.Rat) {
	t.Helper()
	a, b := quantity.NumberOf(x), quantity.NumberOf(y)
	same := func(what string, got quantity.Number, want *big.Rat) {
		if got.Rat().Cmp(want) != 0 || got.Sign() != want.Sign() || got.IsWhole() != want.IsInt() || got.Cmp(quantity.NumberOf(want)) != 0 {
			t.Fatalf("%s %s %s is %s, got %s", x, what, y, want, got.Rat())
		}
		if got.String() != printedByBig(want) {
			t.Fatalf("%s prints as %s, want %s", want, got, printedByBig(want))
		}
	}
	same("of", a, x)
	same("+", a.Add(b), new(big.Rat).Add(x, y))
	same("-", a.Sub(b), new(big.Rat).Sub(x, y))
	same("×", a.Mul(b), new(big.Rat).Mul(x, y))
	if y.Sign() != 0 {
		same("÷", a.Quo(b), new(big.Rat).Quo(x, y))
	}
	if a.Cmp(b) != x.Cmp(y) {
		t.Fatalf("%s against %s is %d, got %d", x, y, x.Cmp(y), a.Cmp(b))
	}
	whole := new(big.Int).Quo(x.Num(), x.Denom())
	if got, fits := a.Floor().Int64(); x.Sign() >= 0 && (fits != whole.IsInt64() || fits && got != whole.Int64()) {
		t.Fatalf("the whole part of %s is %s, got %d, %t", x, whole, got, fits)
	}
	if _, fits := a.Int64(); fits && !x.IsInt() {
		t.Fatalf("%s is taken for a whole number", x)
	}
	if _, ends := x.FloatPrec(); a.Ends() != ends {
		t.Fatalf("%s ends is %t, got %t", x, ends, a.Ends())
	}
}

// printedByBig writes a fraction the ISMP way by other means.
func printedByBig(r *big.Rat) string {
	decimals, exact := r.FloatPrec()
	if !exact {
		decimals = 4
	}
	whole, rest, _ := strings.Cut(new(big.Rat).Abs(r).FloatString(decimals), ".")
	for at := len(whole) - 3; at > 0; at -= 3 {
		whole = whole[:at] + "," + whole[at:]
	}
	if rest = strings.TrimRight(rest, "0"); rest != "" {
		whole += "." + rest
	}
	if r.Sign() < 0 {
		whole = "-" + whole
	}
	return whole
}
