package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"sync"
)

// readers is how many connections read at the same time.
const readers = 4

// errReadOnly is why nothing can be kept through OpenReadOnly.
var errReadOnly = &fault{"nothing can be kept, the state was opened for reading", ErrUnwritable, errors.New("OpenReadOnly")}

// Store is an open file. It is safe for concurrent use.
type Store struct {
	path string
	seal sealer

	mu      sync.RWMutex // locked only by who holds nothing else, and never waited for
	handles              // others when a file that could only be read can be written
	limited error        // why nothing can be kept; nil when it can
}

// handles are the connections to a file.
type handles struct {
	write *sql.DB // one connection; nil when the file can only be read
	read  *sql.DB
}

// Open opens the SQLite file at path, making it when there is none, and
// brings its tables up to date, after a copy of it beside it. The first key
// seals tokens, all of them open what is sealed; each has at least MinKey
// characters. Without a key no install can be saved. It is an error when a
// token in the file opens with none of the keys.
//
// A file that is there and cannot be written is opened all the same, for
// reading: see Unwritable.
func Open(ctx context.Context, path string, keys ...string) (*Store, error) {
	seal, err := newSealer(keys)
	if err != nil {
		return nil, err
	}
	s := &Store{path: path, seal: seal}
	s.handles, err = s.open(ctx)
	if err != nil && unwritable(err) {
		if h, readErr := openReading(ctx, path); readErr == nil {
			s.handles, s.limited, err = h, err, nil
		}
	}
	if err != nil {
		return nil, fmt.Errorf("open state %s: %w", path, err)
	}
	return s, nil
}

// OpenReadOnly opens a file that is there already and changes nothing in it.
func OpenReadOnly(ctx context.Context, path string) (*Store, error) {
	h, err := openReading(ctx, path)
	if err != nil {
		return nil, fmt.Errorf("open state %s: %w", path, err)
	}
	return &Store{path: path, handles: h, limited: errReadOnly}, nil
}

// open opens the file for reading and writing.
func (s *Store) open(ctx context.Context) (handles, error) {
	h, err := openWriting(s.path)
	if err == nil {
		err = s.prepare(ctx, h.write)
	}
	if err != nil {
		return handles{}, errors.Join(err, h.close())
	}
	return h, nil
}

func (s *Store) prepare(ctx context.Context, db *sql.DB) error {
	if err := checkForm(ctx, db, "quick_check"); err != nil {
		return err
	}
	if err := migrate(ctx, db, migrations, s.path); err != nil {
		return err
	}
	if len(s.seal) == 0 {
		return nil
	}
	return s.sealAnew(ctx, db)
}

// Unwritable returns why nothing can be kept since Open, and nil when it can.
// Each Update tries again: it is over as soon as the file can be written.
func (s *Store) Unwritable() error {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.limited
}

// reading lends f the connections for reading.
func (s *Store) reading(f func(*sql.DB) error) error {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return f(s.read)
}

// writer returns the connection to write through. A file that could only be
// read is tried again.
func (s *Store) writer(ctx context.Context) (*sql.DB, error) {
	s.mu.RLock()
	db, limited := s.write, s.limited
	s.mu.RUnlock()
	if limited == nil {
		return db, nil
	}
	// Waiting here for those who read could be waiting for oneself.
	if errors.Is(limited, errReadOnly) || !s.mu.TryLock() {
		return nil, fmt.Errorf("write state %s: %w", s.path, limited)
	}
	defer s.mu.Unlock()
	return s.reopen(ctx)
}

// reopen opens for writing what could only be read. Connections of both kinds
// to one file must not be open together: SQLite lets one limit the other, and
// closing one would let go the locks of the other.
func (s *Store) reopen(ctx context.Context) (*sql.DB, error) {
	if s.limited == nil { // somebody was quicker
		return s.write, nil
	}
	if err := s.handles.close(); err != nil {
		return nil, fmt.Errorf("reopen state %s: %w", s.path, err)
	}
	h, err := s.open(ctx)
	if err == nil {
		s.handles, s.limited = h, nil
		return s.write, nil
	}
	s.limited = err
	h, readErr := openReading(ctx, s.path)
	if readErr == nil {
		s.handles = h
	}
	return nil, fmt.Errorf("write state %s: %w", s.path, errors.Join(err, readErr))
}

// Close closes the file.
func (s *Store) Close() error {
	s.mu.RLock()
	defer s.mu.RUnlock()
	if err := s.handles.close(); err != nil {
		return fmt.Errorf("close state %s: %w", s.path, err)
	}
	return nil
}

func (h handles) close() error {
	var errs []error
	for _, db := range []*sql.DB{h.read, h.write} {
		if db != nil {
			errs = append(errs, db.Close())
		}
	}
	return errors.Join(errs...)
}
