package index

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/mapping"
	"github.com/blevesearch/bleve/v2/search"
	"github.com/blevesearch/bleve/v2/search/query"
	blevindex "github.com/blevesearch/bleve_index_api"
)

// engine is the bleve index of the passages. Their terms are cut, stemmed and
// made canonical before they come here, in one field that repeats what weighs
// more: that ranks better than a field each, and costs a third.
type engine struct {
	reader   blevindex.IndexReader
	mapping  mapping.IndexMapping
	ordinals []uint32 // passage by bleve's number, which differs from build to build
}

// weighted is a term of a question.
type weighted struct {
	term   string
	weight float64
}

// candidate is a passage that holds a term of the question.
type candidate struct {
	passage uint32
	score   float32 // so coarse that the order of summing cannot show
}

func (c candidate) compare(other candidate) int {
	return cmp.Or(cmp.Compare(other.score, c.score), cmp.Compare(c.passage, other.passage))
}

// newEngine keeps a reader of an index that is complete and closes the rest
// of it, so that nothing goes on running behind a snapshot.
func newEngine(idx bleve.Index, passages int) (*engine, error) {
	defer idx.Close()
	advanced, err := idx.Advanced()
	if err != nil {
		return nil, fmt.Errorf("open the index: %w", err)
	}
	reader, err := advanced.Reader()
	if err != nil {
		return nil, fmt.Errorf("read the index: %w", err)
	}
	e := &engine{reader: reader, mapping: idx.Mapping(), ordinals: make([]uint32, passages)}
	if err := e.number(); err != nil {
		reader.Close()
		return nil, fmt.Errorf("number the passages of the index: %w", err)
	}
	return e, nil
}

// number finds out which passage each of bleve's numbers is.
func (e *engine) number() error {
	ids, err := e.reader.DocIDReaderAll()
	if err != nil {
		return err
	}
	defer ids.Close()
	for {
		id, err := ids.Next()
		if id == nil || err != nil {
			return err
		}
		name, err := e.reader.ExternalID(id)
		if err != nil {
			return err
		}
		ordinal, err := strconv.ParseUint(name, 10, 32)
		if err != nil || id.Value() >= uint64(len(e.ordinals)) {
			return fmt.Errorf("passage %q has number %d of %d", name, id.Value(), len(e.ordinals))
		}
		e.ordinals[id.Value()] = uint32(ordinal)
	}
}

// best returns at most max passages that hold a term and are wanted, the best
// first. It walks the matches itself: bleve's own collector breaks ties by
// its numbers, fetches names that are not needed, and filters afterwards.
func (e *engine) best(ctx context.Context, terms []weighted, max int, want func(passage uint32) bool) ([]candidate, error) {
	searcher, err := disjunction(terms).Searcher(ctx, e.reader, e.mapping, search.SearcherOptions{})
	if err != nil {
		return nil, fmt.Errorf("look up %d terms: %w", len(terms), err)
	}
	defer searcher.Close()
	top := make([]candidate, 0, max+1)
	err = e.walk(ctx, searcher, func(found candidate) {
		if want(found.passage) {
			top = insert(top, found, max)
		}
	})
	if err != nil {
		return nil, fmt.Errorf("walk the matches of %d terms: %w", len(terms), err)
	}
	return top, nil
}

// deadlineEvery is how many matches are read between looks at the deadline.
const deadlineEvery = 1024

func (e *engine) walk(ctx context.Context, searcher search.Searcher, take func(candidate)) error {
	matches := &search.SearchContext{
		DocumentMatchPool: search.NewDocumentMatchPool(searcher.DocumentMatchPoolSize()+1, 0),
		IndexReader:       e.reader,
	}
	for n := 0; ; n++ {
		if n%deadlineEvery == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		match, err := searcher.Next(matches)
		if match == nil || err != nil {
			return err
		}
		take(candidate{e.ordinals[match.IndexInternalID.Value()], float32(match.Score)})
		matches.DocumentMatchPool.Put(match)
	}
}

// insert keeps top sorted and no longer than max.
func insert(top []candidate, found candidate, max int) []candidate {
	if len(top) == max && top[max-1].compare(found) < 0 {
		return top
	}
	at, _ := slices.BinarySearchFunc(top, found, candidate.compare)
	top = slices.Insert(top, at, found)
	return top[:min(len(top), max)]
}

func disjunction(terms []weighted) query.Query {
	each := make([]query.Query, len(terms))
	for i, t := range terms {
		q := query.NewTermQuery(t.term)
		q.SetField(allField)
		q.SetBoost(t.weight)
		each[i] = q
	}
	return query.NewDisjunctionQuery(each)
}
