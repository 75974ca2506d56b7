package command

import (
	"slices"
	"strings"
)

// Words that make a free question one for a command. They are matched whole.
var (
	doseWords = strings.Fields(`dose doses dosing dosage dosis posologie dosi doz much ml mg mcg volume units
		cuanto cuánto combien wieviel viel quanto قدر كم جرعة 剂量 多少 剂 खुराक`)
	needleWords = strings.Fields(`needle needles needel aiguille aguja nadel agulha pink blue yellow 15mm 25mm 45mm length mm`)
	siteWords   = strings.Fields(`landmark landmarks angle position spot insert insertion point where find place put drill
		drilling go placement which location locate prefer preferred best first choice
		dónde donde onde où ou wo dove saan sitio lugar local punciona puncionar 部位 哪里 أين مكان`)
)

// asksDose reports whether a free question is for the dose command: it names
// a drug and a weight, or asks how much of a drug and says nothing else.
func (a *asking) asksDose(r reading) bool {
	weighs := r.patient.Weight != 0 || len(r.patient.Doubts) > 0
	wantsDose := holdsAny(r.text, doseWords)
	switch {
	case len(r.drugs) > 0 && weighs:
		return true
	case len(r.drugs) == 1:
		return wantsDose && onlyFillers(a.withoutUse(r))
	}
	return wantsDose && r.patient.Weight != 0 && len(r.sites) == 0 && !holdsAny(r.text, needleWords)
}

// withoutUse is the rest of a line without the words for a use of its drug.
func (a *asking) withoutUse(r reading) string {
	return cut(r.rest, a.snapshot.FindIndications(r.rest, r.drugs[0].ID))
}

// asksNeedle reports whether a free question is about a needle for a weight.
func (r reading) asksNeedle() bool {
	weighs := r.patient.Weight != 0 || len(r.patient.Doubts) > 0
	return weighs && len(r.drugs) == 0 && holdsAny(r.text, needleWords)
}

// asksSite reports whether a free question asks for a bone or for its
// landmarks, and nothing else.
func (r reading) asksSite() bool {
	if len(r.drugs) > 0 || len(r.devices) > 0 || len(r.sites) > 1 {
		return false
	}
	if len(r.sites) == 0 && (!r.knownPatient() || !holdsAny(r.text, siteWords) && !holdsAny(r.text, fillers)) {
		return false
	}
	for _, w := range strangers(r.rest) {
		if !slices.Contains(siteWords, w) {
			return false
		}
	}
	return true
}

// holdsAny reports whether a text holds one of the words.
func holdsAny(text string, words []string) bool {
	return slices.ContainsFunc(strings.Fields(strings.ToLower(text)), func(w string) bool {
		return slices.Contains(words, strings.Trim(w, ".,;:!?¿¡()"))
	})
}

// connectors start a question that goes on from the one before.
var connectors = strings.Fields(`and what about how then also if in at same again y et und e ed`)

// followUp turns "and for 20 kg?" into a command line about the subject of
// the answer before. It does so only when the line says nothing but a patient,
// or nothing but another drug for the same patient.
func (a *asking) followUp(line string) (string, bool) {
	if a.Previous == "" {
		return "", false
	}
	now := a.read(line)
	if extra := strangers(now.rest); slices.ContainsFunc(extra, func(w string) bool { return !slices.Contains(connectors, w) }) {
		return "", false
	}
	name, args, _ := strings.Cut(a.Previous, " ")
	before := a.read(args)
	changed := now.knownPatient() || now.doubtful()
	switch {
	case changed && len(now.drugs) == 0 && len(now.sites) == 0:
		return squeeze(name + " " + before.patient.Rest + " " + kept(before, now) + " " + a.patientText(line, now)), true
	case name == "dose" && len(now.drugs) == 1 && !changed && before.knownPatient():
		return squeeze("dose " + now.drugs[0].ID.Slug() + " " + before.patientWords()), true
	}
	return "", false
}

// kept is what still holds of the patient before: the group when only the
// weight is new, nothing when the age or group is.
func kept(before, now reading) string {
	if now.patient.HasAge() || now.patient.Population != "" {
		return ""
	}
	before.patient.Weight = 0
	return before.patientWords()
}

// patientText is the new patient as typed, so that what is in doubt is asked
// about in the user's own words.
func (a *asking) patientText(line string, now reading) string {
	if !now.doubtful() {
		return now.patientWords()
	}
	words := strings.Fields(line)
	return strings.Join(slices.DeleteFunc(words, func(w string) bool {
		w = strings.ToLower(strings.Trim(w, ",.?!"))
		return slices.Contains(connectors, w) || w == "for"
	}), " ")
}
