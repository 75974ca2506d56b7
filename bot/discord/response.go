package discord

import (
	"context"

	"github.com/bwmarrin/discordgo"

	"iobot/bot"
)

// response is the answer to an interaction, as the HTTP endpoint returns it
// and as the gateway posts it.
type response struct {
	Type discordgo.InteractionResponseType `json:"type"`
	Data any                               `json:"data,omitempty"`

	after func(context.Context) error // what is left to do once Discord has the answer
	as    string                      // what became of the interaction, for Observe
}

// show puts a message below what is there.
func show(m message) response {
	return response{Type: discordgo.InteractionResponseChannelMessageWithSource, Data: m, as: "answered"}
}

// replace puts a message in the place of the one that was tapped.
func replace(m message) response {
	m.Flags &^= discordgo.MessageFlagsEphemeral // it stays what it was
	return response{Type: discordgo.InteractionResponseUpdateMessage, Data: m, as: "answered"}
}

// say is one private sentence.
func say(title, text string) response {
	r := show(render(sentence(title, text), card{}))
	r.as = "refused"
	return r
}

// outdated is the answer to a button, form or command that this version does
// not know.
func outdated() response {
	return say("This is from another version", "This button or command belongs to another version of the bot. Ask again with /io.")
}

// failed is the answer when answering went wrong. A person sees that there is
// no answer; a list of suggestions stays empty.
func failed(kind discordgo.InteractionType) response {
	r := suggestions(nil)
	if kind != discordgo.InteractionApplicationCommandAutocomplete {
		r = show(render(bot.Reply{
			Outcome: bot.Failed, Title: "No answer",
			Blocks: []bot.Block{bot.Lead{Text: "Something went wrong here, so there is no answer. Use your local protocol."}},
		}, card{}))
	}
	r.as = "failed"
	return r
}

// The parts of a form. The SDK knows no labels, and its inputs send one of
// their own that Discord no longer wants.
type (
	modal struct {
		CustomID   string  `json:"custom_id"`
		Title      string  `json:"title"`
		Components []label `json:"components"`
	}
	label struct {
		Type        int    `json:"type"`
		Label       string `json:"label"`
		Description string `json:"description"`
		Component   input  `json:"component"`
	}
	input struct {
		Type      discordgo.ComponentType  `json:"type"`
		CustomID  string                   `json:"custom_id"`
		Style     discordgo.TextInputStyle `json:"style"`
		MaxLength int                      `json:"max_length"`
		Required  bool                     `json:"required"`
		Value     string                   `json:"value,omitempty"`
	}
)

const (
	labelType = 18
	lineInput = "line" // id of the input of the form
)

// ask opens the form with a line to change.
func ask(l string) response {
	return response{Type: discordgo.InteractionResponseModal, as: "answered", Data: modal{
		CustomID: action{verb: form}.head(), Title: "Ask iobot",
		Components: []label{{
			Type: labelType, Label: "Question or command",
			Description: "For a dose: drug, weight with its unit, and what it is for",
			Component: input{
				Type: discordgo.TextInputComponent, CustomID: lineInput, Style: discordgo.TextInputParagraph,
				MaxLength: bot.MaxInput, Required: true, Value: l,
			},
		}},
	}}
}
