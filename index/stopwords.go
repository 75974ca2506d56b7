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

// quietWords say little on their own, here as anywhere: they are looked for,
// and weigh as little as the subject of the base.
const quietWords = `how when where which why long much many often far deep
	kg g mg mcg ml l lb lbs mo mos yo yr yrs y m h hr hrs min mins year years month months week weeks day days
	hour hours minute minutes old aged age
	able across actual afterwards ago ahead alone along already alright although always among answer anyway apart
	ask asked asking asks because become becomes began begin behind believe bring brings bunch call called came case
	cases certain come comes consider day deal decide difference different done doubt each earlier easier easily
	easy either enough especially etc even everyone exactly example except expect fact fairly few final finally
	fine follow following found further general generally getting given giving goes gone good great happened
	happening hard hardly hear heard hold honest honestly hopefully idea important instead interesting issue job
	keep kind knew knows known later learn likely list little looked looking looks lots made main mainly making
	matter meaning meaningful mention mine moment mostly near nearly necessary new next nice none nothing
	obvious ok ones open option options otherwise overall own part particular past people perhaps person plan point
	possible practice prefer pretty probably problem problems proper properly put puts quite rather read ready real
	reason reasons recommend recommended regarding rule saw seem seems seen several shown simple simply since
	situation someone sometimes soon sort started suggest suggested sure talk talking term thats think thinking
	though thought today together told tomorrow tonight took towards tried true truth turn type types typical
	typically understand unless upon useful usual usually various very via wanted ways went whatever whether while
	whole wish within word words world worth yesterday yet`

func set(words string) map[string]bool {
	all := map[string]bool{}
	for _, w := range strings.Fields(words) {
		all[w] = true
	}
	return all
}

// stemSet is the stems of the words of some phrases. Synonyms are left alone:
// what means nothing in one language may be a drug's short name in another.
func stemSet(phrases []string) map[string]bool {
	all := map[string]bool{}
	for _, phrase := range phrases {
		for _, s := range stems(phrase) {
			all[s] = true
		}
	}
	return all
}
