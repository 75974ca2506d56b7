package picture

import (
	"strings"

	"iobot/knowledge"
)

// maxAlt is the longest alternative text, in bytes. The chat platforms take
// more, but a screen reader cannot be skimmed.
const maxAlt = 900

// landmarkAlt says in words what a drawing of a landmark shows. What a reader
// must know comes whole; the position follows as far as there is room.
func landmarkAlt(a *art, avoid []string, s *knowledge.Site, l *knowledge.Landmark) string {
	must := []string{sentence(capital(a.view))}
	for _, w := range s.Warnings {
		must = append(must, w.Text)
	}
	must = append(must, l.Find.Text)
	for _, m := range l.Marks {
		if !strings.Contains(l.Find.Text, m.Distance) {
			must = append(must, sentence(capital(m.Distance)+" "+where(m)))
		}
	}
	must = append(must, s.Angle.Text)
	if len(avoid) > 0 {
		must = append(must, sentence("Keep away from: "+strings.Join(avoid, ", ")))
	}
	return fit(must, s.Position.Text)
}

// wordsAlt says what is seen and then everything printed, sentence by
// sentence, as the drawing's entry has it.
func wordsAlt(a *art, texts []string) string {
	all := []string{sentence(capital(a.view))}
	for _, t := range texts {
		all = append(all, sentence(capital(t)))
	}
	return strings.Join(all, " ")
}

// fit joins what must be said with as many sentences more as there is room.
func fit(must []string, more string) string {
	alt := strings.Join(must, " ")
	for _, s := range sentences(more) {
		if len(alt)+1+len(s) <= maxAlt {
			alt += " " + s
		}
	}
	return alt
}

// sentence is a text that ends in a full stop.
func sentence(text string) string {
	if strings.HasSuffix(text, ".") || strings.HasSuffix(text, "?") || text == "" {
		return text
	}
	return text + "."
}

// capital is a text with its first letter in upper case.
func capital(text string) string {
	if text == "" {
		return ""
	}
	return strings.ToUpper(text[:1]) + text[1:]
}

// printed lists the texts of the elements below n, each whole, and those of
// them that name something to keep away from.
func printed(n *node) (all, avoid []string) {
	if n.name == "text" && n.text != "" {
		all = append(all, n.text)
		if label := n.attr("data-avoid"); label != "" {
			avoid = append(avoid, label)
		}
	}
	for _, child := range n.children {
		a, v := printed(child)
		all, avoid = append(all, a...), append(avoid, v...)
	}
	return all, avoid
}
