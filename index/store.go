package index

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/analysis/analyzer/custom"
	"github.com/blevesearch/bleve/v2/analysis/tokenizer/whitespace"
	"github.com/blevesearch/bleve/v2/index/scorch"
	"github.com/blevesearch/bleve/v2/mapping"
)

const (
	allField  = "all"   // the only field of the bleve index
	termsOnly = "terms" // the analyzer that cuts at spaces and does no more
)

// inMemory is how many passages are indexed in memory. One batch makes one
// segment, which is the fastest to search, but its building takes some 15 kB a
// passage; more passages are built in files.
const inMemory = 20_000

// filler takes the terms of one passage after the other and makes the engine.
type filler interface {
	add(passage int, terms string) error
	finish() (*engine, error)
	drop() // after an error: nothing is left behind
}

func newFiller(passages int) (filler, error) {
	m, err := newMapping()
	if err != nil {
		return nil, err
	}
	if passages > inMemory {
		return newFileFiller(m)
	}
	index, err := bleve.NewUsing("", m, scorch.Name, scorch.Name, nil)
	if err != nil {
		return nil, fmt.Errorf("make an index in memory: %w", err)
	}
	return &memoryFiller{index: index, batch: index.NewBatch()}, nil
}

// newMapping describes the index: one field, nothing stored, no positions.
func newMapping() (*mapping.IndexMappingImpl, error) {
	m := bleve.NewIndexMapping()
	err := m.AddCustomAnalyzer(termsOnly, map[string]any{"type": custom.Name, "tokenizer": whitespace.Name})
	if err != nil {
		return nil, fmt.Errorf("describe the index: %w", err)
	}
	terms := bleve.NewTextFieldMapping()
	terms.Analyzer = termsOnly
	terms.Store, terms.DocValues, terms.IncludeInAll, terms.IncludeTermVectors = false, false, false, false
	passage := bleve.NewDocumentStaticMapping()
	passage.AddFieldMappingsAt(allField, terms)
	passage.AddSubDocumentMapping("_all", bleve.NewDocumentDisabledMapping())
	m.DefaultMapping = passage
	return m, nil
}

// memoryFiller puts all passages into one batch: bleve never merges the
// segments of an index in memory.
type memoryFiller struct {
	index bleve.Index
	batch *bleve.Batch
	size  int
}

func (f *memoryFiller) add(passage int, terms string) error {
	f.size++
	return f.batch.Index(strconv.Itoa(passage), map[string]any{allField: terms})
}

func (f *memoryFiller) finish() (*engine, error) {
	if err := f.index.Batch(f.batch); err != nil {
		return nil, fmt.Errorf("index %d passages in memory: %w", f.size, err)
	}
	return newEngine(f.index, f.size)
}

func (f *memoryFiller) drop() { f.index.Close() }

// fileFiller builds the index in a folder of its own, a thousand passages at
// a time.
type fileFiller struct {
	builder bleve.Builder
	dir     string
	size    int
}

func newFileFiller(m mapping.IndexMapping) (*fileFiller, error) {
	dir, err := os.MkdirTemp("", "iobot-index-")
	if err != nil {
		return nil, fmt.Errorf("make a folder for the index: %w", err)
	}
	builder, err := bleve.NewBuilder(filepath.Join(dir, "index"), m, map[string]any{
		"batchSize": 1000, "mergeMax": 10, "buildPathPrefix": dir,
	})
	if err != nil {
		return nil, fmt.Errorf("start an index in %s: %w", dir, err)
	}
	return &fileFiller{builder: builder, dir: dir}, nil
}

func (f *fileFiller) add(passage int, terms string) error {
	f.size++
	return f.builder.Index(strconv.Itoa(passage), map[string]any{allField: terms})
}

// finish opens the index and takes its folder away again: the files live on
// until the reader is closed. Where the system does not allow that they are
// left to its cleaning of temporary files.
func (f *fileFiller) finish() (*engine, error) {
	if err := f.builder.Close(); err != nil {
		return nil, fmt.Errorf("write the index of %d passages to %s: %w", f.size, f.dir, err)
	}
	index, err := bleve.OpenUsing(filepath.Join(f.dir, "index"), map[string]any{"read_only": true, "bolt_timeout": "2s"})
	if err != nil {
		return nil, fmt.Errorf("open the index in %s: %w", f.dir, err)
	}
	defer os.RemoveAll(f.dir)
	return newEngine(index, f.size)
}

func (f *fileFiller) drop() { os.RemoveAll(f.dir) }
