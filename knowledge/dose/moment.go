package dose

import (
	"slices"

	"iobot/knowledge/quantity"
)

// moment is a stretch of life within which no rule, population or band of
// believed weights begins or ends, or the delivery room. Under zero is no
// upper end.
type moment struct {
	birth       bool
	from, under quantity.Age
}

// in says that the moment belongs to a range of ages.
func (m moment) in(r quantity.AgeRange) bool {
	if m.birth {
		return r.AtBirth
	}
	return r.Contains(m.from)
}

// moments cuts life into moments, the delivery room first.
func (s *selector) moments() []moment {
	cuts := s.cuts()
	list := append(make([]moment, 0, 1+len(cuts)), moment{birth: true})
	for i, from := range cuts {
		m := moment{from: from}
		if i+1 < len(cuts) {
			m.under = cuts[i+1]
		}
		list = append(list, m)
	}
	return list
}

// cuts lists every age at which something begins or ends, rising from 0.
func (s *selector) cuts() []quantity.Age {
	cuts := make([]quantity.Age, 0, 32)
	cut := func(a quantity.Age) {
		if at, known := slices.BinarySearch(cuts, a); !known {
			cuts = slices.Insert(cuts, at, a)
		}
	}
	add := func(r quantity.AgeRange) { cut(r.From); cut(r.Under) }
	add(quantity.AgeRange{})
	add(quantity.AgeRange{From: s.ask.Patient.Age, Under: s.ask.Patient.AgeUnder})
	for _, in := range s.asked() {
		for _, rule := range in.Rules {
			add(rule.Age)
		}
	}
	for _, p := range s.base.Populations {
		add(p.Age)
	}
	for _, p := range s.base.Plausible {
		add(p.Age)
	}
	return cuts
}

// named lists the moments that the age and the population leave open.
func (s *selector) named() []moment {
	return slices.DeleteFunc(s.moments(), func(m moment) bool { return !s.ofAge(m) || !s.ofPopulation(m) })
}

// ofAge says that the patient may be at a moment by the age given. An age of
// under a day may still be the delivery room.
func (s *selector) ofAge(m moment) bool {
	p := s.ask.Patient
	switch {
	case !p.HasAge():
		return true
	case m.birth:
		return p.Age == 0 && p.AgeUnder <= quantity.Day
	default:
		return m.from >= p.Age && m.from < p.AgeUnder
	}
}

// ofPopulation says that the patient may be at a moment by the population. One
// that the knowledge base does not know fits nobody.
func (s *selector) ofPopulation(m moment) bool {
	name := s.ask.Patient.Population
	return name == "" || s.isPopulation(m, name)
}

// isPopulation says that a moment belongs to a population by its name.
func (s *selector) isPopulation(m moment, name string) bool {
	for _, p := range s.base.Populations {
		if p.Name == name {
			return m.in(p.Age)
		}
	}
	return false
}

// believed lists the moments at which the weight is believed. Without a weight
// that is all of them.
func (s *selector) believed(list []moment) []moment {
	w := s.ask.Patient.Weight
	if w == 0 || len(s.base.Plausible) == 0 {
		return list
	}
	open := make([]moment, 0, len(list))
	for _, m := range list {
		for _, band := range s.base.Plausible {
			if m.in(band.Age) && band.Weight.Contains(w) {
				open = append(open, m)
				break
			}
		}
	}
	return open
}

// weightsAt is the range from the lightest to the heaviest weight believed at
// any of the moments.
func (s *selector) weightsAt(list []moment) quantity.WeightRange {
	var all quantity.WeightRange
	first := true
	for _, m := range list {
		for _, band := range s.base.Plausible {
			if !m.in(band.Age) {
				continue
			}
			if first || band.Weight.From < all.From {
				all.From, all.FromExclusive = band.Weight.From, band.Weight.FromExclusive
			}
			if first || all.To != 0 && (band.Weight.To == 0 || band.Weight.To > all.To) {
				all.To, all.ToExclusive = band.Weight.To, band.Weight.ToExclusive
			}
			first = false
		}
	}
	return all
}
