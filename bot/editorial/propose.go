package editorial

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"iobot/bot"
	"iobot/bot/store"
	"iobot/index"
	"iobot/knowledge"
	"iobot/knowledge/dose"
)

// The kinds of draft and of revision.
const (
	kindChange   = "change"
	kindWithdraw = "withdrawal"
	kindRestore  = "restoration"
	kindRollback = "rollback"
	kindSignOff  = "sign-off"
	kindFiles    = "files"
	kindNotice   = "notice"
)

// Proposal is a draft with everything that has to be seen before agreeing to
// it.
type Proposal struct {
	Draft    store.Draft
	Title    string            // of the entry
	Mistakes []string          // what keeps it from going live
	Changes  []string          // in words, doses first
	Dangers  []string          // what an approver must look at
	Worked   []dose.WorkedRow  // doses before and after
	Golden   []GoldenChange    // golden questions whose answers change
	Needed   int               // approvers
	Word     string            // to be typed with the approval; empty when none is
	Files    map[string][]byte // what goes live
	snapshot *index.Snapshot   // with the draft in it; nil when there are mistakes
}

// Ready reports whether the proposal could go live.
func (p Proposal) Ready() bool { return len(p.Mistakes) == 0 }

// Show returns a draft with what it would change.
func (d *Desk) Show(ctx context.Context, id int64) (Proposal, error) {
	if err := d.begin(ctx); err != nil {
		return Proposal{}, err
	}
	defer d.mu.Unlock()
	draft, err := d.working(ctx, id)
	if err != nil {
		return Proposal{}, err
	}
	return d.proposal(ctx, draft)
}

// proposal works out what a draft would change.
func (d *Desk) proposal(ctx context.Context, draft store.Draft) (Proposal, error) {
	p, err := d.judge(ctx, draft)
	if err != nil {
		return p, err
	}
	var mistakes []string
	for _, part := range slices.Sorted(maps.Keys(draft.Typed)) {
		mistakes = append(mistakes, "Not taken over yet, because of a mistake: "+part)
	}
	if now := knowledge.Hash(d.text(draft.File)); draft.From != now {
		mistakes = append(mistakes, fmt.Sprintf(
			"The entry has changed since this draft was started. Look at the difference and type: admin renew %d", draft.ID))
	}
	p.Draft, p.Title = draft, d.title(draft.Entry)
	p.Mistakes = append(mistakes, p.Mistakes...)
	if p.Word != "" {
		p.Word = confirmation(contentHash(draft, p.Files))
	}
	return p, nil
}

// judged is a proposal that was worked out, for as long as the same is live: a
// draft is looked at several times before it goes live itself.
type judged struct {
	live     *index.Snapshot
	content  *content
	draft    string // hash of its text
	proposal Proposal
}

// judge works out what the text of a draft would change.
func (d *Desk) judge(ctx context.Context, draft store.Draft) (Proposal, error) {
	key := judged{live: d.library.Snapshot(), content: d.content.Load(), draft: contentHash(draft, nil)}
	if last := d.judged; last.live == key.live && last.content == key.content && last.draft == key.draft {
		return last.proposal, nil
	}
	p := Proposal{Needed: 2, Files: map[string][]byte{draft.File: draft.Text}}
	err := d.assess(ctx, draft, &p)
	if problems := problemsOf(err); problems != nil {
		for _, problem := range problems {
			p.Mistakes = append(p.Mistakes, problem.String())
		}
		err = nil
	}
	if err == nil && ctx.Err() == nil {
		key.proposal = p
		d.judged = key
	}
	return p, err
}

