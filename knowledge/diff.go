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

// Change is one difference between two revisions, in words.
type Change struct {
	Kind        ChangeKind
	Entry       ID     // the entry or part it is about; empty for the folder itself
	Text        string // "EPINEPHrine, cardiac arrest, child: dose 0.01 mg/kg → 0.1 mg/kg (×10)"
	subject     string // "EPINEPHrine, cardiac arrest, child"
	label       string // the field; empty when a part is new or gone as a whole
	gone, added []said // what the field said, and what it says
	reordered   bool   // the same is said in another order
}

// ChangeKind says what a change touches.
type ChangeKind int

// The kinds of change, the most dangerous first: Diff sorts by them.
const (
	DoseChange       ChangeKind = iota // a dose, or a whole rule
	CapChange                          // a smallest, largest or total dose
	BoundChange                        // for whom a rule is
	StrengthChange                     // what is drawn from
	WarningLost                        // a warning or caution is gone
	TextChange                         // anything else that is said
	EntryChange                        // an entry is new or gone
	BackgroundChange                   // sources, words, owners
)

// Diff says what differs in b from a, doses first.
func Diff(a, b *Base) []Change {
	before, after := partsOf(a), partsOf(b)
	keys := slices.Collect(maps.Keys(before))
	for key := range after {
		if before[key] == nil {
			keys = append(keys, key)
		}
	}
	slices.Sort(keys)
	var changes []Change
	for _, key := range keys {
		changes = append(changes, compare(before[key], after[key], after)...)
	}
	slices.SortStableFunc(changes, func(x, y Change) int { return cmp.Compare(x.Kind, y.Kind) })
	return changes
}

// compare says what differs between two revisions of a part. What went with
// the entry it belonged to is not mentioned; what came with one is, since a
// new drug brings new doses.
func compare(was, is *part, after map[string]*part) []Change {
	switch {
	case was == nil:
		return []Change{is.whole("new " + is.sort)}
	case is == nil && was.parent != "" && after[was.parent] == nil:
		return nil
	case is == nil:
		return []Change{was.whole(was.sort + " removed")}
	}
	labels := map[string]bool{}
	for _, said := range []map[string][]said{was.said, is.said} {
		for label := range said {
			labels[label] = true
		}
	}
	var changes []Change
	for _, label := range slices.Sorted(maps.Keys(labels)) {
		changes = append(changes, is.differences(label, was.said[label], is.said[label])...)
	}
	return changes
}

// differences says how the values of a field differ.
func (p *part) differences(label string, was, is []said) []Change {
	gone, added := without(was, is), without(is, was)
	if len(gone) > 0 || len(added) > 0 {
		return p.describe(label, gone, added)
	}
	kind := kindOfField(label)
	if kind == BackgroundChange || slices.EqualFunc(was, is, said.same) {
		return nil
	}
	text := fmt.Sprintf("%s: %s in another order: %s → %s", p.subject, nameOfField(label), printAll(was), printAll(is))
	return []Change{{kind, p.id, text, p.subject, label, was, is, true}}
}

func printAll(list []said) string {
	texts := make([]string, len(list))
	for i, s := range list {
		texts[i] = s.print()
	}
	return strings.Join(texts, "; ")
}

// without lists what a says and b does not, or not as often.
func without(a, b []said) []said {
	rest := slices.Clone(b)
	return keep(a, func(s said) bool {
		i := slices.IndexFunc(rest, s.same)
		if i >= 0 {
			rest = slices.Delete(rest, i, i+1)
		}
		return i < 0
	})
}

// same says that two values read the same and cite the same.
func (s said) same(t said) bool {
	x, y := s.value, t.value
	sx, isStatement := x.(Statement)
	if !isStatement {
		return s.text == t.text
	}
	sy, _ := y.(Statement)
	return s.text == t.text && slices.Equal(sx.Sources, sy.Sources)
}

// whole is the change that a part is new or removed as a whole.
func (p *part) whole(what string) Change {
	text := p.subject + ": " + what
	if p.gist != "" {
		text += ": " + p.gist
	}
	return Change{Kind: p.kind, Entry: p.id, Text: text, subject: p.subject}
}

