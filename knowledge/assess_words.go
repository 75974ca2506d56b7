package knowledge

import (
	"fmt"
	"maps"
	"math/big"
	"regexp"
	"slices"
	"strings"
)

// wordingFields are the fields in which a change may be one of wording only.
// A field is left out when a word in it can change who is treated, with how
// much, or by whom a statement is backed.
const wordingFields = " lead title topic for class io flush notes others_say summary advantages steps position angle needle depth" +
	" device check dwell mri sites find because say related aliases asked same words subject "

// isWording says that a change is one of words only.
func (c Change) isWording(names map[string]bool) bool {
	field := c.label[strings.LastIndex(c.label, apart)+1:]
	switch {
	case c.label == "" || c.reordered || c.Kind != TextChange && c.Kind != BackgroundChange:
		return false
	case field == "aliases" && c.Entry.Kind() != "article" || field == "title" && c.Entry.Kind() != "article":
		return false
	case field == "asked" || field == "aliases" || field == "related":
		return true
	case !strings.HasPrefix(c.label, "#") && !strings.Contains(wordingFields, " "+field+" "):
		return false
	case len(c.gone) != len(c.added) || !sameSources(c.gone, c.added):
		return false
	}
	return !c.figures().differ() && c.turns(names) == ""
}

// sameSources says that statements cite the same sources as others.
func sameSources(x, y []said) bool {
	return slices.EqualFunc(x, y, func(a, b said) bool {
		s, isStatement := a.value.(Statement)
		t, isToo := b.value.(Statement)
		return isStatement == isToo && slices.Equal(s.Sources, t.Sources)
	})
}

// figures are the numbers that a field said and says, each with its
// unit, without those that stay.
type figures struct{ was, is []figure }

// figure is a number in a text.
type figure struct {
	value *big.Rat
	unit  string
	text  string // "5 mL"
}

// figureForm is a number and the unit behind it.
var figureForm = regexp.MustCompile(`(\d+(?:,\d{3})*(?:\.\d+)?)(?:\s?((?:` + units + `)\b(?:/\w+)*|%))?`)

// figures are the numbers in which a change differs.
func (c Change) figures() figures {
	was, is := figuresOf(c.gone), figuresOf(c.added)
	return figures{lacking(was, is), lacking(is, was)}
}

func figuresOf(list []said) []figure {
	var all []figure
	for _, s := range list {
		for _, m := range figureForm.FindAllStringSubmatch(s.text, -1) {
			value, ok := new(big.Rat).SetString(strings.ReplaceAll(m[1], ",", ""))
			if ok {
				all = append(all, figure{value, m[2], strings.TrimSpace(m[0])})
			}
		}
	}
	return all
}

// lacking lists the figures of a that b does not hold as often.
func lacking(a, b []figure) []figure {
	rest := slices.Clone(b)
	return keep(a, func(f figure) bool {
		i := slices.IndexFunc(rest, func(g figure) bool { return f.text == g.text })
		if i >= 0 {
			rest = slices.Delete(rest, i, i+1)
		}
		return i < 0
	})
}

func (f figures) differ() bool { return len(f.was) > 0 || len(f.is) > 0 }

// tenfold says that a number became ten times as large or a tenth, or that
// its unit changed.
func (f figures) tenfold() bool {
	return slices.ContainsFunc(f.pairs(), func(p [2]figure) bool { return p[0].swapped(p[1]) || p[0].slipped(p[1]) })
}

// pairs puts the numbers that went beside those that came.
func (f figures) pairs() [][2]figure {
	if len(f.was) != len(f.is) {
		return nil
	}
	pairs := make([][2]figure, len(f.was))
	for i := range f.was {
		pairs[i] = [2]figure{f.was[i], f.is[i]}
	}
	return pairs
}

// swapped says that only the unit differs.
func (f figure) swapped(g figure) bool { return f.value.Cmp(g.value) == 0 && f.unit != g.unit }

