package knowledge

import (
	"slices"

	"iobot/knowledge/quantity"
)

// Ages lists every age that a patient can have: within the age or the group
// given, and where the weight is believed. It is empty when nothing is known
// of the patient, or when what is known does not go together.
func (b *Base) Ages(p quantity.Patient) []quantity.AgeRange {
	said, known := b.saidAge(p)
	if p.Weight == 0 {
		if !known {
			return nil
		}
		return []quantity.AgeRange{said}
	}
	var ages []quantity.AgeRange
	for _, band := range b.Plausible {
		switch {
		case !band.Weight.Contains(p.Weight):
		case !known:
			ages = append(ages, band.Age)
		case band.Age.Overlaps(said):
			ages = append(ages, common(band.Age, said))
		}
	}
	return ages
}

// saidAge is the age given, or that of the group given.
func (b *Base) saidAge(p quantity.Patient) (age quantity.AgeRange, known bool) {
	if p.HasAge() {
		return quantity.AgeRange{From: p.Age, Under: p.AgeUnder}, true
	}
	i := slices.IndexFunc(b.Populations, func(group Population) bool { return group.Name == p.Population })
	if i < 0 {
		return quantity.AgeRange{}, false
	}
	return b.Populations[i].Age, true
}

// common is what two ranges of ages that overlap have in common.
func common(x, y quantity.AgeRange) quantity.AgeRange {
	switch {
	case x.OnlyAtBirth:
		return x
	case y.OnlyAtBirth:
		return y
	}
	both := quantity.AgeRange{From: max(x.From, y.From), Under: min(x.Under, y.Under), AtBirth: x.AtBirth && y.AtBirth}
	if x.Under == 0 || y.Under == 0 {
		both.Under = max(x.Under, y.Under)
	}
	return both
}

// MayBe reports whether a patient can be of an age range.
func (b *Base) MayBe(p quantity.Patient, age quantity.AgeRange) bool {
	return slices.ContainsFunc(b.Ages(p), age.Overlaps)
}
