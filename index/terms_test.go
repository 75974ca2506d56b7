package index

import (
	"slices"
	"testing"
)

// TestLookedUp sees that a large base is not read through for words that stand
// nearly everywhere, and that one word is looked for however common it is.
func TestLookedUp(t *testing.T) {
	s := &Snapshot{data: &data{vocabulary: vocabulary{df: []uint32{90_000, 40, 25_000, 4_000, 20_000}}}}
	asked := func(ids ...uint32) question {
		var q question
		for _, id := range ids {
			q.terms = append(q.terms, term{stem: string(rune('a' + id)), id: id, known: id < 5})
		}
		return q
	}
	for _, test := range []struct {
		q    question
		want []string
	}{
		{asked(0), []string{"a"}},
		{asked(0, 1, 2, 3), []string{"b", "d", "c"}},
		{asked(2, 4, 1), []string{"b", "e"}},
		{asked(9, 3), []string{"d"}},
		{asked(9), nil},
	} {
		var got []string
		for _, w := range s.lookedUp(test.q) {
			got = append(got, w.term)
		}
		if !slices.Equal(got, test.want) {
			t.Errorf("%+v: looked for %v, want %v", test.q.terms, got, test.want)
		}
	}
}
