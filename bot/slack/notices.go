package slack

import "iobot/bot"

// busy says that there are too many questions just now, and offers to ask the
// same line again.
func busy(command string) bot.Reply {
	r := bot.Reply{
		Outcome: bot.Refused,
		Title:   "Busy: use your local protocol",
		Blocks:  []bot.Block{bot.Lead{Text: "There are too many questions at once. Nothing was looked up. Ask again in a minute."}},
	}
	if carries(command) {
		r.Choices = []bot.Choice{{Label: "Ask again", Command: command}}
	}
	return r
}

// busyForm says the same beside a field of a form.
func busyForm() bot.Reply {
	return bot.Reply{
		Outcome: bot.Refused, Title: "Busy",
		Blocks: []bot.Block{bot.Lead{Text: "There are too many requests at once. Nothing was done. Send it again in a minute."}},
	}
}

func tooMuch(command string) Message { return Render(busy(command), Card{}) }

// working stands where the answer to a slow line will.
func working() bot.Reply {
	return bot.Reply{Title: "Working on it", Blocks: []bot.Block{bot.Text{Text: "This can take half a minute. The answer comes here."}}}
}

// notKept says that the rest of a reply is gone.
func notKept() bot.Reply {
	return bot.Reply{
		Outcome: bot.Refused, Title: "The rest is not kept any longer",
		Blocks: []bot.Block{bot.Lead{Text: "Ask the same again with /io to see all of it."}},
	}
}

// noted is a reply with a sentence about how it is shown.
func noted(r bot.Reply, sentence string) bot.Reply {
	r.Blocks = append(r.Blocks[:len(r.Blocks):len(r.Blocks)], bot.Note{Text: sentence})
	return r
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
