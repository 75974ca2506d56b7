package editorial

import (
	"context"
	"flag"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"slices"
	"testing"
	"testing/fstest"

	"iobot/bot/store"
)

var interleavings = flag.Int("interleavings", 200, "how many random orders of acts to try; the release tries 100,000")

// TestInterleavings lets four people on two platforms, some of them at a
// second process over the same store, edit, propose, approve, reject,
// withdraw, restore, sign and lose their roles in random order. Whatever goes
// live was agreed to by two others, on the very text that is live, as an
// account kept here by hand says.
func TestInterleavings(t *testing.T) {
	const orders, acts = 25, 12 // of a shift
	most := *interleavings
	if testing.Short() {
		most = min(most, 2*orders)
	}
	for from := 0; from < most; from += orders {
		t.Run(fmt.Sprint(from), func(t *testing.T) {
			t.Parallel()
			s := newShift(t, uint64(from))
			for range min(orders, most-from) {
				s.next()
				for range acts {
					s.step()
				}
			}
			s.audit()
		})
	}
}

// shift is many random orders of acts, one after the other on what the one
// before left behind, with the test's own account of who did what to which
// draft.
type shift struct {
	*ward
	desks   []*Desk // of two processes
	seed    uint64
	rand    *rand.Rand
	wrote   map[int64][]string          // who ever changed a draft
	agreed  map[int64]map[string]string // who agreed to which text of it, by name
	text    map[int64]string            // of a draft, as it was last proposed
	word    map[int64]string            // that it asks for
	revoked map[string]bool
	checked map[int64]bool // revisions that went live by approval
}

func newShift(t *testing.T, seed uint64) *shift {
	w := wardOver(t, onlyAdrenaline(t))
	return &shift{
		ward: w, desks: []*Desk{w.desk, w.openOver(w.openStore())}, seed: seed, rand: rand.New(rand.NewPCG(seed, 1)),
		wrote: map[int64][]string{}, agreed: map[int64]map[string]string{}, text: map[int64]string{}, word: map[int64]string{},
		revoked: map[string]bool{}, checked: map[int64]bool{},
	}
}

// onlyAdrenaline is a folder with a single entry.
func onlyAdrenaline(t testing.TB) fs.FS {
	small := fstest.MapFS{}
	for _, name := range []string{"knowledge.yaml", "sources.yaml", "drugs/epinephrine.yaml"} {
		text, err := fs.ReadFile(os.DirFS("../../knowledge/testdata/good"), name)
		if err != nil {
			t.Fatal(err)
		}
		small[name] = &fstest.MapFile{Data: text}
	}
	return small
}

// next begins another order: nobody works on anything, and everybody may do
// everything again.
func (s *shift) next() {
	if d := s.newest(); d.Author != "" {
		if _, err := s.desk.Discard(s.t.Context(), s.as("slack", d.Author), d.ID); err != nil {
			s.t.Fatal(err)
		}
	}
	for name := range s.revoked {
		if s.revoked[name] {
			s.revoke(name)
		}
	}
}

// act is something that one of the people tries.
type act func(ctx context.Context, a Actor, draft store.Draft)

// step is one random act of a random person, more often than not one that
// leads on. Most of them are refused.
func (s *shift) step() {
	s.desk = s.desks[s.rand.IntN(2)]
	name := []string{"Ann", "Bo", "Cai", "Kim"}[s.rand.IntN(4)]
	acts := []act{s.edit, s.edit, s.edit, s.propose, s.agree, s.withdraw, s.back, s.renew, s.revokeOne, s.revokeOne, s.sign}
	draft := s.newest()
	switch draft.State {
	case store.Proposed:
		acts = append(acts, slices.Repeat([]act{s.agree}, 20)...)
	case store.Editing:
		acts = append(acts, slices.Repeat([]act{s.propose}, 10)...)
	}
	if s.rand.IntN(2) == 0 && len(draft.Editors) > 0 && draft.State == store.Editing {
		name = draft.Editors[0]
	}
	a, ok := s.desk.Actor(request([]string{"slack", "discord"}[s.rand.IntN(2)], name))
	if !ok {
		s.t.Fatalf("%s is nobody", name)
	}
	acts[s.rand.IntN(len(acts))](s.t.Context(), a, draft)
}

func (s *shift) edit(ctx context.Context, a Actor, _ store.Draft) {
	e, err := s.desk.Edit(ctx, a, adrenaline, dosePart, map[string]string{"max": fmt.Sprint(1+s.rand.IntN(4)) + " mg"})
	if err == nil {
		s.changed(e.Draft.ID, a.Name)
	}
}

func (s *shift) propose(ctx context.Context, a Actor, draft store.Draft) {
	if p, err := s.desk.Propose(ctx, a, draft.ID, "because"); err == nil && p.Ready() {
		s.proposed(p)
	}
}

func (s *shift) withdraw(ctx context.Context, a Actor, _ store.Draft) {
	_, _ = s.desk.Withdraw(ctx, a, adrenaline, "wrong")
}

