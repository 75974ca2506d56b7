package slack

import (
	"strings"

	"github.com/slack-go/slack"

	"iobot/bot"
)

// Message is a message as Slack takes it: as the body of a response, in an
// acknowledgement, at a response_url, or together with a channel as the
// arguments of chat.postMessage. Markup, unfurling and previews of links are
// always off.
type Message struct {
	ResponseType    string        `json:"response_type,omitempty"` // "ephemeral" (the default) or "in_channel"
	ReplaceOriginal bool          `json:"replace_original,omitempty"`
	DeleteOriginal  bool          `json:"delete_original,omitempty"`
	Text            string        `json:"text,omitempty"` // alone carries title, warnings and answer
	Blocks          []slack.Block `json:"blocks,omitempty"`
	Markup          bool          `json:"mrkdwn"`
	UnfurlLinks     bool          `json:"unfurl_links"`
	UnfurlMedia     bool          `json:"unfurl_media"`
}

// Audience says who sees a card, and so which buttons make sense.
type Audience int

// The audiences.
const (
	Private Audience = iota // the asker alone: may share, send on and dismiss
	Open                    // a thread or a direct message: nothing to share
	Shared                  // a channel in which somebody shared it: no choices, they may hold the asker's words
)

// Card says how a reply is shown.
type Card struct {
	Line     string // the command line that gives this reply again; on a Shared card one without the asker's words, or empty
	Part     int    // which part, from 1; 0 and what is beyond the end mean the nearest
	Audience Audience
	By       string // on a Shared card, the name of who shared it
	Kept     string // key of a reply that is kept, when no line may give it again
	Images   []Image
	Links    []Link
}

// Render lays a reply out as a message. It is a pure function: what does not
// fit into the part is behind its buttons, and warnings are in every part.
func Render(r bot.Reply, c Card) Message {
	l := layOut(r, c, inMessage)
	m := Message{Text: l.text(), Blocks: l.blocks()}
	if c.Audience == Shared {
		m.ResponseType = slack.ResponseTypeInChannel
	}
	return m
}

// surface is where blocks are shown; a view takes no tables.
type surface int

const (
	inMessage surface = iota
	inView
)

// layout is one part of a reply, ready to be written.
type layout struct {
	outcome  bot.Outcome
	title    string
	warnings []string
	body     []piece // of this part
	next     []piece // of the part after it, if any
	part     int     // from 1
	parts    int
	buttons  []bot.Choice
	sources  []piece // the first, and a line that names the others
	footer   string
	feedback []bot.Choice
	form     *bot.Form
	card     Card
	surface  surface
}

func layOut(r bot.Reply, c Card, s surface) layout {
	r = withhold(r)
	c.By = quiet(clip(line(c.By), maxLabel))
	if !carries(c.Line) || r.Private {
		c.Line = "" // nothing of a private reply can be shared or asked again
	}
	l := layout{outcome: r.Outcome, title: title(r), card: c, surface: s, warnings: warnings(r)}
	f := flow{surface: s}
	f.title(r.Title, l.title)
	f.blocks(r.Blocks)
	if c.Audience != Shared {
		l.form = f.form(r.Form)
		l.buttons = f.choices(r.Choices, labelLimit(r.Outcome))
	}
	f.links(c.Links)
	l.feedback = feedback(r, s)
	l.sources = f.sources(r.Sources)
	l.footer = f.footer(r.Footer())
	room := maxBytes - l.fixedBytes()
	room -= l.hang(c.Images, room)
	return l.turnTo(paginate(f.fit(room), room), c.Part)
}

// turnTo is the layout with one of the parts.
func (l layout) turnTo(pages [][]piece, part int) layout {
	l.parts = len(pages)
	l.part = min(max(part, 1), l.parts)
	l.body = pages[l.part-1]
	if l.part == l.parts {
		return l
	}
	l.next = pages[l.part]
	if l.outcome == bot.Answer && len(l.buttons) > fewButtons {
		l.buttons = l.buttons[:fewButtons] // the last part has all of them
	}
	return l
}

// title is the reply's title as a header takes it; flow.title shows the rest
// of a long one.
func title(r bot.Reply) string {
	if t := line(r.Title); t != "" {
		return quiet(clip(t, maxTitle))
	}
	return "Answer"
}

func warnings(r bot.Reply) []string {
	var list []string
	for _, w := range r.Warnings() {
		if text := strings.TrimSpace(plain(w)); text != "" {
			list = append(list, text)
		}
	}
	return list
}

// withhold replaces a reply whose warnings do not fit whole into one message.
// No content of ordinary length comes near this.
func withhold(r bot.Reply) bot.Reply {
	if warningsBytes(warnings(r)) <= warningBytes {
		return r
	}
	return r.Withheld()
}

func warningsBytes(list []string) int {
	n := 0
	for _, w := range list {
		n += jsonBytes(w) + aroundPiece
	}
	return n
}

// fixedBytes is the most that everything but the body takes. The text of the
// message depends on the body, so its share is set aside.
func (l layout) fixedBytes() int {
	n := textBytes + jsonBytes(l.title) + warningsBytes(l.warnings)
	if len(l.buttons) > 0 {
		n += choiceBytes
	}
	n += jsonBytes(l.footer) + jsonBytes(l.card.By)
	for _, p := range l.sources {
		n += p.bytes()
	}
	n += 4 * (jsonBytes(l.card.Line+l.card.Kept) + aroundButton) // back, more, share, send
	for _, c := range l.feedback {
		n += jsonBytes(c.Command) + aroundButton
	}
	if l.form != nil {
		n += jsonBytes(l.form.Line) + aroundButton
	}
	for _, link := range l.card.Links {
		n += jsonBytes(link.URL) + jsonBytes(link.Title) + aroundButton
	}
	return n + 12*aroundBlock
}
