package knowledge

import (
	"bytes"
	"fmt"
	"slices"
	"unicode"
	"unicode/utf8"
)

// hiddenCharacters reports what a reader of a file cannot see or would take
// for something else: bytes that are not UTF-8, controls, invisible and
// direction-changing characters, and words that mix look-alike alphabets.
func hiddenCharacters(data []byte, report func(line int, message string)) {
	for i, line := range bytes.Split(data, []byte("\n")) {
		line = bytes.TrimSuffix(line, []byte("\r"))
		if isPlain(line) {
			continue
		}
		if message := hiddenIn(line); message != "" {
			report(i+1, message)
		}
	}
}

// isPlain says that a line is nothing but visible ASCII, as most lines are.
func isPlain(line []byte) bool {
	return !slices.ContainsFunc(line, func(b byte) bool { return b < ' ' || b >= 0x7f })
}

// hiddenIn describes the first hidden character of a line.
func hiddenIn(line []byte) string {
	var word scripts
	for column := 1; len(line) > 0; column++ {
		r, size := utf8.DecodeRune(line)
		switch {
		case r == utf8.RuneError && size == 1:
			return fmt.Sprintf("holds a byte that is not UTF-8 at character %d; save the file as UTF-8", column)
		case isHidden(r):
			return fmt.Sprintf("holds the invisible character U+%04X at character %d; delete it", r, column)
		}
		if !unicode.IsLetter(r) {
			word = scripts{}
		} else if word.add(r); word.mixed() {
			return fmt.Sprintf("mixes Latin letters with Greek or Cyrillic ones that look alike at character %d; type the word again", column)
		}
		line = line[size:]
	}
	return ""
}

// isHidden says that a character does not show: a control (a tab too, which
// YAML refuses), a format character such as a zero-width space, a byte order
// mark, a soft hyphen or a bidirectional override, or a space that is no space.
func isHidden(r rune) bool {
	return unicode.Is(unicode.C, r) || unicode.Is(unicode.Zl, r) || unicode.Is(unicode.Zp, r) ||
		unicode.Is(unicode.Zs, r) && r != ' ' || r == 0x115f || r == 0x1160 || r == 0x3164 || r == 0xffa0
}

// scripts notes which alphabets a word uses.
type scripts struct{ latin, lookalike bool }

func (s *scripts) add(r rune) {
	switch {
	case r < utf8.RuneSelf || unicode.Is(unicode.Latin, r):
		s.latin = true
	case unicode.In(r, unicode.Greek, unicode.Cyrillic):
		s.lookalike = true
	}
}

func (s *scripts) mixed() bool { return s.latin && s.lookalike }
