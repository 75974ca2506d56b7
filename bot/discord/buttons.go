package discord

import (
	"github.com/bwmarrin/discordgo"

	"iobot/bot"
)

// mostTapped is how many choices a card holds; the others are lines to type.
// A card of 40 components has no room for more menus.
const mostTapped = 50

// splitChoices tells the choices that can be tapped from those that have to be
// typed, and drops a second choice of the same command.
func splitChoices(all []bot.Choice) (tapped, typed []bot.Choice) {
	seen, long := map[string]bool{}, 0
	for _, c := range all {
		if seen[c.Command] {
			continue
		}
		seen[c.Command] = true
		switch {
		case !carries(c.Command) || line(c.Label) == "" || len(tapped) == mostTapped || (!whole(c) && long == rowButtons):
			typed = append(typed, c)
			continue
		case !whole(c):
			long++
		}
		tapped = append(tapped, c)
	}
	return tapped, typed
}

// whole reports whether the command of a choice fits into one custom id.
func whole(c bot.Choice) bool {
	return action{verb: run, number: mostTapped, line: c.Command}.fits()
}

// rows are what can be done next: the choices of the first page, then what can
// be done with the card itself.
func (l layout) rows() []discordgo.MessageComponent {
	var k keys
	if l.at == 0 {
		for _, c := range l.ownMenus() {
			k.menu(c.Label, []bot.Choice{c})
		}
		taps, menu := l.taps()
		for _, c := range taps {
			k.button(line(c.Label), action{verb: run, line: c.Command})
		}
		for len(menu) > 0 {
			n := min(len(menu), maxOptions)
			k.menu("More on this", menu[:n])
			menu = menu[n:]
		}
	}
	l.own(&k)
	return k.rows()
}

// ownMenus are the choices whose command is too long for one id: each gets a
// menu of its own, which holds half the command in its id.
func (l layout) ownMenus() []bot.Choice {
	var list []bot.Choice
	for _, c := range l.choices {
		if !whole(c) {
			list = append(list, c)
		}
	}
	return list
}

// taps tells the choices that become buttons from those of the menu. A
// question back shows all that it can; an answer keeps its first choice in
// sight when there are many.
func (l layout) taps() (taps, menu []bot.Choice) {
	var all []bot.Choice
	long := 0
	for _, c := range l.choices {
		if !whole(c) {
			continue
		}
		if chars(line(c.Label)) > maxLabel {
			long++
		}
		all = append(all, c)
	}
	most := tapsOfAnswer
	if l.outcome != bot.Answer {
		most = tapsOfClarify
	}
	switch {
	case long == 0 && len(all) <= most:
		return all, nil
	case l.outcome == bot.Answer && chars(line(all[0].Label)) <= easyLabel:
		return all[:1], all[1:]
	}
	return nil, all
}

// own are the buttons about the card itself.
func (l layout) own(k *keys) {
	if l.line == "" {
		return
	}
	if l.at+1 < len(l.pages) {
		label := "More"
		if l.at+1 == l.firstSource() {
			label = "Sources"
		}
		k.button(label, action{page, l.at + 2, l.line})
	}
	if first := l.firstSource(); first > l.at+1 {
		k.button("Sources", action{page, first + 1, l.line})
	}
	if l.at > 0 {
		k.button("Back", action{page, l.at, l.line})
	}
	if l.outcome != bot.Answer && l.audience != shared {
		k.button("Type it again", action{edit, 0, l.line})
	}
	if l.outcome == bot.Answer && l.audience == private && l.shareable && l.subject {
		k.button("Share", action{share, 0, l.line})
	}
}

// firstSource is the page on which the sources begin, 0 when it is the first.
func (l layout) firstSource() int {
	for i, p := range l.pages {
		if i > 0 && p[0].source {
			return i
		}
	}
	return 0
}

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
