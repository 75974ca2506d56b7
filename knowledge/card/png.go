package card

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"math"
)

// scale is how many pixels a point has: 150 to the inch, sharp on a phone and
// when it is printed after all.
const scale = 150.0 / 72

const white = 0xff

// PNG draws the card as the PDF prints it, in greys.
func (c *Card) PNG(paper Paper) ([]byte, error) {
	p, err := c.page(paper)
	if err != nil {
		return nil, err
	}
	f, err := newFonts()
	if err != nil {
		return nil, fmt.Errorf("draw the card: %w", err)
	}
	img := image.NewGray(image.Rect(0, 0, pixels(p.width), pixels(p.height)))
	for i := range img.Pix {
		img.Pix[i] = white // package draw takes much longer over greys
	}
	for _, b := range p.boxes {
		area := image.Rect(pixels(b.x), pixels(b.y), max(pixels(b.x+b.width), pixels(b.x)+1), max(pixels(b.y+b.height), pixels(b.y)+1))
		draw.Draw(img, area, image.NewUniform(color.Gray{Y: b.grey}), image.Point{}, draw.Src)
	}
	for _, t := range p.texts {
		if err := f.draw(img, t); err != nil {
			return nil, fmt.Errorf("draw the card: %w", err)
		}
	}
	var out bytes.Buffer
	encoder := png.Encoder{CompressionLevel: png.BestSpeed}
	if err := encoder.Encode(&out, img); err != nil {
		return nil, fmt.Errorf("write the card as PNG: %w", err)
	}
	return out.Bytes(), nil
}

func pixels(points float64) int { return int(math.Round(points * scale)) }

// draw draws one line of text.
func (f *fonts) draw(img draw.Image, t text) error {
	colour := color.Gray{}
	if t.white {
		colour.Y = white
	}
	larger := style{t.style.size * scale, t.style.bold}
	return f.pen.Draw(img, t.words, t.x*scale, t.y*scale, larger.face(), colour)
}
