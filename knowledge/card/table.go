package card

import (
	"strings"
)

// The columns of a row: where each begins, as a part of the width between the
// margins, and how far it goes.
type column struct{ from, width float64 }

// gutter is what keeps the figures of two columns apart.
const gutter = 13

// columns are the drug, the dose, the volume, and strength with limit.
func (l *layout) columns() [4]column {
	w := l.inner()
	return [4]column{
		{margin, 0.41*w - gutter}, {margin + 0.41*w, 0.205*w - gutter},
		{margin + 0.615*w, 0.205*w - gutter}, {margin + 0.82*w, 0.18 * w},
	}
}

// section prints a heading, with the names of the columns where a row has
// figures, and the rows.
func (l *layout) section(s Section) {
	const height = 13
	heading := style{9.5, true}
	l.page.boxes = append(l.page.boxes, box{margin, l.y, l.inner(), height, 215})
	l.put(margin+3, l.y+1.5, heading, strings.ToUpper(s.Heading))
	if hasDose(s.Rows) {
		names := [4]string{1: "Dose", 2: "Draw up", 3: "From, limit"}
		if l.card.Reference {
			names[1], names[2] = "Rule, not worked out", ""
		}
		for i, c := range l.columns() {
			l.put(c.from, l.y+1.5, heading, names[i])
		}
	}
	l.y += height + l.gap
	for i, row := range s.Rows {
		follows := i > 0 && row.Dose != "" && row.Entry == s.Rows[i-1].Entry
		if i > 0 && !follows {
			l.page.boxes = append(l.page.boxes, box{margin, l.y - l.gap/2 - 0.3, l.inner(), 0.6, 90})
		}
		l.row(row, follows)
	}
}

func hasDose(rows []Row) bool {
	for _, row := range rows {
		if row.Dose != "" {
			return true
		}
	}
	return false
}

// row prints one row: the warnings, then the figures or what is said in their
// place. A row that follows another of the same drug does not repeat its name.
func (l *layout) row(row Row, follows bool) {
	for _, words := range row.Warnings {
		l.warning(row, words)
	}
	end := l.what(row, follows)
	if row.Dose == "" {
		l.y = l.says(row, end) + l.gap
		return
	}
	cols := l.columns()
	bold, small := style{l.figure, true}, style{l.small, false}
	y := l.paragraph(cols[1].from, l.y, cols[1].width, bold, row.Dose)
	end = max(end, l.paragraph(cols[1].from, y, cols[1].width, small, row.Also))
	end = max(end, l.volume(row, cols[2]))
	end = max(end, l.from(row, follows, cols[3]))
	for _, col := range cols[1:] {
		l.page.boxes = append(l.page.boxes, box{col.from - gutter/2, l.y, 0.5, end - l.y, 150})
	}
	l.y = end + l.gap
}

// from prints the strength and the limit. A limit that was met is in bold.
func (l *layout) from(row Row, follows bool, col column) float64 {
	y := l.y
	if follows {
		y += 0.2 * l.figure
	} else {
		y = l.paragraph(col.from, y, col.width, style{l.name, false}, row.Strength)
		row.Strength = ""
	}
	s := style{l.small + 0.5, strings.Contains(row.Limit, "THE M")}
	return l.paragraph(col.from, y, col.width, s, joined(", ", row.Strength, row.Limit))
}

// warning prints a warning of a row behind a mark that no printer loses.
func (l *layout) warning(row Row, words string) {
	s := style{l.small, true}
	l.page.boxes = append(l.page.boxes, box{margin, l.y + 0.5, 9, lead*s.size - 1, 0})
	l.page.texts = append(l.page.texts, text{x: margin + 3, y: l.y + 0.95*s.size, style: s, white: true, words: "!"})
	name, _, _ := strings.Cut(row.Name, " (")
	l.y = l.paragraph(margin+13, l.y, l.inner()-13, s, name+": "+words) + 1
}

// what prints the name of a row, what it is for, how it is given and who says
// so. It returns where that ends.
func (l *layout) what(row Row, follows bool) float64 {
	col := l.columns()[0]
	small := style{l.small, false}
	if follows {
		return l.paragraph(col.from+10, l.y+2, col.width-10, style{l.small + 1, true}, "then "+row.Step)
	}
	y := l.paragraph(col.from, l.y, col.width, style{l.name, true}, row.Name)
	if row.Dose == "" {
		return y
	}
	words := joined(". ", upperFirst(row.Use), upperFirst(row.Step), upperFirst(row.Give))
	return l.paragraph(col.from, y, col.width, small, words+"."+l.source(row))
}

// source is the first source of a row, and its review where rows differ.
func (l *layout) source(row Row) string {
	text := ""
	if len(row.Sources) > 0 {
		text = " [" + row.Sources[0] + "]"
	}
	if l.card.mixed() && row.Review != "" {
		text += " " + strings.ToUpper(string(row.Review))
	}
	return text
}

// volume prints what to draw up.
func (l *layout) volume(row Row, col column) float64 {
	s := style{l.figure, true}
	if !strings.Contains("0123456789", row.Volume[:min(1, len(row.Volume))]) {
		s = style{l.small + 1, true} // words in the place of a figure
	}
	y := l.paragraph(col.from, l.y, col.width, s, row.Volume)
	note := ""
	if row.Exact != "" {
		note = "rounded from " + row.Exact
	}
	return l.paragraph(col.from, y, col.width, style{l.small, false}, note)
}

// says prints what stands in the place of figures: advice over the whole
// width, each age beside its own, or why there is no dose.
func (l *layout) says(row Row, end float64) float64 {
	cols := l.columns()
	if len(row.Sources) == 0 {
		width := cols[3].from + cols[3].width - cols[1].from
		y := l.paragraph(cols[1].from, l.y, width, style{l.small + 1.5, true}, row.Say[0].Text+l.source(row))
		if row.Use != "" {
			end = l.paragraph(margin, end, cols[0].width, style{l.small, false}, upperFirst(row.Use)+".")
		}
		return max(y, end)
	}
	for i, said := range row.Say {
		x, below := float64(margin), end
		if said.For != "" {
			const ages = 112
			below = l.paragraph(x, end, ages-6, style{l.small + 1, true}, upperFirst(said.For))
			x += ages
		}
		words := said.Text
		if i == len(row.Say)-1 {
			words += l.source(row)
		}
		end = max(below, l.paragraph(x, end, margin+l.inner()-x, style{l.small + 1, false}, words))
	}
	return end
}
