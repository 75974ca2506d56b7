package editorial

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"

	"iobot/bot/store"
)

// update is an Update of the store that remembers why the state cannot be
// written, until it can.
func (d *Desk) update(ctx context.Context, f func(*store.Tx) error) error {
	err := d.config.Store.Update(ctx, f)
	was := d.outage.Load()
	switch {
	case errors.Is(err, store.ErrUnwritable):
		d.outage.Store(&err)
		if was == nil {
			d.config.Log.Error("the state cannot be written", "err", err)
		}
	case err == nil && was != nil && d.outage.CompareAndSwap(was, nil):
		d.config.Log.Info("the state can be written again")
	}
	return err
}

// probe tries to write when writing failed, by recording that it did: who
// looks after the program learns that it is over, and the audit that changes
// could not be stored for a while.
func (d *Desk) probe(ctx context.Context) error {
	failed := d.outage.Load()
	if failed == nil && d.config.Store.Unwritable() == nil {
		return nil
	}
	return d.update(ctx, func(tx *store.Tx) error {
		return d.record(tx, Actor{}, "recover", "state", "the state could not be written for a while")
	})
}

// Trouble is what keeps changes from being live or from being kept, and what
// to do about it; nil when nothing does.
func (d *Desk) Trouble() []string {
	var list []string
	err := d.config.Store.Unwritable()
	if failed := d.outage.Load(); err == nil && failed != nil {
		err = *failed
	}
	if err != nil {
		said, ok := store.Sentence(err)
		if !ok {
			said = err.Error()
		}
		list = append(list, "Changes cannot be kept: "+said)
	}
	return append(list, *d.trouble.Load()...)
}

// showTrouble makes known what is wrong with the folder and which withdrawals
// are not stored.
func (d *Desk) showTrouble() {
	var list []string
	for _, entry := range slices.Sorted(maps.Keys(d.unsaved)) {
		list = append(list, fmt.Sprintf("%s: withdrawn, but that is not stored and would be lost in a restart; it is tried again every %v", entry, retryEvery))
	}
	list = slices.Concat(list, d.mistakes, d.conflicts)
	d.trouble.Store(&list)
}
