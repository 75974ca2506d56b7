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

// migrate brings the tables up to date: all migrations or none.
func migrate(ctx context.Context, db *sql.DB, files fs.FS) error {
	names, err := fs.Glob(files, "migrations/*.sql")
	if err != nil {
		return fmt.Errorf("list migrations: %w", err)
	}
	return inTransaction(ctx, db, func(tx *sql.Tx) error {
		var done int
		if err := tx.QueryRowContext(ctx, "PRAGMA user_version").Scan(&done); err != nil {
			return fmt.Errorf("read the version of the tables: %w", err)
		}
		if done > len(names) {
			return fmt.Errorf("the file was written by a later version of the program (tables %d, known %d); start that one", done, len(names))
		}
		for _, name := range names[done:] {
			if err := run(ctx, tx, files, name); err != nil {
				return err
			}
		}
		_, err := tx.ExecContext(ctx, fmt.Sprintf("PRAGMA user_version = %d", len(names)))
		if err != nil {
			return fmt.Errorf("write the version of the tables: %w", err)
		}
		return nil
	})
}

func run(ctx context.Context, tx *sql.Tx, files fs.FS, name string) error {
	text, err := fs.ReadFile(files, name)
	if err != nil {
		return fmt.Errorf("read migration: %w", err)
	}
	if _, err := tx.ExecContext(ctx, string(text)); err != nil {
		return fmt.Errorf("run %s: %w", name, err)
	}
	return nil
}
