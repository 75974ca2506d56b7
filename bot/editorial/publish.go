package editorial

import (
	"context"
	"fmt"
	"time"

	"iobot/bot/store"
	"iobot/index"
	"iobot/knowledge"
)

// change is a revision on its way to going live.
type change struct {
	store.Revision
	snapshot *index.Snapshot
	recall   bool // shared answers that used its entries are corrected
}

// recallFor is how long a shared answer is corrected when what it said is
// withdrawn or changed.
const recallFor = 24 * time.Hour

// publish stores a change, with more in the same transaction, and then makes
// it live. The snapshot was linted and built before.
func (d *Desk) publish(ctx context.Context, c change, more func(*store.Tx) error) (store.Revision, error) {
	c.At, c.Knowledge = d.config.Now(), c.snapshot.Base().Revision
	err := d.config.Store.Update(ctx, func(tx *store.Tx) error {
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
	for _, f := range c.Files {
		f.Revision = c.Number
		d.over[f.Name] = f
	}
	d.swap(c.snapshot)
	d.config.Log.Info("published", "revision", c.Number, "knowledge", c.Knowledge, "kind", c.Kind, "entries", c.Entries)
	return c.Revision, nil
}

// laid is a file as it is laid over the folder's.
func (d *Desk) laid(name string, text []byte) store.File {
	f := store.File{Name: name, Text: text}
	if under, ok := d.folder[name]; ok {
		f.Under = knowledge.Hash(under)
	}
	return f
}
