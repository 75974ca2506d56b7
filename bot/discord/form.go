package discord

import (
	"slices"
	"strings"

	"github.com/bwmarrin/discordgo"

	"iobot/bot"
)

// The parts of a form. The SDK knows no labels, and its inputs send one of
// their own that Discord no longer wants.
type (
	modal struct {
		CustomID   string `json:"custom_id"`
		Title      string `json:"title"`
		Components []any  `json:"components"` // of label and discordgo.TextDisplay
	}
	label struct {
		Type        int    `json:"type"`
		Label       string `json:"label"`
		Description string `json:"description,omitempty"`
		Component   any    `json:"component"` // a textInput or a menuInput
	}
	textInput struct {
		Type      discordgo.ComponentType  `json:"type"`
		CustomID  string                   `json:"custom_id"`
		Style     discordgo.TextInputStyle `json:"style"`
		MaxLength int                      `json:"max_length"`
		Required  bool                     `json:"required"`
		Value     string                   `json:"value,omitempty"`
	}
	menuInput struct {
		Type     discordgo.ComponentType `json:"type"`
		CustomID string                  `json:"custom_id"`
		Required bool                    `json:"required"`
		Least    int                     `json:"min_values"`
		Most     int                     `json:"max_values"`
		Options  []menuOption            `json:"options"`
	}
	menuOption struct {
		Label   string `json:"label"`
		Value   string `json:"value"`
		Default bool   `json:"default,omitempty"`
	}
)

const (
	labelType = 18
	lineInput = "line" // id of the input of the form that asks again

	maxFormTitle = 45
	maxFormLabel = 45
	maxFormHint  = 100
	maxFormParts = 5    // fields, and the text above them
	formText     = 1500 // characters of a text above the fields; a longer one has a message of its own
)

// openForm answers with a form, over which stands the first text that Discord
// has room for. It reports false when there is none.
func openForm(r bot.Reply, texts ...string) (response, bool) {
	f := r.Form
	ids, ok := formIDs(f)
	if !ok {
		return response{}, false
	}
	n := slices.IndexFunc(texts, func(text string) bool {
		return text == "" || (chars(text) <= formText && len(f.Fields) < maxFormParts)
	})
	if n < 0 {
		return response{}, false
	}
	text := texts[n]
	m := modal{CustomID: ids[0], Title: clip(line(f.Title), maxFormTitle)}
	if text != "" {
		m.Components = append(m.Components, discordgo.TextDisplay{Content: text})
	}
	for n, field := range f.Fields {
		m.Components = append(m.Components, labelled(field, ids[n+1]))
	}
	return response{Type: discordgo.InteractionResponseModal, as: "answered", Data: m}, true
}

// labelled is a field with its name and, below it, what is wrong with it or how
// to write it.
func labelled(f bot.FormField, id string) label {
	below := line(f.Hint)
	if f.Problem != "" {
		below = "⚠️ " + line(f.Problem)
	}
	l := label{Type: labelType, Label: clip(line(f.Label), maxFormLabel), Description: clip(below, maxFormHint)}
	if menu := menuOf(f, id); menu != nil {
		l.Component = menu
		return l
	}
	style := discordgo.TextInputShort
	if f.Long || strings.Contains(f.Value, "\n") {
		style = discordgo.TextInputParagraph
	}
	l.Component = textInput{
		Type: discordgo.TextInputComponent, CustomID: id, Style: style,
		MaxLength: bot.MaxFormValue, Required: !f.Optional, Value: f.Value,
	}
	return l
}

// menuOf is a field with a closed list, nil when the list does not fit into a
// menu: then the value is typed, and the command judges it.
func menuOf(f bot.FormField, id string) *menuInput {
	if len(f.Choices) == 0 || len(f.Choices) > maxOptions {
		return nil
	}
	m := &menuInput{Type: discordgo.SelectMenuComponent, CustomID: id, Required: !f.Optional, Most: 1}
	if m.Required {
		m.Least = 1
	}
	seen := map[string]bool{}
	for _, c := range f.Choices {
		name := clip(line(c.Label), maxOption)
		if name == "" || c.Command == "" || chars(c.Command) > maxOption || seen[c.Command] {
			return nil
		}
		seen[c.Command] = true
		m.Options = append(m.Options, menuOption{name, c.Command, c.Command == f.Value})
	}
	return m
}

// askAgain opens the form with a line to change.
func askAgain(l string) response {
	return response{Type: discordgo.InteractionResponseModal, as: "answered", Data: modal{
		CustomID: action{verb: form}.head(), Title: "Ask iobot",
		Components: []any{label{
			Type: labelType, Label: "Question or command",
			Description: "For a dose: drug, weight with its unit, and what it is for",
			Component: textInput{
				Type: discordgo.TextInputComponent, CustomID: lineInput, Style: discordgo.TextInputParagraph,
				MaxLength: bot.MaxInput, Required: true, Value: l,
			},
		}},
	}}
}
