// Package index finds the passage of a knowledge.Base that answers a free
// question, and says when there is none.
//
// # What it does
//
// Build makes a Snapshot: one Base with its search index, never changed
// afterwards. Library holds the live one.
//
// A question takes this way through Snapshot.Search:
//
//	words.go      fold accents and case, cut into words (at most 500 characters, 32 words of 40 letters)
//	question.go   drop empty words; correct misspelt ones (spell.go); put one word for all that mean the same (phrases.go)
//	engine.go     the 30 best passages by bleve, over one field that holds title, other names and text
//	rank.go       order those 30 by BM25F over their fields
//	confidence.go how far to trust the first of them: sure, near or unknown
//	search.go     the answer, with what was corrected, what was unknown and why each hit matched
//
// An index of more than 20,000 passages is built in temporary files (store.go),
// a smaller one in memory. Nothing runs behind a snapshot, and none has to be
// closed.
//
// names.go and suggest.go know the names of drugs, sites and devices: exact
// ones in running text, and similar ones to offer as a choice. sites.go puts
// the misspelt title of a site right; no name of a drug is ever put right.
//
// # What it does not do
//
//   - It never matches a drug loosely. A misspelt drug name is left unknown, and
//     Result.Suggestions offers the similar names; nothing is corrected into a
//     drug name or away from one.
//   - A population is a filter. It never moves one passage above another.
//   - It holds no text: a Hit names a passage, and the Base has its words.
//   - It never reads a question as search syntax.
//
// # Figures
//
// Two cores, November 2026, go test ./index -run none -bench . -large: built in
// 0.07, 1.4 and 15 s at 400, 10,000 and 100,000 passages, with 19, 167 and 328 MB
// at the peak and 2, 19 and 49 MB kept; the bleve stage takes 20, 134 and 510 µs
// in the median and 0.06, 0.7 and 3.2 ms at the 99th percentile, at 100,000 of
// the processor's time because the machine was busy. A plain recipe
// of title, synonyms and body in nested disjunctions is 1.3 to 3 times slower and
// finds the right entry first in 75, 52 and 43 % instead of 98, 90 and 84 %;
// SQLite FTS5 is 6 to 10 times slower and finds it in 95, 83 and 74 %.
//
// Every result is the same for the same question and the same Base, whatever
// order the index happened to store the passages in.
package index
