package quantity

// smallestTypedGrams is where a figure in grams starts to be about a body:
// less is a dose or a needle's gauge.
const smallestTypedGrams = 100

// readFigures decides about every figure, some of which belong together.
func (r *reader) readFigures() {
	for i := 0; i < len(r.figures); {
		i += r.readFigure(i)
	}
	r.readLoneUnits()
}

// readFigure decides about figure i and those that belong to it, and says how
// many it dealt with.
func (r *reader) readFigure(i int) int {
	f := r.figures[i]
	if n := r.readTogether(i); n > 0 {
		return n
	}
	switch f.unit.kind {
	case metricUnit:
		r.readWeight(f)
	case poundUnit:
		return r.readPounds(i)
	case timeUnit:
		return r.readAge(i)
	case monthOrNot:
		r.readShorthand(f)
	case noUnit:
		r.readBare(f)
	}
	return 1
}

// readTogether deals with two figures that make one statement: the range
// "10-12 kg", or "1 000 kg", which may be one number or two.
func (r *reader) readTogether(i int) int {
	if i+1 == len(r.figures) || !r.figures[i].isBare() && !r.isTimes(r.figures[i]) {
		return 0
	}
	f, next := r.figures[i], r.figures[i+1]
	both := span{f.first, next.end}
	if r.isRange(f, next) {
		return r.readRange(f, next)
	}
	if next.unit.kind == metricUnit && r.onlySigns(f.end, next.first) {
		r.doubt(r.widen(both), Doubt{Kind: Unreadable})
		return 2
	}
	return 0
}

// isTimes says that the figure multiplies the next one: 2 x 12 kg.
func (r *reader) isTimes(f figure) bool { return inList(r.at(f.end-1).word, "x times") }

// isRange says that the tokens between two figures make a range of them.
func (r *reader) isRange(f, next figure) bool {
	if next.first-f.end != 1 {
		return false
	}
	t := r.at(f.end)
	return isDash(t.text) || t.text == "&" || inList(t.word, "to or and a o y bis à ou et")
}

// readRange asks which end of a range is meant. A range of something else,
// such as "3 to 5 min", is left alone.
func (r *reader) readRange(f, next figure) int {
	both := span{f.first, next.end}
	switch next.unit.kind {
	case otherUnit:
	case metricUnit:
		d := Doubt{Kind: RangeGiven}
		f.unit = next.unit
		d.Weights = append(f.offer(f.number.value), next.offer(next.number.value)...)
		r.doubt(r.widen(both), d)
	case noUnit:
		r.doubt(r.widen(both), Doubt{Kind: MissingUnit})
	default:
		r.doubt(r.widen(both), Doubt{Kind: RangeGiven})
	}
	return 2
}

// onlySigns says that nothing but signs stands between two tokens.
func (r *reader) onlySigns(from, to int) bool {
	for i := from; i < to; i++ {
		if r.at(i).kind != signToken {
			return false
		}
	}
	return true
}

// widen adds the words that announce a figure: "weight: ", "aged".
func (r *reader) widen(s span) span {
	first := s.first
	for i := s.first - 1; i >= 0 && !r.isUnitEndAnywhere(i+1); i-- {
		t := r.at(i)
		if isIntroduction(t) {
			first = i
		} else if !inList(t.word, "is of") && t.text != ":" && t.text != "=" && t.text != "~" {
			break
		}
	}
	return span{first, s.end}
}

// reach is a figure with the words that announce or limit it.
func (r *reader) reach(f figure) span {
	if f.compared {
		f.first--
	}
	return r.widen(f.span)
}

// isUnitEndAnywhere says that a figure ends right before token i.
func (r *reader) isUnitEndAnywhere(i int) bool {
	for _, f := range r.figures {
		if f.end == i {
			return true
		}
	}
	return false
}

// readWeight takes a figure in kg or g as the weight, or says why not.
func (r *reader) readWeight(f figure) {
	s := r.reach(f)
	value := f.number.value
	if f.unit.size == gram && f.number.doubt == "" && value.Cmp(Whole(smallestTypedGrams)) < 0 {
		return // 1 g of a drug, a 15 g needle
	}
	if d, doubtful := f.weightDoubt(); doubtful {
		r.doubt(s, d)
		return
	}
	weight, _ := toWeight(f.scaled(value))
	r.weights = append(r.weights, seen[Weight]{weight, s, r.echoWeight(f, weight)})
	r.take(s)
}

