// Package store keeps what must survive a restart in one SQLite file. It is
// the only package that knows a SQL driver, and it knows nothing of chat
// platforms: what is a workspace here may be any place that a platform lets
// the bot into. It decides nothing: who may do what, what two people must
// agree on, and when a token is renewed, is for its callers.
//
// Start at Open, and then at Update and View: all that governance keeps is
// read and written through the Tx that they hand out. There are drafts with
// their approvals (Draft), what was published (Revision) and which of its
// files are live (Overlay), the audit (Act), what people thought of answers
// (Feedback, Unanswered), where answers and news of changes went or go
// (Posted, Channel, Task), and the places that the bot is installed in, with
// their tokens (Install). Each kind has a file of Go, and its tables are in
// migrations.
//
// # Decisions
//
//  1. What is said to be saved survives losing power (2026-11): a write-ahead log with
//     synchronous=FULL. Writing goes through one connection, so that two writers wait for each
//     other here and not in SQLite; reading has its own connections and waits for nobody.
//  2. Migrations are numbered files of SQL, each run in a transaction together with its number,
//     PRAGMA user_version (2026-11). goose does the same in two tables and several packages; what
//     it adds, going back and migrations in Go, is not wanted: a file of a later program is
//     refused, not rewritten. Forty lines do here. Before a file is migrated it is copied beside
//     itself; the name holds the time of its last write, so no clock is needed, and a start that
//     is killed and tried again does not fill the disk with copies.
//  3. Tokens are sealed with AES-256-GCM, bound to their row and column (2026-11), so that a copy
//     of the file, or of a backup of it, lets nobody in, and a sealed token moved elsewhere in the
//     file opens nothing. The key is not in the file.
//  4. Two keys while one is being replaced (2026-11): the first seals, all open, and Open seals
//     anew what another than the first had sealed, so that the old one can go after one start.
//  5. What is live is not stored, it follows from the revisions (2026-11): the newest text of each
//     file, unless the folder's own was said to hold again after it. There is no second table that
//     could disagree. Overlay verifies all revisions each time before it returns a text, for it is
//     read only when something changed.
//  6. Revisions and acts are chained: each row holds a SHA-256 of itself and of the hash before,
//     over values written with their lengths (2026-11). Triggers refuse to change or delete them.
//     Drafts, names and accounts, which do change, each hold a digest of their own row. Who can
//     write the file and knows this package can make all of it anew, and can cut off the end: keep
//     the hashes of an exported audit elsewhere to notice that.
//  7. A person is a number (2026-11), and one table has the names, so that a name can be erased and
//     the chain, which covers the number, is still whole. The forgotten are shown with their
//     number, or two approvers who were both forgotten would look like one. Acting again, they are
//     somebody new: whoever decides must not let "a forgotten person" stand for a stranger.
//  8. After an error of the database an Update is lost, even if its function goes on (2026-11).
//     SQLite rolls back by itself when the disk is full, and every statement after that would be
//     kept alone.
//  9. A file that cannot be written is read (2026-11): a bot that cannot take changes still
//     answers. The log of a killed process counts; where SQLite cannot use it and it is not empty,
//     Open fails, for without it a withdrawn entry could come back.
//  10. PostgreSQL can take the place of the file (2026-11) for several processes on several
//     machines. Statements are written so that both understand them, with $1 for a value; what only
//     SQLite knows is in sqlite.go, backup.go, migrate.go, fault.go and the migrations, of which
//     another database needs its own. Two rules of SQLite carry Update and must be asked for there:
//     one writer at a time (a lock on one row), and a View that sees one moment (REPEATABLE READ).
//     testContract is what it must pass. It is not written, for nobody has asked for it.
package store
