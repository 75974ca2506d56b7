package index

import (
	"math"
	"slices"
	"strings"
)

// Word is a word of the question that was understood as another.
type Word struct {
	From string // as typed, folded
	To   string // as the knowledge has it
}

// question is what is looked for.
type question struct {
	terms       []term
	corrected   []Word
	synonyms    []Word
	known       []string
	unknown     []string
	suggestions []DrugSuggestion
	drugs       []Mention
	bold        map[string]bool // corrections that may well be wrong
}

// term is one thing that is looked for, once, however often it was typed.
type term struct {
	typed  string
	stem   string
	id     uint32
	known  bool // some passage holds it
	bold   bool // typed otherwise, and perhaps not meant
	weight float64
	idf    float64
}

// The weights of a term by what it is.
const (
	fullWeight  = 1.0
	quietWeight = 0.3 // scope words, quietWords and figures
)

// understand reads a question.
func (s *Snapshot) understand(text string) question {
	q := question{drugs: s.FindDrugs(text), bold: map[string]bool{}}
	cut := s.content(&q, words(clip(text)))
	stemmed := make([]string, len(cut))
	for i, w := range cut {
		stemmed[i] = stem(w)
		if slices.Contains(q.unknown, w) {
			stemmed[i] = "?" + w // even if it has the stem of a drug
		}
	}
	for i := 0; i < len(cut) && len(q.terms) < maxWords; {
		means, used := s.synonyms.at(stemmed[i:])
		if means != nil {
			s.addMeaning(&q, strings.Join(cut[i:i+used], " "), means)
		} else if !askingWords[cut[i]] && !stopWords[cut[i]] {
			s.addTerm(&q, cut[i], stemmed[i])
		}
		i += used
	}
	return q
}

// content drops what cannot be looked for and corrects the rest.
func (s *Snapshot) content(q *question, cut []word) []string {
	var kept []string
	for _, w := range cut {
		if len(kept) == 2*maxWords {
			break
		}
		if len(w.text) > maxLetters {
			q.unknown = appendNew(q.unknown, w.text[:maxLetters])
			continue
		}
		kept = append(kept, s.spell(q, w.text))
	}
	return kept
}

// spell returns a word or what it is corrected into, and notes what it did.
func (s *Snapshot) spell(q *question, w string) string {
	_, stemKnown := s.terms[stem(w)]
	switch {
	case stopWords[w] || askingWords[w] || numeric(w):
		return w
	case s.speller.known[w] > 0 || stemKnown && !s.speller.nearDrug(w):
		q.known = appendNew(q.known, w)
		return w
	}
	if right, ok := s.speller.correct(w); ok {
		q.corrected = append(q.corrected, Word{w, right})
		q.bold[right] = bold(w, right)
		q.known = appendNew(q.known, right)
		return right
	}
	q.unknown = appendNew(q.unknown, w)
	if len(q.suggestions) < maxSuggestions {
		q.suggestions = append(q.suggestions, s.SuggestDrugs(w, maxSuggestions)...)
	}
	return w
}

// maxSuggestions is how many drugs are offered for words that may be drugs.
const maxSuggestions = 5

// addMeaning looks for what a phrase stands for.
func (s *Snapshot) addMeaning(q *question, typed string, means *meaning) {
	if to := fold(means.text); to != typed {
		q.synonyms = append(q.synonyms, Word{typed, means.text})
	}
	for _, stem := range means.stems {
		s.addTerm(q, typed, stem)
	}
}

// addTerm looks for one stem, once. A word that no passage holds counts as
// rarer than any other; a figure or a quiet word that none holds does not
// count.
func (s *Snapshot) addTerm(q *question, typed, stem string) {
	if slices.ContainsFunc(q.terms, func(t term) bool { return t.stem == stem }) {
		return
	}
	id, known := s.terms[stem]
	t := term{typed: typed, stem: stem, id: id, known: known, bold: q.bold[typed], weight: fullWeight}
	if s.weak[stem] || numeric(stem) {
		t.weight = quietWeight
		if !known {
			return
		}
	}
	t.idf = idf(len(s.passages), 0)
	if known {
		t.idf = idf(len(s.passages), int(s.df[id]))
	}
	q.terms = append(q.terms, t)
}

// idf is how much a term tells: much when few of the passages hold it.
func idf(passages, holding int) float64 {
	return math.Log(1 + (float64(passages-holding)+0.5)/(float64(holding)+0.5))
}

// worth is how much of the question a term is.
func (t term) worth() float64 { return t.weight * t.idf }

func appendNew(list []string, s string) []string {
	if slices.Contains(list, s) {
		return list
	}
	return append(list, s)
}
