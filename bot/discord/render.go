package discord

import (
	"fmt"
	"strings"

	"github.com/bwmarrin/discordgo"

	"iobot/bot"
)

// audience says who sees a card, and so which buttons make sense.
type audience int

const (
	private audience = iota // the asker alone
	open                    // a direct message: nothing to share
	shared                  // everybody in a channel, in which somebody shared it
)

// card says how a reply is shown.
type card struct {
	line      string // the command line that gives this reply again; empty when there is none
	page      int    // from 1; 0 and what is beyond the end mean the nearest
	audience  audience
	shareable bool   // on a private card: Discord would let everybody see it
	by        string // on a shared card, the id of who shared it
	education bool   // carries the banner
	uploads   []upload
}

// banner stands on top of every card of a server that teaches.
const banner = "-# Education, not for patient care\n"

// render lays a reply out as a message. It is a pure function: what does not
// fit on the page is behind its buttons, and warnings are on every page.
func render(r bot.Reply, c card) message {
	if !carries(c.line) {
		c.line = ""
	}
	l := layOut(withhold(r), c)
	inside := []discordgo.MessageComponent{discordgo.TextDisplay{Content: l.header}}
	if text := join(l.pages[l.at]); text != "" {
		inside = append(inside, discordgo.TextDisplay{Content: text})
	}
	if l.at == 0 {
		inside = append(inside, attached(c.uploads)...)
	}
	inside = append(inside, l.rows(count(inside))...)
	if l.footer != "" {
		inside = append(inside, discordgo.Separator{}, discordgo.TextDisplay{Content: l.footer})
	}
	m := message{
		Flags:           discordgo.MessageFlagsIsComponentsV2,
		Components:      []discordgo.MessageComponent{discordgo.Container{AccentColor: accent(r), Components: inside}},
		AllowedMentions: allowedMentions{Parse: []string{}},
	}
	if c.audience == private {
		m.Flags |= discordgo.MessageFlagsEphemeral
	}
	if l.at == 0 && len(c.uploads) > 0 {
		m.uploads, m.Attachments = c.uploads, attachments(c.uploads)
	}
	return m
}

// layout is a reply, laid out in pages.
type layout struct {
	card
	outcome        bot.Outcome
	subject        bool // it says something that others may want to see
	header, footer string
	pages          [][]piece
	at             int // the page to show, from 0
	choices        []bot.Choice
	feedback       []bot.Choice
	form           *bot.Form
}

func layOut(r bot.Reply, c card) layout {
	l := layout{card: c, outcome: r.Outcome, subject: r.Subject != ""}
	f := flow{room: size{readable / 2, maxTextBytes / 4}, dose: r.Dose != nil}
	l.header = header(r, c, &f)
	for _, b := range besides(r) {
		f.block(b)
	}
	if c.audience != shared {
		var typed []bot.Choice
		l.choices, typed = splitChoices(r.Choices)
		l.form = f.form(r)
		f.typed(typed)
	}
	l.feedback, _ = splitChoices(r.Feedback)
	l.footer = footer(r, c, &f)
	f.sources(r.Sources)
	room := size{maxText, maxTextBytes - 4*textOverhead}.minus(sizeOf(l.header)).minus(sizeOf(l.footer))
	room = room.minus(size{pageNote, pageNote})
	l.pages = paginate(f.pieces, room)
	l.at = min(max(c.page, 1), len(l.pages)) - 1
	if len(l.pages) > 1 {
		l.footer = strings.TrimPrefix(l.footer+"\n"+l.where(), "\n")
	}
	return l
}

// pageNote is the room for where.
const pageNote = 120

// where says which page this is.
func (l layout) where() string {
	text := fmt.Sprintf("-# Page %d of %d", l.at+1, len(l.pages))
	if l.line == "" && l.at+1 == mostUnrolled && l.at+1 < len(l.pages) {
		text += ". There is no room for the others here. Ask for a smaller part."
	}
	return text
}

// mostUnrolled is how many pages are sent one after the other. Where a person
// has installed the bot, Discord takes five messages after the first.
const mostUnrolled = 5

// further are the pages after the first when no line gives the reply again, so
// that no button can turn them: they are sent below it.
func further(r bot.Reply, c card) []message {
	if carries(c.line) {
		return nil
	}
	n := min(len(layOut(withhold(r), c).pages), mostUnrolled)
	var list []message
	for c.page = 2; c.page <= n; c.page++ {
		list = append(list, render(r, c))
	}
	return list
}

// header is the banner, the title and the warnings. A title too long for it
// goes on in the body.
func header(r bot.Reply, c card, f *flow) string {
	title := line(r.Title)
	if title == "" {
		title = "Answer"
	}
	shown := literal(title)
	if chars(shown) > titleRoom {
		shown = literal(clip(title, titleRoom/3))
		f.add("", title, "")
	}
	text := "## " + shown
	if f.dose {
		text = "### " + shown
	}
	if c.education {
		text = banner + text
	}
	for _, w := range warnings(r) {
		text += "\n" + w
	}
	return text
}

// warnings are in words, never in colour or a picture alone.
func warnings(r bot.Reply) []string {
	var list []string
	for _, w := range r.Warnings() {
		if text := line(w); text != "" {
			list = append(list, "> ⚠️ **Warning:** "+literal(text))
		}
	}
	return list
}

// footer is the small print under every page; too long for that, it ends the
// body instead.
func footer(r bot.Reply, c card, f *flow) string {
	var lines []string
	if c.audience == shared && c.by != "" {
		lines = append(lines, "-# Shared by <@"+c.by+">")
	}
	text := literal(line(r.Footer()))
	switch {
	case text == "":
	case chars(text) > footerRoom:
		f.block(bot.Note{Text: r.Footer()})
	default:
		lines = append(lines, "-# "+text)
	}
	return strings.Join(lines, "\n")
}

// withhold replaces a reply whose warnings do not fit whole beside it. No
// content of ordinary length comes near this.
func withhold(r bot.Reply) bot.Reply {
	var sum size
	for _, w := range warnings(r) {
		sum = sum.plus(sizeOf(w)).plus(size{1, 1})
	}
	if !sum.over(size{warningRoom, warningBytes}) {
		return r
	}
	return r.Withheld()
}

// accent colours the edge of a card. It says nothing that the text does not.
func accent(r bot.Reply) *int {
	color := 0x2b6cb0 // blue: an answer
	switch {
	case r.Outcome == bot.Clarify:
		color = 0x6b46c1 // violet: a question back
	case r.Outcome != bot.Answer:
		color = 0x718096 // grey: no answer
	case len(r.Warnings()) > 0:
		color = 0xc05621 // orange
	}
	return &color
}
