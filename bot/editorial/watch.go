package editorial

import (
	"context"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"time"

	"iobot/bot/store"
	"iobot/index"
	"iobot/knowledge"
)

// lookEvery is how often the folder and the store are looked at. A change has
// to stay the same for two looks, so that a file is not read while it is being
// written.
const lookEvery = time.Second

// Watch takes over what changes in the folder, and what another process
// publishes in the store, until ctx ends.
func (d *Desk) Watch(ctx context.Context) {
	tick := time.NewTicker(lookEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			d.Look(ctx)
		}
	}
}

// Look looks at the folder and at the store once. What goes wrong is logged
// and changes nothing.
func (d *Desk) Look(ctx context.Context) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if err := d.lookAtStore(ctx); err != nil && ctx.Err() == nil {
		d.config.Log.Error("look for changes made by others", "err", err)
	}
	d.saveWithdrawals(ctx)
	if d.config.Fixed {
		return
	}
	print := fingerprint(d.config.Folder)
	if settled := print == d.print; !settled || print == d.taken {
		d.print = print
		return
	}
	d.taken = print
	d.takeFolder(ctx)
}

// fingerprint tells one state of a folder from another without reading the
// files.
func fingerprint(folder fs.FS) string {
	var b strings.Builder
	err := fs.WalkDir(folder, ".", func(path string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if path != "." && strings.HasPrefix(e.Name(), ".") {
			if e.IsDir() {
				return fs.SkipDir
			}
			return nil
		}
		info, err := e.Info()
		if err != nil {
			return err
		}
		if !e.IsDir() {
			fmt.Fprintf(&b, "%s %d %d\n", path, info.Size(), info.ModTime().UnixNano())
		}
		return nil
	})
	if err != nil {
		fmt.Fprintf(&b, "cannot be read: %v", err)
	}
	return knowledge.Hash([]byte(b.String()))
}

// lookAtStore makes live what another process published.
func (d *Desk) lookAtStore(ctx context.Context) error {
	version, err := d.config.Store.Version(ctx)
	if err != nil || version == d.version {
		return err
	}
	before := d.over
	if err := d.readOver(ctx); err != nil {
		return err
	}
	if sameFiles(before, d.over) {
		return nil
	}
	snapshot, err := d.build(nil)
	if err != nil {
		d.over = before
		return fmt.Errorf("use revision of another process: %w", err)
	}
	d.swap(snapshot)
	return nil
}

func sameFiles(a, b map[string]store.File) bool {
	if len(a) != len(b) {
		return false
	}
	for name, f := range a {
		if g, ok := b[name]; !ok || string(f.Text) != string(g.Text) {
			return false
		}
	}
	return true
}

// swap makes a snapshot live, with the withdrawals that could not be stored.
func (d *Desk) swap(s *index.Snapshot) {
	d.library.Publish(s)
	for entry, why := range d.unsaved {
		if err := d.library.Withdraw(entry, why); err != nil {
			d.config.Log.Error("withdraw again", "entry", string(entry), "err", err)
		}
	}
}

// retryEvery is how often storing a withdrawal is tried again.
const retryEvery = 10 * time.Second

// saveWithdrawals tries again to store withdrawals.
func (d *Desk) saveWithdrawals(ctx context.Context) {
	if now := d.config.Now(); now.Before(d.retry) {
		return
	} else if len(d.unsaved) > 0 {
		d.retry = now.Add(retryEvery)
	}
	for entry, why := range d.unsaved {
		meta, ok := d.live().Entry(entry)
		if !ok {
			delete(d.unsaved, entry)
			continue
		}
		if _, err := d.storeWithdrawal(ctx, Actor{Person: Person{Name: "iobot"}}, meta, why); err == nil {
			delete(d.unsaved, entry)
		}
	}
}

