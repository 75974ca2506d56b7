package quantity

import (
	"bytes"
	"errors"
	"fmt"
	"math/big"
	"math/bits"
	"regexp"
	"strconv"
	"strings"
)

// Limits of a number in the content files.
const (
	maxDecimals = 6 // more is a slip of the keyboard
	roundedTo   = 4 // decimals printed of a number that never ends
	groupDigits = 3 // digits between two commas
	wholeDigits = 9 // a thousand million is larger than any amount here
)

// numberForm is the grammar of a number in the content files: ASCII digits,
// no sign, no exponent, no leading zero, commas only where ISMP puts them.
var numberForm = regexp.MustCompile(`^(0|[1-9][0-9]{0,2}(,[0-9]{3})+|[1-9][0-9]*)(\.[0-9]+)?$`)

var errNumber = errors.New("not a number such as 5, 0.5 or 1,000")

// parseNumber reads a non-negative decimal exactly.
func parseNumber(s string) (Number, error) {
	if !numberForm.MatchString(s) {
		return Number{}, fmt.Errorf("%q is %w", s, errNumber)
	}
	whole, decimals, _ := strings.Cut(strings.ReplaceAll(s, ",", ""), ".")
	if len(whole) > wholeDigits || len(decimals) > maxDecimals {
		return Number{}, fmt.Errorf("%q has too many digits", s)
	}
	if strings.HasSuffix(decimals, "0") {
		return Number{}, fmt.Errorf("%q ends in a zero after the point, which is easily read ten times too large", s)
	}
	return decimal(whole, decimals), nil
}

// decimal is the number whose digits are whole.decimals. Both are ASCII
// digits, at most wholeDigits and maxDecimals of them; either may be empty.
func decimal(whole, decimals string) Number {
	digits, _ := strconv.ParseInt(whole+decimals, 10, 64)
	return Ratio(digits, tens[len(decimals)])
}

// tens are the powers of ten that fit.
var tens = [...]int64{
	1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000,
	1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18,
}

// decimals is how many decimals write the number in full; false when none do.
func (n Number) decimals() (int, bool) {
	if n.large != nil {
		return n.large.FloatPrec()
	}
	twos, fives := bits.TrailingZeros64(uint64(n.denominator())), 0
	rest := n.denominator() >> twos
	for ; rest%5 == 0; rest /= 5 {
		fives++
	}
	return max(twos, fives), rest == 1
}

// String writes the number the ISMP way: "0.5", "1,000". A number that never
// ends is rounded half up to four decimals.
func (n Number) String() string { return string(n.append(make([]byte, 0, 24))) }

// append adds the number to a text.
func (n Number) append(b []byte) []byte {
	var room [24]byte
	digits, decimals := n.digits(room[:0])
	if n.Sign() < 0 {
		b = append(b, '-')
	}
	whole := len(digits) - decimals
	for i, d := range digits[:whole] {
		if i > 0 && (whole-i)%groupDigits == 0 {
			b = append(b, ',')
		}
		b = append(b, d)
	}
	if rest := bytes.TrimRight(digits[whole:], "0"); len(rest) > 0 {
		b = append(append(b, '.'), rest...)
	}
	return b
}

// digits is the number without sign and point, and how many of the digits are
// decimals. At least one digit stands before those.
func (n Number) digits(room []byte) ([]byte, int) {
	decimals, ends := n.decimals()
	if !ends {
		decimals = roundedTo
	}
	scaled, fits := n.scaled(decimals)
	if !fits {
		text := new(big.Rat).Abs(n.Rat()).FloatString(decimals)
		return append(room, strings.Replace(text, ".", "", 1)...), decimals
	}
	for under := decimals; under > 0 && scaled < uint64(tens[under]); under-- {
		room = append(room, '0')
	}
	return strconv.AppendUint(room, scaled, 10), decimals
}

// scaled is the number without its sign times a power of ten, rounded half up
// to a whole number; false when that does not fit.
func (n Number) scaled(decimals int) (uint64, bool) {
	if n.large != nil || decimals >= len(tens) {
		return 0, false
	}
	high, low := bits.Mul64(magnitude(n.num), uint64(tens[decimals]))
	if high != 0 {
		return 0, false
	}
	den := uint64(n.denominator())
	whole, rest := low/den, low%den
	if rest >= den-rest {
		whole++
	}
	return whole, true
}
