package bot

// Form is what a reply asks to be filled in. A platform shows it at once
// where it may, and otherwise behind a button. Filled in, it comes back as a
// Request with the form's Line and the Values of its fields; the reply to that
// is a form again, with a Problem beside each field that has one, or the
// result. A platform that cannot keep a form open after it was sent shows the
// problems and a button for Line, whose reply is the form with what was typed.
type Form struct {
	Title  string // at most MaxFormTitle characters
	Line   string // the command line that gets the values
	Submit string // label of the button, in a word or two
	Fields []FormField
}

// FormField is one field of a form.
type FormField struct {
	Name     string   // key in Request.Values: a to z, digits, "-", "_" and "."
	Label    string   // at most MaxFormLabel characters
	Hint     string   // how to write it, with an example; at most MaxFormHint characters
	Value    string   // what it holds before anybody types
	Long     bool     // of several lines
	Optional bool     // may be left empty
	Choices  []Choice // a closed list: the label is shown, the command is the value; nil to type freely
	Problem  string   // what is wrong with Value and what to do; empty when nothing is
}

// Limits of a form, the smallest of all platforms.
const (
	MaxFormFields = 5
	MaxFormTitle  = 24
	MaxFormLabel  = 45
	MaxFormHint   = 100
	MaxFormValue  = 3000 // characters of one value
)
