package dose

import (
	"fmt"
	"slices"

	"iobot/knowledge/quantity"
)

// choices offers, for every age the patient may have, a word or an age that
// settles the matter. Ages next to each other that come to the same share one.
func (s *selector) choices(ages []moment, verdicts []verdict) []Choice {
	var list []Choice
	for first := 0; first < len(ages); {
		end := first + 1
		for end < len(ages) && verdicts[end].same(verdicts[first]) {
			end++
		}
		list = append(list, s.choicesFor(ages, verdicts, first, end)...)
		first = end
	}
	return list
}

// choicesFor covers ages[first:end], which come to the same, with as few words
// as it can, and with ages where no word fits.
func (s *selector) choicesFor(ages []moment, verdicts []verdict, first, end int) []Choice {
	var list []Choice
	open := slices.Clone(ages[first:end])
	for _, word := range s.words(ages, verdicts, verdicts[first]) {
		rest := slices.DeleteFunc(slices.Clone(open), func(m moment) bool { return s.isPopulation(m, word) })
		if len(rest) < len(open) {
			list = append(list, verdicts[first].choice(word, word))
			open = rest
		}
	}
	for _, m := range joinMoments(open) {
		list = append(list, verdicts[first].choice(m.typed(), m.text()))
	}
	return list
}

// words lists the populations all of whose possible ages come to a verdict:
// the word of the rule itself first, then the wider before the narrower.
func (s *selector) words(ages []moment, verdicts []verdict, v verdict) []string {
	var words []string
	size := map[string]int{}
	for _, p := range s.base.Populations {
		fits := true
		for i, m := range ages {
			if m.in(p.Age) {
				fits = fits && verdicts[i].same(v)
				size[p.Name]++
			}
		}
		if fits && size[p.Name] > 0 {
			words = append(words, p.Name)
		}
	}
	if v.rule != nil {
		size[v.rule.Population] += len(ages)
	}
	slices.SortStableFunc(words, func(a, b string) int { return size[b] - size[a] })
	return words
}

// choice is the choice that leads to a verdict.
func (v verdict) choice(word, text string) Choice {
	return Choice{Word: word, Text: text, Outcome: v.outcome, Rule: v.rule, Indication: v.indication}
}

// answering keeps the choices that lead to an answer.
func answering(list []Choice) []Choice {
	return slices.DeleteFunc(list, func(c Choice) bool { return c.Outcome != Answer })
}

// joinMoments joins moments that follow each other.
func joinMoments(list []moment) []moment {
	var joined []moment
	for _, m := range list {
		last := len(joined) - 1
		if last >= 0 && !m.birth && !joined[last].birth && joined[last].under == m.from {
			joined[last].under = m.under
			continue
		}
		joined = append(joined, m)
	}
	return joined
}

// text is the moment as a range of ages.
func (m moment) text() string {
	if m.birth {
		return "at birth"
	}
	return quantity.AgeRange{From: m.from, Under: m.under}.String()
}

// typed is an age within the moment, exact enough not to leave it. An age of 0
// would leave the delivery room open, so the first days are typed as day 1.
func (m moment) typed() string {
	if m.birth {
		return "newborn"
	}
	from := m.from
	if from == 0 {
		from = quantity.Day
	}
	units := []struct {
		length quantity.Age
		name   string
	}{{quantity.Year, "year"}, {quantity.Month, "month"}, {quantity.Week, "week"}, {quantity.Day, "day"}}
	for _, u := range units {
		if from%u.length == 0 && (m.under == 0 || from+u.length <= m.under) {
			return count(from/u.length, u.name)
		}
	}
	return count(from/quantity.Hour, "hour")
}

// count prints "1 year", "2 years".
func count(n quantity.Age, unit string) string {
	if n == 1 {
		return "1 " + unit
	}
	return fmt.Sprintf("%d %ss", n, unit)
}
