package slack

import (
	"fmt"
	"unicode/utf8"

	"github.com/slack-go/slack"

	"iobot/bot"
)

// splitChoices tells the choices that become buttons from those that have to
// be typed: a command that a button cannot carry, or more than fit. Most is
// the longest label in characters that needs no list.
func splitChoices(all []bot.Choice, most int) (buttons, others []bot.Choice) {
	used := 0
	numbered := longest(all) > most
	for _, c := range all {
		label := quiet(line(c.Label))
		n := jsonBytes(c.Command) + jsonBytes(clip(label, maxLabel)) + aroundButton
		if numbered { // it stands in a list as well, and in what a screen reader says
			n += jsonBytes(label) + jsonBytes(clip(label, maxLabel)) + aroundItem
		}
		if carries(c.Command) && line(c.Label) != "" && used+n <= choiceBytes {
			buttons, used = append(buttons, c), used+n
		} else {
			others = append(others, c)
		}
	}
	return buttons, others
}

// choiceBlocks writes choices as buttons. Where a phone would clip one of the
// labels, so that two uses of a drug look alike, all are written out as a
// numbered list and the buttons bear the numbers.
func choiceBlocks(choices []bot.Choice, most int) []slack.Block {
	if len(choices) == 0 {
		return nil
	}
	var buttons []slack.BlockElement
	var items []slack.RichTextElement
	numbered := longest(choices) > most
	for i, c := range choices {
		label, said := line(c.Label), ""
		items = append(items, section(words(label)))
		if numbered {
			label, said = clip(fmt.Sprintf("%d. %s", i+1, label), readableLabel), label
		}
		buttons = append(buttons, button(label, said, Action{Verb: Run, Number: i, Line: c.Command}))
	}
	row := slack.NewActionBlock("", buttons...)
	if !numbered {
		return []slack.Block{row}
	}
	return []slack.Block{rich(list(ordered, items)), row}
}

// labelLimit is the longest label in characters that needs no list. Beside an
// answer a choice is only where to go next, and what it leads to says in full
// what it is; a question back must not leave two choices looking alike.
func labelLimit(o bot.Outcome) int {
	if o == bot.Answer {
		return guessable
	}
	return readableLabel
}

func longest(choices []bot.Choice) int {
	most := 0
	for _, c := range choices {
		most = max(most, utf8.RuneCountInString(line(c.Label)))
	}
	return most
}

// turning is how a button asks for another part; the value is empty when none
// can.
func (l layout) turning() (verb Verb, value string) {
	if l.card.Line != "" {
		return Part, l.card.Line
	}
	return Kept, l.card.Kept
}

// buttonRow is what can be done with the card itself.
func (l layout) buttonRow() []slack.Block {
	var row []slack.BlockElement
	add := func(label, said string, a Action) { row = append(row, button(label, said, a)) }
	if l.form != nil {
		row = append(row, formButton(*l.form))
	}
	for i, link := range l.card.Links {
		row = append(row, linkButton(i, link)...)
	}
	if verb, value := l.turning(); value != "" {
		if l.part < l.parts {
			label := "More"
			if l.next[0].fresh {
				label = "Sources"
			}
			add(label, fmt.Sprintf("%s: part %d of %d", label, l.part+1, l.parts), Action{Verb: verb, Number: l.part + 1, Line: value})
		}
		if l.part > 1 {
			add("Back", fmt.Sprintf("Back to part %d of %d", l.part-1, l.parts), Action{Verb: verb, Number: l.part - 1, Line: value})
		}
	}
	if l.card.Line != "" && l.card.Audience == Private && l.outcome == bot.Answer {
		if l.surface == inMessage {
			add("Share to channel", "Share this answer to the channel", Action{Verb: Share, Line: l.card.Line})
		}
		add("Send to my DM", "Send this answer to my direct messages", Action{Verb: Send, Line: l.card.Line})
	}
	if l.card.Audience == Private && l.surface == inMessage {
		row = append(row, button("Dismiss", "Dismiss this message", Action{Verb: Dismiss}))
	}
	if len(row) == 0 {
		return nil
	}
	return []slack.Block{slack.NewActionBlock("", row...)}
}
