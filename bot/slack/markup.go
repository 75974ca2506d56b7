package slack

import (
	"github.com/slack-go/slack"
)

// plainText is text in which Slack reads neither markup nor emoji.
func plainText(s string) *slack.TextBlockObject {
	noEmoji := false
	return &slack.TextBlockObject{Type: slack.PlainTextType, Text: quiet(s), Emoji: &noEmoji}
}

// mrkdwn is text in which Slack reads markup but links nothing by itself. It
// is given only text made by literal and links made by sourceLine.
func mrkdwn(s string) *slack.TextBlockObject {
	return &slack.TextBlockObject{Type: slack.MarkdownType, Text: s, Verbatim: true}
}

func header(title string) slack.Block { return slack.NewHeaderBlock(plainText(title)) }

// small is a line of small print.
func small(s string) slack.Block { return slack.NewContextBlock("", plainText(s)) }

func rich(elements ...slack.RichTextElement) slack.Block {
	return slack.NewRichTextBlock("", elements...)
}

// words and strong are text inside rich_text, which is shown as it is.
func words(s string) slack.RichTextSectionElement {
	return slack.NewRichTextSectionTextElement(s, nil)
}

func strong(s string) slack.RichTextSectionElement {
	return slack.NewRichTextSectionTextElement(s, &slack.RichTextSectionTextStyle{Bold: true})
}

func section(elements ...slack.RichTextSectionElement) slack.RichTextElement {
	return slack.NewRichTextSection(elements...)
}

// warning stands out by a bar, a sign and a word, so that no one of them is
// needed to see it.
func warning(s string) slack.RichTextElement {
	return &slack.RichTextQuote{Type: slack.RTEQuote, Elements: []slack.RichTextSectionElement{
		slack.NewRichTextSectionEmojiElement("warning", 0, nil), strong(" Warning: "), words(s),
	}}
}

// bulleted and ordered are lists as Slack lays them out. The SDK's own type
// always writes an offset, which Slack's published types do not know.
const (
	bulleted = slack.RTEListBullet
	ordered  = slack.RTEListOrdered
)

type richList struct {
	Type     slack.RichTextElementType     `json:"type"`
	Style    slack.RichTextListElementType `json:"style"`
	Elements []slack.RichTextElement       `json:"elements"`
}

// RichTextElementType makes a richList an element of rich_text.
func (l richList) RichTextElementType() slack.RichTextElementType { return l.Type }

func list(style slack.RichTextListElementType, items []slack.RichTextElement) slack.RichTextElement {
	return richList{Type: slack.RTEList, Style: style, Elements: items}
}

// button shows a label and carries an action; said is what a screen reader
// says when the label alone is too short, or empty.
func button(label, said string, a Action) slack.BlockElement {
	b := slack.NewButtonBlockElement(a.id(), a.Line, plainText(clip(label, maxLabel)))
	b.AccessibilityLabel = clip(said, maxLabel)
	return b
}