// back restores, or rolls back.
func (s *shift) back(ctx context.Context, a Actor, _ store.Draft) {
	p, err := s.desk.Restore(ctx, a, adrenaline, "as before")
	if err != nil {
		p, err = s.desk.Rollback(ctx, a, adrenaline, int64(s.rand.IntN(3)), "as before")
	}
	if err == nil {
		s.changed(p.Draft.ID, a.Name)
		s.proposed(p)
	}
}

func (s *shift) renew(ctx context.Context, a Actor, draft store.Draft) {
	if d, err := s.desk.Renew(ctx, a, draft.ID); err == nil {
		s.changed(d.ID, a.Name)
	}
}

func (s *shift) sign(ctx context.Context, a Actor, _ store.Draft) {
	_, _ = s.desk.Verify(ctx, a, adrenaline, s.now.AddDate(1, 0, 0))
}

func (s *shift) revokeOne(_ context.Context, a Actor, _ store.Draft) { s.revoke(a.Name) }

// agree approves what is proposed, or an earlier text of it.
func (s *shift) agree(ctx context.Context, a Actor, draft store.Draft) {
	hash := draft.Hash
	if s.rand.IntN(8) == 0 {
		hash = "0123456789abcdef"
	}
	done, err := s.desk.Approve(ctx, a, draft.ID, hash, s.word[draft.ID])
	if err != nil {
		return
	}
	if s.agreed[draft.ID] == nil {
		s.agreed[draft.ID] = map[string]string{}
	}
	s.agreed[draft.ID][a.Name] = s.text[draft.ID]
	if done.Live != nil {
		s.check(*done.Live)
	}
}

// check holds what went live against the test's own account.
func (s *shift) check(rev store.Revision) {
	live := string(rev.Files[0].Text)
	others := 0
	for name, text := range s.agreed[rev.Draft] {
		if text == live && !slices.Contains(s.wrote[rev.Draft], name) && !s.revoked[name] {
			others++
		}
	}
	if others < 2 {
		s.t.Errorf("seed %d: revision %d went live with the agreement of %d others; written by %v, agreed %v",
			s.seed, rev.Number, others, s.wrote[rev.Draft], rev.Approvers)
	}
	if string(s.desk.text(rev.Files[0].Name)) != live {
		s.t.Errorf("seed %d: revision %d is not what is live", s.seed, rev.Number)
	}
	s.checked[rev.Number] = true
}

// audit goes through all revisions: but for withdrawals and sign-offs, which
// change nothing else, each was checked. Both processes have the last one.
func (s *shift) audit() {
	revisions, err := s.desk.History(s.t.Context(), "", 0)
	if err != nil {
		s.t.Fatal(err)
	}
	for _, r := range revisions {
		alone := r.Kind == kindWithdraw || r.Kind == kindSignOff
		if !alone && !s.checked[r.Number] {
			s.t.Errorf("seed %d: nobody agreed to revision %d, %s", s.seed, r.Number, r.Kind)
		}
		if alone && r.Number > 1 {
			before, after := s.textAt(r.Number-1), s.textAt(r.Number)
			if !sameWords("drugs/epinephrine.yaml", before, after) {
				s.t.Errorf("seed %d: revision %d, %s, changed more than the sign-off", s.seed, r.Number, r.Kind)
			}
		}
	}
	s.t.Logf("%d revisions, %d of them approved by two others", len(revisions), len(s.checked))
	for _, d := range s.desks {
		d.Look(s.t.Context())
		if got := d.live().Revision; len(revisions) > 0 && got != revisions[0].Knowledge {
			s.t.Errorf("seed %d: %s is live, the last revision is %s", s.seed, got, revisions[0].Knowledge)
		}
	}
}

func (s *shift) textAt(revision int64) (text []byte) {
	err := s.store.View(s.t.Context(), func(tx *store.Tx) (err error) {
		text, err = s.desk.textAt(tx, "drugs/epinephrine.yaml", revision)
		return err
	})
	if err != nil {
		s.t.Fatal(err)
	}
	return text
}

// changed notes that somebody changed a draft, which voids what was agreed.
func (s *shift) changed(id int64, name string) {
	s.wrote[id] = append(s.wrote[id], name)
	s.agreed[id] = nil
}

func (s *shift) proposed(p Proposal) {
	s.text[p.Draft.ID], s.word[p.Draft.ID] = string(p.Draft.Text), p.Word
}

// revoke takes somebody's right to approve, or gives it back.
func (s *shift) revoke(name string) {
	s.revoked[name] = !s.revoked[name]
	for i, p := range s.people {
		if p.Name == name {
			s.people[i].Roles = []Role{Editor}
			if !s.revoked[name] {
				s.people[i].Roles = []Role{Editor, Approver}
			}
		}
	}
}

// newest is the draft that was started last.
func (s *shift) newest() store.Draft {
	all, err := s.desk.Drafts(s.t.Context())
	if err != nil || len(all) == 0 {
		return store.Draft{ID: 1}
	}
	return slices.MaxFunc(all, func(a, b store.Draft) int { return int(a.ID - b.ID) })
}
