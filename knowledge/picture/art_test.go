package picture

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/fyne-io/oksvg"
)

// accent is the one colour that stands out.
const accent = "#b3290a"

func allArt(t *testing.T) []*art {
	t.Helper()
	all, err := readArt()
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func eachNode(n *node, do func(*node)) {
	do(n)
	for _, child := range n.children {
		eachNode(child, do)
	}
}

// TestArtHoldsNoFigures: a digit in the art would be a figure that no entry
// gave.
func TestArtHoldsNoFigures(t *testing.T) {
	for _, a := range allArt(t) {
		written := []string{a.title, a.view}
		eachNode(a.root, func(n *node) {
			if n.name == "text" {
				written = append(written, n.text, n.attr("data-avoid"))
			}
		})
		for _, text := range written {
			if left := placeholder.ReplaceAllString(text, ""); strings.ContainsAny(left, "0123456789") {
				t.Errorf("%s holds a figure in %q", a.file, text)
			}
		}
	}
}

// TestArtIsOfTheKindThatIsDrawn: only what the rasteriser draws as a browser
// does, in a picture of the right shape.
func TestArtIsOfTheKindThatIsDrawn(t *testing.T) {
	known := strings.Fields("svg style g path rect circle ellipse text")
	for _, a := range allArt(t) {
		if a.width != 720 || a.height < 480 || a.height > 720 {
			t.Errorf("%s is %g by %g; want 720 by 480 to 720", a.file, a.width, a.height)
		}
		eachNode(a.root, func(n *node) {
			if !slices.Contains(known, n.name) || n.attr("transform") != "" || n.attr("opacity") != "" {
				t.Errorf("%s holds <%s> %v, which may be drawn in another way than it looks", a.file, n.name, n.attrs)
			}
			if size := number(n.attr("font-size")); n.name == "text" && size < 18 {
				t.Errorf("%s sets %q at %g; it must be read at half the size", a.file, n.text, size)
			}
		})
	}
}

// TestOneAccentColour: whatever else is coloured is pale, grey or ink, so that
// nothing hangs on a second colour.
func TestOneAccentColour(t *testing.T) {
	for _, a := range allArt(t) {
		for _, name := range hexColour.FindAllString(string(a.source), -1) {
			r, g, b, err := oksvg.ParseSVGColorNum(name)
			if err != nil {
				t.Fatal(err)
			}
			if int(max(r, g, b))-int(min(r, g, b)) > 60 && name != accent {
				t.Errorf("%s uses %s beside the accent colour", a.file, name)
			}
		}
	}
}

// TestNothingLeavesThePicture: each point of each shape is in the view box.
func TestNothingLeavesThePicture(t *testing.T) {
	for _, a := range allArt(t) {
		eachNode(a.root, func(n *node) {
			for _, p := range points(n) {
				if p[0] < 0 || p[1] < 0 || p[0] > a.width || p[1] > a.height {
					t.Errorf("%s: %s %v leaves the picture at %g, %g", a.file, n.name, n.attr("d"), p[0], p[1])
				}
			}
		})
	}
}

// points are the corners and control points of a shape; a curve lies between
// its control points.
func points(n *node) (all [][2]float64) {
	x, y, r := number(n.attr("cx")), number(n.attr("cy")), number(n.attr("r"))
	rx, ry := max(r, number(n.attr("rx"))), max(r, number(n.attr("ry")))
	switch n.name {
	case "circle", "ellipse":
		return [][2]float64{{x - rx, y - ry}, {x + rx, y + ry}}
	case "rect":
		x, y = number(n.attr("x")), number(n.attr("y"))
		return [][2]float64{{x, y}, {x + number(n.attr("width")), y + number(n.attr("height"))}}
	}
	for _, command := range pathCommand.FindAllStringSubmatch(n.attr("d"), -1) {
		numbers := pathNumber.FindAllString(command[2], -1)
		if command[1] == "A" {
			numbers = numbers[5:]
		}
		for i := 0; i+1 < len(numbers); i += 2 {
			all = append(all, [2]float64{number(numbers[i]), number(numbers[i+1])})
		}
	}
	return all
}

// TestArtIsRefused: a slip of a designer is named when the program is tested,
// not drawn.
func TestArtIsRefused(t *testing.T) {
	for _, test := range []struct{ art, says string }{
		{`<svg viewBox="0 0 720 600" data-view="x"></svg>`, "data-entry or data-view is missing"},
		{`<svg data-entry="site/x" data-view="x"></svg>`, "viewBox must hold four numbers"},
		{`<svg data-entry="site/x" data-view="x" data-agrees="angle 90"></svg>`, "has neither = nor ~"},
		{`<svg><g></svg></g>`, "closes"},
		{`<svg>`, "is not one whole svg element"},
		{`<p></p>`, "is not one whole svg element"},
		{`</svg>`, "closes"},
		{`<svg`, "EOF"},
	} {
		_, err := parseArt("x.svg", []byte(test.art))
		if !strings.Contains(fmt.Sprint(err), test.says) {
			t.Errorf("%s: %v; want %q", test.art, err, test.says)
		}
	}
}
