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
)

// Approved is what became of an approval.
type Approved struct {
	Proposal Proposal
	Missing  int             // approvers that are still needed
	Live     *store.Revision // set when this was the last one
}

// Approve agrees to a proposal as it was shown: hash is the beginning of its
// hash, and word the one that the proposal asks for, if it does. With the last
// approval that is needed it goes live.
func (d *Desk) Approve(ctx context.Context, a Actor, id int64, hash, word string) (Approved, error) {
	if err := d.need(a, Approver); err != nil {
		return Approved{}, err
	}
	if err := d.begin(ctx); err != nil {
		return Approved{}, err
	}
	defer d.mu.Unlock()
	draft, err := d.working(ctx, id)
	if err != nil {
		return Approved{}, err
	}
	hash = strings.ToLower(strings.TrimSpace(hash))
	if err := mayApprove(a, draft, hash); err != nil {
		return Approved{}, err
	}
	p, err := d.proposal(ctx, draft)
	switch {
	case err != nil:
		return Approved{}, err
	case !p.Ready():
		return Approved{Proposal: p}, bot.VisibleError(fmt.Sprintf("Draft %d cannot go live: %s", id, strings.Join(p.Mistakes, "; ")))
	case contentHash(draft, p.Files) != draft.Hash:
		return Approved{Proposal: p}, bot.VisibleError(fmt.Sprintf(
			"What draft %d does is another thing now, because something else went live. It has to be proposed again: admin propose %d because …", id, id))
	case p.Word != "" && !strings.EqualFold(strings.TrimSpace(word), p.Word):
		return Approved{Proposal: p}, NeedWord{Draft: id, Hash: short(draft.Hash), Word: p.Word, Dangers: p.Dangers}
	}
	return d.count(ctx, a, draft, p)
}

// NeedWord is the error of an approval without the word that the proposal
// asks for.
type NeedWord struct {
	Draft   int64
	Hash    string
	Word    string
	Dangers []string
}

// Error says what to type.
func (n NeedWord) Error() string {
	return fmt.Sprintf("This changes a dose by more than a fifth, a cap or an expected answer. Look at the figures, then type: admin approve %d %s %s", n.Draft, n.Hash, n.Word)
}

// mayApprove refuses who wrote the draft, who agreed to it before, and who
// has seen another text.
func mayApprove(a Actor, draft store.Draft, hash string) error {
	switch {
	case draft.State != store.Proposed:
		return bot.VisibleError(fmt.Sprintf("Draft %d is not proposed. Its author proposes it with: admin propose %d because …", draft.ID, draft.ID))
	case slices.ContainsFunc(draft.Editors, forgotten):
		return bot.VisibleError(fmt.Sprintf("Somebody who worked on draft %d was forgotten, so nobody can tell that it was not you. "+
			"An editor has to write it again, after: admin discard %d", draft.ID, draft.ID))
	case draft.Author == a.Name || slices.Contains(draft.Editors, a.Name):
		return Denied(fmt.Sprintf("You worked on draft %d, so somebody else has to approve it.", draft.ID))
	case slices.ContainsFunc(draft.Approvals, func(x store.Approval) bool { return x.Person == a.Name && x.Hash == draft.Hash }):
		return Denied(fmt.Sprintf("You have approved draft %d already. Another person has to agree, too.", draft.ID))
	case len(hash) < len(short(draft.Hash)) || !strings.HasPrefix(draft.Hash, hash):
		return bot.VisibleError(fmt.Sprintf("Draft %d has changed since you looked at it. Look again: admin diff %d", draft.ID, draft.ID))
	}
	return nil
}

// forgotten reports whether a name is that of somebody who was erased.
func forgotten(name string) bool { return strings.HasPrefix(name, store.Forgotten) }

// count adds an approval to a proposal, and publishes it when that was the
// last one.
func (d *Desk) count(ctx context.Context, a Actor, was store.Draft, p Proposal) (Approved, error) {
	now := d.config.Now()
	p.Draft.Approvals = append(slices.Clone(was.Approvals), store.Approval{Person: a.Name, Hash: was.Hash, At: now})
	p.Draft.Changed = now
	by := d.approvers(p.Draft)
	if missing := p.Needed - len(by); missing > 0 {
		return Approved{Proposal: p, Missing: missing}, d.saveDraft(ctx, a, was, p.Draft, "approve", short(was.Hash))
	}
	p.Draft.State = store.Published
	rev := store.Revision{
		Kind: p.Draft.Kind, Author: p.Draft.Author, Approvers: by, Why: p.Draft.Why,
		Changes: p.Changes, Entries: []string{p.Draft.Entry}, Draft: p.Draft.ID,
	}
	for _, name := range slices.Sorted(maps.Keys(p.Files)) {
		rev.Files = append(rev.Files, d.content.Load().laid(name, p.Files[name]))
	}
	live, err := d.publish(ctx, change{Revision: rev, snapshot: p.snapshot, recall: d.recalls(p.snapshot)}, func(tx *store.Tx) error {
		if err := keep(tx, was, &p.Draft); err != nil {
			return err
		}
		return d.record(tx, a, "approve", p.Draft.Entry, fmt.Sprintf("draft %d %s", p.Draft.ID, short(was.Hash)))
	})
	if err != nil {
		return Approved{Proposal: p}, err
	}
	return Approved{Proposal: p, Live: &live}, nil
}

// approvers are the people whose approval counts: of this very text, by others
// than those who wrote it, who may approve now.
func (d *Desk) approvers(draft store.Draft) []string {
	var names []string
	for _, x := range draft.Approvals {
		p, ok := d.person(x.Person)
		counts := ok && p.Has(Approver) && x.Hash == draft.Hash && x.Person != draft.Author &&
			!slices.Contains(draft.Editors, x.Person) && !slices.Contains(names, x.Person)
		if counts {
			names = append(names, x.Person)
		}
	}
	return names
}

// recalls are the entries whose shared answers need a correction: a dose, a
// limit, a strength or a warning of theirs is another one, or they are gone.
func (d *Desk) recalls(after *index.Snapshot) []string {
	var entries []string
	for _, c := range knowledge.Diff(d.live(), after.Base()) {
		entry := string(c.Entry.Entry())
		wrong := c.Kind <= knowledge.WarningLost || c.Kind == knowledge.EntryChange
		if wrong && entry != "" && !slices.Contains(entries, entry) {
			entries = append(entries, entry)
		}
	}
	return entries
}
