package slack

import (
	"strings"
	"unicode/utf8"

	"github.com/slack-go/slack"

	"iobot/bot"
)

// table adds a table: whole where a phone shows it whole, and otherwise row by
// row with the name of its column beside each value.
func (f *flow) table(t bot.Table) {
	t = tidy(t)
	if len(t.Rows) == 0 {
		return
	}
	if f.surface == inMessage && !f.hasGrid() && fitsPhone(t) {
		f.pieces = append(f.pieces, piece{kind: grid, group: f.group, table: &t})
		return
	}
	f.rows(t)
}

// hasGrid reports whether there is a table already: Slack takes one a message.
func (f *flow) hasGrid() bool {
	for _, p := range f.pieces {
		if p.kind == grid {
			return true
		}
	}
	return false
}

// fit turns a table that takes more than the room of a part into rows.
func (f *flow) fit(room int) []piece {
	for i, p := range f.pieces {
		if p.kind == grid && p.bytes()+aroundBlock > room {
			as := flow{surface: inView, group: p.group}
			as.rows(*p.table)
			return append(append(f.pieces[:i:i], as.pieces...), f.pieces[i+1:]...)
		}
	}
	return f.pieces
}

func (f *flow) rows(t bot.Table) {
	for _, cells := range t.Rows {
		var rest []string
		for i, c := range cells[1:] {
			if c != "–" {
				rest = append(rest, t.Head[i+1]+": "+c)
			}
		}
		f.add(piece{kind: record, label: cells[0], text: orDash(strings.Join(rest, "\n"))})
	}
}

// tidy makes every row as long as the head and every cell one safe line that
// is not empty, as Slack takes no empty cell.
func tidy(t bot.Table) bot.Table {
	width := len(t.Head)
	for _, r := range t.Rows {
		width = max(width, len(r))
	}
	if width == 0 {
		return bot.Table{}
	}
	tidyRow := func(cells []string) []string {
		out := make([]string, width)
		for i := range out {
			out[i] = "–"
			if i < len(cells) {
				out[i] = orDash(line(cells[i]))
			}
		}
		return out
	}
	out := bot.Table{Head: tidyRow(t.Head)}
	for _, r := range t.Rows {
		out.Rows = append(out.Rows, tidyRow(r))
	}
	return out
}

// fitsPhone reports whether a tidy table can be read on a phone without
// moving it sideways.
func fitsPhone(t bot.Table) bool {
	if len(t.Head) > phoneColumns || len(t.Rows) > phoneRows {
		return false
	}
	wide := 0
	for column := range t.Head {
		widest := utf8.RuneCountInString(t.Head[column])
		for _, r := range t.Rows {
			widest = max(widest, utf8.RuneCountInString(r[column]))
		}
		wide += widest
	}
	return wide <= phoneRow
}

func tableBytes(t bot.Table) int {
	n := 0
	for _, cells := range append([][]string{t.Head}, t.Rows...) {
		n += aroundCell
		for _, c := range cells {
			n += jsonBytes(c) + aroundCell
		}
	}
	return n + (len(t.Head)+1)*aroundPiece // the head is bold, which takes more
}

func tableRunes(t bot.Table) int {
	n := 0
	for _, cells := range append([][]string{t.Head}, t.Rows...) {
		for _, c := range cells {
			n += utf8.RuneCountInString(c)
		}
	}
	return n
}

func tableBlock(t bot.Table) slack.Block {
	b := slack.NewTableBlock("")
	head := make([]slack.TableCell, len(t.Head))
	for i, c := range t.Head {
		head[i] = slack.NewTableRichTextCell(section(strong(c)))
		b.ColumnSettings = append(b.ColumnSettings, slack.ColumnSetting{Align: slack.ColumnAlignmentLeft, IsWrapped: true})
	}
	b.Rows = append(b.Rows, head)
	for _, r := range t.Rows {
		cells := make([]slack.TableCell, len(r))
		for i, c := range r {
			cells[i] = slack.NewTableRawTextCell(c)
		}
		b.Rows = append(b.Rows, cells)
	}
	return b
}