// assess fills in what differs from the live knowledge.
func (d *Desk) assess(ctx context.Context, draft store.Draft, p *Proposal) (err error) {
	if p.snapshot, err = d.build(p.Files); err != nil {
		return err
	}
	before := d.library.Snapshot()
	p.Golden = d.goldenChanges(ctx, before, p.snapshot)
	if text := expecting(d.text(goldenFile), p.Golden); text != nil {
		p.Files[goldenFile] = text
		if p.snapshot, err = d.build(p.Files); err != nil {
			return err
		}
	}
	a := knowledge.Assess(before.Base(), p.snapshot.Base())
	if was, ok := d.live().Entry(knowledge.ID(draft.Entry)); ok && draft.Kind == kindRestore {
		p.Changes = append(p.Changes, was.Title+": in use again; it was withdrawn: "+was.Review.Why)
	}
	for _, c := range a.Changes {
		p.Changes = append(p.Changes, c.Text)
	}
	p.Mistakes, p.Dangers = a.Blocked, a.Dangers
	p.Worked = dose.Worked(before.Base(), p.snapshot.Base(), knowledge.ID(draft.Entry))
	if a.Wording && draft.Kind == kindChange {
		p.Needed = 1
	}
	if a.Typed || slices.ContainsFunc(p.Golden, func(g GoldenChange) bool { return g.Wrong != "" }) {
		p.Word = anyWord
	}
	if len(p.Changes) == 0 && string(draft.Text) == string(d.text(draft.File)) {
		p.Mistakes = append(p.Mistakes, "Nothing differs from what is live.")
	}
	return ctx.Err()
}

// anyWord stands for the word that a proposal asks for until its hash is
// known.
const anyWord = "?"

func (d *Desk) title(entry string) string {
	if m, ok := d.live().Entry(knowledge.ID(entry)); ok {
		return m.Title
	}
	return entry
}

// Propose freezes a draft and asks others to approve it.
func (d *Desk) Propose(ctx context.Context, a Actor, id int64, why string) (Proposal, error) {
	if err := d.need(a, Editor); err != nil {
		return Proposal{}, err
	}
	if err := d.begin(ctx); err != nil {
		return Proposal{}, err
	}
	defer d.mu.Unlock()
	draft, err := d.working(ctx, id)
	if err != nil {
		return Proposal{}, err
	}
	return d.propose(ctx, a, draft, why)
}

// propose freezes a draft: from here on its hash says what is approved. A new
// draft, or one that is not ready, stays as it is.
func (d *Desk) propose(ctx context.Context, a Actor, was store.Draft, why string) (Proposal, error) {
	if strings.TrimSpace(why) == "" {
		return Proposal{}, bot.VisibleError(fmt.Sprintf("Say why, so that others can judge it: admin propose %d because …", was.ID))
	}
	text, err := d.lapse(ctx, was)
	if err != nil {
		return Proposal{}, err
	}
	draft := was
	draft.Text, draft.Why, draft.Approvals, draft.Changed = text, why, nil, d.config.Now()
	p, err := d.proposal(ctx, draft)
	if err != nil || !p.Ready() {
		return p, err
	}
	p.Draft.State, p.Draft.Hash = store.Proposed, contentHash(draft, p.Files)
	return p, d.saveDraft(ctx, a, was, p.Draft, "propose", short(p.Draft.Hash)+": "+why)
}

// lapse is the text of a draft in which the sign-off of the entry ends, unless
// the wording alone changed, or this very text was live before: who signed the
// entry did not see any other.
func (d *Desk) lapse(ctx context.Context, draft store.Draft) ([]byte, error) {
	base, err := knowledge.Load(d.content.Load().with(map[string][]byte{draft.File: draft.Text}))
	if err != nil {
		return draft.Text, nil // the proposal says what is wrong
	}
	is, ok := base.Entry(knowledge.ID(draft.Entry))
	if !ok || is.Review.Status != knowledge.Verified {
		return draft.Text, nil
	}
	was, ok := d.live().Entry(is.ID)
	if ok && was.Review == is.Review && knowledge.Assess(d.live(), base).Wording {
		return draft.Text, nil
	}
	if draft.Kind != kindChange {
		if signed, err := d.wasLive(ctx, draft); signed || err != nil {
			return draft.Text, err
		}
	}
	return knowledge.SetReview(draft.File, draft.Text, knowledge.Review{Status: knowledge.Unreviewed, Due: is.Review.Due})
}

