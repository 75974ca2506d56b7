package card

import (
	"fmt"
	"strings"

	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
)

// style is how a text is set.
type style struct {
	size float64 // in points
	bold bool
}

// lead is the distance between two lines, in sizes of the font.
const lead = 1.2

// fonts are the Go fonts, which the program carries under their BSD licence. A
// value is used by one goroutine.
type fonts struct {
	regular, bold *opentype.Font
	widths        map[letter]float64
	faces         map[style]font.Face
	buffer        sfnt.Buffer
	missing       rune // the first character that the fonts do not have
}

// letter is a character of one of the two fonts.
type letter struct {
	bold bool
	r    rune
}

func newFonts() (*fonts, error) {
	regular, err := opentype.Parse(goregular.TTF)
	if err != nil {
		return nil, fmt.Errorf("read the regular font: %w", err)
	}
	bold, err := opentype.Parse(gobold.TTF)
	if err != nil {
		return nil, fmt.Errorf("read the bold font: %w", err)
	}
	return &fonts{regular: regular, bold: bold, widths: map[letter]float64{}, faces: map[style]font.Face{}}, nil
}

func (f *fonts) font(bold bool) *opentype.Font {
	if bold {
		return f.bold
	}
	return f.regular
}

// face is a font to draw with, at a size in pixels.
func (f *fonts) face(s style) (font.Face, error) {
	if face, ok := f.faces[s]; ok {
		return face, nil
	}
	face, err := opentype.NewFace(f.font(s.bold), &opentype.FaceOptions{Size: s.size, DPI: 72})
	if err != nil {
		return nil, fmt.Errorf("set the font at %g pixels: %w", s.size, err)
	}
	f.faces[s] = face
	return face, nil
}

// width is how wide a text is, in points.
func (f *fonts) width(text string, s style) float64 {
	sum := 0.0
	for _, r := range text {
		sum += f.letterWidth(letter{s.bold, r})
	}
	return sum * s.size
}

// letterWidth is how wide a character is, in sizes of the font. It notes a
// character that cannot be printed.
func (f *fonts) letterWidth(l letter) float64 {
	if width, known := f.widths[l]; known {
		return width
	}
	chosen := f.font(l.bold)
	units := int(chosen.UnitsPerEm())
	glyph, err := chosen.GlyphIndex(&f.buffer, l.r)
	if (err != nil || glyph == 0) && f.missing == 0 {
		f.missing = l.r
	}
	advance, err := chosen.GlyphAdvance(&f.buffer, glyph, fixed.I(units), font.HintingNone)
	if err != nil {
		return 0
	}
	f.widths[l] = float64(advance) / float64(fixed.I(units))
	return f.widths[l]
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
