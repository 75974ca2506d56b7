package card

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"iobot/knowledge"
	"iobot/knowledge/quantity"
)

// Card is everything that one bedside card prints.
type Card struct {
	Title       string
	Patient     quantity.Patient // weight, age and population only
	Sections    []Section
	Reference   bool               // rules are printed, and nothing is multiplied
	NeedsAge    bool               // a row would be settled by the patient's age
	Review      knowledge.Status   // the least trusted of all rows
	Sources     []knowledge.Source // behind the rows, each once
	Revision    string
	Printed     time.Time // the day of printing
	LastDay     time.Time // the last day on which the card may be used
	IntendedUse string
}

// Section is a headed group of rows.
type Section struct {
	Heading string
	Rows    []Row
}

// Row is one line of the card. A row has a dose or says something in words,
// never both.
type Row struct {
	Entry    knowledge.ID // "drug/epinephrine#arrest-child"
	Name     string       // "EPINEPHrine (adrenaline)", "EZ-IO needle"
	Use      string       // "cardiac arrest, child"
	Step     string       // "second dose, if there is no effect"; of a series
	Dose     string       // "0.14 mg"; in reference mode the rule, "0.01 mg/kg"
	Also     string       // the same dose in the smaller unit: "140 mcg"
	Volume   string       // what the syringe shows: "1.4 mL"; empty for a dose in mL
	Exact    string       // the volume before rounding, where it differs
	Syringe  string       // what measures the volume
	Strength string       // "0.1 mg/mL"
	Limit    string       // "max 1 mg", "AT THE MAXIMUM, 1 mg"
	Give     string       // "push, then flush; every 3 to 5 minutes"
	Say      []Advice     // in the place of figures
	Warnings []string     // printed above the figures
	Sources  []string     // keys
	Review   knowledge.Status
}

// Advice is what a row says in words.
type Advice struct {
	For  string // "29 days to under 1 year", where ages differ; else empty
	Text string
}

// Options is what a card depends on besides the knowledge and the patient.
type Options struct {
	Guidelines []string  // rule families in the order in which they answer
	Multiply   bool      // false: reference mode
	At         time.Time // when it is printed
}

// What keeps a card from being made. Each says what to do.
var (
	ErrNoCard   = errors.New("this knowledge base has no bedside card; an editor can add card.yaml")
	ErrNoWeight = errors.New("a card needs the weight with its unit, such as card 14 kg")
	ErrDoubt    = errors.New("the patient is in doubt, so no card is made")
)

// Make works out the card for a patient. It fails when anything about the
// patient is in doubt, when the weight is missing, and when weight and age do
// not go together.
func Make(b *knowledge.Base, p quantity.Patient, o Options) (*Card, error) {
	switch {
	case b.Card == nil:
		return nil, ErrNoCard
	case len(p.Doubts) > 0:
		return nil, fmt.Errorf("%w: %s", ErrDoubt, p.Doubts[0].Say)
	case p.Weight == 0:
		return nil, ErrNoWeight
	}
	m := maker{base: b, patient: p, options: o, card: &Card{
		Title:       b.Card.Title,
		Patient:     quantity.Patient{Weight: p.Weight, Age: p.Age, AgeUnder: p.AgeUnder, Population: p.Population},
		Reference:   !o.Multiply,
		Revision:    b.Revision,
		IntendedUse: b.Card.IntendedUse,
	}}
	m.card.printed(o.At.UTC().Truncate(24*time.Hour), b.Card.Valid)
	for _, s := range b.Card.Sections {
		if err := m.section(s); err != nil {
			return nil, err
		}
	}
	m.summarise()
	return m.card, nil
}

// printed dates the card.
func (c *Card) printed(day time.Time, valid knowledge.Days) {
	c.Printed, c.LastDay = day, day.AddDate(0, 0, int(valid))
}

// maker makes one card.
type maker struct {
	base    *knowledge.Base
	patient quantity.Patient
	options Options
	card    *Card
	noticed []string // ids of the notices that stand on the card
}

func (m *maker) section(s knowledge.CardSection) error {
	section := Section{Heading: s.Heading}
	for _, item := range s.Items {
		rows, err := m.rows(item)
		if err != nil {
			return err
		}
		m.notice(rows)
		section.Rows = append(section.Rows, rows...)
	}
	m.card.Sections = append(m.card.Sections, section)
	return nil
}

// notice puts the notices about the entry of some rows, such as a recall,
// above the first of them, each once on a card.
func (m *maker) notice(rows []Row) {
	if len(rows) == 0 {
		return
	}
	var notices []string
	for _, n := range m.base.NoticesFor(rows[0].Entry, m.options.At) {
		if slices.Contains(m.noticed, n.ID) {
			continue
		}
		m.noticed = append(m.noticed, n.ID)
		notices = append(notices, "Notice until "+n.Until.Format(time.DateOnly)+": "+n.Text.Text)
	}
	rows[0].Warnings = append(notices, rows[0].Warnings...)
}

func (m *maker) rows(item knowledge.CardItem) ([]Row, error) {
	switch {
	case item.Site != "":
		return m.siteRows(), nil
	case item.Needle != "":
		return []Row{m.needleRow(item.Needle)}, nil
	}
	return m.drugRows(item)
}

// summarise gathers the sources and the review of all rows.
func (m *maker) summarise() {
	c, worst := m.card, -1
	for _, row := range c.Rows() {
		if i := slices.Index(trust, row.Review); i > worst {
			worst, c.Review = i, row.Review
		}
		for _, key := range row.Sources {
			known := func(s knowledge.Source) bool { return s.Key == key }
			if s, ok := m.base.Source(key); ok && !slices.ContainsFunc(c.Sources, known) {
				c.Sources = append(c.Sources, s)
			}
		}
	}
}

// trust orders the review states from the most to the least trusted.
var trust = []knowledge.Status{
	knowledge.Verified, knowledge.Unreviewed, knowledge.Overdue, knowledge.Expired, knowledge.Withdrawn,
}

// Rows lists the rows of all sections.
func (c *Card) Rows() []Row {
	var all []Row
	for _, s := range c.Sections {
		all = append(all, s.Rows...)
	}
	return all
}

// Command is the command line that answers with this card: "card 14 kg child".
func (c *Card) Command() string {
	return strings.TrimSpace("card " + c.Patient.Weight.String() + " " + strings.Join(c.ages(), " "))
}

// ages says what is known of the patient besides the weight.
func (c *Card) ages() []string {
	var words []string
	if c.Patient.HasAge() {
		words = append(words, c.Patient.Age.String())
	}
	if c.Patient.Population != "" {
		words = append(words, c.Patient.Population)
	}
	return words
}

// withheld reports whether the review of an entry withholds its figures.
func (m *maker) withheld(meta *knowledge.Meta) (knowledge.Status, bool) {
	status := meta.Review.At(m.options.At)
	return status, status == knowledge.Expired || status == knowledge.Withdrawn
}

// inWords is what a row says when it says one thing.
func inWords(text string) []Advice { return []Advice{{Text: text}} }

// seeProtocol is the row of an entry whose figures are withheld.
func seeProtocol(id knowledge.ID, name string, status knowledge.Status) Row {
	return Row{Entry: id, Name: name, Say: inWords("See protocol: the entry is " + string(status) + "."), Review: status}
}
