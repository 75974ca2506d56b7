package knowledge

import "iobot/knowledge/quantity"

// Ages lists every age that a patient can have: the one given, that of the
// group given, or else those at which the weight is believed. It is empty when
// nothing is known of the patient.
func (b *Base) Ages(p quantity.Patient) []quantity.AgeRange {
	switch {
	case p.HasAge():
		return []quantity.AgeRange{{From: p.Age, Under: p.AgeUnder}}
	case p.Population != "":
		for _, group := range b.Populations {
			if group.Name == p.Population {
				return []quantity.AgeRange{group.Age}
			}
		}
		return nil
	case p.Weight == 0:
		return nil
	}
	var ages []quantity.AgeRange
	for _, band := range b.Plausible {
		if band.Weight.Contains(p.Weight) {
			ages = append(ages, band.Age)
		}
	}
	return ages
}

// MayBe reports whether a patient can be of an age range.
func (b *Base) MayBe(p quantity.Patient, age quantity.AgeRange) bool {
	for _, possible := range b.Ages(p) {
		if possible.Overlaps(age) {
			return true
		}
	}
	return false
}
