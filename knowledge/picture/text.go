package picture

import (
	"fmt"
	"image/color"
	"strings"

	"github.com/fyne-io/oksvg"

	"iobot/knowledge/typeface"
)

// lineHeight is the distance of two lines, in sizes of the font.
const lineHeight = 1.22

// line is one line of text where it is printed.
type line struct {
	words  string
	x, y   float64 // left end of the base line
	width  float64
	size   float64
	bold   bool
	colour color.Color
}

// face is the font of the line.
func (l line) face() typeface.Style { return typeface.Style{Size: l.size, Bold: l.bold} }

// box is the space a line takes: left, top, right, bottom.
func (l line) box() [4]float64 {
	return [4]float64{l.x, l.y - 0.75*l.size, l.x + l.width, l.y + 0.22*l.size}
}

// style is what a text element takes over from the elements around it.
type style struct{ size, weight, fill, anchor string }

func (s style) of(n *node) style {
	take := func(into *string, name string) {
		if v := n.attr(name); v != "" {
			*into = v
		}
	}
	take(&s.size, "font-size")
	take(&s.weight, "font-weight")
	take(&s.fill, "fill")
	take(&s.anchor, "text-anchor")
	return s
}

// setter sets text: it breaks long lines and says where each begins.
type setter struct {
	pen      *typeface.Pen
	lines    []line
	problems []string
}

// set sets all text below n, in the order of the file.
func (s *setter) set(n *node, outer style) {
	inner := outer.of(n)
	if n.name == "text" {
		s.setText(n, inner)
	}
	for _, child := range n.children {
		s.set(child, inner)
	}
}

// setText breaks the text at data-width and turns the element's lines into
// tspans, so that the SVG reads as the PNG does.
func (s *setter) setText(n *node, st style) {
	colour, err := oksvg.ParseSVGColor(st.fill)
	if err != nil || colour == nil {
		colour = color.Black
	}
	l := line{size: number(st.size), bold: st.weight == "700", colour: colour}
	rows := s.fit(n.text, l, number(n.attr("data-width")))
	if most := number(n.attr("data-lines")); most > 0 && float64(len(rows)) > most {
		s.problems = append(s.problems, fmt.Sprintf("%q is too long for its place; shorten it", n.text))
	}
	if r, found := s.pen.Missing(n.text, l.bold); found {
		s.problems = append(s.problems, fmt.Sprintf("%q holds %q, which the font does not have", n.text, r))
	}
	n.text = ""
	for i, words := range rows {
		l.words, l.width = words, s.pen.Width(words, l.face())
		l.x, l.y = number(n.attr("x")), number(n.attr("y"))+float64(i)*l.size*lineHeight
		n.children = append(n.children, &node{name: "tspan", attrs: position(l.x, l.y), text: words})
		switch st.anchor {
		case "middle":
			l.x -= l.width / 2
		case "end":
			l.x -= l.width
		}
		s.lines = append(s.lines, l)
	}
}

// check reports lines that would leave the picture or lie on another.
func (s *setter) check(width, height float64) {
	for i, l := range s.lines {
		b := l.box()
		if b[0] < 0 || b[1] < 0 || b[2] > width || b[3] > height {
			s.problems = append(s.problems, fmt.Sprintf("%q leaves the picture; shorten it", l.words))
		}
		for _, other := range s.lines[:i] {
			if o := other.box(); b[0] < o[2] && o[0] < b[2] && b[1] < o[3] && o[1] < b[3] {
				s.problems = append(s.problems, fmt.Sprintf("%q lies on %q; shorten it", l.words, other.words))
			}
		}
	}
}

// fit breaks a text into lines no wider than most; 0 leaves it in one.
func (s *setter) fit(text string, l line, most float64) []string {
	var rows []string
	row := ""
	for _, word := range unbroken(text) {
		longer := strings.TrimSpace(row + " " + word)
		if most > 0 && row != "" && s.pen.Width(longer, l.face()) > most {
			rows = append(rows, row)
			longer = word
		}
		row = longer
	}
	if row == "" {
		return rows
	}
	return append(rows, row)
}

// unbroken splits a text into words, each figure in one piece with its unit.
func unbroken(text string) []string {
	var words []string
	figure := false
	for _, word := range strings.Fields(text) {
		if figure {
			words[len(words)-1] += " " + word
		} else {
			words = append(words, word)
		}
		last := word[len(word)-1]
		figure = last >= '0' && last <= '9'
	}
	return words
}
