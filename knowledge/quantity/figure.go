package quantity

import (
	"slices"
	"strings"
)

// figure is a number with its unit, where it stands in the line, and what the
// words and signs around it do to it.
type figure struct {
	span
	at       int // the token of the number
	number   typedNumber
	unit     typedUnit
	glued    bool // part of a name, such as the 10 of D10 or COVID-19
	negative bool
	compared bool // "under 12 kg"
	old      bool // "36 hours old": surely an age
	unknown  bool // letters follow that are no unit: "12kq"
	fraction bool // "8/12"
}

// findFigures gathers all figures of the line.
func (r *reader) findFigures() {
	for i := 0; i < len(r.tokens); i++ {
		if r.tokens[i].kind != numberToken {
			continue
		}
		f := r.figureAt(i)
		r.figures = append(r.figures, f)
		i = f.end - 1
	}
}

// figureAt reads the number at token i and what belongs to it.
func (r *reader) figureAt(i int) figure {
	f := figure{span: span{i, i + 1}, at: i, number: parseTyped(r.tokens[i].text)}
	r.lookBefore(&f)
	r.lookAfter(&f)
	if f.unit.kind == noUnit && !f.unknown && !f.fraction {
		r.unitInFront(&f)
	}
	if f.unit.kind == timeUnit && !f.old && r.isDuration(f) {
		f.unit = typedUnit{kind: otherUnit}
	}
	return f
}

// at is token i, or an empty sign outside the line.
func (r *reader) at(i int) token {
	if i < 0 || i >= len(r.tokens) {
		return token{kind: signToken}
	}
	return r.tokens[i]
}

// joined says that no space stands between token i-1 and token i.
func (r *reader) joined(i int) bool {
	return i > 0 && i < len(r.tokens) && r.tokens[i-1].end == r.tokens[i].start
}

// isUnitEnd says that a weight or age ends right before token i, so that a
// number may follow without a space: 12kg5yo.
func (r *reader) isUnitEnd(i int) bool {
	n := len(r.figures)
	return n > 0 && r.figures[n-1].end == i && r.figures[n-1].unit.kind != otherUnit
}

// lookBefore finds a minus, a comparison, or a name the number is part of.
func (r *reader) lookBefore(f *figure) {
	i := f.at
	f.compared = r.isComparison(i)
	if !r.joined(i) {
		return
	}
	if f.number.leading && r.at(i-1).kind != signToken {
		f.number = typedNumber{doubt: Unreadable} // wt.5 kg: 5 or 0.5?
	}
	if !isDash(r.at(i - 1).text) {
		f.glued = r.isNameBefore(i)
		return
	}
	if r.joined(i-1) && r.at(i-2).kind != signToken {
		f.glued = r.isNameBefore(i - 1)
		return
	}
	f.negative = true
	f.first--
}

// isNameBefore says that the token before i is a word that a number becomes
// part of. A unit, "weight" and scripts without spaces do not swallow numbers.
func (r *reader) isNameBefore(i int) bool {
	t := r.at(i - 1)
	return t.kind == wordToken && !t.dense && !r.isUnitEnd(i) &&
		lookUpUnit(t).kind != metricUnit && !isIntroduction(t)
}

// isComparison says that the words before token i make a limit of the number.
func (r *reader) isComparison(i int) bool {
	switch before := r.at(i - 1); before.text {
	case "<", ">", "≤", "≥":
		return true
	case "=":
		return r.isComparison(i - 1)
	default:
		return inList(before.word, "under over below above than least most beyond exceeding menos más")
	}
}

func isDash(s string) bool { return s == "-" || s == "−" || s == "–" || s == "—" }

// inList says that a word is one of a list of words with single spaces.
func inList(word, list string) bool {
	for end := 0; word != ""; {
		at := strings.Index(list[end:], word)
		if at < 0 {
			return false
		}
		start := end + at
		end = start + len(word)
		if (start == 0 || list[start-1] == ' ') && (end == len(list) || list[end] == ' ') {
			return true
		}
	}
	return false
}

// lookAfter finds the unit that follows the number and what follows the unit.
func (r *reader) lookAfter(f *figure) {
	next := r.at(f.end)
	switch {
	case next.text == "%" || next.text == "°" || next.text == `"` || next.text == "″":
		f.unit = typedUnit{kind: otherUnit}
		f.end++
	case next.text == "#" && r.joined(f.end):
		f.unit = weightUnit("lb")
		f.end++
	case next.text == ":" && r.numberJoined(f.end):
		f.unit = typedUnit{kind: otherUnit} // a ratio, 1:10,000
		f.end += 2
	case next.text == "/" && r.numberJoined(f.end):
		r.readFraction(f)
	case next.text == "/" && r.isPer(f.end):
		f.unit = typedUnit{kind: otherUnit} // 10/kg
	default:
		r.readUnit(f)
	}
}

// numberJoined says that a number stands right after the sign at token i.
func (r *reader) numberJoined(i int) bool {
	return r.joined(i) && r.joined(i+1) && r.at(i+1).kind == numberToken
}

// isPer says that token i begins "/kg", "/min", "per kg": what is before it
// is a rate or a strength, not a weight or an age.
func (r *reader) isPer(i int) bool {
	if inList(r.at(i).word, "per pro por par") {
		return true
	}
	return r.at(i).text == "/" &&
		inList(r.at(i+1).word, "kg kilo min minute h hr hour d day dose ml l mg")
}

