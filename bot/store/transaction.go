package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"
)

var (
	errView = errors.New("nothing can be changed in a View")
	errText = errors.New("text that is not UTF-8 or holds a NUL cannot be kept; type it again")
)

// Tx is what one Update or View sees and does. It is of no use after that,
// and only one goroutine may use it.
type Tx struct {
	ctx      context.Context
	tx       *sql.Tx
	writable bool
	failed   error // the first error of the database
	erased   bool  // something must not stay readable in the files
	names    map[int64]string
}

// Update does all of f or, when f or the database fails or ctx ends, nothing
// of it. Updates happen one after another, in every process that has the file
// open; what f reads nobody changes before f is done. f must not call Update.
func (s *Store) Update(ctx context.Context, f func(*Tx) error) error {
	db, err := s.writer(ctx)
	if err != nil {
		return err
	}
	tx := &Tx{ctx: ctx, writable: true, names: map[int64]string{}}
	err = inTransaction(ctx, db, nil, func(t *sql.Tx) error {
		tx.tx = t
		if err := f(tx); err != nil {
			return err
		}
		return tx.failed
	})
	if err == nil && tx.erased {
		return scrub(ctx, db)
	}
	return err
}

// View lets f read one state of everything, whatever others write meanwhile.
// It waits for nobody.
func (s *Store) View(ctx context.Context, f func(*Tx) error) error {
	tx := &Tx{ctx: ctx, names: map[int64]string{}}
	return s.reading(func(db *sql.DB) error {
		return inTransaction(ctx, db, &sql.TxOptions{ReadOnly: true}, func(t *sql.Tx) error {
			tx.tx = t
			if err := f(tx); err != nil {
				return err
			}
			return tx.failed
		})
	})
}

// inTransaction does all of f or nothing of it.
func inTransaction(ctx context.Context, db *sql.DB, options *sql.TxOptions, f func(*sql.Tx) error) error {
	tx, err := db.BeginTx(ctx, options)
	if err != nil {
		return fmt.Errorf("begin: %w", over(ctx, err))
	}
	defer func() { _ = tx.Rollback() }() // after Commit it does nothing
	if err := f(tx); err != nil {
		return err
	}
	if err := tx.Commit(); err != nil {
		return fmt.Errorf("commit: %w", over(ctx, err))
	}
	return nil
}

// over says that the context is over, where that is the cause, and otherwise
// what plain says.
func over(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return plain(err)
}

// note remembers an error of the database. SQLite may have ended the
// transaction by itself, and what came after would be kept at once.
func (tx *Tx) note(err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, sql.ErrNoRows):
		return ErrNotFound
	}
	err = over(tx.ctx, err)
	if tx.failed == nil {
		tx.failed = err
	}
	return err
}

// exec changes rows and returns how many.
func (tx *Tx) exec(query string, args ...any) (int64, error) {
	if err := tx.mayWrite(args); err != nil {
		return 0, err
	}
	result, err := tx.tx.ExecContext(tx.ctx, query, args...)
	if err != nil {
		return 0, tx.note(err)
	}
	n, err := result.RowsAffected()
	return n, tx.note(err)
}

// insert adds a row and returns the number that it was given.
func (tx *Tx) insert(query string, args ...any) (id int64, err error) {
	if err := tx.mayWrite(args); err != nil {
		return 0, err
	}
	return id, tx.row([]any{&id}, query, args...)
}

func (tx *Tx) mayWrite(args []any) error {
	if !tx.writable {
		return errView
	}
	for _, a := range args {
		if s, ok := a.(string); ok && (!utf8.ValidString(s) || strings.ContainsRune(s, 0)) {
			return errText
		}
	}
	return tx.failed
}

// row reads one row. The error is ErrNotFound when there is none.
func (tx *Tx) row(into []any, query string, args ...any) error {
	if tx.failed != nil {
		return tx.failed
	}
	return tx.note(tx.tx.QueryRowContext(tx.ctx, query, args...).Scan(into...))
}

// collect reads all rows. scan must not use tx: not every database can do two
// things at once on one connection.
func collect[T any](tx *Tx, scan func(scanner) (T, error), query string, args ...any) (list []T, err error) {
	if tx.failed != nil {
		return nil, tx.failed
	}
	rows, err := tx.tx.QueryContext(tx.ctx, query, args...)
	if err != nil {
		return nil, tx.note(err)
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		item, err := scan(rows)
		if err != nil {
			return nil, tx.note(err)
		}
		list = append(list, item)
	}
	return list, tx.note(rows.Err())
}

func scanOne[T any](row scanner) (one T, err error) { return one, row.Scan(&one) }

// asJSON writes what is kept in one column though it has parts. Nothing that
// is kept so can fail to be written.
func asJSON(v any) string {
	text, _ := json.Marshal(v)
	return string(text)
}

func fromJSON(text string, v any, what string) error {
	if err := json.Unmarshal([]byte(text), v); err != nil {
		return damaged("read %s: %v", what, err)
	}
	return nil
}

// most is a limit for SQL: all when it is not positive.
func most(limit int) int64 {
	if limit <= 0 {
		return 1 << 62
	}
	return int64(limit)
}
