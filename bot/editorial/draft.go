package editorial

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"

	"iobot/bot"
	"iobot/bot/store"
	"iobot/knowledge"
)

// Edited is what became of an edit.
type Edited struct {
	Draft    store.Draft
	Part     knowledge.Part    // as it now stands, with what was typed
	Mistakes map[string]string // of this part, by field
	Others   []string          // mistakes elsewhere that the draft has to mend before it can be proposed
}

// Parts returns the parts of an entry that can be edited, as they stand in its
// draft, or live when there is none.
func (d *Desk) Parts(ctx context.Context, entry knowledge.ID) ([]knowledge.Part, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	draft, err := d.draftOf(ctx, entry)
	if err != nil {
		return nil, err
	}
	return partsOf(draft)
}

// partsOf are the parts of a draft, with what was typed and could not be taken
// over.
func partsOf(draft store.Draft) ([]knowledge.Part, error) {
	parts, err := knowledge.PartsOf(draft.File, draft.Text)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", draft.File, err)
	}
	for i, p := range parts {
		for j, f := range p.Fields {
			if typed, ok := draft.Typed[p.ID][f.Name]; ok {
				parts[i].Fields[j].Value = typed
			}
		}
	}
	return parts, nil
}

// draftOf is the draft of an entry that is being worked on, or a new one of
// its live text that is not saved yet.
func (d *Desk) draftOf(ctx context.Context, entry knowledge.ID) (store.Draft, error) {
	return d.draftOfFile(ctx, knowledge.FileOf(entry), string(entry))
}

func (d *Desk) draftOfFile(ctx context.Context, file, entry string) (store.Draft, error) {
	var all []store.Draft
	err := d.config.Store.View(ctx, func(tx *store.Tx) (err error) {
		all, err = tx.Drafts(store.Editing, store.Proposed)
		return err
	})
	if err != nil {
		return store.Draft{}, fmt.Errorf("look for a draft of %s: %w", entry, err)
	}
	for _, draft := range all {
		if draft.File == file {
			return draft, nil
		}
	}
	text := d.text(file)
	if text == nil {
		return store.Draft{}, bot.VisibleError(fmt.Sprintf("There is no entry %s. Type its name as answers show it, such as: admin edit drug/epinephrine", entry))
	}
	return store.Draft{Entry: entry, File: file, Text: text, Started: text, From: knowledge.Hash(text), State: store.Editing, Kind: kindChange}, nil
}

