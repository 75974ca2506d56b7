package editorial

import "strings"

// confirmationWords are what an approver types to show that the card was read.
// They are short, plain and unlike each other.
const confirmationWords = `amber anchor basil beacon birch bridge candle canyon cedar clover copper coral
	cotton dolphin ember falcon garden ginger harbour hazel island ivory jasmine kettle lantern lemon maple marble
	meadow mirror nectar olive orchid otter paper pebble pepper planet quartz ribbon river saddle saffron silver
	spruce summit sunset thunder tulip valley velvet violin walnut willow window winter`

// confirmation is the word for a hash. Another text asks for another word, in
// all but one of some fifty cases.
func confirmation(hash string) string {
	words := strings.Fields(confirmationWords)
	n := 0
	for _, b := range []byte(hash) {
		n = (n*31 + int(b)) % len(words)
	}
	return words[n]
}
