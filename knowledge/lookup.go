package knowledge

import (
	"cmp"
	"slices"
	"strings"
	"time"
)

// At is the status at a moment: what was signed, unless a date has passed.
// Entries are due and expire at the end of the day named, UTC. A withdrawn
// entry stays withdrawn.
func (r Review) At(now time.Time) Status {
	switch {
	case r.Status == Withdrawn:
		return Withdrawn
	case dayOver(r.Expires, now):
		return Expired
	case dayOver(r.Due, now):
		return Overdue
	default:
		return r.Status
	}
}

func dayOver(day, now time.Time) bool {
	return !day.IsZero() && !now.Before(day.AddDate(0, 0, 1))
}

// Kind is the part before the slash: "drug"; empty when there is none.
func (id ID) Kind() string {
	kind, _, found := strings.Cut(string(id), "/")
	if !found {
		return ""
	}
	return kind
}

// Entry is the id without its part: "drug/epinephrine".
func (id ID) Entry() ID {
	entry, _, _ := strings.Cut(string(id), "#")
	return ID(entry)
}

// Part is what follows the '#': "arrest-child"; empty for a whole entry.
func (id ID) Part() string {
	_, part, _ := strings.Cut(string(id), "#")
	return part
}

// Slug is the name without kind and part: "epinephrine".
func (id ID) Slug() string {
	entry := string(id.Entry())
	return entry[strings.Index(entry, "/")+1:]
}

// withKind is id with a kind in front when it has none.
func withKind(kind string, id ID) ID {
	if id == "" || id.Kind() != "" {
		return id
	}
	return ID(kind + "/" + string(id))
}

// find finds the entry with an id, or a bare slug, in a list sorted by ID.
// The part of the id is left aside.
func find[E any](list []E, kind string, id ID, meta func(E) *Meta) (entry E, found bool) {
	want := withKind(kind, id.Entry())
	i, found := slices.BinarySearchFunc(list, want, func(e E, want ID) int { return cmp.Compare(meta(e).ID, want) })
	if !found {
		return entry, false
	}
	return list[i], true
}

// Article finds an article by id, "article/flushing", or slug, "flushing".
func (b *Base) Article(id ID) (*Article, bool) {
	return find(b.Articles, "article", id, func(a *Article) *Meta { return &a.Meta })
}

// Drug finds a drug by id or slug. Names are for DrugByName.
func (b *Base) Drug(id ID) (*Drug, bool) {
	return find(b.Drugs, "drug", id, func(d *Drug) *Meta { return &d.Meta })
}

// Site finds a bone by id or slug.
func (b *Base) Site(id ID) (*Site, bool) {
	return find(b.Sites, "site", id, func(s *Site) *Meta { return &s.Meta })
}

// Device finds a device by id or slug.
func (b *Base) Device(id ID) (*Device, bool) {
	return find(b.Devices, "device", id, func(d *Device) *Meta { return &d.Meta })
}

// Source finds a document by its key.
func (b *Base) Source(key string) (Source, bool) {
	s, found := b.Sources[key]
	return s, found
}

// Entry finds what every entry has, for an id of any kind.
func (b *Base) Entry(id ID) (*Meta, bool) {
	switch id.Kind() {
	case "article":
		if a, ok := b.Article(id); ok {
			return &a.Meta, true
		}
	case "drug":
		if d, ok := b.Drug(id); ok {
			return &d.Meta, true
		}
	case "site":
		if s, ok := b.Site(id); ok {
			return &s.Meta, true
		}
	case "device":
		if d, ok := b.Device(id); ok {
			return &d.Meta, true
		}
	}
	return nil, false
}

// Entries lists what every entry has, sorted by ID.
func (b *Base) Entries() []*Meta {
	var all []*Meta
	for _, a := range b.Articles {
		all = append(all, &a.Meta)
	}
	for _, d := range b.Devices {
		all = append(all, &d.Meta)
	}
	for _, d := range b.Drugs {
		all = append(all, &d.Meta)
	}
	for _, s := range b.Sites {
		all = append(all, &s.Meta)
	}
	return all
}

// Section finds a section by the id after the '#'.
func (a *Article) Section(id string) (*Section, bool) {
	i := slices.IndexFunc(a.Sections, func(s Section) bool { return s.ID == id })
	if i < 0 {
		return nil, false
	}
	return &a.Sections[i], true
}

// Indication finds a use of the drug by its id.
func (d *Drug) Indication(id string) (*Indication, bool) {
	i := slices.IndexFunc(d.Indications, func(in *Indication) bool { return in.ID == id })
	if i < 0 {
		return nil, false
	}
	return d.Indications[i], true
}

// Rule finds a dose rule by its id, and the indication it belongs to.
func (d *Drug) Rule(id string) (*Indication, *Rule, bool) {
	for _, in := range d.Indications {
		for _, r := range in.Rules {
			if r.ID == id {
				return in, r, true
			}
		}
	}
	return nil, nil, false
}
