package discord

import (
	"context"
	"errors"

	"github.com/bwmarrin/discordgo"

	"iobot/bot"
)

// response is the answer to an interaction, as the HTTP endpoint returns it
// and as the gateway posts it.
type response struct {
	Type discordgo.InteractionResponseType `json:"type"`
	Data any                               `json:"data,omitempty"`

	id, token string                      // of the interaction
	after     func(context.Context) error // what is left to do once Discord has the answer
	otherwise *response                   // the answer instead when nothing can be done after it
	as        string                      // what became of the interaction, for Observe
}

// then adds something that is left to do, after all else.
func (r response) then(next func(context.Context) error) response {
	before := r.after
	if before == nil {
		r.after = next
		return r
	}
	r.after = func(ctx context.Context) error { return errors.Join(before(ctx), next(ctx)) }
	return r
}

// uploads are the pictures and files that go with the answer.
func (r response) uploads() []upload {
	m, _ := r.Data.(message)
	return m.uploads
}

// plain is the answer without its pictures and files.
func (r response) plain() response {
	if m, ok := r.Data.(message); ok {
		r.Data = m.plain()
	}
	return r
}

// show puts a message below what is there.
func show(m message) response {
	return response{Type: discordgo.InteractionResponseChannelMessageWithSource, Data: m, as: "answered"}
}

// replace puts a message in the place of the one that was tapped.
func replace(m message) response {
	return response{Type: discordgo.InteractionResponseUpdateMessage, Data: m.edit(), as: "answered"}
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
