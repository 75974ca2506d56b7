package knowledge

import (
	"errors"
	"io/fs"
	"testing"
	"testing/fstest"
)

func TestOverlay(t *testing.T) {
	good := goodFolder(t)
	changed := Overlay(good, map[string][]byte{
		"drugs/atropine.yaml":  nil,
		"articles/flushing.md": append([]byte(nil), good["articles/flushing.md"].Data...),
		"notes/new/one.yaml":   []byte("x"),
	})
	if err := fstest.TestFS(changed, "articles/flushing.md", "drugs/epinephrine.yaml", "notes/new/one.yaml"); err != nil {
		t.Error(err)
	}
	if _, err := fs.ReadFile(changed, "drugs/atropine.yaml"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a file that was taken away can be read: %v", err)
	}
	base, err := Load(Overlay(good, map[string][]byte{"drugs/atropine.yaml": nil}))
	if err != nil {
		t.Fatal(err)
	}
	if _, found := base.Drug("atropine"); found {
		t.Error("a drug whose file was taken away is still there")
	}
	same, err := Load(Overlay(good, map[string][]byte{"articles/flushing.md": good["articles/flushing.md"].Data}))
	if err != nil || same.Revision != goodBase(t).Revision {
		t.Errorf("the same text laid over is another revision: %v", err)
	}
}

func TestFileOf(t *testing.T) {
	for _, m := range goodBase(t).Entries() {
		if FileOf(m.ID) != m.File || EntryOf(m.File) != m.ID {
			t.Errorf("%s lies in %s; FileOf says %s, EntryOf %s", m.ID, m.File, FileOf(m.ID), EntryOf(m.File))
		}
	}
	if FileOf("epinephrine") != "" || EntryOf("sources.yaml") != "" {
		t.Error("a name without a kind, or a file without an entry, has got one")
	}
}
