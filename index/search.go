package index

import (
	"cmp"
	"context"
	"fmt"
	"runtime"
	"slices"

	"iobot/knowledge"
	"iobot/knowledge/quantity"
)

// Query is a question to a snapshot.
type Query struct {
	Text  string             // at most 500 characters of it are read
	Kinds []string           // Article, Drug, Site, Device, Situation; empty: all
	Ages  *quantity.AgeRange // only passages for somebody of these ages; nil: all
	Limit int                // hits wanted, at most 30; 0: 5
}

// Result is what was found, and how the question was understood.
type Result struct {
	Hits        []Hit // the best first
	Confidence  Confidence
	Corrections []Word           // misspelt words; tell the asker
	Synonyms    []Word           // words for which another was looked for
	Known       []string         // words that the knowledge uses: safe to record
	Unknown     []string         // words that it does not
	Suggestions []DrugSuggestion // drugs whose names are like unknown words
}

// Hit is a passage that was found.
type Hit struct {
	ID       knowledge.ID // of the entry, or entry#part
	Entry    knowledge.ID
	Kind     string
	Title    string   // of the entry
	Heading  string   // of the part; empty for a whole entry
	Score    float64  // 0 to 1: Coverage times how prominently the words stand
	Coverage float64  // 0 to 1: how much of what the question says is in the passage
	Matched  []string // words of the question that it holds, as typed
}

const (
	candidates   = 30     // rated, of those that bleve finds
	maxPostings  = 30_000 // read of an index for one question, above those of its rarest term
	defaultLimit = 5
)

// Search finds the passages that answer a question. It fails when the context
// ends; any text whatever is a valid question.
func (s *Snapshot) Search(ctx context.Context, q Query) (result Result, err error) {
	defer runtime.KeepAlive(s.engine)
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("search: %v", r)
		}
	}()
	asked := s.understand(q.Text)
	found, err := s.candidates(ctx, asked, q)
	if err != nil {
		return Result{}, fmt.Errorf("search: %w", err)
	}
	ranked := s.rank(asked, found)
	return Result{
		Hits:        s.hits(asked, ranked, q.Limit),
		Confidence:  s.confidence(asked, ranked),
		Corrections: asked.corrected,
		Synonyms:    asked.synonyms,
		Known:       asked.known,
		Unknown:     asked.unknown,
		Suggestions: asked.suggestions,
	}, nil
}

func (s *Snapshot) candidates(ctx context.Context, asked question, q Query) ([]candidate, error) {
	terms := s.lookedUp(asked)
	if len(terms) == 0 {
		return nil, ctx.Err()
	}
	return s.engine.best(ctx, terms, candidates, func(n uint32) bool { return s.wanted(&s.passages[n], q) })
}

// lookedUp is the terms that bleve looks for: the rarest, as many as stand in
// maxPostings passages together. In a large base the others would cost the
// most and tell the least; they still count when the candidates are ranked.
func (s *Snapshot) lookedUp(asked question) []weighted {
	known := slices.DeleteFunc(slices.Clone(asked.terms), func(t term) bool { return !t.known })
	slices.SortStableFunc(known, func(a, b term) int { return cmp.Compare(s.df[a.id], s.df[b.id]) })
	var terms []weighted
	postings := 0
	for _, t := range known {
		postings += int(s.df[t.id])
		if len(terms) > 0 && postings > maxPostings {
			break
		}
		terms = append(terms, weighted{t.stem, t.weight})
	}
	return terms
}

// wanted is the filter: a passage is for these patients and of this kind or
// it does not take part.
func (s *Snapshot) wanted(p *passage, q Query) bool {
	if len(q.Kinds) > 0 && !slices.Contains(q.Kinds, p.kind) {
		return false
	}
	return q.Ages == nil || len(p.ages) == 0 ||
		slices.ContainsFunc(p.ages, func(r quantity.AgeRange) bool { return overlap(r, *q.Ages) })
}

// overlap reports whether somebody is in both ranges. The delivery room is
// apart from all other ages.
func overlap(a, b quantity.AgeRange) bool {
	if (a.AtBirth || a.OnlyAtBirth) && (b.AtBirth || b.OnlyAtBirth) {
		return true
	}
	if a.OnlyAtBirth || b.OnlyAtBirth {
		return false
	}
	return (a.Under == 0 || b.From < a.Under) && (b.Under == 0 || a.From < b.Under)
}

func (s *Snapshot) hits(asked question, ranked []rated, limit int) []Hit {
	if limit <= 0 {
		limit = defaultLimit
	}
	hits := make([]Hit, 0, min(limit, len(ranked)))
	for _, r := range ranked[:cap(hits)] {
		p := &s.passages[r.passage]
		hit := Hit{ID: p.id, Entry: p.entry, Kind: p.kind, Title: p.title, Heading: p.heading, Score: r.score(), Coverage: r.coverage}
		for _, i := range r.matched {
			hit.Matched = appendNew(hit.Matched, asked.terms[i].typed)
		}
		hits = append(hits, hit)
	}
	return hits
}
