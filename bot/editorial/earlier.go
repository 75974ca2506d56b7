package editorial

import (
	"context"
	"errors"
	"fmt"
	"time"

	"iobot/bot"
	"iobot/bot/store"
	"iobot/knowledge"
)

// maxHistory is how many revisions of an entry are looked at.
const maxHistory = 500

// earlier is the text of an entry's file at a revision.
func (d *Desk) earlier(ctx context.Context, entry knowledge.ID, revision int64) (text []byte, err error) {
	err = d.config.Store.View(ctx, func(tx *store.Tx) error {
		last, err := tx.LastRevision()
		if err != nil {
			return err
		}
		if revision < 1 || revision > last {
			return bot.VisibleError(fmt.Sprintf("There is no revision %d. Type: admin history %s", revision, entry))
		}
		text, err = d.textAt(tx, knowledge.FileOf(entry), revision)
		return err
	})
	if err == nil && text == nil {
		err = bot.VisibleError(fmt.Sprintf("There was no %s at revision %d. Type: admin history %s", entry, revision, entry))
	}
	return text, err
}

// previous is the text of an entry's file before the latest change of what it
// says: before a sign-off or a withdrawal it said the same.
func (d *Desk) previous(ctx context.Context, entry knowledge.ID) (text []byte, err error) {
	file := knowledge.FileOf(entry)
	live := d.text(file)
	err = d.eachBefore(ctx, entry, func(r store.Revision, before []byte) bool {
		if !sameWords(file, before, live) {
			text = before
		}
		return text != nil
	})
	if err == nil && text == nil {
		err = bot.VisibleError(fmt.Sprintf("%s has not been changed here, so there is nothing to go back to.", entry))
	}
	return text, err
}

// inUse is the text of a withdrawn entry as it would be in use: what was
// withdrawn, byte for byte, if nobody changed it since.
func (d *Desk) inUse(ctx context.Context, meta *knowledge.Meta) (text []byte, err error) {
	live := d.text(meta.File)
	err = d.eachBefore(ctx, meta.ID, func(r store.Revision, before []byte) bool {
		if r.Kind == kindWithdraw && sameWords(meta.File, before, live) {
			text = before
		}
		return r.Kind == kindWithdraw
	})
	if err != nil || text != nil {
		return text, err
	}
	return knowledge.SetReview(meta.File, live, knowledge.Review{Status: knowledge.Unreviewed, Due: meta.Review.Due})
}

// eachBefore calls f for each revision of an entry's file, the newest first,
// with the text that the file had before it, until f returns true.
func (d *Desk) eachBefore(ctx context.Context, entry knowledge.ID, f func(r store.Revision, before []byte) bool) error {
	file := knowledge.FileOf(entry)
	return d.config.Store.View(ctx, func(tx *store.Tx) error {
		revisions, err := tx.Revisions(string(entry), maxHistory)
		for i := 0; i < len(revisions) && err == nil; i++ {
			if !holds(revisions[i], file) {
				continue
			}
			var before []byte
			before, err = d.textAt(tx, file, revisions[i].Number-1)
			if err == nil && before != nil && f(revisions[i], before) {
				return nil
			}
		}
		return err
	})
}

func holds(r store.Revision, file string) bool {
	for _, f := range r.Files {
		if f.Name == file {
			return true
		}
	}
	return false
}

// textAt is the text that a file had at a revision; nil when nobody knows. Of
// the folder only its present text is at hand, and that which a draft started
// from.
func (d *Desk) textAt(tx *store.Tx, file string, revision int64) ([]byte, error) {
	f, ok, err := tx.FileAt(file, revision)
	if ok || err != nil {
		return f.Text, err
	}
	next, err := nextOf(tx, file, revision)
	if err != nil {
		return nil, err
	}
	now := d.content.Load().folder[file]
	for _, f := range next.Files {
		if f.Name != file || f.Under == knowledge.Hash(now) {
			continue
		}
		draft, err := tx.Draft(next.Draft)
		if err == nil && knowledge.Hash(draft.Started) == f.Under {
			return draft.Started, nil
		}
		if errors.Is(err, store.ErrNotFound) {
			err = nil
		}
		return nil, err
	}
	return now, nil
}

// nextOf is the first revision of a file after another.
func nextOf(tx *store.Tx, file string, revision int64) (next store.Revision, err error) {
	revisions, err := tx.Revisions(string(knowledge.EntryOf(file)), maxHistory)
	for _, r := range revisions {
		if r.Number > revision && holds(r, file) {
			next = r
		}
	}
	return next, err
}

// sameWords reports whether two texts of a file differ in nothing but who
// signed them.
func sameWords(file string, a, b []byte) bool {
	r := knowledge.Review{Status: knowledge.Unreviewed, Due: time.Unix(0, 0).UTC()}
	x, errX := knowledge.SetReview(file, a, r)
	y, errY := knowledge.SetReview(file, b, r)
	return errX == nil && errY == nil && string(x) == string(y)
}
