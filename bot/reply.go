package bot

// Outcome says what kind of reply this is.
type Outcome string

// The outcomes. An Answer may hold numbers; a Clarify never holds a dose.
const (
	Answer   Outcome = "answer"    // the question is answered
	Clarify  Outcome = "clarify"   // one thing is missing or doubtful; Choices hold complete commands
	NotFound Outcome = "not_found" // not in this knowledge base
	Refused  Outcome = "refused"   // impossible, unsafe or out of scope
	Denied   Outcome = "denied"    // no permission
	Failed   Outcome = "error"     // the program failed; the reply carries a reference
)

// Reply is what a command returns: a value without any platform's markup.
type Reply struct {
	Outcome  Outcome
	Title    string   // drug, use and population, or the topic; never a bare number
	Blocks   []Block  // in reading order; warnings stand before numbers
	Entries  []string // ids of the entries that carry the reply
	Sources  []Source
	Choices  []Choice
	Dose     *Dose
	Review   Review
	Revision string // of the knowledge the reply was made from
	Subject  string // command line that a follow-up question builds on; empty when there is none
	Shared   bool   // shown to others than the asker
	Private  bool   // for the asker alone: no platform offers to share or repeat it
	Form     *Form  // to be filled in by the asker; nil for nearly all replies
	Pictures []Picture
	Files    []File   // made when they are fetched, and kept nowhere
	Feedback []Choice // what to tap when the reply helped or did not; small, after everything else
}

// Block is one piece of a reply. The set is closed: Lead, Warning, Text,
// Bullets, Steps, Fields, Table, Heading and Note.
type Block interface{ block() }

type (
	// Lead is the answer itself in a line or two.
	Lead struct{ Text string }
	// Warning must be read before any number. No platform may drop or cut it.
	Warning struct{ Text string }
	// Text is a paragraph.
	Text struct{ Text string }
	// Bullets is a list without order.
	Bullets struct{ Items []string }
	// Steps is a list in order.
	Steps struct{ Items []string }
	// Fields is a list of labels with values; the two are never separated.
	Fields struct{ Rows []Field }
	// Table has a head and rows of the same length.
	Table struct {
		Head []string
		Rows [][]string
	}
	// Heading starts a part of a long reply.
	Heading struct{ Text string }
	// Note is small print.
	Note struct{ Text string }
)

func (Lead) block()    {}
func (Warning) block() {}
func (Text) block()    {}
func (Bullets) block() {}
func (Steps) block()   {}
func (Fields) block()  {}
func (Table) block()   {}
func (Heading) block() {}
func (Note) block()    {}

// Field is a label with its value.
type Field struct{ Label, Value string }

// Source is a document behind the reply.
type Source struct {
	Key      string `json:"key"`
	Citation string `json:"citation"`
	Year     string `json:"year,omitempty"`
	URL      string `json:"url,omitempty"`
}

// Choice is a button: a label and the complete command line it stands for.
type Choice struct {
	Label   string `json:"label"`
	Command string `json:"command"`
}

// Dose holds the figures of a dose answer as they are shown to people.
type Dose struct {
	Drug          string `json:"drug"`
	Indication    string `json:"indication"`
	Population    string `json:"population"`
	WeightKg      string `json:"weight_kg,omitempty"`
	Dose          string `json:"dose"`
	Volume        string `json:"volume,omitempty"`
	Rate          string `json:"rate,omitempty"` // pump rate of an infusion, in mL/h
	Concentration string `json:"concentration,omitempty"`
	Capped        bool   `json:"capped"`
	Working       string `json:"working"`
}

// Review is the sign-off of the entry behind the reply. Dates are 2027-01-31.
type Review struct {
	Status string `json:"status"` // unreviewed, verified, overdue, expired or withdrawn
	By     string `json:"by"`
	On     string `json:"on"`
	Due    string `json:"due"`
}

// Warnings returns the texts of the warning blocks.
func (r Reply) Warnings() []string {
	var list []string
	for _, b := range r.Blocks {
		if w, ok := b.(Warning); ok {
			list = append(list, w.Text)
		}
	}
	return list
}

// Withheld returns what a platform shows in the place of r when it cannot show
// every warning whole: numbers without their warnings are worse than no answer.
func (r Reply) Withheld() Reply {
	return Reply{
		Outcome: Refused,
		Title:   r.Title,
		Blocks: []Block{
			Lead{"The warnings of this answer are too long to be shown whole here, so the answer is not shown either. Use your local protocol."},
			Note{"Tell the people who look after this knowledge base."},
		},
		Review:   r.Review,
		Revision: r.Revision,
	}
}
