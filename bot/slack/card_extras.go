package slack

import (
	"strings"

	"github.com/slack-go/slack"

	"iobot/bot"
)

// Image is a picture as Slack shows it: from its public address, or from a
// file that was uploaded. One of the two is set.
type Image struct {
	URL, File  string
	Title, Alt string
}

// Link is a document that goes with a reply. Without an address it is sent to
// the asker as a file, and the card says so.
type Link struct{ Title, URL string }

// openForm labels the button that opens a form.
const openForm = "Open form"

// hang keeps the pictures that fit into the room of a part and returns how
// much of it they take. The reply is complete without any.
func (l *layout) hang(all []Image, room int) int {
	used := 0
	l.card.Images = nil
	for _, p := range all[:min(len(all), maxImages)] {
		n := jsonBytes(p.URL) + jsonBytes(altText(p)) + jsonBytes(p.Title) + 2*aroundBlock
		if used+n > room-bodyBytes {
			break
		}
		l.card.Images, used = append(l.card.Images, p), used+n
	}
	return used
}

func imageBlocks(images []Image) []slack.Block {
	var list []slack.Block
	for _, p := range images {
		b := &slack.ImageBlock{Type: slack.MBTImage, ImageURL: p.URL, AltText: altText(p)}
		if p.File != "" {
			b.SlackFile = &slack.SlackFileObject{ID: p.File}
		}
		if t := line(p.Title); t != "" {
			b.Title = plainText(clip(t, maxTitle))
		}
		list = append(list, b)
	}
	return list
}

// altText says in words what the picture shows; its title where there is
// nothing better.
func altText(p Image) string {
	if text := clip(line(p.Alt), maxAlt); text != "" {
		return text
	}
	return clip("Picture: "+line(p.Title), maxAlt)
}

// links says in words which documents are sent as files.
func (f *flow) links(all []Link) {
	for _, link := range all {
		if link.URL == "" {
			f.add(piece{kind: note, text: link.Title + ": it comes to you as a file from iobot."})
		}
	}
	f.group++
}

// linkButton opens a document; none for one that is sent.
func linkButton(number int, link Link) []slack.BlockElement {
	if link.URL == "" {
		return nil
	}
	b := slack.NewButtonBlockElement(Action{Verb: Address, Number: number}.id(), "", plainText(clip("Open "+line(link.Title), maxLabel)))
	b.URL = link.URL
	return []slack.BlockElement{b}
}

// form adds what is wrong with the fields of a form and returns it when a
// button can open it.
func (f *flow) form(form *bot.Form) *bot.Form {
	if form == nil {
		return nil
	}
	for _, field := range form.Fields {
		if field.Problem != "" {
			f.add(piece{kind: bullet, text: line(field.Label) + ": " + line(field.Problem)})
		}
	}
	if !carries(form.Line) {
		f.add(piece{kind: paragraph, text: openForm + ": type /io " + line(form.Line)})
		form = nil
	}
	f.group++
	return form
}

func formButton(form bot.Form) slack.BlockElement {
	b := slack.NewButtonBlockElement(Action{Verb: Run}.id(), form.Line, plainText(openForm))
	b.Style = slack.StylePrimary
	b.AccessibilityLabel = clip(openForm+": "+line(form.Title), maxLabel)
	return b
}

// feedback returns what to tap when a reply helped or did not. A window has no
// room for it: tapping there would take the answer away.
func feedback(r bot.Reply, s surface) []bot.Choice {
	var list []bot.Choice
	for _, c := range r.Feedback {
		if s == inMessage && carries(c.Command) && line(c.Label) != "" && len(list) < maxFeedback {
			list = append(list, c)
		}
	}
	return list
}

func feedbackRow(choices []bot.Choice) []slack.Block {
	if len(choices) == 0 {
		return nil
	}
	var row []slack.BlockElement
	for i, c := range choices {
		said := strings.TrimSpace(line(c.Label) + ": tell the people who look after iobot")
		row = append(row, button(line(c.Label), said, Action{Verb: Run, Number: i, Line: c.Command}))
	}
	return []slack.Block{slack.NewActionBlock("", row...)}
}
