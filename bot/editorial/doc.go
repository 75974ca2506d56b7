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
//  2. An approval binds to a hash of the text, of what it is laid over, and of whatever else goes
//     live with it (2026-11). Any edit, and any other change of the entry that goes live in between,
//     voids it.
//  3. Rights are looked up when an approval is given and again for everybody when it is counted
//     (2026-11): who lost a role after approving does not count.
//  4. Publishing is lint, build, store, swap, in this order (2026-11). What is stored can be
//     loaded; what was acknowledged survives; readers hold one snapshot and never see two.
//  5. Withdrawing swaps first and stores afterwards (2026-11). A full disk must not keep a wrong
//     dose in use; the reply says when the withdrawal would not survive a restart, and storing it is
//     tried until it works. Until then every snapshot is given the withdrawal before it goes live.
//  6. Content edited by files has the review of its own repository (2026-11). A valid folder goes
//     live, named in words in the log, the audit and the announcement. A change by chat that lies
//     over a file which then changes in the folder stays live, and both are shown until somebody
//     decides; another change of the entry does not decide it. A folder that comes to say the same
//     holds again by itself.
//  7. Other processes may publish over the same store (2026-11). A change first takes over what they
//     did, and its transaction looks once more: otherwise an approval could bring back what somebody
//     withdrew a second before. A draft is saved only over what was read of it.
//  8. A sign-off holds for the text that was signed (2026-11). Any change but one of wording ends it,
//     whatever kind of draft it comes from; going back to a text that was live brings back the
//     sign-off that it had. Restoring an entry keeps what was mended while it was withdrawn.
//  9. A golden question that an approved change answers differently expects the new answer from then
//     on (2026-11), in the same revision and under the same hash: the card of the proposal shows it. One
//     that was wrong before stays wrong, and is reported until somebody looks after it.
//  10. What a stranger types is not recorded, and that somebody was refused once a day (2026-11):
//     the audit is kept for ever.
//
// # What was tried
//
// More than 48,000 orders of 12 acts by four people at two processes (go test -run Interleavings
// -interleavings 100000): whatever went live had the agreement of two others on that very text. An
// order costs 28 ms of one core. 569,458 answers during 500 publishes, under the race detector
// (-run OneRevision -answers 100000 -revisions 500), in 7 minutes: none mixed two revisions.
package editorial
