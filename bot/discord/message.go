package discord

import (
	"slices"

	"github.com/bwmarrin/discordgo"
)

// message is a message as Discord takes it, in an answer to an interaction or
// on its own. It calls nobody, and its lists are never null.
type message struct {
	Flags           discordgo.MessageFlags       `json:"flags"`
	Components      []discordgo.MessageComponent `json:"components"`
	AllowedMentions allowedMentions              `json:"allowed_mentions"`
	Attachments     []attachment                 `json:"attachments,omitzero"` // what is not listed is dropped by an edit
	Reference       *reference                   `json:"message_reference,omitempty"`

	uploads []upload // travel beside the JSON, in the order of Attachments
}

// edit is the message as it takes the place of another one. Whether others see
// that one cannot be changed, and its old files go.
func (m message) edit() message {
	m.Flags &^= discordgo.MessageFlagsEphemeral
	if m.Attachments == nil {
		m.Attachments = []attachment{}
	}
	return m
}

// allowedMentions is always empty: what an answer says calls nobody.
type allowedMentions struct {
	Parse []string `json:"parse"`
}

type (
	attachment struct {
		ID          string `json:"id"` // the place of the file among those that are sent
		Filename    string `json:"filename"`
		Description string `json:"description,omitempty"`
	}
	reference struct {
		Message string `json:"message_id"`
		Fail    bool   `json:"fail_if_not_exists"`
	}
)

// plain is the message without its pictures and files.
func (m message) plain() message {
	if len(m.uploads) == 0 {
		return m
	}
	m.uploads, m.Attachments = nil, []attachment{}
	m.Components = slices.Clone(m.Components)
	for n, c := range m.Components {
		if box, ok := c.(discordgo.Container); ok {
			box.Components = slices.DeleteFunc(slices.Clone(box.Components), func(c discordgo.MessageComponent) bool {
				return c.Type() == discordgo.MediaGalleryComponent || c.Type() == discordgo.FileComponentType
			})
			m.Components[n] = box
		}
	}
	return m
}
