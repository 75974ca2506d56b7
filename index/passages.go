package index

import (
	"iter"
	"strings"

	"iobot/knowledge"
	"iobot/knowledge/quantity"
)

// The kinds of passage a search can be limited to.
const (
	Article   = "article"
	Drug      = "drug"
	Site      = "site"
	Device    = "device"
	Situation = "situation" // what to do when something stands in the way of a site
)

// passage is what can be found on its own.
type passage struct {
	id, entry      knowledge.ID
	kind           string
	title, heading string              // of the entry, and of the part
	ages           []quantity.AgeRange // for whom; empty for everybody
}

// field is a part of a passage with a weight of its own.
type field int

const (
	fieldTitle   field = iota // heading, or the title of a whole entry
	fieldAsked                // how people ask for it, other names
	fieldContext              // title and other names of the entry a part belongs to
	fieldBody
	fieldCount
)

// text is the words of a passage by field.
type text [fieldCount]string

// passages yields every passage of a base in a fixed order.
func passages(b *knowledge.Base) iter.Seq2[passage, text] {
	return func(yield func(passage, text) bool) {
		_ = articles(b, yield) && drugs(b, yield) && sites(b, yield) && devices(b, yield) && situations(b, yield)
	}
}

func articles(b *knowledge.Base, yield func(passage, text) bool) bool {
	for _, a := range b.Articles {
		whole := whole(Article, &a.Meta)
		lead := text{a.Title, list(a.Aliases), "", blocks(a.Lead) + said(a.Warnings...)}
		if !yield(whole, lead) {
			return false
		}
		for _, s := range a.Sections {
			words := text{s.Heading, list(s.AskedAs), about(&a.Meta), blocks(s.Blocks)}
			if !yield(whole.part(s.ID, s.Heading), words) {
				return false
			}
		}
	}
	return true
}

func drugs(b *knowledge.Base, yield func(passage, text) bool) bool {
	for _, d := range b.Drugs {
		whole := whole(Drug, &d.Meta)
		if !yield(whole, text{list([]string{d.Name, d.OtherName}), list(d.Aliases), d.Class, drugBody(d)}) {
			return false
		}
		for _, use := range d.Indications {
			part := whole.part(use.ID, use.Name)
			for _, r := range use.Rules {
				part.ages = append(part.ages, r.Age)
			}
			names := list([]string{d.Name, d.OtherName, use.Name})
			if !yield(part, text{names, list(use.Aliases), list(d.Aliases), ruleBody(use)}) {
				return false
			}
		}
	}
	return true
}

// drugBody leaves the look-alikes out: who asks for one of them must not get
// this drug.
func drugBody(d *knowledge.Drug) string {
	body := said(d.Warnings...) + said(d.IO...) + said(d.Cautions...) + said(d.Flush)
	for _, c := range d.Concentrations {
		body += c.Container + ". " + said(c.Note)
	}
	return body
}

func ruleBody(use *knowledge.Indication) string {
	var body strings.Builder
	for _, r := range use.Rules {
		body.WriteString(list([]string{r.For, r.Population, r.Family, r.Rate, r.Repeat}))
		body.WriteString(said(r.Warnings...) + said(r.Notes...) + said(r.Mixture, r.Flush))
	}
	return body.String() + said(use.OthersSay...)
}

func sites(b *knowledge.Base, yield func(passage, text) bool) bool {
	for _, s := range b.Sites {
		whole := whole(Site, &s.Meta)
		if !yield(whole, text{fieldTitle: s.Title, fieldAsked: list(s.Aliases), fieldBody: siteBody(s)}) {
			return false
		}
		for _, m := range s.Landmarks {
			part := whole.part(m.Group, "Landmarks, "+m.Group)
			part.ages = []quantity.AgeRange{m.Age}
			words := text{part.heading + " " + s.Title, list(s.Aliases), "", said(m.Find) + said(m.OthersSay...)}
			if !yield(part, words) {
				return false
			}
		}
	}
	return true
}

func siteBody(s *knowledge.Site) string {
	body := said(s.Warnings...) + said(s.Summary, s.Ages, s.Position, s.Angle, s.Needle, s.Depth, s.Device)
	body += said(s.Steps...) + said(s.Advantages...) + said(s.Cautions...) + said(s.Contraindications...)
	for _, f := range s.Flow {
		body += "Flow: " + f.Model + ". "
	}
	return body
}

func devices(b *knowledge.Base, yield func(passage, text) bool) bool {
	for _, d := range b.Devices {
		if !yield(whole(Device, &d.Meta), text{d.Title, list(d.Aliases), d.Kind, deviceBody(d)}) {
			return false
		}
	}
	return true
}

func deviceBody(d *knowledge.Device) string {
	body := said(d.Warnings...) + said(d.Summary, d.Check, d.Ages, d.Sites, d.Dwell, d.MRI)
	body += said(d.Notes...) + said(d.Cautions...)
	for _, n := range d.Needles {
		body += list([]string{n.Name, n.Colour, n.Length, n.Gauge, n.Typical}) + said(n.Cautions...)
	}
	for _, c := range d.Choose {
		body += said(c.Advice)
	}
	return body
}

func situations(b *knowledge.Base, yield func(passage, text) bool) bool {
	for _, s := range b.Situations {
		id := knowledge.ID(Situation + "/" + s.ID)
		p := passage{id: id, entry: id, kind: Situation, title: s.When}
		if !yield(p, text{s.When, list(s.Aliases), "", said(s.Say)}) {
			return false
		}
	}
	return true
}

// whole is the passage that stands for an entry as a whole.
func whole(kind string, m *knowledge.Meta) passage {
	return passage{id: m.ID, entry: m.ID, kind: kind, title: m.Title}
}

// part is a passage inside the entry of p.
func (p passage) part(id, heading string) passage {
	p.id, p.heading = p.entry+knowledge.ID("#"+id), heading
	return p
}

// about is the names of an entry, as context of its parts.
func about(m *knowledge.Meta) string { return m.Title + ". " + list(m.Aliases) }

func list(texts []string) string { return strings.Join(texts, ". ") + ". " }

func said(statements ...knowledge.Statement) string {
	var b strings.Builder
	for _, s := range statements {
		b.WriteString(s.Text + " ")
	}
	return b.String()
}

func blocks(all []knowledge.Block) string {
	var b strings.Builder
	for _, block := range all {
		b.WriteString(said(block.Items...) + list(block.Head))
		for _, row := range block.Rows {
			b.WriteString(list(row.Cells))
		}
	}
	return b.String()
}