// weightDoubt says what speaks against a weight, if anything does.
func (f figure) weightDoubt() (Doubt, bool) {
	if kind := f.numberDoubt(); kind != "" {
		return Doubt{Kind: kind, Weights: f.offerAmbiguous()}, true
	}
	weight, whole := toWeight(f.scaled(f.number.value))
	if !whole {
		return Doubt{Kind: Unreadable}, true
	}
	if weight < LightestPerson || weight > HeaviestPerson {
		return Doubt{Kind: Implausible}, true
	}
	return Doubt{}, false
}

// numberDoubt says what is wrong with the number itself, "" when nothing is.
func (f figure) numberDoubt() DoubtKind {
	switch {
	case f.glued:
		return Unreadable
	case f.number.doubt != "":
		return f.number.doubt
	case f.negative || f.number.value.Sign() == 0 && f.unit.kind != timeUnit:
		return NotPositive
	case f.compared:
		return RangeGiven
	default:
		return ""
	}
}

// toWeight turns nanograms into whole grams; false when they are not whole.
func toWeight(nanograms Number) (Weight, bool) {
	grams, whole := nanograms.Quo(Whole(gram)).Int64()
	return Weight(grams), whole
}

// offer is the weight a number may mean in the figure's unit: one or none.
func (f figure) offer(value Number) []Weight {
	weight, whole := toWeight(f.scaled(value))
	if !whole || weight < LightestPerson || weight > HeaviestPerson {
		return nil
	}
	return []Weight{weight}
}

// offerAmbiguous is both readings of 1,000: with the mark as a point, and
// between thousands.
func (f figure) offerAmbiguous() []Weight {
	if f.number.doubt != Ambiguous || f.glued || f.negative {
		return nil
	}
	thousands := f.number.likely.Mul(Whole(1000))
	return append(f.offer(f.number.likely), f.offer(thousands)...)
}

// echoWeight prints a weight, with what was typed where that looks different.
func (r *reader) echoWeight(f figure, w Weight) string {
	if f.number.converted || f.unit.size == gram || !isASCII(r.typed(f.span)) {
		return w.String() + " (from " + r.typed(f.span) + ")"
	}
	return w.String()
}

func isASCII(s string) bool {
	for _, r := range s {
		if r > '~' {
			return false
		}
	}
	return true
}

// readPounds offers the kilograms of a weight in pounds, stones or ounces,
// which may come as two figures: 7 lb 4 oz.
func (r *reader) readPounds(i int) int {
	f, used := r.figures[i], 1
	var total Number
	known := f.numberDoubt() == ""
	if known {
		total = f.scaled(f.number.value)
	}
	s := f.span
	if i+1 < len(r.figures) {
		next := r.figures[i+1]
		isPart := next.unit.kind == poundUnit && next.unit.size < f.unit.size && next.numberDoubt() == ""
		if isPart && r.onlySigns(f.end, next.first) {
			total = total.Add(next.scaled(next.number.value))
			s.end, used = next.end, 2
		}
	}
	d := Doubt{Kind: NotKilograms}
	if known {
		d.Weights = toTenths(total)
	}
	r.doubt(r.widen(s), d)
	return used
}

// toTenths rounds nanograms to 0.1 kg, half up, if a person can weigh that.
func toTenths(nanograms Number) []Weight {
	const tenth = Weight(100)
	tenths, fits := nanograms.Quo(Whole(int64(tenth) * gram)).Add(Ratio(1, 2)).Floor().Int64()
	weight := Weight(tenths) * tenth
	if !fits || weight < LightestPerson || weight > HeaviestPerson {
		return nil
	}
	return []Weight{weight}
}

// readLoneUnits asks about a kg that has no number: "twelve kg", "NaN kg".
func (r *reader) readLoneUnits() {
	for i := range r.tokens {
		unit, length := r.unitAt(i)
		if unit.size == kilogram && unit.kind == metricUnit && !r.isTaken(i) && !r.isRate(i) && len(r.weights) == 0 && !r.inFigure(i) {
			r.doubt(span{i, i + length}, Doubt{Kind: LoneUnit})
		}
	}
}

// inFigure says that token i belongs to a figure.
func (r *reader) inFigure(i int) bool {
	for _, f := range r.figures {
		if i >= f.first && i < f.end {
			return true
		}
	}
	return false
}
