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
// A change is a new text of one file. PartsOf shows a file as forms of a few
// fields, Edit writes values back into its text, Overlay lays the text over the
// folder, and Load and Lint read it like any other. Assess says in words what
// the people who approve a change must not overlook.
//
// The package computes no dose (package dose does, and hands its check of the
// worked examples to Lint), searches nothing (package index), stores nothing
// and knows no clock: Review.At is told the time.
//
// Start reading in entry.go, the types whose tags are the format; then load.go,
// decode.go, which fills them, and lint.go, the table of rules. For changes
// start in edit.go and assess.go.
//
// # Decisions
//
//  1. A file is edited in its text, not written anew from what was read (2026-11):
//     comments, order and line breaks are its authors'. The YAML library tells
//     where a value begins and not where it ends, so edit_tree.go looks for the
//     end, and every edit is proved: the text is read again, the field must show
//     what was typed, and everything else what it said before. What cannot be
//     proved is refused, and the file is left to a text editor.
//  2. One description of the fields (2026-11): the tags in entry.go make the
//     loader, the forms, the JSON Schema and the test of FORMAT.md; forms.txt
//     adds the words for people and how fields are put together.
//  3. Assess knows no medicine (2026-11). It names every number that differs, in
//     sentences too, every unit, limit, range, strength and warning, and the words
//     that turn a sentence round. A test moves every number of the starter content
//     by ten: what the linter lets pass must be named.
//  4. Wording is what is left when nothing of that changed (2026-11). Doubt makes
//     it no wording: one more person has to look, which costs a minute.
//  5. A notice holds no amount of a drug (2026-11), so that one person may post it.
package knowledge
