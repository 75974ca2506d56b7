package picture

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"iobot/knowledge"
)

// Set is all drawings of one base. It does not change.
type Set struct {
	drawings []*Drawing
	byName   map[string]*Drawing
	problems []string
}

// NewSet fills the art with the figures of a base. It draws nothing yet. An
// entry that is withdrawn has no drawing; whether an expired one may be shown
// is for the caller, who knows the time. Art that the entry does not bear out
// is left out and named in Problems. The error is a fault of the program.
func NewSet(b *knowledge.Base) (*Set, error) {
	all, err := readArt()
	if err != nil {
		return nil, err
	}
	fonts, err := newFonts()
	if err != nil {
		return nil, err
	}
	ruler, err := newRuler(fonts)
	if err != nil {
		return nil, err
	}
	s := &Set{byName: map[string]*Drawing{}}
	for _, a := range all {
		m := maker{set: s, base: b, art: a, fonts: fonts, ruler: ruler}
		m.make()
	}
	slices.SortFunc(s.drawings, func(x, y *Drawing) int { return cmp.Compare(x.ID, y.ID) })
	for _, d := range s.drawings {
		s.byName[d.Name()] = d
	}
	return s, nil
}

// Lint says which drawings a base has no figures for, one sentence each.
func Lint(b *knowledge.Base) []string {
	s, err := NewSet(b)
	if err != nil {
		return []string{err.Error()}
	}
	return s.Problems()
}

// All lists the drawings by ID.
func (s *Set) All() []*Drawing { return slices.Clone(s.drawings) }

// Problems says which art could not be used and why.
func (s *Set) Problems() []string { return slices.Clone(s.problems) }

// Named finds a drawing by its file name.
func (s *Set) Named(name string) (*Drawing, bool) {
	d, found := s.byName[name]
	return d, found
}

// Site lists the drawings of a bone: those of the landmark, when one is given,
// then those that hold at any age.
func (s *Set) Site(id knowledge.ID, l *knowledge.Landmark) []*Drawing {
	of := s.Entry(id)
	fits := func(d *Drawing) bool { return l != nil && d.Group == l.Group && d.Age == l.Age }
	out := slices.DeleteFunc(slices.Clone(of), func(d *Drawing) bool { return !fits(d) })
	return append(out, slices.DeleteFunc(of, func(d *Drawing) bool { return d.Group != "" })...)
}

// Entry lists the drawings that show the figures of an entry.
func (s *Set) Entry(id knowledge.ID) []*Drawing {
	var out []*Drawing
	for _, d := range s.drawings {
		if d.Entry == id.Entry() {
			out = append(out, d)
		}
	}
	return out
}

// maker makes the drawings of one piece of art.
type maker struct {
	set   *Set
	base  *knowledge.Base
	art   *art
	fonts fonts
	ruler *ruler
}

// make picks the entry and fills the art with it, once a landmark where the
// art is of landmarks.
func (m maker) make() {
	meta, found := m.base.Entry(m.art.entry)
	if !found || meta.Review.Status == knowledge.Withdrawn {
		return
	}
	switch m.art.entry.Kind() {
	case "site":
		s, _ := m.base.Site(m.art.entry)
		m.makeSite(s)
	case "device":
		d, _ := m.base.Device(m.art.entry)
		m.add(m.plain(d.Title), deviceValues(d))
	case "article":
		a, _ := m.base.Article(m.art.entry)
		m.add(m.plain(a.Title), articleValues(a))
	}
}

func (m maker) makeSite(s *knowledge.Site) {
	if len(m.art.groups) == 0 {
		m.add(m.plain(s.Title), siteValues(s))
		return
	}
	for i := range s.Landmarks {
		l := &s.Landmarks[i]
		if l.Use == "no" || len(l.Marks) == 0 || !slices.Contains(m.art.groups, l.Group) {
			continue
		}
		v := landmarkValues(s, l)
		d := m.plain(v["title"])
		d.ID, d.Group, d.Age = landmarkID(s, l), l.Group, l.Age
		d.Alt = landmarkAlt(m.art, m.avoided(), s, l)
		m.add(d, v, unsaid(l)...)
	}
}

// length is a distance as the entries write it: "10 to 15 mm".
var length = regexp.MustCompile(`\d+(?:\.\d+)?(?: to \d+(?:\.\d+)?)? [cm]m\b`)

// unsaid reports distances to be drawn that the words of the landmark do not
// give. The picture would say other than the text.
func unsaid(l *knowledge.Landmark) (problems []string) {
	said := length.FindAllString(l.Find.Text, -1)
	for _, m := range l.Marks {
		drawn := length.FindString(m.Distance)
		if drawn == "" || !slices.Contains(said, drawn) {
			problems = append(problems, fmt.Sprintf("the mark says %q, but what to find says %q", m.Distance, strings.Join(said, ", ")))
		}
	}
	return problems
}

// landmarkID is the slug and the group, with the age where a group has more
// than one landmark.
func landmarkID(s *knowledge.Site, l *knowledge.Landmark) string {
	id := s.ID.Slug() + "/" + l.Group
	for i := range s.Landmarks {
		if other := &s.Landmarks[i]; other != l && other.Group == l.Group {
			return id + "/" + strings.ReplaceAll(l.Age.String(), " ", "-")
		}
	}
	return id
}

func (m maker) avoided() []string {
	_, avoid := printed(m.art.root)
	return avoid
}

// plain is a drawing that holds at any age.
func (m maker) plain(title string) *Drawing {
	d := &Drawing{ID: m.art.entry.Slug(), Entry: m.art.entry, Title: title, fonts: m.fonts}
	if m.art.part != "" {
		d.ID += "/" + m.art.part
	}
	if m.art.title != "" {
		d.Title = m.art.title
	}
	return d
}

// add finishes a drawing, or says why there is none.
func (m maker) add(d *Drawing, v values, problems ...string) {
	v["title"] = d.Title
	f := filler{values: v, problems: problems}
	f.agree(m.art.agrees)
	filled := f.fill(m.art.root)
	if d.Alt == "" {
		texts, _ := printed(filled)
		d.Alt = wordsAlt(m.art, texts)
	}
	problems = append(f.problems, d.finish(m.art, filled, m.ruler)...)
	if len(d.Alt) > maxAlt {
		problems = append(problems, "its description is too long to be read out; shorten what the entry says")
	}
	if len(problems) > 0 {
		m.set.problems = append(m.set.problems, fmt.Sprintf("%s: no drawing %s: %s", d.Entry, d.ID, strings.Join(problems, "; ")))
		return
	}
	m.set.drawings = append(m.set.drawings, d)
}
