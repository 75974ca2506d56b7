package editorial

import (
	"context"
	"flag"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"iobot/bot/store"
	"iobot/knowledge"
)

var interleavings = flag.Int("interleavings", 150, "how many random orders of acts to try; the release tries 100,000")

// TestInterleavings lets four people on two platforms edit, propose, approve,
// reject, withdraw, restore and lose their roles in random order. Whatever
// goes live was agreed to by two others, on the very text that is live, as an
// account kept here by hand says.
func TestInterleavings(t *testing.T) {
	const workers = 2
	for worker := range workers {
		t.Run(fmt.Sprint(worker), func(t *testing.T) {
			t.Parallel()
			for seed := worker; seed < *interleavings; seed += workers {
				newShift(t, uint64(seed)).run(12)
			}
		})
	}
}

// shift is one random order of acts, with the test's own account of who did
// what to which draft.
type shift struct {
	*ward
	seed    uint64
	rand    *rand.Rand
	wrote   map[int64][]string          // who ever changed a draft
	agreed  map[int64]map[string]string // who agreed to which text of it, by name
	text    map[int64]string            // of a draft, as it was last proposed
	revoked map[string]bool
}

func newShift(t *testing.T, seed uint64) *shift {
	return &shift{
		ward: newWard(t), seed: seed, rand: rand.New(rand.NewPCG(seed, 1)),
		wrote: map[int64][]string{}, agreed: map[int64]map[string]string{}, text: map[int64]string{}, revoked: map[string]bool{},
	}
}

func (s *shift) run(steps int) {
	for range steps {
		s.step()
	}
}

// step is one random act of a random person. Most of them are refused.
func (s *shift) step() {
	ctx := s.t.Context()
	name := []string{"Ann", "Bo", "Cai", "Kim"}[s.rand.IntN(4)]
	a, ok := s.desk.Actor(request([]string{"slack", "discord"}[s.rand.IntN(2)], name))
	if !ok {
		return
	}
	draft := s.newest()
	switch s.rand.IntN(14) {
	case 0, 1, 2:
		e, err := s.desk.Edit(ctx, a, adrenaline, dosePart, map[string]string{"max": fmt.Sprint(1+s.rand.IntN(4)) + " mg"})
		if err == nil {
			s.changed(e.Draft.ID, name)
		}
	case 3, 4:
		if p, err := s.desk.Propose(ctx, a, draft.ID, "because"); err == nil && p.Ready() {
			s.text[p.Draft.ID] = string(p.Draft.Text)
		}
	case 5, 6, 7, 8, 9:
		s.agree(a, draft)
	case 10:
		_, _ = s.desk.Withdraw(ctx, a, adrenaline, "wrong")
	case 11:
		back := s.desk.Restore
		if s.rand.IntN(2) == 0 {
			back = func(ctx context.Context, a Actor, entry knowledge.ID, why string) (Proposal, error) {
				return s.desk.Rollback(ctx, a, entry, 0, why)
			}
		}
		if p, err := back(ctx, a, adrenaline, "as before"); err == nil {
			s.changed(p.Draft.ID, name)
			s.text[p.Draft.ID] = string(p.Draft.Text)
		}
	case 12:
		if d, err := s.desk.Renew(ctx, a, draft.ID); err == nil {
			s.changed(d.ID, name)
		}
	case 13:
		s.revoke(name)
	}
}

// agree approves what is proposed, or an earlier text of it.
func (s *shift) agree(a Actor, draft store.Draft) {
	hash := draft.Hash
	if s.rand.IntN(8) == 0 {
		hash = "0123456789abcdef"
	}
	p, err := s.desk.Show(s.t.Context(), draft.ID)
	if err != nil {
		return
	}
	done, err := s.desk.Approve(s.t.Context(), a, draft.ID, hash, p.Word)
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
}

// changed notes that somebody changed a draft, which voids what was agreed.
func (s *shift) changed(id int64, name string) {
	s.wrote[id] = append(s.wrote[id], name)
	s.agreed[id] = nil
}

// revoke takes somebody's right to approve, or gives it back.
func (s *shift) revoke(name string) {
	s.revoked[name] = !s.revoked[name]
	for i, p := range s.desk.config.People {
		if p.Name == name {
			s.desk.config.People[i].Roles = []Role{Editor}
			if !s.revoked[name] {
				s.desk.config.People[i].Roles = []Role{Editor, Approver}
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
