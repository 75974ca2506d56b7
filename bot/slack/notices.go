package slack

import "iobot/bot"

// tooMuch says that there are too many questions just now, and offers to ask
// the same line again.
func tooMuch(command string) Message {
	r := bot.Reply{
		Outcome: bot.Refused,
		Title:   "Busy: use your local protocol",
		Blocks:  []bot.Block{bot.Lead{Text: "There are too many questions at once. Nothing was looked up. Ask again in a minute."}},
	}
	if carries(command) {
		r.Choices = []bot.Choice{{Label: "Ask again", Command: command}}
	}
	return Render(r, Card{})
}

// notInstalled says how the bot comes back to a workspace that has removed it.
func notInstalled(address string) Message {
	return Render(bot.Reply{
		Outcome: bot.Refused,
		Title:   "iobot is not installed here",
		Blocks: []bot.Block{
			bot.Lead{Text: "Nothing was looked up. Use your local protocol."},
			bot.Text{Text: "The app was removed from this workspace. An admin can reinstall it at " + address},
		},
	}, Card{})
}

// noAnswer is what an asker gets when the program has failed outside the bot.
func noAnswer() Message {
	return Render(bot.Reply{
		Outcome: bot.Failed,
		Title:   "No answer",
		Blocks:  []bot.Block{bot.Lead{Text: "Something went wrong here, so there is no answer. Use your local protocol."}},
	}, Card{})
}
