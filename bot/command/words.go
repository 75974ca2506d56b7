package command

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"iobot/bot"
)

// maxChoices is how many buttons a reply offers: more than ten are not read,
// and every platform shows ten.
const maxChoices = 10

func limit(list []bot.Choice, n int) []bot.Choice {
	return list[:min(n, len(list))]
}

// capital returns s with a capital first letter.
func capital(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	if unicode.IsUpper(r) {
		return s
	}
	return string(unicode.ToUpper(r)) + s[n:]
}

// lowerFirst returns s for the middle of a sentence. Names such as
// "EPINEPHrine" and "EZ-IO" keep their capitals, and so does "I".
func lowerFirst(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	second, _ := utf8.DecodeRuneInString(s[n:])
	if unicode.IsUpper(second) || strings.HasPrefix(s, "I ") {
		return s
	}
	return string(unicode.ToLower(r)) + s[n:]
}

// joinWords lists words: "a, b and c".
func joinWords(list []string) string {
	switch len(list) {
	case 0:
		return ""
	case 1:
		return list[0]
	}
	return strings.Join(list[:len(list)-1], ", ") + " and " + list[len(list)-1]
}

// trimStops takes the full stop off each sentence, for a list inside one.
func trimStops(list []string) []string {
	out := make([]string, len(list))
	for i, s := range list {
		out[i] = lowerFirst(strings.TrimSuffix(s, "."))
	}
	return out
}

// plainWords cuts a text into lower-case words of letters and digits.
func plainWords(text string) []string {
	return strings.FieldsFunc(strings.ToLower(text), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '\''
	})
}
