package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"

	_ "modernc.org/sqlite" // the driver "sqlite"
)

// readers is how many connections read at the same time.
const readers = 4

// Store is an open file. It is safe for concurrent use.
type Store struct {
	write *sql.DB // one connection
	read  *sql.DB
	seal  sealer
}

// Open opens the SQLite file at path, making it when there is none, and
// brings its tables up to date. The first key seals tokens, all of them open
// what is sealed; each has at least MinKey characters. Without a key no
// install can be saved. It is an error when a token in the file opens with
// none of the keys.
func Open(ctx context.Context, path string, keys ...string) (*Store, error) {
	seal, err := newSealer(keys)
	if err != nil {
		return nil, err
	}
	if err := makePrivate(path); err != nil {
		return nil, err
	}
	s := &Store{seal: seal}
	if s.write, err = connect(path, 1, "_txlock=immediate"); err != nil {
		return nil, err
	}
	if s.read, err = connect(path, readers, "_pragma=query_only(ON)"); err != nil {
		return nil, errors.Join(err, s.write.Close())
	}
	if err := s.prepare(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("open state %s: %w", path, err), s.Close())
	}
	return s, nil
}

func (s *Store) prepare(ctx context.Context) error {
	if err := migrate(ctx, s.write, migrations); err != nil {
		return err
	}
	if len(s.seal) == 0 {
		return nil
	}
	return s.sealAnew(ctx)
}

// Close closes the file.
func (s *Store) Close() error {
	if err := errors.Join(s.read.Close(), s.write.Close()); err != nil {
		return fmt.Errorf("close state: %w", err)
	}
	return nil
}

// makePrivate makes the file, readable by its owner only, when there is none.
// SQLite gives its other files the same permissions.
func makePrivate(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return fmt.Errorf("open state: %w", err)
	}
	if err := f.Close(); err != nil {
		return fmt.Errorf("open state: %w", err)
	}
	return nil
}

// connect returns connections to a file, each with the same settings.
func connect(path string, connections int, more string) (*sql.DB, error) {
	const settings = "_pragma=busy_timeout(5000)&_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)" +
		"&_pragma=foreign_keys(ON)&_pragma=secure_delete(ON)"
	db, err := sql.Open("sqlite", "file:"+(&url.URL{Path: path}).EscapedPath()+"?"+settings+"&"+more)
	if err != nil {
		return nil, fmt.Errorf("open state %s: %w", path, err)
	}
	db.SetMaxOpenConns(connections)
	db.SetMaxIdleConns(connections)
	return db, nil
}

// inTransaction does all of f or nothing of it.
func inTransaction(ctx context.Context, db *sql.DB, f func(*sql.Tx) error) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("begin: %w", err)
	}
	if err := f(tx); err != nil {
		return errors.Join(err, tx.Rollback())
	}
	if err := tx.Commit(); err != nil {
		return fmt.Errorf("commit: %w", err)
	}
	return nil
}
