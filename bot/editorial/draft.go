package editorial

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"time"

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
	draft, err := d.draftOfFile(ctx, knowledge.FileOf(entry), string(entry))
	if err == nil && draft.Text == nil {
		err = noEntry(entry)
	}
	return draft, err
}

func noEntry(entry knowledge.ID) error {
	return bot.VisibleError(fmt.Sprintf("There is no entry %s. Write its id, such as drug/epinephrine.", entry))
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
	return store.Draft{Entry: entry, File: file, Text: text, Started: text, From: knowledge.Hash(text), State: store.Editing, Kind: kindChange}, nil
}

// Edit writes values into a part of an entry's draft, which it starts when
// there is none. What was typed is kept even when it has mistakes; then none of
// it is taken over. An edit voids the approvals that the draft had.
func (d *Desk) Edit(ctx context.Context, a Actor, entry knowledge.ID, part string, values map[string]string) (Edited, error) {
	if err := d.need(a, Editor); err != nil {
		return Edited{}, err
	}
	if err := d.begin(ctx); err != nil {
		return Edited{}, err
	}
	defer d.mu.Unlock()
	was, err := d.draftOf(ctx, entry)
	if err != nil {
		return Edited{}, err
	}
	p, err := partWith(was, part, values)
	if err != nil {
		return Edited{}, err
	}
	draft := was
	values = typed(was, p, values)
	text, mistakes := write(was, p, values)
	if len(mistakes) == 0 {
		draft.Text, values = text, nil
	}
	draft.Typed = with(was.Typed, part, values)
	if err := d.saveEdit(ctx, a, was, &draft, part); err != nil {
		return Edited{}, err
	}
	return d.review(draft, text, part, mistakes)
}

// partWith is the part of a draft that has the fields that were filled in.
func partWith(draft store.Draft, part string, values map[string]string) (knowledge.Part, error) {
	parts, err := knowledge.PartsOf(draft.File, draft.Text)
	if err != nil {
		return knowledge.Part{}, visible(err)
	}
	i := slices.IndexFunc(parts, func(p knowledge.Part) bool { return p.ID == part })
	if i < 0 {
		return knowledge.Part{}, bot.VisibleError(fmt.Sprintf("%s has no part %q any more. See what there is: admin edit %s", draft.Entry, part, draft.Entry))
	}
	for name := range values {
		if !slices.ContainsFunc(parts[i].Fields, func(f knowledge.EditField) bool { return f.Name == name }) {
			return knowledge.Part{}, bot.VisibleError(fmt.Sprintf("There is no field %q in %s. See what there is: admin edit %s#%s", name, parts[i].Title, draft.Entry, part))
		}
	}
	return parts[i], nil
}

// typed is what was typed into a part, now and before, where it differs from
// what the draft holds.
func typed(draft store.Draft, p knowledge.Part, values map[string]string) map[string]string {
	all := maps.Clone(draft.Typed[p.ID])
	if all == nil {
		all = map[string]string{}
	}
	maps.Copy(all, values)
	for _, f := range p.Fields {
		if all[f.Name] == f.Value {
			delete(all, f.Name)
		}
	}
	return all
}

// write writes values into a part of a draft, but for those with mistakes,
// which it returns by field: all of them, not the first alone.
func write(draft store.Draft, p knowledge.Part, values map[string]string) ([]byte, map[string]string) {
	mistakes := map[string]string{}
	rest := maps.Clone(values)
	for {
		text, err := knowledge.Edit(draft.File, draft.Text, p.ID, rest)
		if err == nil {
			return text, mistakes
		}
		name, message := mistake(p, rest, err)
		mistakes[name] = message
		if _, given := rest[name]; !given {
			return draft.Text, mistakes
		}
		delete(rest, name)
	}
}

// mistake is the field that an error is about, and what to say beside it. An
// error about no field stands beside the first that was filled in.
func mistake(p knowledge.Part, values map[string]string, err error) (field, message string) {
	var wrong *knowledge.FieldError
	if errors.As(err, &wrong) {
		return wrong.Field, wrong.Message
	}
	message = err.Error()
	if cause := errors.Unwrap(err); cause != nil {
		message = cause.Error()
	}
	for _, f := range p.Fields {
		if _, given := values[f.Name]; given {
			return f.Name, message
		}
	}
	return "", message
}

