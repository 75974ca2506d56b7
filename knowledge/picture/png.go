package picture

import (
	"bytes"
	"fmt"
	"image"
	"image/draw"
	"image/png"
	"slices"

	"github.com/fyne-io/oksvg"
	"github.com/srwiley/rasterx"

	"iobot/knowledge/typeface"
)

// pngWidth is how wide a picture is, in pixels: sharp on a phone that shows it
// 360 or 480 wide.
const pngWidth = 1440

// PNG draws the picture on white. It may be called at the same time from
// several goroutines; it keeps nothing.
func (d *Drawing) PNG() ([]byte, error) {
	img, err := d.render(pngWidth)
	if err != nil {
		return nil, fmt.Errorf("draw %s: %w", d.ID, err)
	}
	var out bytes.Buffer
	encoder := png.Encoder{CompressionLevel: png.BestSpeed}
	if err := encoder.Encode(&out, img); err != nil {
		return nil, fmt.Errorf("encode %s: %w", d.ID, err)
	}
	return out.Bytes(), nil
}

// render draws the shapes, then the text over them.
func (d *Drawing) render(width int) (*image.RGBA, error) {
	scale := float64(width) / d.size[0]
	height := int(d.size[1]*scale + 0.5)
	icon, err := oksvg.ReadIconStream(bytes.NewReader(d.svg))
	if err != nil {
		return nil, err
	}
	img := image.NewRGBA(image.Rect(0, 0, width, height))
	draw.Draw(img, img.Bounds(), image.White, image.Point{}, draw.Src)
	icon.SetTarget(0, 0, float64(width), float64(height))
	scaleStrokes(icon, scale)
	icon.Draw(rasterx.NewDasher(width, height, newScanner(img)), 1)
	pen := d.fonts.Pen()
	for _, l := range d.lines {
		larger := typeface.Style{Size: l.size * scale, Bold: l.bold}
		if err := pen.Draw(img, l.words, l.x*scale, l.y*scale, larger, l.colour); err != nil {
			return nil, err
		}
	}
	return img, nil
}

// scaleStrokes makes lines and dashes grow with the picture. oksvg scales only
// where they run.
func scaleStrokes(icon *oksvg.SvgIcon, scale float64) {
	for i := range icon.SVGPaths {
		style := &icon.SVGPaths[i].PathStyle
		style.LineWidth *= scale
		style.Dash = slices.Clone(style.Dash) // shared by the paths of a class
		for j := range style.Dash {
			style.Dash[j] *= scale
		}
	}
}
