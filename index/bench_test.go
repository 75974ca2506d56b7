package index

import (
	"context"
	"flag"
	"fmt"
	"runtime"
	"runtime/metrics"
	"slices"
	"testing"
	"time"

	"iobot/knowledge"
)

// go test ./index -run none -bench . -large
var large = flag.Bool("large", false, "measure 100,000 entries too")

func sizes() []int {
	if *large {
		return []int{400, 10_000, 100_000}
	}
	return []int{400, 10_000}
}

// BenchmarkBuild measures the time to index a base, the memory at its peak,
// with the base itself, and the heap that the index keeps.
func BenchmarkBuild(b *testing.B) {
	for _, n := range sizes() {
		base := newCorpus().base(n)
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			before := heap()
			peak := watchPeak()
			var s *Snapshot
			for b.Loop() {
				s = build(b, base)
			}
			b.ReportMetric(peak()/1e6, "peak-MB")
			b.ReportMetric((heap()-before)/1e6, "kept-MB")
			runtime.KeepAlive(s)
		})
	}
}

// heap is the size of what is in use, in bytes.
func heap() float64 {
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return float64(m.HeapAlloc)
}

// watchPeak samples the memory that the process holds until the function that
// it returns is called, which returns the most in bytes.
func watchPeak() func() float64 {
	stop, done := make(chan struct{}), make(chan float64)
	go func() {
		most := 0.0
		for tick := time.NewTicker(2 * time.Millisecond); ; {
			samples := []metrics.Sample{{Name: "/memory/classes/total:bytes"}, {Name: "/memory/classes/heap/released:bytes"}}
			metrics.Read(samples)
			most = max(most, float64(samples[0].Value.Uint64()-samples[1].Value.Uint64()))
			select {
			case <-stop:
				tick.Stop()
				done <- most
				return
			case <-tick.C:
			}
		}
	}()
	return func() float64 { close(stop); return <-done }
}

// finder is a way to find at most five entries.
type finder func(text string) ([]knowledge.ID, error)

// BenchmarkSearch measures ways to search on the same entries and questions:
// the time of half and of all but one in a hundred questions, and how often the
// right entry comes first or among five. "bleve" is the part of "search" that
// bleve does.
func BenchmarkSearch(b *testing.B) {
	for _, n := range sizes() {
		c := newCorpus()
		base := c.base(n)
		questions := c.questions(base, 500)
		s := build(b, base)
		ways := []struct {
			name string
			find finder
		}{{"search", s.five}, {"bleve", s.stage(b, questions)}, {"plain", newPlain(b, base)}, {"fts5", newFTS5(b, base)}}
		for _, way := range ways {
			b.Run(fmt.Sprintf("%d/%s", n, way.name), func(b *testing.B) { measure(b, way.find, questions) })
		}
	}
}

func (s *Snapshot) five(text string) ([]knowledge.ID, error) {
	r, err := s.Search(context.Background(), Query{Text: text})
	return ids(r.Hits), err
}

// stage returns the part of a search that bleve does, of questions that were
// understood before.
func (s *Snapshot) stage(b *testing.B, questions []known) finder {
	asked := map[string]question{}
	for _, q := range questions {
		asked[q.text] = s.understand(q.text)
	}
	return func(text string) ([]knowledge.ID, error) {
		found, err := s.candidates(context.Background(), asked[text], Query{})
		var all []knowledge.ID
		for _, c := range found[:min(5, len(found))] {
			all = append(all, s.passages[c.passage].id)
		}
		return all, err
	}
}

// measure asks the questions in turn. The time of a question is its shortest,
// which leaves out what else the machine did.
func measure(b *testing.B, find finder, questions []known) {
	first, five := 0, 0
	for _, q := range questions {
		found, err := find(q.text)
		if err != nil {
			b.Fatalf("find %q: %v", q.text, err)
		}
		if at := slices.Index(found, q.id); at == 0 {
			first++
			five++
		} else if at > 0 {
			five++
		}
	}
	shortest := make([]time.Duration, len(questions))
	for i := 0; b.Loop(); i = (i + 1) % len(questions) {
		start := time.Now()
		_, _ = find(questions[i].text)
		if took := time.Since(start); shortest[i] == 0 || took < shortest[i] {
			shortest[i] = took
		}
	}
	shortest = slices.DeleteFunc(shortest, func(d time.Duration) bool { return d == 0 })
	slices.Sort(shortest)
	b.ReportMetric(micro(shortest[len(shortest)/2]), "p50-µs")
	b.ReportMetric(micro(shortest[len(shortest)*99/100]), "p99-µs")
	b.ReportMetric(float64(first)/float64(len(questions)), "recall@1")
	b.ReportMetric(float64(five)/float64(len(questions)), "recall@5")
}

func micro(d time.Duration) float64 { return float64(d.Nanoseconds()) / 1000 }

// BenchmarkSuggestDrugs measures what completing a drug name costs.
func BenchmarkSuggestDrugs(b *testing.B) {
	s := build(b, fixture())
	for b.Loop() {
		s.SuggestDrugs("epinefrine", 5)
	}
}