// readFraction takes "8/12", which may be 8 months. "1/2 kg" keeps no unit
// either: a fraction is never calculated with.
func (r *reader) readFraction(f *figure) {
	f.fraction = true
	f.end += 2
	switch unit := lookUpUnit(r.at(f.end)); unit.kind {
	case otherUnit:
		f.unit = unit
	case metricUnit:
		f.end++
	}
}

// readUnit takes the unit after the number, "12 kg" or "5-year-old".
func (r *reader) readUnit(f *figure) {
	at := f.end
	if isDash(r.at(at).text) && r.at(at+1).kind == wordToken {
		at++
	}
	unit, length := r.unitAt(at)
	if unit.kind == noUnit {
		f.unknown = r.joined(f.end) && r.at(f.end).kind == wordToken && !r.at(f.end).dense
		return
	}
	if r.isOrdinal(f, at) || r.isPer(at+length) {
		unit = typedUnit{kind: otherUnit}
	}
	f.unit = unit
	f.end = at + length
	if unit.kind == timeUnit || unit.kind == monthOrNot {
		r.readOld(f)
	}
}

// unitAt finds the unit at token i and how many tokens it has. In scripts
// without spaces each letter is a token, and the longest unit counts.
func (r *reader) unitAt(i int) (typedUnit, int) {
	if !r.at(i).dense {
		return lookUpUnit(r.at(i)), 1
	}
	for length := unitRunes; length > 0; length-- {
		if unit := lookUpUnit(r.denseWord(i, length)); unit.kind != noUnit {
			return unit, length
		}
	}
	return typedUnit{}, 0
}

// denseWord joins letters of a script without spaces. It is empty when there
// are not as many.
func (r *reader) denseWord(i, length int) token {
	var word strings.Builder
	for k := i; k < i+length; k++ {
		if !r.at(k).dense || k > i && !r.joined(k) {
			return token{}
		}
		word.WriteString(r.at(k).word)
	}
	return token{kind: wordToken, text: word.String(), word: word.String()}
}

// isOrdinal says that "st" makes a first or twenty-first, not a stone.
func (r *reader) isOrdinal(f *figure, at int) bool {
	digits := r.at(f.at).text
	return r.at(at).word == "st" && r.joined(at) && strings.HasSuffix(digits, "1") && !strings.HasSuffix(digits, "11")
}

// readOld takes what makes sure that a time is an age: "old", "of life", and
// the second letter of y/o, m/o and y.o.
func (r *reader) readOld(f *figure) {
	at := f.end
	if sign := r.at(at).text; isDash(sign) || sign == "/" || sign == "." {
		at++
	}
	length := 0
	f.old = r.at(f.end-1).word == "yo"
	switch {
	case inList(r.at(at).word, "old o"):
		length = 1
	case inList(r.at(at).word, "of de") && inList(r.at(at+1).word, "life age vida edad vie"):
		length = 2
	default:
		return
	}
	f.end, f.old = at+length, true
	if f.unit.kind == monthOrNot {
		f.unit = ageUnitOf("months")
	}
}

// isDuration says that a time is no age: "in 30 hours", "20 days ago",
// "every 3 weeks", "preterm of 28 weeks".
func (r *reader) isDuration(f figure) bool {
	if f.unit.size == int64(Week) && r.isGestation() {
		return true
	}
	before, after := r.at(f.first-1).word, r.at(f.end).word
	if inList(before, "after every within past last since next q each until during") ||
		inList(after, "ago later after post before apart") {
		return true
	}
	short := f.unit.size <= int64(Week)
	return short && (inList(before, "in for at") || f.compared && f.unit.size == int64(Hour))
}

// isGestation says that the line speaks of gestation, so that weeks in it are
// not the age.
func (r *reader) isGestation() bool {
	const words = "gestation gestational ga ega pma cga gest preterm premature prem preemie premie weeker" +
		" pregnant pregnancy gravid trimester postpartum term embarazada enceinte schwanger grávida"
	return slices.ContainsFunc(r.tokens, func(t token) bool { return inList(t.word, words) })
}

// unitInFront takes a unit that was typed before its number: "kg 12",
// "kg: 12". The number must end a phrase, or it may count something else.
func (r *reader) unitInFront(f *figure) {
	at := f.first - 1
	if text := r.at(at).text; text == ":" || text == "=" {
		at--
	}
	unit := lookUpUnit(r.at(at))
	isWeight := unit.kind == metricUnit || unit.kind == poundUnit
	if !isWeight || r.isUnitEnd(at+1) || r.isRate(at) || r.at(f.end).kind != signToken {
		return
	}
	f.unit, f.first = unit, at
}

// isRate says that the unit at token i follows "/" or "per".
func (r *reader) isRate(i int) bool {
	return r.at(i-1).text == "/" || inList(r.at(i-1).word, "per pro por par in a each")
}

// isBare says that the figure is a number that could be anything.
func (f figure) isBare() bool { return f.unit.kind == noUnit && !f.glued && !f.fraction }

// scaled is the number times the size of its unit.
func (f figure) scaled(value Number) Number { return value.Mul(Whole(f.unit.size)) }

// isIntroduction says that a word announces the weight or age after it.
func isIntroduction(t token) bool {
	return inList(t.word, "weight weighs weighing wt bw peso poids gewicht age aged edad edade âge alter about approx approximately around roughly circa")
}
