package index

import (
	"context"
	"os"
	"slices"
	"testing"
)

// An index built in files finds what one in memory does, and its files are
// gone as soon as it is open.
func TestIndexInFiles(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	m, err := newMapping()
	if err != nil {
		t.Fatal(err)
	}
	files, err := newFileFiller(m)
	if err != nil {
		t.Fatal(err)
	}
	memory, err := newFiller(3)
	if err != nil {
		t.Fatal(err)
	}
	if one, two := filled(t, files), filled(t, memory); !slices.Equal(one, two) || len(one) != 2 {
		t.Errorf("in files %v, in memory %v", one, two)
	}
	left, err := os.ReadDir(os.TempDir())
	if err != nil || len(left) > 0 {
		t.Errorf("left in the folder of temporary files: %v, error %v", left, err)
	}
}

// filled indexes three passages and returns the two that hold "flush".
func filled(t *testing.T, f filler) []uint32 {
	t.Helper()
	for i, terms := range []string{"flush marrow", "bone", "flush flush flush needle"} {
		if err := f.add(i, terms); err != nil {
			t.Fatal(err)
		}
	}
	e, err := f.finish()
	if err != nil {
		t.Fatal(err)
	}
	defer e.reader.Close()
	found, err := e.best(context.Background(), []weighted{{"flush", 1}}, candidates, func(uint32) bool { return true })
	if err != nil {
		t.Fatal(err)
	}
	var passages []uint32
	for _, c := range found {
		passages = append(passages, c.passage)
	}
	return passages
}
