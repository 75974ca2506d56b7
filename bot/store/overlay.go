package store

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Overlay returns the files that lie over the folder's, by name. All
// revisions are verified first: what is not what was approved is never
// returned, the error is ErrDamaged.
func (tx *Tx) Overlay() ([]File, error) {
	live, err := tx.live()
	if err != nil {
		return nil, fmt.Errorf("read live changes: %w", err)
	}
	list := make([]File, 0, len(live))
	for _, row := range live {
		f, err := tx.file(row)
		if err != nil {
			return nil, fmt.Errorf("read live changes: %w", err)
		}
		list = append(list, f)
	}
	return list, nil
}

// live is what Overlay returns, without texts.
func (tx *Tx) live() ([]fileRow, error) {
	revisions, err := tx.verifyRevisions()
	if err != nil {
		return nil, err
	}
	absorbed, err := tx.verifyAbsorbed(int64(len(revisions)))
	if err != nil {
		return nil, err
	}
	live := map[string]fileRow{}
	for _, r := range revisions {
		for _, f := range r.files {
			live[f.name] = f
		}
	}
	for _, a := range absorbed {
		if f, ok := live[a.name]; ok && f.revision <= a.after {
			delete(live, a.name)
		}
	}
	return slices.SortedFunc(maps.Values(live), byName), nil
}

// verifyRevisions reads all revisions without the texts of their files and
// checks that the chain of hashes is whole.
func (tx *Tx) verifyRevisions() ([]revisionRow, error) {
	revisions, err := collect(tx, scanRevision, selectRevisions)
	if err != nil {
		return nil, err
	}
	slices.SortFunc(revisions, func(a, b revisionRow) int { return int(a.number - b.number) })
	if err := tx.addParts(revisions); err != nil {
		return nil, err
	}
	before := ""
	for i := range revisions {
		r := &revisions[i]
		if r.number != int64(i)+1 {
			return nil, damaged("revision %d is missing", i+1)
		}
		if r.sum(before) != r.hash {
			return nil, damaged("revision %d was changed after it was written", r.number)
		}
		before = r.hash
	}
	return revisions, nil
}

// entryRow is a row of revision_entries.
type entryRow struct {
	revision, position int64
	entry              string
}

func scanEntry(row scanner) (e entryRow, err error) {
	return e, row.Scan(&e.revision, &e.position, &e.entry)
}

// addParts gives revisions, sorted by number, their entries and files. It
// sorts here, for a damaged index must not hide a row.
func (tx *Tx) addParts(revisions []revisionRow) error {
	entries, err := collect(tx, scanEntry, `SELECT revision, position, entry FROM revision_entries`)
	if err != nil {
		return err
	}
	files, err := collect(tx, scanFile, selectFiles)
	if err != nil {
		return err
	}
	of := func(number int64) (*revisionRow, error) {
		if number < 1 || number > int64(len(revisions)) {
			return nil, damaged("revision %d is missing", number)
		}
		return &revisions[number-1], nil
	}
	slices.SortFunc(entries, func(a, b entryRow) int { return int(a.position - b.position) })
	for _, e := range entries {
		r, err := of(e.revision)
		if err != nil {
			return err
		}
		r.entries = append(r.entries, e.entry)
	}
	slices.SortFunc(files, byName)
	for _, f := range files {
		r, err := of(f.revision)
		if err != nil {
			return err
		}
		r.files = append(r.files, f)
	}
	return nil
}

// absorbedRow says that a file of the folder holds again.
type absorbedRow struct {
	number int64
	name   string
	after  int64
	hash   string
}

func scanAbsorbed(row scanner) (a absorbedRow, err error) {
	return a, row.Scan(&a.number, &a.name, &a.after, &a.hash)
}

const selectAbsorbed = `SELECT number, name, after_revision, hash FROM absorbed `

func (a *absorbedRow) sum(before string) string {
	return newDigest("iobot absorbed 1").text(before).number(a.number).text(a.name).number(a.after).hex()
}

