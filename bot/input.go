package bot

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// MaxInput is the longest question in characters.
const MaxInput = 500

// clean makes a typed line safe to read: it folds white space and drops the
// direction marks that phones add to Arabic and Hebrew. What could show a
// reader something else than what was computed is refused.
func clean(line string) (string, error) {
	switch {
	case !utf8.ValidString(line):
		return "", VisibleError("Part of this could not be read as text. Please type it again.")
	case utf8.RuneCountInString(line) > MaxInput:
		return "", VisibleError("That is longer than 500 characters. Ask in one short sentence, such as: dose adrenaline 12 kg.")
	}
	var b strings.Builder
	for _, r := range line {
		switch {
		case unicode.IsSpace(r):
			b.WriteByte(' ')
		case r == '＃':
			b.WriteByte('#') // as platforms print it where "#" would be markup
		case r == '∶' || r == '：':
			b.WriteByte(':')
		case r == '\u200e' || r == '\u200f' || r == '\u061c' || r == '\ufeff' || r == '\u200b' || r == '\u00ad':
			// marks of direction, order and hyphenation carry no meaning
		case unicode.IsControl(r) || unicode.Is(bidi, r):
			return "", VisibleError("This holds hidden characters that can turn text around. Please type it by hand.")
		default:
			b.WriteRune(r)
		}
	}
	text := strings.Join(strings.Fields(b.String()), " ")
	if w := mixedWord(text); w != "" {
		return "", VisibleError("One word mixes letters of two alphabets that look alike. Please type it again in one alphabet.")
	}
	return text, nil
}

// maxValues is how many values a form sends at most.
const maxValues = 2 * MaxFormFields

// checkValues refuses what no form of ours sends. What is wrong with a text
// for its field is for the command to say, which keeps what was typed.
func checkValues(values map[string]string) error {
	if len(values) > maxValues {
		return VisibleError("This form has too many fields. Open it again.")
	}
	for _, v := range values {
		if !utf8.ValidString(v) || utf8.RuneCountInString(v) > MaxFormValue {
			return VisibleError("One field is longer than 3000 characters, or holds what is not text. Shorten it and send it again.")
		}
	}
	return nil
}

// bidi holds the characters that embed, override or isolate a direction.
var bidi = &unicode.RangeTable{R16: []unicode.Range16{
	{Lo: 0x202a, Hi: 0x202e, Stride: 1},
	{Lo: 0x2066, Hi: 0x2069, Stride: 1},
}}

// mixedWord returns the first word that holds letters of more than one of the
// alphabets whose letters look alike; empty when there is none.
func mixedWord(text string) string {
	alike := []*unicode.RangeTable{unicode.Latin, unicode.Cyrillic, unicode.Greek, unicode.Armenian, unicode.Cherokee}
	for _, word := range strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) }) {
		scripts := 0
		for _, table := range alike {
			if strings.ContainsFunc(word, func(r rune) bool { return unicode.Is(table, r) }) {
				scripts++
			}
		}
		if scripts > 1 {
			return word
		}
	}
	return ""
}
