package knowledge

import (
	"slices"
	"strings"
	"unicode"
)

// names finds entries by the exact names people type. It holds each name
// twice where it has accents: as written and without.
type names struct {
	drugs       map[string]*Drug
	sites       map[string]*Site
	devices     map[string]*Device
	populations map[string]int // place in Base.Populations
	completions []string
}

func newNames(b *Base) names {
	n := names{map[string]*Drug{}, map[string]*Site{}, map[string]*Device{}, map[string]int{}, nil}
	for _, d := range b.Drugs {
		put(n.drugs, d.names(), d)
		n.completions = append(n.completions, append([]string{d.Name, d.OtherName}, d.Aliases...)...)
	}
	for _, s := range b.Sites {
		put(n.sites, s.names(), s)
	}
	for _, d := range b.Devices {
		put(n.devices, d.names(), d)
	}
	for i, p := range b.Populations {
		put(n.populations, append([]string{p.Name}, p.Aliases...), i)
	}
	slices.Sort(n.completions)
	n.completions = slices.DeleteFunc(slices.Compact(n.completions), func(s string) bool { return s == "" })
	return n
}

// names lists everything a person may call the entry.
func (m *Meta) names() []string {
	return append([]string{m.Title, m.ID.Slug()}, m.Aliases...)
}

// names lists everything a person may call the drug.
func (d *Drug) names() []string {
	return append(d.Meta.names(), d.Name, d.OtherName)
}

func put[V any](into map[string]V, names []string, value V) {
	for _, name := range names {
		for _, key := range []string{nameKey(name), foldedKey(name)} {
			if key != "" {
				into[key] = value
			}
		}
	}
}

// get finds a name as typed, or else without its accents.
func get[V any](from map[string]V, text string) (value V, found bool) {
	if value, found = from[nameKey(text)]; found {
		return value, true
	}
	value, found = from[foldedKey(text)]
	return value, found
}

// DrugByName finds a drug by exactly one of its names: its name, other name,
// slug or an alias. Case, accents, spaces and hyphens do not matter. It never
// guesses: a misspelt name finds nothing.
func (b *Base) DrugByName(text string) (*Drug, bool) { return get(b.names.drugs, text) }

// SiteByName finds a bone by exactly one of its names, as DrugByName does.
func (b *Base) SiteByName(text string) (*Site, bool) { return get(b.names.sites, text) }

// DeviceByName finds a device by exactly one of its names, as DrugByName does.
func (b *Base) DeviceByName(text string) (*Device, bool) { return get(b.names.devices, text) }

// PopulationByWord finds a group of patients by exactly one of its words.
func (b *Base) PopulationByWord(text string) (Population, bool) {
	i, found := get(b.names.populations, text)
	if !found {
		return Population{}, false
	}
	return b.Populations[i], true
}

// IndicationByName finds a use of a drug by exactly its name, id or an alias.
func (b *Base) IndicationByName(d *Drug, text string) (*Indication, bool) {
	return get(d.useNames(), text)
}

// useNames finds the uses of a drug by their names.
func (d *Drug) useNames() map[string]*Indication {
	uses := map[string]*Indication{}
	for _, in := range d.Indications {
		put(uses, append([]string{in.Name, in.ID}, in.Aliases...), in)
	}
	return uses
}

// DrugNames lists the names and aliases of all drugs, sorted, for completion.
func (b *Base) DrugNames() []string { return b.names.completions }

// nameKey is a name without what people leave out or add: case, spaces,
// hyphens, apostrophes and full stops.
func nameKey(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || strings.ContainsRune("-‐‑–.'’", r) {
			return -1
		}
		return unicode.ToLower(r)
	}, text)
}

// foldedKey is nameKey without accents.
func foldedKey(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) && r < 0x0370 { // a combining accent
			return -1
		}
		return withoutAccent(r)
	}, nameKey(text))
}

// withoutAccent is the plain letter of an accented lower-case Latin one.
func withoutAccent(r rune) rune {
	if r < 0xe0 {
		return r
	}
	for _, letters := range []string{
		"aàáâãäåāăą", "cçćĉċč", "dďđ", "eèéêëēĕėęě", "gĝğġģ", "hĥħ", "iìíîïĩīĭįı", "jĵ", "kķ", "lĺļľł",
		"nñńņň", "oòóôõöøōŏő", "rŕŗř", "sśŝşšș", "tţťŧț", "uùúûüũūŭůűų", "wŵ", "yýÿŷ", "zźżž",
	} {
		if strings.ContainsRune(letters, r) {
			return rune(letters[0])
		}
	}
	return r
}
