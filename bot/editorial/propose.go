package editorial

import (
	"context"
	"fmt"
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
	d.mu.Lock()
	defer d.mu.Unlock()
	draft, err := d.working(ctx, id)
	if err != nil {
		return Proposal{}, err
	}
	return d.proposal(ctx, draft)
}

// proposal works out what a draft would change.
func (d *Desk) proposal(ctx context.Context, draft store.Draft) (Proposal, error) {
	p := Proposal{Draft: draft, Title: d.title(draft.Entry), Needed: 2, Files: map[string][]byte{draft.File: draft.Text}}
	for part := range draft.Typed {
		p.Mistakes = append(p.Mistakes, "Not taken over yet, because of a mistake: "+part)
	}
	if now := knowledge.Hash(d.text(draft.File)); draft.From != now {
		p.Mistakes = append(p.Mistakes, fmt.Sprintf(
			"The entry has changed since this draft was started. Look at the difference and type: admin renew %d", draft.ID))
	}
	snapshot, err := d.build(p.Files)
	if problems := problemsOf(err); problems != nil {
		for _, problem := range problems {
			p.Mistakes = append(p.Mistakes, problem.String())
		}
		return p, nil
	}
	if err != nil {
		return p, err
	}
	p.snapshot = snapshot
	return p, d.assess(ctx, &p)
}

// assess fills in what differs from the live knowledge.
func (d *Desk) assess(ctx context.Context, p *Proposal) error {
	before, after := d.library.Snapshot(), p.snapshot
	a := knowledge.Assess(before.Base(), after.Base())
	for _, c := range a.Changes {
		p.Changes = append(p.Changes, c.Text)
	}
	p.Mistakes = append(p.Mistakes, a.Blocked...)
	p.Dangers = a.Dangers
	p.Worked = dose.Worked(before.Base(), after.Base(), knowledge.ID(p.Draft.Entry))
	p.Golden = d.goldenChanges(ctx, before, after)
	if a.Wording && p.Draft.Kind == kindChange {
		p.Needed = 1
	}
	if a.Typed || slices.ContainsFunc(p.Golden, func(g GoldenChange) bool { return g.Wrong != "" }) {
		p.Word = confirmation(p.Draft.Hash)
	}
	if len(p.Changes) == 0 && string(p.Draft.Text) == string(d.text(p.Draft.File)) {
		p.Mistakes = append(p.Mistakes, "Nothing differs from what is live.")
	}
	return nil
}

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
	d.mu.Lock()
	defer d.mu.Unlock()
	draft, err := d.working(ctx, id)
	if err != nil {
		return Proposal{}, err
	}
	return d.propose(ctx, a, draft, why)
}

// propose freezes a draft: from here on its hash says what is approved. A new
// draft, or one that is not ready, stays as it is.
func (d *Desk) propose(ctx context.Context, a Actor, draft store.Draft, why string) (Proposal, error) {
	if strings.TrimSpace(why) == "" {
		return Proposal{}, bot.VisibleError(fmt.Sprintf("Say why, so that others can judge it: admin propose %d because …", draft.ID))
	}
	text, err := d.lapse(draft)
	if err != nil {
		return Proposal{}, err
	}
	draft.Text, draft.Why, draft.Approvals, draft.Changed = text, why, nil, d.config.Now()
	draft.Hash = contentHash(draft)
	p, err := d.proposal(ctx, draft)
	if err != nil || !p.Ready() {
		return p, err
	}
	p.Draft.State = store.Proposed
	return p, d.saveDraft(ctx, a, p.Draft, "propose", short(draft.Hash)+": "+why)
}

// lapse is the text of a draft in which the sign-off of the entry ends, unless
// the wording alone changed: who signed the entry did not see this.
func (d *Desk) lapse(draft store.Draft) ([]byte, error) {
	live, ok := d.live().Entry(knowledge.ID(draft.Entry))
	if !ok || draft.Kind != kindChange || live.Review.Status != knowledge.Verified {
		return draft.Text, nil
	}
	base, err := knowledge.Load(d.content(map[string][]byte{draft.File: draft.Text}))
	if err != nil {
		return draft.Text, nil // the proposal says what is wrong
	}
	if knowledge.Assess(d.live(), base).Wording {
		return draft.Text, nil
	}
	return knowledge.SetReview(draft.File, draft.Text, knowledge.Review{Status: knowledge.Unreviewed, Due: live.Review.Due})
}

// contentHash is what approvals bind to: the text, and what it is laid over.
func contentHash(draft store.Draft) string {
	return knowledge.Hash(fmt.Appendf(nil, "%s\x00%s\x00%s\x00%s", draft.Kind, draft.File, draft.From, draft.Text))
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
	d.mu.Lock()
	defer d.mu.Unlock()
	draft, err := d.working(ctx, id)
	if err != nil {
		return draft, err
	}
	// It goes back to its author: nothing that was typed is lost.
	draft.State, draft.Approvals, draft.Hash, draft.Changed = store.Editing, nil, "", d.config.Now()
	return draft, d.saveDraft(ctx, a, draft, "reject", why)
}

// Renew lays the draft's parts over what is live now, after somebody else's
// change went live in between.
func (d *Desk) Renew(ctx context.Context, a Actor, id int64) (store.Draft, error) {
	if err := d.need(a, Editor); err != nil {
		return store.Draft{}, err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	draft, err := d.working(ctx, id)
	if err != nil {
		return draft, err
	}
	mine, err := partsOf(draft)
	if err != nil {
		return draft, err
	}
	text, err := d.rebased(draft, mine)
	if err != nil {
		return draft, err
	}
	draft.Text, draft.Started = text, d.text(draft.File)
	draft.From = knowledge.Hash(draft.Started)
	return draft, d.saveEdit(ctx, a, &draft, "renew")
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
