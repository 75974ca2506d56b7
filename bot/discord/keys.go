package discord

import (
	"github.com/bwmarrin/discordgo"

	"iobot/bot"
)

// keys collects buttons and menus and gives each an id of its own.
type keys struct {
	buttons, menus []discordgo.MessageComponent
	used           int
}

// button adds a button, or a menu of one when its line is too long for an id.
func (k *keys) button(label string, a action) {
	if a.verb != page {
		a.number = k.used
		k.used++
	}
	id, rest, _ := a.split()
	if rest == "" {
		k.buttons = append(k.buttons, discordgo.Button{Label: label, Style: discordgo.SecondaryButton, CustomID: id})
		return
	}
	k.option(id, label, []discordgo.SelectMenuOption{option(label, rest)})
}

// menu adds a menu of choices. A single one may be cut between its id and the
// value; several have whole commands as values.
func (k *keys) menu(placeholder string, choices []bot.Choice) {
	a := action{verb: run, number: k.used}
	k.used++
	if len(choices) == 1 {
		a.line = choices[0].Command
		if id, rest, _ := a.split(); rest != "" {
			k.option(id, line(placeholder), []discordgo.SelectMenuOption{option(choices[0].Label, rest)})
			return
		}
	}
	options := make([]discordgo.SelectMenuOption, len(choices))
	for i, c := range choices {
		options[i] = option(c.Label, c.Command)
	}
	k.option(action{verb: run, number: a.number}.head(), line(placeholder), options)
}

func (k *keys) option(id, placeholder string, options []discordgo.SelectMenuOption) {
	k.menus = append(k.menus, discordgo.SelectMenu{
		MenuType: discordgo.StringSelectMenu, CustomID: id, MaxValues: 1,
		Placeholder: clip(placeholder, maxPlaceholder), Options: options,
	})
}

// option is a choice of a menu. What a label has no room for is its
// description.
func option(label, value string) discordgo.SelectMenuOption {
	label = line(label)
	o := discordgo.SelectMenuOption{Label: clip(label, maxOption), Value: value}
	if chars(label) > maxOption {
		_, rest := cut(label, maxOption-1)
		o.Description = clip("…"+rest, maxOption)
	}
	return o
}

// rows puts five buttons in a row and every menu in one of its own.
func (k *keys) rows() []discordgo.MessageComponent {
	var list []discordgo.MessageComponent
	for i := 0; i < len(k.buttons); i += rowButtons {
		list = append(list, discordgo.ActionsRow{Components: k.buttons[i:min(i+rowButtons, len(k.buttons))]})
	}
	for _, m := range k.menus {
		list = append(list, discordgo.ActionsRow{Components: []discordgo.MessageComponent{m}})
	}
	return list
}

// count is how many components there are, those inside others included.
func count(list []discordgo.MessageComponent) int {
	n := len(list)
	for _, c := range list {
		switch c := c.(type) {
		case discordgo.Container:
			n += count(c.Components)
		case discordgo.ActionsRow:
			n += count(c.Components)
		}
	}
	return n
}
