package quantity

// Patient is what one line of typed text says about a patient, and what in it
// is in doubt. A figure in doubt is never used: it is in Doubts only.
type Patient struct {
	Weight     Weight  // zero when none was understood
	Age        Age     // the youngest the words allow: "8 months" is from 8 months …
	AgeUnder   Age     // … to under 9 months; zero when no age was understood
	Population string  // name of the population, "" when none was understood
	Echo       string  // what was understood, to show: "12.5 kg (from 12,5 kg), 8 months"
	Doubts     []Doubt // in the order typed; empty when all is clear
	Rest       string  // the text without everything above
}

// HasAge says that an age was understood.
func (p Patient) HasAge() bool { return p.AgeUnder > 0 }

// Doubt is a part of the text that must be asked about.
type Doubt struct {
	Kind    DoubtKind
	Text    string   // the part, as typed
	Say     string   // what is doubtful, a short sentence
	Weights []Weight // what may have been meant, to offer; may be empty
	Ages    []Age    // what may have been meant, to offer; may be empty
}

// DoubtKind is a reason to ask.
type DoubtKind string

// The reasons to ask.
const (
	MissingUnit     DoubtKind = "missing unit"      // "12"
	LoneUnit        DoubtKind = "missing number"    // "NaN kg", "twelve kg"
	NotKilograms    DoubtKind = "not in kg"         // "22 lb"; Weights has the conversion
	Ambiguous       DoubtKind = "ambiguous number"  // "1,000 kg", "1.000 kg"
	Unreadable      DoubtKind = "unreadable number" // "1e3 kg", "½ kg", "010 kg"
	NotPositive     DoubtKind = "not above zero"    // "-5 kg", "0 kg"
	Implausible     DoubtKind = "implausible"       // under 0.3 kg, over 300 kg, over 130 years
	RangeGiven      DoubtKind = "range"             // "10-12 kg", "under 5 years"
	TwoWeights      DoubtKind = "two weights"
	TwoAges         DoubtKind = "two ages"
	TwoPopulations  DoubtKind = "two populations"
	AgeContradicts  DoubtKind = "age contradicts population" // "5 years, adult"
	ShorthandForAge DoubtKind = "shorthand"                  // "8/12", "8m"
)

// aboutWeight says that with this doubt no weight may be taken from the text.
func (k DoubtKind) aboutWeight() bool {
	switch k {
	case NotKilograms, Ambiguous, Unreadable, NotPositive, Implausible, RangeGiven, TwoWeights:
		return true
	default:
		return false
	}
}

// PopulationWord is a word or phrase that names a population of patients, in
// any language.
type PopulationWord struct {
	Word string   // as typed: "niño", "new born"
	Name string   // the population: "child"
	Age  AgeRange // who belongs to it
}
