package slack

import "iobot/bot"

// The cards below are the messages that no command writes.

// Outdated replaces a card whose buttons come from another version of the
// program, and says what to type instead.
func Outdated(command string) Message {
	lead := "Its buttons come from an earlier version of iobot. "
	if command = line(command); command == "" {
		lead += "Ask again with /io."
	} else {
		lead += "Ask again: /io " + command
	}
	reply := bot.Reply{Outcome: bot.Refused, Title: "This card is outdated", Blocks: []bot.Block{bot.Lead{Text: lead}}}
	if carries(command) {
		reply.Choices = []bot.Choice{{Label: "Ask again", Command: command}}
	}
	m := Render(reply, Card{})
	m.ReplaceOriginal = true
	return m
}

// SharedCard replaces a private card once it is shared, so that a second tap
// finds nothing to tap. By is the name of who shared it, and note what else
// there is to know, or empty.
func SharedCard(r bot.Reply, by, note string) Message {
	text := "Shared to the channel. The whole answer is there."
	if by = clip(line(by), maxLabel); by != "" {
		text = "Shared by " + by + " to the channel. The whole answer is there."
	}
	if note != "" {
		text += "\n" + note
	}
	m := notice(r.Title, text)
	m.ReplaceOriginal = true
	return m
}

// Sent says that an answer is in the asker's direct messages.
func Sent() Message {
	return notice("Sent to you", "The answer is in your direct messages with iobot.")
}

// NotSent says that an answer did not arrive where it should, and what to do.
func NotSent(what string) Message { return notice("Not sent", what) }

func notice(title, text string) Message {
	return Render(bot.Reply{Title: title, Blocks: []bot.Block{bot.Text{Text: text}}}, Card{})
}
