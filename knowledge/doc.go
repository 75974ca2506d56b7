// Package knowledge holds what iobot knows: articles, drugs with their dose
// rules, bones, devices and the sources of every statement. It reads them from
// a folder of Markdown and YAML files that a clinician can edit (FORMAT.md),
// says precisely what is wrong with such a folder, and says in words what
// changed between two of them.
//
// Load reads a folder into a Base, which never changes afterwards, and refuses
// the whole folder for one mistake. Lint lists all mistakes, those that make
// content unsafe included. Diff compares two bases. Export writes a folder out.
// A Base finds entries by id and by exactly their names; it never guesses a
// name.
//
// The package computes no dose (package dose does, and hands its check of the
// worked examples to Lint), searches nothing (package index), stores nothing
// and knows no clock: Review.At is told the time.
//
// Start reading in entry.go, the types whose tags are the format; then load.go,
// decode.go, which fills them, and lint.go, the table of rules.
package knowledge
