package store

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
)

// DraftState is how far a draft has come.
type DraftState string

// The states of a draft. What leads from one to another is for the callers.
const (
	Editing   DraftState = "editing"
	Proposed  DraftState = "proposed"
	Published DraftState = "published"
	Rejected  DraftState = "rejected"
	Discarded DraftState = "discarded"
)

// Draft is a change to one file that is not live, or was not when it was one.
type Draft struct {
	ID        int64
	Entry     string   // "drug/epinephrine"
	File      string   // "drugs/epinephrine.yaml"
	Text      []byte   // the whole file as it would be; nil to remove it
	From      string   // hash of the live file that it started from; empty when there was none
	Started   []byte   // that file; nil when there was none
	Author    string   // never changes
	Editors   []string // everybody who changed it, the author included
	State     DraftState
	Kind      string // "change", "restore", "rollback", "files"
	Hash      string // of the content that approvals bind to
	Why       string
	Typed     map[string]map[string]string // what was typed into forms, by part, valid or not
	Created   time.Time                    // never changes
	Changed   time.Time
	Approvals []Approval
}

// Approval is one person's yes to one content.
type Approval struct {
	Person string
	Hash   string
	At     time.Time
}

// draftRow is a draft as the table has it.
type draftRow struct {
	id                              int64
	entry, file, from               string
	author                          int64
	editors, state, kind, hash, why string
	typed                           string
	created, changed                int64
	approvals                       string
	noText, noStart                 bool
	started, text                   []byte
	digest                          string
}

// approvalRow is an approval as JSON has it.
type approvalRow struct {
	Person int64  `json:"person"`
	Hash   string `json:"hash"`
	At     int64  `json:"at"`
}

func (r *draftRow) sum() string {
	return newDigest("iobot draft 1").number(r.id).text(r.entry, r.file, r.from).number(r.author).
		text(r.editors, r.state, r.kind, r.hash, r.why, r.typed).number(r.created, r.changed).
		text(r.approvals).flag(r.noText).flag(r.noStart).text(string(r.started), string(r.text)).hex()
}

const draftColumns = `entry, file, from_hash, author, editors, state, kind, hash, why, typed, created_at, changed_at, approvals, removes, starts, started, text, digest`

func scanDraft(row scanner) (r draftRow, err error) {
	return r, row.Scan(&r.id, &r.entry, &r.file, &r.from, &r.author, &r.editors, &r.state, &r.kind, &r.hash, &r.why,
		&r.typed, &r.created, &r.changed, &r.approvals, &r.noText, &r.noStart, &r.started, &r.text, &r.digest)
}

// NewDraft keeps a new draft, whatever its ID, and returns the ID it has now.
func (tx *Tx) NewDraft(d Draft) (int64, error) {
	r, err := tx.draftRow(d)
	if err != nil {
		return 0, fmt.Errorf("add draft of %s: %w", d.Entry, err)
	}
	r.id, err = tx.insert(`INSERT INTO drafts (`+draftColumns+`)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, '') RETURNING id`, r.values()...)
	if err == nil {
		_, err = tx.exec(`UPDATE drafts SET digest = $1 WHERE id = $2`, r.sum(), r.id)
	}
	if err != nil {
		return 0, fmt.Errorf("add draft of %s: %w", d.Entry, err)
	}
	return r.id, nil
}

// SaveDraft keeps a draft in place of the one with its ID. Author and Created
// stay what they were.
func (tx *Tx) SaveDraft(d Draft) error {
	r, err := tx.draftRow(d)
	if err == nil {
		r.id = d.ID
		err = tx.row([]any{&r.author, &r.created}, `SELECT author, created_at FROM drafts WHERE id = $1`, d.ID)
	}
	if err == nil {
		_, err = tx.exec(`UPDATE drafts SET (`+draftColumns+`) =
			($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18) WHERE id = $19`,
			append(r.values(), r.sum(), r.id)...)
	}
	if err != nil {
		return fmt.Errorf("save draft %d: %w", d.ID, err)
	}
	return nil
}

