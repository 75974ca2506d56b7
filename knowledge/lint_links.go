package knowledge

import (
	"fmt"
	"strings"
)

// checkIDs reports ids that stand twice where they must be told apart.
// Entries cannot clash: their ids are the names of their files.
func checkIDs(l *loader) {
	for _, d := range l.base.Drugs {
		uses, rules := newSeen(l, d.File), newSeen(l, d.File)
		for i, in := range d.Indications {
			uses.add(in.ID, fmt.Sprintf("indications[%d].id", i))
			for j, r := range in.Rules {
				rules.add(r.ID, fmt.Sprintf("indications[%d].rules[%d].id", i, j))
			}
		}
	}
	situations, refusals := newSeen(l, "site-choice.yaml"), newSeen(l, "refusals.yaml")
	for i, s := range l.base.Situations {
		situations.add(s.ID, fmt.Sprintf("situations[%d].id", i))
	}
	for i, r := range l.base.Refusals {
		refusals.add(r.ID, fmt.Sprintf("[%d].id", i))
	}
}

// seen remembers the ids of one kind in a file.
type seen struct {
	loader *loader
	file   string
	ids    map[string]bool
}

func newSeen(l *loader, file string) *seen { return &seen{l, file, map[string]bool{}} }

func (s *seen) add(id, path string) {
	switch {
	case !slugForm.MatchString(id):
		s.loader.at(s.file, path, fmt.Sprintf("%q is not an id; write a to z, digits and single hyphens", id))
	case s.ids[id]:
		s.loader.at(s.file, path, fmt.Sprintf("the id %s stands twice in this file; choose another", id))
	}
	s.ids[id] = true
}

// checkLinks reports references to entries and parts that do not exist.
func checkLinks(l *loader) {
	l.walk(l.base, func(file, path string, f field, value any) {
		id, isID := value.(ID)
		if !isID || f.name == "id" || id == "" {
			return
		}
		wantSite := file == "site-choice.yaml"
		switch {
		case wantSite && id.Kind() != "site":
			l.at(file, path, fmt.Sprintf("%s is not a site; write site/proximal-tibia", id))
		case !l.resolves(id):
			l.at(file, path, fmt.Sprintf("%s does not exist; correct it or delete it", id))
		}
	})
	for i, r := range l.base.Refusals {
		for j, offer := range r.Offer {
			if id := ID(offer); strings.Contains(offer, "/") && idForm.MatchString(offer) && !l.resolves(id) {
				l.at("refusals.yaml", fmt.Sprintf("[%d].offer[%d]", i, j), fmt.Sprintf("%s does not exist; correct it or delete it", id))
			}
		}
	}
}

// resolves says that an id leads somewhere. The parts of an entry that has
// problems of its own are taken on trust.
func (l *loader) resolves(id ID) bool {
	if !l.exists[id.Entry()] {
		return false
	}
	_, readable := l.base.Entry(id)
	return id.Part() == "" || !readable || l.base.hasPart(id)
}

// hasPart says that an entry has the part the id names.
func (b *Base) hasPart(id ID) bool {
	if a, isArticle := b.Article(id); isArticle && id.Kind() == "article" {
		_, found := a.Section(id.Part())
		return found
	}
	if d, isDrug := b.Drug(id); isDrug && id.Kind() == "drug" {
		_, isUse := d.Indication(id.Part())
		_, _, isRule := d.Rule(id.Part())
		return isUse || isRule
	}
	return false
}

// checkStrengths reports strengths that a rule draws from and the drug does
// not list as stocked, or that measure something else than the dose.
func checkStrengths(l *loader) {
	for p := range l.rules() {
		for i, strength := range p.rule.At {
			at := fmt.Sprintf("%s.at[%d]", p.path, i)
			if !p.drug.stocks(strength) {
				l.at(p.drug.File, at, fmt.Sprintf("%s is not among the drug's concentrations; add it there or correct it", strength))
			}
			if _, same := p.rule.Dosage.Low.Cmp(strength.Amount); !same {
				l.at(p.drug.File, at, fmt.Sprintf("a dose in %s cannot be drawn from %s; correct one of the two", p.rule.Dosage.Low.Unit(), strength))
			}
		}
	}
}
