package knowledge

import (
	"maps"
	"path"
	"slices"
)

// Alone reads and lints single files of a folder as if the rest of it stood
// around them, which is a thousand times faster than reading the folder.
type Alone struct {
	full   *Base
	exists map[ID]bool
	check  CheckFunc
}

// NewAlone prepares for the files of a folder.
func NewAlone(full *Base, check CheckFunc) Alone {
	exists := map[ID]bool{}
	for _, m := range full.Entries() {
		exists[m.ID] = true
	}
	return Alone{full, exists, check}
}

// Read reads one file, up to the first rule that finds a mistake. The base
// holds what the file says and nothing else.
func (a Alone) Read(name string, data []byte) (*Base, Problems) {
	l := newLoader()
	l.exists = maps.Clone(a.exists)
	if name != "sources.yaml" {
		l.base.Sources = a.full.Sources
	}
	if name != "knowledge.yaml" {
		l.base.Populations = a.full.Populations
	}
	l.read(file{path.Clean(name), data})
	l.dropFaulty()
	l.complete()
	for _, r := range slices.Concat([]rule{{check: func(l *loader) { l.compute(a.check) }}}, structuralRules(), clinicalRules(nil)) {
		if len(l.problems) == 0 {
			r.check(l)
		}
	}
	if name != "sources.yaml" {
		l.base.Sources = nil
	}
	return l.base, l.problems
}
