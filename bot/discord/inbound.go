package discord

import (
	"encoding/json"
	"errors"
	"regexp"

	"github.com/bwmarrin/discordgo"
)

// The types in this file hold what the bot needs of an interaction and no
// more. The SDK's own lose the whole interaction over one component that they
// do not know.

// interaction is one thing somebody did.
type interaction struct {
	ID      string                    `json:"id"`
	Type    discordgo.InteractionType `json:"type"`
	Token   string                    `json:"token"`
	Guild   string                    `json:"guild_id"`
	Channel string                    `json:"channel_id"`
	Context *int                      `json:"context"` // 0 server, 1 direct message, 2 group message; absent in old payloads
	Owners  map[string]any            `json:"authorizing_integration_owners"`
	Member  struct {
		User        inUser `json:"user"`
		Permissions string `json:"permissions"`
	} `json:"member"`
	Permissions string `json:"app_permissions"`       // of the bot, where it is
	FileLimit   int    `json:"attachment_size_limit"` // bytes; 0 in old payloads
	User        inUser `json:"user"`
	Message     struct {
		ID    string                 `json:"id"`
		Flags discordgo.MessageFlags `json:"flags"`
	} `json:"message"`
	RawData json.RawMessage `json:"data"`

	data inData
}

type inUser struct {
	ID string `json:"id"`
}

// inData is what was typed, tapped or sent.
type inData struct {
	Name     string                           `json:"name"`
	Type     discordgo.ApplicationCommandType `json:"type"`
	Options  []inOption                       `json:"options"`
	CustomID string                           `json:"custom_id"`
	Values   []string                         `json:"values"`
	Target   string                           `json:"target_id"`
	Resolved struct {
		Messages map[string]struct {
			Content string `json:"content"`
		} `json:"messages"`
	} `json:"resolved"`
	Components json.RawMessage `json:"components"` // of a form
}

// inOption is an option as it was typed. The value stays raw: a number must
// not pass through floating point.
type inOption struct {
	Name    string                                 `json:"name"`
	Type    discordgo.ApplicationCommandOptionType `json:"type"`
	Value   json.RawMessage                        `json:"value"`
	Options []inOption                             `json:"options"`
	Focused bool                                   `json:"focused"`
}

var (
	errMalformed = errors.New("parse interaction: not one")
	errData      = errors.New("parse interaction: its data is of another form")
)

// parseInteraction reads an interaction. With errData everything but its data
// was read, so that it can be answered.
func parseInteraction(body []byte) (interaction, error) {
	var i interaction
	err := json.Unmarshal(body, &i)
	var mistyped *json.UnmarshalTypeError // everything else was read
	switch {
	case i.Type == 0 || (err != nil && !errors.As(err, &mistyped)):
		return i, errMalformed
	case err != nil:
		return i, errData
	}
	if len(i.RawData) > 0 && json.Unmarshal(i.RawData, &i.data) != nil {
		i.data = inData{}
		return i, errData
	}
	return i, nil
}

// called matches mentions of people, roles and channels, emoji and times.
var called = regexp.MustCompile(`<(@[!&]?|#|a?:\w+:|t:|/[^:>]*:)-?\d+(:\w)?>`)

// question is the text of the message whose menu was used.
func (d inData) question() string {
	return line(called.ReplaceAllString(d.Resolved.Messages[d.Target].Content, " "))
}

// inputs are the inputs of a form in their order, however deep they are and
// whatever stands around them.
func (d inData) inputs() []input {
	var tree any
	if json.Unmarshal(d.Components, &tree) != nil {
		return nil
	}
	return findInputs(nil, tree)
}

// input is what one input of a form was filled with.
type input struct{ id, value string }

func findInputs(list []input, tree any) []input {
	switch t := tree.(type) {
	case []any:
		for _, item := range t {
			list = findInputs(list, item)
		}
	case map[string]any:
		if id, ok := t["custom_id"].(string); ok {
			list = append(list, input{id, inputValue(t)})
		}
		for _, key := range []string{"components", "component"} {
			list = findInputs(list, t[key])
		}
	}
	return list
}

// inputValue is the text that was typed, or the option that was picked.
func inputValue(c map[string]any) string {
	if picked, ok := c["values"].([]any); ok && len(picked) > 0 {
		value, _ := picked[0].(string)
		return value
	}
	value, _ := c["value"].(string)
	return value
}
