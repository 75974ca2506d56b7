package index

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"iobot/knowledge"
)

// repeats is how often the terms of a field stand in the one field that bleve
// searches.
var repeats = [fieldCount]int{fieldTitle: 3, fieldAsked: 3, fieldContext: 1, fieldBody: 1}

// Build indexes a base. It takes about a tenth of a second for the starter
// content. The base must not change afterwards.
func Build(b *knowledge.Base) (*Snapshot, error) {
	filler, err := newFiller(passageCount(b))
	if err != nil {
		return nil, err
	}
	build := newBuilder(b)
	for p, t := range passages(b) {
		if err := filler.add(len(build.passages), build.add(p, t)); err != nil {
			filler.drop()
			return nil, fmt.Errorf("index %s: %w", p.id, err)
		}
	}
	engine, err := filler.finish()
	if err != nil {
		filler.drop()
		return nil, err
	}
	return newSnapshot(b, build.finish(), engine), nil
}

// passageCount is about how many passages a base has.
func passageCount(b *knowledge.Base) int {
	n := len(b.Drugs) + len(b.Sites) + len(b.Devices) + len(b.Situations)
	for _, a := range b.Articles {
		n += 1 + len(a.Sections)
	}
	return n
}

// builder reads the passages one by one and gathers what a snapshot keeps
// besides the bleve index.
type builder struct {
	data
	stems  map[string]string   // by surface word; saves most of the stemming
	place  map[uint32]int      // of a term in counts, for the passage being read
	total  [fieldCount]float64 // terms of all passages
	filled [fieldCount]float64 // passages in which the field is not empty
}

func newBuilder(b *knowledge.Base) *builder {
	build := &builder{stems: map[string]string{}, place: map[uint32]int{}}
	build.vocabulary = vocabulary{terms: map[string]uint32{}}
	build.offsets = []uint32{0}
	build.synonyms = newSynonyms(b)
	build.subject = stemSet(b.Subject)
	build.quiet = stemSet(append([]string{quietWords}, b.QuietWords...))
	build.names = newNames(b)
	build.speller = newSpeller(b, build.names)
	return build
}

// add takes in a passage and returns its terms for bleve.
func (b *builder) add(p passage, t text) string {
	var all strings.Builder
	var length [fieldCount]uint16
	clear(b.place)
	for f := range fieldCount {
		terms := b.read(t[f])
		length[f] = uint16(min(len(terms), math.MaxUint16))
		for _, term := range terms {
			b.count(term, f)
			for range repeats[f] {
				all.WriteString(term)
				all.WriteByte(' ')
			}
		}
	}
	b.keep(p, length)
	return all.String()
}

// read cuts a text into canonical terms and makes its words known.
func (b *builder) read(text string) []string {
	cut := texts(words(text))
	var terms []string
	for i := 0; i < len(cut); {
		means, used := b.synonyms.at(cut[i:])
		if means != nil {
			terms = append(terms, means.stems...)
		} else if !stopWords[cut[i]] {
			terms = append(terms, b.stem(cut[i]))
		}
		i += used
	}
	for _, w := range cut {
		b.speller.seen(w)
	}
	return terms
}

// stem remembers the stems it worked out.
func (b *builder) stem(w string) string {
	s, ok := b.stems[w]
	if !ok {
		s = stem(w)
		b.stems[w] = s
	}
	return s
}

// count adds one occurrence of a term to the passage being read.
func (b *builder) count(term string, f field) {
	id, ok := b.terms[term]
	if !ok {
		id = uint32(len(b.df))
		b.terms[strings.Clone(term)] = id
		b.df = append(b.df, 0)
	}
	at, ok := b.place[id]
	if !ok {
		at = len(b.counts)
		b.place[id] = at
		b.counts = append(b.counts, termCount{term: id})
		b.df[id]++
	}
	if n := &b.counts[at].count[f]; *n < math.MaxUint8 {
		*n++
	}
}

// keep ends the passage being read.
func (b *builder) keep(p passage, length [fieldCount]uint16) {
	start := b.offsets[len(b.offsets)-1]
	slices.SortFunc(b.counts[start:], func(x, y termCount) int { return cmp.Compare(x.term, y.term) })
	for f, n := range length {
		if n > 0 {
			b.total[f] += float64(n)
			b.filled[f]++
		}
	}
	b.passages = append(b.passages, p)
	b.lengths = append(b.lengths, length)
	b.offsets = append(b.offsets, uint32(len(b.counts)))
}

// finish works out what depends on all passages together.
func (b *builder) finish() *data {
	for f := range fieldCount {
		b.average[f] = b.total[f] / max(1, b.filled[f])
	}
	b.counts = slices.Clip(b.counts)
	b.speller.finish()
	return &b.data
}
