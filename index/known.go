package index

import "strings"

// unknownWord stands for a word that the knowledge does not use.
const unknownWord = "«?»"

// KnownWords returns the words of a text that the knowledge itself uses, in
// their order, with one mark for what stood between them. Nothing else is left
// of the text: no name, no date and no number. It is empty when no word is
// known.
func (s *Snapshot) KnownWords(text string) string {
	var kept []string
	any := false
	for _, w := range texts(words(text)) {
		switch {
		case letterWord(w) && s.speller.known[w] > 0:
			kept, any = append(kept, w), true
		case len(kept) == 0 || kept[len(kept)-1] != unknownWord:
			kept = append(kept, unknownWord)
		}
	}
	if !any {
		return ""
	}
	return strings.Join(kept, " ")
}

// letterWord reports whether a word holds no digit.
func letterWord(w string) bool { return !strings.ContainsAny(w, "0123456789") }
