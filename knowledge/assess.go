package knowledge

import (
	"cmp"
	"fmt"
	"maps"
	"math/big"
	"slices"
	"strings"

	"iobot/knowledge/quantity"
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

// ratio is by how much a quantity was multiplied, the worse of the two ends of
// a range. It is false where the unit or kind of the quantity changed, or where
// it is new or gone.
func (c Change) ratio() (*big.Rat, bool) {
	if len(c.gone) != 1 || len(c.added) != 1 {
		return nil, false
	}
	was, is := ends(c.gone[0].value), ends(c.added[0].value)
	if was == nil || is == nil || was.unit != is.unit || was.per != is.per {
		return nil, false
	}
	low, ok := timesAsMuch(was.low, is.low)
	high, okHigh := timesAsMuch(was.high, is.high)
	if !ok || !okHigh {
		return nil, false
	}
	if farther(low, high) {
		return low, true
	}
	return high, true
}

// farther says that x is farther from 1 than y is.
func farther(x, y *big.Rat) bool {
	one := big.NewRat(1, 1)
	size := func(r *big.Rat) *big.Rat {
		if r.Cmp(one) < 0 {
			return new(big.Rat).Inv(r)
		}
		return r
	}
	return size(x).Cmp(size(y)) > 0
}

// extent is a quantity with both ends and all that belongs to its unit.
type extent struct {
	low, high quantity.Amount
	unit      quantity.Unit
	per       string // whether per kg, and per which time
}

// ends takes a quantity apart, nil for any other value.
func ends(value any) *extent {
	switch v := value.(type) {
	case quantity.Amount:
		return &extent{v, v, v.Unit(), ""}
	case quantity.Dosage:
		return &extent{v.Low, v.High, v.High.Unit(), fmt.Sprintf("%t %s", v.PerKg, v.Per)}
	case quantity.Concentration:
		perMillilitre := quantity.NewAmount(v.PerMillilitre(), v.Amount.Unit())
		return &extent{perMillilitre, perMillilitre, v.Amount.Unit(), ""}
	default:
		return nil
	}
}

// timesAsMuch is how many times as much an amount is as another.
func timesAsMuch(was, is quantity.Amount) (*big.Rat, bool) {
	same, ok := is.In(was.Unit())
	if !ok {
		return nil, false
	}
	from, to := was.Value(), same.Value()
	if from.Sign() == 0 || to.Sign() == 0 {
		return nil, false
	}
	return new(big.Rat).Quo(to, from), true
}

// dangers says what is dangerous about a change.
func (c Change) dangers(names map[string]bool) []danger {
	if c.label == "" {
		if c.Kind <= WarningLost || strings.Contains(c.Text, " removed") {
			return []danger{{dosing, c.Text}}
		}
		return nil
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

// quantityDangers puts the change of a quantity into words.
func (c Change) quantityDangers() []danger {
	name := c.subject + ": " + nameOfField(c.label)
	if len(c.gone) != 1 || len(c.added) != 1 {
		return []danger{{dosing, c.Text}}
	}
	from, to := c.gone[0].text, c.added[0].text
	was, is := ends(c.gone[0].value), ends(c.added[0].value)
	ratio, same := c.ratio()
	switch {
	case was == nil || is == nil:
		return []danger{{dosing, c.Text}}
	case was.unit != is.unit || was.per != is.per:
		return []danger{{tenfold, fmt.Sprintf("%s is in another unit%s (%s → %s)", name, converted(was, is), from, to)}}
	case !same:
		return []danger{{dosing, c.Text}}
	case ratio.Cmp(big.NewRat(1, 1)) == 0:
		return []danger{{dosing, fmt.Sprintf("%s is written differently, the amount is the same (%s → %s)", name, from, to)}}
	}
	rank := dosing
	if ratio.Cmp(big.NewRat(5, 1)) >= 0 || ratio.Cmp(big.NewRat(1, 5)) <= 0 {
		rank = tenfold
	}
	return []danger{{rank, fmt.Sprintf("%s is %s (%s → %s)", name, inWords(ratio), from, to)}}
}

// converted says how much a quantity in a new unit is of what it was, where
// the two can be compared.
func converted(was, is *extent) string {
	ratio, ok := timesAsMuch(was.high, is.high)
	switch {
	case !ok || was.per != is.per:
		return ""
	case ratio.Cmp(big.NewRat(1, 1)) == 0:
		return ", the amount is the same"
	default:
		return ", " + inWords(ratio)
	}
}

// inWords says a ratio: "10 times as much", "divided by 10".
func inWords(ratio *big.Rat) string {
	if ratio.Cmp(big.NewRat(1, 1)) >= 0 {
		return grouped(shortNumber(ratio)) + " times as much"
	}
	return "divided by " + grouped(shortNumber(new(big.Rat).Inv(ratio)))
}

// grouped puts commas between the thousands of a number.
func grouped(number string) string {
	whole, rest, found := strings.Cut(number, ".")
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	if found {
		return whole + "." + rest
	}
	return whole
}

// moved finds names that lead to something else than before: whoever types one
// gets another answer.
func moved(before, after *Base) []danger {
	var all []danger
	add := func(name string, was, is *Meta) {
		if was.ID != is.ID {
			all = append(all, danger{tenfold, fmt.Sprintf("The name %q now means %s; it meant %s", name, is.Title, was.Title)})
		}
	}
	for _, name := range slices.Sorted(maps.Keys(after.names.drugs)) {
		if was, ok := before.names.drugs[name]; ok {
			add(name, &was.Meta, &after.names.drugs[name].Meta)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(after.names.sites)) {
		if was, ok := before.names.sites[name]; ok {
			add(name, &was.Meta, &after.names.sites[name].Meta)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(after.names.devices)) {
		if was, ok := before.names.devices[name]; ok {
			add(name, &was.Meta, &after.names.devices[name].Meta)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(after.names.populations)) {
		i, ok := before.names.populations[name]
		is := after.Populations[after.names.populations[name]]
		if ok && before.Populations[i].Name != is.Name {
			all = append(all, danger{tenfold, fmt.Sprintf("The word %q now means %s; it meant %s", name, is.Name, before.Populations[i].Name)})
		}
	}
	return append(all, movedUses(before, after)...)
}

// movedUses finds words for a use of a drug that lead to another use.
func movedUses(before, after *Base) []danger {
	var all []danger
	for _, is := range after.Drugs {
		was, known := before.Drug(is.ID)
		if !known {
			continue
		}
		old, current := was.useNames(), is.useNames()
		for _, name := range slices.Sorted(maps.Keys(current)) {
			if use, ok := old[name]; ok && use.ID != current[name].ID {
				all = append(all, danger{tenfold, fmt.Sprintf("%s: %q now means %s; it meant %s", is.Name, name, current[name].Name, use.Name)})
			}
		}
	}
	return all
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
