package editorial

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
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
	if !d.config.Fixed {
		d.lookAtFolder(ctx)
	}
	d.catchUp(ctx)
}

// lookAtFolder takes the folder over when it has changed and then stayed the
// same.
func (d *Desk) lookAtFolder(ctx context.Context) {
	print := fingerprint(d.config.Folder)
	if settled := print == d.print; !settled || print == d.taken {
		d.print = print
		return
	}
	files, err := knowledge.ReadFiles(d.config.Folder)
	if again := fingerprint(d.config.Folder); again != print {
		d.print = again // somebody is writing; what was read may be half of it
		return
	}
	d.taken = print
	if err != nil {
		d.refuse(ctx, problemsOf(err))
		return
	}
	d.takeFolder(ctx, files)
}

// retryEvery is how often storing is tried again.
const retryEvery = 10 * time.Second

// catchUp stores what could not be stored when it happened.
func (d *Desk) catchUp(ctx context.Context) {
	now := d.config.Now()
	if now.Before(d.retry) {
		return
	}
	var failed []error
	for _, entry := range slices.Sorted(maps.Keys(d.unsaved)) {
		if _, err := d.storeWithdrawal(ctx, entry); err != nil {
			failed = append(failed, fmt.Errorf("withdraw %s: %w", entry, err))
		}
	}
	failed = append(failed, d.absorb(ctx), d.probe(ctx))
	d.showTrouble()
	if err := errors.Join(failed...); err != nil && ctx.Err() == nil {
		d.retry = now.Add(retryEvery)
		d.config.Log.Error("store what is in force", "err", err)
	}
}

// absorb lets the folder's own files hold again where they say what was
// approved in chat: nothing that is live changes.
func (d *Desk) absorb(ctx context.Context) error {
	live := d.content.Load()
	over := maps.Clone(live.over)
	maps.DeleteFunc(over, func(_ string, f store.File) bool { return live.same(f) })
	if d.config.Fixed || len(over) == len(live.over) {
		return nil
	}
	err := d.update(ctx, func(tx *store.Tx) error {
		if version, err := d.config.Store.Version(ctx); err != nil || version != d.version {
			return errors.Join(err, store.ErrConflict)
		}
		for name := range live.over {
			if _, stays := over[name]; stays {
				continue
			}
			if err := tx.DropOverlay(name); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("absorb: %w", err)
	}
	d.version += int64(len(live.over) - len(over))
	d.content.Store(&content{live.folder, over})
	return nil
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
	was, before := d.version, d.content.Load()
	over, err := d.readOver(ctx)
	if err != nil {
		return err
	}
	after := &content{before.folder, over}
	if !sameFiles(before.over, over) {
		snapshot, err := snapshotOf(after.with(nil))
		if err != nil {
			d.version = was
			return fmt.Errorf("use what another process published: %w", err)
		}
		d.swap(snapshot)
	}
	d.content.Store(after)
	d.noteConflicts()
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

// swap makes a snapshot live: there is no moment without the withdrawals that
// are not stored.
func (d *Desk) swap(s *index.Snapshot) { d.library.Publish(d.withUnsaved(s)) }

// withUnsaved is a snapshot with the withdrawals in it that are not stored.
func (d *Desk) withUnsaved(s *index.Snapshot) *index.Snapshot {
	if len(d.unsaved) == 0 {
		return s
	}
	next := index.NewLibrary(s)
	for entry, w := range d.unsaved {
		if err := next.Withdraw(entry, w.why); err != nil {
			d.config.Log.Error("withdraw again", "entry", string(entry), "err", err)
		}
	}
	return next.Snapshot()
}

// takeFolder makes the files of the folder live, or says why they cannot be.
func (d *Desk) takeFolder(ctx context.Context, files map[string][]byte) {
	version, was := d.version, d.content.Load()
	over, err := d.readOver(ctx) // it may be what another process published over this folder
	if err != nil {
		d.again("read what lies over the folder", err)
		return
	}
	next := &content{files, over}
	refuse := func(problems knowledge.Problems) {
		d.version = version
		d.refuse(ctx, problems)
	}
	if problems := newMistakes(was.with(nil), next.with(nil)); len(problems) > 0 {
		refuse(problems)
		return
	}
	snapshot, err := snapshotOf(next.with(nil))
	if err != nil {
		refuse(knowledge.Problems{{File: ".", Message: err.Error()}})
		return
	}
	snapshot = d.withUnsaved(snapshot)
	a := knowledge.Assess(d.live(), snapshot.Base())
	if len(a.Blocked) > 0 {
		refuse(blocked(a.Blocked))
		return
	}
	d.content.Store(next)
	if err := d.storeFolder(ctx, a, snapshot); err != nil {
		d.version = version
		d.content.Store(was)
		d.again("take over the folder", err)
		return
	}
	d.mistakes = nil
	d.swap(snapshot)
	d.noteConflicts()
}

// again has the folder taken over at the next look, since nothing is wrong
// with it.
func (d *Desk) again(what string, err error) {
	d.taken = ""
	d.config.Log.Error(what, "err", err)
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
	c := change{snapshot: snapshot, recall: d.recalls(snapshot), Revision: store.Revision{
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
	d.mistakes = list
	d.showTrouble()
	d.tellEditors(ctx, list)
}

// noteConflicts lists the changes made in chat that lie over a file which has
// changed in the folder since.
func (d *Desk) noteConflicts() {
	var list []string
	live := d.content.Load()
	for name, f := range live.over {
		if !live.conflict(f) {
			continue
		}
		entry := cmp.Or(string(knowledge.EntryOf(name)), name)
		text := fmt.Sprintf("%s: changed in the folder and, in revision %d, in chat; the change made in chat is live. "+
			"Type: admin keep chat %s, or: admin keep files %s because …", name, f.Revision, entry, entry)
		if !slices.Contains(d.conflicts, text) {
			d.config.Log.Warn("two changes of one file", "what", text)
		}
		list = append(list, text)
	}
	slices.Sort(list)
	d.conflicts = list
	d.showTrouble()
}
