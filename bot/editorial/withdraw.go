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

// withdrawal is one that is in force and not stored.
type withdrawal struct {
	by  Actor
	why string
}

// Withdraw takes an entry out of use at once. Anybody with a role may, alone.
// The error is an Unsaved when it could not be stored; it is in force all the
// same, and storing it is tried again.
func (d *Desk) Withdraw(ctx context.Context, a Actor, entry knowledge.ID, why string) (store.Revision, error) {
	if !d.any(a) {
		return store.Revision{}, Denied("Only an editor or an approver can withdraw an entry. Ask " + d.who(Approver, "") + ".")
	}
	if strings.TrimSpace(why) == "" {
		return store.Revision{}, bot.VisibleError(fmt.Sprintf("Say why, so that others know: admin withdraw %s because …", entry))
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if err := d.lookAtStore(ctx); err != nil { // which must not keep anybody from withdrawing
		d.config.Log.Error("look for changes made by others", "err", err)
	}
	meta, ok := d.live().Entry(entry)
	switch {
	case !ok:
		return store.Revision{}, noEntry(entry)
	case meta.Review.Status == knowledge.Withdrawn:
		return store.Revision{}, bot.VisibleError(meta.Title + " is withdrawn already: " + meta.Review.Why)
	}
	if err := d.library.Withdraw(entry, why); err != nil {
		return store.Revision{}, err
	}
	d.unsaved[entry] = withdrawal{a, why}
	rev, err := d.storeWithdrawal(ctx, entry)
	for tries := 1; errors.Is(err, store.ErrConflict) && tries < storeTries; tries++ {
		if err = d.lookAtStore(ctx); err == nil {
			rev, err = d.storeWithdrawal(ctx, entry)
		}
	}
	if err != nil {
		d.config.Log.Error("withdraw", "entry", string(entry), "err", err)
		d.showTrouble()
		return rev, Unsaved{err}
	}
	return rev, nil
}

// storeTries is how often storing a withdrawal is tried at once when another
// process publishes in between.
const storeTries = 3

// storeWithdrawal stores a withdrawal that is in force.
func (d *Desk) storeWithdrawal(ctx context.Context, entry knowledge.ID) (store.Revision, error) {
	w := d.unsaved[entry]
	meta, ok := d.live().Entry(entry)
	if !ok { // its file was taken out of the folder
		delete(d.unsaved, entry)
		return store.Revision{}, nil
	}
	r := meta.Review
	r.Status, r.Why = knowledge.Withdrawn, w.why
	text, err := knowledge.SetReview(meta.File, d.text(meta.File), r)
	if err != nil {
		return store.Revision{}, err
	}
	rev, err := d.alone(ctx, w.by, change{recall: []string{string(entry)}, Revision: store.Revision{
		Kind: kindWithdraw, Why: w.why, Changes: []string{meta.Title + ": withdrawn"}, Entries: []string{string(entry)},
		Files: []store.File{d.content.Load().laid(meta.File, text)},
	}}, "withdraw")
	if err == nil {
		delete(d.unsaved, entry)
	}
	return rev, err
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

// Restore proposes to bring a withdrawn entry back: with the sign-off it had
// when nothing else was changed since, and unreviewed otherwise. Two others
// have to approve.
func (d *Desk) Restore(ctx context.Context, a Actor, entry knowledge.ID, why string) (Proposal, error) {
	return d.back(ctx, a, entry, kindRestore, why, func() ([]byte, error) {
		meta, ok := d.live().Entry(entry)
		if !ok || meta.Review.Status != knowledge.Withdrawn {
			return nil, bot.VisibleError(fmt.Sprintf("%s is not withdrawn, so there is nothing to restore.", entry))
		}
		return d.inUse(ctx, meta)
	})
}

// Rollback proposes an entry as it was at a revision, or with revision 0 as
// it was before its latest change. It is a new revision; numbers never go
// back.
func (d *Desk) Rollback(ctx context.Context, a Actor, entry knowledge.ID, revision int64, why string) (Proposal, error) {
	return d.back(ctx, a, entry, kindRollback, why, func() ([]byte, error) {
		if revision != 0 {
			return d.earlier(ctx, entry, revision)
		}
		return d.previous(ctx, entry)
	})
}

// back proposes an earlier text of an entry.
func (d *Desk) back(ctx context.Context, a Actor, entry knowledge.ID, kind, why string, earlier func() ([]byte, error)) (Proposal, error) {
	if err := d.need(a, Editor); err != nil {
		return Proposal{}, err
	}
	if strings.TrimSpace(why) == "" {
		return Proposal{}, bot.VisibleError("Say why, so that others can judge it: put because … at the end.")
	}
	if err := d.begin(ctx); err != nil {
		return Proposal{}, err
	}
	defer d.mu.Unlock()
	was, err := d.draftOf(ctx, entry)
	if err != nil {
		return Proposal{}, err
	}
	if was.ID != 0 {
		return Proposal{}, inWork(was)
	}
	draft := was
	if draft.Text, err = earlier(); err != nil {
		return Proposal{}, err
	}
	draft.Kind = kind
	if err := d.saveEdit(ctx, a, was, &draft, kind); err != nil {
		return Proposal{}, err
	}
	return d.propose(ctx, a, draft, why)
}

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
	if err := d.begin(ctx); err != nil {
		return store.Revision{}, err
	}
	defer d.mu.Unlock()
	meta, ok := d.live().Entry(entry)
	switch {
	case !ok:
		return store.Revision{}, noEntry(entry)
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
		Changes: []string{meta.Title + ": verified until " + until.Format(time.DateOnly)},
		Files:   []store.File{d.content.Load().laid(meta.File, text)},
	}}, "verify")
}

// maxSignOff is the longest that a sign-off holds, in years.
const maxSignOff = 3

// notOwn refuses to let somebody sign what they wrote: any change since
// somebody signed the entry last.
func (d *Desk) notOwn(ctx context.Context, a Actor, entry knowledge.ID) error {
	return d.config.Store.View(ctx, func(tx *store.Tx) error {
		revisions, err := tx.Revisions(string(entry), maxHistory)
		if err != nil {
			return err
		}
		for _, r := range revisions {
			if r.Kind == kindSignOff {
				return nil
			}
			if r.Draft == 0 {
				continue
			}
			draft, err := tx.Draft(r.Draft)
			if err != nil && !errors.Is(err, store.ErrNotFound) {
				return err
			}
			if r.Author == a.Name || slices.Contains(draft.Editors, a.Name) {
				return Denied("You wrote what would be signed, so somebody else has to sign it.")
			}
		}
		return nil
	})
}

func day(t time.Time) time.Time {
	y, m, d := t.Date()
	return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
}
