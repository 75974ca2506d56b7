package knowledge

import (
	"fmt"
	"slices"
)

// checkNames reports names that belong to two entries, two uses of one drug
// or two groups of patients.
func checkNames(l *loader) {
	entries := owners{}
	for _, m := range l.base.Entries() {
		for _, name := range l.base.namesOf(m) {
			if other := entries.claim(name, string(m.ID)); other != "" {
				l.at(m.File, pathOfName(m.Aliases, name), fmt.Sprintf("the name %q belongs to %s too; leave it to one of the two", name, other))
			}
		}
	}
	for _, d := range l.base.Drugs {
		uses := owners{}
		for i, in := range d.Indications {
			for _, name := range append([]string{in.ID, in.Name}, in.Aliases...) {
				if other := uses.claim(name, in.ID); other != "" {
					l.at(d.File, fmt.Sprintf("indications[%d]", i), fmt.Sprintf("the name %q belongs to the indication %s too; leave it to one of the two", name, other))
				}
			}
		}
	}
	groups := owners{}
	for i, p := range l.base.Populations {
		for _, name := range append([]string{p.Name}, p.Aliases...) {
			if other := groups.claim(name, p.Name); other != "" {
				l.at("knowledge.yaml", fmt.Sprintf("populations[%d]", i), fmt.Sprintf("the word %q belongs to %s too; leave it to one of the two", name, other))
			}
		}
	}
}

// owners says to whom each name belongs.
type owners map[string]string

// claim gives a name to an owner, or returns the other one that has it.
func (o owners) claim(name, owner string) (other string) {
	key := foldedKey(name)
	if key == "" {
		return ""
	}
	if has, taken := o[key]; taken && has != owner {
		return has
	}
	o[key] = owner
	return ""
}

// namesOf lists the names of an entry that must be its own. The slug of an
// article is no name: nobody types it.
func (b *Base) namesOf(m *Meta) []string {
	if d, isDrug := b.Drug(m.ID); isDrug && m.ID.Kind() == "drug" {
		return d.names()
	}
	if m.ID.Kind() == "article" {
		return append([]string{m.Title}, m.Aliases...)
	}
	return m.names()
}

// pathOfName is where a name of an entry stands.
func pathOfName(aliases []string, name string) string {
	if i := slices.Index(aliases, name); i >= 0 {
		return fmt.Sprintf("aliases[%d]", i)
	}
	return "name"
}

// Names are easily taken for each other when they are this near.
const (
	nearLength   = 5 // shorter names are abbreviations that all look alike
	nearDistance = 2 // letters changed, but no more than a third of the name
	nearPrefix   = 6 // or letters shared at the start
)

// checkLookAlikes reports drugs with a name that is easily taken for a name of
// another drug, where look_alikes does not warn of it.
func checkLookAlikes(l *loader) {
	names := map[*Drug][]spelling{}
	for _, d := range l.base.Drugs {
		names[d] = spellings(slices.Concat([]string{d.Name, d.OtherName, d.ID.Slug()}, d.Aliases))
	}
	for _, d := range l.base.Drugs {
		for _, other := range l.base.Drugs {
			name, near, found := nearNames(names[d], names[other])
			if d != other && found && !d.guards(other) {
				l.at(d.File, "look_alikes", fmt.Sprintf("%q is easily taken for %q; add %s to look_alikes with the difference", name, near, other.Name))
			}
		}
	}
}

// guards says that the drug warns of one of the names of the other.
func (d *Drug) guards(other *Drug) bool {
	return slices.ContainsFunc(d.LookAlikes, func(a LookAlike) bool {
		return slices.ContainsFunc(other.names(), func(name string) bool { return foldedKey(name) == foldedKey(a.Name) })
	})
}

// spelling is a name with the letters it is compared by.
type spelling struct {
	name string
	key  []rune
}

// spellings are the names long enough to be compared.
func spellings(names []string) []spelling {
	var all []spelling
	for _, name := range names {
		if key := []rune(foldedKey(name)); len(key) >= nearLength {
			all = append(all, spelling{name, key})
		}
	}
	return all
}

// nearNames finds a name of each drug that are easily taken for each other.
func nearNames(a, b []spelling) (name, near string, found bool) {
	for _, x := range a {
		for _, y := range b {
			if areNear(x.key, y.key) {
				return x.name, y.name, true
			}
		}
	}
	return "", "", false
}

// areNear says that two names are spelt alike, begin alike, or that one is the
// end of the other, as adrenaline is of noradrenaline.
func areNear(a, b []rune) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(a) >= nearPrefix && slices.Equal(a[:nearPrefix], b[:nearPrefix]) || slices.Equal(a, b[:len(a)]) || slices.Equal(a, b[len(b)-len(a):]) {
		return true
	}
	limit := min(nearDistance, len(a)/3)
	return len(b)-len(a) <= limit && editDistance(a, b) <= limit
}
