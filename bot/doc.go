// Package bot is the middle of the program: a Request comes in, a Reply goes
// out. It knows no platform, no command and no medicine, and imports nothing
// but the standard library. Start at Bot.Answer.
//
// # The tour
//
// knowledge knows, index finds, bot talks, cmd wires:
//
//	   cmd/iobot     settings, clock, logger, wiring: imports all, imported by none
//
//	   PLATFORMS              THE MIDDLE          COMMANDS                FACTS
//	+----------------+      +---------------+  +----------------+
//	| bot/slack      |      |      bot      |  | bot/command    |
//	| bot/discord    |----->| Request→Reply |<-| dose site ask… |--> index --> bleve
//	| bot/console    |      | std lib only  |  |                |      |
//	+----------------+      +---------------+  +----------------+      v
//	                                              |                knowledge --> yaml, goldmark
//	                                              v                    |
//	                                        knowledge/dose ------> knowledge/quantity
//
// From the bottom up:
//
//   - knowledge/quantity reads and prints weights, ages, amounts and strengths.
//     Everything is exact; there is no floating point anywhere near a dose.
//   - knowledge holds the entries, loads them from Markdown and YAML, and lints
//     them. knowledge/content is the starter content; knowledge/FORMAT.md
//     explains every field to the people who write it.
//   - knowledge/dose is the only place that multiplies. It also decides which
//     rule governs for a patient, and says so when that cannot be decided.
//   - index builds a bleve index of one revision of the knowledge. A Snapshot is
//     a revision with its index; a Library holds the live one.
//   - bot/command has one file a command and one table that lists them. A command
//     takes one Snapshot, uses it for the whole answer and returns a Reply.
//   - The platforms turn what arrives into Requests and Replies into text, cards or
//     messages, and do not know each other. A choice in a Reply carries a command
//     line, so that picking it takes the same path as typing it.
//   - bot/platform is what bot/slack and bot/discord need besides an SDK: jobs that
//     run after the answer, and a memory that forgets.
//   - bot/editorial is how the knowledge changes: drafts, approvals, publishing,
//     withdrawing, and what has to be told to whom. bot/store keeps all that must
//     outlive the process, in one file; it decides nothing.
//   - knowledge/picture fills drawings with the figures of the content, and
//     knowledge/card makes the page to print at the bedside. bot/assets gives both
//     to the platforms by name, so that no answer waits for one.
//   - cmd/iobot puts it together.
//
// # One request
//
//	"dose epi 12kg"
//	1 a platform    verified and decoded: a Request with platform, user, line, time
//	2 bot           refuse hidden characters and long lines, find the command, deadline, recover
//	3 bot/command   one Snapshot; the drug by exact name, the patient, the rule, the arithmetic
//	4 bot/command   the reply is stamped with revision and review state
//	5 the platform  laid out, and sent back in the response itself: no second call
//
// # Decisions
//
//  1. A Reply is a value without markup (2026-11). A platform may lay it out as it
//     likes and must show every Warning; a new kind of Block makes every platform's
//     test fail until it handles it.
//  2. Exact or ask (2026-11). A dose needs an exact drug name, a weight with its unit,
//     one use and one population. Anything else becomes choices, each a complete
//     command, in a reply without figures.
//  3. The possible ages of a patient are a set (2026-11). A weight alone never picks a
//     population: the rule that governs is worked out for every age that the weight
//     allows, and there is an answer only when all agree. See knowledge/dose.
//  4. A Reply may ask for a form, and a platform brings back what was typed as Values of
//     the same line (2026-11). Editing in chat is then one more command: it is typed, tapped
//     or filled in, with the same checks. A command that Acts is run once for a request.
//  5. No line of a question is logged, and no error shows its inside (2026-11). What
//     went wrong is logged under a reference that the reply shows.
package bot