// takeFolder makes the folder live, or says why it cannot be.
func (d *Desk) takeFolder(ctx context.Context) {
	files, err := knowledge.ReadFiles(d.config.Folder)
	if err != nil {
		d.refuse(ctx, problemsOf(err))
		return
	}
	was, before := d.folder, d.content(nil)
	d.folder = files
	if problems := newMistakes(before, d.content(nil)); len(problems) > 0 {
		d.folder = was
		d.refuse(ctx, problems)
		return
	}
	snapshot, err := snapshotOf(d.content(nil))
	if err != nil {
		d.folder = was
		d.refuse(ctx, knowledge.Problems{{File: ".", Message: err.Error()}})
		return
	}
	a := knowledge.Assess(d.live(), snapshot.Base())
	if len(a.Blocked) > 0 {
		d.folder = was
		d.refuse(ctx, blocked(a.Blocked))
		return
	}
	if err := d.storeFolder(ctx, a, snapshot); err != nil {
		d.folder, d.taken = was, "" // tried again at the next look
		d.config.Log.Error("take over the folder", "err", err)
		return
	}
	d.swap(snapshot)
	d.noteConflicts()
}

func blocked(reasons []string) knowledge.Problems {
	var list knowledge.Problems
	for _, r := range reasons {
		list = append(list, knowledge.Problem{File: ".", Message: r})
	}
	return list
}

// storeFolder writes down what changed in the folder. The files themselves
// stay where they are.
func (d *Desk) storeFolder(ctx context.Context, a knowledge.Assessment, snapshot *index.Snapshot) error {
	var words, entries []string
	for _, c := range a.Changes {
		words = append(words, c.Text)
		if id, _, _ := strings.Cut(string(c.Entry), "#"); id != "" && !slices.Contains(entries, id) {
			entries = append(entries, id)
		}
	}
	for _, w := range words {
		d.config.Log.Info("changed in the folder", "what", w)
	}
	if len(words) == 0 {
		return nil
	}
	recall := slices.ContainsFunc(a.Changes, func(c knowledge.Change) bool { return c.Kind <= knowledge.WarningLost })
	c := change{snapshot: snapshot, recall: recall, Revision: store.Revision{
		Kind: kindFiles, Author: "the content folder", Why: "changed in the content folder",
		Changes: words, Entries: entries,
	}}
	_, err := d.publish(ctx, c, func(tx *store.Tx) error {
		return d.record(tx, Actor{Person: Person{Name: "the content folder"}}, "files", strings.Join(entries, " "), c.snapshot.Base().Revision)
	})
	return err
}

// refuse notes why the folder is not live.
func (d *Desk) refuse(ctx context.Context, problems knowledge.Problems) {
	list := make([]string, 0, len(problems))
	for _, p := range problems {
		list = append(list, p.String())
		d.config.Log.Error("the content folder is not live", "problem", p.String())
	}
	d.trouble.Store(&list)
	d.tellEditors(ctx, list)
}

// Trouble is what keeps the folder, or a part of it, from being live; nil when
// nothing does.
func (d *Desk) Trouble() []string { return *d.trouble.Load() }

// noteConflicts lists the changes made in chat that lie over a file which has
// changed in the folder since.
func (d *Desk) noteConflicts() {
	var list []string
	for name, f := range d.over {
		if d.conflict(f) {
			entry := knowledge.EntryOf(name)
			list = append(list, fmt.Sprintf("%s: changed in the folder and, in revision %d, in chat; the change made in chat is live. "+
				"Type: admin keep chat %s, or: admin keep files %s because …", name, f.Revision, entry, entry))
		}
	}
	slices.Sort(list)
	for _, c := range list {
		d.config.Log.Warn("two changes of one file", "what", c)
	}
	d.trouble.Store(&list)
}

// conflict reports whether a file was changed in the folder after a change
// was laid over it.
func (d *Desk) conflict(f store.File) bool {
	text := d.folder[f.Name]
	return string(text) != string(f.Text) && (text != nil || f.Under != "") && knowledge.Hash(text) != f.Under
}