// describe puts the change of one field into words: one line for a value that
// was replaced, else one for each that went or came.
func (p *part) describe(label string, gone, added []said) []Change {
	kind, name := kindOfField(label), nameOfField(label)
	change := func(kind ChangeKind, gone, added []said, format string, values ...any) Change {
		return Change{kind, p.id, p.subject + ": " + name + " " + fmt.Sprintf(format, values...), p.subject, label, gone, added, false}
	}
	if len(gone) == 1 && len(added) == 1 {
		return []Change{change(kind, gone, added, "%s → %s%s", gone[0].print(), added[0].print(), factor(gone[0].value, added[0].value))}
	}
	var changes []Change
	for i, s := range gone {
		changes = append(changes, change(kind, gone[i:i+1], nil, "removed: %s", s.print()))
	}
	for i, s := range added {
		if kind == WarningLost {
			kind = TextChange
		}
		changes = append(changes, change(kind, nil, added[i:i+1], "added: %s", s.print()))
	}
	return changes
}

// print is a value as a change quotes it: sentences in quotation marks, with
// their sources.
func (s said) print() string {
	statement, isStatement := s.value.(Statement)
	if !isStatement {
		return s.text
	}
	return fmt.Sprintf("%q [%s]", s.text, strings.Join(statement.Sources, "]["))
}

// kindOfField says how much a change of a field matters.
func kindOfField(label string) ChangeKind {
	switch label[strings.LastIndex(label, apart)+1:] {
	case "dose":
		return DoseChange
	case "min", "max", "total", "total_max", "total_note":
		return CapChange
	case "age", "weight", "population", "primary", "other_only", "family", "grade", "use", "instructions", "first", "avoid":
		return BoundChange
	case "at", "strength", "mixture", "container", "label":
		return StrengthChange
	case "warnings", "cautions", "contraindications", "difference":
		return WarningLost
	case "aliases", "owner", "deputy", "related", "citation", "year", "url", "seen", "sources", "same", "words", "subject", "asked":
		return BackgroundChange
	default:
		return TextChange
	}
}

// nameOfField is a field as people read it: "max", "other name".
func nameOfField(label string) string {
	outer, name := label[:strings.LastIndex(label, apart)+1], label[strings.LastIndex(label, apart)+1:]
	switch name {
	case "at":
		name = "drawn from"
	case "warnings", "cautions", "contraindications":
		name = strings.TrimSuffix(name, "s")
	default:
		name = strings.ReplaceAll(name, "_", " ")
	}
	return strings.ReplaceAll(outer, apart, ", ") + name
}

// factor says how many times larger or smaller a quantity became: " (×10)".
// It is empty for what cannot be compared.
func factor(was, is any) string {
	from, to, ok := amounts(was, is)
	if !ok {
		return ""
	}
	same, ok := to.In(from.Unit())
	if !ok || from.IsZero() || from.Value().Sign() == 0 {
		return ""
	}
	ratio := new(big.Rat).Quo(same.Value(), from.Value())
	switch ratio.Cmp(big.NewRat(1, 1)) {
	case 0:
		return " (the same amount)"
	case 1:
		return " (×" + shortNumber(ratio) + ")"
	default:
		return " (÷" + shortNumber(ratio.Inv(ratio)) + ")"
	}
}

// amounts finds the figures to compare of two values of one field.
func amounts(was, is any) (from, to quantity.Amount, ok bool) {
	switch was := was.(type) {
	case quantity.Amount:
		to, ok = is.(quantity.Amount)
		return was, to, ok
	case quantity.Dosage:
		other, isDosage := is.(quantity.Dosage)
		return was.High, other.High, isDosage && was.PerKg == other.PerKg && was.Per == other.Per
	default:
		return from, to, false
	}
}

// shortNumber prints a ratio with at most two decimals.
func shortNumber(r *big.Rat) string {
	text := r.FloatString(2)
	return strings.TrimSuffix(strings.TrimRight(text, "0"), ".")
}
