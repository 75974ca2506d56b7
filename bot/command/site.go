package command

import (
	"strings"

	"iobot/bot"
	"iobot/index"
	"iobot/knowledge"
	"iobot/knowledge/quantity"
)

// site answers which bone, and how to find the spot: by bone, by age or
// weight, or by what stands in the way.
func site(a *asking) (bot.Reply, error) {
	r := a.read(a.Args)
	if unclear := a.unclearPatient("site", r); unclear != nil {
		return *unclear, nil
	}
	for _, m := range a.snapshot.FindNames(a.Args, index.Situation) {
		s, _ := a.situation(m.ID)
		return a.situationReply(s), nil
	}
	if len(r.sites) > 0 {
		return a.siteReply(r.sites[0], r), nil
	}
	switch {
	case !r.onlyWords(siteWords):
		return a.searchReply("site "+a.Args, []string{index.Site, index.Situation, index.Article})
	case r.knownPatient():
		return a.siteChoiceReply(r), nil
	}
	return a.siteMenu(), nil
}

// siteReply shows one bone, for the patient's age group when it is known.
func (a *asking) siteReply(s *knowledge.Site, r reading) bot.Reply {
	if reply, withheld := a.withheld(&s.Meta); withheld {
		return reply
	}
	var b builder
	group := a.landmarkFor(s, r)
	b.reply.Outcome = bot.Answer
	b.reply.Title = s.Title
	b.reply.Entries = []string{string(s.ID)}
	b.reply.Subject = "site " + s.ID.Slug()
	b.warn(s.Warnings)
	b.notThisBone(s)
	if group != nil {
		b.reply.Title += ", " + group.Group
		b.reply.Subject += " " + group.Group
	}
	a.landmarks(&b, s, group)
	a.siteDetails(&b, s)
	b.reply.Pictures = a.sitePictures(s, group)
	b.reply.Choices = a.siteChoices(s, group)
	b.reply.Sources = b.cited.sources(a.base)
	return b.reply
}

// notThisBone warns of what rules the bone out.
func (b *builder) notThisBone(s *knowledge.Site) {
	if len(s.Contraindications) > 0 {
		b.addWarning("Not this bone if: " + strings.Join(trimStops(texts(s.Contraindications)), "; ") + ".")
		b.cited.statements(s.Contraindications...)
	}
}

// landmarks adds the spot for one group, or for each.
func (a *asking) landmarks(b *builder, s *knowledge.Site, only *knowledge.Landmark) {
	if !s.Instructions || len(s.Landmarks) == 0 {
		b.lead(s.Summary)
		return
	}
	if only == nil {
		b.lead(s.Summary)
		var rows []bot.Field
		for _, l := range s.Landmarks {
			b.field(&rows, capital(l.Group), l.Find)
		}
		b.add(bot.Fields{Rows: rows})
		return
	}
	if only.Use == "caution" {
		b.add(bot.Warning{Text: "Not a first choice at this age."})
	}
	b.lead(only.Find)
	b.bullets("Other sources say", only.OthersSay)
}

func (a *asking) siteDetails(b *builder, s *knowledge.Site) {
	var rows []bot.Field
	b.field(&rows, "Position", s.Position)
	b.field(&rows, "Angle", s.Angle)
	b.field(&rows, "Needle", s.Needle)
	b.field(&rows, "Depth", s.Depth)
	b.field(&rows, "For whom", s.Ages)
	b.field(&rows, "Device", s.Device)
	if len(rows) > 0 {
		b.add(bot.Fields{Rows: rows})
	}
	if len(s.Steps) > 0 {
		b.add(bot.Steps{Items: texts(s.Steps)})
		b.cited.statements(s.Steps...)
	}
	b.bullets("Cautions", s.Cautions)
	b.bullets("Advantages", s.Advantages)
	if len(s.Flow) == 0 {
		return
	}
	table := bot.Table{Head: []string{"Studied in", "By gravity", "Under pressure"}}
	for _, f := range s.Flow {
		table.Rows = append(table.Rows, []string{f.Model, f.Gravity, f.Pressure})
		b.cited.add(f.Sources...)
	}
	b.add(bot.Heading{Text: "Measured flow"})
	b.add(table)
}

// siteChoices offers the other age groups, then the needle and the other bones.
func (a *asking) siteChoices(s *knowledge.Site, shown *knowledge.Landmark) []bot.Choice {
	var out []bot.Choice
	for i := range s.Landmarks {
		l := &s.Landmarks[i]
		group, word := a.groupWords(l)
		c := bot.Choice{Label: capital(s.Title) + ", " + group, Command: "site " + s.ID.Slug() + " " + word}
		if l != shown && !hasCommand(out, c.Command) {
			out = append(out, c)
		}
	}
	return limit(append(out, a.entryChoices(s.Related)...), maxChoices)
}

// groupWords says for whom a landmark is, to show and to type: the population
// of just these ages, or else the ages and the first of them.
func (a *asking) groupWords(l *knowledge.Landmark) (show, typed string) {
	for _, p := range a.base.Populations {
		if p.Age == l.Age {
			return p.Name, p.Name
		}
	}
	return l.Age.String(), l.Age.From.String()
}

// landmarkFor picks the landmarks of the patient's age group; nil when the
// age is not known well enough to pick one.
func (a *asking) landmarkFor(s *knowledge.Site, r reading) *knowledge.Landmark {
	var found *knowledge.Landmark
	for i := range s.Landmarks {
		l := &s.Landmarks[i]
		if !r.mayBe(a.base, l.Age) {
			continue
		}
		if found != nil {
			return nil
		}
		found = l
	}
	return found
}

