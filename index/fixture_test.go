package index

import (
	"testing"

	"iobot/knowledge"
	"iobot/knowledge/quantity"
)

// fixture is a small knowledge base in the words of the real one. Its medicine
// is not for use.
func fixture() *knowledge.Base {
	return &knowledge.Base{
		Title:      "fixture",
		Articles:   fixtureArticles(),
		Drugs:      fixtureDrugs(),
		Sites:      fixtureSites(),
		Devices:    []*knowledge.Device{{Meta: meta("device/ez-io", "EZ-IO", "drill", "powered driver"), Kind: "powered", Summary: say("A battery driver turns the needle into the bone.")}},
		Situations: []knowledge.Situation{{ID: "fracture", When: "fracture of the bone", Aliases: []string{"broken leg"}, Say: say("Choose another bone; never the fractured one.")}},
		Synonyms: [][]string{
			{"intraosseous", "IO", "I/O"},
			{"EZ-IO", "EZIO"},
			{"proximal tibia", "shin bone", "shin"},
			{"infant", "baby", "bebé", "婴儿"},
			{"blood sample", "bloods", "labs", "lab work"},
			{"remove", "take out", "pull out", "take it out"},
			{"epinephrine", "adrenaline", "epi"},
		},
		Subject:  []string{"IO", "intraosseous", "needle"},
		Revision: "fixture",
	}
}

func meta(id knowledge.ID, title string, aliases ...string) knowledge.Meta {
	return knowledge.Meta{ID: id, Title: title, Aliases: aliases}
}

func say(text string) knowledge.Statement {
	return knowledge.Statement{Text: text, Sources: []string{"PROJECT"}}
}

func paragraph(text string) []knowledge.Block {
	return []knowledge.Block{{Kind: knowledge.Paragraph, Items: []knowledge.Statement{say(text)}}}
}

func article(id knowledge.ID, title, lead string, sections ...knowledge.Section) *knowledge.Article {
	return &knowledge.Article{Meta: meta(id, title), Topic: "technique", Lead: paragraph(lead), Sections: sections}
}

func section(id, heading, text string, asked ...string) knowledge.Section {
	return knowledge.Section{ID: id, Heading: heading, AskedAs: asked, Blocks: paragraph(text)}
}

func fixtureArticles() []*knowledge.Article {
	return []*knowledge.Article{
		article("article/blood-samples", "Blood samples from the marrow", "Haemoglobin and glucose can be measured from an intraosseous sample.",
			section("potassium", "Potassium", "Potassium from marrow is unreliable.", "can I trust the potassium")),
		article("article/confirming", "Confirming placement", "The needle stands firm and flushes without swelling.",
			section("no-blood", "No blood comes back", "No aspirate does not mean that it is misplaced: flush and look for swelling.", "cannot aspirate", "without blood return")),
		article("article/contraindications", "Contraindications", "Do not use a fractured bone or an infected site.",
			section("osteogenesis", "Osteogenesis imperfecta", "Osteogenesis imperfecta is a contraindication.")),
		article("article/dwell-time", "How long it may stay", "Remove the needle within 24 hours.",
			section("removal", "Removal", "Attach a syringe, turn clockwise and pull straight.", "how do I take it out")),
		article("article/extravasation", "Extravasation", "Stop the infusion when the limb swells.",
			section("compartment", "Compartment syndrome", "Hypertonic fluid in the tissue raises the pressure; call the surgeon.")),
		article("article/flushing", "Flushing the needle", "Flush before the first drug.",
			section("pain", "Pain on flushing", "Give lidocaine slowly before the flush in an awake patient.", "patient screams when we flush"),
			section("why", "Why it is needed", "The flush opens the marrow space.", "why flush", "no flush no flow")),
	}
}

func fixtureDrugs() []*knowledge.Drug {
	arrest := &knowledge.Indication{ID: "arrest", Name: "cardiac arrest", Aliases: []string{"code", "asystole"}, Rules: []*knowledge.Rule{
		{ID: "arrest-child", Population: "child", Age: ages(0, 18*quantity.Year)},
		{ID: "arrest-adult", Population: "adult", Age: ages(18*quantity.Year, 0)},
	}}
	newborn := &knowledge.Indication{ID: "birth", Name: "resuscitation at birth", Rules: []*knowledge.Rule{
		{ID: "birth", Population: "newborn", Age: quantity.AgeRange{OnlyAtBirth: true, AtBirth: true}},
	}}
	return []*knowledge.Drug{
		{Meta: meta("drug/calcium-chloride", "calcium chloride", "calcium"), Name: "calcium chloride", Class: "electrolyte",
			Cautions: []knowledge.Statement{say("Tissue is damaged when it leaks.")}},
		{Meta: meta("drug/epinephrine", "EPINEPHrine (adrenaline)", "adrenalin", "epi", "adrénaline", "肾上腺素", "أدرينالين"), Name: "EPINEPHrine", OtherName: "adrenaline",
			Class: "vasopressor", LookAlikes: []knowledge.LookAlike{{Name: "ePHEDrine"}}, Indications: []*knowledge.Indication{arrest, newborn}},
		{Meta: meta("drug/lidocaine", "lidocaine", "lignocaine", "lido"), Name: "lidocaine", OtherName: "lignocaine", Class: "local anaesthetic"},
		{Meta: meta("drug/norepinephrine", "norepinephrine (noradrenaline)", "levophed"), Name: "norepinephrine", OtherName: "noradrenaline", Class: "vasopressor"},
		{Meta: meta("drug/vecuronium", "vecuronium"), Name: "vecuronium", Class: "neuromuscular blocker"},
	}
}

func ages(from, under quantity.Age) quantity.AgeRange {
	return quantity.AgeRange{From: from, Under: under}
}

func fixtureSites() []*knowledge.Site {
	return []*knowledge.Site{
		{Meta: meta("site/proximal-humerus", "proximal humerus", "shoulder"), Summary: say("Fast flow towards the heart."),
			Landmarks: []knowledge.Landmark{{Group: "adult", Age: ages(18*quantity.Year, 0), Find: say("The greater tubercle, above the surgical neck.")}}},
		{Meta: meta("site/proximal-tibia", "proximal tibia"), Summary: say("The usual site in children."), Landmarks: []knowledge.Landmark{
			{Group: "infant", Age: ages(28*quantity.Day, quantity.Year), Find: say("Below the tuberosity, on the flat face.")},
			{Group: "adult", Age: ages(18*quantity.Year, 0), Find: say("Medial to the tuberosity.")},
		}},
	}
}

func build(t testing.TB, b *knowledge.Base) *Snapshot {
	t.Helper()
	s, err := Build(b)
	if err != nil {
		t.Fatal(err)
	}
	return s
}
