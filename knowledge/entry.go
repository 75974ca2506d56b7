package knowledge

import (
	"time"

	"iobot/knowledge/quantity"
)

// ID names an entry, "drug/epinephrine", or a part of one,
// "drug/epinephrine#arrest-child".
type ID string

// Meta is what every entry has.
type Meta struct {
	ID       ID          `yaml:"id,required"` // kind and slug: "drug/epinephrine"
	Title    string      // what answers call it
	Aliases  []string    `yaml:"aliases,verbatim"` // other names people type
	Owner    string      `yaml:"owner"`            // who answers for the entry
	Deputy   string      `yaml:"deputy"`           // who does when the owner is away
	Review   Review      `yaml:"review"`           // who signed it, and until when
	Related  []ID        `yaml:"related"`          // offered as next steps
	Warnings []Statement `yaml:"warnings"`         // shown before everything else, never cut
	File     string      // path inside the content folder, for error messages
}

// Statement is a sentence or two with the keys of the sources that carry it.
type Statement struct {
	Text    string   // plain text, without the keys
	Sources []string // keys in sources.yaml, in the order cited
}

// Status says how far an entry can be trusted.
type Status string

// The states of an entry. Overdue and expired follow from the dates.
const (
	Unreviewed Status = "unreviewed" // nobody here has signed it
	Verified   Status = "verified"
	Overdue    Status = "overdue" // past its due date: answered with a banner
	Expired    Status = "expired" // past its expiry: numbers are withheld
	Withdrawn  Status = "withdrawn"
)

// Review is the sign-off of an entry.
type Review struct {
	Status  Status    `yaml:"status,required,one=unreviewed|verified|withdrawn"` // unreviewed, verified or withdrawn, as written
	By      string    `yaml:"by"`
	On      time.Time `yaml:"on"`      // zero when never reviewed
	Due     time.Time `yaml:"due"`     // zero when no date is set
	Expires time.Time `yaml:"expires"` // zero when it never expires
	Why     string    `yaml:"why"`     // the reason of a withdrawal
}

// Article is an explanation: a short answer and sections that are found on
// their own.
type Article struct {
	Meta
	Topic    string   `yaml:"topic,required,one=basics|indications|contraindications|sites|devices|technique|pain|flow|drugs|samples|imaging|complications|care|neonates|special|evidence|training|troubleshooting|perioperative|weight"`
	For      []string `yaml:"for,one=care|students|admins"`
	Lead     []Block  // the short answer, before the first heading
	Sections []Section
}

// Section is one headed part of an article.
type Section struct {
	ID      string // slug after the '#'
	Heading string
	AskedAs []string // how people ask for it; searched, never shown
	Blocks  []Block
}

// BlockKind says how a Block is set.
type BlockKind int

// The kinds of block an article may use.
const (
	Paragraph BlockKind = iota
	Bullets
	Steps
	Table
)

// Block is a paragraph, a list or a table of an article.
type Block struct {
	Kind  BlockKind
	Items []Statement // one for a paragraph, one a bullet or step
	Head  []string    // of a table, without the column of sources
	Rows  []Row       // of a table
}

// Row is one row of a table.
type Row struct {
	Cells   []string
	Sources []string
}

// Drug is a drug or fluid with its dose rules.
type Drug struct {
	Meta
	Name           string        `yaml:"name,required"` // tall-man: "EPINEPHrine"
	OtherName      string        `yaml:"other_name"`    // the other official name: "adrenaline"
	Class          string        `yaml:"class,required"`
	LookAlikes     []LookAlike   `yaml:"look_alikes"`
	Concentrations []Stock       `yaml:"concentrations"`
	Flush          Statement     `yaml:"flush,required"`
	IO             []Statement   `yaml:"io"`
	Cautions       []Statement   `yaml:"cautions"`
	Indications    []*Indication `yaml:"indications,required"`
}

// LookAlike is a name that is easily taken for the drug's.
type LookAlike struct {
	Name       string    `yaml:"name,required"`
	Difference Statement `yaml:"difference,required"`
}

// Stock is a strength as it stands on the shelf.
type Stock struct {
	Strength  quantity.Concentration `yaml:"strength,required"`
	Container string                 `yaml:"container"`      // "1 mg in 10 mL prefilled syringe"
	Label     string                 `yaml:"label,verbatim"` // an old ratio label, understood but never printed as a dose
	Note      Statement              `yaml:"note"`
}