func (tx *Tx) verifyAbsorbed(revisions int64) ([]absorbedRow, error) {
	list, err := collect(tx, scanAbsorbed, selectAbsorbed)
	if err != nil {
		return nil, err
	}
	slices.SortFunc(list, func(a, b absorbedRow) int { return int(a.number - b.number) })
	before := ""
	for i := range list {
		a := &list[i]
		if a.number != int64(i)+1 || a.after > revisions || a.sum(before) != a.hash {
			return nil, damaged("note %d of what the folder has again was changed after it was written", i+1)
		}
		before = a.hash
	}
	return list, nil
}

// DropOverlay lets the folder's own file hold again. It is no error when
// nothing lies over it.
func (tx *Tx) DropOverlay(name string) error {
	if err := tx.dropOverlay(name); err != nil {
		return fmt.Errorf("let the folder's %s hold again: %w", name, err)
	}
	return nil
}

func (tx *Tx) dropOverlay(name string) error {
	last, err := tx.LastRevision()
	if err != nil {
		return err
	}
	if _, found, err := tx.fileAt(name, last); err != nil || !found {
		return err
	}
	dropped, before := int64(0), ""
	err = tx.row([]any{&dropped, &before}, `SELECT number, hash FROM absorbed ORDER BY number DESC LIMIT 1`)
	if err != nil && !errors.Is(err, ErrNotFound) {
		return err
	}
	a := absorbedRow{dropped + 1, name, last, ""}
	_, err = tx.exec(`INSERT INTO absorbed (number, name, after_revision, hash) VALUES ($1, $2, $3, $4)`, a.number, name, last, a.sum(before))
	return err
}

// FileAt returns a file as it lay over the folder's when a revision was the
// last, and false when the folder's own file held.
func (tx *Tx) FileAt(name string, revision int64) (File, bool, error) {
	row, found, err := tx.fileAt(name, revision)
	if err == nil && found {
		var f File
		if f, err = tx.file(row); err == nil {
			return f, true, nil
		}
	}
	if err != nil {
		return File{}, false, fmt.Errorf("read %s at revision %d: %w", name, revision, err)
	}
	return File{}, false, nil
}

func (tx *Tx) fileAt(name string, revision int64) (fileRow, bool, error) {
	var made int64
	err := tx.row([]any{&made}, `SELECT revision FROM revision_files WHERE name = $1 AND revision <= $2 ORDER BY revision DESC LIMIT 1`, name, revision)
	if errors.Is(err, ErrNotFound) {
		return fileRow{}, false, nil
	}
	if err != nil {
		return fileRow{}, false, err
	}
	last, err := tx.LastRevision()
	if err != nil {
		return fileRow{}, false, err
	}
	until := revision - 1 // dropped after a revision, it was still live at that one
	if revision >= last {
		until = last
	}
	var dropped int64
	err = tx.row([]any{&dropped}, `SELECT count(*) FROM absorbed WHERE name = $1 AND after_revision >= $2 AND after_revision <= $3`, name, made, until)
	if err != nil || dropped > 0 {
		return fileRow{}, false, err
	}
	r, err := tx.verifiedRow(made)
	if err != nil {
		return fileRow{}, false, err
	}
	i, _ := slices.BinarySearchFunc(r.files, name, func(f fileRow, name string) int { return strings.Compare(f.name, name) })
	return r.files[i], true, nil
}

// Version is a number that is another after every change of what is live, by
// whatever process. It costs next to nothing.
func (s *Store) Version(ctx context.Context) (version int64, err error) {
	err = s.View(ctx, func(tx *Tx) error {
		return tx.row([]any{&version}, `SELECT (SELECT coalesce(max(number), 0) FROM revisions) + (SELECT coalesce(max(number), 0) FROM absorbed)`)
	})
	if err != nil {
		return 0, fmt.Errorf("read the version of what is live: %w", err)
	}
	return version, nil
}
