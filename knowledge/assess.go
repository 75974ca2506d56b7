package knowledge

import (
	"cmp"
	"fmt"
	"math/big"
	"slices"
	"strings"
)

// Assessment says how dangerous the way from one revision to another is, for
// those who have to approve it.
type Assessment struct {
	Changes   []Change // Diff
	Wording   bool     // nothing changes but words: no number, dose, bound, warning, source, name or owner
	Dangers   []string // in words, the worst first: what an approver must not overlook
	Blocked   []string // why it may not go live at all, and what to do
	Typed     bool     // the approver must type a word: a dose changes by more than a fifth, or a limit, a strength or a unit does
	Approvals int      // how many people have to agree: 2, or 1 for wording
}

// Assess judges the change from one revision to another. It knows no medicine:
// it finds what is different in the way that wrong doses are different.
func Assess(before, after *Base) Assessment {
	a := Assessment{Changes: Diff(before, after), Wording: true, Approvals: 2}
	names := namesIn(before, after)
	var dangers []danger
	for _, c := range a.Changes {
		a.Wording = a.Wording && c.isWording(names)
		a.Typed = a.Typed || c.isLarge()
		dangers = append(dangers, c.dangers(names)...)
	}
	dangers = append(dangers, moved(before, after)...)
	slices.SortStableFunc(dangers, func(x, y danger) int { return cmp.Compare(x.rank, y.rank) })
	for _, d := range dangers {
		a.Dangers = append(a.Dangers, d.text)
	}
	a.Blocked = blocked(before, after)
	if a.Wording {
		a.Approvals = 1
	}
	return a
}

// danger is something an approver must not overlook.
type danger struct {
	rank int // the worst first
	text string
}

// The ranks of dangers.
const (
	tenfold     = iota // ten times as much or a tenth, or another unit
	dosing             // a dose, limit, strength or for whom
	lost               // a warning
	otherFigure        // a number in a text
	otherWord          // a word that turns a sentence round
)

// isLarge says that the approver has to type a word.
func (c Change) isLarge() bool {
	switch c.Kind {
	case CapChange, StrengthChange:
		return true
	case DoseChange:
		ratio, same := c.ratio()
		return !same || ratio.Cmp(big.NewRat(6, 5)) > 0 || ratio.Cmp(big.NewRat(4, 5)) < 0
	default:
		return false
	}
}

// dangers says what is dangerous about a change.
func (c Change) dangers(names map[string]bool) []danger {
	if c.label == "" {
		if c.Kind <= WarningLost || strings.Contains(c.Text, " removed") {
			return []danger{{dosing, c.Text}}
		}
		return nil
	}
	if c.reordered {
		return []danger{{dosing, c.Text}}
	}
	if ends(first(c.gone)) != nil || ends(first(c.added)) != nil {
		return c.quantityDangers()
	}
	var all []danger
	if figures := c.figures(); figures.differ() {
		rank := otherFigure
		if figures.tenfold() {
			rank = tenfold
		}
		all = append(all, danger{rank, c.Text + figures.note()})
	} else if c.Kind <= WarningLost {
		all = append(all, danger{min(int(c.Kind)+dosing, lost), c.Text})
	}
	if note := c.turns(names); note != "" && len(all) == 0 {
		all = append(all, danger{otherWord, c.Text + note})
	}
	return all
}

// first is the value of the first of a list, nil when there is none.
func first(list []said) any {
	if len(list) == 0 {
		return nil
	}
	return list[0].value
}

// blocked says why a revision may not go live at all.
func blocked(before, after *Base) []string {
	var all []string
	for _, count := range []struct {
		what    string
		was, is int
	}{
		{"entries", len(before.Entries()), len(after.Entries())},
		{"dose rules", len(before.ruleIDs()), len(after.ruleIDs())},
	} {
		if count.is*5 < count.was*4 {
			all = append(all, fmt.Sprintf("Only %d of %d %s would be left, and at most a fifth may go at once; take fewer out, or withdraw them one by one", count.is, count.was, count.what))
		}
	}
	return all
}

// ruleIDs lists all dose rules.
func (b *Base) ruleIDs() []ID {
	var all []ID
	for _, d := range b.Drugs {
		for _, in := range d.Indications {
			for _, r := range in.Rules {
				all = append(all, d.ID+"#"+ID(r.ID))
			}
		}
	}
	return all
}