// Indication is one use of a drug.
type Indication struct {
	ID        string      `yaml:"id,required"`
	Name      string      `yaml:"name,required"`
	Aliases   []string    `yaml:"aliases,verbatim"`
	Primary   []string    `yaml:"primary,one=newborn|neonate|infant|child|adult"` // populations for which it answers when none was named
	OthersSay []Statement `yaml:"others_say"`
	Gaps      string      `yaml:"gaps"`
	Rules     []*Rule     `yaml:"rules,required"`
}

// Rule is one dose rule: for whom, how much, how strong, whose.
type Rule struct {
	ID           string                   `yaml:"id,required"`         // unique in the drug: "arrest-child"
	For          string                   `yaml:"for"`                 // printed instead of the indication's name when set
	Population   string                   `yaml:"population,required"` // "child"
	Age          quantity.AgeRange        `yaml:"age,required"`
	Weight       quantity.WeightRange     `yaml:"weight,required"`
	Family       string                   `yaml:"family,required"` // "AHA"
	Edition      string                   `yaml:"edition,required,verbatim"`
	Grade        string                   `yaml:"grade,required,one=A|B|C"`  // "A", "B" or "C"
	OtherOnly    bool                     `yaml:"other_only,one=true|false"` // shown under "other sources say", never the answer
	Dose                                  // the first or only dose
	Then         []Dose                   `yaml:"then"` // further doses of a series, in order
	Total        quantity.Dosage          `yaml:"total"`
	TotalMax     quantity.Amount          `yaml:"total_max"`
	TotalNote    string                   `yaml:"total_note"`
	At           []quantity.Concentration `yaml:"at"` // strengths it may be drawn from, the usual first
	Mixture      Statement                `yaml:"mixture"`
	Rate         string                   `yaml:"rate"`
	Repeat       string                   `yaml:"repeat"`
	Flush        Statement                `yaml:"flush"` // zero: the drug's
	Warnings     []Statement              `yaml:"warnings"`
	Notes        []Statement              `yaml:"notes"`
	Sources      []string                 `yaml:"sources,required,keys"`
	NotConfirmed []string                 `yaml:"not_confirmed"`
}

// Dose is one dose of a rule.
type Dose struct {
	Step     string          `yaml:"step"` // "first dose"; empty for the only one
	When     string          `yaml:"when"`
	Dosage   quantity.Dosage `yaml:"dose,required"`
	Min      quantity.Amount `yaml:"min"`       // zero when none
	Max      quantity.Amount `yaml:"max"`       // zero when none
	MaxBasis string          `yaml:"max_basis"` // where the maximum comes from when not from the source
	NoMax    string          `yaml:"no_max"`    // why there is none
	Checks   []Check         `yaml:"checks,required"`
}

// Check is a worked example: what the rule gives at a weight, as written.
type Check struct {
	Weight  quantity.Weight
	Dose    string // "0.035 mg", or "outside"
	Volume  string // "0.35 mL", "too small", or a pump rate; empty when the dose is a volume
	Line    int    // in the file
	Written string // the whole check, for error messages
}

// Site is a bone.
type Site struct {
	Meta
	Instructions      bool        `yaml:"instructions,required,one=full|none"` // false: described only, no landmark is given
	Ages              Statement   `yaml:"ages,required"`
	Summary           Statement   `yaml:"summary,required"`
	Landmarks         []Landmark  `yaml:"landmarks"`
	Position          Statement   `yaml:"position"`
	Angle             Statement   `yaml:"angle"`
	Needle            Statement   `yaml:"needle"`
	Depth             Statement   `yaml:"depth"`
	Steps             []Statement `yaml:"steps"`
	Flow              []Flow      `yaml:"flow"`
	Advantages        []Statement `yaml:"advantages"`
	Cautions          []Statement `yaml:"cautions"`
	Contraindications []Statement `yaml:"contraindications"`
	Device            Statement   `yaml:"device"`
}

// Landmark is how to find a site at an age.
type Landmark struct {
	Group     string            `yaml:"group,required,one=newborn|infant|child|adult"` // newborn, infant, child, adult
	Age       quantity.AgeRange `yaml:"age,required"`
	Use       string            `yaml:"use,required,one=yes|caution|no"` // yes, caution, no
	Find      Statement         `yaml:"find"`
	Marks     []Mark            `yaml:"marks"`
	OthersSay []Statement       `yaml:"others_say"`
}

// Mark is a distance that a drawing shows.
type Mark struct {
	From      string `yaml:"from,required"`
	Direction string `yaml:"direction,required"`
	Distance  string `yaml:"distance,required"`
}

