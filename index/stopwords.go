package index

import "strings"

// stopWords are neither indexed nor looked for. What changes the meaning of a
// clinical sentence is not among them: no, not, without, before, after, over,
// under, off, out, who.
var stopWords = set(`a an and are as at be been being but by do does did for from had has have having
	he her hers him his i if in into is it its itself me my of on or our ours she so such than that the
	their theirs them then there these they this those to too us was we were with you your yours`)

// askingWords are not looked for either, but may stand in a synonym of
// several words.
var askingWords = set(`about actually again all also am any anybody anyone anything around bit can cant could couldnt
	didnt doesnt dont else ever every explain find get gets give go going gonna got gotta guys happen happens hello
	help hey hi here hows id idk ill im isnt ive just kinda know let lets like lol look make makes may maybe
	mean means might must need needs now ok okay one please pls plz possible question quick quickly
	r really right said say says see shall should show so some somebody someone something sorry stuff supposed take
	tell thank thanks theres thing things think thx try trying u um ur use w used using want wants way
	well what whats whens wheres whos will wont work works would wouldnt yes`)

// quietWords say little on their own: they are looked for, and weigh as little
// as the scope words of the base.
var quietWords = `how when where which why long much many often far deep big
	kg g mg mcg ml l lb lbs mo mos yo yr yrs y m h hr hrs min mins year years month months week weeks day days
	hour hours minute minutes old aged age`

func set(words string) map[string]bool {
	all := map[string]bool{}
	for _, w := range strings.Fields(words) {
		all[w] = true
	}
	return all
}

// weakStems are the stems that say little in this base.
func weakStems(scope []string, s synonyms) map[string]bool {
	weak := map[string]bool{}
	for _, phrase := range append(strings.Fields(quietWords), scope...) {
		stemmed := stems(phrase)
		if means, used := s.at(stemmed); means != nil && used == len(stemmed) {
			stemmed = means.stems
		}
		for _, s := range stemmed {
			weak[s] = true
		}
	}
	return weak
}
