package index

import (
	"math"
	"slices"

	"iobot/knowledge"
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
	subject     bool            // it names what the base is about
	place       bool            // it names a bone or a device
}

// has reports whether a question looks for a stem.
func (q question) has(stem string) bool {
	return slices.ContainsFunc(q.terms, func(t term) bool { return t.stem == stem })
}

// names reports whether the question names a drug exactly.
func (q question) names(drug knowledge.ID) bool {
	return slices.ContainsFunc(q.drugs, func(m Mention) bool { return m.ID == drug })
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
	quietWeight = 0.3 // the subject, quiet words and figures
)

// understand reads a question.
func (s *Snapshot) understand(text string) question {
	q := question{drugs: s.FindDrugs(text), bold: map[string]bool{}}
	q.place = len(s.FindNames(text, Site)) > 0 || len(s.FindNames(text, Device)) > 0
	cut := s.content(&q, text)
	for i := 0; i < len(cut) && len(q.terms) < maxWords; {
		means, used := s.synonyms.at(cut[i:])
		if means == nil && s.retry(&q, &cut[i]) {
			means, used = s.synonyms.at(cut[i:])
		}
		switch w := cut[i]; {
		case means != nil:
			s.addMeaning(&q, joined(cut[i:i+used]), means)
		case slices.Contains(q.unknown, w):
			s.addTerm(&q, w, "?"+w) // even if it has the stem of a drug
		case !askingWords[w] && !stopWords[w]:
			s.addTerm(&q, w, stem(w))
		}
		i += used
	}
	return q
}

// retry corrects a word that is known only as a part of some phrase, and
// not of one that was typed: it may be the misspelling of another.
func (s *Snapshot) retry(q *question, w *string) bool {
	if _, held := s.terms[stem(*w)]; held || s.speller.known[*w] == 0 || stopWords[*w] || askingWords[*w] {
		return false
	}
	right, ok := s.speller.correct(*w)
	if ok {
		q.correct(*w, right)
		*w = right
	}
	return ok
}

// correct notes that right was read for a word.
func (q *question) correct(typed, right string) {
	q.corrected = append(q.corrected, Word{typed, right})
	q.bold[right] = bold(typed, right)
	q.known = appendNew(q.known, right)
}

// content cuts a question into words and corrects those that need it.
func (s *Snapshot) content(q *question, text string) []string {
	cut := words(clip(text))
	kept := make([]string, 0, len(cut))
	for _, w := range cut[:min(len(cut), 3*maxWords)] {
		kept = append(kept, s.spell(q, short(w.text)))
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
	case s.subject[stem(w)] || s.quiet[stem(w)]:
		return w
	}
	if right, ok := s.speller.correct(w); ok {
		q.correct(w, right)
		return right
	}
	q.unknown = appendNew(q.unknown, w)
	q.suggest(s.SuggestDrugs(w, maxSuggestions))
	return w
}

// suggest offers drugs for a word that may be a drug.
func (q *question) suggest(drugs []DrugSuggestion) {
	for _, d := range drugs {
		offered := slices.ContainsFunc(q.suggestions, func(have DrugSuggestion) bool { return have.ID == d.ID })
		if !offered && len(q.suggestions) < maxSuggestions {
			q.suggestions = append(q.suggestions, d)
		}
	}
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
	if q.has(stem) {
		return
	}
	id, known := s.terms[stem]
	t := term{typed: typed, stem: stem, id: id, known: known, bold: q.bold[typed], weight: fullWeight}
	q.subject = q.subject || s.subject[stem]
	if s.isQuiet(stem) {
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

// isQuiet reports whether a stem says little: the subject, a quiet word or a
// figure.
func (s *Snapshot) isQuiet(stem string) bool {
	return s.subject[stem] || s.quiet[stem] || figure(stem)
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
