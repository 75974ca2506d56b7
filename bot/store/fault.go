package store

import (
	"errors"
	"fmt"
	"io/fs"
	"syscall"

	"modernc.org/sqlite"
	lib "modernc.org/sqlite/lib"
)

// What callers can tell apart. Everything else is a fault that has a sentence
// of its own.
var (
	ErrNotFound   = errors.New("not found")
	ErrConflict   = errors.New("something else was published meanwhile; look at it and try again")
	ErrDamaged    = errors.New("the state is damaged; restore a good copy of it")
	ErrUnwritable = errors.New("the state cannot be written")
)

// fault is an error of the database with a sentence for the people who run it.
type fault struct {
	says  string
	kind  error // ErrDamaged, ErrUnwritable or nil
	cause error
}

// Error says what happened and what to do, and then what the database said.
func (f *fault) Error() string { return fmt.Sprintf("%s (%v)", f.says, f.cause) }

// Unwrap returns the kind and the cause.
func (f *fault) Unwrap() []error {
	if f.kind == nil {
		return []error{f.cause}
	}
	return []error{f.kind, f.cause}
}

// plain says in a sentence what a code of SQLite means. Other errors stay as
// they are.
func plain(err error) error {
	var done *fault
	var e *sqlite.Error
	if errors.As(err, &done) || !errors.As(err, &e) {
		return err
	}
	switch e.Code() & 0xff { // the rest of it is detail
	case lib.SQLITE_FULL:
		return &fault{"nothing was kept, the disk with the state is full: make room on it and try again", ErrUnwritable, err}
	case lib.SQLITE_READONLY:
		return &fault{"nothing was kept, the state can only be read: let the program write to its folder and disk", ErrUnwritable, err}
	case lib.SQLITE_IOERR:
		return &fault{"nothing was kept, the disk with the state failed: check it and try again", ErrUnwritable, err}
	case lib.SQLITE_CANTOPEN:
		return &fault{"the state cannot be opened: let the program write to its folder and disk", ErrUnwritable, err}
	case lib.SQLITE_BUSY, lib.SQLITE_LOCKED:
		return &fault{"nothing was kept, another process is writing the state: try again", nil, err}
	case lib.SQLITE_CORRUPT, lib.SQLITE_NOTADB:
		return &fault{"the state is damaged: restore a good copy of it", ErrDamaged, err}
	}
	return err
}

// Sentence is what an error of the store says to people: what happened and what
// to do. It is false for an error that says nothing to them.
func Sentence(err error) (string, bool) {
	var f *fault
	switch {
	case errors.As(err, &f):
		return f.says, true
	case errors.Is(err, ErrConflict):
		return ErrConflict.Error(), true
	}
	return "", false
}

// unwritable tells errors that reading may survive.
func unwritable(err error) bool {
	return errors.Is(err, ErrUnwritable) || errors.Is(err, fs.ErrPermission) || errors.Is(err, syscall.EROFS)
}

// damaged is for what SQLite reads well and the digests tell to be wrong.
func damaged(what string, args ...any) error {
	return fmt.Errorf("%s: %w", fmt.Sprintf(what, args...), ErrDamaged)
}
