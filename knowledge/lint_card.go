package knowledge

import (
	"fmt"
	"slices"

	"iobot/knowledge/quantity"
)

// cardFile is where the bedside card stands.
const cardFile = "card.yaml"

// checkCard reports rows that could not be printed: those that are of no kind
// or of two, and uses and strengths that their drug does not have.
func checkCard(l *loader) {
	if l.base.Card == nil {
		return
	}
	rows, seen := 0, map[string]string{}
	for i, s := range l.base.Card.Sections {
		for j, item := range s.Items {
			at := fmt.Sprintf("sections[%d].items[%d]", i, j)
			rows++
			l.checkCardItem(item, at)
			if first, twice := seen[item.name()]; twice {
				l.at(cardFile, at, "is printed by "+first+" too; keep one")
			}
			seen[item.name()] = at
		}
	}
	if rows > maxCardRows {
		l.at(cardFile, "sections", fmt.Sprintf("holds %d rows, and a page at most %d; take some out", rows, maxCardRows))
	}
}

func (l *loader) checkCardItem(item CardItem, at string) {
	switch kinds := index(item.Drug != "") + index(item.Site != "") + index(item.Needle != ""); {
	case kinds != 1:
		l.at(cardFile, at, "is one of drug, site or needle; write exactly one of them")
	case item.Drug != "":
		l.checkCardDrug(item, at)
	case item.Use != "" || !item.Strength.IsZero():
		l.at(cardFile, at, "use and strength are for a drug; take them out")
	case item.Needle != "":
		if d, ok := l.base.Device(item.Needle); ok && len(d.Choose) == 0 {
			l.at(cardFile, join(at, "needle"), fmt.Sprintf(`%s says nothing in "choose"; name a device that does`, item.Needle))
		}
	}
}

// checkCardDrug checks a row of a drug. A drug that does not exist is a dead
// link, and one with problems of its own is not judged.
func (l *loader) checkCardDrug(item CardItem, at string) {
	if item.Drug.Kind() != "drug" || item.Drug.Part() != "" {
		l.at(cardFile, join(at, "drug"), fmt.Sprintf("%s is not the id of a drug; write drug: epinephrine and use: arrest", item.Drug))
		return
	}
	d, ok := l.base.Drug(item.Drug)
	if !ok {
		return
	}
	uses := d.Indications
	if item.Use != "" {
		in, found := d.Indication(item.Use)
		if !found {
			l.at(cardFile, join(at, "use"), fmt.Sprintf("%s has no indication %s; write one of its ids", item.Drug, item.Use))
			return
		}
		uses = []*Indication{in}
	}
	if !item.Strength.IsZero() && !drawnFrom(uses, item.Strength) {
		l.at(cardFile, join(at, "strength"), fmt.Sprintf("no rule of this use is drawn from %s; write a strength of its rules", item.Strength))
	}
}

// drawnFrom says that a rule of one of the uses is drawn from a strength.
func drawnFrom(uses []*Indication, strength quantity.Concentration) bool {
	return slices.ContainsFunc(uses, func(in *Indication) bool {
		return slices.ContainsFunc(in.Rules, func(r *Rule) bool { return slices.ContainsFunc(r.At, strength.Equal) })
	})
}
