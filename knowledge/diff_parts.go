package knowledge

import (
	"cmp"
	"fmt"
	"maps"
	"reflect"
	"regexp"
	"strconv"
	"strings"
)

// part is a piece of a base that is compared on its own: an entry without its
// indications, an indication without its rules, a rule, a source, or a table.
type part struct {
	id      ID                // of the entry or rule; empty for the tables
	parent  string            // key of the part this one belongs to
	subject string            // "EPINEPHrine, cardiac arrest, child"
	sort    string            // "rule": what it is, when it is new or gone
	kind    ChangeKind        // how much it matters when it is new or gone
	gist    string            // of a rule: its dose
	said    map[string][]said // by field
	items   map[string]string // what an item of a list is called, by its path
}

// said is one value that a part says.
type said struct {
	text  string
	value any
}

// parts collects the parts of a base by a key that lasts between revisions.
type parts struct {
	reader
	base *Base
	all  map[string]*part
}

func partsOf(b *Base) map[string]*part {
	ps := parts{newReader(), b, map[string]*part{}}
	for _, a := range b.Articles {
		ps.addArticle(a)
	}
	for _, d := range b.Drugs {
		ps.addDrug(d)
	}
	for _, s := range b.Sites {
		ps.addEntry(&s.Meta, s.Title, s).hear("", "name", field{}, s.Title)
	}
	for _, d := range b.Devices {
		ps.addEntry(&d.Meta, d.Title, d).hear("", "name", field{}, d.Title)
	}
	ps.addTables(b)
	return ps.all
}

// add walks v into a new part.
func (ps parts) add(key string, p part, v any) *part {
	p.said = map[string][]said{}
	p.items = itemNames(v)
	ps.walkValue("", reflect.ValueOf(v), field{}, "", p.hear)
	ps.all[key] = &p
	return &p
}

// addEntry adds an entry. The owner and the review that it has from the
// folder are left to that.
func (ps parts) addEntry(m *Meta, subject string, v any) *part {
	p := ps.add(string(m.ID), part{id: m.ID, subject: subject, sort: m.ID.Kind(), kind: EntryChange}, v)
	if m.Owner == ps.base.owner {
		delete(p.said, "owner")
	}
	if m.Review == ps.base.review {
		maps.DeleteFunc(p.said, func(label string, _ []said) bool { return strings.HasPrefix(label, "review"+apart) })
	}
	return p
}

func (ps parts) addArticle(a *Article) {
	p := ps.addEntry(&a.Meta, a.Title, a)
	walkArticle(a, p.hear)
	for _, s := range a.Sections {
		for _, way := range s.AskedAs {
			p.hear("", "#"+s.ID+".asked", field{}, way)
		}
	}
}

func (ps parts) addDrug(d *Drug) {
	ps.addEntry(&d.Meta, d.Name, d)
	for _, in := range d.Indications {
		use := string(d.ID) + "#" + in.ID
		ps.add(use, part{id: ID(use), parent: string(d.ID), subject: d.Name + ", " + in.Name, sort: "indication", kind: DoseChange}, in)
		for _, r := range in.Rules {
			ps.add(use+"#"+r.ID, part{
				id: d.ID + "#" + ID(r.ID), parent: use, sort: "rule", kind: DoseChange, gist: r.gist(),
				subject: fmt.Sprintf("%s, %s, %s", d.Name, cmp.Or(r.For, in.Name), r.Population),
			}, r)
		}
	}
}

// gist is the dose of a rule in a few words.
func (r *Rule) gist() string {
	if r.Max.IsZero() {
		return r.Dosage.String()
	}
	return r.Dosage.String() + ", at most " + r.Max.String()
}

