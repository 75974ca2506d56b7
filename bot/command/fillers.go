package command

import (
	"slices"
	"strings"
)

// fillers are words that say nothing about which dose, bone or needle is
// meant. A word that is not among them, and is not understood either, makes
// the bot ask: "adrenaline nebulised 12 kg" is not the dose for an arrest.
var fillers = strings.Fields(`
	a an the of for to in on at by via through thru with and or per as is are it this that my our his her its their
	i we you me us he she they them
	hi hello hey please first initial start
	what whats which how much many do does should would could can give given giving get gets need needs want
	please pls plz thanks quick quickly fast stat now asap urgent urgently ok okay right
	dose doses dosing dosage dosis posologie dosi doz calc calculate amount volume ml mg mcg
	io iv intraosseous intravenous bone needle line access site sites where use used using
	weight weighs weighing wt kg kilo kilos age aged old year years month months
	pt patient patients y o yo
	de del la le el los un una per para pour por der die das fur für von zu cuanto cuánto combien wieviel wie viel quanto
	قدر كم 剂量 多少 给 骨髓输液 骨内 骨髓
`)

// onlyFillers reports whether a text holds no word that matters.
func onlyFillers(text string) bool { return len(strangers(text)) == 0 }

// strangers returns the words of a text that are no fillers.
func strangers(text string) []string {
	var out []string
	for _, w := range strings.Fields(text) {
		w = strings.ToLower(strings.Trim(w, ".,;:!?¿¡()[]\"'…-–/"))
		if w != "" && !slices.Contains(fillers, w) {
			out = append(out, w)
		}
	}
	return out
}
