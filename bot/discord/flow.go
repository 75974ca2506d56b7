package discord

import (
	"fmt"
	"net/url"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"iobot/bot"
)

// piece is the smallest part of a reply, as Markdown: it is shown whole, on
// one page or another.
type piece struct {
	text    string
	heading bool // never the last piece of a page
	gap     bool // an empty line before it, unless it comes first
	source  bool
}

// flow turns a reply into pieces in reading order.
type flow struct {
	room   size // of a piece
	dose   bool // the lead is a dose, and the largest thing on the card
	pieces []piece
	gap    bool
}

// add appends a text between a mark and an end of ours, as several pieces when
// it is too long for one. The mark is repeated, so that a label never stands
// apart from its value.
func (f *flow) add(mark, text, end string) {
	for _, part := range split(text, f.room.minus(sizeOf(mark+end))) {
		f.put(piece{text: mark + part + end})
	}
}

func (f *flow) put(p piece) {
	p.gap, f.gap = f.gap, false
	f.pieces = append(f.pieces, p)
}

func (f *flow) block(b bot.Block) {
	f.gap = true
	switch b := b.(type) {
	case bot.Warning:
		// at the top of every page
	case bot.Lead:
		f.lead(b.Text)
	case bot.Text:
		f.add("", b.Text, "")
	case bot.Note:
		f.add("-# ", line(b.Text), "")
	case bot.Heading:
		f.heading(b.Text)
	case bot.Bullets:
		for _, item := range b.Items {
			f.add("- ", line(item), "")
		}
	case bot.Steps:
		for i, item := range b.Items {
			f.add(fmt.Sprintf("%d. ", i+1), line(item), "")
		}
	case bot.Fields:
		for _, r := range b.Rows {
			f.row(r)
		}
	case bot.Table:
		for _, cells := range b.Rows {
			f.add("- ", line(rowText(b.Head, cells)), "")
		}
	}
}

func (f *flow) lead(text string) {
	switch short := chars(text) <= boldLead && !strings.Contains(text, "\n"); {
	case short && f.dose:
		f.add("## ", text, "")
	case short:
		f.add("**", text, "**")
	default:
		f.add("", text, "")
	}
}

// heading keeps what it heads beside it; one too long for that is a paragraph.
func (f *flow) heading(text string) {
	if text = line(text); chars(text) > titleRoom/2 {
		f.add("", text, "")
	} else if text != "" {
		f.put(piece{text: "### " + literal(text), heading: true})
	}
}

// row writes a label with its value. A label that would leave its value no
// room becomes part of it.
func (f *flow) row(r bot.Field) {
	label, value := line(r.Label), line(r.Value)
	if value == "" {
		value = "–"
	}
	if chars(label) > maxLabel {
		f.add("", label+": "+value, "")
		return
	}
	f.add("**"+literal(label)+":** ", value, "")
}

// rowText reads a row as a sentence, each value after its column's name.
func rowText(head, row []string) string {
	var parts []string
	for i, cell := range row {
		switch {
		case cell == "":
		case i == 0 || i >= len(head):
			parts = append(parts, cell)
		default:
			parts = append(parts, head[i]+": "+cell)
		}
	}
	return strings.Join(parts, "; ")
}

// typed adds the choices that no button can hold, as lines to type.
func (f *flow) typed(choices []bot.Choice) {
	f.gap = true
	for _, c := range choices {
		f.add("- ", line(c.Label+": type /io "+c.Command), "")
	}
}

func (f *flow) sources(list []bot.Source) {
	if len(list) == 0 {
		return
	}
	f.gap = true
	f.heading("Sources")
	for _, s := range list {
		f.source(s)
	}
	for i := range f.pieces {
		at := &f.pieces[len(f.pieces)-1-i]
		at.source = true
		if at.heading {
			return
		}
	}
}

// source writes a citation. A link holds the key of the source, and only a
// plain address that cannot break out of the link.
func (f *flow) source(s bot.Source) {
	cite := line(s.Citation)
	if s.Year != "" && !strings.Contains(cite, s.Year) {
		cite += ", " + line(s.Year)
	}
	key := literal(line(s.Key))
	if chars(key) > maxLabel {
		f.add("- ", line(s.Key)+" "+cite, "")
		return
	}
	if safeLink(s.URL) {
		key = "[" + key + "](<" + s.URL + ">)"
	}
	f.add("- **"+key+"** ", cite, "")
}

func safeLink(address string) bool {
	if len(address) > 300 || strings.ContainsFunc(address, func(r rune) bool {
		return r <= ' ' || r > '~' || strings.ContainsRune(`<>()[]"\^{|}`+"`", r)
	}) {
		return false
	}
	u, err := url.Parse(address)
	return err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.User == nil && strings.Contains(u.Hostname(), ".")
}

// split escapes a text and cuts it into parts of at most a size, at a space
// where there is one.
func split(s string, room size) []string {
	var parts []string
	s = strings.TrimSpace(plain(s))
	for s != "" {
		n := len(s)
		if len(s) > room.bytes || sizeOf(literal(s)).over(room) {
			n = cutPoint(s, room)
		}
		if part := strings.TrimSpace(s[:n]); part != "" {
			parts = append(parts, literal(part))
		}
		s = strings.TrimSpace(s[n:])
	}
	return parts
}

// cutPoint returns after how many bytes to cut a text: behind the last space
// of what surely fits once escaped, or there when it has none.
func cutPoint(s string, room size) int {
	used, space := size{2, 2}, 0 // an escape at the start of the line
	for i, r := range s {
		if r == ' ' || r == '\n' {
			space = i + 1
			used.chars, used.bytes = used.chars+1, used.bytes+1 // an escape after it
		}
		used = used.plus(size{max(utf16.RuneLen(r), 1) + 1, utf8.RuneLen(r) + 3})
		switch {
		case !used.over(room):
		case space > 0:
			return space
		default:
			return max(i, utf8.RuneLen(r))
		}
	}
	return len(s)
}