// Edit writes values into a part of an entry's draft, which it starts when
// there is none. What was typed is kept even when it has mistakes. An edit
// voids the approvals that the draft had.
func (d *Desk) Edit(ctx context.Context, a Actor, entry knowledge.ID, part string, values map[string]string) (Edited, error) {
	if err := d.need(a, Editor); err != nil {
		return Edited{}, err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	draft, err := d.draftOf(ctx, entry)
	if err != nil {
		return Edited{}, err
	}
	text, err := knowledge.Edit(draft.File, draft.Text, part, values)
	if err != nil {
		draft.Typed = with(draft.Typed, part, values)
	} else {
		draft.Text = text
		draft.Typed = with(draft.Typed, part, nil)
	}
	if saving := d.saveEdit(ctx, a, &draft, part); saving != nil {
		return Edited{}, saving
	}
	return d.judge(draft, part, err)
}

// with returns typed with the values of a part; without the part when values
// is nil.
func with(typed map[string]map[string]string, part string, values map[string]string) map[string]map[string]string {
	typed = maps.Clone(typed)
	if typed == nil {
		typed = map[string]map[string]string{}
	}
	delete(typed, part)
	if values != nil {
		typed[part] = values
	}
	return typed
}

// saveEdit saves a draft that somebody changed.
func (d *Desk) saveEdit(ctx context.Context, a Actor, draft *store.Draft, what string) error {
	now := d.config.Now()
	if draft.ID == 0 {
		draft.Author, draft.Created = a.Name, now
	}
	if !slices.Contains(draft.Editors, a.Name) {
		draft.Editors = append(draft.Editors, a.Name)
	}
	draft.State, draft.Hash, draft.Approvals, draft.Changed = store.Editing, "", nil, now
	return d.config.Store.Update(ctx, func(tx *store.Tx) error {
		if draft.ID == 0 {
			id, err := tx.NewDraft(*draft)
			if err != nil {
				return err
			}
			draft.ID = id
		} else if err := tx.SaveDraft(*draft); err != nil {
			return err
		}
		return d.record(tx, a, "edit", draft.Entry, fmt.Sprintf("draft %d: %s", draft.ID, what))
	})
}

// judge says what is wrong with a draft, field by field for the part that was
// just edited.
func (d *Desk) judge(draft store.Draft, part string, edit error) (Edited, error) {
	e := Edited{Draft: draft, Mistakes: map[string]string{}}
	parts, err := partsOf(draft)
	if err != nil {
		return e, err
	}
	if i := slices.IndexFunc(parts, func(p knowledge.Part) bool { return p.ID == part }); i >= 0 {
		e.Part = parts[i]
	}
	if edit != nil {
		var wrong *knowledge.FieldError
		if !errors.As(edit, &wrong) {
			return e, edit
		}
		e.Mistakes[wrong.Field] = wrong.Message
		return e, nil
	}
	for _, p := range d.lint(map[string][]byte{draft.File: draft.Text}) {
		at, field, ok := knowledge.FieldOf(draft.File, draft.Text, p)
		if ok && at == part && e.Mistakes[field] == "" {
			e.Mistakes[field] = p.Message
		} else {
			e.Others = append(e.Others, place(parts, at, p))
		}
	}
	return e, nil
}

// place says where a mistake is, in the words of the form when it is in one.
func place(parts []knowledge.Part, part string, p knowledge.Problem) string {
	for _, known := range parts {
		if known.ID == part {
			return known.Title + ": " + p.Message
		}
	}
	return p.String()
}

// Discard throws a draft away. Its author, or anybody who edited it, may.
func (d *Desk) Discard(ctx context.Context, a Actor, id int64) (store.Draft, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	draft, err := d.working(ctx, id)
	if err != nil {
		return draft, err
	}
	if !slices.Contains(draft.Editors, a.Name) {
		return draft, Denied("Only who worked on draft " + fmt.Sprint(id) + " can discard it; an approver can reject it.")
	}
	draft.State, draft.Approvals, draft.Changed = store.Discarded, nil, d.config.Now()
	return draft, d.saveDraft(ctx, a, draft, "discard", "")
}

// working is a draft that is open or proposed.
func (d *Desk) working(ctx context.Context, id int64) (store.Draft, error) {
	var draft store.Draft
	err := d.config.Store.View(ctx, func(tx *store.Tx) (err error) {
		draft, err = tx.Draft(id)
		return err
	})
	switch {
	case errors.Is(err, store.ErrNotFound):
		return draft, bot.VisibleError(fmt.Sprintf("There is no draft %d. Type admin drafts for those that wait.", id))
	case err != nil:
		return draft, err
	case draft.State != store.Editing && draft.State != store.Proposed:
		return draft, bot.VisibleError(fmt.Sprintf("Draft %d was %s already. Type admin history %s to see what happened.", id, draft.State, draft.Entry))
	}
	return draft, nil
}

// saveDraft saves what became of a draft.
func (d *Desk) saveDraft(ctx context.Context, a Actor, draft store.Draft, verb, detail string) error {
	return d.config.Store.Update(ctx, func(tx *store.Tx) error {
		if err := tx.SaveDraft(draft); err != nil {
			return err
		}
		return d.record(tx, a, verb, draft.Entry, fmt.Sprintf("draft %d %s", draft.ID, detail))
	})
}

// Drafts are the drafts that somebody works on or has to approve.
func (d *Desk) Drafts(ctx context.Context) ([]store.Draft, error) {
	var all []store.Draft
	err := d.config.Store.View(ctx, func(tx *store.Tx) (err error) {
		all, err = tx.Drafts(store.Editing, store.Proposed)
		return err
	})
	return all, err
}

// record appends to the audit.
func (d *Desk) record(tx *store.Tx, a Actor, verb, subject, detail string) error {
	return tx.Append(store.Act{At: d.config.Now(), Person: a.Name, Account: a.Account, Verb: verb, Subject: subject, Detail: detail})
}
