package editorial

import (
	"context"
	"fmt"
	"time"

	"iobot/bot/store"
	"iobot/index"
)

// change is a revision on its way to going live.
type change struct {
	store.Revision
	snapshot *index.Snapshot
	recall   []string // entries whose shared answers are corrected
}

// recallFor is how long a shared answer is corrected when what it said is
// withdrawn or changed.
const recallFor = 24 * time.Hour

// publish stores a change, with more in the same transaction, and then makes
// it live. The snapshot was linted and built before.
func (d *Desk) publish(ctx context.Context, c change, more func(*store.Tx) error) (store.Revision, error) {
	c.At, c.Knowledge = d.config.Now(), c.snapshot.Base().Revision
	err := d.update(ctx, func(tx *store.Tx) error {
		// Nobody else writes now: what c was made from must still be what is live.
		if version, err := d.config.Store.Version(ctx); err != nil {
			return err
		} else if version != d.version {
			return store.ErrConflict
		}
		last, err := tx.LastRevision()
		if err != nil {
			return err
		}
		c.Number = last + 1
		if _, err := tx.AddRevision(c.Revision); err != nil {
			return err
		}
		if err := more(tx); err != nil {
			return err
		}
		return d.spread(tx, c)
	})
	if err != nil {
		return store.Revision{}, fmt.Errorf("publish: %w", err)
	}
	d.version++
	d.content.Store(d.content.Load().laying(c.Files, c.Number))
	d.swap(c.snapshot)
	d.noteConflicts()
	d.config.Log.Info("published", "revision", c.Number, "knowledge", c.Knowledge, "kind", c.Kind, "entries", c.Entries)
	return c.Revision, nil
}
