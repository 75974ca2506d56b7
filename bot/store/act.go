package store

import (
	"errors"
	"fmt"
	"time"
)

// Act is one thing that somebody did or was denied, as the audit keeps it.
// Verb, Subject and Detail stay for ever and must not name anybody.
type Act struct {
	Number  int64 // 1, 2, 3…
	At      time.Time
	Person  string // empty when nobody known did it
	Account string
	Verb    string
	Subject string // an entry, a draft, a revision
	Detail  string
	Hash    string // of the act and the hash before
}

// actRow is an act as the table has it.
type actRow struct {
	number, at, person, account int64
	verb, subject, detail, hash string
}

func scanAct(row scanner) (r actRow, err error) {
	return r, row.Scan(&r.number, &r.at, &r.person, &r.account, &r.verb, &r.subject, &r.detail, &r.hash)
}

const selectActs = `SELECT number, at, person, account, verb, subject, detail, hash FROM acts `

func (r *actRow) sum(before string) string {
	return newDigest("iobot act 1").text(before).number(r.number, r.at, r.person, r.account).
		text(r.verb, r.subject, r.detail).hex()
}

// Append adds an act to the audit, with the number and hash that it gets.
func (tx *Tx) Append(a Act) error {
	if err := tx.append(a); err != nil {
		return fmt.Errorf("add %q to the audit: %w", a.Verb, err)
	}
	return nil
}

func (tx *Tx) append(a Act) error {
	person, err := tx.person(a.Person)
	if err != nil {
		return err
	}
	account, err := tx.account(a.Account, person)
	if err != nil {
		return err
	}
	var last int64
	var before string
	err = tx.row([]any{&last, &before}, `SELECT number, hash FROM acts ORDER BY number DESC LIMIT 1`)
	if err != nil && !errors.Is(err, ErrNotFound) {
		return err
	}
	r := actRow{last + 1, micros(a.At), person, account, a.Verb, a.Subject, a.Detail, ""}
	_, err = tx.exec(`INSERT INTO acts (number, at, person, account, verb, subject, detail, hash)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
		r.number, r.at, r.person, r.account, r.verb, r.subject, r.detail, r.sum(before))
	return err
}

// Acts returns what the audit has on a subject, on all of them when it is
// empty, the newest first; all when limit is 0.
func (tx *Tx) Acts(subject string, limit int) ([]Act, error) {
	where, args := "", []any{most(limit)}
	if subject != "" {
		where, args = `WHERE subject = $2 `, append(args, subject)
	}
	rows, err := collect(tx, scanAct, selectActs+where+`ORDER BY number DESC LIMIT $1`, args...)
	if err != nil {
		return nil, fmt.Errorf("read audit: %w", err)
	}
	list := make([]Act, 0, len(rows))
	for _, r := range rows {
		a := Act{Number: r.number, At: fromMicros(r.at), Verb: r.verb, Subject: r.subject, Detail: r.detail, Hash: r.hash}
		if a.Person, err = tx.name(r.person); err != nil {
			return nil, fmt.Errorf("read audit entry %d: %w", r.number, err)
		}
		if a.Account, err = tx.accountNamed(r.account); err != nil {
			return nil, fmt.Errorf("read audit entry %d: %w", r.number, err)
		}
		list = append(list, a)
	}
	return list, nil
}
