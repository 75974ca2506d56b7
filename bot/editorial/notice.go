package editorial

import (
	"context"
	"fmt"
	"strings"
	"time"

	"iobot/bot"
	"iobot/bot/store"
	"iobot/knowledge"
)

// Files that hold no entry.
const (
	noticeFile  = "notices.yaml"
	synonymFile = "synonyms.yaml"
	goldenFile  = "golden.yaml"
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
	if err := d.begin(ctx); err != nil {
		return store.Revision{}, err
	}
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
		Files:   []store.File{d.content.Load().laid(noticeFile, text)},
	}}, "notice")
}

// EndNotice takes a notice back before its day.
func (d *Desk) EndNotice(ctx context.Context, a Actor, id, why string) (store.Revision, error) {
	if err := d.need(a, Approver); err != nil {
		return store.Revision{}, err
	}
	if err := d.begin(ctx); err != nil {
		return store.Revision{}, err
	}
	defer d.mu.Unlock()
	text, err := knowledge.EndNotice(d.text(noticeFile), id)
	if err != nil {
		return store.Revision{}, visible(err)
	}
	return d.said(ctx, a, change{Revision: store.Revision{
		Kind: kindNotice, Why: why, Changes: []string{"Notice " + id + " ended"},
		Files: []store.File{d.content.Load().laid(noticeFile, text)},
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
	if strings.TrimSpace(why) == "" {
		return Proposal{}, bot.VisibleError("Say why, so that others can judge it: admin synonym add WORD = OTHER because …")
	}
	if err := d.begin(ctx); err != nil {
		return Proposal{}, err
	}
	defer d.mu.Unlock()
	if d.text(synonymFile) == nil {
		return Proposal{}, bot.VisibleError("This content has no file synonyms.yaml. Whoever looks after its folder adds one, as its guide says.")
	}
	was, err := d.draftOfFile(ctx, synonymFile, "synonyms")
	if err != nil {
		return Proposal{}, err
	}
	draft := was
	if draft.Text, err = knowledge.AddSynonym(was.Text, words); err != nil {
		return Proposal{}, visible(err)
	}
	if err := d.saveEdit(ctx, a, was, &draft, "synonym"); err != nil {
		return Proposal{}, err
	}
	return d.propose(ctx, a, draft, why)
}

// Keep decides between a change made in chat and one made in the folder to the
// same file, named by its entry, or by the file when that holds none. Keeping
// chat takes one approver: nothing that is live changes. Keeping the files
// proposes their text, which others have to approve.
func (d *Desk) Keep(ctx context.Context, a Actor, entry knowledge.ID, files bool, why string) (Proposal, error) {
	if err := d.need(a, Approver); err != nil {
		return Proposal{}, err
	}
	if err := d.begin(ctx); err != nil {
		return Proposal{}, err
	}
	defer d.mu.Unlock()
	file := knowledge.FileOf(entry)
	if file == "" {
		file = string(entry)
	}
	live := d.content.Load()
	f, ok := live.over[file]
	if !ok || !live.conflict(f) {
		return Proposal{}, bot.VisibleError(fmt.Sprintf("There are no two changes of %s to decide between.", entry))
	}
	if files {
		return d.proposeFolder(ctx, a, entry, file, why)
	}
	_, err := d.alone(ctx, a, change{Revision: store.Revision{
		Kind: kindFiles, Why: "the change made in chat is kept", Entries: []string{string(entry)},
		Changes: []string{d.title(string(entry)) + ": the change made in chat is kept over the one in the folder"},
		Files:   []store.File{live.kept(file, f.Text)},
	}}, "keep")
	return Proposal{}, err
}

// proposeFolder proposes the folder's text of a file.
func (d *Desk) proposeFolder(ctx context.Context, a Actor, entry knowledge.ID, file, why string) (Proposal, error) {
	if strings.TrimSpace(why) == "" {
		return Proposal{}, bot.VisibleError(fmt.Sprintf("Say why, so that others can judge it: admin keep files %s because …", entry))
	}
	was, err := d.draftOfFile(ctx, file, string(entry))
	if err != nil {
		return Proposal{}, err
	}
	if was.ID != 0 {
		return Proposal{}, inWork(was)
	}
	draft := was
	draft.Text, draft.Kind = d.content.Load().folder[file], kindFiles
	if err := d.saveEdit(ctx, a, was, &draft, "keep files"); err != nil {
		return Proposal{}, err
	}
	return d.propose(ctx, a, draft, why)
}

// inWork refuses to start a second draft of an entry.
func inWork(draft store.Draft) error {
	return bot.VisibleError(fmt.Sprintf("Draft %d of this entry is being worked on. Finish it, or: admin discard %d", draft.ID, draft.ID))
}
