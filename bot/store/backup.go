package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

// BackUp writes a copy of the file as it is now to a new file, while others go
// on using it. The copy is there whole or not at all.
func (s *Store) BackUp(ctx context.Context, name string) error {
	switch _, err := os.Stat(name); {
	case err == nil:
		return fmt.Errorf("back up to %s: there is such a file already; name another", name)
	case !errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("back up: %w", err)
	}
	db, err := connect(s.path, 1, "mode=rw") // what is opened for reading may not even write another file
	if err != nil {
		return fmt.Errorf("back up to %s: %w", name, plain(err))
	}
	if err := errors.Join(copyTo(ctx, db, name), db.Close()); err != nil {
		return fmt.Errorf("back up to %s: %w", name, plain(err))
	}
	return nil
}

// backUp copies the file beside it, before a migration. The name ends in the
// time of the last write to the file: a start that is tried again makes the
// same copy, and does not fill the disk with more.
func backUp(ctx context.Context, db *sql.DB, path string, before int) error {
	written, err := lastWritten(path)
	if err != nil {
		return fmt.Errorf("back up before migration %d: %w", before, err)
	}
	name := fmt.Sprintf("%s.before-%d-%s", path, before, written.UTC().Format("20060102T150405"))
	if err := copyTo(ctx, db, name); err != nil {
		return fmt.Errorf("back up to %s: %w", name, plain(err))
	}
	return nil
}

func lastWritten(path string) (last time.Time, err error) {
	for _, name := range []string{path, path + "-wal"} {
		info, err := os.Stat(name)
		switch {
		case errors.Is(err, fs.ErrNotExist):
		case err != nil:
			return last, err
		case info.Size() > 0 && info.ModTime().After(last):
			last = info.ModTime()
		}
	}
	return last, nil
}

// copyTo writes everything to a new file, which is there whole or not at all.
func copyTo(ctx context.Context, db *sql.DB, name string) error {
	part := name + ".part"
	if err := os.Remove(part); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err := makePrivate(part); err != nil {
		return err
	}
	if _, err := db.ExecContext(ctx, "VACUUM INTO $1", part); err != nil {
		return errors.Join(err, os.Remove(part))
	}
	if err := flush(part); err != nil {
		return err
	}
	if err := os.Rename(part, name); err != nil {
		return err
	}
	return flush(filepath.Dir(name))
}

// flush makes a file, or the names in a folder, survive losing power.
func flush(name string) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}
