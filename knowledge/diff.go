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
	Kind  ChangeKind
	Entry ID     // the entry or part it is about; empty for the folder itself
	Text  string // "EPINEPHrine, cardiac arrest, child: dose 0.01 mg/kg → 0.1 mg/kg (×10)"
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
	labels := slices.Sorted(maps.Keys(was.said))
	for label := range is.said {
		if was.said[label] == nil {
			labels = append(labels, label)
		}
	}
	var changes []Change
	for _, label := range labels {
		gone, added := onlyIn(was.said[label], is.said[label]), onlyIn(is.said[label], was.said[label])
		changes = append(changes, is.describe(label, gone, added)...)
	}
	return changes
}

// onlyIn lists what a says and b does not.
func onlyIn(a, b []said) []said {
	return keep(a, func(s said) bool { return !slices.ContainsFunc(b, func(t said) bool { return t.same(s) }) })
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
	return Change{Kind: p.kind, Entry: p.id, Text: text}
}

// describe puts the change of one field into words: one line for a value that
// was replaced, else one for each that went or came.
func (p *part) describe(label string, gone, added []said) []Change {
	kind, name := kindOfField(label), nameOfField(label)
	change := func(kind ChangeKind, format string, values ...any) Change {
		return Change{kind, p.id, p.subject + ": " + name + " " + fmt.Sprintf(format, values...)}
	}
	if len(gone) == 1 && len(added) == 1 {
		return []Change{change(kind, "%s → %s%s", gone[0].print(), added[0].print(), factor(gone[0].value, added[0].value))}
	}
	var changes []Change
	for _, s := range gone {
		changes = append(changes, change(kind, "removed: %s", s.print()))
	}
	for _, s := range added {
		if kind == WarningLost {
			kind = TextChange
		}
		changes = append(changes, change(kind, "added: %s", s.print()))
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
	switch label[strings.LastIndex(label, ".")+1:] {
	case "dose":
		return DoseChange
	case "min", "max", "total", "total_max":
		return CapChange
	case "age", "weight", "population", "primary", "other_only", "family":
		return BoundChange
	case "at", "strength", "mixture":
		return StrengthChange
	case "warnings", "cautions", "contraindications":
		return WarningLost
	case "aliases", "owner", "deputy", "related", "citation", "year", "url", "seen", "sources", "same", "words":
		return BackgroundChange
	default:
		return TextChange
	}
}

// nameOfField is a field as people read it: "max", "other name".
func nameOfField(label string) string {
	switch label {
	case "at":
		return "drawn from"
	case "warnings", "cautions", "contraindications":
		return strings.TrimSuffix(label, "s")
	default:
		return strings.ReplaceAll(strings.ReplaceAll(label, "_", " "), ".", " ")
	}
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
