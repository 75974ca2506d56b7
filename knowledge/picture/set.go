package picture

import (
	"cmp"
	"slices"

	"iobot/knowledge"
	"iobot/knowledge/typeface"
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
	fonts, err := typeface.Load()
	if err != nil {
		return nil, err
	}
	pen := fonts.Pen()
	s := &Set{byName: map[string]*Drawing{}}
	for _, a := range all {
		m := maker{set: s, base: b, art: a, fonts: fonts, pen: pen}
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
