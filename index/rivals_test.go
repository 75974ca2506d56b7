package index

import (
	"database/sql"
	"strings"
	"testing"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/analysis/lang/en"
	"github.com/blevesearch/bleve/v2/index/scorch"
	"github.com/blevesearch/bleve/v2/search/query"
	_ "modernc.org/sqlite"

	"iobot/knowledge"
)

// newPlain searches with bleve as its guide shows: a field each for title,
// synonyms and body, weighted 4, 3 and 1.
func newPlain(b *testing.B, base *knowledge.Base) finder {
	b.Helper()
	entry := bleve.NewDocumentStaticMapping()
	for _, name := range []string{"title", "synonyms", "body"} {
		f := bleve.NewTextFieldMapping()
		f.Analyzer, f.Store, f.IncludeTermVectors, f.DocValues = en.AnalyzerName, false, false, false
		entry.AddFieldMappingsAt(name, f)
	}
	m := bleve.NewIndexMapping()
	m.DefaultMapping = entry
	index, err := bleve.NewUsing("", m, scorch.Name, scorch.Name, nil)
	check(b, err)
	b.Cleanup(func() { check(b, index.Close()) })
	batch := index.NewBatch()
	for _, a := range base.Articles {
		check(b, batch.Index(string(a.ID), map[string]any{"title": a.Title, "synonyms": list(a.Aliases), "body": blocks(a.Lead)}))
	}
	check(b, index.Batch(batch))
	return func(text string) ([]knowledge.ID, error) {
		r, err := index.Search(bleve.NewSearchRequestOptions(nested(text), 5, 0, false))
		if err != nil {
			return nil, err
		}
		var all []knowledge.ID
		for _, h := range r.Hits {
			all = append(all, knowledge.ID(h.ID))
		}
		return all, nil
	}
}

func nested(text string) query.Query {
	either := bleve.NewDisjunctionQuery()
	for name, weight := range map[string]float64{"title": 4, "synonyms": 3, "body": 1} {
		q := bleve.NewMatchQuery(text)
		q.SetField(name)
		q.SetBoost(weight)
		either.AddQuery(q)
	}
	return either
}

// newFTS5 searches with SQLite: BM25 with the same weights.
func newFTS5(b *testing.B, base *knowledge.Base) finder {
	b.Helper()
	db, err := sql.Open("sqlite", ":memory:")
	check(b, err)
	b.Cleanup(func() { check(b, db.Close()) })
	db.SetMaxOpenConns(1)
	_, err = db.Exec(`CREATE VIRTUAL TABLE entry USING fts5(id UNINDEXED, title, synonyms, body, tokenize = 'porter unicode61')`)
	check(b, err)
	fill(b, db, base)
	ask, err := db.Prepare(`SELECT id FROM entry WHERE entry MATCH ? ORDER BY bm25(entry, 0, 4, 3, 1) LIMIT 5`)
	check(b, err)
	return func(text string) ([]knowledge.ID, error) {
		rows, err := ask.Query(`"` + strings.Join(content(text), `" OR "`) + `"`)
		if err != nil {
			return nil, err
		}
		defer rows.Close()
		var all []knowledge.ID
		for rows.Next() {
			var id knowledge.ID
			if err := rows.Scan(&id); err != nil {
				return nil, err
			}
			all = append(all, id)
		}
		return all, rows.Err()
	}
}

func fill(b *testing.B, db *sql.DB, base *knowledge.Base) {
	b.Helper()
	tx, err := db.Begin()
	check(b, err)
	for _, a := range base.Articles {
		_, err := tx.Exec(`INSERT INTO entry VALUES (?, ?, ?, ?)`, a.ID, a.Title, list(a.Aliases), blocks(a.Lead))
		check(b, err)
	}
	check(b, tx.Commit())
}

func check(b *testing.B, err error) {
	b.Helper()
	if err != nil {
		b.Fatal(err)
	}
}
