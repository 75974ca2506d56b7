package picture

import (
	"fmt"

	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/opentype"
)

// fonts are the Go fonts, which are part of the program. They may be used by
// several goroutines.
type fonts struct{ regular, bold *opentype.Font }

func newFonts() (fonts, error) {
	regular, err := opentype.Parse(goregular.TTF)
	if err != nil {
		return fonts{}, fmt.Errorf("read the regular font: %w", err)
	}
	bold, err := opentype.Parse(gobold.TTF)
	if err != nil {
		return fonts{}, fmt.Errorf("read the bold font: %w", err)
	}
	return fonts{regular, bold}, nil
}

// face is a font at a size in pixels, for one goroutine.
func (f fonts) face(bold bool, size float64) (font.Face, error) {
	chosen := f.regular
	if bold {
		chosen = f.bold
	}
	return opentype.NewFace(chosen, &opentype.FaceOptions{Size: size, DPI: 72})
}

// rulerSize is the size of the font that a ruler measures with. Widths grow
// with the size, so one is enough.
const rulerSize = 100

// ruler measures text, for one goroutine.
type ruler struct{ regular, bold font.Face }

func newRuler(f fonts) (*ruler, error) {
	regular, err := f.face(false, rulerSize)
	if err != nil {
		return nil, fmt.Errorf("size the regular font: %w", err)
	}
	bold, err := f.face(true, rulerSize)
	if err != nil {
		return nil, fmt.Errorf("size the bold font: %w", err)
	}
	return &ruler{regular, bold}, nil
}

func (r *ruler) face(l line) font.Face {
	if l.bold {
		return r.bold
	}
	return r.regular
}

// width is how wide words are in the font of l.
func (r *ruler) width(words string, l line) float64 {
	return float64(font.MeasureString(r.face(l), words)) / 64 * l.size / rulerSize
}

// missing finds a letter that the font of l does not have.
func (r *ruler) missing(words string, l line) (rune, bool) {
	for _, letter := range words {
		if _, ok := r.face(l).GlyphAdvance(letter); !ok {
			return letter, true
		}
	}
	return 0, false
}