// wasLive reports whether the text of a draft, sign-off included, is the
// folder's or was live before.
func (d *Desk) wasLive(ctx context.Context, draft store.Draft) (bool, error) {
	if string(d.content.Load().folder[draft.File]) == string(draft.Text) {
		return true, nil
	}
	found := false
	err := d.config.Store.View(ctx, func(tx *store.Tx) error {
		revisions, err := tx.Revisions(draft.Entry, maxHistory)
		for _, r := range revisions {
			found = found || slices.ContainsFunc(r.Files, func(f store.File) bool {
				return f.Name == draft.File && string(f.Text) == string(draft.Text)
			})
		}
		return err
	})
	return found, err
}

// contentHash is what approvals bind to: the text, what it is laid over, and
// whatever else goes live with it.
func contentHash(draft store.Draft, files map[string][]byte) string {
	all := fmt.Appendf(nil, "%s\x00%s\x00%s\x00%t\x00%s", draft.Kind, draft.File, draft.From, draft.Text == nil, draft.Text)
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if name != draft.File {
			all = fmt.Appendf(all, "\x00%s\x00%s", name, knowledge.Hash(files[name]))
		}
	}
	return knowledge.Hash(all)
}

// short is as much of a hash as people compare.
func short(hash string) string { return hash[:min(8, len(hash))] }

// Reject ends a proposal, with the reason for its author.
func (d *Desk) Reject(ctx context.Context, a Actor, id int64, why string) (store.Draft, error) {
	if err := d.need(a, Approver); err != nil {
		return store.Draft{}, err
	}
	if strings.TrimSpace(why) == "" {
		return store.Draft{}, bot.VisibleError(fmt.Sprintf("Say why, so that the author can mend it: admin reject %d because …", id))
	}
	if err := d.begin(ctx); err != nil {
		return store.Draft{}, err
	}
	defer d.mu.Unlock()
	was, err := d.working(ctx, id)
	if err != nil {
		return was, err
	}
	draft := was // It goes back to its author: nothing that was typed is lost.
	draft.State, draft.Approvals, draft.Hash, draft.Changed = store.Editing, nil, "", d.config.Now()
	return draft, d.saveDraft(ctx, a, was, draft, "reject", why)
}

// Renew lays the draft's parts over what is live now, after somebody else's
// change went live in between.
func (d *Desk) Renew(ctx context.Context, a Actor, id int64) (store.Draft, error) {
	if err := d.need(a, Editor); err != nil {
		return store.Draft{}, err
	}
	if err := d.begin(ctx); err != nil {
		return store.Draft{}, err
	}
	defer d.mu.Unlock()
	was, err := d.working(ctx, id)
	if err != nil {
		return was, err
	}
	mine, err := knowledge.PartsOf(was.File, was.Text)
	if err != nil {
		return was, visible(err)
	}
	text, err := d.rebased(was, mine)
	if err != nil {
		return was, err
	}
	draft := was
	draft.Text, draft.Started = text, d.text(draft.File)
	draft.From = knowledge.Hash(draft.Started)
	return draft, d.saveEdit(ctx, a, was, &draft, "renew")
}

// rebased is the live text with the fields that the draft changed from the
// text it was started from.
func (d *Desk) rebased(draft store.Draft, mine []knowledge.Part) ([]byte, error) {
	was, err := knowledge.PartsOf(draft.File, draft.Started)
	if err != nil {
		return nil, err
	}
	before := map[string]string{}
	for _, p := range was {
		for _, f := range p.Fields {
			before[p.ID+"/"+f.Name] = f.Value
		}
	}
	text := d.text(draft.File)
	for _, p := range mine {
		values := map[string]string{}
		for _, f := range p.Fields {
			if f.Value != before[p.ID+"/"+f.Name] {
				values[f.Name] = f.Value
			}
		}
		if len(values) == 0 {
			continue
		}
		if text, err = knowledge.Edit(draft.File, text, p.ID, values); err != nil {
			return nil, bot.VisibleError(fmt.Sprintf("What draft %d changes in %q is no longer there. Start again from what is live: admin discard %d", draft.ID, p.Title, draft.ID))
		}
	}
	return text, nil
}
