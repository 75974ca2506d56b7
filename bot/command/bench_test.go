package command_test

import (
	"os"
	"slices"
	"testing"
	"time"

	"iobot/index"
	"iobot/knowledge"
)

// BenchmarkAsk measures one line from question to reply.
func BenchmarkAsk(b *testing.B) {
	answerer := newBot(b)
	for _, line := range []string{"dose adrenaline 12 kg", "site 8 months", "why no flush no flow", "how long can it stay in", "who won the world cup"} {
		b.Run(line, func(b *testing.B) {
			for b.Loop() {
				ask(answerer, line)
			}
		})
	}
}

// BenchmarkQuestions asks all labelled questions in turn and reports the
// median and the slowest hundredth. The time of a question is its shortest in
// five rounds, which leaves out what else the machine does.
func BenchmarkQuestions(b *testing.B) {
	answerer := newBot(b)
	questions := readQuestions(b)
	best := make([]time.Duration, len(questions))
	for b.Loop() {
		for i, q := range questions {
			best[i] = time.Hour
			for range 5 {
				start := time.Now()
				ask(answerer, q.text)
				best[i] = min(best[i], time.Since(start))
			}
		}
	}
	slices.Sort(best)
	b.ReportMetric(float64(best[len(best)/2].Microseconds()), "p50-µs")
	b.ReportMetric(float64(best[len(best)*99/100].Microseconds()), "p99-µs")
}

// BenchmarkStart measures what a process does before its first answer.
func BenchmarkStart(b *testing.B) {
	for b.Loop() {
		base, err := knowledge.Load(os.DirFS("../../knowledge/content"))
		if err != nil {
			b.Fatal(err)
		}
		if _, err := index.Build(base); err != nil {
			b.Fatal(err)
		}
	}
}
