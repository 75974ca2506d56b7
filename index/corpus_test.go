package index

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"iobot/knowledge"
)

// corpus makes entries whose words are spread as in English: few words are
// frequent and most are rare (Zipf's law), near half of a text is words such
// as "the", and a text keeps coming back to a few words of its topic. The same
// n always gives the same entries.
type corpus struct {
	random *rand.Rand
	zipf   *rand.Zipf
	words  []string
}

// known is a question whose right answer is known.
type known struct {
	text string
	id   knowledge.ID
}

func newCorpus() *corpus {
	r := rand.New(rand.NewPCG(1, 2))
	c := &corpus{random: r, zipf: rand.NewZipf(r, 1.07, 20, 39_999)}
	seen := map[string]bool{}
	for len(c.words) < 40_000 {
		if w := c.invent(); !seen[w] {
			seen[w] = true
			c.words = append(c.words, w)
		}
	}
	return c
}

// invent puts a word together that could be English.
func (c *corpus) invent() string {
	starts := strings.Fields("b c d f g h l m n p r s t v st tr pl br ch cr dr fl gr pr sh sp th")
	ends := strings.Fields("n r l s t m nt nd st rd ck x ld rn")
	var w strings.Builder
	for range 1 + c.random.IntN(3) {
		w.WriteString(starts[c.random.IntN(len(starts))] + string("aeiou"[c.random.IntN(5)]))
	}
	return w.String() + ends[c.random.IntN(len(ends))]
}

func (c *corpus) frequent() string { return c.words[c.zipf.Uint64()] }

func (c *corpus) rare() string { return c.words[200+c.random.IntN(len(c.words)-200)] }

// base returns a base of n articles of some 60 words.
func (c *corpus) base(n int) *knowledge.Base {
	b := &knowledge.Base{}
	little := strings.Fields("the of and a to in is it that for with as on at by an be this are or")
	for i := range n {
		topic := []string{c.frequent(), c.frequent(), c.rare(), c.rare(), c.rare()}
		var body []string
		for range 48 {
			switch p := c.random.IntN(100); {
			case p < 45:
				body = append(body, little[c.random.IntN(len(little))])
			case p < 60:
				body = append(body, topic[c.random.IntN(len(topic))])
			default:
				body = append(body, c.frequent())
			}
		}
		a := article(knowledge.ID(fmt.Sprintf("article/a%06d", i)), strings.Join(topic[:3], " "), strings.Join(body, " "))
		a.Aliases = []string{topic[3] + " " + c.frequent(), c.rare()}
		b.Articles = append(b.Articles, a)
	}
	return b
}

// questions asks for entries in some of their words, half of them as a whole
// question, a third with one letter left out.
func (c *corpus) questions(b *knowledge.Base, n int) []known {
	var all []known
	for range n {
		a := b.Articles[c.random.IntN(len(b.Articles))]
		from := content(a.Title + " " + a.Aliases[0] + " " + a.Lead[0].Items[0].Text)
		var asked []string
		for range 2 + c.random.IntN(4) {
			asked = append(asked, from[c.random.IntN(len(from))])
		}
		if i := c.random.IntN(len(asked)); c.random.IntN(3) == 0 && len(asked[i]) > 5 {
			cut := 1 + c.random.IntN(len(asked[i])-2)
			asked[i] = asked[i][:cut] + asked[i][cut+1:]
		}
		text := strings.Join(asked, " ")
		if c.random.IntN(2) == 0 {
			text = "what is the " + text + "?"
		}
		all = append(all, known{text, a.ID})
	}
	return all
}

// content returns the words of a text that are looked for.
func content(text string) []string {
	var all []string
	for _, w := range words(text) {
		if !stopWords[w.text] && !askingWords[w.text] {
			all = append(all, w.text)
		}
	}
	return all
}
