package card

import (
	"slices"
	"strings"

	"rsc.io/qr"

	"iobot/knowledge"
)

// margin is the empty border of the page; printers leave out a little less.
const margin = 26

// dateForm writes a day so that no country reads it otherwise.
const dateForm = "2 Jan 2006"

// Sizes of what stands around the rows, in points.
const (
	weightSize = 58
	codeSize   = 74 // of the QR code
	headerSize = 84
	signSize   = 28
	footSize   = 6.25
)

// sizes are the sizes of the text in a row, in points.
type sizes struct {
	figure, name, small float64
	gap                 float64 // between rows
}

// allSizes lists the sizes that are tried, the largest first.
func allSizes() []sizes {
	return []sizes{
		{figure: 18, name: 13, small: 9.5, gap: 5},
		{figure: 17, name: 12.5, small: 9, gap: 4},
		{figure: 16, name: 12, small: 8.5, gap: 3},
		{figure: 15, name: 11.5, small: 8, gap: 3},
		{figure: 15, name: 11, small: 7.5, gap: 2},
		{figure: 14, name: 11, small: 7.25, gap: 1.5},
		{figure: 14, name: 10.5, small: 7, gap: 1},
		{figure: 14, name: 10, small: 6.5, gap: 0.5},
		{figure: 13, name: 9.5, small: 6, gap: 0.5},
	}
}

// layout sets a card on a page from the top down.
type layout struct {
	page *page
	*fonts
	sizes
	card *Card
	y    float64 // how far down the page is filled
}

// set lays the whole card out.
func (l *layout) set(code *qr.Code) {
	l.y = margin
	l.header(code)
	l.signatures()
	for _, s := range l.card.Sections {
		l.section(s)
	}
	l.footer()
}

// put sets one line of text with its top at y and returns its width.
func (l *layout) put(x, y float64, s style, words string) float64 {
	l.page.texts = append(l.page.texts, text{x: x, y: y + 0.95*s.size, style: s, words: words})
	return l.width(words, s)
}

// paragraph sets text between x and x+width from y on and returns where it
// ends.
func (l *layout) paragraph(x, y, width float64, s style, words string) float64 {
	for _, line := range l.wrap(words, s, width) {
		l.put(x, y, s, line)
		y += lead * s.size
	}
	return y
}

// inner is the width between the margins.
func (l *layout) inner() float64 { return l.page.width - 2*margin }

// line draws a line across the page.
func (l *layout) line(y, thickness float64) {
	l.page.boxes = append(l.page.boxes, box{margin, y, l.inner(), thickness, 0})
}

// header prints for whom and until when the card is, with the code that leads
// back to the answer in chat.
func (l *layout) header(code *qr.Code) {
	c := l.card
	weight := style{weightSize, true}
	end := margin + l.put(margin-1, l.y-6, weight, c.Patient.Weight.String())
	who := strings.Join(c.ages(), ", ")
	if who == "" {
		who = "age not given"
	}
	l.put(margin, l.y+weightSize, style{16, true}, who)
	x, y := max(end+14, margin+190), l.y
	right := l.page.width - margin - codeSize
	y = l.paragraph(x, y, right-x-8, style{13, true}, c.Title)
	y = l.paragraph(x, y, right-x-8, style{10.5, false}, "Printed "+c.Printed.Format(dateForm)+" UTC")
	y = l.paragraph(x, y, right-x-8, style{12, true}, "Do not use after "+c.LastDay.Format(dateForm))
	y = l.paragraph(x, y+1, right-x-8, style{9, true}, c.reviewed())
	l.paragraph(x, y, right-x-8, style{8.5, false}, "Revision "+c.Revision)
	l.code(code, right, l.y)
	l.caption(right+codeSize, l.y+codeSize, "/io "+c.Command())
	l.y += headerSize
}

// caption sets the command under the code, flush with its right edge.
func (l *layout) caption(end, y float64, words string) {
	s := style{7.5, true}
	l.put(end-l.width(words, s), y+1, s, words)
}

// reviewed says how far the figures of a card can be trusted. Where the
// entries differ, each row says so for itself.
func (c *Card) reviewed() string {
	switch {
	case c.mixed():
		return "REVIEW DIFFERS: see each row"
	case c.Review == knowledge.Verified:
		return "All entries verified here"
	case c.Review == knowledge.Unreviewed:
		return "UNREVIEWED: nobody here has signed this"
	}
	return strings.ToUpper(string(c.Review)) + ": the review of these entries has run out"
}

// mixed reports whether the rows differ in their review.
func (c *Card) mixed() bool {
	return slices.ContainsFunc(c.Rows(), func(r Row) bool { return r.Review != "" && r.Review != c.Review })
}

// code draws the QR code, each run of dark fields as one box.
func (l *layout) code(code *qr.Code, x, y float64) {
	field := codeSize / float64(code.Size)
	for row := range code.Size {
		for from := 0; from < code.Size; from++ {
			end := from
			for end < code.Size && code.Black(end, row) {
				end++
			}
			if end > from {
				l.page.boxes = append(l.page.boxes, box{x + float64(from)*field, y + float64(row)*field, float64(end-from) * field, field, 0})
				from = end
			}
		}
	}
}

// signatures leaves room for who prepared and who checked the drugs, and when.
func (l *layout) signatures() {
	l.line(l.y, 1.2)
	x, base := float64(margin), l.y+signSize-7
	for _, blank := range []struct {
		words string
		part  float64
	}{{"Prepared by", 0.38}, {"Checked by", 0.38}, {"Time", 0.24}} {
		s := style{11, true}
		width := l.put(x, base-11, s, blank.words)
		end := x + blank.part*l.inner()
		l.page.boxes = append(l.page.boxes, box{x + width + 5, base + 1, end - x - width - 15, 0.8, 0})
		x = end
	}
	l.y += signSize
}

// footer prints what the card is for and what the source keys mean.
func (l *layout) footer() {
	l.line(l.y+1, 1.2)
	l.y = l.paragraph(margin, l.y+3, l.inner(), style{8, true}, l.card.IntendedUse)
	notes := "No patient detail belongs on this card. The code and the line under it ask for the live answer."
	if l.starred() {
		notes = "* This limit is not printed in the source of the rule; the live answer says where it comes from. " + notes
	}
	l.y = l.paragraph(margin, l.y, l.inner(), style{footSize + 0.5, false}, notes)
	l.y = l.paragraph(margin, l.y, l.inner(), style{footSize, false}, "Sources: "+l.legend())
}

func (l *layout) starred() bool {
	for _, row := range l.card.Rows() {
		if strings.HasSuffix(row.Limit, "*") {
			return true
		}
	}
	return false
}

// legend says what the first source of each row is.
func (l *layout) legend() string {
	var parts []string
	seen := map[string]bool{}
	for _, row := range l.card.Rows() {
		if len(row.Sources) == 0 || seen[row.Sources[0]] {
			continue
		}
		seen[row.Sources[0]] = true
		for _, s := range l.card.Sources {
			if s.Key == row.Sources[0] {
				parts = append(parts, s.Key+" "+s.Citation)
			}
		}
	}
	return strings.Join(parts, "; ")
}
