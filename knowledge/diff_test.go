package knowledge

import (
	"strings"
	"testing"
	"testing/fstest"
)

// TestDiff changes the good folder as each archive says and compares what
// Diff says with the archive's "want".
func TestDiff(t *testing.T) {
	before, err := Load(goodFolder(t))
	if err != nil {
		t.Fatal(err)
	}
	eachSpoiled(t, "testdata/diff/*.txtar", func(t *testing.T, folder fstest.MapFS) string {
		after, err := Load(folder)
		if err != nil {
			t.Fatal(err)
		}
		return changeTexts(Diff(before, after))
	})
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
