package index

import (
	"cmp"
	"slices"
	"strings"

	"iobot/knowledge"
)

// Letters from which a word is corrected. Shorter ones have too many
// neighbours: measured on 91,000 medical words, the last two bounds with the
// guards below turn 1.2 % of the words that are not in the knowledge into
// another, against 3 % without.
const (
	slipFrom     = 4 // letters; the first must be right
	oneEditFrom  = 5 // letters; the first must be right
	twoEditsFrom = 8 // letters; the first three must be right
)

// speller corrects a misspelt word into one that the knowledge uses. It
// leaves alone what could be a drug, and what holds a digit.
type speller struct {
	known   map[string]int // how often each word occurs
	drugs   []spelt        // names of drugs and of their look-alikes
	byFirst [26][]spelt    // the words that others may be corrected into
}

// spelt is a word of a to z with the set of its letters, which rules most
// words out before their distance is worked out.
type spelt struct {
	text    string
	letters uint32
	count   int
}

func newSpeller(b *knowledge.Base, names map[string]*names) *speller {
	s := &speller{known: map[string]int{}}
	for _, kind := range []string{Drug, LookAlike} {
		for _, n := range names[kind].all {
			if len(n.text) >= slipFrom && letters(n.text) {
				s.drugs = append(s.drugs, spelt{text: n.text, letters: letterSet(n.text)})
			}
		}
	}
	for _, same := range b.Synonyms {
		for _, phrase := range same {
			for _, w := range words(phrase) {
				s.seen(w.text)
			}
		}
	}
	return s
}

// seen makes a word known.
func (s *speller) seen(w string) { s.known[w]++ }

// finish sorts the words that others may be corrected into, the most frequent
// first. No drug is among them.
func (s *speller) finish() {
	drugs := map[string]bool{}
	for _, d := range s.drugs {
		drugs[d.text] = true
	}
	for w, count := range s.known {
		if len(w) >= slipFrom && letters(w) && !drugs[w] {
			first := w[0] - 'a'
			s.byFirst[first] = append(s.byFirst[first], spelt{w, letterSet(w), count})
		}
	}
	for _, list := range s.byFirst {
		slices.SortFunc(list, func(a, b spelt) int {
			return cmp.Or(cmp.Compare(b.count, a.count), strings.Compare(a.text, b.text))
		})
	}
}

// correct returns the word that an unknown one is most likely meant to be:
// the nearest, then the most frequent.
func (s *speller) correct(w string) (string, bool) {
	if len(w) < slipFrom || !letters(w) || s.nearDrug(w) {
		return "", false
	}
	best, nearest := "", edits(w)+1
	set := letterSet(w)
	for _, known := range s.byFirst[w[0]-'a'] {
		if unlike(set, known.letters) > 2*(nearest-1) || known.text == w {
			continue
		}
		d := distance(w, known.text, nearest-1)
		if d < nearest && plausible(w, known.text, d) && !opposite(w, known.text) {
			best, nearest = known.text, d
		}
		if nearest == 1 {
			break
		}
	}
	return best, best != ""
}

// plausible reports whether a word at a distance may be meant.
func plausible(typed, right string, distance int) bool {
	switch {
	case len(typed) < oneEditFrom:
		return distance == 1 && slip(typed, right)
	case distance == 1:
		return true
	}
	return len(right) >= 3 && typed[:3] == right[:3]
}

// slip reports whether one edit is a slip of the fingers: a letter left out,
// doubled, or swapped with its neighbour. Other edits make words that exist.
func slip(typed, right string) bool {
	return len(typed) < len(right) || letterSet(typed) == letterSet(right)
}

// bold reports whether a correction changes so much of a word that it should
// not be answered on.
func bold(typed, right string) bool {
	if distance(typed, right, 1) > 1 {
		return len(typed) < 11
	}
	return len(typed) < 7 && !slip(typed, right)
}

// nearDrug reports whether a word could be a misspelt drug name. Which drug
// was meant is for the asker to say.
func (s *speller) nearDrug(w string) bool {
	limit := edits(w)
	if !letters(w) {
		return false
	}
	set := letterSet(w)
	return slices.ContainsFunc(s.drugs, func(d spelt) bool {
		return unlike(set, d.letters) <= 2*limit && distance(w, d.text, limit) <= limit
	})
}

// edits is how many edits a misspelling of this length may have.
func edits(w string) int {
	if len(w) >= twoEditsFrom {
		return 2
	}
	return 1
}

// opposites are beginnings of words that turn their meaning round; those
// with another first letter cannot be confused here.
var opposites = [][]string{
	{"hypo", "hyper"}, {"ab", "ad"}, {"intra", "inter", "infra"}, {"pre", "post", "pro", "peri"},
	{"extra", "endo", "epi", "ex", "en"}, {"super", "sub", "supra"}, {"anti", "ante", "a", "an"},
}

// opposite reports whether two words begin with opposites of one another.
func opposite(a, b string) bool {
	for _, group := range opposites {
		x, y := longestStart(a, group), longestStart(b, group)
		if x != "" && y != "" && x != y {
			return true
		}
	}
	return false
}

func longestStart(w string, starts []string) string {
	longest := ""
	for _, s := range starts {
		if len(s) > len(longest) && strings.HasPrefix(w, s) {
			longest = s
		}
	}
	return longest
}
