package index

import (
	"runtime"

	"iobot/knowledge"
)

// Snapshot is a base and the index of it, made together. It is never changed
// and safe for concurrent use. It needs no closing: nothing runs behind it, and
// its memory is freed when nobody holds it any more.
type Snapshot struct {
	*data
	base   *knowledge.Base
	engine *handle
}

// handle is what snapshots of one index share. A search that uses the engine
// keeps its handle alive.
type handle struct {
	*engine
}

func newSnapshot(b *knowledge.Base, d *data, e *engine) *Snapshot {
	h := &handle{e}
	runtime.AddCleanup(h, func(e *engine) { _ = e.reader.Close() }, e)
	return &Snapshot{data: d, base: b, engine: h}
}

// Base returns the base that the snapshot was built from. Nobody may change it.
func (s *Snapshot) Base() *knowledge.Base { return s.base }
