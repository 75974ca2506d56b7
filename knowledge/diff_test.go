package knowledge

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
)

// TestDiff changes the good folder as each archive says and compares what
// Diff says with the archive's "want".
func TestDiff(t *testing.T) {
	before, err := Load(goodFolder(t))
	if err != nil {
		t.Fatal(err)
	}
	paths, err := filepath.Glob("testdata/diff/*.txtar")
	if err != nil || len(paths) == 0 {
		t.Fatal("no archives", err)
	}
	for _, path := range paths {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(path)
			if err != nil {
				t.Fatal(err)
			}
			folder := goodFolder(t)
			spoil(t, folder, archive)
			after, err := Load(folder)
			if err != nil {
				t.Fatal(err)
			}
			compareWant(t, path, archive, changeTexts(Diff(before, after)))
		})
	}
}

func changeTexts(changes []Change) string {
	var text strings.Builder
	for _, c := range changes {
		text.WriteString(c.Text + "\n")
	}
	return text.String()
}

func TestDiffOfTheSame(t *testing.T) {
	b, err := Load(goodFolder(t))
	if err != nil {
		t.Fatal(err)
	}
	if changes := Diff(b, b); len(changes) > 0 {
		t.Errorf("a base differs from itself:\n%s", changeTexts(changes))
	}
}
