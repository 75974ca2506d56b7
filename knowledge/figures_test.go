package knowledge

import (
	"os"
	"strings"
	"testing"
)

// TestFigures reads testdata/figures.txt: lines that begin with "good:" have no
// problem, lines that begin with "bad:" have one.
func TestFigures(t *testing.T) {
	data, err := os.ReadFile("testdata/figures.txt")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(data)) {
		verdict, text, _ := strings.Cut(strings.TrimSpace(line), ": ")
		problems := FigureProblems(text)
		switch {
		case verdict == "good" && len(problems) > 0:
			t.Errorf("%q: %q, want no problem", text, problems)
		case verdict == "bad" && len(problems) == 0:
			t.Errorf("%q: no problem found", text)
		}
	}
}
