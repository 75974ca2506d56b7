package quantity

import (
	"slices"
	"strings"
)

// patient draws the conclusions from everything that was seen.
func (r *reader) patient() Patient {
	var p Patient
	r.concludeWeight(&p)
	r.concludeAge(&p)
	r.concludePopulation(&p)
	slices.SortStableFunc(r.doubts, func(a, b located) int { return a.at - b.at })
	for _, d := range r.doubts {
		p.Doubts = append(p.Doubts, d.Doubt)
		if d.Kind.aboutWeight() {
			p.Weight = 0
		}
	}
	p.Echo = r.echo(p)
	p.Rest = r.rest()
	return p
}

// concludeWeight takes the one weight that was given.
func (r *reader) concludeWeight(p *Patient) {
	var different []Weight
	for _, w := range r.weights {
		if !slices.Contains(different, w.value) {
			different = append(different, w.value)
		}
	}
	switch len(different) {
	case 0:
	case 1:
		p.Weight = different[0]
	default:
		first, last := r.weights[0].at, r.weights[len(r.weights)-1].at
		r.doubt(span{first.first, last.end}, Doubt{Kind: TwoWeights, Weights: different})
	}
}

// concludeAge takes the one age that was given.
func (r *reader) concludeAge(p *Patient) {
	for i, a := range r.ages {
		if i > 0 && a.value != r.ages[0].value {
			r.doubt(span{r.ages[0].at.first, a.at.end}, Doubt{Kind: TwoAges})
			p.Age, p.AgeUnder = 0, 0
			return
		}
		p.Age, p.AgeUnder = a.value.from, a.value.under
	}
}

// concludePopulation takes the narrowest population named, if all the words
// and the age can be true together.
func (r *reader) concludePopulation(p *Patient) {
	if len(r.populations) == 0 {
		return
	}
	best := r.populations[0]
	for _, other := range r.populations[1:] {
		if !best.value.Age.Overlaps(other.value.Age) {
			r.doubt(between(best.at, other.at), Doubt{Kind: TwoPopulations})
			return
		}
		if narrower(other.value.Age, best.value.Age) {
			best = other
		}
	}
	if given := (AgeRange{From: p.Age, Under: p.AgeUnder}); p.HasAge() && !best.value.Age.Overlaps(given) {
		r.doubt(best.at, Doubt{Kind: AgeContradicts})
		return
	}
	p.Population = best.value.Name
}

// between is the span from one phrase to another, in either order.
func between(a, b span) span { return span{min(a.first, b.first), max(a.end, b.end)} }

// narrower says that range a spans less time than b.
func narrower(a, b AgeRange) bool { return length(a) < length(b) }

func length(r AgeRange) Age {
	switch {
	case r.OnlyAtBirth:
		return 0
	case r.Under == 0:
		return maxAge
	default:
		return r.Under - r.From
	}
}

// echo lists what was understood, and what pounds come to.
func (r *reader) echo(p Patient) string {
	var parts []string
	if p.Weight > 0 {
		parts = append(parts, r.weights[0].echo)
	}
	for _, d := range p.Doubts {
		if d.Kind == NotKilograms && len(d.Weights) > 0 {
			parts = append(parts, d.Text+" is about "+d.Weights[0].String())
		}
	}
	if p.HasAge() {
		parts = append(parts, r.ages[0].echo)
	}
	for _, w := range r.populations {
		if w.value.Name == p.Population {
			parts = append(parts, w.echo)
			break
		}
	}
	return strings.Join(parts, ", ")
}

// sentence says what is doubtful, for the person who typed it.
func (d Doubt) sentence() string {
	quoted := `"` + d.Text + `"`
	switch d.Kind {
	case MissingUnit:
		return quoted + " has no unit. Type kg for a weight, or months or years for an age."
	case LoneUnit:
		return "There is no number in figures for " + quoted + "."
	case NotKilograms:
		return d.pounds(quoted)
	case Ambiguous:
		return quoted + " can be read in two ways. Type the weight without a comma or zeros after the point."
	case Unreadable:
		return quoted + " is not a number that is read here. Type it like 12 kg or 0.8 kg."
	case NotPositive:
		return quoted + " is not above zero."
	case Implausible:
		return quoted + " is not believed: weights are from 0.3 kg to 300 kg."
	case RangeGiven:
		return quoted + " is a range. One figure is needed."
	case TwoWeights:
		return quoted + " holds two different weights."
	case TwoAges:
		return quoted + " holds two different ages."
	case TwoPopulations:
		return quoted + " names two different groups of patients."
	case AgeContradicts:
		return quoted + " does not fit the age."
	default:
		return quoted + " may be an age. Write it out."
	}
}

// pounds says what a weight in pounds comes to.
func (d Doubt) pounds(quoted string) string {
	if len(d.Weights) == 0 {
		return quoted + " is not in kg."
	}
	return quoted + " is about " + d.Weights[0].String() + ". Doses are worked out in kg only."
}
