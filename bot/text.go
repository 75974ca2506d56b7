package bot

import (
	"fmt"
	"strings"
)

// Text returns the whole reply as plain text: what a screen reader or a
// notification says, and what a terminal without colour prints.
func (r Reply) Text() string {
	var b strings.Builder
	b.WriteString(r.Title)
	for _, block := range r.Blocks {
		b.WriteString("\n")
		writeBlock(&b, block)
	}
	for _, list := range []string{choiceText(r.Choices), sourceText(r.Sources), r.Footer()} {
		if list != "" {
			b.WriteString("\n\n" + list)
		}
	}
	return b.String()
}

func writeBlock(b *strings.Builder, block Block) {
	switch block := block.(type) {
	case Lead:
		b.WriteString(block.Text)
	case Warning:
		b.WriteString("Warning: " + block.Text)
	case Text:
		b.WriteString(block.Text)
	case Note:
		b.WriteString(block.Text)
	case Heading:
		b.WriteString("\n" + block.Text)
	case Bullets:
		for i, item := range block.Items {
			fmt.Fprintf(b, "%s- %s", newline(i), item)
		}
	case Steps:
		for i, item := range block.Items {
			fmt.Fprintf(b, "%s%d. %s", newline(i), i+1, item)
		}
	case Fields:
		for i, f := range block.Rows {
			fmt.Fprintf(b, "%s%s: %s", newline(i), f.Label, f.Value)
		}
	case Table:
		for i, row := range block.Rows {
			fmt.Fprintf(b, "%s- %s", newline(i), rowText(block.Head, row))
		}
	}
}

// rowText reads a row as a sentence, each value after its column's name.
func rowText(head, row []string) string {
	var parts []string
	for i, cell := range row {
		switch {
		case i == 0:
			parts = append(parts, cell)
		case cell != "" && i < len(head):
			parts = append(parts, head[i]+": "+cell)
		case cell != "":
			parts = append(parts, cell)
		}
	}
	return strings.Join(parts, "; ")
}

func newline(i int) string {
	if i == 0 {
		return ""
	}
	return "\n"
}

func choiceText(choices []Choice) string {
	lines := make([]string, 0, len(choices)+1)
	for i, c := range choices {
		lines = append(lines, fmt.Sprintf("%d. %s: /io %s", i+1, c.Label, c.Command))
	}
	return strings.Join(lines, "\n")
}

func sourceText(sources []Source) string {
	lines := make([]string, 0, len(sources)+1)
	for _, s := range sources {
		line := "[" + s.Key + "] " + s.Citation
		if s.Year != "" && !strings.Contains(s.Citation, s.Year) {
			line += ", " + s.Year
		}
		lines = append(lines, line)
	}
	if len(lines) == 0 {
		return ""
	}
	return "Sources:\n" + strings.Join(lines, "\n")
}

// Footer returns the line that every reply made from the knowledge ends with:
// who has signed it, until when, and which revision it came from.
func (r Reply) Footer() string {
	if r.Revision == "" {
		return ""
	}
	parts := []string{}
	if line := r.Review.line(); line != "" {
		parts = append(parts, line)
	}
	parts = append(parts, "Revision "+r.Revision+".", "Reference for trained staff: check before use.")
	return strings.Join(parts, " ")
}

func (v Review) line() string {
	switch v.Status {
	case "unreviewed":
		return "Unreviewed: nobody here has signed this yet" + dateClause("; review due ", v.Due) + "."
	case "verified":
		return "Verified by " + v.By + dateClause(" on ", v.On) + dateClause("; next review ", v.Due) + "."
	case "overdue":
		return "Review overdue" + dateClause(" since ", v.Due) + "."
	case "expired":
		return "Expired" + dateClause("; review was due ", v.Due) + "."
	case "withdrawn":
		return "Withdrawn."
	}
	return ""
}

func dateClause(words, date string) string {
	if date == "" {
		return ""
	}
	return words + date
}