func (ps parts) addTables(b *Base) {
	ps.add("folder", part{subject: "The folder", sort: "folder", kind: BackgroundChange}, manifest{Title: b.Title, Owner: b.owner, Review: b.review})
	for _, g := range b.Golden {
		ps.add("golden "+g.Ask, part{subject: "Golden question " + strconv.Quote(g.Ask), sort: "question", kind: BackgroundChange, gist: g.gist()}, g)
	}
	for _, n := range b.Notices {
		ps.add("notice "+n.ID, part{subject: "Notice " + n.ID, sort: "notice", kind: WarningLost, gist: n.Text.Text}, n)
	}
	for _, c := range b.SiteChoice {
		ps.add("choice "+c.Group, part{subject: "Which bone first, " + c.Group, sort: "group", kind: EntryChange}, c)
	}
	for _, s := range b.Situations {
		ps.add("situation "+s.ID, part{subject: "Which bone when " + s.When, sort: "situation", kind: EntryChange}, s)
	}
	for _, r := range b.Refusals {
		ps.add("refusal "+r.ID, part{subject: "Fixed answer " + r.ID, sort: "answer", kind: EntryChange}, r)
	}
	if b.Card != nil {
		ps.addCard(b.Card)
	}
	for key, source := range b.Sources {
		ps.add("source "+key, part{subject: "Source " + key, sort: "source", kind: BackgroundChange}, source)
	}
	for _, p := range b.Populations {
		ps.add("population "+p.Name, part{subject: "Group of patients " + p.Name, sort: "group", kind: BoundChange}, p)
	}
	for _, p := range b.Plausible {
		ps.add("plausible "+p.Age.String(), part{subject: "Weights believed at " + p.Age.String(), sort: "range", kind: BoundChange}, p)
	}
	ps.add("synonyms", part{subject: "Synonyms", kind: BackgroundChange}, synonyms{b.Synonyms, b.Subject, b.QuietWords})
}

// addCard compares the rows of the bedside card one by one, so that a row that
// moves to another section is not called new.
func (ps parts) addCard(c *Card) {
	ps.add("card", part{subject: "Bedside card", sort: "card", kind: EntryChange}, c)
	for _, s := range c.Sections {
		for _, item := range s.Items {
			name := item.name()
			ps.add("card row "+name, part{parent: "card", subject: "Bedside card, row " + name, sort: "row", kind: EntryChange}, item)
		}
	}
}

// positions are the numbers of list items in a path.
var positions = regexp.MustCompile(`\[\d+\]`)

// cardRows matches what belongs to a row of the bedside card.
var cardRows = regexp.MustCompile(`^sections\[\d+\]\.items\[`)

// apart stands between the names of a field and of the field that holds it.
const apart = "\x1f"

// hear notes a value under the name of its field. What belongs to a part of
// its own is left to that.
func (p *part) hear(_, path string, _ field, value any) {
	if strings.HasPrefix(path, "indications[") || strings.HasPrefix(path, "rules[") || cardRows.MatchString(path) {
		return
	}
	label := p.label(path)
	p.said[label] = append(p.said[label], said{textOf(value), value})
}

// label is a path in which items that have names go by them, so that a value
// that wanders from one to another is a change.
func (p *part) label(path string) string {
	var names []string
	at := ""
	for step := range strings.SplitSeq(path, ".") {
		at = join(at, step)
		name, named := p.items[at]
		if !named {
			name = positions.ReplaceAllString(step, "")
		}
		names = append(names, name)
	}
	return strings.Join(names, apart)
}

// itemNames names the items of the lists of an entry or rule.
func itemNames(v any) map[string]string {
	names := namer{map[string]string{}, map[string]int{}}
	switch v := v.(type) {
	case *Drug:
		for i, a := range v.LookAlikes {
			names.add(indexed("look_alikes", i), "look-alike "+a.Name)
		}
		for i, c := range v.Concentrations {
			names.add(indexed("concentrations", i), "strength "+c.Strength.String())
		}
	case *Rule:
		for i, d := range v.Then {
			names.add(indexed("then", i), "then "+cmp.Or(d.Step, "another"))
		}
	case *Site:
		for i, m := range v.Landmarks {
			at := indexed("landmarks", i)
			names.add(at, "landmark "+m.Group)
			for j := range m.Marks {
				names.add(indexed(join(at, "marks"), j), fmt.Sprintf("mark %d", j+1))
			}
		}
		for i, f := range v.Flow {
			names.add(indexed("flow", i), "flow in "+f.Model)
		}
	case *Device:
		for i, n := range v.Needles {
			names.add(indexed("needles", i), n.Name)
		}
		for i, c := range v.Choose {
			names.add(indexed("choose", i), fmt.Sprintf("advice for %s, %s", c.Weight, c.Age))
		}
	}
	return names.byPath
}

// namer gives out names by path, each once below the same list.
type namer struct {
	byPath map[string]string
	given  map[string]int
}

func (n namer) add(path, name string) {
	key := path[:strings.LastIndexByte(path, '[')] + apart + name
	n.given[key]++
	if times := n.given[key]; times > 1 {
		name = fmt.Sprintf("%s (%d)", name, times)
	}
	n.byPath[path] = name
}

// gist is what a golden question must be answered, in a few words.
func (g Golden) gist() string {
	return strings.Join(keep([]string{g.Outcome, g.Dose, g.Volume, string(g.Entry)}, func(s string) bool { return s != "" }), ", ")
}
