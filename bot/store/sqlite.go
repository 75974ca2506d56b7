package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"

	_ "modernc.org/sqlite" // the driver "sqlite"
)

// waiting is how long a connection waits for another process to finish.
const waiting = "_pragma=busy_timeout(5000)"

// openWriting opens a file for reading and writing, making it when there is
// none.
func openWriting(path string) (h handles, err error) {
	const settings = waiting + "&_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)" +
		"&_pragma=foreign_keys(ON)&_pragma=secure_delete(ON)"
	if err := makePrivate(path); err != nil {
		return h, err
	}
	if h.write, err = connect(path, 1, settings+"&_txlock=immediate"); err != nil {
		return h, err
	}
	h.read, err = connect(path, readers, settings+"&_pragma=query_only(ON)")
	return h, err
}

// openReading opens a file that is there, of the tables that this program
// knows, and never writes.
func openReading(ctx context.Context, path string) (handles, error) {
	if _, err := os.Stat(path); err != nil {
		return handles{}, missing(path, err)
	}
	h, err := tryReading(ctx, path, "mode=ro")
	if err != nil && logEmpty(path) {
		// A log that everybody shares cannot be made here. What it would say
		// is in the file already.
		h, err = tryReading(ctx, path, "mode=ro&immutable=1")
	}
	return h, err
}

func tryReading(ctx context.Context, path, mode string) (h handles, err error) {
	if h.read, err = connect(path, readers, waiting+"&_pragma=query_only(ON)&"+mode); err != nil {
		return h, err
	}
	if err = checkForm(ctx, h.read, "quick_check"); err == nil {
		err = checkVersion(ctx, h.read)
	}
	if err != nil {
		return handles{}, errors.Join(err, h.close())
	}
	return h, nil
}

// logEmpty says whether nothing was kept that is not in the file itself.
func logEmpty(path string) bool {
	info, err := os.Stat(path + "-wal")
	return errors.Is(err, fs.ErrNotExist) || err == nil && info.Size() == 0
}

// checkForm finds most of what can happen to a file outside the program:
// quick_check does it quickly, integrity_check looks into the indexes too.
func checkForm(ctx context.Context, db rower, check string) error {
	var found string
	if err := db.QueryRowContext(ctx, "PRAGMA "+check+"(1)").Scan(&found); err != nil {
		return fmt.Errorf("check the file: %w", plain(err))
	}
	if found != "ok" {
		return damaged("check the file: %s", found)
	}
	return nil
}

// makePrivate makes the file, readable by its owner only, when there is none.
// SQLite gives its other files the same permissions.
func makePrivate(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return missing(path, err)
	}
	return f.Close()
}

// missing says what to do when a file cannot be opened.
func missing(path string, err error) error {
	dir := filepath.Dir(path)
	if info, dirErr := os.Stat(dir); errors.Is(dirErr, fs.ErrNotExist) || dirErr == nil && !info.IsDir() {
		return fmt.Errorf("there is no folder %s: make it, or change the setting state (%w)", dir, err)
	}
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("there is no such file: serve makes it, or change the setting state (%w)", err)
	case unwritable(err):
		return &fault{"the state can only be read: let the program write to this file and its folder", ErrUnwritable, err}
	}
	return err
}

// connect returns connections to a file, each with the same settings.
func connect(path string, connections int, settings string) (*sql.DB, error) {
	db, err := sql.Open("sqlite", "file:"+(&url.URL{Path: path}).EscapedPath()+"?"+settings)
	if err != nil {
		return nil, fmt.Errorf("connect: %w", err)
	}
	db.SetMaxOpenConns(connections)
	db.SetMaxIdleConns(connections)
	return db, nil
}

// scrub leaves nothing in the log of what was erased.
func scrub(ctx context.Context, db *sql.DB) error {
	if _, err := db.ExecContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)"); err != nil {
		return fmt.Errorf("erase what was forgotten from the log: %w", plain(err))
	}
	return nil
}