func (tx *Tx) draftRow(d Draft) (r draftRow, err error) {
	author, err := tx.person(d.Author)
	if err != nil {
		return r, err
	}
	editors, err := tx.persons(d.Editors)
	if err != nil {
		return r, err
	}
	approvals := make([]approvalRow, len(d.Approvals))
	for i, a := range d.Approvals {
		person, err := tx.person(a.Person)
		if err != nil {
			return r, err
		}
		approvals[i] = approvalRow{person, a.Hash, micros(a.At)}
	}
	return draftRow{
		entry: d.Entry, file: d.File, from: d.From, author: author, editors: asJSON(editors),
		state: string(d.State), kind: d.Kind, hash: d.Hash, why: d.Why, typed: asJSON(d.Typed),
		created: micros(d.Created), changed: micros(d.Changed), approvals: asJSON(approvals),
		noText: d.Text == nil, noStart: d.Started == nil,
		started: append([]byte{}, d.Started...), text: append([]byte{}, d.Text...),
	}, nil
}

// values are in the order of draftColumns, without the digest.
func (r *draftRow) values() []any {
	return []any{r.entry, r.file, r.from, r.author, r.editors, r.state, r.kind, r.hash, r.why, r.typed,
		r.created, r.changed, r.approvals, r.noText, r.noStart, r.started, r.text}
}

// Draft returns a draft. The error is ErrNotFound when there is none.
func (tx *Tx) Draft(id int64) (Draft, error) {
	list, err := tx.drafts(`WHERE id = $1`, id)
	if err == nil && len(list) == 0 {
		err = ErrNotFound
	}
	if err != nil {
		return Draft{}, fmt.Errorf("read draft %d: %w", id, err)
	}
	return list[0], nil
}

// Drafts returns the drafts in any of some states, all when none is named, the
// oldest first.
func (tx *Tx) Drafts(states ...DraftState) ([]Draft, error) {
	where, args := "", []any{}
	if len(states) > 0 {
		var marks []string
		for i, s := range states {
			marks = append(marks, fmt.Sprintf("$%d", i+1))
			args = append(args, string(s))
		}
		where = `WHERE state IN (` + strings.Join(marks, ", ") + `)`
	}
	list, err := tx.drafts(where+` ORDER BY id`, args...)
	if err != nil {
		return nil, fmt.Errorf("list drafts: %w", err)
	}
	return list, nil
}

func (tx *Tx) drafts(which string, args ...any) ([]Draft, error) {
	rows, err := collect(tx, scanDraft, `SELECT id, `+draftColumns+` FROM drafts `+which, args...)
	if err != nil {
		return nil, err
	}
	list := make([]Draft, 0, len(rows))
	for i := range rows {
		d, err := tx.draftOf(&rows[i])
		if err != nil {
			return nil, err
		}
		list = append(list, d)
	}
	return list, nil
}

func (tx *Tx) draftOf(r *draftRow) (d Draft, err error) {
	if r.sum() != r.digest {
		return d, damaged("draft %d was changed after it was written", r.id)
	}
	d = Draft{
		ID: r.id, Entry: r.entry, File: r.file, From: r.from, State: DraftState(r.state), Kind: r.kind,
		Hash: r.hash, Why: r.why, Created: fromMicros(r.created), Changed: fromMicros(r.changed),
	}
	if !r.noText {
		d.Text = append([]byte{}, r.text...)
	}
	if !r.noStart {
		d.Started = append([]byte{}, r.started...)
	}
	var editors []int64
	var approvals []approvalRow
	err = errors.Join(fromJSON(r.editors, &editors, "editors"), fromJSON(r.typed, &d.Typed, "what was typed"),
		fromJSON(r.approvals, &approvals, "approvals"))
	if err != nil {
		return d, err
	}
	if d.Author, err = tx.name(r.author); err != nil {
		return d, err
	}
	if d.Editors, err = tx.namesOf(editors); err != nil {
		return d, err
	}
	for _, a := range approvals {
		person, err := tx.name(a.Person)
		if err != nil {
			return d, err
		}
		d.Approvals = append(d.Approvals, Approval{person, a.Hash, fromMicros(a.At)})
	}
	d.Approvals = slices.Clip(d.Approvals)
	return d, nil
}
