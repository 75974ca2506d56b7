// Package command is what the bot can do: one file a command, and one table,
// All, that lists them. Help and every platform's registration are generated
// from that table.
//
// A command takes one snapshot of the knowledge, uses it for the whole of its
// answer and returns a bot.Reply. Nothing here sends, stores or logs, computes
// a dose or holds a clinical figure: figures come from the knowledge, and
// knowledge/dose multiplies. Start at All, then reading.go, which says what a
// typed line was understood to mean.
package command
