package command

import (
	"context"
	"strings"

	"iobot/bot"
	"iobot/knowledge"
)

// feedback notes whether an answer helped. Platforms show it as two buttons
// below each answer; nobody has to type it.
func feedback(r *runner) bot.Command {
	return bot.Command{
		Name: "feedback", Summary: "say whether the last answer helped",
		Options:  []bot.Option{{Name: "what", Summary: "yes or no, and the entry"}},
		Examples: []string{"feedback yes drug/epinephrine"},
		Acts:     true, Hidden: true,
		Run: func(ctx context.Context, in bot.Input) (bot.Reply, error) {
			verdict, rest, _ := strings.Cut(in.Args, " ")
			entry, revision, _ := strings.Cut(strings.TrimSpace(rest), " ")
			if verdict != "yes" && verdict != "no" || !r.knows(entry) {
				return bot.Reply{}, bot.VisibleError("Tap Helpful or Not helpful below an answer; or type: feedback yes drug/epinephrine")
			}
			if r.Desk == nil {
				return thanks("Feedback is not kept here: the program runs without a settings file."), nil
			}
			if verdict == "no" && in.Values == nil {
				return askReason(in.Request.Line), nil
			}
			if err := r.Desk.Feedback(ctx, entry, revision, verdict == "yes", in.Values["reason"]); err != nil {
				return bot.Reply{}, err
			}
			return thanks("The people who look after the knowledge see how often an answer helped, not who said so."), nil
		},
	}
}

// knows reports whether there is an entry, or a part of one, with this id.
func (r *runner) knows(id string) bool {
	entry, _ := splitPart(knowledge.ID(id))
	_, ok := r.Library.Snapshot().Base().Entry(entry)
	return ok
}

func thanks(note string) bot.Reply {
	return bot.Reply{Outcome: bot.Answer, Title: "Thank you", Blocks: []bot.Block{bot.Lead{Text: "That is noted."}, bot.Note{Text: note}}, Private: true}
}

func askReason(line string) bot.Reply {
	return bot.Reply{
		Outcome: bot.Clarify, Title: "What was missing?",
		Blocks: []bot.Block{bot.Lead{Text: "Say what was missing, if you like. Do not write anything about a patient."}},
		Form: &bot.Form{Title: "What was missing?", Line: line, Submit: "Send", Fields: []bot.FormField{{
			Name: "reason", Label: "What was wrong or missing", Hint: "Nothing about a patient. Only words that the knowledge knows are kept.",
			Long: true, Optional: true,
		}}},
		Private: true,
	}
}
