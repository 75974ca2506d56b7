-- What governance keeps. Times are microseconds since 1970, 0 is never.
-- Everywhere but here a person is a number; 0 is nobody. A name or an account
-- that is NULL was erased on request.
CREATE TABLE people (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    name   TEXT    UNIQUE,
    digest TEXT    NOT NULL
) STRICT;

CREATE TABLE accounts (
    number  INTEGER PRIMARY KEY AUTOINCREMENT,
    account TEXT    UNIQUE,
    person  INTEGER NOT NULL,
    digest  TEXT    NOT NULL
) STRICT;

-- editors, typed and approvals are JSON. removes: there is no text; starts:
-- there is none that it started from.
CREATE TABLE drafts (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    entry      TEXT    NOT NULL,
    file       TEXT    NOT NULL,
    from_hash  TEXT    NOT NULL,
    author     INTEGER NOT NULL,
    editors    TEXT    NOT NULL,
    state      TEXT    NOT NULL,
    kind       TEXT    NOT NULL,
    hash       TEXT    NOT NULL,
    why        TEXT    NOT NULL,
    typed      TEXT    NOT NULL,
    created_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    approvals  TEXT    NOT NULL,
    removes    INTEGER NOT NULL,
    starts     INTEGER NOT NULL,
    started    BLOB    NOT NULL,
    text       BLOB    NOT NULL,
    digest     TEXT    NOT NULL
) STRICT;

CREATE INDEX drafts_by_state ON drafts (state);

-- approvers and changes are JSON. The hash covers the row, its entries, its
-- files and the hash of the revision before.
CREATE TABLE revisions (
    number    INTEGER PRIMARY KEY CHECK (number > 0),
    at        INTEGER NOT NULL,
    kind      TEXT    NOT NULL,
    knowledge TEXT    NOT NULL,
    author    INTEGER NOT NULL,
    approvers TEXT    NOT NULL,
    why       TEXT    NOT NULL,
    changes   TEXT    NOT NULL,
    draft     INTEGER NOT NULL,
    hash      TEXT    NOT NULL
) STRICT;

CREATE TABLE revision_entries (
    revision INTEGER NOT NULL REFERENCES revisions (number),
    position INTEGER NOT NULL,
    entry    TEXT    NOT NULL,
    PRIMARY KEY (revision, position)
) STRICT;

CREATE INDEX revision_entries_by_entry ON revision_entries (entry, revision);

-- text is last, so that reading the rest does not touch its pages.
CREATE TABLE revision_files (
    revision INTEGER NOT NULL REFERENCES revisions (number),
    name     TEXT    NOT NULL,
    under    TEXT    NOT NULL,
    removed  INTEGER NOT NULL,
    digest   TEXT    NOT NULL,
    text     BLOB    NOT NULL,
    PRIMARY KEY (revision, name)
) STRICT;

CREATE INDEX revision_files_by_name ON revision_files (name, revision);

-- A file of the folder holds again: what revisions up to this one laid over it
-- does not count any more.
CREATE TABLE absorbed (
    number         INTEGER PRIMARY KEY CHECK (number > 0),
    name           TEXT    NOT NULL,
    after_revision INTEGER NOT NULL,
    hash           TEXT    NOT NULL
) STRICT;

CREATE TABLE acts (
    number  INTEGER PRIMARY KEY CHECK (number > 0),
    at      INTEGER NOT NULL,
    person  INTEGER NOT NULL,
    account INTEGER NOT NULL,
    verb    TEXT    NOT NULL,
    subject TEXT    NOT NULL,
    detail  TEXT    NOT NULL,
    hash    TEXT    NOT NULL
) STRICT;

CREATE INDEX acts_by_subject ON acts (subject, number);

CREATE TRIGGER acts_stay BEFORE UPDATE ON acts BEGIN SELECT RAISE(ABORT, 'the audit is never changed'); END;
CREATE TRIGGER acts_kept BEFORE DELETE ON acts BEGIN SELECT RAISE(ABORT, 'the audit is never changed'); END;
CREATE TRIGGER revisions_stay BEFORE UPDATE ON revisions BEGIN SELECT RAISE(ABORT, 'a revision is never changed'); END;
CREATE TRIGGER revisions_kept BEFORE DELETE ON revisions BEGIN SELECT RAISE(ABORT, 'a revision is never changed'); END;
CREATE TRIGGER revision_entries_stay BEFORE UPDATE ON revision_entries BEGIN SELECT RAISE(ABORT, 'a revision is never changed'); END;
CREATE TRIGGER revision_entries_kept BEFORE DELETE ON revision_entries BEGIN SELECT RAISE(ABORT, 'a revision is never changed'); END;
CREATE TRIGGER revision_files_stay BEFORE UPDATE ON revision_files BEGIN SELECT RAISE(ABORT, 'a revision is never changed'); END;
CREATE TRIGGER revision_files_kept BEFORE DELETE ON revision_files BEGIN SELECT RAISE(ABORT, 'a revision is never changed'); END;
CREATE TRIGGER absorbed_stay BEFORE UPDATE ON absorbed BEGIN SELECT RAISE(ABORT, 'a revision is never changed'); END;
CREATE TRIGGER absorbed_kept BEFORE DELETE ON absorbed BEGIN SELECT RAISE(ABORT, 'a revision is never changed'); END;

CREATE TABLE feedback (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    at       INTEGER NOT NULL,
    entry    TEXT    NOT NULL,
    revision TEXT    NOT NULL,
    helpful  INTEGER NOT NULL,
    reason   TEXT    NOT NULL
) STRICT;

CREATE INDEX feedback_by_time ON feedback (at);

CREATE TABLE unanswered (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    words    TEXT    NOT NULL UNIQUE,
    nearest  TEXT    NOT NULL,
    asked    INTEGER NOT NULL,
    first_at INTEGER NOT NULL,
    last_at  INTEGER NOT NULL,
    assigned INTEGER NOT NULL
) STRICT;

-- entries is JSON.
CREATE TABLE posted (
    platform TEXT    NOT NULL,
    tenant   TEXT    NOT NULL,
    channel  TEXT    NOT NULL,
    message  TEXT    NOT NULL,
    entries  TEXT    NOT NULL,
    revision TEXT    NOT NULL,
    at       INTEGER NOT NULL,
    PRIMARY KEY (platform, tenant, channel, message)
) STRICT;

CREATE INDEX posted_by_time ON posted (at);

CREATE TABLE channels (
    platform TEXT NOT NULL,
    tenant   TEXT NOT NULL,
    channel  TEXT NOT NULL,
    PRIMARY KEY (platform, tenant, channel)
) STRICT;

CREATE TABLE tasks (
    id         TEXT    PRIMARY KEY CHECK (id <> ''),
    kind       TEXT    NOT NULL,
    platform   TEXT    NOT NULL,
    tenant     TEXT    NOT NULL,
    channel    TEXT    NOT NULL,
    user_id    TEXT    NOT NULL,
    message    TEXT    NOT NULL,
    payload    BLOB    NOT NULL,
    created_at INTEGER NOT NULL,
    due_at     INTEGER NOT NULL,
    tries      INTEGER NOT NULL
) STRICT;

CREATE INDEX tasks_by_due ON tasks (due_at);

CREATE TABLE done_once (
    key TEXT    PRIMARY KEY,
    at  INTEGER NOT NULL
) STRICT;
