package editorial

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"iobot/bot"
	"iobot/bot/store"
	"iobot/index"
	"iobot/knowledge"
)

// TestTogether lets eight people at two processes do random acts at the same
// time. What the store holds afterwards says that each change was made from
// what was live, that two others agreed to it, and that nobody's edit was
// overwritten.
func TestTogether(t *testing.T) {
	w := wardOver(t, onlyAdrenaline(t))
	desks := []*Desk{w.desk, w.openOver(w.openStore())}
	var all sync.WaitGroup
	var writing atomic.Int64
	writing.Store(3)
	for i := range 8 {
		all.Go(func() {
			if i < 3 {
				defer writing.Add(-1)
			}
			a := Actor{Person: w.people[i/2], Account: fmt.Sprintf("slack:T1/%d", i)}
			random := rand.New(rand.NewPCG(uint64(i), 7))
			for n := 0; n < 40 || i >= 3 && writing.Load() > 0; n++ {
				hurry(t, desks[i%2], a, i < 3, random)
			}
		})
	}
	all.Wait()
	acts, err := w.desk.Acts(t.Context(), "", 0)
	if err != nil {
		t.Fatal(err)
	}
	published := 0
	err = w.store.View(t.Context(), func(tx *store.Tx) error {
		revisions, err := tx.Revisions("", 0)
		for _, r := range revisions {
			if r.Draft == 0 {
				continue
			}
			published++
			draft, err := tx.Draft(r.Draft)
			if err != nil {
				return err
			}
			w.checkRevision(tx, r, draft, acts)
		}
		return err
	})
	if n, audit := w.store.VerifyAudit(t.Context()); err != nil || audit != nil || n == 0 || published == 0 {
		t.Errorf("%d published, %d acts, %v, %v", published, n, err, audit)
	}
	t.Logf("%d published, %d acts", published, len(acts))
}

// hurry does a random act and does not look at the result. Not everybody
// writes, or nobody would be left to approve.
func hurry(t *testing.T, d *Desk, a Actor, writes bool, random *rand.Rand) {
	ctx := t.Context()
	var draft store.Draft
	if drafts, err := d.Drafts(ctx); err == nil && len(drafts) > 0 {
		draft = drafts[0]
	}
	switch n := random.IntN(20); {
	case n == 0 && writes:
		_, _ = d.Withdraw(ctx, a, adrenaline, "wrong")
	case draft.State == store.Proposed && (!writes || n < 5):
		_, _ = d.Approve(ctx, a, draft.ID, draft.Hash, confirmation(draft.Hash))
	case draft.State == store.Proposed && n < 17:
		_, _ = d.Show(ctx, draft.ID)
	case draft.State == store.Editing && (!writes || n < 10):
		_, _ = d.Propose(ctx, a, draft.ID, "because")
	case !writes:
	case n < 16:
		_, _ = d.Edit(ctx, a, adrenaline, dosePart, map[string]string{"max": fmt.Sprint(1+random.IntN(9)) + " mg"})
	case n < 17:
		_, _ = d.Restore(ctx, a, adrenaline, "right")
	case n < 18:
		_, _ = d.Renew(ctx, a, draft.ID)
	default:
		_, _ = d.Discard(ctx, a, draft.ID)
	}
}

// checkRevision holds a revision against its draft and the audit.
func (w *ward) checkRevision(tx *store.Tx, r store.Revision, draft store.Draft, acts []store.Act) {
	w.t.Helper()
	before, err := w.desk.textAt(tx, draft.File, r.Number-1)
	if err != nil || knowledge.Hash(before) != draft.From {
		w.t.Errorf("revision %d was not made from the one before it, %v", r.Number, err)
	}
	if string(r.Files[0].Text) != string(draft.Text) || contentHash(draft, nil) != draft.Hash {
		w.t.Errorf("revision %d is not the text that was approved", r.Number)
	}
	var others []string
	for _, x := range draft.Approvals {
		if x.Hash == draft.Hash && !slices.Contains(draft.Editors, x.Person) && !slices.Contains(others, x.Person) {
			others = append(others, x.Person)
		}
	}
	if len(others) < 2 {
		w.t.Errorf("revision %d was approved by %v", r.Number, others)
	}
	for _, act := range acts {
		if act.Verb == "edit" && strings.HasPrefix(act.Detail, fmt.Sprintf("draft %d:", draft.ID)) && !slices.Contains(draft.Editors, act.Person) {
			w.t.Errorf("the edit of draft %d by %s is overwritten", draft.ID, act.Person)
		}
	}
}

// TestPublishedMeanwhile: while the last approval is being worked out, another
// process withdraws the entry. It stays withdrawn.
func TestPublishedMeanwhile(t *testing.T) {
	w := newWard(t)
	w.put("golden.yaml", "- ask: drug/epinephrine\n  outcome: answer\n")
	here := w.open()
	p := func() Proposal {
		w.desk = here
		return w.propose("Ann", w.edit("Ann", "2 mg").ID)
	}()
	w.approve("Bo", p)
	asked := false
	w.answer = func(ctx context.Context, s *index.Snapshot, q bot.Request) bot.Reply {
		if !asked {
			asked = true
			if _, err := here.Withdraw(ctx, Actor{Person: w.people[3]}, adrenaline, "wrong"); err != nil {
				t.Error(err)
			}
		}
		return titles(ctx, s, q)
	}
	there := w.openOver(w.openStore())
	_, err := there.Approve(t.Context(), w.as("slack", "Cai"), p.Draft.ID, p.Draft.Hash, p.Word)
	if !asked || !errors.Is(err, store.ErrConflict) {
		t.Errorf("approved meanwhile: %v", err)
	}
	there.Look(t.Context())
	for _, d := range []*Desk{here, there, w.openOver(w.store)} {
		if got := w.statusIn(d, adrenaline); got != knowledge.Withdrawn {
			t.Errorf("it is %s", got)
		}
	}
}
