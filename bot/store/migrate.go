package store

import (
	"context"
	"database/sql"
	"embed"
	"fmt"
	"io/fs"
)

// migrations are run in the order of their names, the first being number 1.
// One that was released is never changed; what it did wrong the next one
// mends.
//
//go:embed migrations/*.sql
var migrations embed.FS

// migrate brings the tables up to date: all migrations or none. Tables that
// there are already are copied before, with everything in them.
func migrate(ctx context.Context, db *sql.DB, files fs.FS, path string) error {
	names, err := fs.Glob(files, "migrations/*.sql")
	if err != nil {
		return fmt.Errorf("list migrations: %w", err)
	}
	done, err := version(ctx, db, len(names))
	if err != nil || done == len(names) {
		return err
	}
	if done > 0 {
		if err := backUp(ctx, db, path, done+1); err != nil {
			return err
		}
	}
	return inTransaction(ctx, db, nil, func(tx *sql.Tx) error {
		done, err := version(ctx, tx, len(names)) // another process may have been quicker
		if err != nil {
			return err
		}
		for _, name := range names[done:] {
			if err := run(ctx, tx, files, name); err != nil {
				return err
			}
		}
		if _, err := tx.ExecContext(ctx, fmt.Sprintf("PRAGMA user_version = %d", len(names))); err != nil {
			return fmt.Errorf("write the version of the tables: %w", plain(err))
		}
		return nil
	})
}

// version returns how many migrations the tables have had. It is an error
// when that is more than there are.
func version(ctx context.Context, db rower, known int) (done int, err error) {
	if err := db.QueryRowContext(ctx, "PRAGMA user_version").Scan(&done); err != nil {
		return 0, fmt.Errorf("read the version of the tables: %w", plain(err))
	}
	if done > known {
		return 0, fmt.Errorf("the file was written by a later version of the program (tables %d, known %d); start that one", done, known)
	}
	return done, nil
}

type rower interface {
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// checkVersion refuses tables that this program would have to change first.
func checkVersion(ctx context.Context, db *sql.DB) error {
	names, err := fs.Glob(migrations, "migrations/*.sql")
	if err != nil {
		return fmt.Errorf("list migrations: %w", err)
	}
	done, err := version(ctx, db, len(names))
	if err == nil && done < len(names) {
		err = fmt.Errorf("the file was written by an earlier version of the program (tables %d, now %d); let serve write to it once", done, len(names))
	}
	return err
}

func run(ctx context.Context, tx *sql.Tx, files fs.FS, name string) error {
	text, err := fs.ReadFile(files, name)
	if err != nil {
		return fmt.Errorf("read migration: %w", err)
	}
	if _, err := tx.ExecContext(ctx, string(text)); err != nil {
		return fmt.Errorf("run %s: %w", name, plain(err))
	}
	return nil
}
