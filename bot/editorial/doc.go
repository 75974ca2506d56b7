// Package editorial is how the knowledge changes: drafts, approvals,
// publishing, withdrawing, the review of entries, and what has to be told to
// whom afterwards. It decides who may do what. Start at Desk.
//
// Live knowledge is the content folder with the changes that were approved in
// chat laid over it, file by file. A draft is a new text of one file. It goes
// through the same loader and linter as a file that somebody edits by hand, so
// there is one set of rules and one way of saying in words what differs.
//
// The package keeps nothing itself (package store does), judges no text
// (package knowledge does), and posts nothing: corrections, announcements and
// reminders are written down as tasks together with what caused them, and
// RunTasks has a platform post them.
//
// # Decisions
//
//  1. Saying less takes one person, saying something new takes two (2026-11). Withdrawing an
//     entry needs anybody with a role, bringing it back needs two approvers who did not write it,
//     and nobody is exempt. A person is a person on every platform: approvals count people of the
//     settings, not accounts.
//  2. An approval binds to a hash of the text and of what it is laid over (2026-11). Any edit, and
//     any other change of the entry that goes live in between, voids it.
//  3. Rights are looked up when an approval is given and again for everybody when it is counted
//     (2026-11): who lost a role after approving does not count.
//  4. Publishing is lint, build, store, swap, in this order (2026-11). What is stored can be
//     loaded; what was acknowledged survives; readers hold one snapshot and never see two.
//  5. Withdrawing swaps first and stores afterwards (2026-11). A full disk must not keep a wrong
//     dose in use; the reply says when the withdrawal would not survive a restart.
//  6. Content edited by files has the review of its own repository (2026-11). A valid folder goes
//     live, named in words in the log, the audit and the announcement. A change by chat that lies
//     over a file which then changes in the folder stays live, and both are shown until somebody
//     decides: nothing is overwritten silently.
package editorial
