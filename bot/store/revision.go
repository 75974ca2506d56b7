package store

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
)

// File is one file as a revision made it, over that of the folder.
type File struct {
	Name     string
	Text     []byte // nil when the revision removed it
	Under    string // hash of the folder's file that it lies over; empty when there is none
	Revision int64  // that made it so
}

// Revision is one change of what is live. It never changes.
type Revision struct {
	Number    int64 // 1, 2, 3…: never used again, never a gap
	At        time.Time
	Kind      string
	Knowledge string // short hash of all content with it
	Author    string
	Approvers []string
	Why       string
	Changes   []string // in words
	Entries   []string // that it changed
	Draft     int64    // that it came from; 0 when from none
	Files     []File   // by name
	Hash      string   // of all this and the hash of the revision before
}

// revisionRow is a revision as the tables have it.
type revisionRow struct {
	number, at             int64
	kind, knowledge        string
	author                 int64
	approvers, why, change string
	draft                  int64
	hash                   string
	entries                []string
	files                  []fileRow
}

// fileRow is a file as its table has it, without the text.
type fileRow struct {
	revision            int64
	name, under, digest string
	removed             bool
}

const selectRevisions = `SELECT number, at, kind, knowledge, author, approvers, why, changes, draft, hash FROM revisions `

func scanRevision(row scanner) (r revisionRow, err error) {
	return r, row.Scan(&r.number, &r.at, &r.kind, &r.knowledge, &r.author, &r.approvers, &r.why, &r.change, &r.draft, &r.hash)
}

const selectFiles = `SELECT revision, name, under, removed, digest FROM revision_files `

func scanFile(row scanner) (f fileRow, err error) {
	return f, row.Scan(&f.revision, &f.name, &f.under, &f.removed, &f.digest)
}

func (r *revisionRow) sum(before string) string {
	d := newDigest("iobot revision 1").text(before).number(r.number, r.at).text(r.kind, r.knowledge).
		number(r.author).text(r.approvers, r.why, r.change).number(r.draft)
	d.number(int64(len(r.entries))).text(r.entries...).number(int64(len(r.files)))
	for _, f := range r.files {
		d.text(f.name, f.under).flag(f.removed).text(f.digest)
	}
	return d.hex()
}

func textSum(text []byte) string {
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:])
}

// LastRevision returns the number of the newest revision, 0 when there is
// none.
func (tx *Tx) LastRevision() (int64, error) {
	n, _, err := tx.lastRevision()
	if err != nil {
		return 0, fmt.Errorf("find the last revision: %w", err)
	}
	return n, nil
}

func (tx *Tx) lastRevision() (number int64, hash string, err error) {
	err = tx.row([]any{&number, &hash}, `SELECT number, hash FROM revisions ORDER BY number DESC LIMIT 1`)
	if errors.Is(err, ErrNotFound) {
		return 0, "", nil
	}
	return number, hash, err
}

// AddRevision keeps a revision and lays its files over the folder's. Its
// Number must be the one after the last: the error is ErrConflict when
// somebody else was quicker. Hash and the Revision of its files are set here.
func (tx *Tx) AddRevision(r Revision) (int64, error) {
	if err := tx.addRevision(r); err != nil {
		return 0, fmt.Errorf("add revision %d: %w", r.Number, err)
	}
	return r.Number, nil
}

func (tx *Tx) addRevision(r Revision) error {
	last, before, err := tx.lastRevision()
	if err != nil {
		return err
	}
	if r.Number != last+1 {
		return fmt.Errorf("the last one is %d: %w", last, ErrConflict)
	}
	row, err := tx.revisionRow(r)
	if err != nil {
		return err
	}
	_, err = tx.exec(`INSERT INTO revisions (number, at, kind, knowledge, author, approvers, why, changes, draft, hash)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`, row.number, row.at, row.kind, row.knowledge,
		row.author, row.approvers, row.why, row.change, row.draft, row.sum(before))
	if err != nil {
		return err
	}
	for i, entry := range r.Entries {
		if _, err := tx.exec(`INSERT INTO revision_entries (revision, position, entry) VALUES ($1, $2, $3)`, r.Number, i, entry); err != nil {
			return err
		}
	}
	return tx.addFiles(row.files, r.Files)
}

func (tx *Tx) addFiles(rows []fileRow, files []File) error {
	for _, f := range files {
		i := slices.IndexFunc(rows, func(r fileRow) bool { return r.name == f.Name })
		_, err := tx.exec(`INSERT INTO revision_files (revision, name, under, removed, digest, text) VALUES ($1, $2, $3, $4, $5, $6)`,
			rows[i].revision, f.Name, f.Under, rows[i].removed, rows[i].digest, append([]byte{}, f.Text...))
		if err != nil {
			return fmt.Errorf("file %s: %w", f.Name, err)
		}
	}
	return nil
}

