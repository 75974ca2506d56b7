package console

import (
	"fmt"
	"regexp"
	"strings"
	"unicode"

	"github.com/charmbracelet/x/ansi"

	"iobot/bot"
)

// Style says how a reply is laid out.
type Style struct {
	Width int  // columns to wrap at; 0 does not wrap
	Color bool // colour and bold; every meaning is in words as well
}

// The narrowest and widest text that is still easy to read.
const minWidth, maxWidth = 24, 96

// Render returns a reply as text for a terminal, with numbered choices.
func Render(r bot.Reply, s Style) string {
	var b strings.Builder
	b.WriteString(s.line(bold, "", r.Title))
	for _, block := range r.Blocks {
		b.WriteString(s.block(block))
	}
	if len(r.Choices) > 0 {
		b.WriteString("\n")
	}
	for i, c := range r.Choices {
		b.WriteString(s.line(cyan, fmt.Sprintf("%2d  ", i+1), c.Label))
	}
	b.WriteString(s.sources(r))
	if footer := r.Footer(); footer != "" {
		b.WriteString("\n" + s.line(dim, "", footer))
	}
	return b.String()
}

// firstSources is how many sources a reply lists: more push the answer off
// the screen.
const firstSources = 3

func (s Style) sources(r bot.Reply) string {
	if len(r.Sources) == 0 {
		return ""
	}
	var b strings.Builder
	b.WriteString("\n" + s.line(dim, "", "Sources"))
	shown := r.Sources
	if len(shown) > firstSources+1 && len(r.Entries) > 0 {
		shown = shown[:firstSources]
	}
	for _, src := range shown {
		b.WriteString(s.line(dim, "  ", "["+src.Key+"] "+cite(src)))
	}
	if more := len(r.Sources) - len(shown); more > 0 {
		b.WriteString(s.line(dim, "  ", fmt.Sprintf("and %d more: source %s", more, r.Entries[0])))
	}
	return b.String()
}

func cite(s bot.Source) string {
	if s.Year == "" || strings.Contains(s.Citation, s.Year) {
		return s.Citation
	}
	return s.Citation + ", " + s.Year
}

func (s Style) block(block bot.Block) string {
	switch block := block.(type) {
	case bot.Lead:
		return s.line(bold, "", block.Text)
	case bot.Warning:
		return s.line(red, "  ! ", "Warning: "+block.Text)
	case bot.Text:
		return s.line(plain, "", block.Text)
	case bot.Note:
		return s.line(dim, "", block.Text)
	case bot.Heading:
		return "\n" + s.line(bold, "", block.Text)
	case bot.Bullets:
		return s.list(block.Items, func(int) string { return "  - " })
	case bot.Steps:
		return s.list(block.Items, func(i int) string { return fmt.Sprintf("%3d. ", i+1) })
	case bot.Fields:
		return s.fields(block.Rows)
	case bot.Table:
		return s.table(block)
	}
	return ""
}

func (s Style) list(items []string, mark func(int) string) string {
	var b strings.Builder
	for i, item := range items {
		b.WriteString(s.line(plain, mark(i), item))
	}
	return b.String()
}

// fields sets labels in a column where there is room, and in front of their
// values where there is not.
func (s Style) fields(rows []bot.Field) string {
	widest := 0
	for _, f := range rows {
		widest = max(widest, ansi.StringWidth(f.Label))
	}
	if s.Width > 0 && widest*3 > s.Width {
		widest = 0
	}
	var b strings.Builder
	for _, f := range rows {
		pad := strings.Repeat(" ", max(0, widest-ansi.StringWidth(f.Label)))
		b.WriteString(s.line(plain, "  "+f.Label+pad+"  ", f.Value))
	}
	return b.String()
}

// table prints each row as a small list under its first cell, which reads
// well at every width.
func (s Style) table(t bot.Table) string {
	var b strings.Builder
	for _, row := range t.Rows {
		b.WriteString(s.line(plain, "  - ", row[0]))
		for i := 1; i < len(row); i++ {
			if row[i] != "" {
				b.WriteString(s.line(plain, "      ", t.Head[i]+": "+row[i]))
			}
		}
	}
	return b.String()
}

// color is an SGR code.
type color string

const (
	plain color = ""
	bold  color = "\x1b[1m"
	dim   color = "\x1b[2m"
	red   color = "\x1b[1;31m"
	cyan  color = "\x1b[36m"
)

// line wraps text after a mark, indents what follows to the same column, and
// never breaks between a number and its unit. Control characters are left out:
// somebody else's text must not command the terminal.
func (s Style) line(c color, mark, text string) string {
	indent := ansi.StringWidth(mark)
	text = strings.Map(printable, text)
	if s.Width > 0 {
		room := min(max(s.Width, minWidth), maxWidth) - indent
		text = ansi.Wrap(figure.ReplaceAllString(text, "$1\u00a0$2"), max(room, 12), " ")
	}
	text = strings.ReplaceAll(text, "\n", "\n"+strings.Repeat(" ", indent))
	text = strings.ReplaceAll(text, "\u00a0", " ")
	if !s.Color || c == plain {
		return mark + text + "\n"
	}
	return string(c) + mark + text + "\x1b[0m\n"
}

func printable(r rune) rune {
	switch {
	case r == '\t':
		return ' '
	case r != '\n' && unicode.IsControl(r):
		return -1
	}
	return r
}

// figure finds a number followed by its unit.
var figure = regexp.MustCompile(`([0-9]) (kg|g|mg|mcg|mL|cm|mm|units|mmol|mEq|h|min|minutes|hours|seconds|years?|months?|days?|%)`)
