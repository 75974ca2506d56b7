package slack

import (
	"strings"
	"unicode/utf8"

	"iobot/bot"
)

// kind says how a piece is shown.
type kind int

const (
	paragraph kind = iota
	lead
	heading // never the last piece of a part
	row     // a label with its value
	record  // a row of a table: its name, and a line for each value
	bullet
	step
	note
	source
	grid // a table small enough for a phone
)

// piece is the smallest part of a reply: it is shown whole or in another part.
type piece struct {
	kind   kind
	group  int    // pieces of one group and one part are laid out together
	label  string // of a row, the key of a source
	text   string
	number int    // of a step
	link   string // of a source, empty or a checked address
	table  *bot.Table
	fresh  bool // begins a part
}

// bytes is how much JSON the piece takes, at most.
func (p piece) bytes() int {
	n := aroundPiece + jsonBytes(p.label) + jsonBytes(p.text) + jsonBytes(p.link)
	if p.kind == source {
		return aroundPiece + jsonBytes(sourceLine(p)) // entities make it longer
	}
	if p.table != nil {
		n += tableBytes(*p.table)
	}
	return n
}

func (p piece) runes() int {
	n := utf8.RuneCountInString(p.label) + utf8.RuneCountInString(p.text)
	if p.table != nil {
		n += tableRunes(*p.table)
	}
	return n
}

// flow turns a reply into pieces in reading order.
type flow struct {
	surface surface
	pieces  []piece
	group   int
}

// add appends a text as one piece, or as several when it is too long for one.
// A label is repeated, so that it never stands apart from its value.
func (f *flow) add(p piece) {
	p.text = strings.TrimSpace(plain(p.text))
	p.label = line(p.label)
	if p.text == "" {
		return
	}
	if p.kind == note {
		p.text = quiet(p.text)
	}
	p.group = f.group
	if jsonBytes(p.label) > pieceBytes/2 {
		p.text, p.label = p.label+": "+p.text, ""
	}
	for i, part := range split(p.text, pieceBytes) {
		p.text = part
		if i > 0 && p.kind != paragraph {
			p.text = "(continued) " + part
		}
		f.pieces = append(f.pieces, p)
	}
}

// title repeats a title that the header had to clip.
func (f *flow) title(whole, shown string) {
	if quiet(line(whole)) != shown {
		f.add(piece{kind: lead, text: line(whole)})
		f.group++
	}
}

func (f *flow) blocks(blocks []bot.Block) {
	for _, b := range blocks {
		f.block(b)
		if _, ok := b.(bot.Heading); !ok {
			f.group++ // a heading is laid out together with what it heads
		}
	}
}

func (f *flow) block(b bot.Block) {
	switch b := b.(type) {
	case bot.Warning:
		// shown at the top of every part
	case bot.Lead:
		f.add(piece{kind: lead, text: b.Text})
	case bot.Text:
		f.add(piece{kind: paragraph, text: b.Text})
	case bot.Heading:
		f.add(piece{kind: heading, text: b.Text})
	case bot.Note:
		f.add(piece{kind: note, text: b.Text})
	case bot.Bullets:
		for _, item := range b.Items {
			f.add(piece{kind: bullet, text: item})
		}
	case bot.Steps:
		for i, item := range b.Items {
			f.add(piece{kind: step, text: item, number: i + 1})
		}
	case bot.Fields:
		for _, r := range b.Rows {
			f.add(piece{kind: row, label: r.Label, text: orDash(r.Value)})
		}
	case bot.Table:
		f.table(b)
	}
}

// choices returns the choices that become buttons and adds the others as
// lines to type; for most see splitChoices.
func (f *flow) choices(all []bot.Choice, most int) []bot.Choice {
	buttons, others := splitChoices(all, most)
	for _, c := range others {
		f.add(piece{kind: bullet, text: line(c.Label) + ": type /io " + line(c.Command)})
	}
	f.group++
	return buttons
}

// footer returns the line that stands under every part; one too long for that
// is added to the end instead.
func (f *flow) footer(text string) string {
	text = quiet(line(text))
	if jsonBytes(text) <= footerBytes {
		return text
	}
	f.add(piece{kind: note, text: text})
	f.group++
	return ""
}

func orDash(s string) string {
	if strings.TrimSpace(plain(s)) == "" {
		return "–"
	}
	return s
}

// split cuts a text into parts of at most so many bytes of JSON, after a
// sentence or a word where there is one in the second half.
func split(s string, most int) []string {
	var parts []string
	for s != "" {
		cut := cutPoint(s, most)
		parts = append(parts, strings.TrimSpace(s[:cut]))
		s = strings.TrimSpace(s[cut:])
	}
	return parts
}

// cutPoint is where to cut a text, its end when it is short enough.
func cutPoint(s string, most int) int {
	end, used := len(s), 0
	for i, r := range s {
		if used += runeBytes(r); used > most {
			end = i
			break
		}
	}
	if end == len(s) {
		return end
	}
	for _, mark := range []string{"\n", ". ", " "} {
		if i := strings.LastIndex(s[:end], mark); i > end/2 {
			return i + len(mark)
		}
	}
	return end
}