func (tx *Tx) revisionRow(r Revision) (row revisionRow, err error) {
	author, err := tx.person(r.Author)
	if err != nil {
		return row, err
	}
	approvers, err := tx.persons(r.Approvers)
	if err != nil {
		return row, err
	}
	row = revisionRow{
		number: r.Number, at: micros(r.At), kind: r.Kind, knowledge: r.Knowledge, author: author,
		approvers: asJSON(approvers), why: r.Why, change: asJSON(r.Changes), draft: r.Draft, entries: r.Entries,
	}
	for _, f := range r.Files {
		row.files = append(row.files, fileRow{r.Number, f.Name, f.Under, textSum(f.Text), f.Text == nil})
	}
	slices.SortFunc(row.files, byName)
	for i := 1; i < len(row.files); i++ {
		if row.files[i].name == row.files[i-1].name {
			return row, fmt.Errorf("it has %s twice; give each file once", row.files[i].name)
		}
	}
	return row, nil
}

func byName(a, b fileRow) int { return strings.Compare(a.name, b.name) }

// Revision returns a revision with its files. The error is ErrNotFound when
// there is none of that number, ErrDamaged when it is not what was kept.
func (tx *Tx) Revision(number int64) (Revision, error) {
	r, err := tx.revision(number)
	if err != nil {
		return Revision{}, fmt.Errorf("read revision %d: %w", number, err)
	}
	return r, nil
}

func (tx *Tx) revision(number int64) (Revision, error) {
	row, err := tx.verifiedRow(number)
	if err != nil {
		return Revision{}, err
	}
	r := Revision{
		Number: row.number, At: fromMicros(row.at), Kind: row.kind, Knowledge: row.knowledge, Why: row.why,
		Entries: row.entries, Draft: row.draft, Hash: row.hash,
	}
	var approvers []int64
	if err := errors.Join(fromJSON(row.approvers, &approvers, "approvers"), fromJSON(row.change, &r.Changes, "changes")); err != nil {
		return r, err
	}
	if r.Author, err = tx.name(row.author); err != nil {
		return r, err
	}
	if r.Approvers, err = tx.namesOf(approvers); err != nil {
		return r, err
	}
	for _, f := range row.files {
		file, err := tx.file(f)
		if err != nil {
			return r, err
		}
		r.Files = append(r.Files, file)
	}
	return r, nil
}

// verifiedRow reads all of a revision but the texts of its files, and checks
// the hash.
func (tx *Tx) verifiedRow(number int64) (row revisionRow, err error) {
	rows, err := collect(tx, scanRevision, selectRevisions+`WHERE number = $1 OR number = $2 ORDER BY number`, number-1, number)
	if err != nil {
		return row, err
	}
	if len(rows) == 0 || rows[len(rows)-1].number != number {
		return row, ErrNotFound
	}
	before := ""
	if len(rows) == 2 {
		before = rows[0].hash
	}
	row = rows[len(rows)-1]
	row.entries, err = collect(tx, scanOne[string], `SELECT entry FROM revision_entries WHERE revision = $1 ORDER BY position`, number)
	if err != nil {
		return row, err
	}
	if row.files, err = collect(tx, scanFile, selectFiles+`WHERE revision = $1`, number); err != nil {
		return row, err
	}
	slices.SortFunc(row.files, byName)
	if row.sum(before) != row.hash {
		return row, damaged("revision %d was changed after it was written", number)
	}
	return row, nil
}

// file reads the text of a file and checks it.
func (tx *Tx) file(row fileRow) (File, error) {
	var text []byte
	err := tx.row([]any{&text}, `SELECT text FROM revision_files WHERE revision = $1 AND name = $2`, row.revision, row.name)
	switch {
	case errors.Is(err, ErrNotFound):
		return File{}, damaged("%s of revision %d is missing", row.name, row.revision)
	case err != nil:
		return File{}, err
	case textSum(text) != row.digest:
		return File{}, damaged("%s of revision %d was changed after it was written", row.name, row.revision)
	}
	f := File{Name: row.name, Under: row.under, Revision: row.revision}
	if !row.removed {
		f.Text = append([]byte{}, text...)
	}
	return f, nil
}

// Revisions returns the revisions that changed an entry, all when it is empty,
// the newest first; all of them when limit is 0.
func (tx *Tx) Revisions(entry string, limit int) ([]Revision, error) {
	query, args := `SELECT number FROM revisions ORDER BY number DESC LIMIT $1`, []any{most(limit)}
	if entry != "" {
		query = `SELECT DISTINCT revision FROM revision_entries WHERE entry = $2 ORDER BY revision DESC LIMIT $1`
		args = append(args, entry)
	}
	numbers, err := collect(tx, scanOne[int64], query, args...)
	if err != nil {
		return nil, fmt.Errorf("list revisions: %w", err)
	}
	list := make([]Revision, 0, len(numbers))
	for _, n := range numbers {
		r, err := tx.Revision(n)
		if err != nil {
			return nil, err
		}
		list = append(list, r)
	}
	return list, nil
}
