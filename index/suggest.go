package index

import (
	"cmp"
	"slices"
	"strings"

	"iobot/knowledge"
)

// Reason says why a drug is suggested.
type Reason string

// The reasons, the strongest first.
const (
	SameName  Reason = "name"   // exactly one of its names
	NameStart Reason = "start"  // one of its names begins so
	WordStart Reason = "word"   // a later word of a name begins so
	Similar   Reason = "typing" // a name is one edit away, two from 8 letters on
)

// DrugSuggestion is a drug to offer as a choice. It is never an answer: only
// FindDrugs says which drug a text names.
type DrugSuggestion struct {
	ID   knowledge.ID
	Name string // the name that was similar, as the knowledge writes it
	Why  Reason

	rank, distance int
}

// SuggestDrugs returns at most max drugs whose names are like a text, which is
// one name or the beginning of one, the likeliest first and each drug once.
func (s *Snapshot) SuggestDrugs(text string, max int) []DrugSuggestion {
	typed := strings.Join(texts(words(clip(text))), " ")
	if typed == "" || max <= 0 {
		return nil
	}
	var found []DrugSuggestion
	for _, n := range s.names[Drug].all {
		if like, ok := similar(typed, n); ok {
			found = append(found, like)
		}
	}
	slices.SortStableFunc(found, DrugSuggestion.compare)
	seen := map[knowledge.ID]bool{}
	found = slices.DeleteFunc(found, func(d DrugSuggestion) bool {
		again := seen[d.ID]
		seen[d.ID] = true
		return again
	})
	return found[:min(max, len(found))]
}

func (d DrugSuggestion) compare(other DrugSuggestion) int {
	return cmp.Or(cmp.Compare(d.rank, other.rank), cmp.Compare(d.distance, other.distance),
		cmp.Compare(len(d.Name), len(other.Name)), strings.Compare(d.Name, other.Name), strings.Compare(string(d.ID), string(other.ID)))
}

// similar says whether and why a name is like what was typed.
func similar(typed string, n named) (DrugSuggestion, bool) {
	found := DrugSuggestion{ID: n.id, Name: n.name}
	switch {
	case n.text == typed:
		found.Why = SameName
	case strings.HasPrefix(n.text, typed):
		found.Why, found.rank = NameStart, 1
	case strings.Contains(n.text, " "+typed):
		found.Why, found.rank = WordStart, 2
	default:
		limit := allowed(typed, n.text)
		found.Why, found.rank = Similar, 3
		found.distance = distance(typed, n.text, limit)
		return found, found.distance <= limit && limit > 0
	}
	return found, true
}

// allowed is how many edits may lie between what was typed and a name: none
// in short names, which look alike too easily, and two only in long ones
// with the same first letter.
func allowed(typed, name string) int {
	switch {
	case len(typed) < 4 || len(name) < 4 || numeric(typed):
		return 0
	case len(typed) >= 8 && typed[0] == name[0]:
		return 2
	}
	return 1
}
