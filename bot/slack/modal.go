package slack

import (
	"strings"
	"unicode"

	"github.com/slack-go/slack"
)

// The callback ids of the shortcuts and of the views that are submitted.
const (
	AskMessage     = version + ":ask-message" // message shortcut: ask about a message
	OpenCalculator = version + ":calculator"  // global shortcut
	FormView       = version + ":form"        // the dose calculator
	ChoiceView     = version + ":choice"      // one of several questions is to be picked
	ShareView      = version + ":share"       // an answer, with the channel to share it to
)

// The fields of the views; each is the block id and the action id of its
// input.
const (
	DrugField    = "drug"
	UseField     = "use"
	WeightField  = "weight"
	AgeField     = "age"
	ChoiceField  = "choice"
	ChannelField = "channel"
)

// Longest inputs in characters. With a drug and a use from the menus a line
// stays far below bot.MaxInput.
const maxWeight, maxAge = 20, 30

// Form is a filled-in dose calculator.
type Form struct{ Drug, Use, Weight, Age string }

// ReadForm reads a form from the values of its fields. Hidden characters stay:
// whether they matter is for the bot to say.
func ReadForm(values map[string]string) Form {
	folded := func(field string) string { return strings.Join(strings.Fields(values[field]), " ") }
	return Form{Drug: folded(DrugField), Use: folded(UseField), Weight: folded(WeightField), Age: folded(AgeField)}
}

// Line is the command line that asks what the form asks.
func (f Form) Line() string {
	return strings.Join(strings.Fields("dose "+f.Drug+" "+f.Use+" "+f.Weight+" "+f.Age), " ")
}

// Mistakes returns what is wrong with the form by itself, by field; nil when
// it can be asked. Whether the figures make sense is for the bot to say.
func (f Form) Mistakes() map[string]string {
	wrong := map[string]string{}
	if f.Drug == "" {
		wrong[DrugField] = "Choose a drug."
	}
	switch {
	case f.Weight == "" && f.Age == "":
		wrong[WeightField] = "Give a weight with its unit, such as 12 kg, or an age or group below."
	case f.Weight != "" && !strings.ContainsFunc(f.Weight, unicode.IsDigit):
		wrong[WeightField] = "Give the weight as a figure with its unit, such as 12 kg."
	case f.Weight != "" && !strings.ContainsFunc(f.Weight, unicode.IsLetter):
		wrong[WeightField] = "Add the unit, such as 12 kg or 3,500 g."
	}
	if len(wrong) == 0 {
		return nil
	}
	return wrong
}

// OpenForm is the dose calculator, filled in as far as f is.
func OpenForm(f Form) slack.ModalViewRequest {
	return slack.ModalViewRequest{
		Type:       slack.VTModal,
		CallbackID: FormView,
		Title:      plainText("Dose calculator"),
		Submit:     plainText("Calculate"),
		Close:      plainText("Cancel"),
		Blocks: slack.Blocks{BlockSet: []slack.Block{
			input(DrugField, "Drug", "", menu(DrugField, "Type to search", f.Drug)),
			optional(input(UseField, "What it is given for", "Leave empty for the usual use.", menu(UseField, "Type to search", f.Use))),
			optional(input(WeightField, "Weight with its unit", "For example 12 kg or 3,500 g.", typed(WeightField, f.Weight, maxWeight))),
			optional(input(AgeField, "Age or group", "For example 8 months, 6 years or adult. Needed where doses differ by age.", typed(AgeField, f.Age, maxAge))),
			small("Do not enter anything that identifies a patient. Reference for trained staff: check before use."),
		}},
	}
}

func input(field, label, hint string, element slack.BlockElement) *slack.InputBlock {
	var said *slack.TextBlockObject
	if hint != "" {
		said = plainText(hint)
	}
	return slack.NewInputBlock(field, plainText(label), said, element)
}

func optional(b *slack.InputBlock) *slack.InputBlock {
	b.Optional = true
	return b
}

func typed(field, value string, most int) slack.BlockElement {
	return &slack.PlainTextInputBlockElement{
		Type: slack.METPlainTextInput, ActionID: field, InitialValue: clip(line(value), most), MaxLength: most,
	}
}

// menu asks for its options as somebody types; see Options.
func menu(field, placeholder, value string) slack.BlockElement {
	m := slack.NewOptionsSelectBlockElement(slack.OptTypeExternal, plainText(placeholder), field)
	none := 0 // show the first options before anything is typed
	m.MinQueryLength = &none
	if value = line(value); value != "" && len(value) <= maxOptionValue {
		m.InitialOption = option(value, value)
	}
	return m
}

func option(label, value string) *slack.OptionBlockObject {
	return slack.NewOptionBlockObject(value, plainText(clip(label, maxLabel)), nil)
}
