package editorial

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"iobot/bot"
	"iobot/bot/store"
	"iobot/knowledge"
)

// Unsaved is the error of a withdrawal that is in force and could not be
// stored: it would not survive a restart.
type Unsaved struct{ Err error }

// Error says what has to be done.
func (u Unsaved) Error() string {
	return "The entry is withdrawn now, but that could not be stored and would be lost in a restart: " + u.Err.Error()
}

// Unwrap returns what went wrong.
func (u Unsaved) Unwrap() error { return u.Err }

// Withdraw takes an entry out of use at once. Anybody with a role may, alone.
// The error is an Unsaved when it could not be stored; it is in force all the
// same.
func (d *Desk) Withdraw(ctx context.Context, a Actor, entry knowledge.ID, why string) (store.Revision, error) {
	p, ok := d.person(a.Name)
	if !ok || len(p.Roles) == 0 {
		return store.Revision{}, Denied("Only an editor or an approver can withdraw an entry. Ask " + d.who(Approver, "") + ".")
	}
	if strings.TrimSpace(why) == "" {
		return store.Revision{}, bot.VisibleError(fmt.Sprintf("Say why, so that others know: admin withdraw %s because …", entry))
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	meta, ok := d.live().Entry(entry)
	switch {
	case !ok:
		return store.Revision{}, bot.VisibleError(fmt.Sprintf("There is no entry %s. Type its name as answers show it, such as drug/epinephrine.", entry))
	case meta.Review.Status == knowledge.Withdrawn:
		return store.Revision{}, bot.VisibleError(meta.Title + " is withdrawn already: " + meta.Review.Why)
	}
	if err := d.library.Withdraw(entry, why); err != nil {
		return store.Revision{}, err
	}
	rev, err := d.storeWithdrawal(ctx, a, meta, why)
	if err != nil {
		d.unsaved[entry] = why
		d.config.Log.Error("withdraw", "entry", string(entry), "err", err)
		return rev, Unsaved{err}
	}
	return rev, nil
}

func (d *Desk) storeWithdrawal(ctx context.Context, a Actor, meta *knowledge.Meta, why string) (store.Revision, error) {
	r := meta.Review
	r.Status, r.Why = knowledge.Withdrawn, why
	text, err := knowledge.SetReview(meta.File, d.text(meta.File), r)
	if err != nil {
		return store.Revision{}, err
	}
	return d.alone(ctx, a, change{recall: true, Revision: store.Revision{
		Kind: kindWithdraw, Why: why, Changes: []string{meta.Title + ": withdrawn"}, Entries: []string{string(meta.ID)},
		Files: []store.File{d.laid(meta.File, text)},
	}}, "withdraw")
}

// alone publishes a change that one person may make.
func (d *Desk) alone(ctx context.Context, a Actor, c change, verb string) (store.Revision, error) {
	more := map[string][]byte{}
	for _, f := range c.Files {
		more[f.Name] = f.Text
	}
	snapshot, err := d.build(more)
	if err != nil {
		return store.Revision{}, err
	}
	c.Author, c.snapshot = a.Name, snapshot
	subject := strings.Join(c.Entries, " ")
	return d.publish(ctx, c, func(tx *store.Tx) error { return d.record(tx, a, verb, subject, c.Why) })
}

// Restore proposes to bring a withdrawn entry back as it was before. Two
// others have to approve.
func (d *Desk) Restore(ctx context.Context, a Actor, entry knowledge.ID, why string) (Proposal, error) {
	meta, ok := d.live().Entry(entry)
	if !ok || meta.Review.Status != knowledge.Withdrawn {
		return Proposal{}, bot.VisibleError(fmt.Sprintf("%s is not withdrawn, so there is nothing to restore.", entry))
	}
	return d.back(ctx, a, entry, 0, kindRestore, why)
}

// Rollback proposes an entry as it was at a revision, or with revision 0 as
// it was before its latest change. It is a new revision; numbers never go
// back.
func (d *Desk) Rollback(ctx context.Context, a Actor, entry knowledge.ID, revision int64, why string) (Proposal, error) {
	return d.back(ctx, a, entry, revision, kindRollback, why)
}

// back proposes an earlier text of an entry.
func (d *Desk) back(ctx context.Context, a Actor, entry knowledge.ID, revision int64, kind, why string) (Proposal, error) {
	if err := d.need(a, Editor); err != nil {
		return Proposal{}, err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	draft, err := d.draftOf(ctx, entry)
	if err != nil {
		return Proposal{}, err
	}
	if draft.ID != 0 {
		return Proposal{}, bot.VisibleError(fmt.Sprintf("Draft %d of this entry is being worked on. Finish it, or: admin discard %d", draft.ID, draft.ID))
	}
	if draft.Text, err = d.earlier(ctx, entry, revision, kind == kindRestore); err != nil {
		return Proposal{}, err
	}
	draft.Kind = kind
	if err := d.saveEdit(ctx, a, &draft, kind); err != nil {
		return Proposal{}, err
	}
	return d.propose(ctx, a, draft, why)
}

// earlier is the text of an entry's file at a revision; with 0 before its
// latest change, or before it was withdrawn.
func (d *Desk) earlier(ctx context.Context, entry knowledge.ID, revision int64, withdrawn bool) (text []byte, err error) {
	file := knowledge.FileOf(entry)
	err = d.config.Store.View(ctx, func(tx *store.Tx) error {
		if revision == 0 {
			if revision, err = before(tx, entry, withdrawn); err != nil {
				return err
			}
		}
		f, ok, err := tx.FileAt(file, revision)
		if ok {
			text = f.Text
		} else {
			text = d.folder[file]
		}
		return err
	})
	if err == nil && text == nil {
		err = bot.VisibleError(fmt.Sprintf("There was no %s at revision %d. Type: admin history %s", entry, revision, entry))
	}
	return text, err
}

// before is the revision before the latest one that changed what an entry
// says, or before the one that withdrew it.
func before(tx *store.Tx, entry knowledge.ID, withdrawn bool) (int64, error) {
	revisions, err := tx.Revisions(string(entry), maxHistory)
	if err != nil {
		return 0, err
	}
	i := slices.IndexFunc(revisions, func(r store.Revision) bool {
		return (r.Kind == kindWithdraw) == withdrawn && r.Kind != kindSignOff
	})
	if i < 0 {
		return 0, bot.VisibleError(fmt.Sprintf("%s has not been changed here, so there is nothing to go back to.", entry))
	}
	return revisions[i].Number - 1, nil
}

// maxHistory is how many revisions of an entry are looked at.
const maxHistory = 500

// Verify signs an entry: whoever signs has read it and answers for it until a
// date. Who wrote what stands in it cannot.
func (d *Desk) Verify(ctx context.Context, a Actor, entry knowledge.ID, until time.Time) (store.Revision, error) {
	if err := d.need(a, Approver); err != nil {
		return store.Revision{}, err
	}
	now := d.config.Now()
	if !until.After(now) || until.After(now.AddDate(maxSignOff, 0, 0)) {
		return store.Revision{}, bot.VisibleError(fmt.Sprintf("A review holds until a day in the next %d years, written as %s.", maxSignOff, now.AddDate(1, 0, 0).Format(time.DateOnly)))
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	meta, ok := d.live().Entry(entry)
	switch {
	case !ok:
		return store.Revision{}, bot.VisibleError(fmt.Sprintf("There is no entry %s. Type its name as answers show it, such as drug/epinephrine.", entry))
	case meta.Review.Status == knowledge.Withdrawn:
		return store.Revision{}, bot.VisibleError(fmt.Sprintf("%s is withdrawn. Bring it back first: admin restore %s because …", meta.Title, entry))
	}
	if err := d.notOwn(ctx, a, entry); err != nil {
		return store.Revision{}, err
	}
	r := knowledge.Review{Status: knowledge.Verified, By: a.Name, On: day(now), Due: day(until)}
	text, err := knowledge.SetReview(meta.File, d.text(meta.File), r)
	if err != nil {
		return store.Revision{}, err
	}
	return d.alone(ctx, a, change{Revision: store.Revision{
		Kind: kindSignOff, Why: "reviewed until " + until.Format(time.DateOnly), Entries: []string{string(entry)},
		Changes: []string{meta.Title + ": verified by " + a.Name + " until " + until.Format(time.DateOnly)},
		Files:   []store.File{d.laid(meta.File, text)},
	}}, "verify")
}

// maxSignOff is the longest that a sign-off holds, in years.
const maxSignOff = 3

// notOwn refuses to let somebody sign what they wrote: the latest change of
// the entry.
func (d *Desk) notOwn(ctx context.Context, a Actor, entry knowledge.ID) error {
	return d.config.Store.View(ctx, func(tx *store.Tx) error {
		revisions, err := tx.Revisions(string(entry), maxHistory)
		if err != nil {
			return err
		}
		for _, r := range revisions {
			if r.Draft == 0 {
				continue
			}
			draft, err := tx.Draft(r.Draft)
			if err != nil && !errors.Is(err, store.ErrNotFound) {
				return err
			}
			if r.Author == a.Name || slices.Contains(draft.Editors, a.Name) {
				return Denied("You wrote the latest change of this entry, so somebody else has to sign it.")
			}
			return nil
		}
		return nil
	})
}

func day(t time.Time) time.Time {
	y, m, d := t.Date()
	return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
}
