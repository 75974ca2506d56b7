package picture

import (
	"regexp"
	"strconv"
	"strings"

	"iobot/knowledge"
)

// put adds a text by its name, with its sentences ("name.s1") and, of a list,
// its parts ("name.p1").
func (v values) put(name, text string) {
	v[name] = text
	for i, s := range sentences(text) {
		v[name+".s"+strconv.Itoa(i+1)] = s
	}
	for i, p := range parts(text) {
		v[name+".p"+strconv.Itoa(i+1)] = p
	}
}

// putAll adds statements by number: "caution.1".
func (v values) putAll(name string, all []knowledge.Statement) {
	for i, s := range all {
		v.put(name+"."+strconv.Itoa(i+1), s.Text)
	}
}

// sentences splits a text after each full stop.
func sentences(text string) []string {
	var all []string
	for _, s := range strings.SplitAfter(text, ". ") {
		if s = strings.TrimSpace(s); s != "" {
			all = append(all, s)
		}
	}
	return all
}

// lastAnd is the "and" before the last part of a list.
var lastAnd = regexp.MustCompile(`,? and ([^,]+)$`)

// parts splits a list in words: "Early: a, b and c." or "A, then b, then c."
func parts(text string) []string {
	if _, list, found := strings.Cut(text, ": "); found {
		text = list
	}
	text = strings.TrimSuffix(text, ".")
	if strings.Contains(text, ", then ") {
		return strings.Split(text, ", then ")
	}
	return strings.Split(lastAnd.ReplaceAllString(text, ", $1"), ", ")
}

// angleForm is how an entry writes an angle that a drawing can show. What
// follows the full stop or comma is left to the text.
var angleForm = regexp.MustCompile(`(?:\d+ degrees|[Pp]erpendicular) to [a-z ]+`)

// siteValues are the words of a bone.
func siteValues(s *knowledge.Site) values {
	v := values{"title": s.Title}
	v.put("ages", s.Ages.Text)
	v.put("summary", s.Summary.Text)
	v.put("position", s.Position.Text)
	v.put("needle", s.Needle.Text)
	v.putAll("warning", s.Warnings)
	v.putAll("caution", s.Cautions)
	var steps []string
	for _, step := range s.Steps {
		steps = append(steps, step.Text)
	}
	v["steps"] = strings.Join(steps, " ")
	v["angle"] = angleForm.FindString(s.Angle.Text)
	v["angle-words"] = s.Angle.Text
	v["angle-figure"], _, _ = strings.Cut(v["angle"], " to ")
	return v
}

// landmarkValues are the words of a bone at one age.
func landmarkValues(s *knowledge.Site, l *knowledge.Landmark) values {
	v := siteValues(s)
	v["title"] = s.Title + ", " + l.Group
	v["group"], v["age"] = l.Group, l.Age.String()
	v.put("find", l.Find.Text)
	v["marks"] = strconv.Itoa(len(l.Marks))
	for i, m := range l.Marks {
		name := "mark." + strconv.Itoa(i+1)
		v[name+".distance"], v[name+".direction"], v[name+".from"] = m.Distance, m.Direction, m.From
		v[name+".where"] = where(m)
	}
	v["note"] = note(s, l)
	return v
}

// where says from where a distance is measured: "below the sternal notch".
func where(m knowledge.Mark) string {
	if m.Direction == "medial" || m.Direction == "lateral" {
		return m.Direction + " to the " + m.From
	}
	return m.Direction + " the " + m.From
}

// note is what nobody may overlook: the warnings of the bone whole, why the
// age calls for caution, and what never to do.
func note(s *knowledge.Site, l *knowledge.Landmark) string {
	var all []string
	for _, w := range s.Warnings {
		all = append(all, w.Text)
	}
	if l.Use == "caution" {
		all = append(all, sentences(l.Find.Text)[:1]...)
	}
	for _, p := range sentences(s.Position.Text) {
		if strings.HasPrefix(p, "Never") {
			all = append(all, p)
		}
	}
	return strings.Join(all, " ")
}

// deviceValues are the words of a device, needle by needle.
func deviceValues(d *knowledge.Device) values {
	v := values{"title": d.Title, "needles": strconv.Itoa(len(d.Needles))}
	v.put("summary", d.Summary.Text)
	v.put("check", d.Check.Text)
	v.putAll("caution", d.Cautions)
	v["check.mark"] = markForm.FindString(d.Check.Text)
	for i, n := range d.Needles {
		name := "needle." + strconv.Itoa(i+1)
		v[name+".name"], v[name+".colour"], v[name+".hub"] = n.Name, n.Colour, hubColours()[n.Colour]
		v[name+".length"], v[name+".gauge"] = n.Length, n.Gauge
		v[name+".weight"], v[name+".typical"] = n.Weight.String(), n.Typical
		for _, c := range n.Cautions {
			if first, _, _ := strings.Cut(c.Text, ";"); strings.HasPrefix(first, "Avoid") {
				v[name+".avoid"] = first
			}
		}
	}
	return v
}

// markForm is how an entry names the line on the needle.
var markForm = regexp.MustCompile(`\d+ mm mark`)

// hubColours are the colours of needle hubs that a drawing can show.
func hubColours() map[string]string {
	return map[string]string{
		"pink": "#f4a6c0", "blue": "#5b9bd5", "yellow": "#f7d84a", "green": "#7cb77c",
		"red": "#d9635c", "orange": "#f0a04b", "white": "#ffffff", "purple": "#a98bc9",
	}
}

// articleValues are the words of an article: "lead.1", "drainage.2".
func articleValues(a *knowledge.Article) values {
	v := values{"title": a.Title}
	v.putAll("warning", a.Warnings)
	v.putBlocks("lead", a.Lead)
	for _, s := range a.Sections {
		v.putBlocks(s.ID, s.Blocks)
	}
	return v
}

func (v values) putBlocks(name string, blocks []knowledge.Block) {
	var all []knowledge.Statement
	for _, b := range blocks {
		all = append(all, b.Items...)
	}
	v.putAll(name, all)
}
