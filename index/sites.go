package index

import "strings"

// Letters from which the title of a site is known when it is misspelt. Shorter
// ones, and other names than titles, look too much like other words: an inner
// angle is no inner ankle.
const (
	siteOneEdit  = 9
	siteTwoEdits = 12
)

// CorrectSites returns a text with the title of a site put right where it is
// misspelt, "distal tibea", and what it put right.
func (s *Snapshot) CorrectSites(text string) (string, []Word) {
	cut := words(clip(text))
	for _, site := range s.base.Sites {
		title := texts(words(site.Title))
		for i := 0; i+len(title) <= len(cut) && len(title) > 1; i++ {
			typed := cut[i : i+len(title)]
			if misspelt(texts(typed), title) {
				right := strings.Join(title, " ")
				start, end := typed[0].start, typed[len(typed)-1].end
				return text[:start] + right + text[end:], []Word{{text[start:end], right}}
			}
		}
	}
	return text, nil
}

// misspelt reports whether words are a title with a slip or two in it.
func misspelt(typed, title []string) bool {
	a, b := strings.Join(typed, " "), strings.Join(title, " ")
	switch {
	case a == b || len(b) < siteOneEdit:
		return false
	case len(b) < siteTwoEdits:
		return distance(a, b, 1) <= 1
	}
	return distance(a, b, 2) <= 2
}
