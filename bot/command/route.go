package command

import (
	"slices"
	"strings"
)

// Words that make a free question one for a command. They are matched whole.
var (
	doseWords = strings.Fields(`dose doses dosing dosage dosis posologie dosi doz much ml mg mcg volume units
		cuanto cuánto combien wieviel viel quanto قدر كم جرعة 剂量 多少 剂 खुराक`)
	needleWords = strings.Fields(`needle needles needel aiguille aguja nadel agulha pink blue yellow 15mm 25mm 45mm length mm size gauge colour color long`)
	siteWords   = strings.Fields(`landmark landmarks angle position spot insert insertion point where find place put drill
		drilling go placement which location locate prefer preferred best first choice exactly no vein veins spots
		dónde donde onde où ou wo dove saan sitio lugar local punciona puncionar 部位 哪里 أين مكان`)
)

// asksDose reports whether a free question is for the dose command: it names
// a drug and a weight; or a drug with a patient or the word dose, and nothing
// else but a use; or asks how much of something unknown for a weight.
func (a *asking) asksDose(r reading) bool {
	weighs := r.patient.Weight != 0 || r.doubtful()
	wantsDose := holdsAny(r.text, doseWords)
	switch {
	case len(r.drugs) > 0 && weighs:
		return true
	case len(r.drugs) == 1:
		_, rest := a.uses(r.drugs[0], r)
		return (wantsDose || r.knownPatient()) && onlyFillers(rest)
	}
	return wantsDose && r.patient.Weight != 0 && len(r.sites) == 0 && !holdsAny(r.text, needleWords)
}

// asksNeedle reports whether a free question is about a needle for a weight.
func (r reading) asksNeedle() bool {
	weighs := r.patient.Weight != 0 || r.doubtful()
	return weighs && len(r.drugs) == 0 && holdsAny(r.text, needleWords)
}

// asksSite reports whether a free question asks for a bone or for its
// landmarks, and nothing else.
func (r reading) asksSite() bool {
	if len(r.drugs) > 0 || len(r.sites) > 1 || len(r.devices) > 1 {
		return false
	}
	asks := holdsAny(r.text, siteWords)
	if len(r.devices) > 0 && !asks || len(r.sites) == 0 && !(asks && r.knownPatient()) {
		return false
	}
	return r.onlyWords(siteWords)
}

// onlyWords reports whether nothing is left of a line but these words and
// fillers.
func (r reading) onlyWords(words []string) bool {
	return !slices.ContainsFunc(strangers(r.rest), func(w string) bool { return !slices.Contains(words, w) })
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
	before := a.readDose(args)
	changed := now.knownPatient() || now.doubtful()
	switch {
	case changed && len(now.drugs) == 0 && len(now.sites) == 0:
		return squeeze(name + " " + before.subject() + " " + kept(before, now) + " " + a.patientText(line, now)), true
	case name == "dose" && len(now.drugs) == 1 && !changed && before.knownPatient():
		return squeeze("dose " + now.drugs[0].ID.Slug() + " " + before.patientWords()), true
	}
	return "", false
}

// subject is what a line is about, without the patient.
func (r reading) subject() string {
	if r.use != nil {
		return r.drugs[0].ID.Slug() + "#" + r.use.ID
	}
	return r.patient.Rest
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
