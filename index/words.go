package index

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/blevesearch/bleve/v2/analysis/char/asciifolding"
	porterstemmer "github.com/blevesearch/go-porterstemmer"
)

// Limits of what is read from a question. They bound the work before any of
// it starts, because bleve looks at a deadline only while it collects.
const (
	maxRunes   = 500
	maxWords   = 32
	maxLetters = 40
)

// word is one word of a text, folded to lower case without accents.
type word struct {
	text       string
	start, end int  // bytes in the text it was cut from
	glued      bool // a hyphen alone stands between it and the word before
}

// words cuts a text into folded words: letters and digits, "0.5" in one piece,
// "25mm" in two, a character of a script without spaces on its own.
func words(text string) []word {
	var found []word
	cut := cutter{text: text}
	for cut.next() {
		if cut.word.text != "" {
			found = append(found, cut.word)
		}
	}
	return found
}

// cutter walks over a text word by word.
type cutter struct {
	text string
	at   int // the next byte to read
	end  int // where the last word ended
	word word
}

func (c *cutter) next() bool {
	start, first := c.skip()
	if start < 0 {
		return false
	}
	for last := first; c.at < len(c.text); {
		r, size := utf8.DecodeRuneInString(c.text[c.at:])
		if !unicode.IsMark(r) {
			if !joins(last, r, c.text[c.at+size:]) {
				break
			}
			last = r
		}
		c.at += size
	}
	glued := c.end > 0 && c.text[c.end:start] == "-"
	c.word = word{text: fold(c.text[start:c.at]), start: start, end: c.at, glued: glued}
	c.end = c.at
	return true
}

// skip goes on to the next letter or digit and past it; -1 when there is none.
func (c *cutter) skip() (start int, first rune) {
	for c.at < len(c.text) {
		r, size := utf8.DecodeRuneInString(c.text[c.at:])
		c.at += size
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return c.at - size, r
		}
	}
	return -1, 0
}

// joins reports whether r goes on with a word that ends in last; rest follows
// it. "25mm" is a figure and a unit, "d10" is one name.
func joins(last, r rune, rest string) bool {
	switch {
	case unspaced(last) || unspaced(r):
		return false
	case unicode.IsLetter(r):
		return unicode.IsLetter(last) || last == '\'' || last == '’'
	case unicode.IsDigit(r):
		return unicode.IsLetter(last) || unicode.IsDigit(last) || last == '.' || last == ','
	case r == '.' || r == ',':
		after, _ := utf8.DecodeRuneInString(rest)
		return unicode.IsDigit(last) && unicode.IsDigit(after)
	case r == '\'' || r == '’':
		return unicode.IsLetter(last) && englishEnding(rest)
	}
	return false
}

// englishEnding reports whether what follows an apostrophe is the end of
// "child's" or "don't", and not the "adrénaline" of "l'adrénaline".
func englishEnding(rest string) bool {
	if rest == "" || rest[0] != 's' && rest[0] != 't' {
		return false
	}
	after, _ := utf8.DecodeRuneInString(rest[1:])
	return !unicode.IsLetter(after)
}

// unspaced reports whether words of the rune's script stand without spaces.
func unspaced(r rune) bool {
	return r >= 0x0E00 && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul,
		unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar)
}

// even drops the marks inside a word that say nothing, of 1,000 and "child's",
// and writes Arabic letters alike that people use for one another.
var even = strings.NewReplacer(",", "", "'", "", "’", "", "أ", "ا", "إ", "ا", "آ", "ا", "ى", "ي", "ة", "ه")

// fold puts a word in lower case without accents, digits as 0 to 9, and
// without commas and apostrophes.
func fold(s string) string {
	if plain(s) {
		return s
	}
	var b strings.Builder
	for _, r := range even.Replace(s) {
		switch {
		case r < utf8.RuneSelf:
			b.WriteRune(unicode.ToLower(r))
		case unicode.IsMark(r) && r < vowelSigns:
		case unicode.IsDigit(r):
			b.WriteByte('0' + digit(r))
		default:
			b.WriteString(strings.ToLower(string(asciifolding.New().Filter([]byte(string(r))))))
		}
	}
	return b.String()
}

// vowelSigns is where the scripts begin whose marks are letters, and no accents.
const vowelSigns = 0x0900

// digit is the value of a decimal digit; Unicode keeps each ten together.
func digit(r rune) byte {
	n := byte(0)
	for n < 9 && unicode.IsDigit(r-1-rune(n)) {
		n++
	}
	return n
}

// plain reports whether fold would leave a word as it is.
func plain(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf || s[i] == ',' || s[i] == '\'' || 'A' <= s[i] && s[i] <= 'Z' {
			return false
		}
	}
	return true
}

// joined writes words one after the other as their scripts do.
func joined(cut []string) string {
	var b strings.Builder
	for i, w := range cut {
		first, _ := utf8.DecodeRuneInString(w)
		if i > 0 && !unspaced(first) {
			b.WriteByte(' ')
		}
		b.WriteString(w)
	}
	return b.String()
}

// stem cuts the ending of an English word; other words stay as they are.
func stem(folded string) string {
	for i := 0; i < len(folded); i++ {
		if folded[i] < 'a' || folded[i] > 'z' {
			return folded
		}
	}
	return string(porterstemmer.StemWithoutLowerCasing([]rune(folded)))
}

// numeric reports whether a word holds a digit.
func numeric(s string) bool { return strings.ContainsAny(s, "0123456789") }

// figure reports whether a word is a number, and not a name such as FAST1.
func figure(s string) bool { return '0' <= s[0] && s[0] <= '9' }

// short cuts a word to the length that is read.
func short(w string) string {
	if len(w) <= maxLetters {
		return w
	}
	return strings.ToValidUTF8(w[:maxLetters], "")
}

// clip cuts a question to the length that is read.
func clip(text string) string {
	n := 0
	for i := range text {
		if n == maxRunes {
			return text[:i]
		}
		n++
	}
	return text
}