// siteChoiceReply says which bone comes first for a patient.
func (a *asking) siteChoiceReply(r reading) bot.Reply {
	var b builder
	b.reply.Outcome = bot.Answer
	b.reply.Title = "Which bone: " + r.patientWords()
	b.reply.Subject = "site " + r.patientWords()
	groups := a.siteGroups(r)
	for _, g := range groups {
		a.siteGroup(&b, g, len(groups) > 1)
	}
	if len(groups) == 1 {
		b.reply.Pictures = a.firstPictures(groups[0])
	}
	if len(groups) == 0 {
		return a.siteMenu()
	}
	b.add(bot.Note{Text: "Needle length goes by weight and by the tissue over the bone: ask for the needle with a weight."})
	b.reply.Sources = b.cited.sources(a.base)
	return b.reply
}

func (a *asking) siteGroups(r reading) []knowledge.SiteChoice {
	var out []knowledge.SiteChoice
	for _, g := range a.base.SiteChoice {
		if r.mayBe(a.base, g.Age) {
			out = append(out, g)
		}
	}
	return out
}

// siteGroup adds one age group: the first bone with its landmark, then the
// others, then what to avoid.
func (a *asking) siteGroup(b *builder, g knowledge.SiteChoice, headed bool) {
	if headed {
		b.add(bot.Heading{Text: capital(g.Group)})
	}
	var rows []bot.Field
	for i, id := range append([]knowledge.ID{g.First}, g.Next...) {
		s := a.siteByID(id)
		find := a.findAt(s, g.Age)
		if i == 0 {
			b.warn(s.Warnings)
			b.notThisBone(s)
			b.lead(knowledge.Statement{Text: "First choice: " + lowerFirst(s.Title) + ". " + find.Text, Sources: find.Sources})
		} else {
			b.field(&rows, "Then "+lowerFirst(s.Title), find)
		}
		b.reply.Entries = append(b.reply.Entries, string(s.ID))
		b.reply.Choices = append(b.reply.Choices, bot.Choice{Label: capital(s.Title) + ", " + g.Group, Command: "site " + s.ID.Slug() + " " + g.Group})
	}
	if len(g.Avoid) > 0 {
		rows = append(rows, bot.Field{Label: "Avoid", Value: a.siteTitles(g.Avoid)})
	}
	b.field(&rows, "Because", g.Because)
	b.add(bot.Fields{Rows: rows})
	b.reply.Choices = limit(b.reply.Choices, maxChoices)
}

// firstPictures are the drawings of the first bone of a group.
func (a *asking) firstPictures(g knowledge.SiteChoice) []bot.Picture {
	s := a.siteByID(g.First)
	if _, withheld := a.withheld(&s.Meta); withheld {
		return nil
	}
	return a.sitePictures(s, landmarkAt(s, g.Age))
}

// findAt is how to find a site at an age, or its summary when it has no
// landmark then. The text of an entry that is withheld is not shown.
func (a *asking) findAt(s *knowledge.Site, age quantity.AgeRange) knowledge.Statement {
	if _, withheld := a.withheld(&s.Meta); withheld {
		return knowledge.Statement{Text: "Withheld, see its entry; use your local protocol."}
	}
	if l := landmarkAt(s, age); l != nil {
		return l.Find
	}
	return s.Summary
}

// landmarkAt is the first landmark for an age; nil when the site has none.
func landmarkAt(s *knowledge.Site, age quantity.AgeRange) *knowledge.Landmark {
	for i := range s.Landmarks {
		if s.Landmarks[i].Age.Overlaps(age) {
			return &s.Landmarks[i]
		}
	}
	return nil
}

func (a *asking) siteTitles(list []knowledge.ID) string {
	var out []string
	for _, id := range list {
		out = append(out, lowerFirst(a.siteByID(id).Title))
	}
	return joinWords(out)
}

// situationReply answers "which site if …".
func (a *asking) situationReply(s *knowledge.Situation) bot.Reply {
	var b builder
	b.reply.Outcome = bot.Answer
	b.reply.Title = "Which bone: " + s.When
	b.reply.Subject = "site " + s.When
	b.lead(s.Say)
	for _, id := range s.Sites {
		site := a.siteByID(id)
		b.reply.Entries = append(b.reply.Entries, string(id))
		b.reply.Choices = append(b.reply.Choices, bot.Choice{Label: site.Title, Command: "site " + site.ID.Slug()})
	}
	b.reply.Choices = append(b.reply.Choices, bot.Choice{Label: "All contraindications", Command: "ask article/contraindications"})
	b.reply.Sources = b.cited.sources(a.base)
	return b.reply
}

// siteMenu asks for an age or a bone.
func (a *asking) siteMenu() bot.Reply {
	r := bot.Reply{
		Outcome: bot.Clarify,
		Title:   "Which patient, or which bone?",
		Blocks:  []bot.Block{bot.Lead{Text: "Give an age, a bone, or what stands in the way."}},
	}
	for _, g := range a.base.SiteChoice {
		r.Choices = append(r.Choices, bot.Choice{Label: capital(g.Group), Command: "site " + g.Group})
	}
	for _, s := range a.base.Sites {
		r.Choices = append(r.Choices, bot.Choice{Label: s.Title, Command: "site " + s.ID.Slug()})
	}
	r.Choices = limit(r.Choices, maxChoices)
	return r
}
