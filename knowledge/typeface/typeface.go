// Package typeface measures and draws lines of text in the Go fonts, which the
// program carries under their BSD licence. It sets no page and breaks no
// lines: packages picture and card do, each in its own way.
package typeface

import (
	"fmt"
	"image"
	"image/color"
	"image/draw"

	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
)

// Style is how a text is set.
type Style struct {
	Size float64 // in the units of the page: points or pixels
	Bold bool
}

// TTF is the file of a font, for those who embed it.
func TTF(bold bool) []byte {
	if bold {
		return gobold.TTF
	}
	return goregular.TTF
}

// Fonts are the fonts, read. Several goroutines may use them.
type Fonts struct{ regular, bold *opentype.Font }

// Load reads the fonts.
func Load() (Fonts, error) {
	regular, err := opentype.Parse(TTF(false))
	if err != nil {
		return Fonts{}, fmt.Errorf("read the regular font: %w", err)
	}
	bold, err := opentype.Parse(TTF(true))
	if err != nil {
		return Fonts{}, fmt.Errorf("read the bold font: %w", err)
	}
	return Fonts{regular, bold}, nil
}

func (f Fonts) of(bold bool) *opentype.Font {
	if bold {
		return f.bold
	}
	return f.regular
}

// Pen measures and draws. One goroutine uses it.
type Pen struct {
	fonts  Fonts
	widths map[letter]float64
	lacks  map[letter]bool // that no font has
	faces  map[Style]font.Face
	buffer sfnt.Buffer
}

// letter is a character of one of the two fonts.
type letter struct {
	bold bool
	r    rune
}

// Pen returns a new pen.
func (f Fonts) Pen() *Pen {
	return &Pen{fonts: f, widths: map[letter]float64{}, lacks: map[letter]bool{}, faces: map[Style]font.Face{}}
}

// Width is how wide a text is.
func (p *Pen) Width(text string, s Style) float64 {
	sum := 0.0
	for _, r := range text {
		sum += p.width(letter{s.Bold, r})
	}
	return sum * s.Size
}

// width is how wide a character is, in sizes of the font.
func (p *Pen) width(l letter) float64 {
	if width, known := p.widths[l]; known {
		return width
	}
	chosen := p.fonts.of(l.bold)
	units := fixed.I(int(chosen.UnitsPerEm()))
	glyph, err := chosen.GlyphIndex(&p.buffer, l.r)
	if err != nil || glyph == 0 {
		glyph, p.lacks[l] = 0, true
	}
	advance, err := chosen.GlyphAdvance(&p.buffer, glyph, units, font.HintingNone)
	if err != nil {
		return 0
	}
	p.widths[l] = float64(advance) / float64(units)
	return p.widths[l]
}

// Missing finds the first character of a text that a font does not have.
func (p *Pen) Missing(text string, bold bool) (rune, bool) {
	for _, r := range text {
		l := letter{bold, r}
		p.width(l)
		if p.lacks[l] {
			return r, true
		}
	}
	return 0, false
}

// Draw draws a line of text, x being its left end and y its base line.
func (p *Pen) Draw(img draw.Image, text string, x, y float64, s Style, c color.Color) error {
	face, known := p.faces[s]
	if !known {
		var err error
		face, err = opentype.NewFace(p.fonts.of(s.Bold), &opentype.FaceOptions{Size: s.Size, DPI: 72})
		if err != nil {
			return fmt.Errorf("set the font at %g pixels: %w", s.Size, err)
		}
		p.faces[s] = face
	}
	drawer := font.Drawer{Dst: img, Src: image.NewUniform(c), Face: face,
		Dot: fixed.Point26_6{X: fixed.Int26_6(x * 64), Y: fixed.Int26_6(y * 64)}}
	drawer.DrawString(text)
	return nil
}
