package store

import (
	"context"
	"fmt"
	"slices"
)

// VerifyAudit reads everything that governance rests on and checks every hash:
// the chain of acts, the chain of revisions with the texts of their files,
// drafts with their approvals, and who is behind a number. It returns how many
// acts there are. The error names the first row that is wrong.
func (s *Store) VerifyAudit(ctx context.Context) (acts int64, err error) {
	err = s.View(ctx, func(tx *Tx) error {
		if acts, err = tx.verifyActs(); err != nil {
			return err
		}
		if err := tx.verifyFiles(); err != nil {
			return err
		}
		if _, err := tx.drafts(`ORDER BY id`); err != nil {
			return err
		}
		if err := tx.verifyPeople(); err != nil {
			return err
		}
		return checkForm(ctx, tx.tx, "integrity_check") // last: a hash says better what is wrong
	})
	if err != nil {
		return 0, fmt.Errorf("verify audit: %w", err)
	}
	return acts, nil
}

func (tx *Tx) verifyActs() (int64, error) {
	acts, err := collect(tx, scanAct, selectActs)
	if err != nil {
		return 0, err
	}
	slices.SortFunc(acts, func(a, b actRow) int { return int(a.number - b.number) })
	before := ""
	for i := range acts {
		a := &acts[i]
		if a.number != int64(i)+1 {
			return 0, damaged("audit entry %d is missing", i+1)
		}
		if a.sum(before) != a.hash {
			return 0, damaged("audit entry %d was changed after it was written", a.number)
		}
		before = a.hash
	}
	return int64(len(acts)), nil
}

// verifyFiles checks all revisions with the texts of all their files.
func (tx *Tx) verifyFiles() error {
	revisions, err := tx.verifyRevisions()
	if err != nil {
		return err
	}
	for _, r := range revisions {
		for _, f := range r.files {
			if _, err := tx.file(f); err != nil {
				return err
			}
		}
	}
	_, err = tx.verifyAbsorbed(int64(len(revisions)))
	return err
}

func (tx *Tx) verifyPeople() error {
	for table, read := range map[string]func(int64) (string, error){"people": tx.name, "accounts": tx.accountNamed} {
		numbers, err := collect(tx, scanOne[int64], `SELECT number FROM `+table)
		if err != nil {
			return err
		}
		for _, n := range numbers {
			if _, err := read(n); err != nil {
				return err
			}
		}
	}
	return nil
}
