package slack

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// fullText ends a text that could not hold the whole part.
const fullText = "The rest is in the message itself."

// text is the part as plain text: what notifications and screen readers get.
// Its first line is the title, so a lock screen shows no bare number, and
// warnings stand before the answer or the answer is not in it.
func (l layout) text() string {
	var t fallback
	t.add(literal(l.title))
	for _, w := range l.warnings {
		t.add("Warning: " + literal(w))
	}
	if t.full {
		return literal(l.title) + "\nThis answer has long warnings. Open the message and read them first."
	}
	if l.parts > 1 {
		t.add(fmt.Sprintf("(part %d of %d)", l.part, l.parts))
	}
	for i := 0; i < len(l.body) && !t.full; i++ {
		t.add(pieceText(l.body[i]))
	}
	for _, p := range l.sources {
		t.add(pieceText(p))
	}
	for _, c := range l.buttons {
		t.add(literal(line(c.Label)) + ": /io " + literal(c.Command))
	}
	if l.form != nil {
		t.add(openForm + ": /io " + literal(l.form.Line))
	}
	t.add(literal(l.footer))
	if l.card.Audience == Shared {
		t.add(literal(sharedBy(l.card.By)))
	}
	return t.string()
}

// fallback gathers whole lines up to the limit of a message's text.
type fallback struct {
	lines        []string
	runes, bytes int
	full         bool // something did not fit
}

func (t *fallback) add(s string) {
	if s == "" {
		return
	}
	runes := t.runes + utf8.RuneCountInString(s) + 1
	bytes := t.bytes + jsonBytes(s) + 2
	if t.full || runes > maxText-len(fullText) || bytes > textBytes-len(fullText) {
		t.full = true
		return
	}
	t.lines, t.runes, t.bytes = append(t.lines, s), runes, bytes
}

func (t *fallback) string() string {
	if t.full {
		t.lines = append(t.lines, fullText)
	}
	return strings.Join(t.lines, "\n")
}

func pieceText(p piece) string {
	text := literal(p.text)
	switch p.kind {
	case row:
		if p.label != "" {
			return literal(p.label) + ": " + text
		}
	case record:
		return "- " + literal(p.label) + ": " + strings.ReplaceAll(text, "\n", "; ")
	case bullet:
		return "- " + text
	case step:
		return fmt.Sprintf("%d. %s", p.number, text)
	case source:
		if p.label != "" {
			return "[" + literal(p.label) + "] " + text
		}
	case grid:
		as := flow{surface: inView}
		as.rows(*p.table)
		lines := make([]string, len(as.pieces))
		for i, q := range as.pieces {
			lines[i] = pieceText(q)
		}
		return strings.Join(lines, "\n")
	}
	return text
}
