package picture

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"iobot/knowledge"
	"iobot/knowledge/typeface"
)

// maker makes the drawings of one piece of art.
type maker struct {
	set   *Set
	base  *knowledge.Base
	art   *art
	fonts typeface.Fonts
	pen   *typeface.Pen
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
		if !s.Instructions || !shows(l) || !slices.Contains(m.art.groups, l.Group) {
			continue
		}
		v := landmarkValues(s, l)
		d := m.plain(v["title"])
		d.ID, d.Group, d.Age = landmarkID(s, l), l.Group, l.Age
		d.Alt = landmarkAlt(m.art, m.avoided(), s, l)
		m.add(d, v, unsaid(l)...)
	}
}

// shows reports whether a landmark is there to be drawn. One for caution may
// say no more than to look elsewhere first.
func shows(l *knowledge.Landmark) bool {
	return l.Use == "yes" || l.Use == "caution" && len(l.Marks) > 0
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
	problems = append(f.problems, d.finish(m.art, filled, m.pen)...)
	if len(d.Alt) > maxAlt {
		problems = append(problems, "its description is too long to be read out; shorten what the entry says")
	}
	if len(problems) > 0 {
		m.set.problems = append(m.set.problems, fmt.Sprintf("%s: no drawing %s: %s", d.Entry, d.ID, strings.Join(problems, "; ")))
		return
	}
	m.set.drawings = append(m.set.drawings, d)
}
