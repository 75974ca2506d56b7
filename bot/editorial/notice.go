package editorial

import (
	"context"
	"fmt"
	"time"

	"iobot/bot"
	"iobot/bot/store"
	"iobot/knowledge"
)

// The files that hold notices and synonyms.
const (
	noticeFile  = "notices.yaml"
	synonymFile = "synonyms.yaml"
)

// Notice shows a notice, such as a device recall, on every answer made from
// an entry until a day. It holds no dose, and one approver may post it: it
// only adds a warning.
func (d *Desk) Notice(ctx context.Context, a Actor, n knowledge.Notice) (store.Revision, error) {
	if err := d.need(a, Approver); err != nil {
		return store.Revision{}, err
	}
	if !n.Until.After(d.config.Now()) {
		return store.Revision{}, bot.VisibleError("A notice needs the day on which it ends, in the future, such as " + d.config.Now().AddDate(0, 1, 0).Format(time.DateOnly) + ".")
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	n.By = a.Name
	text, err := knowledge.AddNotice(d.text(noticeFile), n)
	if err != nil {
		return store.Revision{}, visible(err)
	}
	entries := make([]string, len(n.About))
	for i, id := range n.About {
		entries[i] = string(id)
	}
	return d.said(ctx, a, change{Revision: store.Revision{
		Kind: kindNotice, Why: n.Text.Text, Entries: entries,
		Changes: []string{fmt.Sprintf("Notice until %s: %s", n.Until.Format(time.DateOnly), n.Text.Text)},
		Files:   []store.File{d.laid(noticeFile, text)},
	}}, "notice")
}

// EndNotice takes a notice back before its day.
func (d *Desk) EndNotice(ctx context.Context, a Actor, id, why string) (store.Revision, error) {
	if err := d.need(a, Approver); err != nil {
		return store.Revision{}, err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	text, err := knowledge.EndNotice(d.text(noticeFile), id)
	if err != nil {
		return store.Revision{}, visible(err)
	}
	return d.said(ctx, a, change{Revision: store.Revision{
		Kind: kindNotice, Why: why, Changes: []string{"Notice " + id + " ended"},
		Files: []store.File{d.laid(noticeFile, text)},
	}}, "end notice")
}

// said publishes what one person may, and puts the linter's mistakes into a
// sentence.
func (d *Desk) said(ctx context.Context, a Actor, c change, verb string) (store.Revision, error) {
	rev, err := d.alone(ctx, a, c, verb)
	if problems := problemsOf(err); len(problems) > 0 {
		return rev, bot.VisibleError(sentence(problems[0].Message))
	}
	return rev, err
}

// visible shows the text of an error of package knowledge, which is written
// for editors.
func visible(err error) error { return bot.VisibleError(sentence(err.Error())) }

// AddSynonym proposes that words mean the same; the first is the one that the
// content uses. It changes what is found, so others have to agree.
func (d *Desk) AddSynonym(ctx context.Context, a Actor, words []string, why string) (Proposal, error) {
	if err := d.need(a, Editor); err != nil {
		return Proposal{}, err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	draft, err := d.draftOfFile(ctx, synonymFile, "synonyms")
	if err != nil {
		return Proposal{}, err
	}
	if draft.Text, err = knowledge.AddSynonym(draft.Text, words); err != nil {
		return Proposal{}, visible(err)
	}
	if err := d.saveEdit(ctx, a, &draft, "synonym"); err != nil {
		return Proposal{}, err
	}
	return d.propose(ctx, a, draft, why)
}

// Keep decides between a change made in chat and one made in the folder to the
// same file. Keeping chat takes one approver: nothing that is live changes.
// Keeping the files proposes their text, which others have to approve.
func (d *Desk) Keep(ctx context.Context, a Actor, entry knowledge.ID, files bool, why string) (Proposal, error) {
	if err := d.need(a, Approver); err != nil {
		return Proposal{}, err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	file := knowledge.FileOf(entry)
	f, ok := d.over[file]
	if !ok || !d.conflict(f) {
		return Proposal{}, bot.VisibleError(fmt.Sprintf("There are no two changes of %s to decide between.", entry))
	}
	if files {
		return d.proposeFolder(ctx, a, entry, file, why)
	}
	kept := d.laid(file, f.Text)
	_, err := d.alone(ctx, a, change{Revision: store.Revision{
		Kind: kindFiles, Why: "the change made in chat is kept", Entries: []string{string(entry)},
		Changes: []string{d.title(string(entry)) + ": the change made in chat is kept over the one in the folder"},
		Files:   []store.File{kept},
	}}, "keep")
	if err == nil {
		d.noteConflicts()
	}
	return Proposal{}, err
}

// proposeFolder proposes the folder's text of an entry.
func (d *Desk) proposeFolder(ctx context.Context, a Actor, entry knowledge.ID, file, why string) (Proposal, error) {
	draft, err := d.draftOfFile(ctx, file, string(entry))
	if err != nil {
		return Proposal{}, err
	}
	if draft.ID != 0 {
		return Proposal{}, bot.VisibleError(fmt.Sprintf("Draft %d of this entry is being worked on. Finish it, or: admin discard %d", draft.ID, draft.ID))
	}
	draft.Text, draft.Kind = d.folder[file], kindFiles
	if err := d.saveEdit(ctx, a, &draft, "keep files"); err != nil {
		return Proposal{}, err
	}
	return d.propose(ctx, a, draft, why)
}
