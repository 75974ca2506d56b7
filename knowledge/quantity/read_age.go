package quantity

import (
	"strings"
)

// readAge takes a figure in hours to years as the age, with smaller units
// that follow it: 5y3m, "2 weeks and 3 days".
func (r *reader) readAge(i int) int {
	parts := r.figures[i : i+1+r.agePartsAfter(i)]
	s := span{r.reach(parts[0]).first, parts[len(parts)-1].end}
	for _, f := range parts {
		if kind := f.numberDoubt(); kind != "" {
			r.doubt(s, Doubt{Kind: kind})
			return len(parts)
		}
	}
	from, under, echo := sumAge(parts)
	if from > maxAge {
		r.doubt(s, Doubt{Kind: Implausible})
		return len(parts)
	}
	if text := r.typed(s); !isASCII(text) || parts[0].number.converted {
		echo += " (from " + text + ")"
	}
	r.addAge(s, from, under, echo)
	return len(parts)
}

func (r *reader) addAge(s span, from, under Age, echo string) {
	r.ages = append(r.ages, seen[ageSpan]{ageSpan{from, under}, s, echo})
	r.take(s)
}

// agePartsAfter counts the figures after figure i that go on with its age in
// ever smaller units.
func (r *reader) agePartsAfter(i int) int {
	count := 0
	for k := i + 1; k < len(r.figures); k++ {
		f, next := r.figures[k-1], r.figures[k]
		isPart := next.unit.kind == timeUnit || next.unit.kind == monthOrNot
		if !isPart || next.unit.size >= f.unit.size || !r.isContinued(f, next) {
			break
		}
		count++
	}
	return count
}

// isContinued says that nothing, a comma or "and" stands between two figures.
func (r *reader) isContinued(f, next figure) bool {
	switch next.first - f.end {
	case 0:
		return true
	case 1:
		t := r.at(f.end)
		return t.text == "," || inList(t.word, "and y et e und")
	default:
		return false
	}
}

// sumAge adds the parts of an age. The age is as exact as its last part.
func sumAge(parts []figure) (from, under Age, echo string) {
	var total, step Number
	var words []string
	for _, f := range parts {
		total = total.Add(f.scaled(f.number.value))
		step = f.scaled(Ratio(1, tens[f.number.decimals]))
		words = append(words, echoAge(f))
	}
	from = wholeAge(total)
	return from, max(wholeAge(total.Add(step)), from+1), strings.Join(words, " ")
}

// wholeAge cuts an age to whole half-hours.
func wholeAge(halfHours Number) Age {
	whole, fits := halfHours.Floor().Int64()
	if !fits {
		return maxAge + 1
	}
	return Age(whole)
}

// echoAge prints one part of an age: "8 months".
func echoAge(f figure) string {
	text := f.number.value.String() + " " + f.unit.name
	if f.number.value != one {
		text += "s"
	}
	return text
}

// readShorthand asks about "8m", which may be months, minutes or metres.
func (r *reader) readShorthand(f figure) {
	if f.glued {
		return
	}
	d := Doubt{Kind: ShorthandForAge}
	if f.numberDoubt() == "" {
		d.Ages = wholeAges(f.number.value, Month)
	}
	r.doubt(r.widen(f.span), d)
}

// wholeAges is n units of age as an offer, when n is whole and believable.
func wholeAges(n Number, unit Age) []Age {
	whole, ok := n.Int64()
	if !ok || whole <= 0 || whole > int64(maxAge/unit) {
		return nil
	}
	return []Age{Age(whole) * unit}
}

// readBare asks what a number without a unit is, unless it is part of a name
// or the year of a guideline.
func (r *reader) readBare(f figure) {
	switch {
	case f.glued:
	case f.fraction:
		r.readShorthandFraction(f)
	case r.isDayOfLife(f):
	case f.unknown:
		r.doubt(r.widen(span{f.first, f.end + 1}), Doubt{Kind: MissingUnit, Weights: f.offerBare()})
	case f.negative:
		r.doubt(r.widen(f.span), Doubt{Kind: NotPositive})
	case f.number.doubt == Unreadable:
		r.doubt(r.widen(f.span), Doubt{Kind: Unreadable})
	case !f.isCalendarYear(r.typed(f.span)):
		r.doubt(r.widen(f.span), Doubt{Kind: MissingUnit, Weights: f.offerBare(), Ages: wholeAges(f.number.value, Year)})
	}
}

// offerBare is what a number without a unit would be in kg, or in grams when
// it is too large for that.
func (f figure) offerBare() []Weight {
	value := f.number.value
	if f.number.doubt != "" {
		value = f.number.likely
	}
	f.unit = weightUnit("kg")
	if kilograms := f.offer(value); kilograms != nil {
		return kilograms
	}
	f.unit = weightUnit("g")
	return f.offer(value)
}

// isCalendarYear says that a number is more likely the year of a guideline
// than a weight in grams.
func (f figure) isCalendarYear(text string) bool {
	return len(text) == len("2025") && text >= "1950" && text <= "2049"
}

// readShorthandFraction asks about 8/12, 3/52 and 5/7, which some write for 8
// months, 3 weeks and 5 days.
func (r *reader) readShorthandFraction(f figure) {
	d := Doubt{Kind: ShorthandForAge}
	switch r.at(f.at + 2).text {
	case "12":
		d.Ages = wholeAges(f.number.value, Month)
	case "52":
		d.Ages = wholeAges(f.number.value, Week)
	case "7":
		d.Ages = wholeAges(f.number.value, Day)
	}
	if d.Ages == nil {
		d.Kind = Unreadable
	}
	r.doubt(r.widen(f.span), d)
}

// isDayOfLife takes "day 2 of life", "day of life 2" and "DOL 2". Some count
// the day of birth as day 0 and some as day 1, so the age spans two days.
func (r *reader) isDayOfLife(f figure) bool {
	s := f.span
	switch {
	case r.phrase(f.first, "day", "of", "life"):
		s.first -= 3
	case r.phrase(f.first, "dol"):
		s.first--
	case r.phrase(f.first, "day") && r.phrase(f.end+2, "of", "life"):
		s = span{f.first - 1, f.end + 2}
	default:
		return false
	}
	day := wholeAges(f.number.value, Day)
	if f.numberDoubt() != "" || day == nil {
		return false
	}
	r.addAge(s, day[0]-Day, day[0]+Day, "day "+f.number.value.String()+" of life")
	return true
}

// phrase says that these words stand right before token end.
func (r *reader) phrase(end int, words ...string) bool {
	for i, word := range words {
		if r.at(end-len(words)+i).word != word {
			return false
		}
	}
	return true
}
