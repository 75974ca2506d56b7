package picture

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/xml"
	"fmt"
	"strconv"

	"iobot/knowledge"
	"iobot/knowledge/quantity"
	"iobot/knowledge/typeface"
)

// renderer is the version of what turns art into pixels. A new one gives every
// picture a new name, since names are kept by others for ever.
const renderer = "1"

// Drawing is one piece of art with the words and figures of one entry in it.
// It does not change.
type Drawing struct {
	ID    string            // "proximal-tibia/infant"
	Entry knowledge.ID      // whose figures it shows: "site/proximal-tibia"
	Group string            // of the landmark it shows; empty when it holds at any age
	Age   quantity.AgeRange // of the landmark
	Title string            // "Proximal tibia, infant"
	Alt   string            // the same clinical content in words
	name  string
	svg   []byte
	lines []line
	size  [2]float64 // of the view box
	fonts typeface.Fonts
}

// Name is a file name made from the content: another word or another line in
// the drawing gives another name.
func (d *Drawing) Name() string { return d.name }

// Texts is everything printed in the drawing, a line at a time.
func (d *Drawing) Texts() []string {
	texts := make([]string, len(d.lines))
	for i, l := range d.lines {
		texts[i] = l.words
	}
	return texts
}

// SVG is the art with everything filled in, which any browser shows.
func (d *Drawing) SVG() []byte { return bytes.Clone(d.svg) }

// finish lays out the filled art of a drawing. What stands in the way is
// returned as sentences.
func (d *Drawing) finish(a *art, filled *node, pen *typeface.Pen) []string {
	s := &setter{pen: pen}
	s.set(filled, style{})
	s.check(a.width, a.height)
	d.lines, d.size = s.lines, [2]float64{a.width, a.height}
	var out bytes.Buffer
	filled.write(&out)
	d.svg = out.Bytes()
	sum := sha256.Sum256(fmt.Appendf(nil, "%s\x00%s", renderer, d.svg))
	d.name = hex.EncodeToString(sum[:]) + ".png"
	return s.problems
}

func position(x, y float64) []xml.Attr {
	text := func(f float64) string { return strconv.FormatFloat(f, 'f', -1, 64) }
	return []xml.Attr{{Name: xml.Name{Local: "x"}, Value: text(x)}, {Name: xml.Name{Local: "y"}, Value: text(y)}}
}