// Flow is a measured flow with the model it was measured in.
type Flow struct {
	Model    string   `yaml:"model,required"`
	Gravity  string   `yaml:"gravity"`
	Pressure string   `yaml:"pressure"`
	Sources  []string `yaml:"sources,required,keys"`
}

// Device is a needle system.
type Device struct {
	Meta
	Kind     string         `yaml:"kind,required,one=powered|manual|spring-loaded|sternal|other"`
	Summary  Statement      `yaml:"summary,required"`
	Needles  []Needle       `yaml:"needles"`
	Choose   []NeedleChoice `yaml:"choose"`
	Check    Statement      `yaml:"check"`
	Ages     Statement      `yaml:"ages"`
	Sites    Statement      `yaml:"sites"`
	Dwell    Statement      `yaml:"dwell"`
	MRI      Statement      `yaml:"mri"`
	Notes    []Statement    `yaml:"notes"`
	Cautions []Statement    `yaml:"cautions"`
}

// Needle is one needle of a device.
type Needle struct {
	Name     string               `yaml:"name,required"`
	Colour   string               `yaml:"colour"`
	Length   string               `yaml:"length"`
	Gauge    string               `yaml:"gauge"`
	Weight   quantity.WeightRange `yaml:"weight"`
	Typical  string               `yaml:"typical"`
	Cautions []Statement          `yaml:"cautions"`
	Sources  []string             `yaml:"sources,required,keys"`
}

// NeedleChoice is advice on length for a weight and age.
type NeedleChoice struct {
	Weight quantity.WeightRange `yaml:"weight"`
	Age    quantity.AgeRange    `yaml:"age"`
	Advice Statement            `yaml:"advice,required"`
}

// Source is a document that statements cite.
type Source struct {
	Key      string `yaml:"key,required,verbatim"`
	Citation string `yaml:"citation,required,verbatim"`
	Year     string `yaml:"year,required,verbatim"`
	URL      string `yaml:"url,verbatim"`
	Grade    string `yaml:"grade,required,one=A|B|C"`
	Seen     string `yaml:"seen,required,one=excerpt|abstract|page"`
}

// SiteChoice says which bone comes first at an age.
type SiteChoice struct {
	Group   string            `yaml:"group,required"`
	Age     quantity.AgeRange `yaml:"age,required"`
	First   ID                `yaml:"first,required"`
	Next    []ID              `yaml:"next"`
	Avoid   []ID              `yaml:"avoid"`
	Because Statement         `yaml:"because,required"`
}

// Situation says which bones remain when something stands in the way.
type Situation struct {
	ID      string    `yaml:"id,required"`
	When    string    `yaml:"when,required"`
	Aliases []string  `yaml:"aliases,verbatim"`
	Say     Statement `yaml:"say,required"`
	Sites   []ID      `yaml:"sites"`
}

// Refusal is a fixed answer to a kind of question.
type Refusal struct {
	ID      string   `yaml:"id,required"`
	Title   string   `yaml:"title,required"`
	Outcome string   `yaml:"outcome,required,one=answer|refused|not_found"`
	When    []string `yaml:"when,required,verbatim"`
	Exact   bool     `yaml:"exact,one=true|false"` // the question must be a phrase and nothing else
	Say     string   `yaml:"say,required"`
	Offer   []string `yaml:"offer,verbatim"`
}

// Golden is a question with the answer it must have, whatever else changes.
type Golden struct {
	Ask     string `yaml:"ask,required,verbatim"` // as people type it: "dose adrenaline 12 kg"
	Outcome string `yaml:"outcome,required,one=answer|clarify|not_found|refused"`
	Dose    string `yaml:"dose"`   // "0.12 mg"; empty when it is not looked at
	Volume  string `yaml:"volume"` // "1.2 mL"
	Entry   ID     `yaml:"entry"`  // the first entry answered from
}

// Notice is said before every answer made from an entry until a day has
// passed: a recall, or news of this place.
type Notice struct {
	ID    string    `yaml:"id,required"`
	Text  Statement `yaml:"text,required"`
	About []ID      `yaml:"about"` // entries; empty: all
	Until time.Time `yaml:"until,required"`
	By    string    `yaml:"by"`
}

// Population is a word for a group of patients.
type Population struct {
	Name    string            `yaml:"name,required"`
	Age     quantity.AgeRange `yaml:"age,required"`
	Aliases []string          `yaml:"aliases,verbatim"`
}

// Plausible says which weights are believed at which age.
type Plausible struct {
	Age    quantity.AgeRange    `yaml:"age,required"`
	Weight quantity.WeightRange `yaml:"weight,required"`
}
