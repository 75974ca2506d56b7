package quantity

import (
	"errors"
	"fmt"
	"math/big"
	"regexp"
	"strings"
)

// Limits of a number in the content files.
const (
	maxDecimals  = 6 // more is a slip of the keyboard
	roundedTo    = 4 // decimals printed of a number that never ends
	groupDigits  = 3 // digits between two commas
	wholeDigits  = 9 // a thousand million is larger than any amount here
	commaFromLen = 4 // 1,000 is written with a comma
)

// numberForm is the grammar of a number in the content files: ASCII digits,
// no sign, no exponent, no leading zero, commas only where ISMP puts them.
var numberForm = regexp.MustCompile(`^(0|[1-9][0-9]{0,2}(,[0-9]{3})+|[1-9][0-9]*)(\.[0-9]+)?$`)

var errNumber = errors.New("not a number such as 5, 0.5 or 1,000")

// parseNumber reads a non-negative decimal exactly.
func parseNumber(s string) (*big.Rat, error) {
	if !numberForm.MatchString(s) {
		return nil, fmt.Errorf("%q is %w", s, errNumber)
	}
	whole, decimals, _ := strings.Cut(strings.ReplaceAll(s, ",", ""), ".")
	if len(whole) > wholeDigits || len(decimals) > maxDecimals {
		return nil, fmt.Errorf("%q has too many digits", s)
	}
	if strings.HasSuffix(decimals, "0") {
		return nil, fmt.Errorf("%q ends in a zero after the point, which is easily read ten times too large", s)
	}
	return decimal(whole, decimals), nil
}

// decimal is the number whose digits are whole.decimals. Both are ASCII
// digits; decimals may be empty.
func decimal(whole, decimals string) *big.Rat {
	digits, scale := new(big.Int), new(big.Int)
	digits.SetString(whole+decimals, 10)
	scale.Exp(big.NewInt(10), big.NewInt(int64(len(decimals))), nil)
	return new(big.Rat).SetFrac(digits, scale)
}

// printNumber writes a number the ISMP way. A number that never ends is
// rounded half up to four decimals.
func printNumber(r *big.Rat) string {
	decimals, exact := r.FloatPrec()
	if !exact {
		decimals = roundedTo
	}
	text := r.FloatString(decimals)
	whole, rest, _ := strings.Cut(text, ".")
	rest = strings.TrimRight(rest, "0")
	if rest != "" {
		rest = "." + rest
	}
	return withCommas(whole) + rest
}

// withCommas groups the digits of a whole number: 1000 becomes 1,000.
func withCommas(whole string) string {
	if len(whole) < commaFromLen {
		return whole
	}
	head := len(whole) - groupDigits
	return withCommas(whole[:head]) + "," + whole[head:]
}
