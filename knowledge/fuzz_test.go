package knowledge

import (
	"bytes"
	"io/fs"
	"testing"
	"testing/fstest"
)

// FuzzDrug makes sure that no drug file breaks the loader.
func FuzzDrug(f *testing.F) { fuzzFile(f, "drugs/epinephrine.yaml") }

// FuzzSources makes sure that no list of sources breaks the loader.
func FuzzSources(f *testing.F) { fuzzFile(f, "sources.yaml") }

// FuzzArticle makes sure that no article breaks the loader.
func FuzzArticle(f *testing.F) {
	f.Add([]byte("---\nid: flushing\ntitle: x\ntopic: flow\n---\nText [A]\n\n## H {#h}\n\n1. a [B]\n\n| a | b |\n|---|---|\n| c | [D] |\n"))
	fuzzFile(f, "articles/flushing.md")
}

// fuzzFile replaces one file of the good folder by anything. Loading and
// linting must end, place each problem inside the file, and agree.
func fuzzFile(f *testing.F, name string) {
	good := goodFolder(f)
	f.Add(good[name].Data)
	f.Add(bytes.ReplaceAll(good[name].Data, []byte("[DUCK]"), []byte("[[")))
	f.Add([]byte("a: &a [*a]\n<<: *a\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		folder := fstest.MapFS{}
		for other, file := range good {
			folder[other] = file
		}
		folder[name] = &fstest.MapFile{Data: data}
		lines := bytes.Count(data, []byte("\n")) + 1
		problems := Lint(folder, wrongCheck)
		for _, p := range problems {
			if p.File == name && (p.Line < 0 || p.Line > lines) {
				t.Errorf("a file of %d lines has a problem in line %d: %s", lines, p.Line, p)
			}
		}
		if b, err := Load(fs.FS(folder)); err == nil {
			Diff(b, b)
		} else if len(problems) == 0 {
			t.Errorf("Load refuses what Lint accepts: %v", err)
		}
	})
}
