package dose

import (
	"slices"
	"strings"

	"iobot/knowledge"
	"iobot/knowledge/quantity"
)

// Ask is what is known of a question about a drug.
type Ask struct {
	Indication *knowledge.Indication // nil when none was named
	Patient    quantity.Patient      // only Weight, Age, AgeUnder and Population are used
}

// Outcome says what a Selection came to.
type Outcome string

// The outcomes of Select.
const (
	Answer         Outcome = "answer"          // one rule governs
	NeedIndication Outcome = "need indication" // several uses, none named and none primary
	NeedPopulation Outcome = "need population" // the patient may be in groups with different doses
	NeedWeight     Outcome = "need weight"     // the dose depends on a weight that is not known
	NoRule         Outcome = "no rule"         // nothing is written for this patient
	Implausible    Outcome = "implausible"     // weight and age do not go together
)

// Selection is the rule that governs for a patient, or what must be asked.
type Selection struct {
	Outcome     Outcome
	Rule        *knowledge.Rule         // of an Answer
	Indication  *knowledge.Indication   // of an Answer
	Results     []Result                // of an Answer: one for each of Steps(Rule)
	Others      []Other                 // of an Answer: what other rules say for the same patient
	Choices     []Choice                // NeedPopulation: all; NeedWeight: those that answer without one
	Indications []*knowledge.Indication // NeedIndication: those that have a rule for the patient
	Believed    quantity.WeightRange    // Implausible: the weights believed at this age
	Reason      string                  // NoRule and Implausible: why, in words
}

// Other is what rules besides the governing one say, those with the same
// result together.
type Other struct {
	Rules   []*knowledge.Rule
	Results []Result // doses without volumes; nil when they need a weight that is not known
	Agrees  bool     // the result is the governing one
}

// Choice is an answer to "who is the patient?".
type Choice struct {
	Word       string                // to type: a population, "child", or an age, "29 days"
	Text       string                // to show: the word, or the range of ages
	Outcome    Outcome               // what the choice leads to
	Rule       *knowledge.Rule       // nil unless it leads to an Answer
	Indication *knowledge.Indication // nil unless it leads to an Answer
}

// Select finds the rule of a drug that governs for a patient. The patient is
// taken as everybody he or she may be: every age that the given age, the
// population and the weight leave open. Only when all of them have the same
// dose is it the Answer. Guidelines lists families of rules, the preferred
// first; families not listed come after all listed ones.
func Select(b *knowledge.Base, drug *knowledge.Drug, ask Ask, guidelines []string) Selection {
	s := &selector{base: b, drug: drug, ask: ask, guidelines: guidelines}
	named := s.named()
	believed := s.believed(named)
	if len(named) == 0 || len(believed) == 0 {
		return s.implausible(named)
	}
	return s.decide(believed)
}

// selector is one run of Select.
type selector struct {
	base       *knowledge.Base
	drug       *knowledge.Drug
	ask        Ask
	guidelines []string
	worked     []*worked // what rules come to, those worked out so far
}

// implausible says which weights are believed at the ages given.
func (s *selector) implausible(named []moment) Selection {
	p := s.ask.Patient
	if len(named) == 0 {
		return Selection{Outcome: Implausible, Reason: "the age does not fit " + p.Population}
	}
	sel := Selection{Outcome: Implausible, Believed: s.weightsAt(named)}
	sel.Reason = p.Weight.String() + " is not believed: at this age " + sel.Believed.String() + " is"
	return sel
}

// decide compares what governs at every age the patient may have.
func (s *selector) decide(ages []moment) Selection {
	verdicts := s.verdicts(ages)
	if allEqual(verdicts) {
		return s.conclude(ages, commonest(verdicts))
	}
	switch {
	case has(verdicts, NeedWeight):
		return Selection{Outcome: NeedWeight, Choices: answering(s.choices(ages, verdicts))}
	case !has(verdicts, Answer):
		return Selection{Outcome: NeedIndication, Indications: s.indicationsFor(ages)}
	default:
		return Selection{Outcome: NeedPopulation, Choices: s.choices(ages, verdicts)}
	}
}

// conclude makes a Selection of a verdict that holds at all ages.
func (s *selector) conclude(ages []moment, v verdict) Selection {
	sel := Selection{Outcome: v.outcome}
	switch v.outcome {
	case Answer:
		sel.Rule, sel.Indication = v.rule, v.indication
		sel.Results = s.results(v.rule)
		sel.Others = s.others(ages, v)
	case NeedIndication:
		sel.Indications = s.indicationsFor(ages)
	case NoRule:
		sel.Reason = s.reason(ages)
	}
	return sel
}

// others gathers what the other rules of the indication say.
func (s *selector) others(ages []moment, v verdict) []Other {
	var list []Other
	var figures []*worked // of each in the list
	for _, rule := range v.indication.Rules {
		if rule == v.rule || !s.mayApply(rule, ages) {
			continue
		}
		says := s.workOut(rule)
		at := slices.Index(figures, says.first)
		if at < 0 {
			at = len(list)
			figures = append(figures, says.first)
			list = append(list, Other{Results: says.results, Agrees: says.first == v.figures})
		}
		list[at].Rules = append(list[at].Rules, rule)
	}
	return list
}

// mayApply says that a rule is for this weight and one of the ages.
func (s *selector) mayApply(rule *knowledge.Rule, ages []moment) bool {
	if w := s.ask.Patient.Weight; w != 0 && !rule.Weight.Contains(w) {
		return false
	}
	return coversAny(rule, ages)
}

// coversAny says that a rule is for one of the ages.
func coversAny(rule *knowledge.Rule, ages []moment) bool {
	for _, m := range ages {
		if m.in(rule.Age) {
			return true
		}
	}
	return false
}

// indicationsFor lists the uses that have a rule for the patient, in file
// order.
func (s *selector) indicationsFor(ages []moment) []*knowledge.Indication {
	var list []*knowledge.Indication
	for _, in := range s.drug.Indications {
		for _, rule := range in.Rules {
			if !rule.OtherOnly && s.mayApply(rule, ages) {
				list = append(list, in)
				break
			}
		}
	}
	return list
}

// reason says why no rule applies: the weight, or else the age.
func (s *selector) reason(ages []moment) string {
	var weights, groups []string
	for _, in := range s.asked() {
		for _, rule := range in.Rules {
			if rule.OtherOnly {
				continue
			}
			groups = appendNew(groups, rule.Age.String())
			if coversAny(rule, ages) {
				weights = appendNew(weights, rule.Weight.String())
			}
		}
	}
	switch {
	case len(weights) > 0:
		return s.ask.Patient.Weight.String() + " is outside the weights of the rules: " + strings.Join(weights, "; ")
	case len(groups) > 0:
		return "the rules are for other ages: " + strings.Join(groups, "; ")
	default:
		return "no rule governs this use"
	}
}

// asked lists the uses that the question is about: the one named, or all.
func (s *selector) asked() []*knowledge.Indication {
	if s.ask.Indication != nil {
		return []*knowledge.Indication{s.ask.Indication}
	}
	return s.drug.Indications
}

func appendNew(list []string, text string) []string {
	if slices.Contains(list, text) {
		return list
	}
	return append(list, text)
}