// slipped says that the decimal point moved.
func (f figure) slipped(g figure) bool {
	if f.value.Sign() == 0 || g.value.Sign() == 0 {
		return false
	}
	ratio := new(big.Rat).Quo(g.value, f.value)
	for range 3 {
		ratio.Mul(ratio, big.NewRat(10, 1))
	}
	for range 7 {
		if ratio.Cmp(big.NewRat(1, 1)) == 0 {
			return f.value.Cmp(g.value) != 0
		}
		ratio.Quo(ratio, big.NewRat(10, 1))
	}
	return false
}

// note points out how the numbers differ, where a reader may overlook it.
func (f figures) note() string {
	var notes []string
	for _, p := range f.pairs() {
		switch was, is := p[0], p[1]; {
		case was.swapped(is):
			notes = append(notes, fmt.Sprintf("%s became %s: another unit", was.text, is.text))
		case was.slipped(is):
			notes = append(notes, fmt.Sprintf("%s became %s: %s", was.text, is.text, inWords(new(big.Rat).Quo(is.value, was.value))))
		default:
			notes = append(notes, fmt.Sprintf("%s became %s", was.text, is.text))
		}
	}
	if len(notes) == 0 {
		return ""
	}
	return " (" + strings.Join(notes, "; ") + ")"
}

// turning are words that turn a sentence round, or say how many, where or in
// which unit. The names of drugs, bones, devices and groups of patients count
// too.
const turning = " no not never none nothing without avoid only must cannot unless except before after until than less more" +
	" under over above below at least most up down left right medial lateral inner outer front back proximal distal superior inferior" +
	" upper lower first last one two three four five six seven eight nine ten twelve twenty half third quarter twice once double" +
	" hourly daily weekly min h s d minute minutes hour hours day days week weeks month months year years" +
	" mcg mg g kg ml l mm cm units milliunits mmol meq percent degrees" +
	" increase decrease raise lower start stop give do don't may should yes safe unsafe contraindicated" +
	" pink blue yellow red green white finger fingers breadth breadths "

// turns says which words that turn a sentence round came or went.
func (c Change) turns(names map[string]bool) string {
	was, is := tellingWords(c.gone, names), tellingWords(c.added, names)
	var notes []string
	for _, word := range slices.Sorted(maps.Keys(is)) {
		if is[word] > was[word] {
			notes = append(notes, fmt.Sprintf("%q is new", word))
		}
	}
	for _, word := range slices.Sorted(maps.Keys(was)) {
		if was[word] > is[word] {
			notes = append(notes, fmt.Sprintf("%q is gone", word))
		}
	}
	if len(notes) == 0 {
		return ""
	}
	return " (" + strings.Join(notes, ", ") + ")"
}

// tellingWords counts the words of values that turn a sentence round.
func tellingWords(list []said, names map[string]bool) map[string]int {
	counts := map[string]int{}
	for _, s := range list {
		for _, word := range wordsOf(s.text) {
			if names[word] {
				counts[word]++
				continue
			}
			for piece := range strings.SplitSeq(word, "-") { // "per-kg"
				if strings.Contains(turning, " "+piece+" ") {
					counts[piece]++
				}
			}
		}
	}
	return counts
}

// wordsOf are the words of a text in lower case.
func wordsOf(text string) []string {
	return strings.FieldsFunc(strings.ToLower(text), func(r rune) bool {
		return strings.ContainsRune(" \t\n.,;:!?()[]\"/&=×±", r)
	})
}

// namesIn are the words of all names in two revisions.
func namesIn(bases ...*Base) map[string]bool {
	words := map[string]bool{}
	add := func(names []string) {
		for _, name := range names {
			for _, word := range wordsOf(name) {
				words[word] = true
			}
		}
	}
	for _, b := range bases {
		for _, d := range b.Drugs {
			add(d.names())
		}
		for _, s := range b.Sites {
			add([]string{s.Title})
		}
		for _, d := range b.Devices {
			add([]string{d.Title})
		}
		for _, p := range b.Populations {
			add(append([]string{p.Name}, p.Aliases...))
		}
	}
	return words
}
