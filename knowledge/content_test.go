package knowledge_test

import (
	"os"
	"testing"

	"iobot/knowledge"
	"iobot/knowledge/content"
	"iobot/knowledge/dose"
)

// TestContent lists every mistake of the starter content, worked examples
// included.
func TestContent(t *testing.T) {
	for _, problem := range knowledge.Lint(os.DirFS("content"), dose.Check) {
		t.Error(problem)
	}
}

// TestEmbedded makes sure that the program holds every file of the folder.
func TestEmbedded(t *testing.T) {
	folder, err := knowledge.Load(os.DirFS("content"))
	if err != nil {
		t.Fatal(err)
	}
	embedded, err := knowledge.Load(content.FS())
	if err != nil {
		t.Fatal(err)
	}
	if folder.Revision != embedded.Revision {
		t.Errorf("embedded revision %s, that of the folder is %s", embedded.Revision, folder.Revision)
	}
}

func BenchmarkLoad(b *testing.B) {
	for b.Loop() {
		if _, err := knowledge.Load(content.FS()); err != nil {
			b.Fatal(err)
		}
	}
}
