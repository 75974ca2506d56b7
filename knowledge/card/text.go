package card

import (
	"strings"

	"iobot/knowledge/typeface"
)

// style is how a text is set.
type style struct {
	size float64 // in points
	bold bool
}

// lead is the distance between two lines, in sizes of the font.
const lead = 1.2

// face is the style in the fonts that the card is printed in.
func (s style) face() typeface.Style { return typeface.Style{Size: s.size, Bold: s.bold} }

// fonts measure text. A value is used by one goroutine.
type fonts struct {
	pen     *typeface.Pen
	missing rune // the first character that the fonts do not have
}

func newFonts() (*fonts, error) {
	loaded, err := typeface.Load()
	if err != nil {
		return nil, err
	}
	return &fonts{pen: loaded.Pen()}, nil
}

// width is how wide a text is, in points. It notes a character that cannot be
// printed.
func (f *fonts) width(text string, s style) float64 {
	if f.missing == 0 {
		f.missing, _ = f.pen.Missing(text, s.bold)
	}
	return f.pen.Width(text, s.face())
}

// wrap breaks a text into lines no wider than most. A figure is not parted
// from its unit.
func (f *fonts) wrap(text string, s style, most float64) []string {
	var lines []string
	line, end, space := "", 0.0, f.width(" ", s)
	for _, word := range unbroken(text) {
		width := f.width(word, s)
		switch {
		case line == "":
			line, end = word, width
		case end+space+width > most:
			lines = append(lines, line)
			line, end = word, width
		default:
			line, end = line+" "+word, end+space+width
		}
	}
	if line == "" {
		return lines
	}
	return append(lines, line)
}

// unbroken cuts a text into words, a figure with its unit being one.
func unbroken(text string) []string {
	var words []string
	for _, word := range strings.Fields(text) {
		last := len(words) - 1
		if last >= 0 && isFigure(words[last]) {
			words[last] += " " + word
			continue
		}
		words = append(words, word)
	}
	return words
}

// isFigure says that a word is a number that goes with the next word.
func isFigure(word string) bool {
	return strings.Trim(word, "0123456789.,") == "" && !strings.HasSuffix(word, ",")
}
