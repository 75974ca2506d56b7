package quantity

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// separators may stand between two digits of one typed number. Only the point
// and the comma are understood; the others are kept with the number so that
// it is refused as a whole and not read as two.
const separators = ".,'’_·٫٬،．，"

// startsNumber says that text begins with a digit, a fraction such as ½, or a
// separator with a digit after it.
func startsNumber(text string) bool {
	r, size := utf8.DecodeRuneInString(text)
	if unicode.IsNumber(r) && !isDense(r) {
		return true
	}
	next, _ := utf8.DecodeRuneInString(text[size:])
	return strings.ContainsRune(separators, r) && unicode.IsDigit(next)
}

// numberLength is the length in bytes of the number at the start of text.
func numberLength(text string) int {
	at := 0
	for at < len(text) && startsNumber(text[at:]) {
		_, size := utf8.DecodeRuneInString(text[at:])
		at += size
	}
	return at
}

// typedNumber is a number as a person typed it.
type typedNumber struct {
	value     Number // 0 when doubt is set
	converted bool   // written otherwise than printed: 12,5 or .5 or ١٢
	doubt     DoubtKind
	leading   bool // begins with the mark: .5
	decimals  int
	likely    Number // of an ambiguous number: the reading to offer
}

// The most digits of a number that is believed.
const (
	typedWhole    = 6 // 300,000 g is the heaviest person
	typedDecimals = 3 // to the gram
)

// parseTyped reads a typed number, or says why it is in doubt.
func parseTyped(text string) typedNumber {
	digits, system := asciiDigits(text)
	if system == mixedDigits {
		return typedNumber{doubt: Unreadable}
	}
	whole, mark, decimals, ok := cutNumber(digits)
	if !ok || !wellFormed(whole, mark, decimals) {
		return typedNumber{doubt: Unreadable}
	}
	n := typedNumber{
		value:     decimal(whole, decimals),
		converted: system != asciiSystem || mark == ',' || whole == "" || strings.HasSuffix(decimals, "0"),
		leading:   whole == "",
		decimals:  len(decimals),
	}
	if isThousands(mark, decimals) {
		return typedNumber{doubt: Ambiguous, likely: n.value, decimals: len(decimals)}
	}
	return n
}

// isThousands says that the mark may separate thousands: 1,000 or 1.000. A
// point before three other digits, 3.250, is how newborns are weighed.
func isThousands(mark rune, decimals string) bool {
	return len(decimals) == groupDigits && (mark == ',' || decimals == "000")
}

// wellFormed refuses 010, ",5" and more digits than a weight or age has.
func wellFormed(whole string, mark rune, decimals string) bool {
	if whole == "" {
		return mark == '.' && len(decimals) <= typedDecimals
	}
	if len(whole) > 1 && whole[0] == '0' {
		return false
	}
	return len(whole) <= typedWhole && len(decimals) <= typedDecimals
}

// cutNumber splits ASCII digits at the one point or comma they may have.
func cutNumber(digits string) (whole string, mark rune, decimals string, ok bool) {
	at := strings.IndexAny(digits, ".,")
	if at < 0 {
		return digits, 0, "", onlyDigits(digits)
	}
	whole, decimals = digits[:at], digits[at+1:]
	return whole, rune(digits[at]), decimals, onlyDigits(whole) && onlyDigits(decimals)
}

func onlyDigits(s string) bool {
	return strings.Trim(s, "0123456789") == ""
}

// digitSystem is a set of ten digits.
type digitSystem rune

const (
	asciiSystem digitSystem = '0'
	mixedDigits digitSystem = -1 // or a system that is not read
)

// asciiDigits rewrites a number in ASCII digits and marks. Digits of two
// systems in one number, or of an unknown one, give mixedDigits.
func asciiDigits(text string) (string, digitSystem) {
	var b strings.Builder
	var system digitSystem
	for _, r := range text {
		zero := zeroOf(r)
		if zero != 0 && system != 0 && zero != system || unicode.IsNumber(r) && zero == 0 {
			return "", mixedDigits
		}
		if zero != 0 {
			system = zero
			r = '0' + r - rune(zero)
		}
		b.WriteRune(r)
	}
	return asciiMarks(b.String(), system), system
}

// zeroOf is the zero of a digit's system, or 0 when it is not read.
func zeroOf(r rune) digitSystem {
	for _, zero := range []rune{'0', '٠', '۰', '०', '０'} {
		if r >= zero && r <= zero+9 {
			return digitSystem(zero)
		}
	}
	return 0
}

// asciiMarks rewrites the decimal marks that belong to a digit system. Those
// of another system stay and make the number unreadable.
func asciiMarks(text string, system digitSystem) string {
	switch system {
	case '٠', '۰':
		return strings.NewReplacer("٫", ".", "،", ",").Replace(text)
	case '０':
		return strings.NewReplacer("．", ".", "，", ",").Replace(text)
	default:
		return text
	}
}
