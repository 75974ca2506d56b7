package card

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"iobot/knowledge"
	"iobot/knowledge/quantity"
)

// advice is what is said for an age.
type advice struct {
	age quantity.AgeRange
	knowledge.Statement
}

// bone is a site that comes first, and how to find the place at each age.
type bone struct {
	site *knowledge.Site
	find []advice
}

// siteRows says which bone comes first and how to find the place: one row for
// each bone that is first at an age the patient may have.
func (m *maker) siteRows() []Row {
	var rows []Row
	for _, b := range m.firstBones() {
		rows = append(rows, m.siteRow(b))
	}
	if len(rows) == 0 {
		return []Row{{Name: "First bone", Say: inWords(sayNoRule)}}
	}
	return rows
}

func (m *maker) firstBones() []bone {
	var bones []bone
	for _, g := range m.base.SiteChoice {
		site, ok := m.base.Site(g.First)
		if !ok || !m.base.MayBe(m.patient, g.Age) {
			continue
		}
		i := slices.IndexFunc(bones, func(b bone) bool { return b.site == site })
		if i < 0 {
			bones, i = append(bones, bone{site: site}), len(bones)
		}
		bones[i].find = append(bones[i].find, find(site, g.Age))
	}
	return bones
}

// find is how the place is found at an age, or else what the bone is.
func find(s *knowledge.Site, age quantity.AgeRange) advice {
	for _, l := range s.Landmarks {
		if l.Age.Overlaps(age) {
			return advice{l.Age, l.Find}
		}
	}
	return advice{age, s.Summary}
}

func (m *maker) siteRow(b bone) Row {
	status, withheld := m.withheld(&b.site.Meta)
	if withheld {
		return seeProtocol(b.site.ID, b.site.Title, status)
	}
	row := Row{Entry: b.site.ID, Name: b.site.Title, Use: "first choice", Review: status, Warnings: texts(b.site.Warnings)}
	if len(b.site.Contraindications) > 0 {
		row.Warnings = append(row.Warnings, "Not this bone if: "+inSentence(b.site.Contraindications)+".")
	}
	row.advise(b.find)
	return row
}

// needleRow says which needle of a device fits the patient.
func (m *maker) needleRow(id knowledge.ID) Row {
	d, _ := m.base.Device(id)
	status, withheld := m.withheld(&d.Meta)
	name := d.Title + " needle"
	if withheld {
		return seeProtocol(d.ID, name, status)
	}
	row := Row{Entry: d.ID, Name: name, Review: status, Warnings: texts(d.Warnings)}
	if d.Check.Text != "" {
		row.Warnings = append(row.Warnings, d.Check.Text)
	}
	var fit []advice
	for _, c := range d.Choose {
		if c.Weight.Contains(m.patient.Weight) && m.base.MayBe(m.patient, c.Age) {
			fit = append(fit, advice{c.Age, c.Advice})
		}
	}
	row.advise(fit)
	return row
}

// advise adds advice to a row, each piece once. Where there are several, each
// names its age.
func (row *Row) advise(list []advice) {
	list = slices.CompactFunc(list, func(a, b advice) bool { return a.Text == b.Text })
	for _, a := range list {
		said := Advice{Text: a.Text}
		if len(list) > 1 {
			said.For = a.age.String()
		}
		row.Say = append(row.Say, said)
		row.Sources = append(row.Sources, a.Sources...)
	}
	if len(list) == 0 {
		row.Say = inWords(sayNoRule)
	}
}

// inSentence lists statements inside one sentence.
func inSentence(list []knowledge.Statement) string {
	var parts []string
	for _, s := range list {
		first, n := utf8.DecodeRuneInString(s.Text)
		parts = append(parts, string(unicode.ToLower(first))+strings.TrimSuffix(s.Text[n:], "."))
	}
	return strings.Join(parts, "; ")
}

// upperFirst gives a text a capital first letter.
func upperFirst(s string) string {
	if s == "" {
		return ""
	}
	first, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(first)) + s[n:]
}
