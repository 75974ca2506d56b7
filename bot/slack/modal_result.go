package slack

import (
	"encoding/json"
	"strconv"
	"unicode/utf8"

	"github.com/slack-go/slack"

	"iobot/bot"
)

// ResultView shows a reply in a window of its own: after the dose calculator,
// or for a button on the bot's page, where no message can be shown. An answer
// can be shared by picking a channel; its command line is the metadata.
func ResultView(r bot.Reply, c Card) slack.ModalViewRequest {
	l := layOut(r, c, inView)
	view := slack.ModalViewRequest{
		Type:   slack.VTModal,
		Title:  plainText("iobot"),
		Close:  plainText("Close"),
		Blocks: slack.Blocks{BlockSet: l.blocks()},
	}
	if l.outcome == bot.Answer && l.card.Line != "" && c.Audience == Private {
		view.CallbackID = ShareView
		view.Submit = plainText("Share")
		view.PrivateMetadata = l.card.Line
		view.Blocks.BlockSet = append(view.Blocks.BlockSet, channelInput())
	}
	return view
}

// channelInput asks for a channel and makes Slack send a response_url for it,
// so that the bot need not be a member.
func channelInput() slack.Block {
	channels := slack.NewOptionsSelectBlockElement(slack.OptTypeConversations, plainText("Pick a channel"), ChannelField)
	channels.ResponseURLEnabled = true
	channels.DefaultToCurrentConversation = true
	return input(ChannelField, "Share to", "", channels)
}

// choiceView asks which of a reply's choices is meant. Its metadata holds
// their command lines in order, so that submitting it needs no call to Slack.
func choiceView(r bot.Reply) slack.ModalViewRequest {
	fits, others := splitMetadata(r.Choices)
	r.Choices = others
	l := layOut(r, Card{}, inView)
	commands, labels := []string{}, []bot.Choice{}
	for _, c := range fits {
		commands = append(commands, c.Command)
		labels = append(labels, bot.Choice{Label: line(c.Label)})
	}
	metadata, err := json.Marshal(commands)
	if err != nil {
		metadata = nil // cannot happen for a list of strings
	}
	blocks := l.blocks()
	if len(labels) > 0 {
		blocks = append(blocks, choiceInput(labels)...)
	}
	view := slack.ModalViewRequest{
		Type: slack.VTModal, CallbackID: ChoiceView, PrivateMetadata: string(metadata),
		Title: plainText("Which one?"), Submit: plainText("Continue"), Close: plainText("Back"),
		Blocks: slack.Blocks{BlockSet: blocks},
	}
	return view
}

// Chosen returns the command line that was picked in a choice view from its
// metadata and the value of its field; false when there is no such line.
func Chosen(metadata, value string) (string, bool) {
	var commands []string
	i, err := strconv.Atoi(value)
	if err != nil || json.Unmarshal([]byte(metadata), &commands) != nil || i < 0 || i >= len(commands) {
		return "", false
	}
	return commands[i], true
}

// splitMetadata tells the choices whose command lines fit into a view's
// metadata from the others.
func splitMetadata(all []bot.Choice) (fits, others []bot.Choice) {
	used := 2
	for _, c := range all {
		n := jsonBytes(c.Command) + 3
		if carries(c.Command) && line(c.Label) != "" && used+n <= maxMetadata && len(fits) < maxOptions {
			fits, used = append(fits, c), used+n
		} else {
			others = append(others, c)
		}
	}
	return fits, others
}

// choiceInput lists labels to pick one from. Labels longer than an option may
// be are written out above, and the options bear their numbers.
func choiceInput(choices []bot.Choice) []slack.Block {
	var options []*slack.OptionBlockObject
	var items []slack.RichTextElement
	long := false
	for i, c := range choices {
		long = long || utf8.RuneCountInString(c.Label) > maxLabel-4
		items = append(items, section(words(c.Label)))
		options = append(options, option(c.Label, strconv.Itoa(i)))
	}
	var blocks []slack.Block
	if long {
		blocks = append(blocks, rich(list(ordered, items)))
		for i, o := range options {
			o.Text = plainText(clip(strconv.Itoa(i+1)+". "+choices[i].Label, maxLabel))
		}
	}
	var element slack.BlockElement = slack.NewRadioButtonsBlockElement(ChoiceField, options...)
	if len(options) > maxRadios {
		element = slack.NewOptionsSelectBlockElement(slack.OptTypeStatic, plainText("Pick one"), ChoiceField, options...)
	}
	return append(blocks, input(ChoiceField, "Which one?", "", element))
}
