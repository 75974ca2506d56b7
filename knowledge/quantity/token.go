package quantity

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// tokenKind says what a token is made of.
type tokenKind int

const (
	wordToken   tokenKind = iota // letters, or one letter of a script that has no spaces
	numberToken                  // digits of any script with what stands between them
	signToken                    // any other single character
)

// token is a piece of what somebody typed, text[start:end].
type token struct {
	kind       tokenKind
	text       string // as typed
	word       string // folded, for look-ups; of words only
	start, end int
	dense      bool // a letter of a script written without spaces
}

// lex cuts a line into words, numbers and signs. Spaces separate and vanish.
func lex(text string) []token {
	var tokens []token
	for at := 0; at < len(text); {
		r, size := utf8.DecodeRuneInString(text[at:])
		if unicode.IsSpace(r) {
			at += size
			continue
		}
		t := nextToken(text, at)
		tokens = append(tokens, t)
		at = t.end
	}
	return tokens
}

// nextToken reads the token that starts at a byte which is no space.
func nextToken(text string, at int) token {
	r, size := utf8.DecodeRuneInString(text[at:])
	switch {
	case startsNumber(text[at:]):
		return makeToken(numberToken, text, at, at+numberLength(text[at:]))
	case isDense(r):
		return makeToken(wordToken, text, at, at+size)
	case isLetter(r):
		return makeToken(wordToken, text, at, at+wordLength(text[at:]))
	default:
		return makeToken(signToken, text, at, at+size)
	}
}

// folded is the token for comparing with others.
func (t token) folded() string {
	if t.kind == wordToken {
		return t.word
	}
	return fold(t.text)
}

func makeToken(kind tokenKind, text string, start, end int) token {
	t := token{kind: kind, text: text[start:end], start: start, end: end}
	if kind == wordToken {
		t.word = fold(t.text)
		r, _ := utf8.DecodeRuneInString(t.text)
		t.dense = isDense(r)
	}
	return t
}

// wordLength is the length in bytes of the word at the start of text.
func wordLength(text string) int {
	for i, r := range text {
		if !isLetter(r) || isDense(r) {
			return i
		}
	}
	return len(text)
}

func isLetter(r rune) bool { return unicode.IsLetter(r) || unicode.IsMark(r) }

// isDense says that a letter belongs to a script that joins its words, in
// which a unit can stand right before the next word.
func isDense(r rune) bool {
	const longVowelMark = 'ー' // not counted as Katakana by Unicode
	return r == longVowelMark || unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul)
}

// fold brings a word to lower case. The Kelvin sign, which Unicode folds to a
// plain k, stays what it is: a unit of temperature.
func fold(s string) string {
	if isLower(s) {
		return s
	}
	const kelvin = '\u212A'
	return strings.Map(func(r rune) rune {
		if r == kelvin {
			return r
		}
		return unicode.ToLower(r)
	}, s)
}

// isLower says that a text is ASCII without capitals, as most is.
func isLower(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf || s[i] >= 'A' && s[i] <= 'Z' {
			return false
		}
	}
	return true
}