// with returns typed with the values of a part; without the part when there
// are none.
func with(typed map[string]map[string]string, part string, values map[string]string) map[string]map[string]string {
	typed = maps.Clone(typed)
	if typed == nil {
		typed = map[string]map[string]string{}
	}
	delete(typed, part)
	if len(values) > 0 {
		typed[part] = values
	}
	return typed
}

// saveEdit saves a draft that somebody changed.
func (d *Desk) saveEdit(ctx context.Context, a Actor, was store.Draft, draft *store.Draft, what string) error {
	now := d.config.Now()
	if draft.ID == 0 {
		draft.Author, draft.Created = a.Name, now
	}
	if !slices.Contains(draft.Editors, a.Name) {
		draft.Editors = append(slices.Clone(draft.Editors), a.Name)
	}
	draft.State, draft.Hash, draft.Approvals, draft.Changed = store.Editing, "", nil, now
	return d.update(ctx, func(tx *store.Tx) error {
		if err := keep(tx, was, draft); err != nil {
			return err
		}
		return d.record(tx, a, "edit", draft.Entry, fmt.Sprintf("draft %d: %s", draft.ID, what))
	})
}

// keep saves a draft in the place of what it was, if it still is that:
// another process may have changed it.
func keep(tx *store.Tx, was store.Draft, draft *store.Draft) error {
	if was.ID == 0 {
		all, err := tx.Drafts(store.Editing, store.Proposed)
		if err != nil {
			return err
		}
		if slices.ContainsFunc(all, func(other store.Draft) bool { return other.File == draft.File }) {
			return store.ErrConflict
		}
		draft.ID, err = tx.NewDraft(*draft)
		return err
	}
	is, err := tx.Draft(was.ID)
	if err != nil {
		return err
	}
	if !same(is, was) {
		return store.ErrConflict
	}
	return tx.SaveDraft(*draft)
}

// same reports whether nothing became of a draft since it was read or saved.
// The store keeps microseconds.
func same(is, was store.Draft) bool {
	return is.State == was.State && is.Hash == was.Hash && slices.Equal(is.Editors, was.Editors) && is.Changed.Equal(was.Changed.Truncate(time.Microsecond)) &&
		len(is.Approvals) == len(was.Approvals) && string(is.Text) == string(was.Text) && reflect.DeepEqual(is.Typed, was.Typed)
}

// review says what is wrong with a text of a draft, field by field for the
// part that was just edited. Some mistakes were found before.
func (d *Desk) review(draft store.Draft, text []byte, part string, mistakes map[string]string) (Edited, error) {
	e := Edited{Draft: draft, Mistakes: mistakes}
	parts, err := partsOf(draft)
	if err != nil {
		return e, err
	}
	if i := slices.IndexFunc(parts, func(p knowledge.Part) bool { return p.ID == part }); i >= 0 {
		e.Part = parts[i]
	}
	for _, p := range d.lint(map[string][]byte{draft.File: text}) {
		at, field, ok := knowledge.FieldOf(draft.File, text, p)
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

// Discard throws a draft away. Who worked on it may, and anybody when one of
// them was forgotten.
func (d *Desk) Discard(ctx context.Context, a Actor, id int64) (store.Draft, error) {
	if err := d.need(a, Editor); err != nil {
		return store.Draft{}, err
	}
	if err := d.begin(ctx); err != nil {
		return store.Draft{}, err
	}
	defer d.mu.Unlock()
	was, err := d.working(ctx, id)
	if err != nil {
		return was, err
	}
	if !slices.Contains(was.Editors, a.Name) && !slices.ContainsFunc(was.Editors, forgotten) {
		return was, Denied("Only who worked on draft " + fmt.Sprint(id) + " can discard it; an approver can reject it.")
	}
	draft := was
	draft.State, draft.Approvals, draft.Changed = store.Discarded, nil, d.config.Now()
	return draft, d.saveDraft(ctx, a, was, draft, "discard", "")
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
func (d *Desk) saveDraft(ctx context.Context, a Actor, was, draft store.Draft, verb, detail string) error {
	return d.update(ctx, func(tx *store.Tx) error {
		if err := keep(tx, was, &draft); err != nil {
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
