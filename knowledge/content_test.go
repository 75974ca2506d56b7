package knowledge_test

import (
	"os"
	"testing"

	"iobot/knowledge"
	"iobot/knowledge/dose"
)

// TestContent lists every mistake of the starter content, worked examples
// included.
func TestContent(t *testing.T) {
	for _, problem := range knowledge.Lint(os.DirFS("content"), dose.Check) {
		t.Error(problem)
	}
}

func BenchmarkLoadContent(b *testing.B) {
	for b.Loop() {
		if _, err := knowledge.Load(os.DirFS("content")); err != nil {
			b.Fatal(err)
		}
	}
}
