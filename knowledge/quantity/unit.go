package quantity

// unitKind is what a typed unit measures, as far as a patient is concerned.
type unitKind int

const (
	noUnit     unitKind = iota
	metricUnit          // kg or g: a weight
	poundUnit           // pounds and the like: converted as an offer only
	timeUnit            // hours to years: an age, where the words around it agree
	monthOrNot          // m: months, metres or minutes
	otherUnit           // a dose, a length, a gauge: not the patient's
)

// typedUnit is a unit as people type it.
type typedUnit struct {
	kind unitKind
	name string // as printed: "lb", "month"
	size int64  // nanograms of a weight, half-hours of an age
}

// Units of weight in nanograms, in which an ounce is whole.
const (
	nanogram  = 1
	gram      = 1_000_000_000 * nanogram
	kilogram  = 1000 * gram
	ounce     = 28_349_523_125 * nanogram
	pound     = 16 * ounce
	stone     = 14 * pound
	halfKilo  = 500 * gram // the Chinese jin
	unitRunes = 5          // the longest unit in a script without spaces
)

// lookUpUnit knows a unit by its exact spelling, apart from capitals. It never
// guesses: a unit that is almost right is no unit.
func lookUpUnit(t token) typedUnit {
	if t.text == "G" { // a capital G alone is a needle's gauge
		return typedUnit{kind: otherUnit}
	}
	for _, find := range []func(string) typedUnit{weightUnit, ageUnitOf, doseUnit} {
		if u := find(t.word); u.kind != noUnit {
			return u
		}
	}
	return typedUnit{}
}

func weightUnit(word string) typedUnit {
	switch word {
	case "kg", "kgs", "kilo", "kilos", "kilogram", "kilograms", "kilogramme", "kilogrammes",
		"kilogramm", "kilogramo", "kilogramos", "quilo", "quilos", "quilograma", "quilogramas",
		"chilo", "chili", "кг", "килограмм", "килограмма", "килограммов", "公斤", "千克", "キロ", "キログラム",
		"킬로", "킬로그램", "كغ", "كغم", "كجم", "كيلو", "كيلوغرام", "كيلوجرام", "किलो", "किलोग्राम", "किग्रा":
		return typedUnit{kind: metricUnit, size: kilogram}
	case "g", "gm", "gms", "gram", "grams", "gramme", "grammes", "gramm", "gramo", "gramos", "克", "グラム", "غرام":
		return typedUnit{kind: metricUnit, size: gram}
	case "lb", "lbs", "pound", "pounds", "libra", "libras":
		return typedUnit{kind: poundUnit, name: "lb", size: pound}
	case "oz", "ounce", "ounces":
		return typedUnit{kind: poundUnit, name: "oz", size: ounce}
	case "st", "stone", "stones":
		return typedUnit{kind: poundUnit, name: "st", size: stone}
	case "斤":
		return typedUnit{kind: poundUnit, name: "jin", size: halfKilo}
	default:
		return typedUnit{}
	}
}

func ageUnitOf(word string) typedUnit {
	switch word {
	case "h", "hr", "hrs", "hour", "hours", "hora", "horas", "heure", "heures", "stunden", "小时":
		return age(Hour, "hour")
	case "d", "day", "days", "día", "días", "dia", "dias", "jour", "jours", "tag", "tage", "天":
		return age(Day, "day")
	case "w", "wk", "wks", "week", "weeks", "semana", "semanas", "semaine", "semaines", "woche", "wochen", "周":
		return age(Week, "week")
	case "mo", "mos", "mth", "mths", "month", "months", "mes", "meses", "mês", "mois", "monat", "monate", "个月", "ヶ月", "か月", "カ月", "개월":
		return age(Month, "month")
	case "y", "yo", "yr", "yrs", "year", "years", "año", "años", "ano", "anos", "ans", "jahr", "jahre", "岁", "歳", "살":
		return age(Year, "year")
	case "m":
		return typedUnit{kind: monthOrNot, name: "month", size: int64(Month)}
	default:
		return typedUnit{}
	}
}

func age(length Age, name string) typedUnit {
	return typedUnit{kind: timeUnit, name: name, size: int64(length)}
}

// doseUnit knows the units that follow numbers which are not about the
// patient's weight or age.
func doseUnit(word string) typedUnit {
	const known = "mg mgs mcg ug µg μg ng milligram milligrams microgram micrograms milligrams ml mls cc dl l litre litres liter liters" +
		" mm cm mms cms inch inches ga gauge fr french f min mins minute minutes s sec secs second seconds" +
		" u iu unit units milliunit milliunits meq mmol mol j joule joules bpm mmhg psi kpa x times ampoule ampoules amp amps vial vials" +
		" th nd rd"
	if inList(word, known) {
		return typedUnit{kind: otherUnit}
	}
	return typedUnit{}
}
