// Package store keeps what must survive a restart in one SQLite file. It is
// the only package that knows a SQL driver, and it knows nothing of chat
// platforms: what is a workspace here may be any place that a platform lets
// the bot into. It decides nothing; who may do what, and when a token is
// renewed, is for its callers.
//
// Start at Open. So far the file holds the places that the bot is installed
// in, with their tokens (Install). Each further kind of thing gets a file of
// Go beside install.go and a migration beside the first.
//
// # Decisions
//
//  1. What is said to be saved survives losing power (2026-11): a write-ahead log with
//     synchronous=FULL. Writing goes through one connection, so that two writers wait for each
//     other here and not in SQLite; reading has its own connections and waits for nobody.
//  2. Migrations are numbered files of SQL, each run in a transaction together with its number,
//     PRAGMA user_version (2026-11). goose does the same in two tables and several packages; what
//     it adds, going back and migrations in Go, is not wanted: a file of a later program is
//     refused, not rewritten. Forty lines do here.
//  3. Tokens are sealed with AES-256-GCM, bound to their row and column (2026-11), so that a copy
//     of the file, or of a backup of it, lets nobody in, and a sealed token moved elsewhere in the
//     file opens nothing. The key is not in the file.
//  4. Two keys while one is being replaced (2026-11): the first seals, all open, and Open seals
//     anew what another than the first had sealed, so that the old one can go after one start.
package store
