package index

import (
	"cmp"
	"slices"
	"strings"

	"iobot/knowledge"
)

// LookAlike is the kind of the names that are easily taken for a drug's.
const LookAlike = "look-alike"

// Mention is an exact name in a text.
type Mention struct {
	ID         knowledge.ID // an entry, or of an indication entry#indication
	Name       string       // as the knowledge writes it
	Start, End int          // bytes in the text
}

// FindDrugs returns the drugs that a text names exactly, by a name or alias,
// in the order of the text. Case, accents and spaces inside a word make no
// difference; a part of another word is no name, and neither is "adrenaline"
// in "nor-adrenaline". A name of two drugs gives two mentions of one place.
func (s *Snapshot) FindDrugs(text string) []Mention { return s.FindNames(text, Drug) }

// FindNames does for drugs, sites, devices, situations or LookAlike names what
// FindDrugs does; the mention of a look-alike has the ID of the drug it is
// taken for.
func (s *Snapshot) FindNames(text, kind string) []Mention {
	return s.names[kind].find(text)
}

// FindIndications returns the indications of a drug that a text names exactly.
func (s *Snapshot) FindIndications(text string, drug knowledge.ID) []Mention {
	return s.names[string(drug)].find(text)
}

// names are the exact names of one kind of thing.
type names struct {
	phrases[*[]named]
	all []named
}

type named struct {
	id   knowledge.ID
	name string // as written
	text string // its folded words with spaces between
}

func newNames(b *knowledge.Base) map[string]*names {
	by := map[string]*names{Drug: {}, Site: {}, Device: {}, Situation: {}, LookAlike: {}}
	for _, d := range b.Drugs {
		by[Drug].put(d.ID, append([]string{d.Name, d.OtherName, d.Title, d.ID.Slug()}, d.Aliases...))
		for _, like := range d.LookAlikes {
			by[LookAlike].put(d.ID, []string{like.Name})
		}
		uses := &names{}
		for _, use := range d.Indications {
			uses.put(d.ID+knowledge.ID("#"+use.ID), append([]string{use.Name}, use.Aliases...))
		}
		by[string(d.ID)] = uses
	}
	for _, s := range b.Sites {
		by[Site].put(s.ID, append([]string{s.Title, s.ID.Slug()}, s.Aliases...))
	}
	for _, d := range b.Devices {
		by[Device].put(d.ID, append([]string{d.Title, d.ID.Slug()}, d.Aliases...))
	}
	for _, s := range b.Situations {
		by[Situation].put(knowledge.ID(Situation+"/"+s.ID), append([]string{s.When}, s.Aliases...))
	}
	return by
}

func (n *names) put(id knowledge.ID, all []string) {
	for _, name := range all {
		cut := texts(words(name))
		one := named{id, name, strings.Join(cut, " ")}
		if len(cut) > 0 && n.own(cut, one) {
			n.all = append(n.all, one)
		}
		if len(cut) > 1 {
			n.own([]string{strings.Join(cut, "")}, one)
		}
	}
}

// own makes words a name of one; false when they already are.
func (n *names) own(cut []string, one named) bool {
	n.add(cut, new([]named))
	owners, _ := n.get(cut...)
	if slices.ContainsFunc(*owners, func(have named) bool { return have.id == one.id }) {
		return false
	}
	*owners = append(*owners, one)
	return true
}

func texts(cut []word) []string {
	all := make([]string, len(cut))
	for i, w := range cut {
		all[i] = w.text
	}
	return all
}

// span is a name found in words[first:next].
type span struct {
	first, next int
	owners      []named
}

func (n *names) find(text string) []Mention {
	if n == nil {
		return nil
	}
	cut := words(clip(text))
	var found []Mention
	for _, s := range longestFirst(n.spans(cut)) {
		for _, owner := range s.owners {
			found = append(found, Mention{owner.id, owner.name, cut[s.first].start, cut[s.next-1].end})
		}
	}
	return found
}

// spans returns for every word the longest name that begins there.
func (n *names) spans(cut []word) []span {
	var found []span
	plain := texts(cut)
	for i := range cut {
		used, owners := n.at(plain[i:])
		if used > 0 && !partOfAnother(cut, i, i+used) {
			found = append(found, span{i, i + used, owners})
		}
	}
	return found
}

// at returns how many of the words the longest name takes, and whose it is.
func (n *names) at(words []string) (used int, owners []named) {
	found, ok := n.longest(words)
	if ok && len(found.words) > 1 {
		return len(found.words), *found.value
	}
	if len(words) > 1 && len(words[0]+words[1]) > shortJoined && !numeric(words[0]+words[1]) {
		if owners, ok := n.get(words[0] + words[1]); ok {
			return 2, *owners
		}
	}
	if ok {
		return 1, *found.value
	}
	if bare := withoutParticle(words[0]); bare != "" {
		if owners, ok := n.get(bare); ok {
			return 1, *owners
		}
	}
	return 0, nil
}

// shortJoined is the length up to which two words are not read as one name
// with a space in it.
const shortJoined = 5

// particles stand before an Arabic noun without a space.
var particles = []string{"وال", "بال", "لل", "ال", "و", "ب", "ل"}

func withoutParticle(word string) string {
	for _, p := range particles {
		if bare, ok := strings.CutPrefix(word, p); ok && len(bare) > len("xxxx") {
			return bare
		}
	}
	return ""
}

// compounds are beginnings that make another drug of the name that follows:
// nor-adrenaline is not adrenaline.
var compounds = set(`nor iso pseudo levo lev dex dextro meth methyl hydroxy nitro chlor fos phospho race`)

// partOfAnother reports whether words[first:next] belong to a longer word.
func partOfAnother(cut []word, first, next int) bool {
	if first > 0 && (compounds[cut[first-1].text] || cut[first].glued && !numeric(cut[first-1].text)) {
		return true
	}
	return next < len(cut) && cut[next].glued && !numeric(cut[next].text)
}

// longestFirst drops every span that overlaps a longer one, or an earlier one
// of the same length, and returns the rest in order.
func longestFirst(all []span) []span {
	order := slices.Clone(all)
	slices.SortStableFunc(order, func(a, b span) int { return cmp.Compare(b.next-b.first, a.next-a.first) })
	var kept []span
	for _, s := range order {
		overlaps := func(k span) bool { return s.first < k.next && k.first < s.next }
		if !slices.ContainsFunc(kept, overlaps) {
			kept = append(kept, s)
		}
	}
	slices.SortFunc(kept, func(a, b span) int { return cmp.Compare(a.first, b.first) })
	return kept
}
