package slack

import (
	"strings"
	"unicode/utf8"

	"github.com/slack-go/slack"

	"iobot/bot"
)

// maxMistake is the longest text in characters that stands well under a field.
const maxMistake = 240

// Mistaken answers a submitted form with what is wrong, beside the fields.
func Mistaken(wrong map[string]string) *slack.ViewSubmissionResponse {
	return slack.NewErrorsViewSubmissionResponse(wrong)
}

// Submitted answers a submitted view with the reply to its command line. An
// answer replaces the view. A reply that only says what is wrong stands
// beside the field of the form that it is about, or beside the one field of a
// choice view, ChoiceField. Anything else lies on top of the form, which keeps
// what was filled in.
func Submitted(r bot.Reply, command, field string) *slack.ViewSubmissionResponse {
	if text, ok := mistake(r); ok {
		if field != ChoiceField {
			field = fieldOf(text)
		}
		return Mistaken(map[string]string{field: text})
	}
	view := ResultView(r, Card{Line: command})
	if r.Outcome != bot.Answer && len(r.Choices) > 0 {
		view = choiceView(r)
	}
	if r.Outcome == bot.Answer || field == ChoiceField { // Slack takes three views on top of each other
		return slack.NewUpdateViewSubmissionResponse(&view)
	}
	return slack.NewPushViewSubmissionResponse(&view)
}

// mistake is a reply as one sentence for beside a field; false when it says
// more than that.
func mistake(r bot.Reply) (string, bool) {
	if r.Outcome != bot.Refused && r.Outcome != bot.Clarify || len(r.Choices) > 0 {
		return "", false
	}
	text := ""
	for _, b := range r.Blocks {
		switch b := b.(type) {
		case bot.Lead:
			text += line(b.Text)
		case bot.Note:
			// small print
		default:
			return "", false
		}
	}
	return text, text != "" && utf8.RuneCountInString(text) <= maxMistake
}

// fieldOf is the field that a sentence is about: the one it names first. It
// decides only where the sentence stands.
func fieldOf(text string) string {
	field, first := DrugField, len(text)
	words := map[string]string{"weigh": WeightField, " kg": WeightField, " age": AgeField, "old": AgeField, "group": AgeField, " use": UseField, "given for": UseField}
	for word, about := range words {
		if i := strings.Index(" "+strings.ToLower(text), word); i >= 0 && i < first {
			field, first = about, i
		}
	}
	return field
}
