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
// be done with the card itself. Where a card of so many components has room
// left, they end with what to tap when the answer helped or did not.
func (l layout) rows(used int) []discordgo.MessageComponent {
	var k keys
	if l.at == 0 {
		l.formButton(&k)
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
	rows := k.rows()
	if last := l.feedbackRow(k.used); last != nil && used+count(rows)+count(last)+besidesRows <= maxComponents {
		rows = append(rows, last...)
	}
	return rows
}

// besidesRows is how many components a card has around its rows: the
// container, and a line with the footer.
const besidesRows = 3

// formButton opens the form of a reply that could not be a form at once.
func (l layout) formButton(k *keys) {
	if l.form == nil {
		return
	}
	label := clip(line(l.form.Title), easyLabel)
	if troubled(l.form) {
		label = "Edit again"
	}
	k.button(label, action{verb: enter, line: l.form.Line})
}

// feedbackRow is a row of buttons, none when they do not fit into one. Their
// numbers begin where those of the other buttons end.
func (l layout) feedbackRow(used int) []discordgo.MessageComponent {
	k := keys{used: used}
	for _, c := range l.feedback {
		if whole(c) && chars(line(c.Label)) <= maxLabel {
			k.button(line(c.Label), action{verb: run, line: c.Command})
		}
	}
	if len(k.buttons) > rowButtons || (l.line == "" && l.at > 0) {
		return nil
	}
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
